"""Custom definitions, option spaces, containers in containers, vendor options: the octets that come of them."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client6 import NA, PD, Client, network, option
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import Option, oro, tlv6, u16, u32

WIDE = "2001:db8:1::10-2001:db8:1::ff"


def definition(name: str, code: int, kind: str, **rest: Any) -> Json:
    """Return one `option-def` entry."""
    return {"name": name, "code": code, "type": kind, **{key.replace("_", "-"): value for key, value in rest.items()}}


TYPES = (
    ("binary", "0123456789abcdef"),
    ("boolean", "true"),
    ("boolean", "false"),
    ("empty", ""),
    ("fqdn", "host.example.com"),
    ("fqdn", "HOST.Example.com."),
    ("ipv4-address", "192.0.2.1"),
    ("ipv6-address", "2001:db8::1"),
    ("ipv6-prefix", "2001:db8:1::/37"),
    ("ipv6-prefix", "::/0"),
    ("psid", "3/4"),
    ("psid", "0/0"),
    ("string", "some text"),
    ("string", "a\\,b"),
    ("tuple", "some text"),
    ("uint8", "255"),
    ("uint16", "0xffff"),
    ("uint32", "4294967295"),
    ("int8", "-128"),
    ("int16", "-32768"),
    ("int32", "-2147483648"),
)
LISTS = (
    ("fqdn", "a.example, b.example"),
    ("ipv4-address", "192.0.2.1, 192.0.2.2"),
    ("ipv6-address", "2001:db8::1, 2001:db8::2"),
    ("ipv6-prefix", "2001:db8::/32, 2001:db8:1::/48"),
    ("psid", "3/4, 1/2"),
    ("tuple", "one, two"),
    ("uint8", "1, 2, 3"),
    ("uint16", "1, 2, 3"),
    ("int32", "-1, 2"),
    ("boolean", "true, false"),
)
RECORDS = (
    ("uint8, string", False, "7, text"),
    ("ipv6-address, uint16, boolean, string", False, "2001:db8:1::10, 123, false, Hello World"),
    ("uint8, uint16", True, "1, 2, 3, 4"),
    ("uint8, ipv6-address", True, "1, ::1, ::2"),
    ("uint8, fqdn", True, "1, a.b, c.d"),
    ("uint8, tuple", True, "1, one, two"),
    ("int8, int16, int32, uint32", False, "-1, -2, -3, 4"),
    ("ipv6-prefix, psid, ipv4-address", False, "2001:db8::/33, 3/4, 192.0.2.1"),
    ("fqdn, uint8", False, "host.example, 9"),
    ("boolean, binary", False, "true, 0102"),
)


def _definitions() -> tuple[list[Json], list[Json]]:
    made, values = [], []
    whole = [(kind, False, "", text) for kind, text in TYPES]
    whole += [(kind, True, "", text) for kind, text in LISTS]
    whole += [("record", array, fields, text) for fields, array, text in RECORDS]
    for code, (kind, array, fields, text) in enumerate(whole, 1000):
        made.append(definition(f"o{code}", code, kind, array=array, record_types=fields))
        values.append({"name": f"o{code}", "data": text})
    return made, values


_MADE, _VALUES = _definitions()


@case(
    6,
    network(option_def=_MADE, option_data=_VALUES),
    *("V6-119", "V6-123", "V6-124", "V6-125", "V6-126", "V6-127", "V6-128", "V6-129", "V6-130", "V6-131", "V6-132"),
    *("V6-133", "V6-220", "V6-221", "V6-222"),
)
def every_data_type(talk: Talk) -> None:
    client = Client(talk, 1)
    for first in range(1000, 1000 + len(_MADE), 9):
        client.information(oro(*range(first, first + 9)))


@case(
    6,
    network(
        option_def=[
            definition("text", 1000, "string"),
            definition("row", 1001, "record", record_types="uint8, string"),
        ],
        client_classes=[
            {
                "name": "text",
                "test": "option[1000].text == 'ab'",
                "option-data": [option("bootfile-url", "text", always_send=True)],
            },
            {
                "name": "octets",
                "test": "option[1000].hex == 0x6162",
                "option-data": [option("new-posix-timezone", "octets", always_send=True)],
            },
            {
                "name": "row",
                "test": "option[1001].hex == 0x016162",
                "option-data": [option("new-tzdb-timezone", "row", always_send=True)],
            },
        ],
    ),
    "V6-131",
)
def trailing_zeros_of_strings(talk: Talk) -> None:
    client = Client(talk, 1)
    for body in (b"ab", b"ab\0", b"ab\0\0", b"a\0b", b"\0ab"):
        client.information((1000, body), (1001, b"\1" + body))


@case(
    6,
    network(
        option_def=[
            definition("container", 102, "empty", encapsulate="isc"),
            definition("subopt1", 1, "ipv6-address", space="isc"),
            definition("subopt2", 2, "string", space="isc"),
            definition("unused", 3, "uint8", space="isc"),
            definition("number", 202, "uint16", encapsulate="isc"),
            definition("row", 203, "record", record_types="uint8, string", encapsulate="other"),
            definition("deep", 1, "empty", space="other", encapsulate="deeper"),
            definition("deepest", 23, "uint8", space="deeper"),
            definition("without", 204, "empty", encapsulate="nothing"),
        ],
        option_data=[
            {"name": "container"},
            option("subopt1", "2001:db8::abcd", space="isc"),
            option("subopt2", "Hello world", space="isc"),
            option("number", "123"),
            option("row", "7, text"),
            {"name": "deep", "space": "other"},
            option("deepest", "9", space="deeper"),
            {"name": "without"},
            {"code": 99, "space": "isc", "csv-format": False, "data": "0a0b"},
        ],
    ),
    "V6-224",
    "V6-225",
    "V6-226",
)
def spaces_in_containers(talk: Talk) -> None:
    client = Client(talk, 1)
    client.information(oro(102, 202, 203, 204))
    client.information(oro(102))
    client.information(oro(1, 2, 3))
    client.lease(NA, oro(102, 203))


@case(
    6,
    network(
        option_def=[
            definition("container", 102, "empty", encapsulate="isc"),
            definition("subopt1", 1, "ipv6-address", space="isc"),
            definition("subopt2", 2, "string", space="isc"),
        ],
        option_data=[option("subopt1", "2001:db8::1", space="isc")],
        client_classes=[
            {
                "name": "c",
                "test": "member('ALL')",
                "option-data": [{"name": "container", "always-send": True}, option("subopt2", "class", space="isc")],
            }
        ],
        subnet={
            "option-data": [option("subopt1", "2001:db8::2", space="isc")],
            "reservations": [
                {
                    "duid": "00:03:00:01:02:00:00:01:00:02",
                    "option-data": [option("subopt2", "host", space="isc"), {"name": "container"}],
                }
            ],
        },
    ),
    "V6-226",
    "V6-115",
)
def sub_options_of_several_scopes(talk: Talk) -> None:
    for number in (1, 2):
        Client(talk, number).lease()
        Client(talk, number, oro(102)).lease(NA)


MAP_E = [
    {"name": "s46-cont-mape"},
    option("s46-rule", "128, 0, 24, 192.0.2.0, 2001:db8:1::/64", space="s46-cont-mape-options"),
    option("s46-br", "2001:db8:cafe::1", space="s46-cont-mape-options"),
]
MAP_T = [
    {"name": "s46-cont-mapt"},
    option("s46-rule", "0, 48, 32, 192.0.2.255, 2001:db8:1::/33", space="s46-cont-mapt-options"),
    option("s46-dmr", "2001:db8:cafe::/37", space="s46-cont-mapt-options"),
]
LIGHT = [
    {"name": "s46-cont-lw"},
    option("s46-v4v6bind", "192.0.2.3, 2001:db8:1:cafe::/64", space="s46-cont-lw-options"),
    option("s46-br", "2001:db8:cafe::1", space="s46-cont-lw-options"),
]
PORTS = [
    option("s46-portparams", "2, 3/4", space="s46-rule-options"),
    option("s46-portparams", "6, 2/3", space="s46-v4v6bind-options"),
]


def softwires(talk: Talk) -> None:
    client = Client(talk, 1)
    client.information(oro(94, 95, 96))
    client.information(oro(94))
    client.information(oro(89, 90, 91, 92, 93))
    client.lease(NA, oro(94, 95, 96))


_ROWS46 = ("V6-207", "V6-208", "V6-209", "V6-210", "V6-211", "V6-212", "V6-213", "V6-214", "V6-215", "V6-216", "V6-470")
case(6, network(option_data=MAP_E + MAP_T + LIGHT + PORTS), *_ROWS46, variant="all")(softwires)
case(6, network(option_data=MAP_E[1:] + MAP_T[1:] + LIGHT[1:] + PORTS), "V6-207", variant="no-containers")(softwires)
case(6, network(option_data=[MAP_E[0], MAP_T[0], LIGHT[0]]), "V6-207", variant="empty")(softwires)


VENDOR = [
    definition("foo", 1, "record", space="vendor-12345", record_types="ipv6-address, uint16, string"),
    definition("bar", 2, "uint8", space="vendor-12345"),
]


def vendor_options(talk: Talk) -> None:
    sixteen: Option = (16, u32(12345) + b"\0\3abc")
    seventeen: Option = (17, u32(12345) + tlv6([(1, b"x")]))
    for number, options in enumerate(
        (
            (),
            (oro(17),),
            (sixteen,),
            (oro(17), sixteen),
            (seventeen,),
            (oro(17), seventeen),
            (oro(17), (16, u32(9) + b"\0\3abc")),
            (oro(17), (17, u32(9))),
            (oro(17), seventeen, (17, u32(9))),
            (oro(17), (16, u32(9) + b"\0\3abc"), seventeen),
        ),
        1,
    ):
        Client(talk, number, *options).lease()
        Client(talk, number, *options).information()


case(
    6,
    network(
        WIDE,
        option_def=VENDOR,
        option_data=[
            option("vendor-opts", "12345"),
            option("foo", "2001:db8:1::10, 123, Hello World", space="vendor-12345"),
            option("bar", "7", space="vendor-12345", always_send=True),
        ],
    ),
    "V6-230",
    "V6-231",
    "V6-232",
    "V6-233",
    "V6-203",
    variant="by-name",
)(vendor_options)
case(
    6,
    network(
        WIDE,
        option_def=VENDOR,
        option_data=[
            {"code": 17, "data": "12345", "always-send": True},
            option("foo", "2001:db8:1::10, 123, Hello World", space="vendor-12345", always_send=True),
        ],
    ),
    "V6-232",
    "V6-233",
    variant="always",
)(vendor_options)
case(
    6,
    network(
        WIDE,
        option_def=VENDOR,
        option_data=[option("foo", "2001:db8:1::10, 123, Hello World", space="vendor-12345", always_send=True)],
    ),
    "V6-233",
    variant="without-container",
)(vendor_options)
case(
    6,
    network(
        WIDE,
        option_def=VENDOR,
        option_data=[
            option("vendor-opts", "9"),
            option("bar", "7", space="vendor-12345", always_send=True),
            {"code": 5, "space": "vendor-9", "csv-format": False, "data": "0102", "always-send": True},
        ],
    ),
    "V6-234",
    variant="of-another-enterprise",
)(vendor_options)
case(
    6,
    network(
        WIDE,
        option_def=VENDOR,
        option_data=[option("bar", "1", space="vendor-12345", always_send=True)],
        subnet={
            "option-data": [option("bar", "2", space="vendor-12345")],
            "pools": [{"pool": WIDE, "option-data": [option("bar", "3", space="vendor-12345")]}],
        },
    ),
    "V6-115",
    "V6-116",
    variant="by-scope",
)(vendor_options)


@case(
    6,
    network(
        option_data=[
            option("vendor-opts", "4491"),
            option("tftp-servers", "3000:1::234", space="vendor-4491"),
            option("config-file", "cm.cfg", space="vendor-4491"),
            option("syslog-servers", "3000:1::235, 3000:1::236", space="vendor-4491"),
        ]
    ),
    "V6-233",
    "V6-236",
)
def what_a_cable_modem_requests(talk: Talk) -> None:
    for number, codes in enumerate(((32,), (32, 33), (34, 33, 32), (99,), ()), 1):
        inner = tlv6([(1, b"".join(map(u16, codes)))] if codes else [])
        Client(talk, number, (17, u32(4491) + inner)).lease()
        Client(talk, number, (17, u32(4491) + inner), oro(17)).information()
    Client(talk, 9, (16, u32(4491) + b"\0\3abc"), oro(17)).lease(NA, PD)


@case(
    6,
    network(
        WIDE,
        client_classes=[
            {"name": name, "test": test, "option-data": [option("bootfile-url", name, always_send=True)]}
            for name, test in (
                ("vendor-data", "vendor-class[4491].data == 'docsis3.0'"),
                ("vendor-class", "vendor-class.enterprise == 4491"),
                ("vendor-class-any", "vendor-class[*].exists"),
                ("vendor-sub", "vendor[4491].option[1].hex == 0x0020"),
                ("vendor-any", "vendor[*].exists"),
                ("vendor-number", "vendor.enterprise == 9"),
                ("user-class", "option[15].hex == 0x0003abcdef"),
            )
        ],
    ),
    "V6-201",
    "V6-202",
    "V6-238",
)
def classes_by_vendor(talk: Talk) -> None:
    for number, options in enumerate(
        (
            ((16, u32(4491) + b"\0\x09docsis3.0"),),
            ((16, u32(4491) + b"\0\3abc"),),
            ((16, u32(9) + b"\0\3abc"),),
            ((17, u32(4491) + tlv6([(1, u16(32))])),),
            ((17, u32(4491) + tlv6([(1, u16(33))])),),
            ((17, u32(9)),),
            ((15, b"\0\3\xab\xcd\xef"),),
            ((15, b"\0\1a\0\1b"),),
            ((16, u32(9) + b"\0\3abc"), (16, u32(4491) + b"\0\x09docsis3.0")),
            (),
        ),
        1,
    ):
        Client(talk, number, *options).lease()
