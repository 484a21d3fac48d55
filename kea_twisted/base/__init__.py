"""What every layer may use and what knows nothing of DHCP: octets, addresses, names, JSON."""
