"""`compatibility`: what a DHCPv6 server lets pass that standards do not."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, network
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import SOLICIT, ia_na, query6, tlv6, u32

TUPLES = [
    {"name": "one", "code": 1200, "type": "tuple"},
    {"name": "some", "code": 1201, "type": "tuple", "array": True},
    {"name": "after", "code": 1202, "type": "record", "record-types": "uint8, tuple"},
]
# What a class sees of an option goes out in an option.
CLASSES = [
    {"name": name, "test": test, "option-data": [{"name": option, "data": data, "always-send": True}]}
    for name, test, option, data in (
        ("rest", "option[1200].hex == 0x00026162 or option[1201].hex == 0x00026162", "bootfile-url", "seen"),
        ("vendor", "vendor-class[4491].exists", "new-posix-timezone", "seen"),
        ("datum", "vendor-class[4491].data[0] == 'ab'", "new-tzdb-timezone", "seen"),
    )
]


def _tuples(talk: Talk) -> None:
    more = (b"\0\2ab\0\5c", b"\0\2ab\0")
    for code, ends in ((60, more), (1200, ()), (1201, more)):
        for body in (b"", b"\0", b"\0\0", b"\0\5", b"\0\2ab", b"\0\5ab", b"\xff\xffab", *ends):
            talk.ask6(query6(SOLICIT, 1, NA, (code, body)), f"option {code} = {body.hex() or 'empty'}")
    for body in (b"", b"\1", b"\1\0\5", b"\1\0\2ab", b"\1\0\5ab"):
        talk.ask6(query6(SOLICIT, 1, NA, (1202, body)), f"option 1202 = {body.hex() or 'empty'}")
    for tail in (b"", b"\0", b"\0\2", b"\0\2ab", b"\0\5ab", b"\0\2ab\0\5c", b"\0\2ab\0"):
        query = query6(SOLICIT, 1, NA, (16, b"\0\0\x11\x8b" + tail))
        talk.ask6(query, f"option 16 ends in {tail.hex() or 'nothing'}")
    talk.ask6(query6(SOLICIT, 1, NA, (16, b"\0\0\x11")), "option 16 without a number")


WIDE = network("2001:db8:1::10-2001:db8:1::ff", option_def=TUPLES, client_classes=CLASSES)


@case(6, WIDE, "V6-522")
def overrunning_tuples(talk: Talk) -> None:
    _tuples(talk)


@case(6, {**WIDE, "compatibility": {"lenient-option-parsing": True}}, "V6-521", "V6-522")
def overrunning_tuples_let_pass(talk: Talk) -> None:
    _tuples(talk)


def _seen(*tests: str) -> list[Json]:
    """Return classes of these tests; that a query is in one is seen by an option of its answer."""
    return [
        {
            "name": f"t{number:02d}",
            "test": test,
            "option-data": [{"code": 2000 + number, "data": "01", "csv-format": False, "always-send": True}],
        }
        for number, test in enumerate(tests)
    ]


ENDED = (
    ({"type": "tuple"}, b"\0\1a"),
    ({"type": "record", "record-types": "uint8, tuple"}, b"\1\0\1a"),
    ({"type": "record", "record-types": "fqdn, uint8"}, b"\1a\0\1"),
    ({"type": "boolean"}, b"\1"),
    ({"type": "ipv6-address"}, bytes(15) + b"\1"),
    ({"type": "empty"}, b""),
    ({"type": "record", "record-types": "uint8, string"}, b"\1ab"),
    ({"type": "uint8", "array": True}, b"\1"),
)
"""Definitions that say where an option ends, or do not, and a body for each."""


@case(
    6,
    network(
        "2001:db8:1::10-2001:db8:1::ff",
        option_def=[{"name": f"o{n}", "code": 1200 + n, **row} for n, (row, _body) in enumerate(ENDED)],
        client_classes=_seen(
            *(
                f"option[{1200 + n}].hex == " + (f"0x{(body + more).hex()}" if body + more else "''")
                for n, (_, body) in enumerate(ENDED)
                for more in (b"", b"\x09")
            ),
        ),
    ),
)
def octets_after_the_end_of_an_option(talk: Talk) -> None:
    for number, (_, body) in enumerate(ENDED):
        for more in (b"", b"\x09"):
            octets = body + more
            talk.ask6(query6(SOLICIT, 1, ia_na(1), (1200 + number, octets)), f"option {1200 + number} {octets.hex()}")


@case(
    6,
    network(
        "2001:db8:1::10-2001:db8:1::ff",
        option_def=[
            {"name": "v-one", "code": 5, "type": "tuple", "space": "vendor-4491"},
            {"name": "v-some", "code": 6, "type": "tuple", "array": True, "space": "vendor-4491"},
            {"name": "v-number", "code": 8, "type": "uint16", "space": "vendor-4491"},
            {"name": "v-text", "code": 9, "type": "string", "space": "vendor-4491"},
        ],
        client_classes=_seen(
            *(f"vendor[4491].option[{code}].exists" for code in (5, 6, 8, 9)),
            *("vendor[4491].option[5].hex == 0x00056162", "vendor[4491].option[5].hex == 0x000161"),
            *("vendor[4491].option[9].hex == 'ab'", "vendor[4491].option[9].hex == 0x616200"),
        ),
        compatibility={"lenient-option-parsing": True},
    ),
)
def vendor_sub_options_are_octets(talk: Talk) -> None:
    for code, body in (
        *((5, b"\0\2ab"), (5, b"\0\5ab"), (5, b"\0\1a\5"), (5, b""), (6, b"\0\5ab"), (6, b"\0\1a\5")),
        *((8, b"\1"), (8, b"\0\1\2"), (9, b"ab\0"), (9, b"")),
    ):
        option = u32(4491) + tlv6([(code, body), (8, b"\0\1")])
        talk.ask6(query6(SOLICIT, 1, ia_na(1), (17, option)), f"sub-option {code} {body.hex()}")
