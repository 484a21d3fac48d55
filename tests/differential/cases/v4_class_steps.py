"""When a DHCPv4 query joins which class, and what the order of joining decides. ARM classify-classification-steps."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, asks, network, option, wants
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import INFORM, u32

MAC1, MAC2, MAC3 = (f"02:00:00:01:00:0{number}" for number in (1, 2, 3))
FREE_CODES = (*range(163, 175), *range(178, 208))
"""Option codes without a definition: each class sends one of them, so that the answer shows who is a member."""


def marked(*classes: Json) -> list[Json]:
    """Return *classes*, each with an option of its own that is always sent."""
    return [
        {
            **each,
            "option-data": [
                {"code": FREE_CODES[place], "csv-format": False, "data": f"{place:02x}", "always-send": True},
                *each.get("option-data", []),
            ],
        }
        for place, each in enumerate(classes)
    ]


def _class(name: str, test: str | None = None, *options: Json, **rest: Any) -> Json:
    found: Json = {"name": name, **({"test": test} if test is not None else {}), **rest}
    return {**found, "option-data": list(options)} if options else found


STEPS = marked(
    _class("everyone", "member('ALL')"),
    _class("vendor", "member('VENDOR_CLASS_docsis3.0')"),
    _class("VENDOR_CLASS_docsis3.0"),
    _class("reserved"),
    _class("of-reserved", "member('reserved')"),
    _class("known", "member('KNOWN')"),
    _class("unknown", "member('UNKNOWN')"),
    _class("through", "member('known') and member('everyone')"),
    _class("late-reserved", "member('reserved')", **{"only-if-required": True}),
    _class("never", "member('ALL')", **{"only-if-required": True}),
    _class("required-too", "member('unknown')"),
    _class("everyone-again", "member('of-reserved') or member('late-reserved')"),
)
REQUIRE = {"require-client-classes": ["late-reserved", "required-too", "reserved"]}
HOSTS = [{"hw-address": MAC1, "client-classes": ["reserved"]}, {"hw-address": MAC2, "hostname": "nameonly"}]


def every_way_into_a_class(talk: Talk) -> None:
    for number in (1, 2, 3):
        client = Client(talk, number)
        client.lease()
        client.renew()
        client.inform()
        Client(talk, number, (60, b"docsis3.0")).lease()
        Client(talk, number, **RELAY).discover()
        client.release()


ROWS = ("CL-001", "CL-004", "CL-012", "CL-022", "CL-023", "CL-110", "V4-320", "V4-450", "V4-451", "V4-452")
case(4, network(subnet={"reservations": HOSTS, **REQUIRE}, client_classes=STEPS), *ROWS, variant="subnet")(
    every_way_into_a_class
)
case(
    4,
    network(subnet=REQUIRE, reservations=HOSTS, reservations_global=True, client_classes=STEPS),
    "CL-012",
    "CL-111",
    "V4-453",
    variant="global",
)(every_way_into_a_class)
case(
    4,
    network(
        subnet=REQUIRE,
        reservations=HOSTS,
        reservations_global=True,
        early_global_reservations_lookup=True,
        client_classes=STEPS,
    ),
    "CL-009",
    "CL-111",
    "V4-322",
    "V4-D25",
    variant="early",
)(every_way_into_a_class)
case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": STEPS,
        "shared-networks": [
            {
                "name": "n",
                **REQUIRE,
                "subnet4": [
                    {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.19"}]},
                    {"id": 2, "subnet": "10.1.0.0/16", "reservations": HOSTS},
                ],
            }
        ],
    },
    "CL-012",
    "V4-489",
    variant="network",
)(every_way_into_a_class)


@case(
    4,
    network(
        subnet={"require-client-classes": ["last", "bar"], "option-data": [option("time-servers", "192.0.2.4")]},
        option_data=[option("time-servers", "192.0.2.1"), option("log-servers", "192.0.2.1")],
        client_classes=[
            _class("last", "member('ALL')", option("ntp-servers", "192.0.2.93"), option("www-server", "192.0.2.94"),
                   **{"only-if-required": True}),
            _class("foo", "option[60].hex == 'foo' or option[60].hex == 'both'",
                   option("ntp-servers", "192.0.2.91"), option("smtp-server", "192.0.2.92"),
                   option("log-servers", "192.0.2.3"), option("time-servers", "192.0.2.3")),
            _class("bar", "option[60].hex == 'bar' or option[60].hex == 'both'",
                   option("ntp-servers", "192.0.2.81"), option("pop-server", "192.0.2.82"),
                   option("log-servers", "192.0.2.2"), option("time-servers", "192.0.2.2")),
            _class("ALL", None, option("finger-server", "192.0.2.70"), option("pop-server", "192.0.2.71")),
            _class("VENDOR_CLASS_both", None, option("irc-server", "192.0.2.72"), option("ntp-servers", "192.0.2.73")),
        ],
    ),
    "CL-002",
    "CL-003",
    "CL-018",
    "CL-019",
    "CL-020",
    "CL-021",
    "CL-102",
    "CL-114",
    "CL-116",
    "V4-332",
)  # fmt: skip
def options_come_from_the_first_class_that_has_them(talk: Talk) -> None:
    for number, vendor in enumerate((b"foo", b"bar", b"both", b"neither"), 1):
        for wishes in ((42, 69, 70, 72, 73, 74, 4, 7), (70,), ()):
            Client(talk, number, (60, vendor), asks(*wishes)).lease()
        Client(talk, number, (60, vendor), asks(42, 69, 70, 4)).inform()


FIELDS = network(
    subnet={"require-client-classes": ["required"], "next-server": "192.0.2.40"},
    next_server="192.0.2.50",
    server_hostname="global.example.org",
    boot_file_name="/global",
    client_classes=[
        _class("first", "option[60].text == 'a' or option[60].text == 'b'", **{"server-hostname": "first.example.org"}),
        _class("second", "option[60].text == 'a' or option[60].text == 'c'",
               **{"next-server": "192.0.2.20", "server-hostname": "second", "boot-file-name": "/" + "2" * 127}),
        _class("third", "option[60].text == 'a'", **{"boot-file-name": "/third", "server-hostname": "s" * 63}),
        _class("required", "option[60].exists", **{"next-server": "192.0.2.30", "boot-file-name": "/required",
               "only-if-required": True}),
        _class("VENDOR_CLASS_docsis3.0", None, **{"next-server": "192.0.2.31", "boot-file-name": "/modem"}),
        _class("unset", "option[60].text == 'd'", **{"next-server": "0.0.0.0", "boot-file-name": ""}),
    ],
)  # fmt: skip


@case(4, FIELDS, "CL-002", "CL-107", "V4-323", "V4-324", "V4-325", "V4-326", "V4-392", "V4-D14")
def fields_come_from_the_first_class_that_has_them(talk: Talk) -> None:
    for number, vendor in enumerate((b"a", b"b", b"c", b"d", b"docsis3.0"), 1):
        Client(talk, number, (60, vendor)).lease()
        Client(talk, number, (60, vendor)).inform()
    Client(talk, 9).lease()


def _required(name: str, place: int) -> Json:
    servers = [option("ntp-servers", f"192.0.2.{place}"), option("log-servers", f"192.0.2.1{place}", always_send=True)]
    return _class(name, "member('ALL')", *servers, **{"only-if-required": True})


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": marked(*(_required(name, place) for place, name in enumerate("abcd"))),
        "shared-networks": [
            {
                "name": "n",
                "require-client-classes": ["b"],
                "subnet4": [
                    {
                        "id": 1,
                        "subnet": "192.0.2.0/24",
                        "require-client-classes": ["c"],
                        "pools": [
                            {"pool": "192.0.2.10-192.0.2.10", "require-client-classes": ["a", "b"]},
                            {"pool": "192.0.2.11-192.0.2.11", "require-client-classes": ["undefined", "d"]},
                        ],
                    },
                    {
                        "id": 2,
                        "subnet": "10.1.0.0/16",
                        "pools": [{"pool": "10.1.0.10-10.1.0.19", "require-client-classes": ["a"]}],
                        "reservations": [{"hw-address": "02:00:00:01:00:07", "ip-address": "10.1.0.200"}],
                    },
                ],
            }
        ],
    },
    "CL-017",
    "CL-105",
    "CL-106",
    "V4-329",
    "V4-330",
    "V4-331",
)
def required_classes_by_scope(talk: Talk) -> None:
    for number in (1, 2, 3, 7):
        Client(talk, number, asks(42, 7)).lease()
        Client(talk, number, asks(42, 7)).renew("192.0.2.10")
    Client(talk, 9, asks(42, 7)).inform()


def dropped(talk: Talk) -> None:
    for number in (1, 2, 3):
        for vendor in ((60, b"bad"), (60, b"good")):
            Client(talk, number, vendor).lease()
            Client(talk, number, vendor).renew("192.0.2.10")
            Client(talk, number, vendor).inform()
            Client(talk, number, vendor).decline("192.0.2.19")
            Client(talk, number, vendor).release("192.0.2.10")


_HOSTS = {"reservations": [{"hw-address": MAC1, "hostname": "one"}, {"hw-address": MAC2, "client-classes": ["DROP"]}]}
for _name, _test in (
    ("query", "option[60].text == 'bad'"),
    ("known", "member('KNOWN')"),
    ("unknown", "not member('KNOWN')"),
    ("bad-and-unknown", "option[60].text == 'bad' and member('UNKNOWN')"),
    ("untested", None),
):
    case(
        4,
        network(subnet=_HOSTS, client_classes=[_class("DROP", _test)]),
        *("CL-007", "CL-015", "CL-024", "V4-320", "V4-321"),
        variant=_name,
    )(dropped)
case(
    4,
    network(
        reservations=_HOSTS["reservations"],
        reservations_global=True,
        early_global_reservations_lookup=True,
        client_classes=[_class("DROP", "option[60].text == 'bad'")],
    ),
    "CL-009",
    variant="early",
)(dropped)
case(
    4,
    network(
        reservations=[{"hw-address": MAC1, "hostname": "h"}, {"hw-address": MAC2, "client-classes": ["c"]}],
        early_global_reservations_lookup=True,
        client_classes=[_class("c"), _class("DROP", "member('KNOWN') and not member('c')")],
    ),
    "CL-009",
    variant="early-known",
)(dropped)


def _links(*classes: str | None) -> list[Json]:
    """Return subnets of one link, by way of one relay, each for the members of a class."""
    made: list[Json] = []
    for place, name in enumerate(classes, 1):
        subnet: Json = {
            "id": place,
            "subnet": f"10.{place}.0.0/16",
            "relay": {"ip-addresses": ["192.0.2.2"]},
            "pools": [{"pool": f"10.{place}.0.10-10.{place}.0.19"}],
        }
        made.append({**subnet, "client-class": name} if name else subnet)
    return made


FEASIBLE = _links("missing", "late", "VENDOR_CLASS_docsis3.0", "foo", None, "foo")


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": [
            _class("late", "member('ALL')", **{"only-if-required": True}),
            _class("foo", "substring(option[61].hex,0,3) == 'foo'", option("domain-name-servers", "192.0.2.1")),
        ],
        "subnet4": FEASIBLE,
    },
    "CL-010",
    "CL-108",
    "CL-112",
    "V4-318",
    "V4-327",
    "V4-328",
    "V4-486",
)
def first_feasible_subnet(talk: Talk) -> None:
    Client(talk, 1, **RELAY).lease()
    Client(talk, 2, (60, b"docsis3.0"), **RELAY).lease()
    Client(talk, 3, (61, b"foobar"), asks(6), **RELAY).lease()
    Client(talk, 4, (60, b"docsis3.0"), (61, b"foobaz"), asks(6), **RELAY).lease()
    Client(talk, 5, (60, b"docsis2.0"), (61, b"barfoo"), asks(6), **RELAY).lease()


@case(
    4,
    {"interfaces-config": {"interfaces": ["srv0"]}, "subnet4": _links("a", "b")},
    "CL-112",
    "V4-487",
    variant="plain",
)
@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "shared-networks": [{"name": "n", "subnet4": _links("VENDOR_CLASS_x", "VENDOR_CLASS_y")}],
    },
    "V4-485",
    "V4-487",
    variant="network",
)
def no_subnet_for_the_client(talk: Talk) -> None:
    for number, vendor in enumerate((b"x", b"y", b"z"), 1):
        client = Client(talk, number, (60, vendor), **RELAY)
        client.lease()
        client.inform("192.0.2.50")
        client.reboot("10.1.0.10")


def known_and_unknown(talk: Talk) -> None:
    for number in (1, 2, 3):
        Client(talk, number).lease()
        Client(talk, number, **RELAY).lease()
        Client(talk, number, (55, b"\3")).inform()


_SUBNETS = [
    {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.19"}], "client-class": "KNOWN"},
    {"id": 2, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.0.10-10.1.0.19"}], "client-class": "UNKNOWN"},
    {"id": 3, "subnet": "10.2.0.0/16", "pools": [{"pool": "10.2.0.10-10.2.0.19"}]},
]
_GLOBAL = [{"hw-address": MAC1, "hostname": "one"}]
for _name, _more in (
    ("subnets", {"reservations-global": True}),
    ("early", {"reservations-global": True, "early-global-reservations-lookup": True}),
):
    for _shape in ("plain", "network"):
        _relayed = [{**each, "relay": {"ip-addresses": ["192.0.2.2"]}} for each in _SUBNETS]
        _where = {"subnet4": _relayed} if _shape == "plain" else {
            "shared-networks": [{"name": "n", "interface": "srv0", "subnet4": _relayed}]
        }  # fmt: skip
        case(
            4,
            {"interfaces-config": {"interfaces": ["srv0"]}, "reservations": _GLOBAL, **_where, **_more},
            *("CL-014", "CL-D01", "V4-319"),
            variant=f"{_name}-{_shape}",
        )(known_and_unknown)
case(
    4,
    network(
        None,
        {
            "pools": [
                {"pool": "192.0.2.10-192.0.2.14", "client-class": "KNOWN"},
                {"pool": "192.0.2.20-192.0.2.24", "client-class": "UNKNOWN"},
            ],
            "reservations": _GLOBAL,
        },
    ),
    "CL-016",
    "CL-113",
    "V4-319",
    variant="pools",
)(known_and_unknown)


@case(
    4,
    network(
        None,
        {
            "pools": [
                {"pool": "192.0.2.10-192.0.2.11", "client-class": "VENDOR_CLASS_a"},
                {"pool": "192.0.2.12-192.0.2.13", "client-class": "HA_server1"},
                {"pool": "192.0.2.14-192.0.2.15", "client-class": "EXTERNAL_x"},
                {"pool": "192.0.2.16-192.0.2.16", "client-class": "BOOTP"},
                {"pool": "192.0.2.17-192.0.2.17", "client-class": "AFTER_x"},
                {"pool": "192.0.2.18-192.0.2.18", "client-class": "SKIP_DDNS"},
                {"pool": "192.0.2.19-192.0.2.19"},
            ],
            "reservations": [
                {"hw-address": MAC1, "client-classes": ["HA_server1"]},
                {"hw-address": MAC2, "client-classes": ["EXTERNAL_x", "SKIP_DDNS"]},
            ],
        },
        client_classes=marked(_class("m", "member('HA_server1')"), _class("n", "member('EXTERNAL_x')")),
    ),
    "CL-016",
    "CL-026",
    "CL-028",
    "CL-029",
    "CL-113",
)
def pools_by_built_in_classes(talk: Talk) -> None:
    for number in range(1, 6):
        Client(talk, number, (60, b"a" if number > 3 else b"b")).lease()
        Client(talk, number, (12, b"host%d" % number)).renew("192.0.2.12")
    Client(talk, 7).lease(wants("192.0.2.16"))


@case(
    4,
    network(
        client_classes=[
            _class(
                "pxe",
                "option[vendor-class-identifier].text == 'PXE'",
                option("config-file", "1APC", space="PXE"),
                {"name": "vendor-encapsulated-options"},
                option("mine", "7"),
                **{
                    "option-def": [
                        {"name": "vendor-encapsulated-options", "code": 43, "type": "empty", "encapsulate": "PXE"},
                        {"name": "mine", "code": 231, "type": "uint8"},
                    ]
                },
            ),
            _class("seven", "option[231].hex == 0x07 or option[231].hex == 0x0007",
                   {"code": 230, "csv-format": False, "data": "07", "always-send": True}),
        ],
        option_def=[
            {"name": "config-file", "code": 209, "type": "string", "space": "PXE"},
            {"name": "mine", "code": 231, "type": "uint16"},
            {"name": "vendor-encapsulated-options", "code": 43, "type": "binary"},
        ],
        option_data=[option("mine", "258")],
    ),
    "CL-006",
    "CL-018",
    "CL-104",
    "V4-317",
    "V4-D07",
)  # fmt: skip
def private_options_of_a_class(talk: Talk) -> None:
    for number, vendor in enumerate((b"PXE", b"other"), 1):
        Client(talk, number, (60, vendor), asks(43, 231)).lease()
        for body in (b"\7", b"\0\7", b"", b"\1\2\3"):
            Client(talk, number, (60, vendor), (231, body), asks(231)).discover()
        for body in (b"\xd1\4abcd", b"\1\2", b"\xff", b""):
            Client(talk, number, (60, vendor), (43, body), asks(43)).discover()


@case(4, network(client_classes=[_class("numbered", "vendor.enterprise == 4491"), _class("unset")]), "CL-103")
def class_without_test_or_option(talk: Talk) -> None:
    client = Client(talk, 1, (125, u32(4491) + b"\0"))
    client.lease()
    client.say(INFORM, ciaddr="192.0.2.50", around={"source": "192.0.2.50"})
