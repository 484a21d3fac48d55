"""Modes and flags of reservations, conflicts with leases, classes of reservations, order of lookups."""

from __future__ import annotations

from itertools import product

from tests.differential.case import case
from tests.differential.cases.client6 import NA, NET, PD, Client, address, network, option, prefix
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import ia_na, ia_pd, iaaddr, iaprefix, mac, oro

POOL = "2001:db8:1::10-2001:db8:1::15"


def _duid(number: int) -> str:
    return f"00:03:00:01:02:00:00:01:00:{number:02x}"


def _host(number: int, suffix: str, middle: str, **rest: object) -> Json:
    return {
        "duid": _duid(number),
        "ip-addresses": [NET + suffix],
        "prefixes": [f"2001:db8:8:{middle}::/56"],
        **{name.replace("_", "-"): value for name, value in rest.items()},
    }


IN_SUBNET = [_host(1, "11", "100"), _host(2, "201", "200", hostname="two")]
IN_GLOBAL = [_host(1, "12", "300", hostname="one"), _host(3, "203", "400")]


def every_kind_of_client(talk: Talk) -> None:
    stranger = Client(talk, 9, oro(39))
    stranger.lease(ia_na(1, address("11")), ia_pd(1, prefix("100")))
    stranger.lease(ia_na(2, address("12")), ia_pd(2, prefix("300")))
    stranger.lease(ia_na(3, address("201")), ia_pd(3, prefix("200")))
    for number in (1, 2, 3):
        client = Client(talk, number, (39, b"\1\6client\0"))
        client.lease(NA, PD)
        client.renew()
        client.lease(ia_na(1), ia_na(2), ia_pd(2))
    stranger.renew(ia_na(1, address("11")), ia_pd(1, prefix("100")))
    stranger.release()
    Client(talk, 1).renew(ia_na(1, address("10")), ia_pd(1, prefix("0")))


for _flags in product((True, False), repeat=3):
    case(
        6,
        network(
            POOL,
            subnet={"reservations": IN_SUBNET},
            reservations=IN_GLOBAL,
            reservations_global=_flags[0],
            reservations_in_subnet=_flags[1],
            reservations_out_of_pool=_flags[2],
        ),
        "V6-359",
        *("V6-366", "V6-367", *(["V6-368"] if _flags[2] else [])),
        variant="-".join(name for name, flag in zip(("global", "subnet", "outside"), _flags, strict=True) if flag)
        or "none",
    )(every_kind_of_client)

for _mode, _rows in (
    ("all", ()),
    ("out-of-pool", ("V6-362",)),
    ("global", ("V6-363", "V6-375")),
    ("disabled", ("V6-364",)),
):
    case(
        6,
        network(POOL, subnet={"reservations": IN_SUBNET}, reservations=IN_GLOBAL, reservation_mode=_mode),
        "V6-361",
        *_rows,
        variant=f"mode-{_mode}",
    )(every_kind_of_client)


def _scopes(whole: Json, net: Json, subnet: Json, plain: Json) -> Json:
    """Return a network of one subnet and a plain one, with modes or flags by scope."""
    inner = {
        "id": 1,
        "subnet": "2001:db8:1::/64",
        "pools": [{"pool": POOL}],
        "reservations": [{"duid": _duid(1), "ip-addresses": [NET + "201"]}],
        **subnet,
    }
    other = {
        "id": 2,
        "subnet": "2001:db8:2::/64",
        "pools": [{"pool": "2001:db8:2::10-2001:db8:2::1f"}],
        "reservations": [{"duid": _duid(1), "ip-addresses": ["2001:db8:2::201"]}],
        **plain,
    }
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "shared-networks": [{"name": "n", "interface": "srv0", "subnet6": [inner], **net}],
        "subnet6": [other],
        **whole,
    }


def in_a_network_and_plain(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 1).lease(ia_na(2), via=("2001:db8:2::1",))


ALL, OFF = {"reservation-mode": "all"}, {"reservation-mode": "disabled"}
IN, OUT = {"reservations-in-subnet": True}, {"reservations-in-subnet": False}
for _name, _one in (
    ("global", _scopes(OFF, {}, {}, {})),
    ("network", _scopes(OFF, ALL, {}, ALL)),
    ("subnet", _scopes({}, OFF, ALL, OFF)),
    ("flag-global", _scopes(OUT, {}, {}, {})),
    ("flag-network", _scopes(OUT, IN, {}, IN)),
    ("flag-subnet", _scopes({}, OUT, IN, OUT)),
    ("mode-over-flag", _scopes(OUT, ALL, {}, ALL)),
):
    case(6, _one, "V6-365", variant=_name)(in_a_network_and_plain)


def _conflict(taken: Json) -> Json:
    return network(POOL, subnet={"reservations": [taken]})


def conflict(talk: Talk) -> None:
    one, two, three = Client(talk, 1), Client(talk, 2), Client(talk, 3)
    one.lease(NA, PD)
    answer = talk.server.reconfigure(_conflict(_host(2, "10", "0")))
    assert answer["result"] == 0, answer
    two.lease(NA, PD)
    one.renew()
    three.lease(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    two.renew()
    one.renew()
    three.renew()
    two.rebind()


case(6, network(POOL), "V6-370", "V6-371", "V6-372", variant="in-subnet")(conflict)


@case(6, network(POOL), "V6-373")
def conflict_with_a_global_reservation(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease(NA, PD)
    changed = network(POOL, reservations=[_host(2, "10", "0")], reservations_global=True)
    answer = talk.server.reconfigure(changed)
    assert answer["result"] == 0, answer
    two.lease(NA, PD)
    one.renew()
    two.renew()
    one.release()
    two.renew()
    one.lease(NA, PD)


@case(
    6,
    network(
        POOL,
        reservations=[{"duid": _duid(1), "ip-addresses": ["3001:db8::1"], "prefixes": ["3001:db8:9::/48"]}],
        reservations_global=True,
    ),
    "V6-375",
)
def a_global_reservation_of_another_link(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(NA, PD)
    one.renew()
    one.rebind()
    one.confirm()
    one.lease(ia_na(2), ia_pd(2))
    one.release()


@case(
    6,
    network(
        None,
        {},
        {
            "pools": [
                {"pool": "2001:db8:1::10-2001:db8:1::11", "client-class": "special"},
                {"pool": "2001:db8:1::20-2001:db8:1::21"},
            ],
            "pd-pools": [
                {"prefix": "2001:db8:8::", "prefix-len": 55, "delegated-len": 56, "client-class": "special"},
                {"prefix": "2001:db8:9::", "prefix-len": 55, "delegated-len": 56, "client-class": "UNKNOWN"},
            ],
            "require-client-classes": ["late"],
            "reservations": [{"duid": _duid(1), "client-classes": ["special", "undefined"]}],
        },
        client_classes=[
            {"name": "special", "option-data": [option("dns-servers", "2001:db8::1", always_send=True)]},
            {"name": "early", "test": "member('special')",
             "option-data": [option("nis-servers", "2001:db8::2", always_send=True)]},
            {"name": "known", "test": "member('KNOWN')",
             "option-data": [option("sip-server-addr", "2001:db8::4", always_send=True)]},
            {"name": "late", "test": "member('special')", "only-if-required": True,
             "option-data": [option("sntp-servers", "2001:db8::3", always_send=True)]},
        ],
    ),
    "V6-275",
    "V6-276",
    "V6-281",
    "V6-377",
    "V6-378",
    "V6-379",
)  # fmt: skip
def classes_of_a_reservation(talk: Talk) -> None:
    for number in (1, 2):
        client = Client(talk, number)
        client.lease(NA, PD)
        client.renew()
        client.lease(ia_na(2, address("20")), ia_pd(2, iaprefix("2001:db8:9::/56")))
        client.information()


def _identifiers(*names: str) -> Json:
    hosts = [
        {"hw-address": mac(1).hex(":"), "ip-addresses": [NET + "301"]},
        {"duid": _duid(1), "ip-addresses": [NET + "302"]},
        {"duid": _duid(2), "ip-addresses": [NET + "303"]},
        {"hw-address": mac(3).hex(":"), "hostname": "three"},
    ]
    rest = {"host_reservation_identifiers": list(names)} if names else {}
    return network(subnet={"reservations": hosts}, **rest)


def identifiers(talk: Talk) -> None:
    for number in (1, 2, 3):
        Client(talk, number, (39, b"\1\2me\0")).lease()


for _names in ((), ("duid",), ("hw-address",), ("duid", "hw-address"), ("hw-address", "duid"), ("flex-id",)):
    case(6, _identifiers(*_names), "V6-355", "V6-360", "V6-443", variant="-".join(_names) or "unset")(identifiers)


def _twice() -> Json:
    return network(
        POOL,
        subnet={
            "reservations": [
                {"duid": _duid(each), "ip-addresses": [NET + "200"], "prefixes": ["2001:db8:8:900::/56"]}
                for each in (1, 2)
            ]
        },
        ip_reservations_unique=False,
    )


@case(6, _twice(), "V6-381", "V6-384")
def one_address_for_two_hosts(talk: Talk) -> None:
    one, two, three = Client(talk, 1), Client(talk, 2), Client(talk, 3)
    one.lease(NA, PD)
    two.lease(NA, PD)
    three.lease(ia_na(1, address("200")), ia_pd(1, prefix("900")))
    one.release()
    two.renew()
    one.lease(NA, PD)


@case(6, {**_twice(), "multi-threading": {"enable-multi-threading": True}}, "V6-338", variant="threads")
@case(6, {**_twice(), "reservations-lookup-first": True}, "V6-384")
def one_address_for_two_hosts_looked_up_first(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease(NA, PD)
    two.lease(NA, PD)
    one.release()
    two.renew()


NAMED = {"reservations": [{"duid": _duid(1), "hostname": "resv"}, {"duid": _duid(2), "hostname": "full.example.org."}]}


def names(talk: Talk) -> None:
    for number in (1, 2, 3):
        Client(talk, number, (39, b"\1\6client\0")).lease()
        Client(talk, number, oro(39)).lease(ia_na(2))
        Client(talk, number, (39, b"\1")).lease(ia_na(3))


for _suffix in ("", "suffix.test", "suffix.test."):
    case(
        6,
        network("2001:db8:1::10-2001:db8:1::ff", subnet=NAMED, ddns_qualifying_suffix=_suffix),
        "V6-374",
        variant=_suffix.replace(".", "-").strip("-") + ("-dot" if _suffix.endswith(".") else "") or "none",
    )(names)


@case(
    6,
    network(
        subnet={
            "option-data": [option("dns-servers", "2001:db8::1"), option("vendor-opts", "4491")],
            "reservations": [
                {
                    "duid": _duid(1),
                    "option-data": [
                        option("dns-servers", "2001:db8::2"),
                        option("vendor-opts", "4491", always_send=True),
                        option("tftp-servers", "3000:1::234", space="vendor-4491", always_send=True),
                    ],
                },
                {"duid": _duid(2), "option-data": [option("tftp-servers", "3000:1::235", space="vendor-4491")]},
            ],
        },
        client_classes=[{"name": "c", "test": "member('ALL')", "option-data": [option("dns-servers", "2001:db8::3")]}],
    ),
    "V6-237",
    "V6-359",
)
def options_of_a_reservation(talk: Talk) -> None:
    oro_in_vendor = (17, b"\0\0\x11\x8b\0\1\0\2\0\x20")
    for number in (1, 2, 3):
        Client(talk, number, oro(23)).lease()
        Client(talk, number, oro(23, 17), oro_in_vendor).lease(ia_na(2))
        Client(talk, number, oro(23, 17)).information()


@case(
    6,
    network(
        POOL,
        subnet={
            "reservations": [
                _host(1, "201", "100"),
                {"duid": _duid(2), "prefixes": ["2001:db8:8::/48", "3001:db8::/32", "2001:db8:8:180::/64"]},
                {"duid": _duid(3), "prefixes": ["2001:db8:8:200::/64"]},
            ]
        },
    ),
    "V6-100",
)
def reserved_prefixes_of_other_lengths(talk: Talk) -> None:
    two, three = Client(talk, 2), Client(talk, 3)
    two.lease(ia_pd(1), ia_pd(2), ia_pd(3), ia_pd(4))
    three.lease(ia_pd(1))
    three.lease(ia_pd(1), ia_pd(2))
    for number in (4, 5):
        Client(talk, number).lease(PD)
    Client(talk, 6).lease(ia_pd(1, iaprefix("2001:db8:8:200::/56")))
    Client(talk, 7).lease(ia_pd(1, iaprefix("2001:db8:8:200::/64")))
    two.renew()
    three.renew()
    three.renew(ia_pd(1, iaprefix("2001:db8:8:200::/56")))
    two.release()


@case(6, network(POOL, subnet={"reservations": [_host(1, "201", "100")]}), "V6-357")
def somebody_else_asks_for_what_is_reserved(talk: Talk) -> None:
    two = Client(talk, 2)
    two.solicit(ia_na(1, address("201")), ia_pd(1, prefix("100")))
    two.request(ia_na(1, address("201")), ia_pd(1, prefix("100")))
    two.renew(ia_na(9, address("201")), ia_pd(9, prefix("100")))
    two.rebind(ia_na(8, iaaddr(NET + "201")), ia_pd(8, prefix("100")))


TAKEN_AWAY = {
    "reservations-global": True,
    "reservations-in-subnet": False,
    "reservations": [
        {"flex-id": "'flexible'", "ip-addresses": [NET + "11"]},
        {"duid": _duid(9), "ip-addresses": [NET + "10"]},
    ],
}


@case(6, network("2001:db8:1::10-2001:db8:1::13", {}, TAKEN_AWAY, ddns_replace_client_name="always"), "V6-371")
def an_address_that_a_later_ia_takes_away(talk: Talk) -> None:
    one = Client(talk, 8, (39, b"\3"))
    one.request(ia_na(1), ia_na(2))
    one.solicit(ia_na(1, address("11")), ia_na(2, address("12")))
    one.request(ia_na(1, address("11")), ia_na(2), ia_na(1))


@case(6, network("2001:db8:1::10-2001:db8:1::11", {}, ddns_replace_client_name="always"), "V6-371")
def a_name_after_an_address_of_another_ia(talk: Talk) -> None:
    one, two = Client(talk, 1, (39, b"\1\2me\0")), Client(talk, 2)
    one.request(ia_na(1), ia_na(2))
    one.release(ia_na(1, address("10")))
    two.request(NA)
    one.rebind(ia_na(1, address("11")), ia_na(2, address("11")))
    one.renew(ia_na(3, address("10")), ia_na(2, address("11")))


ONE_LEFT = {
    "reservations-global": True,
    "reservations-out-of-pool": True,
    "reservations": [{"duid": _duid(9), "prefixes": ["2001:db8:8::/56"]}],
}


@case(6, network(None, {"prefix": "2001:db8:8::", "prefix-len": 55, "delegated-len": 56}, ONE_LEFT), "V6-371")
def a_prefix_that_is_taken_away_and_given_again(talk: Talk) -> None:
    Client(talk, 1).solicit(PD)
    Client(talk, 2).request(PD)
    Client(talk, 3).request(ia_pd(2), ia_pd(3, iaprefix("2001:db8:abc::/48")), ia_pd(2))
    Client(talk, 3).renew(ia_pd(2), ia_pd(3), ia_pd(2))
