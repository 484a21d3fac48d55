"""Kea 2.2.0 and kea_twisted under the same load in one run: CPU, rate, load time, memory. No test asserts a time."""
