"""Client classes of DHCPv4 packets: the vendor class option is 60. RFC 2132 §9.13, ARM classification-using-vendor."""

from __future__ import annotations

from typing import Any, Final

from kea_twisted.classes.builtin import VENDOR_CLASS_PREFIX
from kea_twisted.classes.evaluate import ClassEvaluator
from kea_twisted.log.logger import DHCP4, OPTIONS
from kea_twisted.log.messages.dhcp4 import (
    DHCP4_CLASS_ASSIGNED,
    DHCP4_CLASS_UNCONFIGURED,
    DHCP4_CLASS_UNDEFINED,
    DHCP4_CLASS_UNTESTABLE,
)

VENDOR_CLASS_IDENTIFIER: Final = 60


class ClassEvaluator4(ClassEvaluator):
    """Put DHCPv4 packets into classes."""

    __slots__ = ()

    logger = OPTIONS
    server_logger = DHCP4
    assigned = DHCP4_CLASS_ASSIGNED
    unconfigured = DHCP4_CLASS_UNCONFIGURED
    undefined = DHCP4_CLASS_UNDEFINED
    untestable = DHCP4_CLASS_UNTESTABLE

    def vendor_class(self, packet: Any) -> str | None:
        """Return VENDOR_CLASS_ and the text of option 60, None if the packet has none or an empty one."""
        body = packet.options.get(VENDOR_CLASS_IDENTIFIER)
        if body is None:
            return None
        text = body.rstrip(b"\0")
        return VENDOR_CLASS_PREFIX + text.decode("utf-8", "surrogateescape") if text else None
