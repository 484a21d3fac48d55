"""What expressions read from DHCPv4 packets. RFC 2131 §2, RFC 2132, RFC 3046 (relay agent), RFC 3925 (vendors)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kea_twisted.expression.access import EXISTS, HEX, Access, Body, Field, Finder, Reader, has_end, is_string
from kea_twisted.family import V4
from kea_twisted.options.spaces import disobeyed
from kea_twisted.options.text import raw_text
from kea_twisted.options.v4 import DEFERRED
from kea_twisted.wire.v4 import HEADER_LENGTH, Packet4

VENDOR_ENCAPSULATED: Final = 43
RELAY_AGENT: Final = 82

FIELDS: Final[tuple[Field, ...]] = (
    Field("mac", lambda packet: packet.chaddr, 0, "The hardware address.", "CL-054"),
    Field("hlen", lambda packet: len(packet.chaddr).to_bytes(4, "big"), 4, "Octets of the hardware address.", "CL-055"),
    Field("htype", lambda packet: packet.htype.to_bytes(4, "big"), 4, "Hardware type; 1 is Ethernet.", "CL-056"),
    Field("ciaddr", lambda packet: packet.ciaddr.to_bytes(4, "big"), 4, "The address the client has.", "CL-057"),
    Field("giaddr", lambda packet: packet.giaddr.to_bytes(4, "big"), 4, "The relay agent's address.", "CL-058"),
    Field("yiaddr", lambda packet: packet.yiaddr.to_bytes(4, "big"), 4, "The address given to the client.", "CL-059"),
    Field("siaddr", lambda packet: packet.siaddr.to_bytes(4, "big"), 4, "The next server's address.", "CL-060"),
    Field("msgtype", lambda packet: packet.message_type.to_bytes(4, "big"), 4, "Type, 1 is DHCPDISCOVER.", "CL-061"),
    Field("transid", lambda packet: packet.xid.to_bytes(4, "big"), 4, "The transaction identifier.", "CL-062"),
)
"""The fields after ``pkt4.``; RFC 2131 §2."""


class Access4(Access):
    """How DHCPv4 packets are read."""

    family = V4
    max_code = 255
    vendor_code = 125
    vendor_class_code = 124
    vendor_header = 5
    keyword = "pkt4"
    fields: Mapping[str, Field] = {field.name: field for field in FIELDS}
    containers: Mapping[int, tuple[int, str]] = {
        RELAY_AGENT: (0, "dhcp-agent-options-space"),
        125: (5, ""),
    }

    def body(self, code: int) -> Body:
        """Return the reader of the octets of an option."""
        return lambda packet: packet.options.get(code)

    def option(self, code: int, what: str) -> Reader:
        """Return the reader of ``option[code].<what>``; the usual ones without a call in between."""
        if code in DEFERRED:
            if self.early:
                return self._undecoded(code, what)
            return self._by_class(code, super().option(code, what), lambda access: access.option(code, what))
        definition = self.definitions.find(V4.space, code)
        if not is_string(definition):
            if what == HEX and (definition is None or not has_end(definition)):
                return lambda packet: packet.options.get(code, b"")
            if what == EXISTS:
                return lambda packet: code in packet.options
        elif what == HEX:
            return lambda packet: packet.options.get(code, b"").rstrip(b"\0")
        return super().option(code, what)

    def sub_option(self, code: int, sub: int, what: str) -> Reader:
        """Return the reader of ``option[code].option[sub].<what>``."""
        if code in DEFERRED:
            if self.early:
                return self.represent(_absent, what, "", sub)
            found = super().sub_option(code, sub, what)
            return self._by_class(code, found, lambda access: access.sub_option(code, sub, what))
        return super().sub_option(code, sub, what)

    def _undecoded(self, code: int, what: str) -> Reader:
        """Return the reader of an option that is octets still, whatever its definition will be."""
        if what == EXISTS:
            return lambda packet: code in packet.options
        if what == HEX:
            return lambda packet: packet.options.get(code, b"")
        family = self.family

        def text(packet: Packet4) -> bytes:
            body = packet.options.get(code)
            return b"" if body is None else raw_text(code, body, family).encode()

        return text

    def _by_class(self, code: int, otherwise: Reader, make: Callable[[Access4], Reader]) -> Reader:
        """Return the reader by the definition of the first class of a packet that defines *code*, if one does."""
        key = V4.space, code
        readers = {name: make(Access4(rows)) for name, rows in self.local.items() if key in rows.custom}
        if not readers:
            return otherwise

        def read(packet: Packet4) -> object:
            for name in packet.classes:
                if name in readers:
                    return readers[name](packet)
            return otherwise(packet)

        return read

    def length(self) -> Reader:
        """Return the reader of the packet's length: the header and every option once, as Kea counts it.

        The magic cookie, the end option, padding and the zeros after texts do not count.
        """
        texts = {code for code in range(1, 255) if is_string(self.definitions.find(V4.space, code))}

        def length(packet: Packet4) -> int:
            size = HEADER_LENGTH
            for code, body in packet.options.items():
                if code not in texts:
                    size += 2 + len(body)
                elif text := body.rstrip(b"\0"):
                    size += 2 + len(text)
            return size

        return length

    def finder(self, code: int) -> Finder:
        """Return what finds the sub-options of option *code*.

        Only inside of option 43 are 0 and 255 padding and the end, and only if no sub-options have these codes.
        """
        if code == self.vendor_code:
            return self.vendor_suboption
        if code != VENDOR_ENCAPSULATED:
            return _suboption
        definitions = self.definitions
        definition = definitions.find(V4.space, code)
        space = definition.encapsulates if definition is not None else ""
        pad, end = definitions.find(space, 0) is None, definitions.find(space, 255) is None
        rules = definitions.rules(space)

        def find(octets: bytes, offset: int, sub: int) -> bytes | None:
            found = _inside_43(octets[offset:], pad, end)
            return None if disobeyed(rules, found) else found.get(sub)

        return find

    def vendor_suboption(self, octets: bytes, offset: int, code: int) -> bytes | None:
        """Return a sub-option of the first enterprise; others may follow (RFC 3925 §4)."""
        if len(octets) < offset:
            return None
        return _suboption(octets[: offset + octets[offset - 1]], offset, code)

    def chunks(self, octets: bytes) -> list[bytes] | None:
        """Return the data of a vendor class option, one per enterprise; None if it is malformed. RFC 3925 §3."""
        out: list[bytes] = []
        offset = 4
        end = len(octets)
        while offset < end:
            start = offset + 1
            offset = start + octets[offset]
            if offset > end:
                return None
            out.append(octets[start:offset])
            if offset != end:
                offset += 4
                if offset + 1 >= end:
                    return None
        return out

    def relay4(self, code: int, what: str) -> Reader:
        """Return the reader of ``relay4[code].<what>``."""
        return self.sub_option(RELAY_AGENT, code, what)


def _absent(_packet: Packet4) -> bytes | None:
    return None


def _suboption(octets: bytes, offset: int, code: int) -> bytes | None:
    """Return sub-option *code* of *octets* from *offset* on, its parts joined (RFC 3396 §7), None if there is none."""
    found: bytes | None = None
    end = len(octets)
    while offset + 2 <= end:
        start = offset + 2
        kind = octets[offset]
        offset = start + octets[offset + 1]
        if offset > end:
            break
        if kind == code:
            found = octets[start:offset] if found is None else found + octets[start:offset]
    return found


def _inside_43(octets: bytes, pad: bool, end: bool) -> dict[int, bytes]:
    """Return the sub-options of option 43. pad: 0 is padding. end: 255 is the end. RFC 2132 §8.4."""
    found: dict[int, bytes] = {}
    at, stop = 0, len(octets)
    while at < stop:
        code = octets[at]
        if code == 0 and pad:
            at += 1
            continue
        start = at + 2
        if (code == 255 and end) or start > stop:
            break
        at = start + octets[at + 1]
        if at > stop:
            break
        found[code] = found.get(code, b"") + octets[start:at]
    return found
