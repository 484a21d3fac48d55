"""Client classes and their expressions, ours against Kea 2.2.0's."""
