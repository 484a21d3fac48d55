"""Our daemons under twistd with other people's clients and relays, in network namespaces; and what goes wrong there."""
