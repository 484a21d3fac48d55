"""The data types of option fields: one table row a type, one class a kind of encoding.

Each class has the same methods in the same order: text in, text out, value to octets, where its octets end, octets
to value. A field knows nothing of the option it stands in (that is :mod:`.codec`). ARM dhcp-types; RFC 2132 §2,
RFC 7598 §5.1 (PSID), RFC 8415 §18.2 (prefixes of variable length).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Final, NamedTuple

from kea_twisted.base import address, labels
from kea_twisted.base.address import MAX6, Prefix
from kea_twisted.errors import WireError
from kea_twisted.family import V4, V6


class Psid(NamedTuple):
    """A port set identifier: its value, and how many bits it has (0 to 16)."""

    value: int
    length: int


Value = bool | int | str | bytes | Prefix | Psid
"""What one field holds: addresses are ints, names text with a dot at the end, binary and tuples octets."""


class Field(ABC):
    """One kind of field. width: its octets, 0 if that depends on the value."""

    width: int = 0

    @abstractmethod
    def parse(self, text: str) -> Value:
        """Return the value of *text* (blanks around it removed); ValueError for bad text."""

    @abstractmethod
    def format(self, value: Value) -> str:
        """Return the text from which :meth:`parse` makes *value* again."""

    @abstractmethod
    def pack(self, value: Value) -> bytes:
        """Return the octets of *value*; ValueError if it is of the wrong type or out of range."""

    def end(self, octets: bytes, start: int) -> int:
        """Return where the field that begins at *start* ends; WireError if *octets* end before it does."""
        stop = start + self.width
        if stop > len(octets):
            raise WireError(f"{self.width} octets wanted, {len(octets) - start} left", start)
        return stop

    @abstractmethod
    def unpack(self, octets: bytes) -> Value:
        """Return the value of all *octets*; WireError if they are not one."""


class Binary(Field):
    """Octets to the end of the option."""

    def parse(self, text: str) -> Value:
        """Take hexadecimal digits; blanks between them do not count."""
        digits = "".join(text.split())
        try:
            return bytes.fromhex(digits)
        except ValueError as error:
            raise ValueError(f"'{text}' is not an even number of hexadecimal digits") from error

    def format(self, value: Value) -> str:
        """Give capital hexadecimal digits."""
        return _octets(value).hex().upper()

    def pack(self, value: Value) -> bytes:
        """Take octets."""
        return _octets(value)

    def end(self, octets: bytes, start: int) -> int:
        """Take all that is left."""
        return len(octets)

    def unpack(self, octets: bytes) -> Value:
        """Give the octets."""
        return octets


class Boolean(Field):
    """One octet, 0 or 1."""

    width = 1

    def parse(self, text: str) -> Value:
        """Take true, false (in any case), 0 and 1."""
        folded = text.lower()
        if folded in ("true", "false"):
            return folded == "true"
        number = text[1:] if text[:1] in ("+", "-") else text
        if number.isascii() and number.isdigit() and int(text) in (0, 1):
            return int(text) == 1
        raise ValueError(f"'{text}' is neither true nor false")

    def format(self, value: Value) -> str:
        """Give ``true`` or ``false``."""
        return "true" if value else "false"

    def pack(self, value: Value) -> bytes:
        """Take a bool."""
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} is not a boolean")
        return b"\1" if value else b"\0"

    def unpack(self, octets: bytes) -> Value:
        """Refuse other octets than 0 and 1."""
        if octets not in (b"\0", b"\1"):
            raise WireError(f"octet {octets.hex()} is no boolean")
        return octets == b"\1"


class Integer(Field):
    """A big-endian integer."""

    def __init__(self, width: int, signed: bool) -> None:
        self.width = width
        self.signed = signed
        bits = width * 8
        self.minimum = -(1 << (bits - 1)) if signed else 0
        self.maximum = (1 << (bits - signed)) - 1

    def parse(self, text: str) -> Value:
        """Take decimal digits, or hexadecimal ones with or without ``0x``; decimal wins where both fit."""
        number = parse_integer(text)
        self._check(number)
        return number

    def format(self, value: Value) -> str:
        """Give decimal digits."""
        return str(int(value)) if isinstance(value, int) else str(value)

    def pack(self, value: Value) -> bytes:
        """Take an int within the range."""
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not an integer")
        self._check(value)
        return value.to_bytes(self.width, "big", signed=self.signed)

    def unpack(self, octets: bytes) -> Value:
        """Give an int."""
        return int.from_bytes(octets, "big", signed=self.signed)

    def _check(self, number: int) -> None:
        if not self.minimum <= number <= self.maximum:
            raise ValueError(f"{number} is not between {self.minimum} and {self.maximum}")


class Address4(Field):
    """An IPv4 address."""

    width = 4

    def parse(self, text: str) -> Value:
        """Take a dotted quad."""
        return address.parse4(text)

    def format(self, value: Value) -> str:
        """Give a dotted quad."""
        return address.text4(_number(value))

    def pack(self, value: Value) -> bytes:
        """Take an int."""
        return _number(value, address.MAX4).to_bytes(4, "big")

    def unpack(self, octets: bytes) -> Value:
        """Give an int."""
        return int.from_bytes(octets, "big")


class Address6(Field):
    """An IPv6 address."""

    width = 16

    def parse(self, text: str) -> Value:
        """Take any textual form."""
        return address.parse6(text)

    def format(self, value: Value) -> str:
        """Give the form of RFC 5952."""
        return address.text6(_number(value))

    def pack(self, value: Value) -> bytes:
        """Take an int."""
        return _number(value, MAX6).to_bytes(16, "big")

    def unpack(self, octets: bytes) -> Value:
        """Give an int."""
        return int.from_bytes(octets, "big")


class Prefix6(Field):
    """An IPv6 prefix: its length, then as many octets as the length needs, host bits zero."""

    def parse(self, text: str) -> Value:
        """Take ``address/length``; bits of the address beyond the length are cleared."""
        first, slash, length = text.replace(" ", "").replace("\t", "").partition("/")
        if not slash:
            raise ValueError(f"'{text}' is not of the form address/length")
        bits = parse_integer(length)
        if not 0 <= bits <= 128:
            raise ValueError(f"{bits} is not the length of an IPv6 prefix")
        return Prefix(address.parse6(first) & address.mask(bits, 128), bits)

    def format(self, value: Value) -> str:
        """Give ``address/length``."""
        prefix = _prefix(value)
        return f"{address.text6(prefix.first)}/{prefix.length}"

    def pack(self, value: Value) -> bytes:
        """Take a Prefix without host bits."""
        prefix = _prefix(value)
        octets = (prefix.length + 7) // 8
        return bytes((prefix.length,)) + prefix.first.to_bytes(16, "big")[:octets]

    def end(self, octets: bytes, start: int) -> int:
        """Take the octets that the length asks for."""
        if start >= len(octets):
            raise WireError("prefix without a length", start)
        length = octets[start]
        if length > 128:
            raise WireError(f"IPv6 prefix of {length} bits", start)
        stop = start + 1 + (length + 7) // 8
        if stop > len(octets):
            raise WireError(f"prefix of {length} bits cut short", start)
        return stop

    def unpack(self, octets: bytes) -> Value:
        """Give a Prefix; bits beyond the length are cleared."""
        length = octets[0]
        return Prefix(int.from_bytes(octets[1:].ljust(16, b"\0"), "big") & address.mask(length, 128), length)


class PortSet(Field):
    """A PSID: its length in one octet, then its bits at the left of two octets."""

    width = 3

    def parse(self, text: str) -> Value:
        """Take ``value/length``."""
        value, slash, length = text.replace(" ", "").replace("\t", "").partition("/")
        if not slash:
            raise ValueError(f"'{text}' is not of the form psid/length")
        return _psid(Psid(_within(parse_integer(value), 0xFFFF), _within(parse_integer(length), 0xFF)))

    def format(self, value: Value) -> str:
        """Give ``value/length``."""
        psid = _psid(value)
        return f"{psid.value}/{psid.length}"

    def pack(self, value: Value) -> bytes:
        """Take a Psid whose value fits its length."""
        psid = _psid(value)
        return bytes((psid.length,)) + (psid.value << (16 - psid.length)).to_bytes(2, "big")

    def unpack(self, octets: bytes) -> Value:
        """Give a Psid; refuse lengths over 16 and bits beyond the length."""
        length = octets[0]
        bits = octets[1] << 8 | octets[2]
        if length > 16 or bits & ((1 << (16 - length)) - 1):
            raise WireError(f"octets {octets.hex()} are no PSID")
        return Psid(bits >> (16 - length), length)


class Text(Field):
    """Characters to the end of the option; zeros at the end do not count (RFC 2132 §2)."""

    def parse(self, text: str) -> Value:
        """Take any text."""
        return text

    def format(self, value: Value) -> str:
        """Give the text."""
        return str(value)

    def pack(self, value: Value) -> bytes:
        """Take a str; octets that were no UTF-8 come back as they were."""
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is not a text")
        return value.encode("utf-8", "surrogateescape")

    def end(self, octets: bytes, start: int) -> int:
        """Take all that is left."""
        return len(octets)

    def unpack(self, octets: bytes) -> Value:
        """Give a str."""
        return octets.rstrip(b"\0").decode("utf-8", "surrogateescape")


class Tuple(Field):
    """Octets after their number. prefix: the octets of the number, 1 in DHCPv4 and 2 in DHCPv6."""

    def __init__(self, prefix: int) -> None:
        self.prefix = prefix
        self.maximum = (1 << prefix * 8) - 1

    def parse(self, text: str) -> Value:
        """Take any text."""
        return _short(text.encode("utf-8", "surrogateescape"), self.maximum)

    def format(self, value: Value) -> str:
        """Give the text."""
        return _octets(value).decode("utf-8", "surrogateescape")

    def pack(self, value: Value) -> bytes:
        """Take octets, as many as the number can tell."""
        octets = _short(_octets(value), self.maximum)
        return len(octets).to_bytes(self.prefix, "big") + octets

    def end(self, octets: bytes, start: int) -> int:
        """Take the number and as many octets."""
        first = start + self.prefix
        if first > len(octets):
            raise WireError("tuple without a length", start)
        length = int.from_bytes(octets[start:first], "big")
        if first + length > len(octets):
            raise WireError(f"tuple of {length} octets, {len(octets) - first} left", start)
        return first + length

    def unpack(self, octets: bytes) -> Value:
        """Give the octets after the number."""
        return octets[self.prefix :]


class Name(Field):
    """An absolute domain name, without compression."""

    def parse(self, text: str) -> Value:
        """Take a name with or without the dot at its end; not the root, which no option means."""
        parts, _ = labels.parse_labels(text)
        if not parts:
            raise ValueError("the root domain is not a name for an option")
        return labels.labels_text(parts, True)

    def format(self, value: Value) -> str:
        """Give the name with a dot at its end."""
        return str(value)

    def pack(self, value: Value) -> bytes:
        """Take a name as text."""
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is not a name")
        return labels.pack_name(value)

    def end(self, octets: bytes, start: int) -> int:
        """Take the labels up to the terminating zero; refuse the root, which no option means."""
        found, stop, absolute = labels.unpack_labels(octets, start)
        if not absolute:
            raise WireError("domain name without its end", len(octets))
        if not found:
            raise WireError("the root domain as a name", start)
        return stop

    def unpack(self, octets: bytes) -> Value:
        """Give the text with a dot at its end."""
        return labels.unpack_name(octets)[0]


@dataclass(frozen=True, slots=True)
class DataType:
    """One data type. field: its encoding, None for the types that are made of others.

    in_record: it may be a field of a record. repeats: it may be an array, or the last field of an array of records.
    last: it takes all octets that are left, so that no field can follow it.
    """

    name: str
    field: Field | None
    field6: Field | None
    in_record: bool
    repeats: bool
    last: bool
    source: str


def _row(name: str, field: Field, source: str, field6: Field | None = None, open_ended: bool = False) -> DataType:
    return DataType(name, field, field6 or field, True, not open_ended, open_ended, source)


TYPES: Final[tuple[DataType, ...]] = (
    _row("binary", Binary(), "V4-245", open_ended=True),
    _row("boolean", Boolean(), "V4-246"),
    DataType("empty", None, None, False, False, False, "V4-247"),
    _row("fqdn", Name(), "V4-248"),
    _row("ipv4-address", Address4(), "V4-249"),
    _row("ipv6-address", Address6(), "V4-250"),
    _row("ipv6-prefix", Prefix6(), "V4-251"),
    _row("psid", PortSet(), "V4-252"),
    DataType("record", None, None, False, True, False, "V4-253"),
    _row("string", Text(), "V4-254", open_ended=True),
    _row("tuple", Tuple(1), "V4-255, V6-132", Tuple(2)),
    _row("uint8", Integer(1, False), "V4-256"),
    _row("uint16", Integer(2, False), "V4-257"),
    _row("uint32", Integer(4, False), "V4-258"),
    _row("int8", Integer(1, True), "V4-259"),
    _row("int16", Integer(2, True), "V4-260"),
    _row("int32", Integer(4, True), "V4-261"),
)

BY_NAME: Final[dict[str, DataType]] = {row.name: row for row in TYPES}

FIELDS: Final[dict[int, dict[str, Field]]] = {
    V4.number: {row.name: row.field for row in TYPES if row.field is not None},
    V6.number: {row.name: row.field6 for row in TYPES if row.field6 is not None},
}
"""The encodings of a family, by the name of the type; ``empty`` and ``record`` have none."""


def parse_integer(text: str) -> int:
    """Return the number of decimal digits, or else of hexadecimal digits with or without ``0x``; ValueError.

    A number that a 64-bit integer cannot hold is an error.
    """
    sign, digits = (text[0], text[1:]) if text[:1] in ("+", "-") else ("", text)
    if digits.isascii() and digits.isdigit():
        number = int(text)
        if -(1 << 63) <= number < 1 << 63:
            return number
    bare = digits[2:] if digits[:2] in ("0x", "0X") else digits
    if bare and len(bare) <= 16 and all(char in "0123456789abcdefABCDEF" for char in bare):
        number = int(sign + bare, 16)
        if -(1 << 63) <= number < 1 << 63:
            return number
    raise ValueError(f"'{text}' is not an integer")


def _octets(value: Value) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError(f"{value!r} are no octets")
    return value


def _short(octets: bytes, maximum: int) -> bytes:
    if len(octets) > maximum:
        raise ValueError(f"a tuple of {len(octets)} octets, at most {maximum} fit")
    return octets


def _number(value: Value, maximum: int = MAX6) -> int:
    if not isinstance(value, int) or not 0 <= value <= maximum:
        raise ValueError(f"{value!r} is not an address")
    return value


def _within(number: int, maximum: int) -> int:
    if not 0 <= number <= maximum:
        raise ValueError(f"{number} is not between 0 and {maximum}")
    return number


def _prefix(value: Value) -> Prefix:
    if not isinstance(value, Prefix) or not 0 <= value.length <= 128:
        raise ValueError(f"{value!r} is not a prefix")
    if value.first & ~address.mask(value.length, 128) or not 0 <= value.first <= MAX6:
        raise ValueError(f"{value!r} has bits beyond its length")
    return value


def _psid(value: Value) -> Psid:
    if not isinstance(value, Psid) or not 0 <= value.length <= 16:
        raise ValueError(f"{value!r} is not a PSID of 0 to 16 bits")
    # A PSID of no bits means "all ports"; its value is not looked at.
    if value.length == 0:
        return Psid(0, 0)
    if not 0 <= value.value < 1 << value.length:
        raise ValueError(f"PSID {value.value} does not fit {value.length} bits")
    return value
