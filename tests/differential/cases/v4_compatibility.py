"""`compatibility`: what a DHCPv4 server lets pass that standards do not."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import network
from tests.differential.talk import Talk
from tests.support.packets import DISCOVER, query4

TUPLES = [
    {"name": "one", "code": 200, "type": "tuple"},
    {"name": "some", "code": 201, "type": "tuple", "array": True},
    {"name": "after", "code": 202, "type": "record", "record-types": "uint8, tuple"},
]
# What a class sees of an option goes out in the host name.
CLASSES = [
    {"name": name, "test": test, "option-data": [{"name": option, "data": "seen", "always-send": True}]}
    for name, test, option in (
        ("rest", "option[200].hex == 0x026162 or option[201].hex == 0x026162", "host-name"),
        ("vendor", "vendor-class[4491].exists", "domain-name"),
        ("datum", "vendor-class[4491].data[0] == 'ab'", "tcode"),
    )
]


def _tuples(talk: Talk) -> None:
    for code, more in ((200, ()), (201, (b"\2ab\5c",))):
        for body in (b"", b"\0", b"\5", b"\2ab", b"\5ab", b"\xffab", b"\1a\5", *more):
            talk.ask4(query4(DISCOVER, 1, (code, body)), f"option {code} = {body.hex() or 'empty'}")
    for body in (b"", b"\1", b"\1\5", b"\1\2ab", b"\1\5ab"):
        talk.ask4(query4(DISCOVER, 1, (202, body)), f"option 202 = {body.hex() or 'empty'}")
    for tail in (b"", b"\0", b"\2", b"\2ab", b"\5ab", b"\2ab\0\0\x11\x8b\5a", b"\2ab\0\0\x11"):
        talk.ask4(query4(DISCOVER, 1, (124, b"\0\0\x11\x8b" + tail)), f"option 124 ends in {tail.hex() or 'nothing'}")
    talk.ask4(query4(DISCOVER, 1, (124, b"\0\0\x11")), "option 124 without a number")


WIDE = network("192.0.2.10-192.0.2.60", option_def=TUPLES, client_classes=CLASSES)


@case(4, WIDE)
def overrunning_tuples(talk: Talk) -> None:
    _tuples(talk)


@case(4, {**WIDE, "compatibility": {"lenient-option-parsing": True}})
def overrunning_tuples_let_pass(talk: Talk) -> None:
    _tuples(talk)
