"""Leases: what the server promised to whom and until when, and the port to where they are kept."""
