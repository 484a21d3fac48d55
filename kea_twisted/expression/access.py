"""What expressions read from a packet, as far as both families do it alike. Not here: the syntax that asks for it.

A reader is a function from a packet to octets (empty if the packet lacks them) or to a bool. What only one family has
is in :mod:`.v4` and :mod:`.v6`. ARM classification-using-expressions, "List of classification values".
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kea_twisted.errors import WireError
from kea_twisted.family import V4, Family
from kea_twisted.options import special
from kea_twisted.options.codec import fields_end
from kea_twisted.options.definition import OptionDefinition
from kea_twisted.options.spaces import STANDARD_OF, Definitions
from kea_twisted.options.text import to_string
from kea_twisted.options.v4 import DEFERRED

Reader = Callable[[Any], Any]
"""From a packet of the family to octets or to a bool."""
Body = Callable[[Any], bytes | None]
"""From a packet to the octets of an option, None if it has no such option."""
Finder = Callable[[bytes, int, int], bytes | None]
"""From the octets of an option, where its sub-options begin, and a code, to the octets of that sub-option."""

HEX: Final = "hex"
TEXT: Final = "text"
EXISTS: Final = "exists"
REPRESENTATIONS: Final = (HEX, TEXT, EXISTS)
"""How an option is asked for: its octets, its text, or whether there is one."""


@dataclass(frozen=True, slots=True)
class Field:
    """A fixed field of a packet. width: of its value in octets, 0 if it varies."""

    name: str
    read: Reader
    width: int
    meaning: str
    source: str


_WIDTHS: Final = {
    "uint8": 1,
    "int8": 1,
    "boolean": 1,
    "uint16": 2,
    "int16": 2,
    "uint32": 4,
    "int32": 4,
    "ipv4-address": 4,
    "ipv6-address": 16,
    "empty": 0,
}


def fixed_width(definition: OptionDefinition) -> int | None:
    """Return how many octets precede the sub-options of an option, None if that varies or it has no sub-options."""
    if not definition.encapsulates or definition.array:
        return None
    width = 0
    for kind in definition.record if definition.type == "record" else (definition.type,):
        if kind not in _WIDTHS:
            return None
        width += _WIDTHS[kind]
    return width


def is_string(definition: OptionDefinition | None) -> bool:
    """Return whether an option is a text, whose trailing zeros do not count (RFC 2132 §2)."""
    return definition is not None and definition.type == "string" and not definition.array


def has_end(definition: OptionDefinition) -> bool:
    """Return whether the definition of an option says where it ends, so that octets after that are not seen.

    Not so for arrays, for what ends in a text or in octets, for containers of sub-options, for the options that a
    server knows by more than their definition, and for those that classes define and that are decoded later.
    """
    last = definition.record[-1] if definition.record else definition.type
    key = definition.space, definition.code
    return not (
        definition.array
        or definition.encapsulates
        or last in ("string", "binary")
        or key in special.ROWS
        or (definition.space == V4.space and definition.code in DEFERRED)
    )


def ended(find: Body, definition: OptionDefinition) -> Body:
    """Return *find* without the octets after those that *definition* speaks of."""

    def body(packet: Any) -> bytes | None:
        found = find(packet)
        if found is None:
            return None
        try:
            return found[: fields_end(definition, found)]
        except WireError:
            return found

    return body


def trimmed(find: Body) -> Body:
    """Return *find* for an option that is a text: without trailing zeros, and absent if nothing is left."""

    def body(packet: Any) -> bytes | None:
        found = find(packet)
        return (found.rstrip(b"\0") or None) if found is not None else None

    return body


class Access(ABC):
    """How one family's packets are read. Options get their definitions from *definitions*."""

    family: Family
    max_code: int
    vendor_code: int
    vendor_class_code: int
    vendor_header: int
    """Octets before the sub-options of the vendor option."""
    keyword: str
    """The word before the fields: pkt4 or pkt6."""
    fields: Mapping[str, Field]

    def __init__(
        self, definitions: Definitions, early: bool = False, local: Mapping[str, Definitions] | None = None
    ) -> None:
        """Read by *definitions*.

        early: the packet comes before its private options are decoded. local: the definitions of the classes that have
        some of their own, by name; they count for packets in these classes. ARM dhcp4-private-opts.
        """
        self.definitions = definitions
        self.early = early
        self.local = local or {}

    @abstractmethod
    def body(self, code: int) -> Body:
        """Return the reader of the octets of an option."""

    @abstractmethod
    def length(self) -> Reader:
        """Return the reader of the length of the packet in octets."""

    @abstractmethod
    def finder(self, code: int) -> Finder:
        """Return what finds the sub-options of option *code*."""

    @abstractmethod
    def vendor_suboption(self, octets: bytes, offset: int, code: int) -> bytes | None:
        """Return the first sub-option *code* of a vendor option, None if there is none."""

    @abstractmethod
    def chunks(self, octets: bytes) -> list[bytes] | None:
        """Return the data of a vendor class option, None if it is malformed."""

    def metadata(self, name: str) -> Reader:
        """Return the reader of ``pkt.<name>``: iface, src, dst or len."""
        if name == "iface":
            return lambda packet: packet.ifname.encode("utf-8", "surrogateescape")
        bits = self.family.bits
        width = bits // 8

        def octets(address: int) -> bytes:
            # A DHCPv4 message inside DHCPv6 (RFC 7341) has IPv6 addresses.
            return address.to_bytes(16 if address >> bits else width, "big")

        if name == "src":
            return lambda packet: octets(packet.remote_address)
        if name == "dst":
            return lambda packet: octets(packet.local_address)
        length = self.length()
        return lambda packet: length(packet).to_bytes(4, "big")

    def option(self, code: int, what: str) -> Reader:
        """Return the reader of ``option[code].<what>``."""
        find = self.body(code)
        definition = self.definitions.find(self.family.space, code)
        if what == HEX and definition is not None and has_end(definition):
            find = ended(find, definition)
        return self.represent(find, what, self.family.space, code)

    def sub_option(self, code: int, sub: int, what: str) -> Reader:
        """Return the reader of ``option[code].option[sub].<what>``."""
        definition = self.definitions.find(self.family.space, code)
        offset = fixed_width(definition) if definition is not None else None
        space = definition.encapsulates if definition is not None else ""
        if code in self.containers:
            offset, space = self.containers[code]
        if offset is None:
            return self.represent(lambda _packet: None, what, "", sub)
        parent, find, start = self.body(code), self.finder(code), offset

        def body(packet: Any) -> bytes | None:
            octets = parent(packet)
            return None if octets is None else find(octets, start, sub)

        return self.represent(body, what, space, sub)

    containers: Mapping[int, tuple[int, str]]
    """Options that hold sub-options whatever their definitions say: where these begin, and their space."""

    def represent(self, find: Body, what: str, space: str, code: int, definitions: Definitions | None = None) -> Reader:
        """Return the reader of an option in one of the REPRESENTATIONS.

        space: where its definition is looked up. definitions: others than the configuration's.
        """
        definitions = definitions or self.definitions
        if is_string(definitions.find(space, code)):
            find = trimmed(find)
        if what == EXISTS:
            return lambda packet: find(packet) is not None
        if what == HEX:
            return lambda packet: find(packet) or b""
        family = self.family

        def text(packet: Any) -> bytes:
            body = find(packet)
            if body is None:
                return b""
            return to_string(definitions, space, code, body, family).encode("utf-8", "surrogateescape")

        return text

    def vendor(self, code: int) -> Callable[[Any], tuple[int, bytes] | None]:
        """Return the reader of a vendor option (or vendor class option) *code*: enterprise number and octets."""
        find = self.body(code)

        def vendor(packet: Any) -> tuple[int, bytes] | None:
            octets = find(packet)
            if octets is None or len(octets) < 4:
                return None
            return int.from_bytes(octets[:4], "big"), octets

        return vendor

    def vendor_exists(self, code: int, enterprise: int) -> Reader:
        """Return the reader of ``vendor[enterprise].exists``; enterprise 0 matches any."""
        vendor = self.vendor(code)

        def exists(packet: Any) -> bool:
            found = vendor(packet)
            return found is not None and (not enterprise or found[0] == enterprise)

        return exists

    def vendor_enterprise(self, code: int) -> Reader:
        """Return the reader of ``vendor.enterprise``: four octets."""
        vendor = self.vendor(code)

        def number(packet: Any) -> bytes:
            found = vendor(packet)
            return b"" if found is None else found[1][:4]

        return number

    def vendor_option(self, enterprise: int, sub: int, what: str) -> Reader:
        """Return the reader of ``vendor[enterprise].option[sub].<what>``; enterprise 0 matches any."""
        vendor, find, offset = self.vendor(self.vendor_code), self.vendor_suboption, self.vendor_header

        def body(packet: Any) -> bytes | None:
            found = vendor(packet)
            if found is None or (enterprise and found[0] != enterprise):
                return None
            return find(found[1], offset, sub)

        # Received sub-options of vendors are read by standard definitions alone.
        space = f"vendor-{enterprise}" if enterprise else ""
        return self.represent(body, what, space, sub, STANDARD_OF[self.family.number])

    def vendor_class_data(self, enterprise: int, index: int) -> Reader:
        """Return the reader of ``vendor-class[enterprise].data[index]``; enterprise 0 matches any."""
        vendor, split = self.vendor(self.vendor_class_code), self.chunks

        def data(packet: Any) -> bytes:
            found = vendor(packet)
            if found is None or (enterprise and found[0] != enterprise):
                return b""
            chunks = split(found[1])
            return chunks[index] if chunks is not None and index < len(chunks) else b""

        return data
