"""Which address or prefix a client gets, and what happens to leases that ended. Pure."""
