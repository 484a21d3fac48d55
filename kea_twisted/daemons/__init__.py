"""The composition roots: where sockets, stores, hooks, configuration and servers are wired into Twisted services."""
