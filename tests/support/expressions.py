"""The reader of `tests/unit/expression/language.txt`: the classification language testing itself.

The file says in its head how it is written. The unit tests evaluate it here, the differential ones in Kea as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from kea_twisted.base.address import parse4, parse6
from kea_twisted.family import V4, V6, Family
from kea_twisted.wire import v4, v6
from kea_twisted.wire.packet import Receipt
from kea_twisted.wire.v4 import Packet4
from kea_twisted.wire.v6 import Packet6, Relay6

LANGUAGE = Path(__file__).parent.parent / "unit" / "expression" / "language.txt"
RECEIPT4 = Receipt("srv0", 2, parse4("10.77.0.1"), 67, parse4("10.77.0.2"), 67)
RECEIPT6 = Receipt("srv0", 2, parse6("2001:db8:77::1"), 547, parse6("2001:db8:77::2"), 547)


@dataclass
class Sample:
    """A packet of the file: its name, octets and the classes it is in."""

    name: str
    family: Family
    packet: Packet4 | Packet6
    classes: list[str] = field(default_factory=list)

    @property
    def octets(self) -> bytes:
        """The packet as it is sent."""
        return v4.pack(self.packet) if isinstance(self.packet, Packet4) else v6.pack(self.packet)

    def received(self) -> Packet4 | Packet6:
        """Return the packet as a server sees it, in its classes."""
        packet: Packet4 | Packet6
        packet = v4.parse(self.octets, RECEIPT4) if self.family is V4 else v6.parse(self.octets, RECEIPT6)
        for name in self.classes:
            packet.add_class(name)
        return packet


@dataclass(frozen=True)
class Line:
    """One expectation. expected: True, False, octets, "error" for an evaluation that fails, or the column of a mistake.

    note: why Kea 2.2.0 differs, "" where it does not.
    """

    number: int
    sample: Sample
    text: str
    expected: bool | bytes | str | int
    note: str

    def __str__(self) -> str:
        return f"{self.number}"


def octets(text: str) -> bytes:
    """Return the octets of words that are hexadecimal digits or texts in single quotes."""
    out = b""
    for quoted, digits in re.findall(r"'([^']*)'|(\S+)", text):
        out += bytes.fromhex(digits) if digits else quoted.encode()
    return out


def read() -> list[Line]:
    """Return all expectations of the file."""
    lines: list[Line] = []
    sample: Sample | None = None
    for number, line in enumerate(LANGUAGE.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "packet4":
            packet4 = Packet4(1, 0x01020304)
            packet4.chaddr = bytes.fromhex("020000000001")
            packet4.giaddr = parse4("10.77.0.2")
            packet4.hops = 1
            sample = Sample(rest, V4, packet4)
        elif word == "packet6":
            packet6 = Packet6(1, 0x010203)
            packet6.add(1, bytes.fromhex("00030001020000000001"))
            sample = Sample(rest, V6, packet6)
        elif not line.startswith(" "):
            assert sample is not None
            _header(sample, word, rest)
        else:
            assert sample is not None
            text, _, rest = line.strip().rpartition(" => ")
            expected, _, note = rest.partition("  # ")
            lines.append(Line(number, sample, text, _expected(expected.strip()), note))
    return lines


def _header(sample: Sample, word: str, rest: str) -> None:
    packet = sample.packet
    if word == "class":
        sample.classes.append(rest)
    elif word == "option":
        code, _, body = rest.partition(" ")
        if isinstance(packet, Packet4):
            packet.options[int(code)] = octets(body)
        else:
            packet.add(int(code), octets(body))
    elif word == "relay" and isinstance(packet, Packet6):
        # The innermost relay is written first, as it comes first to the packet.
        link, peer = rest.split()
        packet.relays.insert(0, Relay6(12, len(packet.relays), parse6(link), parse6(peer)))
    elif word == "relay-option" and isinstance(packet, Packet6):
        code, _, body = rest.partition(" ")
        packet.relays[0].options.setdefault(int(code), []).append(octets(body))
    elif word == "ciaddr" and isinstance(packet, Packet4):
        packet.ciaddr = parse4(rest)
    else:
        raise ValueError(f"unknown line '{word} {rest}'")


def _expected(text: str) -> bool | bytes | str | int:
    if text in ("true", "false"):
        return text == "true"
    if text == "error":
        return text
    if text.startswith("column "):
        return int(text[7:])
    return octets(text)
