"""Names of clients and the DNS updates that follow from leases. Not here: sending them (that is kea-dhcp-ddns)."""
