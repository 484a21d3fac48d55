"""Option 43 as global scope and classes define it, private options of classes, and vendor options 124 and 125."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client4 import Client, asks, network, option
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import tlv4, u32

VENDOR_OPTIONS = "vendor-encapsulated-options"


def sees(code: int, test: str, **rest: Any) -> Json:
    """Return a class that sends option *code* to those for whom *test* is true."""
    data = {"code": code, "csv-format": False, "data": "01", "always-send": True}
    return {"name": f"sees{code}", "test": test, "option-data": [data], **rest}


def vendor_class(name: str, definition: Json | None, *data: Json, **rest: Any) -> Json:
    """Return a class of those whose vendor class is *name*, with a definition and values."""
    made: Json = {"name": name, "test": f"option[vendor-class-identifier].text == '{name}'", **rest}
    if definition is not None:
        made["option-def"] = [definition]
    return {**made, "option-data": list(data)}


APC_AND_PXE = network(
    option_def=[
        {"name": "cookie", "code": 1, "space": "APC", "type": "string"},
        {"name": "mtftp-ip", "code": 1, "space": "PXE", "type": "ipv4-address"},
        {"name": "menu", "code": 2, "space": "PXE", "type": "record", "record-types": "uint8, string"},
        {"name": "zero", "code": 0, "space": "EDGE", "type": "uint8"},
        {"name": "last", "code": 255, "space": "EDGE", "type": "uint8"},
        {"name": "one", "code": 1, "space": "EDGE", "type": "uint8"},
        {"name": "fallback", "code": 7, "space": "vendor-encapsulated-options-space", "type": "string"},
    ],
    option_data=[
        {"name": VENDOR_OPTIONS},
        option("fallback", "for others", space="vendor-encapsulated-options-space"),
    ],
    client_classes=[
        vendor_class(
            "APC",
            {"name": VENDOR_OPTIONS, "code": 43, "type": "empty", "encapsulate": "APC"},
            option("cookie", "1APC", space="APC"),
            {"name": VENDOR_OPTIONS},
        ),
        vendor_class(
            "PXE",
            {"name": VENDOR_OPTIONS, "code": 43, "type": "empty", "encapsulate": "PXE"},
            option("mtftp-ip", "192.0.2.9", space="PXE"),
            option("menu", "3, choose", space="PXE"),
            {"name": VENDOR_OPTIONS},
        ),
        vendor_class(
            "EDGE",
            {"name": VENDOR_OPTIONS, "code": 43, "type": "empty", "encapsulate": "EDGE"},
            option("zero", "10", space="EDGE"),
            option("one", "11", space="EDGE"),
            option("last", "12", space="EDGE"),
            {"name": VENDOR_OPTIONS},
        ),
        vendor_class(
            "RAW",
            {"name": VENDOR_OPTIONS, "code": 43, "type": "binary"},
            {"name": VENDOR_OPTIONS, "data": "0102fffe"},
        ),
        vendor_class(
            "NUMBER",
            {"name": VENDOR_OPTIONS, "code": 43, "type": "uint32"},
            {"name": VENDOR_OPTIONS, "data": "0x01020304"},
        ),
        vendor_class("NODATA", {"name": VENDOR_OPTIONS, "code": 43, "type": "empty", "encapsulate": "APC"}),
        sees(240, "option[43].exists"),
        sees(241, "option[43].hex == 0x0104c0000203"),
        sees(242, "option[43].option[1].exists"),
        sees(243, "option[43].option[1].hex == 0xc0000203"),
    ],
)


@case(4, APC_AND_PXE, "V4-169", "V4-283", "V4-285", "V4-286", "V4-288", "V4-289", "V4-291")
def option_43_by_class(talk: Talk) -> None:
    names = (b"APC", b"PXE", b"EDGE", b"RAW", b"NUMBER", b"NODATA", b"other")
    for number, name in enumerate(names, 1):
        Client(talk, number, (60, name)).lease(asks(43))
    Client(talk, 20).lease(asks(43))
    Client(talk, 21, (60, b"APC")).lease()
    Client(talk, 22, (60, b"PXE")).inform("192.0.2.50", asks(43))


@case(4, APC_AND_PXE, "V4-287", "V4-290", "V4-291")
def option_43_of_clients_is_read_later(talk: Talk) -> None:
    bodies = (
        tlv4([(1, b"\xc0\0\2\3")]),
        b"\0" + tlv4([(1, b"\xc0\0\2\3")]) + b"\xff",
        tlv4([(0, b"\1"), (1, b"\2"), (255, b"\3")]),
        b"\1\x20a",
        b"\1\2\3",
        b"",
        b"\xff",
        b"\0",
        bytes(3),
    )
    for number, body in enumerate(bodies, 1):
        for place, name in enumerate((b"APC", b"PXE", b"EDGE", b"RAW", b"NUMBER", b"other"), 1):
            Client(talk, 10 * number + place, (60, name), (43, body)).discover(asks(43))
        Client(talk, 10 * number, (43, body)).discover(asks(43))


@case(
    4,
    network(
        option_def=[
            {"name": VENDOR_OPTIONS, "code": 43, "type": "empty", "encapsulate": "mine"},
            {"name": "one", "code": 1, "space": "mine", "type": "string"},
        ],
        option_data=[{"name": VENDOR_OPTIONS}, option("one", "global", space="mine")],
        client_classes=[
            vendor_class(
                "class",
                {"name": VENDOR_OPTIONS, "code": 43, "type": "string"},
                {"name": VENDOR_OPTIONS, "data": "of the class"},
            )
        ],
    ),
    "V4-287",
    "V4-288",
)
def option_43_of_the_global_scope(talk: Talk) -> None:
    Client(talk, 1).lease(asks(43))
    Client(talk, 2, (60, b"class")).lease(asks(43))
    Client(talk, 3, (43, b"\1\1a")).lease(asks(43))
    Client(talk, 4, (43, b"\1\2a"), (60, b"class")).lease(asks(43))


@case(
    4,
    network(
        option_def=[
            {"name": "private", "code": 224, "type": "uint16"},
            {"name": "shared", "code": 225, "type": "string"},
            {"name": "edge", "code": 254, "type": "uint8"},
        ],
        option_data=[
            option("private", "7", always_send=True),
            option("shared", "all", always_send=True),
            option("edge", "9", always_send=True),
        ],
        client_classes=[
            vendor_class(
                "words", {"name": "word", "code": 224, "type": "string"}, {"name": "word", "data": "of the class"}
            ),
            vendor_class(
                "pairs",
                {"name": "pair", "code": 224, "type": "record", "record-types": "uint8, ipv4-address"},
                {"code": 224, "data": "1, 192.0.2.9", "csv-format": True},
            ),
            vendor_class("hexes", {"name": "x", "code": 224, "type": "uint32"}, {"name": "x", "data": "abcd"}),
            vendor_class("none", {"name": "x", "code": 224, "type": "uint32"}),
            sees(240, "option[224].hex == 0x0007"),
            sees(241, "option[225].text == 'text'"),
        ],
    ),
    "V4-281",
    "V4-282",
)
def private_options_of_classes(talk: Talk) -> None:
    for number, name in enumerate((b"words", b"pairs", b"hexes", b"none", b"other"), 1):
        Client(talk, number, (60, name)).lease()
    for number, body in enumerate((b"\0\7", b"text", b"", b"\1\2\3"), 10):
        Client(talk, number, (224, body), (225, body)).lease()
        Client(talk, number + 10, (60, b"words"), (224, body)).lease()
        Client(talk, number + 20, (60, b"pairs"), (224, body)).lease()


def _vendor(number: int, *options: tuple[int, bytes]) -> tuple[int, bytes]:
    body = tlv4(options)
    return 125, u32(number) + bytes((len(body),)) + body


TWO_VENDORS = network(
    option_def=[
        {"name": "acs", "code": 1, "type": "string", "space": "vendor-25167"},
        {"name": "prov", "code": 2, "type": "uint32", "space": "vendor-25167"},
        {"name": "other", "code": 1, "type": "ipv4-address", "space": "vendor-9"},
        {"name": "wide", "code": 1, "type": "string", "space": "vendor-4294967295"},
    ],
    option_data=[
        option("acs", "http://acs", space="vendor-25167", always_send=True),
        option("prov", "77", space="vendor-25167"),
        option("other", "192.0.2.9", space="vendor-9", always_send=True),
        option("wide", "wide", space="vendor-4294967295", always_send=True),
        option("tftp-servers", "192.0.2.69", space="vendor-4491"),
        {"code": 122, "space": "vendor-4491", "csv-format": False, "data": "0104c0000207"},
    ],
    client_classes=[
        sees(240, "vendor[25167].exists"),
        sees(241, "vendor[*].exists"),
        sees(242, "vendor-class[25167].exists"),
        sees(243, "vendor[4491].option[1].hex == 0x02"),
    ],
)


@case(4, TWO_VENDORS, "V4-219", "V4-295", "V4-297", "V4-298", "V4-299")
def vendor_options_by_enterprise(talk: Talk) -> None:
    clients = (
        (_vendor(25167),),
        (_vendor(25167, (1, b"x")),),
        (_vendor(9),),
        (_vendor(0xFFFFFFFF),),
        (_vendor(4491, (1, b"\2")),),
        (_vendor(4491, (1, b"\2\x7a\1")),),
        (_vendor(4491, (5, b"x")),),
        (_vendor(4491),),
        (_vendor(5),),
        ((124, u32(25167) + b"\3abc"),),
        ((124, u32(4491) + b"\3abc"),),
        ((124, u32(9) + b"\3abc"), _vendor(25167)),
        (_vendor(25167), (60, b"x")),
        ((125, u32(25167) + b"\0" + u32(9) + b"\0"),),
        ((125, u32(4491) + b"\3\1\1\2" + u32(25167) + b"\0"),),
        ((125, u32(25167)),),
        ((125, b"\0\0"),),
        (),
    )
    for number, options in enumerate(clients, 1):
        Client(talk, number, *options).discover()
        Client(talk, number, *options).discover(asks(125, 124))


def vendor_containers(talk: Talk) -> None:
    vendors = (25167, 9, 4491)
    Client(talk, 1).lease()
    Client(talk, 2).lease(asks(124, 125))
    for number, vendor in enumerate(vendors, 10):
        Client(talk, number, _vendor(vendor, (1, b"\1\2"))).lease()
        Client(talk, number + 10, _vendor(vendor, (1, b"\1\2"))).lease(asks(125))


_ACS = {"name": "acs", "code": 1, "type": "string", "space": "vendor-25167"}
for _always in (False, True):
    case(
        4,
        network(
            option_def=[_ACS],
            option_data=[
                option("vivso-suboptions", "25167", always_send=_always),
                option("acs", "http://acs", space="vendor-25167", always_send=not _always),
                option("vivco-suboptions", "25167, 03616263", always_send=_always),
            ],
        ),
        "V4-218",
        "V4-219",
        "V4-296",
        "V4-298",
        variant="always" if _always else "asked",
    )(vendor_containers)
case(
    4,
    network(
        option_def=[_ACS],
        option_data=[option("vivso-suboptions", "25167")],
        subnet={
            "option-data": [option("acs", "http://subnet", space="vendor-25167", always_send=True)],
            "reservations": [
                {
                    "hw-address": "02:00:00:01:00:01",
                    "option-data": [
                        option("vivso-suboptions", "25167", always_send=True),
                        option("acs", "http://host", space="vendor-25167", always_send=True),
                    ],
                },
                {
                    "hw-address": "02:00:00:01:00:0a",
                    "option-data": [option("acs", "http://host", space="vendor-25167")],
                },
            ],
        },
        client_classes=[
            {
                "name": "c",
                "test": "pkt4.mac == 0x020000010002",
                "option-data": [option("acs", "http://class", space="vendor-25167", always_send=True)],
            }
        ],
    ),
    "V4-120",
    "V4-121",
    "V4-296",
    variant="of-hosts-and-classes",
)(vendor_containers)


def vendor_octets(talk: Talk) -> None:
    Client(talk, 1).lease(asks(125))
    Client(talk, 2, _vendor(25167)).lease()


for _place, _octets in enumerate(
    ("0000624f", "0000624f00", "0000624f050203616263", "0000624f050103616263", "0000624f05020361626300000009020500")
):
    _hex = {"code": 125, "csv-format": False, "data": _octets}
    case(4, network(option_def=[_ACS], option_data=[_hex]), "V4-219", variant=f"{_place}")(vendor_octets)
    _both = [_hex, option("acs", "abc", space="vendor-25167", always_send=True)]
    case(4, network(option_def=[_ACS], option_data=_both), "V4-219", variant=f"{_place}-and-text")(vendor_octets)


@case(
    4,
    network(
        option_def=[{"name": "acs", "code": 1, "type": "uint32", "space": "vendor-25167"}],
        client_classes=[
            sees(240, "option[125].exists"),
            sees(241, "option[61].exists"),
            sees(242, "vendor[9].exists"),
            sees(243, "vendor[9].option[1].exists"),
            sees(244, "vendor[4491].option[2].exists"),
        ],
    ),
    "V4-219",
    "V4-294",
    "V4-299",
)
def vendor_options_malformed(talk: Talk) -> None:
    """Of known vendors the sub-options must be right; what stands after an option cut short is lost."""
    nine = u32(9)
    bodies = (
        b"",
        b"abc",
        nine,
        nine + b"\0",
        nine + b"\5\1\1a",
        nine + b"\3\1\5a",
        nine + b"\6\2\1x\1\5a",
        nine + b"\1\1",
        nine + b"\3\1\1a\0\0",
        nine + b"\3\1\1a\0\0\0\1",
        nine + b"\3\1\1a" + u32(4491) + b"\5\2\4",
        nine + b"\0\1\1a",
        nine + b"\0" + u32(4491) + b"\2\1\0",
        u32(4491) + b"\2\1\0" + nine + b"\0",
        u32(4491) + b"\2\2\0",
        u32(4491) + b"\5\2\3abc",
        u32(4491) + b"\6\2\4abcd",
        u32(4491) + b"\7\2\5abcde",
        u32(25167) + b"\3\1\1a",
    )
    for number, body in enumerate(bodies, 1):
        Client(talk, number, (12, b"h"), (125, body), (61, b"\1after")).discover()


def asked_in_every_way(talk: Talk) -> None:
    for number, vendor in enumerate((4491, 25167), 1):
        Client(talk, 10 * number).discover()
        Client(talk, 10 * number + 1, _vendor(vendor, (9, b"x"))).discover()
        Client(talk, 10 * number + 2, (124, u32(vendor) + b"\3abc")).discover()
        Client(talk, 10 * number + 3, _vendor(9, (9, b"x"))).discover()
        for place in range(4):
            options = ((), (_vendor(vendor, (9, b"x")),), ((124, u32(vendor) + b"\3abc"),), (_vendor(9, (9, b"x")),))
            Client(talk, 10 * number + place, *options[place]).discover(asks(125))
    # The last ones: what they are sent Kea then sends to others as well.
    Client(talk, 30, _vendor(25167, (1, b"\2"))).discover()
    Client(talk, 31, _vendor(4491, (1, b"\2"))).discover()


for _enterprise, _inner in (
    (4491, {"name": "tftp-servers", "data": "192.0.2.69"}),
    (25167, {"name": "acs", "data": "x"}),
):
    for _of_container in (None, False, True):
        for _of_inner in (False, True):
            _data = [{**_inner, "space": f"vendor-{_enterprise}", "always-send": _of_inner}]
            if _of_container is not None:
                _data.append(option("vivso-suboptions", f"{_enterprise}", always_send=_of_container))
            case(
                4,
                network(option_def=[_ACS], option_data=_data),
                "V4-119",
                "V4-297",
                "V4-298",
                variant=f"{_enterprise}-{_of_container}-{_of_inner}".lower(),
            )(asked_in_every_way)


@case(
    4,
    network(
        None,
        {
            "pools": [
                {
                    "pool": "192.0.2.10-192.0.2.11",
                    "option-data": [
                        {"name": VENDOR_OPTIONS},
                        option("fallback", "pool", space="vendor-encapsulated-options-space"),
                    ],
                },
                {"pool": "192.0.2.20-192.0.2.29"},
            ],
            "option-data": [
                {"name": VENDOR_OPTIONS, "csv-format": False, "data": "0703616263"},
                option("fallback", "subnet", space="vendor-encapsulated-options-space"),
                option("cookie", "subnet", space="APC"),
            ],
            "reservations": [
                {
                    "hw-address": "02:00:00:01:00:01",
                    "option-data": [
                        {"name": VENDOR_OPTIONS, "always-send": True},
                        option("fallback", "host", space="vendor-encapsulated-options-space"),
                        option("cookie", "host", space="APC"),
                    ],
                },
                {"hw-address": "02:00:00:01:00:02", "option-data": [option("cookie", "host", space="APC")]},
            ],
        },
        option_def=APC_AND_PXE["option-def"],
        option_data=[option("cookie", "global", space="APC")],
        client_classes=[
            *APC_AND_PXE["client-classes"][:2],
            {
                "name": "both",
                "test": "option[60].text == 'both'",
                "option-def": [{"name": VENDOR_OPTIONS, "code": 43, "type": "string"}],
                "option-data": [{"name": VENDOR_OPTIONS, "data": "first"}],
            },
            {
                "name": "both-too",
                "test": "option[60].text == 'both'",
                "option-def": [{"name": VENDOR_OPTIONS, "code": 43, "type": "uint8"}],
                "option-data": [{"name": VENDOR_OPTIONS, "data": "2"}],
            },
        ],
    ),
    "V4-121",
    "V4-283",
    "V4-288",
)
def option_43_by_scope(talk: Talk) -> None:
    names = (b"", b"APC", b"PXE", b"both")
    for number in (1, 2, 3, 4, 5):
        for name in names:
            options = ((60, name),) if name else ()
            Client(talk, number, *options).lease(asks(43))
        Client(talk, number).lease()
    Client(talk, 9).inform("192.0.2.50", asks(43))
    Client(talk, 9, (60, b"both")).inform("192.0.2.50", asks(43))


@case(
    4,
    network(
        subnet={"require-client-classes": ["needed", "raw"]},
        option_def=APC_AND_PXE["option-def"],
        client_classes=[
            {
                "name": "needed",
                "test": "option[43].option[1].text == 'mine'",
                "only-if-required": True,
                "option-data": [option("ntp-servers", "192.0.2.1", always_send=True)],
            },
            vendor_class(
                "APC",
                {"name": VENDOR_OPTIONS, "code": 43, "type": "empty", "encapsulate": "APC"},
                option("cookie", "1APC", space="APC"),
                {"name": VENDOR_OPTIONS, "always-send": True},
            ),
            vendor_class("RAW", {"name": VENDOR_OPTIONS, "code": 43, "type": "binary"}),
            {
                "name": "raw",
                "test": "option[43].hex == 0x01046d696e65",
                "only-if-required": True,
                "option-data": [option("log-servers", "192.0.2.2", always_send=True)],
            },
            sees(240, "member('KNOWN') and option[43].option[1].exists"),
            sees(241, "member('UNKNOWN') and option[43].option[1].exists"),
            sees(242, "member('UNKNOWN') and option[43].option[1].text == 'mine'"),
            sees(243, "option[43].option[1].exists"),
        ],
    ),
    "V4-287",
    "V4-290",
)
def option_43_is_decoded_for_classes_that_come_late(talk: Talk) -> None:
    for number, name in enumerate((b"APC", b"RAW", b"other"), 1):
        for place, body in enumerate((tlv4([(1, b"mine")]), tlv4([(1, b"\xc0\0\2\3")]), b"\1\x20a")):
            Client(talk, 10 * number + place, (60, name), (43, body)).discover()


_PAD_AND_END = (
    b"\0\1\1\1\1\3\xff\1\2",
    b"\1\1\3\0\0",
    b"\0\1\1\3",
    b"\1\1\3\xff\0",
    b"\xff\1\1\1",
    b"\1\1\3\xff",
    b"\1\1\3\0",
)


def pad_and_end(talk: Talk) -> None:
    for number, body in enumerate(_PAD_AND_END):
        Client(talk, number, (43, body), (163, body)).discover()


_INSIDE = [
    {"name": "one", "code": 1, "type": "uint8", "space": "inside"},
    {"name": "box", "code": 163, "type": "empty", "encapsulate": "inside"},
    {"name": VENDOR_OPTIONS, "code": 43, "type": "empty", "encapsulate": "inside"},
]
_EDGES = [
    {"name": "first", "code": 0, "type": "binary", "space": "inside"},
    {"name": "last", "code": 255, "type": "binary", "space": "inside"},
]
for _definitions, _name in ((_INSIDE, "not-defined"), ([*_INSIDE, *_EDGES], "defined")):
    case(
        4,
        network(
            subnet={"require-client-classes": ["sees240", "sees241", "sees242"]},
            option_def=_definitions,
            client_classes=[
                *(
                    sees(240 + place, f"option[43].option[{code}].exists", **{"only-if-required": True})
                    for place, code in enumerate((0, 255, 1))
                ),
                *(sees(243 + place, f"option[163].option[{code}].exists") for place, code in enumerate((0, 255, 1))),
            ],
        ),
        "V4-291",
        variant=_name,
    )(pad_and_end)
