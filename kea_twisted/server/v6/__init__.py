"""DHCPv6: one module a message type."""
