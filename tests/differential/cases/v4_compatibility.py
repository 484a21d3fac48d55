"""`compatibility`: what a DHCPv4 server lets pass that standards do not."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import network
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import DISCOVER, query4, tlv4, u32

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


def _seen(*tests: str) -> list[Json]:
    """Return classes of these tests; that a query is in one is seen by an option of its answer."""
    return [
        {
            "name": f"t{number:02d}",
            "test": test,
            "option-data": [{"code": 161 + number, "data": "01", "csv-format": False, "always-send": True}],
        }
        for number, test in enumerate(tests)
    ]


ENDED = (
    ({"type": "tuple"}, b"\1a"),
    ({"type": "record", "record-types": "uint8, tuple"}, b"\1\1a"),
    ({"type": "record", "record-types": "uint8, uint16"}, b"\1\0\2"),
    ({"type": "fqdn"}, b"\1a\0"),
    ({"type": "uint16"}, b"\0\7"),
    ({"type": "ipv6-prefix"}, b"\x20\x20\1\x0d\xb8"),
    ({"type": "psid"}, b"\4\x10\0"),
    ({"type": "record", "record-types": "uint8, string"}, b"\1ab"),
    ({"type": "uint8", "array": True}, b"\1"),
)
"""Definitions that say where an option ends, or do not, and a body for each."""

_PRIVATE = ({"name": "number", "code": 230, "type": "uint8"}, b"\7")


@case(
    4,
    network(
        "192.0.2.10-192.0.2.60",
        option_def=[{"name": f"o{n}", "code": 200 + n, **row} for n, (row, _body) in enumerate(ENDED)] + [_PRIVATE[0]],
        client_classes=_seen(
            *(
                f"option[{200 + n}].hex == 0x{body.hex()}{more}"
                for n, (_, body) in enumerate(ENDED)
                for more in ("", "09")
            ),
            *("option[230].text == 'type=230, len=001: 07'", "option[230].text == 'type=230, len=001: 7 (uint8)'"),
        ),
    ),
)
def octets_after_the_end_of_an_option(talk: Talk) -> None:
    for number, (_, body) in enumerate(ENDED):
        for more in (b"", b"\x09"):
            talk.ask4(query4(DISCOVER, 1, (200 + number, body + more)), f"option {200 + number} {(body + more).hex()}")
    talk.ask4(query4(DISCOVER, 1, (230, _PRIVATE[1])), "private option")


VENDOR = [
    {"name": "v-one", "code": 5, "type": "tuple", "space": "vendor-4491"},
    {"name": "v-some", "code": 6, "type": "tuple", "array": True, "space": "vendor-4491"},
    {"name": "v-number", "code": 8, "type": "uint16", "space": "vendor-4491"},
    {"name": "v-text", "code": 9, "type": "string", "space": "vendor-4491"},
]
_VENDOR_SEEN = _seen(
    *(f"vendor[4491].option[{code}].exists" for code in (5, 6, 8, 9)),
    *("vendor[4491].option[5].hex == 0x026162", "vendor[4491].option[5].hex == 0x056162"),
    *("vendor[4491].option[6].hex == 0x056162", "vendor[4491].option[8].hex == 0x01"),
    *("vendor[4491].option[9].hex == 'ab'", "vendor[4491].option[9].hex == 0x616200"),
    "vendor[4491].exists",
)


@case(
    4,
    network(
        "192.0.2.10-192.0.2.60",
        option_def=VENDOR,
        client_classes=_VENDOR_SEEN,
        compatibility={"lenient-option-parsing": True},
    ),
)
def vendor_sub_options_are_octets(talk: Talk) -> None:
    for code, body in (
        *((5, b"\2ab"), (5, b"\5ab"), (5, b"\1a\5"), (5, b""), (6, b"\5ab"), (6, b"\1a\5"), (8, b"\0\1"), (8, b"\1")),
        *((9, b"ab\0"), (9, b"")),
    ):
        inside = tlv4([(code, body)])
        option = u32(4491) + bytes((len(inside),)) + inside
        talk.ask4(query4(DISCOVER, 1, (125, option)), f"sub-option {code} {body.hex()}")
