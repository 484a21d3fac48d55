"""Subnets, shared networks and pools as the server uses them, inheritance flattened; and which one serves a query."""
