"""When a DHCPv6 query joins which class, and what the order of joining decides. ARM classify-classification-steps."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client6 import NA, NET, PD, Client, network, option
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import Option, duid, oro

FREE_CODES = range(200, 240)
"""Option codes without a definition: each class sends one of them, so that the answer shows who is a member."""

VIA: dict[str, tuple[str, ...]] = {"via": (NET + "2",)}


def vendor(text: bytes) -> Option:
    """Return a vendor class option of one datum."""
    return 16, b"\0\0\x11\x8b" + len(text).to_bytes(2, "big") + text


def _class(name: str, test: str | None = None, *options: Json, **rest: Any) -> Json:
    found: Json = {"name": name, **({"test": test} if test is not None else {})}
    found.update({key.replace("_", "-"): value for key, value in rest.items()})
    return {**found, "option-data": list(options)} if options else found


def marked(*classes: Json) -> list[Json]:
    """Return *classes*, each with an option of its own that is always sent."""
    return [
        {**each, "option-data": [{"code": code, "csv-format": False, "data": f"{code:02x}", "always-send": True}]}
        for code, each in zip(FREE_CODES, classes, strict=False)
    ]


STEPS = marked(
    _class("everyone", "member('ALL')"),
    _class("vendor", "member('VENDOR_CLASS_docsis3.0')"),
    _class("VENDOR_CLASS_docsis3.0"),
    _class("reserved"),
    _class("of-reserved", "member('reserved')"),
    _class("known", "member('KNOWN')"),
    _class("unknown", "member('UNKNOWN')"),
    _class("through", "member('known') and member('everyone')"),
    _class("late-reserved", "member('reserved')", only_if_required=True),
    _class("never", "member('ALL')", only_if_required=True),
    _class("required-too", "member('unknown')"),
    _class("everyone-again", "member('of-reserved') or member('late-reserved')"),
)
REQUIRE = {"require-client-classes": ["late-reserved", "required-too", "reserved"]}
HOSTS = [
    {"duid": duid(1).hex(":"), "client-classes": ["reserved"]},
    {"duid": duid(2).hex(":"), "hostname": "nameonly"},
]


def every_way_into_a_class(talk: Talk) -> None:
    for number in (1, 2, 3):
        client = Client(talk, number)
        client.lease(NA, PD)
        client.renew()
        client.information()
        Client(talk, number, vendor(b"docsis3.0")).lease(NA)
        client.solicit(NA, **VIA)
        client.confirm()
        client.release()


ROWS = ("CL-001", "CL-004", "CL-012", "CL-022", "CL-023", "CL-110")
case(6, network(subnet={"reservations": HOSTS, **REQUIRE}, client_classes=STEPS), *ROWS, variant="subnet")(
    every_way_into_a_class
)
case(
    6,
    network(subnet=REQUIRE, reservations=HOSTS, reservations_global=True, client_classes=STEPS),
    "CL-012",
    "CL-111",
    variant="global",
)(every_way_into_a_class)
case(
    6,
    network(
        subnet=REQUIRE,
        reservations=HOSTS,
        reservations_global=True,
        early_global_reservations_lookup=True,
        client_classes=STEPS,
    ),
    "CL-009",
    "CL-111",
    variant="early",
)(every_way_into_a_class)
case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": STEPS,
        "shared-networks": [
            {
                "name": "n",
                "interface": "srv0",
                **REQUIRE,
                "subnet6": [
                    {"id": 1, "subnet": "2001:db8:1::/64", "pools": [{"pool": "2001:db8:1::10-2001:db8:1::1f"}]},
                    {"id": 2, "subnet": "2001:db8:2::/64", "reservations": HOSTS},
                ],
            }
        ],
    },
    "CL-012",
    variant="network",
)(every_way_into_a_class)


@case(
    6,
    network(
        subnet={"require-client-classes": ["last", "bar"], "option-data": [option("nis-servers", "2001:db8::4")]},
        option_data=[option("nis-servers", "2001:db8::1"), option("nisp-servers", "2001:db8::1")],
        client_classes=[
            _class("last", "member('ALL')", option("sntp-servers", "2001:db8::93"),
                   option("bcmcs-server-addr", "2001:db8::94"), only_if_required=True),
            _class("foo", "vendor-class[*].data == 'foo' or vendor-class[*].data == 'both'",
                   option("sntp-servers", "2001:db8::91"), option("sip-server-addr", "2001:db8::92"),
                   option("nisp-servers", "2001:db8::3"), option("nis-servers", "2001:db8::3")),
            _class("bar", "vendor-class[*].data == 'bar' or vendor-class[*].data == 'both'",
                   option("sntp-servers", "2001:db8::81"), option("dns-servers", "2001:db8::82"),
                   option("nisp-servers", "2001:db8::2"), option("nis-servers", "2001:db8::2")),
            _class("VENDOR_CLASS_both", None, option("sntp-servers", "2001:db8::73")),
            _class("Client_enterprise", "substring(option[1].hex,0,6) == 0x000300010200",
                   option("dns-servers", "2001:db8::99")),
        ],
    ),
    "CL-018",
    "CL-020",
    "CL-102",
    "CL-109",
    "CL-114",
)  # fmt: skip
def options_come_from_the_first_class_that_has_them(talk: Talk) -> None:
    for number, text in enumerate((b"foo", b"bar", b"both", b"neither"), 1):
        for wishes in (oro(31, 22, 23, 34, 28, 27), oro(23)):
            Client(talk, number, vendor(text), wishes).lease(NA)
        Client(talk, number, vendor(text), oro(31, 23)).information()


def dropped(talk: Talk) -> None:
    for number in (1, 2, 3):
        for text in (b"bad", b"good"):
            client = Client(talk, number, vendor(text))
            client.lease(NA, PD)
            client.renew(NA)
            client.rebind(NA)
            client.information()
            client.decline(NA)
            client.release(NA)
            client.confirm(NA)


_HOSTS = {
    "reservations": [
        {"duid": duid(1).hex(":"), "hostname": "one"},
        {"duid": duid(2).hex(":"), "client-classes": ["DROP"]},
    ]
}
for _name, _test in (
    ("query", "vendor-class[*].data == 'bad'"),
    ("known", "member('KNOWN')"),
    ("unknown", "not member('KNOWN')"),
    ("untested", None),
):
    case(
        6,
        network(subnet=_HOSTS, client_classes=[_class("DROP", _test)]),
        *("CL-007", "CL-015", "CL-024"),
        variant=_name,
    )(dropped)
case(
    6,
    network(
        reservations=[
            {"duid": duid(1).hex(":"), "hostname": "h"},
            {"duid": duid(2).hex(":"), "client-classes": ["c"]},
        ],
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
            "subnet": f"2001:db8:{place}1::/64",
            "relay": {"ip-addresses": [NET + "2"]},
            "pools": [{"pool": f"2001:db8:{place}1::10-2001:db8:{place}1::1f"}],
        }
        made.append({**subnet, "client-class": name} if name else subnet)
    return made


@case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": [
            _class("late", "member('ALL')", only_if_required=True),
            _class("foo", "vendor.enterprise == 9"),
        ],
        "subnet6": _links("missing", "late", "VENDOR_CLASS_docsis3.0", "foo", None, "foo"),
    },
    "CL-010",
    "CL-112",
)
def first_feasible_subnet(talk: Talk) -> None:
    Client(talk, 1).lease(NA, **VIA)
    Client(talk, 2, vendor(b"docsis3.0")).lease(NA, **VIA)
    Client(talk, 3, (17, b"\0\0\0\x09")).lease(NA, **VIA)
    Client(talk, 4, vendor(b"docsis3.0"), (17, b"\0\0\0\x09")).lease(NA, **VIA)


def known_and_unknown(talk: Talk) -> None:
    for number in (1, 2, 3):
        client = Client(talk, number)
        client.lease(NA)
        client.lease(NA, **VIA)
        client.information()


_SUBNETS = [
    {**subnet, "interface": "srv0", "relay": {"ip-addresses": [NET + "2"]}}
    for subnet in _links("KNOWN", "UNKNOWN", None)
]
_GLOBAL = [{"duid": duid(1).hex(":"), "hostname": "one"}]
for _name, _more in (
    ("late", {"reservations-global": True}),
    ("early", {"reservations-global": True, "early-global-reservations-lookup": True}),
):
    for _shape in ("plain", "network"):
        _where: Json = {"subnet6": _SUBNETS} if _shape == "plain" else {
            "shared-networks": [{"name": "n", "subnet6": _SUBNETS}]
        }  # fmt: skip
        case(
            6,
            {"interfaces-config": {"interfaces": ["srv0"]}, "reservations": _GLOBAL, **_where, **_more},
            *("CL-014", "CL-D01"),
            variant=f"{_name}-{_shape}",
        )(known_and_unknown)


def _pools(*classes: str | None) -> Json:
    first: Json = {"id": 1, "subnet": "2001:db8:1::/64", "interface": "srv0", "pools": [], "pd-pools": []}
    for place, name in enumerate(classes, 1):
        limit = {"client-class": name} if name else {}
        first["pools"].append({"pool": f"2001:db8:1::{place}0-2001:db8:1::{place}1", **limit})
        first["pd-pools"].append({"prefix": f"2001:db8:{place}00::", "prefix-len": 63, "delegated-len": 64, **limit})
    return first


@case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet6": [
            {
                **_pools("KNOWN", "VENDOR_CLASS_a", "UNKNOWN", "HA_server1", "EXTERNAL_x", "Client_enterprise_", None),
                "reservations": [
                    {"duid": duid(1).hex(":"), "client-classes": ["HA_server1"]},
                    {"duid": duid(2).hex(":"), "client-classes": ["EXTERNAL_x", "SKIP_DDNS"]},
                ],
            }
        ],
        "client-classes": [
            _class("SKIP_DDNS"),
            _class("Client_enterprise_", "option[1].hex == 0x00030001020000010006"),
            *marked(_class("m", "member('HA_server1')"), _class("n", "member('SKIP_DDNS')")),
        ],
    },
    "CL-016",
    "CL-026",
    "CL-028",
    "CL-029",
    "CL-113",
    "CL-D08",
)
def pools_by_class(talk: Talk) -> None:
    for number in range(1, 7):
        client = Client(talk, number, *([vendor(b"a")] if number in (3, 4) else []))
        client.lease(NA, PD)
        client.renew()


def _reserved_in(number: int, **keywords: Any) -> Json:
    """Return a subnet with reservations, one with and one without address."""
    first = _links(*[None] * number)[-1]
    hosts = [
        {"duid": duid(1).hex(":"), "ip-addresses": [f"2001:db8:{number}1::100"]},
        {"duid": duid(2).hex(":"), "hostname": f"host{number}"},
    ]
    return {**first, "reservations": hosts, **{key.replace("_", "-"): value for key, value in keywords.items()}}


for _name, _flags in (("second-only", (False, True)), ("first-only", (True, False))):
    case(
        6,
        {
            "interfaces-config": {"interfaces": ["srv0"]},
            "shared-networks": [
                {
                    "name": "n",
                    "interface": "srv0",
                    "subnet6": [_reserved_in(place, reservations_in_subnet=on) for place, on in enumerate(_flags, 1)],
                }
            ],
        },
        "CL-012",
        variant=f"reserved-in-{_name}",
    )(known_and_unknown)


for _name, _early in (("late", False), ("early", True)):
    case(
        6,
        {
            "interfaces-config": {"interfaces": ["srv0"]},
            "early-global-reservations-lookup": _early,
            "reservations": [{"duid": duid(1).hex(":"), "hostname": "everywhere"}],
            "client-classes": marked({"name": "k", "test": "member('KNOWN')"}),
            "shared-networks": [
                {
                    "name": "n",
                    "interface": "srv0",
                    "subnet6": [
                        _reserved_in(1, reservations_global=True, reservations_in_subnet=False),
                        _reserved_in(2),
                    ],
                }
            ],
        },
        *("CL-009", "CL-012"),
        variant=f"only-global-first-{_name}",
    )(known_and_unknown)
