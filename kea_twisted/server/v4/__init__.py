"""DHCPv4: one module a message type."""
