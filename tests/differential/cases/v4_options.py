"""Which options a DHCPv4 answer holds, from which scope, and the fixed fields beside them."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, asks, network, option
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import mac, u32

SOME = [
    option("routers", "192.0.2.1"),
    option("domain-name-servers", "192.0.2.53, 192.0.2.54"),
    option("domain-name", "example.org"),
    option("ntp-servers", "192.0.2.9"),
    option("interface-mtu", "1400"),
    option("host-name", "fromcfg"),
]


@case(4, network(option_data=SOME), "V4-109", "V4-125")
def requested_options(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).lease(asks(6, 1, 15, 3, 42, 26, 12, 51, 58, 59, 28))
    Client(talk, 3).discover(asks(6, 6, 200, 3))
    Client(talk, 4).discover(asks(42))
    Client(talk, 5).discover(asks(0, 255, 53, 54, 50, 61, 82))
    Client(talk, 6).discover((55, b"\x2a"), (55, b"\x1a"))
    Client(talk, 7).discover(asks(*range(1, 255)))


@case(
    4,
    network(
        option_data=[
            option("ntp-servers", "192.0.2.9", always_send=True),
            option("log-servers", "192.0.2.8"),
            option("subnet-mask", "255.0.0.0"),
            option("dhcp-lease-time", "77", always_send=True),
            option("dhcp-renewal-time", "55", always_send=True),
        ]
    ),
    "V4-119",
    "V4-230",
)
def options_always_sent(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).lease(asks(1, 51, 58))
    Client(talk, 3).inform()


def scopes(talk: Talk) -> None:
    for number in range(1, 4):
        Client(talk, number).lease(asks(42, 7, 26))
        Client(talk, 10 + number, (60, b"a")).lease(asks(42, 7, 26))


_CLASS_A = {
    "name": "a",
    "test": "option[60].text == 'a'",
    "option-data": [
        option("ntp-servers", "1.1.1.3"),
        option("log-servers", "1.1.2.3"),
        option("interface-mtu", "1003"),
    ],
}
case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "option-data": [
            option("ntp-servers", "1.1.1.1"),
            option("log-servers", "1.1.2.1"),
            option("interface-mtu", "1001"),
        ],
        "client-classes": [_CLASS_A],
        "shared-networks": [
            {
                "name": "n",
                "option-data": [option("ntp-servers", "1.1.1.4"), option("log-servers", "1.1.2.4")],
                "subnet4": [
                    {
                        "id": 1,
                        "subnet": "192.0.2.0/24",
                        "option-data": [option("ntp-servers", "1.1.1.5")],
                        "pools": [
                            {"pool": "192.0.2.10-192.0.2.11", "option-data": [option("ntp-servers", "1.1.1.6")]},
                            {"pool": "192.0.2.20-192.0.2.29"},
                        ],
                        "reservations": [
                            {"hw-address": "02:00:00:01:00:01", "option-data": [option("ntp-servers", "1.1.1.7")]}
                        ],
                    }
                ],
            }
        ],
    },
    "V4-121",
    "V4-122",
    "V4-123",
    variant="precedence",
)(scopes)


@case(
    4,
    network(
        subnet={"option-data": [option("ntp-servers", "2.2.2.2")]},
        option_data=[option("ntp-servers", "1.1.1.1", always_send=True), option("log-servers", "1.1.1.2")],
        client_classes=[_CLASS_A],
    ),
    "V4-120",
)
def always_send_is_sticky(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, (60, b"a")).lease()
    Client(talk, 3, (60, b"a")).lease(asks(7))


@case(
    4,
    network(
        option_def=[
            {"name": "foo", "code": 222, "type": "uint32"},
            {"name": "rec", "code": 223, "type": "record", "record-types": "uint16, ipv4-address, string"},
            {"name": "arr", "code": 224, "type": "uint16", "array": True},
            {"name": "box", "code": 225, "type": "empty", "encapsulate": "boxed"},
            {"name": "in", "code": 1, "type": "ipv4-address", "space": "boxed"},
            {"name": "more", "code": 2, "type": "string", "space": "boxed"},
            {"name": "head", "code": 226, "type": "uint16", "encapsulate": "boxed"},
        ],
        option_data=[
            option("foo", "123456"),
            option("rec", "7, 192.0.2.3, some text"),
            option("arr", "1, 2, 3"),
            {"name": "box"},
            option("in", "192.0.2.7", space="boxed"),
            option("more", "inner", space="boxed"),
            option("head", "513"),
            option("domain-search", "a.example.org, b.example.org, example.org"),
            option("slp-service-scope", "true, a"),
            {"code": 230, "csv-format": False, "data": "'text'"},
            {"code": 231, "csv-format": False, "data": "ab:cd:e"},
            {"code": 232, "csv-format": False, "data": "0xabcdef"},
        ],
    ),
    "V4-116",
    "V4-117",
    "V4-118",
    "V4-301",
    "V4-302",
    "V4-304",
)
def custom_options(talk: Talk) -> None:
    Client(talk, 1).lease(asks(222, 223, 224, 225, 226, 119, 79, 230, 231, 232))
    Client(talk, 2).lease()


@case(
    4,
    network(next_server="192.0.2.7", boot_file_name="/boot/x", server_hostname="srvname"),
    "V4-389",
    "V4-391",
)
def boot_fields(talk: Talk) -> None:
    client = Client(talk, 1)
    client.lease()
    client.renew()
    client.inform()
    Client(talk, 2).lease(asks(66, 67))
    Client(talk, 3, siaddr="1.2.3.4", sname=b"client-sname", file=b"client-file").lease()
    client.reboot("192.0.2.77")


@case(
    4,
    network(
        subnet={
            "next-server": "192.0.2.8",
            "reservations": [
                {"hw-address": "02:00:00:01:00:03", "next-server": "192.0.2.10", "boot-file-name": "h"},
            ],
        },
        next_server="192.0.2.7",
        boot_file_name="/boot/x",
        server_hostname="srvname",
        client_classes=[
            {
                "name": "a",
                "test": "option[60].text == 'a'",
                "next-server": "192.0.2.9",
                "server-hostname": "c",
                "boot-file-name": "cf",
            }
        ],
    ),
)
def boot_fields_by_scope(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, (60, b"a")).lease()
    Client(talk, 3, (60, b"a")).lease()
    Client(talk, 3).lease()


@case(
    4,
    network(
        option_data=[option("tftp-server-name", "tftp.example"), option("boot-file-name", "opt67")],
        next_server="192.0.2.7",
    ),
)
def boot_options(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).lease(asks(66, 67))


@case(4, network(option_data=[option("log-servers", ", ".join(f"10.0.0.{n}" for n in range(1, 64)))]))
def option_of_252_octets(talk: Talk) -> None:
    Client(talk, 1).lease(asks(7))


@case(4, network(option_data=[option("log-servers", ", ".join(f"10.0.0.{n}" for n in range(1, 71)))]))
def array_of_280_octets(talk: Talk) -> None:
    Client(talk, 1).discover(asks(7))


@case(
    4,
    network(option_data=[{"code": 240, "csv-format": False, "data": "ab" * 300}]),
    "V4-306",
    "V4-D21",
)
def option_of_300_octets(talk: Talk) -> None:
    Client(talk, 1).lease(asks(240))


@case(
    4,
    network(
        option_def=[{"space": "vendor-encapsulated-options-space", "code": 1, "name": "x", "type": "binary"}],
        option_data=[
            {"name": "vendor-encapsulated-options"},
            option("vendor-class-identifier", "srvclass"),
            {"space": "vendor-encapsulated-options-space", "code": 1, "name": "x", "csv-format": False, "data": "0102"},
        ],
    ),
    "V4-292",
    "V4-293",
)
def vendor_encapsulated(talk: Talk) -> None:
    Client(talk, 1).lease(asks(43, 60))
    Client(talk, 2, (60, b"foo")).lease(asks(43))
    Client(talk, 3, (60, b"foo"), (43, b"\1\1a")).lease()
    Client(talk, 4, (43, b"\1\x20a")).lease(asks(43))


@case(
    4,
    network(
        option_data=[
            option("vivso-suboptions", "4491"),
            option("tftp-servers", "10.0.0.1, 10.0.0.2", space="vendor-4491"),
        ],
    ),
    "V4-294",
    "V4-297",
    "V4-588",
)
def docsis_vendor_options(talk: Talk) -> None:
    docsis = (125, u32(4491) + b"\3\1\1\2")
    Client(talk, 1).lease()
    Client(talk, 2, docsis).lease()
    Client(talk, 4, (124, u32(4491) + b"\4docs")).lease(asks(125))
    Client(talk, 5, (125, u32(9) + b"\3\1\1\2")).lease(asks(125))
    # The last one: from then on Kea sends the sub-options of this answer to whoever asks for option 125.
    Client(talk, 3, docsis).lease(asks(125))


@case(
    4,
    network(
        option_def=[{"name": "acs", "code": 1, "type": "string", "space": "vendor-25167"}],
        option_data=[
            option("vivso-suboptions", "25167", always_send=True),
            option("acs", "http://acs", space="vendor-25167", always_send=True),
        ],
    ),
    "V4-295",
    "V4-296",
    "V4-298",
)
def other_vendor_options(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, (125, u32(25167) + b"\2\1\0")).lease()
    Client(talk, 3).lease(asks(125))
    Client(talk, 4, (60, b"x"), (124, u32(25167) + b"\1x")).lease(asks(125))


@case(4, network())
def nothing_configured(talk: Talk) -> None:
    Client(talk, 1).lease(asks(3, 6, 15, 42, 43, 125))


@case(4, network(option_data=[option("v6-only-preferred", "1800")]), "V4-595")
def ipv6_only_preferred(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).lease(asks(108))
    Client(talk, 3, **RELAY).lease(asks(108, 3))


def v6_only(seconds: int) -> Json:
    return {"option-data": [option("v6-only-preferred", str(seconds))]}


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        **v6_only(300),
        "subnet4": [
            {"id": 1, "subnet": "10.1.0.0/24", "pools": [{"pool": "10.1.0.10-10.1.0.19"}]},
            {"id": 2, "subnet": "10.2.0.0/24", "pools": [{"pool": "10.2.0.10-10.2.0.19"}], **v6_only(400)},
            {
                "id": 3,
                "subnet": "10.3.0.0/24",
                "pools": [{"pool": "10.3.0.10-10.3.0.19", **v6_only(500)}],
                **v6_only(400),
                "reservations": [{"hw-address": mac(9).hex(":"), "ip-address": "10.3.0.9", **v6_only(600)}],
            },
        ],
        "shared-networks": [
            {
                "name": "n",
                **v6_only(700),
                "subnet4": [{"id": 4, "subnet": "10.4.0.0/24", "pools": [{"pool": "10.4.0.10-10.4.0.19"}]}],
            }
        ],
    },
    "V4-422",
)
def ipv6_only_preferred_in_every_scope(talk: Talk) -> None:
    for number in (1, 2, 3, 4, 9):
        behind = {"giaddr": f"10.{3 if number == 9 else number}.0.1", "hops": 1}
        Client(talk, number, **behind).lease()
        Client(talk, number, **behind).lease(asks(108))


@case(
    4,
    network(
        option_data=[
            option("merit-dump", "/dump"),
            option("nds-tree-name", "tree"),
            option("static-routes", "10.0.0.1, 10.0.0.2"),
            option("time-offset", "-3600"),
            option("ip-forwarding", "true"),
            option("path-mtu-plateau-table", "68, 296, 508"),
            option("default-ip-ttl", "64"),
            option("all-subnets-local", "false"),
            option("pcode", "EST5EDT4\\,M3.2.0/02:00\\,M11.1.0/02:00"),
            option("domain-search", "example.org"),
            option("rdnss-selection", "1, 192.0.2.1, 192.0.2.2, example.org"),
        ]
    ),
    "V4-124",
)
def standard_options_of_many_types(talk: Talk) -> None:
    Client(talk, 1).lease(asks(14, 86, 33, 2, 19, 25, 23, 27, 100, 119, 146))
