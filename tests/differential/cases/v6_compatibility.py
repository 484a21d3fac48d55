"""`compatibility`: what a DHCPv6 server lets pass that standards do not."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, network
from tests.differential.talk import Talk
from tests.support.packets import SOLICIT, query6

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


@case(6, WIDE)
def overrunning_tuples(talk: Talk) -> None:
    _tuples(talk)


@case(6, {**WIDE, "compatibility": {"lenient-option-parsing": True}})
def overrunning_tuples_let_pass(talk: Talk) -> None:
    _tuples(talk)
