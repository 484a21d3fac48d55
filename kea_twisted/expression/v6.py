"""What expressions read from DHCPv6 packets. RFC 8415 §8, §9 (relays), §21.16 and §21.17 (vendors)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kea_twisted.expression.access import Access, Body, Field, Finder, Reader, is_string
from kea_twisted.family import V6
from kea_twisted.wire.v6 import Packet6

NEST_LEVELS: Final = range(-32, 32)
"""The relay levels that can be named; a message may pass 32 relays (RFC 8415 §7.6, HOP_COUNT_LIMIT, and Kea)."""

FIELDS: Final[tuple[Field, ...]] = (
    Field("msgtype", lambda packet: packet.message_type.to_bytes(4, "big"), 4, "Type, 1 is SOLICIT.", "CL-063"),
    Field("transid", lambda packet: packet.transid.to_bytes(4, "big"), 4, "The transaction identifier.", "CL-064"),
)
"""The fields after ``pkt6.``; RFC 8415 §8."""

RELAY_FIELDS: Final[tuple[Field, ...]] = (
    Field("peeraddr", lambda relay: relay.peer_address.to_bytes(16, "big"), 16, "Who sent to the relay.", "CL-048"),
    Field("linkaddr", lambda relay: relay.link_address.to_bytes(16, "big"), 16, "The client's link.", "CL-049"),
)
"""The fields after ``relay6[level].``; RFC 8415 §9.1."""


class Access6(Access):
    """How DHCPv6 packets are read."""

    family = V6
    max_code = 65535
    vendor_code = 17
    vendor_class_code = 16
    vendor_header = 4
    keyword = "pkt6"
    fields: Mapping[str, Field] = {field.name: field for field in FIELDS}
    relay_fields: Mapping[str, Field] = {field.name: field for field in RELAY_FIELDS}
    containers: Mapping[int, tuple[int, str]] = {
        3: (12, V6.space),
        4: (4, V6.space),
        5: (24, V6.space),
        17: (4, ""),
        25: (12, V6.space),
        26: (25, V6.space),
    }

    def body(self, code: int) -> Body:
        """Return the reader of the octets of the first option *code*."""

        def body(packet: Packet6) -> bytes | None:
            bodies = packet.options.get(code)
            return bodies[0] if bodies else None

        return body

    def length(self) -> Reader:
        """Return the reader of the packet's length with all relay messages around it.

        The zeros after texts do not count, as in Kea.
        """
        find = self.definitions.find

        def length(packet: Packet6) -> int:
            size = 4
            for options in (packet.options, *(relay.options for relay in packet.relays)):
                for code, bodies in options.items():
                    text = is_string(find(V6.space, code))
                    for body in bodies:
                        size += 4 + len(body.rstrip(b"\0") if text else body)
            return size + 38 * len(packet.relays)

        return length

    def finder(self, code: int) -> Finder:
        """Return what finds the sub-options of any option."""
        return _suboption

    def vendor_suboption(self, octets: bytes, offset: int, code: int) -> bytes | None:
        """Return a sub-option of a vendor option."""
        return _suboption(octets, offset, code)

    def chunks(self, octets: bytes) -> list[bytes] | None:
        """Return the data of a vendor class option; None if it is malformed. RFC 8415 §21.16."""
        out: list[bytes] = []
        offset = 4
        end = len(octets)
        while offset < end:
            start = offset + 2
            if start > end:
                return None
            offset = start + (octets[offset] << 8 | octets[offset + 1])
            if offset > end:
                return None
            out.append(octets[start:offset])
        return out

    def relay_field(self, level: int, field: Field) -> Reader:
        """Return the reader of ``relay6[level].<field>``. Level 0 is the relay nearest to the server, -1 the last."""
        read = field.read

        def value(packet: Packet6) -> bytes:
            relays = packet.relays
            if -len(relays) <= level < len(relays):
                found: bytes = read(relays[level])
                return found
            return b""

        return value

    def relay_option(self, level: int, code: int, what: str) -> Reader:
        """Return the reader of ``relay6[level].option[code].<what>``."""

        def body(packet: Any) -> bytes | None:
            relays = packet.relays
            if not -len(relays) <= level < len(relays):
                return None
            bodies = relays[level].options.get(code)
            return bodies[0] if bodies else None

        return self.represent(body, what, V6.space, code)


def _suboption(octets: bytes, offset: int, code: int) -> bytes | None:
    """Return the first sub-option *code* of *octets* from *offset* on, None if there is none."""
    end = len(octets)
    while offset + 4 <= end:
        start = offset + 4
        kind = octets[offset] << 8 | octets[offset + 1]
        offset = start + (octets[offset + 2] << 8 | octets[offset + 3])
        if offset > end:
            return None
        if kind == code:
            return octets[start:offset]
    return None
