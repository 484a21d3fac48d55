"""Scenario files: configuration, packets and virtual time in one text a person can read. The format: `scenario.py`."""
