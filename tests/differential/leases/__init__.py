"""Lease files and statistics of Kea and of ours, each read by the other."""
