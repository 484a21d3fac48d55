"""Host reservations: what is kept for which client, and the port to where reservations are kept."""
