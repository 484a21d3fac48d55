"""The two protocol families as data: one frozen value each.

Shared code never asks which family it has; where the families differ by a value, the value is a field here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Family:
    """What DHCPv4 and DHCPv6 call the same things."""

    number: int
    """4 or 6."""
    bits: int
    """The width of an address."""
    space: str
    """The top-level option space."""
    root: str
    """The top-level configuration keyword."""
    daemon: str
    """The name of the program and of the root logger."""
    subnets: str
    """The keyword of a list of subnets."""
    server_port: int
    client_port: int
    beyond_unicast: int
    """The first address above all that an interface can have: multicast begins there. RFC 5771, RFC 4291 §2.7."""


V4: Final = Family(4, 32, "dhcp4", "Dhcp4", "kea-dhcp4", "subnet4", 67, 68, 0xE0 << 24)
V6: Final = Family(6, 128, "dhcp6", "Dhcp6", "kea-dhcp6", "subnet6", 547, 546, 0xFF << 120)
