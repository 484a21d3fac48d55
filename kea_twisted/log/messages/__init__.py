"""The tables of log messages, one module a family of ids."""
