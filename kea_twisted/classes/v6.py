"""Client classes of DHCPv6 packets: the vendor class option is 16. RFC 8415 §21.16, ARM classification-using-vendor."""

from __future__ import annotations

from typing import Any, Final

from kea_twisted.classes.builtin import VENDOR_CLASS_PREFIX
from kea_twisted.classes.evaluate import ClassEvaluator
from kea_twisted.log.logger import DHCP6
from kea_twisted.log.messages.dhcp6 import (
    DHCP6_CLASS_ASSIGNED,
    DHCP6_CLASS_UNCONFIGURED,
    DHCP6_CLASS_UNDEFINED,
    DHCP6_CLASS_UNTESTABLE,
)

VENDOR_CLASS: Final = 16
CABLE_CLASSES: Final = (b"docsis3.0", b"eRouter1.0")
"""Data that count wherever they stand in the option, the first of them first; the others only as its first data."""


class ClassEvaluator6(ClassEvaluator):
    """Put DHCPv6 packets into classes."""

    __slots__ = ()

    logger = DHCP6
    server_logger = DHCP6
    assigned = DHCP6_CLASS_ASSIGNED
    unconfigured = DHCP6_CLASS_UNCONFIGURED
    undefined = DHCP6_CLASS_UNDEFINED
    untestable = DHCP6_CLASS_UNTESTABLE

    def vendor_class(self, packet: Any) -> str | None:
        """Return VENDOR_CLASS_ and a text of option 16, None if the packet has no such option or one without data."""
        bodies = packet.options.get(VENDOR_CLASS)
        if not bodies:
            return None
        body = bodies[0]
        data: list[bytes] = []
        offset = 4
        while offset + 2 <= len(body):
            start = offset + 2
            offset = start + (body[offset] << 8 | body[offset + 1])
            data.append(body[start:offset])
        if not data:
            return None
        text = next((name for name in CABLE_CLASSES if name in data), data[0])
        return VENDOR_CLASS_PREFIX + text.decode("utf-8", "surrogateescape")
