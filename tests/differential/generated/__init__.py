"""Random configurations and random clients, the same for Kea 2.2.0 and for us, repeatable by seed."""
