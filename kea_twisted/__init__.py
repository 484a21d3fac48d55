"""The Kea DHCP suite on Twisted.

Every package has a docstring that says what it is and what it is not; ``docs/architecture.rst`` shows how they fit.
"""
