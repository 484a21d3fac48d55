"""The classification language: text to a compiled test. Not here: what a class is, or when it is evaluated."""
