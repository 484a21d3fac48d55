"""Client classes: their definitions, the built-in ones, and which of them a packet belongs to."""
