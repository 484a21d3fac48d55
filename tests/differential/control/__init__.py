"""What the control sockets answer, beside Kea."""
