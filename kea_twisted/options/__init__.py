"""What option octets mean: data types, definitions, spaces, and the tables of standard options."""
