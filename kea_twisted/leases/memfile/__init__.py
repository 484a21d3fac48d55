"""Leases in memory, in Kea's CSV file on disk."""
