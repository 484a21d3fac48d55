"""Options of a site's own: definitions, values in all their forms, and options inside options."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import Client, asks, network, option
from tests.differential.talk import Talk


@case(
    4,
    network(
        option_def=[
            {"name": "defined-only", "code": 222, "type": "uint32"},
            {"name": "valued", "code": 223, "type": "uint32", "comment": "with its value", "user-context": {"n": 1}},
            {"name": "in-dhcp4", "code": 224, "type": "string", "space": "dhcp4"},
        ],
        option_data=[
            {"name": "valued", "data": "12345", "comment": "why", "user-context": {"n": 2}},
            {"name": "in-dhcp4", "space": "dhcp4", "data": "said so"},
            {"code": 225, "space": "dhcp4", "csv-format": False, "data": "0102"},
            {"code": 226, "data": "0304", "csv-format": False},
            {"code": 6, "name": "domain-name-servers", "space": "dhcp4", "csv-format": True, "data": "192.0.2.53"},
            {"code": 42, "csv-format": False, "data": "C0 00 03 01 C0 00 03 02"},
        ],
    ),
    "V4-111",
    "V4-113",
    "V4-127",
    "V4-128",
    "V4-272",
    "V4-278",
    "V4-306",
)
def definitions_and_values(talk: Talk) -> None:
    Client(talk, 1).lease(asks(222, 223, 224, 225, 226, 42))
    Client(talk, 2).lease()


_BOOLEANS = ("true", "false", "TRUE", "False", "0", "1")


@case(
    4,
    network(
        option_def=[{"name": f"b{at}", "code": 224 + at, "type": "boolean"} for at in range(len(_BOOLEANS))]
        + [{"name": "list", "code": 240, "type": "boolean", "array": True}],
        option_data=[option(f"b{at}", text) for at, text in enumerate(_BOOLEANS)]
        + [option("list", "true, 0, 1, false"), option("ip-forwarding", "1")],
    ),
    "V4-246",
    "V4-279",
)
def booleans(talk: Talk) -> None:
    Client(talk, 1).lease(asks(19, 240, *range(224, 224 + len(_BOOLEANS))))


_NUMBERS = (
    ("uint8", "0x1f"),
    ("uint8", "1f"),
    ("uint16", "10"),
    ("uint16", "a0"),
    ("uint32", "0xdeadbeef"),
    ("uint32", "deadbeef"),
    ("int8", "-0x1"),
    ("int16", "0x7fff"),
    ("int32", "7fffffff"),
)


@case(
    4,
    network(
        option_def=[{"name": f"n{at}", "code": 224 + at, "type": kind} for at, (kind, _) in enumerate(_NUMBERS)],
        option_data=[option(f"n{at}", text) for at, (_, text) in enumerate(_NUMBERS)],
    ),
    "V4-280",
)
def numbers(talk: Talk) -> None:
    Client(talk, 1).lease(asks(*range(224, 224 + len(_NUMBERS))))


_NESTED = [
    {"name": "container", "code": 222, "type": "empty", "encapsulate": "isc"},
    {"name": "numbered", "code": 223, "type": "uint16", "encapsulate": "isc"},
    {"name": "outer", "code": 224, "type": "empty", "encapsulate": "level-one"},
    {"name": "middle", "code": 7, "type": "uint8", "space": "level-one", "encapsulate": "level-two"},
    {"name": "innermost", "code": 1, "type": "string", "space": "level-two"},
    {"name": "subopt1", "code": 1, "space": "isc", "type": "ipv4-address"},
    {"name": "subopt2", "code": 2, "space": "isc", "type": "string"},
    {
        "name": "routers",
        "code": 3,
        "space": "isc",
        "type": "record",
        "record-types": "uint8, ipv4-address",
        "array": True,
    },
    {"name": "nothing-inside", "code": 225, "type": "empty", "encapsulate": "bare"},
    {"name": "plain", "code": 226, "type": "uint8", "encapsulate": ""},
]


@case(
    4,
    network(
        option_def=_NESTED,
        option_data=[
            {"name": "container"},
            option("numbered", "258"),
            {"name": "outer"},
            {"name": "nothing-inside"},
            option("plain", "5"),
            option("subopt1", "192.0.2.3", space="isc"),
            option("subopt2", "Hello world", space="isc"),
            option("routers", "9, 192.0.2.1, 192.0.2.2", space="isc"),
            option("middle", "8", space="level-one"),
            option("innermost", "deep", space="level-two"),
        ],
    ),
    "V4-274",
    "V4-301",
    "V4-302",
    "V4-304",
    "V4-305",
)
def options_inside_options(talk: Talk) -> None:
    Client(talk, 1).lease(asks(222, 223, 224, 225, 226))
    Client(talk, 2).lease()


@case(
    4,
    network(
        None,
        {
            "option-data": [{"name": "container"}, option("subopt1", "192.0.2.4", space="isc")],
            "pools": [
                {
                    "pool": "192.0.2.10-192.0.2.10",
                    "option-data": [option("subopt2", "pool", space="isc"), {"name": "container"}],
                },
                {"pool": "192.0.2.20-192.0.2.29"},
            ],
            "reservations": [
                {
                    "hw-address": "02:00:00:01:00:05",
                    "option-data": [{"name": "container", "data": ""}, option("subopt2", "host", space="isc")],
                }
            ],
        },
        option_def=_NESTED,
        option_data=[
            {"name": "container", "always-send": True},
            option("subopt1", "192.0.2.3", space="isc"),
            option("subopt2", "global", space="isc"),
        ],
        client_classes=[
            {
                "name": "a",
                "test": "option[60].text == 'a'",
                "option-data": [option("subopt2", "class", space="isc"), {"name": "container"}],
            }
        ],
    ),
    "V4-302",
    "V4-121",
)
def sub_options_come_from_the_scope_of_their_container(talk: Talk) -> None:
    for number in (1, 2, 3, 5):
        Client(talk, number).lease()
        Client(talk, number + 10, (60, b"a")).lease(asks(222))
    Client(talk, 9).inform()


@case(
    4,
    network(
        option_def=[
            {"name": "flag", "code": 224, "type": "empty"},
            {"name": "words", "code": 226, "type": "string"},
            {"name": "box", "code": 227, "type": "empty", "encapsulate": "boxed"},
        ],
        option_data=[
            {"name": "flag"},
            {"name": "box"},
            {"code": 230, "csv-format": False},
            {"code": 231, "csv-format": False, "data": ""},
            {"name": "ntp-servers", "data": "192.0.2.1"},
        ],
    ),
    "V4-307",
)
def options_without_data(talk: Talk) -> None:
    Client(talk, 1).lease(asks(*range(224, 232)))


@case(
    4,
    network(
        option_def=[
            {"name": "text", "code": 224, "type": "string"},
            {"name": "last", "code": 225, "type": "record", "record-types": "uint8, string"},
            {"name": "lists", "code": 226, "type": "string", "array": False},
        ],
        option_data=[
            option("text", "foo\\,bar\\,baz"),
            option("last", "1, a\\,b"),
            option("lists", "one, two"),
            option("tcode", "a\\,b"),
            option("boot-file-name", "C:\\boot"),
            option("root-path", "\\\\server\\share\\,x"),
            {"code": 14, "csv-format": False, "data": "'quoted, with comma'"},
            {"code": 18, "csv-format": False, "data": "'it'"},
        ],
    ),
    "V4-118",
    "V4-124",
)
def commas_and_backslashes(talk: Talk) -> None:
    Client(talk, 1).lease(asks(224, 225, 226, 101, 67, 17, 14, 18))


_OF_EVERY_KIND: tuple[tuple[str, dict[str, object], str], ...] = (
    ("tuples", {"type": "tuple", "array": True}, "a, bb, "),
    ("names", {"type": "fqdn", "array": True}, "a.b, c.d."),
    ("prefixes", {"type": "ipv6-prefix", "array": True}, "2001:db8::/32, ::/0, 2001:db8:1::/47"),
    ("named", {"type": "record", "record-types": "uint8, fqdn", "array": True}, "1, a.b, c.d"),
    ("tupled", {"type": "record", "record-types": "uint8, tuple", "array": True}, "1, x, yy"),
    ("worded", {"type": "record", "record-types": "uint8, string"}, "1, a b\\,c"),
    ("ports", {"type": "psid", "array": True}, "1/2, 3/4"),
    ("port", {"type": "record", "record-types": "psid, uint8"}, "3/4, 7"),
    (
        "six",
        {"type": "record", "record-types": "ipv6-prefix, ipv6-address, boolean, int16"},
        "2001:db8::/33, ::1, 1, -2",
    ),
)


@case(
    4,
    network(
        option_def=[{"name": name, "code": 163 + at, **kind} for at, (name, kind, _) in enumerate(_OF_EVERY_KIND)],
        option_data=[option(name, text) for name, _, text in _OF_EVERY_KIND],
        client_classes=[
            {
                "name": f"c{at}",
                "test": test,
                "option-data": [{"code": 240 + at, "csv-format": False, "data": "01", "always-send": True}],
            }
            for at, test in enumerate(
                ("option[60].text == 'ab'", "option[60].hex == 0x6162", "option[12].hex == 'h'", "option[12].exists")
            )
        ],
    ),
    "V4-253",
    "V4-254",
    "V4-275",
    "V4-276",
)
def records_and_arrays_of_every_kind(talk: Talk) -> None:
    Client(talk, 1).lease(asks(*range(163, 163 + len(_OF_EVERY_KIND))))
    Client(talk, 2, (60, b"ab\0\0"), (12, b"h\0\0"), (77, b"u\0")).lease(asks(12))
    Client(talk, 3, (60, b"\0"), (12, b"\0")).lease(asks(12))
    Client(talk, 4, (60, b"a\0b\0")).discover()


@case(
    4,
    network(
        option_def=[
            {"name": "container", "code": 163, "type": "empty", "encapsulate": "level-one"},
            {"name": "numbered", "code": 164, "type": "uint16", "encapsulate": "level-one"},
            {"name": "later", "code": 224, "type": "empty", "encapsulate": "level-one"},
            {"name": "number", "code": 1, "type": "uint32", "space": "level-one"},
            {"name": "addresses", "code": 2, "type": "ipv4-address", "array": True, "space": "level-one"},
            {"name": "text", "code": 3, "type": "string", "space": "level-one"},
            {"name": "deeper", "code": 4, "type": "empty", "space": "level-one", "encapsulate": "level-two"},
            {"name": "flag", "code": 1, "type": "boolean", "space": "level-two"},
        ],
    ),
    "V4-262",
    "V4-274",
    "V4-302",
)
def sub_options_of_queries_have_their_form(talk: Talk) -> None:
    bodies = (
        b"\1\4abcd",
        b"\1\1a",
        b"\1\0",
        b"\1\5abcde",
        b"\1\4abc",
        b"\2\4abcd",
        b"\2\5abcde",
        b"\2\0",
        b"\3\0",
        b"\3\1\0",
        b"\4\3\1\1\1",
        b"\4\2\1\0",
        b"\4\3\1\1\7",
        b"\7\1a",
        b"\1",
        b"",
    )
    for number, body in enumerate(bodies, 1):
        Client(talk, number, (163, body)).discover()
        Client(talk, number, (164, b"\0\1" + body)).discover()
        Client(talk, number, (224, body)).discover()
    Client(talk, 90, (164, b"")).discover()
    Client(talk, 91, (164, b"\1")).discover()
