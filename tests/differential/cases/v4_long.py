"""Options and sub-options of more than 255 octets, and what comes in several parts. RFC 3396."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, asks, network, option
from tests.differential.talk import Talk
from tests.support.packets import tlv4

LETTERS = "abcdefghijklmnopqrstuvwxyz" * 20


def long_options(talk: Talk) -> None:
    Client(talk, 1).lease(asks(17, 67, 77, 240, 241, 242))
    Client(talk, 1).inform("192.0.2.50", asks(17, 240))
    Client(talk, 2).lease()


for _length in (254, 255, 256, 261, 510, 511, 600):
    case(
        4,
        network(
            option_def=[{"name": "long", "code": 240, "type": "string"}],
            option_data=[option("long", LETTERS[:_length])],
        ),
        "V4-308",
        "V4-309",
        variant=f"text-{_length}",
    )(long_options)
case(
    4,
    network(
        option_def=[
            {"name": "blob", "code": 241, "type": "binary"},
            {"name": "mix", "code": 242, "type": "record", "record-types": "uint16, string"},
        ],
        option_data=[
            option("blob", "ab" * 300),
            option("mix", f"7, {LETTERS[:300]}"),
            option("root-path", LETTERS[:300]),
            {"name": "user-class", "data": "cd" * 280},
            {"code": 240, "csv-format": False, "data": "ef" * 261},
        ],
    ),
    "V4-308",
    "V4-309",
    variant="of-several-types",
)(long_options)


@case(
    4,
    network(
        subnet={
            "option-data": [{"code": 240, "csv-format": False, "data": "01" * 256}],
            "reservations": [
                {
                    "hw-address": "02:00:00:01:00:01",
                    "option-data": [{"code": 240, "csv-format": False, "data": "02" * 270}],
                }
            ],
        },
        client_classes=[
            {
                "name": "a",
                "test": "option[60].text == 'a'",
                "option-data": [{"code": 241, "csv-format": False, "data": "03" * 280}],
            }
        ],
    ),
    "V4-308",
)
def long_options_by_scope(talk: Talk) -> None:
    Client(talk, 1).lease(asks(240, 241))
    Client(talk, 2, (60, b"a")).lease(asks(240, 241))


_SEES = [
    ("whole", f"option[240].hex == '{LETTERS[:300]}'"),
    ("circuit", "relay4[1].hex == 'circuitone'"),
    ("circuit-by-option", "option[82].option[1].hex == 'circuitone'"),
    ("long-circuit", f"relay4[1].hex == '{LETTERS[:300]}'"),
    ("remote", "relay4[2].hex == 'remote'"),
    ("inner", "option[222].option[1].hex == 'innerone'"),
]


@case(
    4,
    network(
        option_def=[
            {"name": "container", "code": 222, "type": "empty", "encapsulate": "foo"},
            {"name": "inner", "code": 1, "type": "string", "space": "foo"},
        ],
        client_classes=[
            {
                "name": name,
                "test": test,
                "option-data": [{"code": 224 + place, "csv-format": False, "data": "01", "always-send": True}],
            }
            for place, (name, test) in enumerate(_SEES)
        ],
    ),
    "V4-308",
    "V4-311",
)
def parts_are_joined(talk: Talk) -> None:
    """What Kea joins; all that we join is in tests/scenarios/v4/options-in-parts.scn."""
    text = LETTERS[:300].encode()
    Client(talk, 1, (240, text[:255]), (240, text[255:])).discover()
    Client(talk, 2, (240, text[:100]), (61, b"\1between"), (240, text[100:])).discover()
    Client(talk, 3, (82, tlv4([(1, b"circuit"), (2, b"remote")]) + tlv4([(1, b"one")])), **RELAY).discover()
    Client(talk, 4, (82, tlv4([(1, b"circuit")])), (82, tlv4([(1, b"one")])), **RELAY).discover()
    Client(talk, 5, (82, tlv4([(1, text[:253])])), (82, tlv4([(1, text[253:]), (2, b"remote")])), **RELAY).discover()
    Client(talk, 6, (222, tlv4([(1, b"inner"), (1, b"one")]))).discover()
    Client(talk, 7, (222, tlv4([(1, b"inner")])), (222, tlv4([(1, b"one")]))).discover()
