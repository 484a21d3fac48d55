"""Interfaces and sockets under Twisted. Not here: what a packet means."""
