"""Who is in which class of DHCPv6 clients, when that is settled, and what follows."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client6 import NA, NET, PD, Client, address, network, option
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import Option, duid, ia_na, ia_pd, iaaddr, iaprefix, oro, u32

WIDE = "2001:db8:1::10-2001:db8:1::ff"
NAMES = (
    *("bootfile-url", "new-posix-timezone", "new-tzdb-timezone", "v6-captive-portal"),
    *("v6-lost", "aftr-name", "v6-access-domain", "erp-local-domain-name"),
)


def marked(*tests: tuple[str, str], **members: Any) -> list[Json]:
    """Return classes of (name, test), each of which shows itself by an option of its own."""
    return [
        {"name": name, "test": test, "option-data": [option(NAMES[place], name, always_send=True)], **members}
        for place, (name, test) in enumerate(tests)
    ]


ENTERPRISE = b"\0\2\xaa\xbb\xcc\xdd"


@case(
    6,
    network(WIDE, client_classes=marked(("enterprise", "substring(option[1].hex,0,6) == 0x0002AABBCCDD"))),
    "V6-279",
)
def the_manuals_class(talk: Talk) -> None:
    for number, identity in enumerate((ENTERPRISE + b"abc", ENTERPRISE, b"\0\2\xaa\xbb\xcc\xdeabc", duid(4)), 1):
        Client(talk, number, identity=identity).lease()


def vendor_class(*data: bytes, enterprise: int = 4491) -> Option:
    """Return option 16."""
    return 16, u32(enterprise) + b"".join(len(each).to_bytes(2, "big") + each for each in data)


@case(
    6,
    network(
        WIDE,
        client_classes=marked(
            ("modem", "member('VENDOR_CLASS_docsis3.0')"),
            ("router", "member('VENDOR_CLASS_eRouter1.0')"),
            ("all", "member('ALL')"),
        ),
    ),
    "V6-277",
)
def vendor_classes(talk: Talk) -> None:
    for number, options in enumerate(
        (
            (vendor_class(b"docsis3.0"),),
            (vendor_class(b"eRouter1.0"),),
            (vendor_class(b"docsis3.0", b"eRouter1.0"),),
            (vendor_class(b"eRouter1.0", enterprise=9),),
            (vendor_class(b""),),
            (vendor_class(),),
            (vendor_class(b"docsis3.0\0"),),
            (vendor_class(b"docsis3.0"), vendor_class(b"eRouter1.0", enterprise=9)),
            (),
        ),
        1,
    ):
        Client(talk, number, *options).lease()


def two_kinds(shared: bool, both: bool) -> Json:
    """Return two subnets behind one relay: one for cable modems, one for the rest."""
    relay = {"ip-addresses": ["3001:db8::1"]}
    modems: Json = {
        "id": 1,
        "subnet": "3000::/64",
        "pools": [{"pool": "3000::2-3000::3"}],
        "client-class": "VENDOR_CLASS_docsis3.0",
        "relay": relay,
    }
    others: Json = {"id": 2, "subnet": "2001:db8:1::/64", "pools": [{"pool": NET + "1-" + NET + "9"}], "relay": relay}
    if both:
        others["client-class"] = "rest"
    whole: Json = {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": [{"name": "rest", "test": "not member('VENDOR_CLASS_docsis3.0')"}],
    }
    if shared:
        whole["shared-networks"] = [{"name": "cable", "subnet6": [modems, others]}]
    else:
        whole["subnet6"] = [modems, others]
    return whole


def cable(talk: Talk) -> None:
    via = {"via": ("3001:db8::1",)}
    for number in range(1, 5):
        client = Client(talk, number, vendor_class(b"docsis3.0"))
        client.lease(**via)  # type: ignore[arg-type]
        client.renew(**via)  # type: ignore[arg-type]
    for number in range(5, 8):
        client = Client(talk, number)
        client.lease(**via)  # type: ignore[arg-type]
        client.lease(ia_na(1, iaaddr("3000::2")), **via)  # type: ignore[arg-type]
    five = Client(talk, 5, vendor_class(b"docsis3.0"))
    five.renew(ia_na(1, iaaddr(NET + "1")), **via)  # type: ignore[arg-type]


case(6, two_kinds(False, False), "V6-444", "V6-259", variant="plain")(cable)
case(6, two_kinds(False, True), "V6-444", variant="plain-both")(cable)
case(6, two_kinds(True, False), "V6-444", "V6-274", variant="shared")(cable)
case(6, two_kinds(True, True), "V6-445", variant="shared-both")(cable)


CLASS_DNS = {"name": "early", "test": "member('ALL')", "option-data": [option("dns-servers", "2001:db8::e")]}
LATE_DNS = {
    "name": "late",
    "test": "member('ALL')",
    "only-if-required": True,
    "option-data": [option("dns-servers", "2001:db8::a"), option("sntp-servers", "2001:db8::a")],
}
OTHER_DNS = {**LATE_DNS, "name": "other", "option-data": [option("sntp-servers", "2001:db8::b")]}


def precedence(talk: Talk) -> None:
    for ias in ((NA,), (PD,), (NA, PD)):
        Client(talk, len(ias) + ias[0][0], oro(23, 31)).lease(*ias)
    Client(talk, 9, oro(23, 31)).information()


case(
    6,
    network(subnet={"option-data": [option("dns-servers", "2001:db8::5")]}, client_classes=[CLASS_DNS]),
    "V6-283",
    "V6-117",
    variant="subnet-over-class",
)(precedence)
case(
    6,
    network(subnet={"require-client-classes": ["late"]}, client_classes=[LATE_DNS, CLASS_DNS, OTHER_DNS]),
    "V6-281",
    "V6-282",
    "V6-283",
    variant="required-class-last",
)(precedence)
case(
    6,
    network(subnet={"require-client-classes": ["other", "late"]}, client_classes=[LATE_DNS, OTHER_DNS]),
    "V6-282",
    "V6-283",
    variant="two-required",
)(precedence)
case(
    6,
    network(
        None,
        {},
        {
            "require-client-classes": ["late"],
            "pools": [{"pool": WIDE, "require-client-classes": ["other"]}],
            "pd-pools": [
                {
                    "prefix": "2001:db8:8::",
                    "prefix-len": 48,
                    "delegated-len": 56,
                    "require-client-classes": ["third"],
                }
            ],
        },
        client_classes=[
            {**LATE_DNS, "name": "third", "option-data": [option("sntp-servers", "2001:db8::c")]},
            OTHER_DNS,
            LATE_DNS,
        ],
    ),
    "V6-282",
    variant="subnet-before-pools",
)(precedence)
case(
    6,
    network(
        subnet={"require-client-classes": ["nosuch", "untested", "late"]},
        client_classes=[{"name": "untested", "option-data": [option("sntp-servers", "2001:db8::d")]}, LATE_DNS],
    ),
    "V6-528",
    variant="undefined-and-untested",
)(precedence)


@case(
    6,
    network(
        WIDE,
        client_classes=[
            {"name": "DROP", "test": "option[1].hex == 0x00030001020000010002"},
            *marked(("all", "member('ALL')"), ("drop", "member('DROP')")),
        ],
    ),
    "V6-276",
    "V6-524",
)
def drop_by_test(talk: Talk) -> None:
    for number in (1, 2, 3):
        client = Client(talk, number)
        client.lease()
        client.information()


@case(
    6,
    network(
        WIDE,
        subnet={"reservations": [{"duid": duid(2).hex(":"), "hostname": "two"}]},
        client_classes=[{"name": "DROP", "test": "member('KNOWN')"}],
    ),
    "V6-276",
    "V6-378",
    "V6-524",
)
def drop_known_clients(talk: Talk) -> None:
    for number in (1, 2):
        Client(talk, number).lease()


@case(
    6,
    network(
        WIDE,
        subnet={"reservations": [{"duid": duid(2).hex(":"), "client-classes": ["DROP"]}]},
    ),
    "V6-276",
    "V6-524",
)
def drop_by_reservation(talk: Talk) -> None:
    for number in (1, 2):
        Client(talk, number).lease()


def _early(**members: Any) -> Json:
    known = marked(("known", "member('KNOWN')"), ("unknown", "member('UNKNOWN')"), ("special", "member('gold')"))
    return network(
        WIDE,
        subnet={
            "reservations": [{"duid": duid(n).hex(":"), "ip-addresses": [f"{NET}{n}00"], "hostname": f"s{n}"}
                             for n in (1, 3)],
            "option-data": [option("dns-servers", "2001:db8::1")],
        },
        reservations=[
            {"duid": duid(n).hex(":"), "ip-addresses": [f"{NET}{n}01"], "hostname": f"g{n}", "client-classes": ["gold"]}
            for n in (1, 2)
        ],
        client_classes=[{"name": "gold"}, *known],
        **members,
    )  # fmt: skip


def early_and_late(talk: Talk) -> None:
    for number in (1, 2, 3, 4):
        client = Client(talk, number, oro(23), (39, b"\1\2me\0"))
        client.lease()
        client.renew()
        client.information()


for _name, _flags in (
    ("early", {"early_global_reservations_lookup": True}),
    ("early-global", {"early_global_reservations_lookup": True, "reservations_global": True}),
    (
        "early-global-only",
        {"early_global_reservations_lookup": True, "reservations_global": True, "reservations_in_subnet": False},
    ),
    ("late-global", {"reservations_global": True}),
    ("late-global-only", {"reservations_global": True, "reservations_in_subnet": False}),
    ("late", {}),
):
    case(6, _early(**_flags), "V6-278", variant=_name)(early_and_late)


@case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": [
            {"name": "a", "test": "option[1].hex == 0x00030001020000010001"},
            {"name": "b", "test": "not member('a')", "option-data": [option("dns-servers", "2001:db8::b")]},
        ],
        "option-data": [option("dns-servers", "2001:db8::f")],
        "subnet6": [
            {
                "id": 1,
                "subnet": "2001:db8:1::/64",
                "interface": "srv0",
                "client-class": "a",
                "pools": [{"pool": "2001:db8:1::10-2001:db8:1::1f"}],
            },
            {
                "id": 2,
                "subnet": "2001:db8:2::/64",
                "interface": "srv0",
                "pools": [
                    {"pool": "2001:db8:2::10-2001:db8:2::1f", "client-class": "a"},
                    {"pool": "2001:db8:2::20-2001:db8:2::2f", "client-class": "b"},
                ],
                "pd-pools": [
                    {"prefix": "2001:db8:8::", "prefix-len": 48, "delegated-len": 56, "client-class": "b"},
                ],
            },
        ],
    },
    "V6-271",
    "V6-273",
)
def what_classes_are_for(talk: Talk) -> None:
    for number in (1, 2):
        client = Client(talk, number, oro(23))
        client.lease(NA, PD)
        client.renew()
        client.lease(ia_na(2, iaaddr("2001:db8:2::15")), ia_pd(2, iaprefix("2001:db8:8:500::/56")))


def _limited(*classes: Json, **members: Any) -> Json:
    return network(
        WIDE,
        preferred_lifetime=1000,
        valid_lifetime=2000,
        client_classes=[{"name": f"c{place}", "test": "member('ALL')", **each} for place, each in enumerate(classes)],
        **members,
    )


def lifetimes_of_classes(talk: Talk) -> None:
    for number, wish in enumerate(((0, 0), (10, 20), (700, 800), (5000, 6000), (0xFFFFFFFF, 0xFFFFFFFF)), 1):
        Client(talk, number).lease(ia_na(1, iaaddr("::", *wish)), ia_pd(1, iaprefix("::/56", *wish)))


for _name, _config in (
    ("one", _limited({"preferred-lifetime": 50, "valid-lifetime": 60})),
    ("half", _limited({"valid-lifetime": 600}, {"preferred-lifetime": 500, "valid-lifetime": 700})),
    (
        "bounded",
        _limited(
            {"min-valid-lifetime": 500, "valid-lifetime": 600, "max-valid-lifetime": 700},
            {"min-preferred-lifetime": 50, "preferred-lifetime": 60, "max-preferred-lifetime": 70},
        ),
    ),
    ("bounds", _limited({"min-valid-lifetime": 500, "valid-lifetime": 600}, {"preferred-lifetime": 3000})),
    ("over-subnet", _limited({"valid-lifetime": 600}, subnet={"valid-lifetime": 77, "preferred-lifetime": 66})),
):
    case(6, _config, "V6-239", "V6-242", variant=_name)(lifetimes_of_classes)


def _timers(whole: Json, net: Json, subnet: Json) -> Json:
    inner = {
        "id": 1,
        "subnet": "2001:db8:1::/64",
        "pools": [{"pool": WIDE}],
        "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 48, "delegated-len": 56}],
        **subnet,
    }
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "preferred-lifetime": 1000,
        "valid-lifetime": 2000,
        "shared-networks": [{"name": "n", "interface": "srv0", "subnet6": [inner], **net}],
        **whole,
    }


def timers_by_scope(talk: Talk) -> None:
    client = Client(talk, 1)
    client.lease(NA, PD)
    client.renew()
    client.lease(ia_na(2, address("50", 100, 200)), ia_pd(2))


T1, T2 = {"renew-timer": 111}, {"rebind-timer": 222}
ON, OFF = {"calculate-tee-times": True}, {"calculate-tee-times": False}
for _name, _config in (
    ("explicit-global", _timers({**T1, **T2, **ON}, {}, ON)),
    ("explicit-network", _timers(OFF, {**T1, **T2}, ON)),
    ("explicit-subnet", _timers(ON, ON, {**T1, **T2})),
    ("t1-global-t2-subnet", _timers(T1, {}, T2)),
    ("t2-only", _timers({}, T2, {})),
    ("t1-only", _timers({}, T1, {})),
    ("off-in-subnet", _timers(ON, ON, OFF)),
    ("on-in-network", _timers(OFF, ON, {})),
    ("percent-by-scope", _timers({"t1-percent": 0.1, "t2-percent": 0.9}, {"t1-percent": 0.2}, {"t2-percent": 0.3})),
    ("equal", _timers({"renew-timer": 300, "rebind-timer": 300}, {}, {})),
    ("zero", _timers({"renew-timer": 0, "rebind-timer": 0}, {}, {})),
    ("zero-t2", _timers({"rebind-timer": 0}, {}, {})),
    ("long", _timers({"renew-timer": 5000, "rebind-timer": 6000}, {}, {})),
    ("lifetimes-by-scope", _timers({}, {"valid-lifetime": 700}, {"preferred-lifetime": 600})),
    ("bounds-by-scope", _timers({"max-valid-lifetime": 3000}, {"min-valid-lifetime": 700}, {"valid-lifetime": 900})),
):
    case(6, _config, "V6-243", "V6-245", "V6-247", "V6-248", variant=_name)(timers_by_scope)
