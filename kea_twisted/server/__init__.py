"""The life of a query, pure: octets and a time go in, an outcome comes out."""
