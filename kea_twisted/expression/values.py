"""The forms in which an expression names a value, as one table for the reference and its tests.

Not here: the fields after ``pkt4.``, ``pkt6.`` and ``relay6[level].``, rows of :mod:`.v4` and :mod:`.v6`, and the
functions (:mod:`.functions`). How each form is read is in :mod:`.parser`. ARM "List of classification values".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kea_twisted.expression.functions import BOOL, STRING, Type

BOTH: Final = (4, 6)
ONLY4: Final = (4,)
ONLY6: Final = (6,)


@dataclass(frozen=True, slots=True)
class Form:
    """One form. families: the numbers of those that have it."""

    form: str
    result: Type
    families: tuple[int, ...]
    meaning: str
    example: str
    source: str


FORMS: Final[tuple[Form, ...]] = (
    Form("'text'", STRING, BOTH, "The text; it cannot hold a single quote or a line break.", "'PXEClient'", "CL-035"),
    Form("0x…", STRING, BOTH, "Octets in hexadecimal; a leading zero is added to an odd number.", "0x5a7d", "CL-036"),
    Form("address", STRING, BOTH, "An IPv4 or IPv6 address: 4 or 16 octets.", "192.0.2.1", "CL-037"),
    Form("integer", STRING, BOTH, "An unsigned integer: 4 octets, network order.", "123", "CL-038"),
    Form("option[code].hex", STRING, BOTH, "The octets of an option; empty without it.", "option[61].hex", "CL-039"),
    Form("option[code].text", STRING, BOTH, "An option as text; empty without it.", "option[60].text", "CL-075"),
    Form("option[code].exists", BOOL, BOTH, "Whether there is such an option.", "option[61].exists", "CL-040"),
    Form(
        "option[name].…", STRING, BOTH, "An option by the name of its definition.", "option[user-class].hex", "CL-075"
    ),
    Form(
        "option[code].option[code].…",
        STRING,
        BOTH,
        "A sub-option; its code only. hex, text or exists.",
        "option[82].option[1].hex",
        "CL-041",
    ),
    Form("relay4[code].…", STRING, ONLY4, "A sub-option of option 82, the relay's.", "relay4[1].hex", "CL-046"),
    Form(
        "relay6[level].option[code].…",
        STRING,
        ONLY6,
        "An option that a relay added. Level 0 is the relay nearest to the server, -1 the one nearest to the client.",
        "relay6[0].option[18].hex",
        "CL-047",
    ),
    Form("vendor[number].exists", BOOL, BOTH, "Whether there is a vendor option (125, in DHCPv6 17) of that "
         "enterprise; `*` or 0 is any.", "vendor[4491].exists", "CL-066"),
    Form("vendor.enterprise", STRING, BOTH, "The enterprise number of the vendor option: 4 octets.",
         "vendor.enterprise", "CL-067"),
    Form("vendor[number].option[code].…", STRING, BOTH, "A sub-option of the vendor option.",
         "vendor[4491].option[1].hex", "CL-069"),
    Form("vendor-class[number].exists", BOOL, BOTH, "Whether there is a vendor class option (124, in DHCPv6 16) of "
         "that enterprise; `*` or 0 is any.", "vendor-class[*].exists", "CL-070"),
    Form("vendor-class.enterprise", STRING, BOTH, "The enterprise number of the vendor class option: 4 octets.",
         "vendor-class.enterprise", "CL-072"),
    Form("vendor-class[number].data[index]", STRING, BOTH, "One of the data of the vendor class option, from 0; "
         "without [index] the first.", "vendor-class[4491].data[0]", "CL-074"),
    Form("member('class')", BOOL, BOTH, "Whether the packet is in a class that is built in or defined before this "
         "one.", "member('ALL')", "CL-043"),
    Form("known", BOOL, BOTH, "The client has a host reservation; short for member('KNOWN').", "known", "CL-044"),
    Form("unknown", BOOL, BOTH, "The client has none; short for not member('KNOWN').", "unknown", "CL-045"),
    Form("pkt.iface", STRING, BOTH, "The name of the interface that received the packet.", "pkt.iface", "CL-050"),
    Form("pkt.src", STRING, BOTH, "The source address: 4 or 16 octets.", "pkt.src", "CL-051"),
    Form("pkt.dst", STRING, BOTH, "The destination address: 4 or 16 octets.", "pkt.dst", "CL-052"),
    Form("pkt.len", STRING, BOTH, "The length of header and options, 4 octets, counted as Kea counts it.",
         "pkt.len", "CL-053"),
)  # fmt: skip
"""Every form of a value that is no call and no field."""
