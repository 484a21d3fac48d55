"""Octets to packets and back: the layout of messages, not what options mean (that is :mod:`kea_twisted.options`)."""
