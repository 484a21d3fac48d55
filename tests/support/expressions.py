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

WORD = r"(?<![\w.-])"
ROWS = (
    ("CL-033", r"(option|relay[46]|vendor|vendor-class)\b.* => ''$|substring.* => ''$"),
    ("CL-035", r"^\(?'[^']*'\)? =>"),
    ("CL-036", r"^0[xX]\w+ =>"),
    ("CL-037", r"^[0-9a-f.]*[.:][0-9a-f:.]+ =>"),
    ("CL-038", r"^\d+ =>"),
    ("CL-039", rf"{WORD}option\[[^]]*\]\.hex"),
    ("CL-040", rf"{WORD}option\[[^]]*\]\.exists"),
    ("CL-041", rf"{WORD}option\[[^]]*\]\.option\[\d+\]\.hex"),
    ("CL-042", rf"{WORD}option\[[^]]*\]\.option\[\d+\]\.exists"),
    ("CL-043", r"member\("),
    ("CL-044", rf"{WORD}known"),
    ("CL-045", rf"{WORD}unknown"),
    ("CL-046", r"relay4\["),
    ("CL-047", r"relay6\[[^]]*\]\.option"),
    ("CL-048", r"relay6\[[^]]*\]\.peeraddr"),
    ("CL-049", r"relay6\[[^]]*\]\.linkaddr"),
    ("CL-050", r"pkt\.iface"),
    ("CL-051", r"pkt\.src"),
    ("CL-052", r"pkt\.dst"),
    ("CL-053", r"pkt\.len"),
    ("CL-054", r"pkt4\.mac"),
    ("CL-055", r"pkt4\.hlen"),
    ("CL-056", r"pkt4\.htype"),
    ("CL-057", r"pkt4\.ciaddr"),
    ("CL-058", r"pkt4\.giaddr"),
    ("CL-059", r"pkt4\.yiaddr"),
    ("CL-060", r"pkt4\.siaddr"),
    ("CL-061", r"pkt4\.msgtype"),
    ("CL-062", r"pkt4\.transid"),
    ("CL-063", r"pkt6\.msgtype"),
    ("CL-064", r"pkt6\.transid"),
    ("CL-065", r"vendor\[ ?\* ?\]\.exists"),
    ("CL-066", r"vendor\[\d+\]\.exists"),
    ("CL-067", r"vendor\.enterprise"),
    ("CL-068", r"vendor\[\d+\]\.option\[\d+\]\.exists"),
    ("CL-069", r"vendor\[\d+\]\.option\[\d+\]\.hex"),
    ("CL-070", r"vendor-class\[\*\]\.exists"),
    ("CL-071", r"vendor-class\[\d+\]\.exists"),
    ("CL-072", r"vendor-class\.enterprise"),
    ("CL-073", r"vendor-class\[[^]]*\]\.data(?!\[)"),
    ("CL-074", r"vendor-class\[[^]]*\]\.data\["),
    ("CL-075", r"option\[ ?[a-z][\w-]+ ?\]|\.text"),
    ("CL-076", r"pkt\.len|pkt4\.(hlen|htype|msgtype|transid)|pkt6\.|enterprise|1 == 0x"),
    ("CL-077", r"(relay[46]\[|pkt[46]\.).* => column 1$"),
    ("CL-078", r"pkt6\.msgtype"),
    ("CL-079", r"vendor(-class)?\[ ?[*0] ?\]"),
    ("CL-080", r"option\[60\]"),
    ("CL-081", r"vendor(-class)?\[9\]"),
    ("CL-083", r" == '[ab]' => (true|false)"),
    ("CL-084", rf"{WORD}(not|and|or) "),
    ("CL-085", r"substring\("),
    ("CL-086", r"^substring\('foobar'"),
    ("CL-087", r"concat\(| \+ "),
    ("CL-088", r"split ?\("),
    ("CL-089", r"split \('one\.two\.\.four'"),
    ("CL-090", r"ifelse\("),
    ("CL-091", r"hexstring\("),
    ("CL-092", r"addrtotext\("),
    ("CL-093", r"(?<!u)int8totext\("),
    ("CL-094", r"(?<!u)int16totext\("),
    ("CL-095", r"(?<!u)int32totext\("),
    ("CL-096", r"uint8totext\("),
    ("CL-097", r"uint16totext\("),
    ("CL-098", r"uint32totext\("),
    ("CL-099", r"(addr|int\d+)totext\(.* => (error|'')$"),
    ("CL-D03", r"^\d+ =>"),
    ("CL-D04", r"vendor-class\[\*\]\.exists"),
    ("CL-D06", r"option\[ ?[a-z][\w-]+ ?\]|\.text"),
    ("CL-D07", r"int8totext\(1\)|int8totext\(-1\)|split \("),
)
"""Rows of the specification, and what a line that shows one looks like."""
MISTAKES = ("CL-032", "CL-077", "CL-D07")
"""The rows that lines about texts that are no expressions may show."""


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

    @property
    def rows(self) -> list[str]:
        """The rows of the specification that this line shows."""
        value = f"column {self.expected}" if type(self.expected) is int else self.expected
        line = f"{self.text} => {repr(value)[1:] if isinstance(value, bytes) else str(value).lower()}"
        found = [row for row, pattern in ROWS if re.search(pattern, line)]
        return ["CL-032", *(row for row in found if row in MISTAKES)] if type(self.expected) is int else found


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
    elif word in ("ciaddr", "yiaddr", "siaddr") and isinstance(packet, Packet4):
        setattr(packet, word, parse4(rest))
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
