"""What random DHCPv6 conversations met, and few clients do: names that move, leases of a file, pools at the end."""

from __future__ import annotations

import time

from tests.differential.case import case
from tests.differential.cases.client6 import NA, PD, Client, network, option
from tests.differential.cases.v6_ddns import fqdn
from tests.differential.generated.leases import text
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import Option, duid, ia_na, ia_pd, iaaddr, iaprefix, mac

RAPID: Option = (14, b"")


def _two(first: Json, second: Json, **rest: object) -> Json:
    """Return a shared network of two subnets; prefixes are delegated by the first one."""
    pool = {"prefix": "2001:db8:8::", "prefix-len": 54, "delegated-len": 56}
    subnets = [
        {"id": 1, "subnet": "2001:db8:1::/64", "rapid-commit": True, "pd-pools": [pool], **first},
        {"id": 2, "subnet": "2001:db8:2::/64", "rapid-commit": True, **second},
    ]
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "shared-networks": [{"name": "n", "interface": "srv0", "subnet6": subnets}],
        **rest,
    }


def _host(name: str) -> Json:
    return {"hw-address": mac(4).hex(":"), "ip-addresses": ["2001:db8:2::14"], "hostname": name}


def names_of_the_subnet_of_the_lease(talk: Talk) -> None:
    for options in ((fqdn(b"mine.example.com."),), (fqdn(b"mine"),), (fqdn(b""),), ()):
        client = Client(talk, 4, *options)
        client.solicit(NA, ia_pd(2), RAPID)
        client.renew(ia_na(1, iaaddr("2001:db8:2::14")), ia_pd(2, iaprefix("2001:db8:8::/56")))
        client.request(NA, ia_pd(2))
        client.rebind(ia_pd(2, iaprefix("2001:db8:8::/56")))


_SUFFIX: Json = {"ddns-qualifying-suffix": "Example.org"}
for _name in ("host-a", "UPPER", "Whole.Example.com."):
    _there = {**_SUFFIX, "reservations": [_host(_name)]}
    case(6, _two({}, _there), variant=_name.lower())(names_of_the_subnet_of_the_lease)
    case(6, _two({}, _there, **{"cache-threshold": 0.5}), "V6-343", variant=f"{_name.lower()}-cached", ticking=True)(
        names_of_the_subnet_of_the_lease
    )
    case(6, _two(_SUFFIX, {"reservations": [_host(_name)]}), variant=f"{_name.lower()}-from")(
        names_of_the_subnet_of_the_lease
    )


@case(
    6,
    network(
        cache_threshold=0.75,
        subnet={"reservations": [{"duid": duid(8).hex(), "prefixes": ["2001:db8:9::/64"], "hostname": "UPPER"}]},
    ),
    ticking=True,
)
def capitals_in_the_name_of_a_prefix(talk: Talk) -> None:
    client = Client(talk, 8, fqdn(b""))
    client.rebind(ia_pd(2, iaprefix("2001:db8:9::/64")))
    client.rebind(ia_pd(2, iaprefix("2001:db8:9::/64")))
    client.request(ia_pd(2, iaprefix("2001:db8:9::/64")))


_ENDS: Json = {
    "pools": [
        {"pool": "2001:db8:1::10-2001:db8:1::11"},
        {"pool": "2001:db8:1:0:0:1::-2001:db8:1:0:7fff:ffff:ffff:ffff"},
        {"pool": "2001:db8:1:0:8000::-2001:db8:1:0:ffff:ffff:ffff:ffff"},
    ]
}


@case(6, network(None, subnet=_ENDS), "V6-084")
def the_pool_at_the_end_comes_first(talk: Talk) -> None:
    for number in range(1, 4):
        Client(talk, number).lease(NA, PD)


_MODES: Json = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "reservations-out-of-pool": True,
    "shared-networks": [
        {
            "name": "n",
            "interface": "srv0",
            "reservation-mode": "disabled",
            "subnet6": [
                {
                    "id": 1,
                    "subnet": "2001:db8:1::/64",
                    "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 54, "delegated-len": 56}],
                    "reservations-in-subnet": True,
                    "reservations": [{"duid": duid(9).hex(), "prefixes": ["2001:db8:8::/56"]}],
                }
            ],
        }
    ],
}


@case(6, _MODES)
def modes_that_leave_out_of_pool_as_it_is(talk: Talk) -> None:
    Client(talk, 1).lease(PD)
    Client(talk, 9).lease(PD)


@case(
    6,
    network(
        client_classes=[
            {"name": "blue", "test": "option[16].exists", "only-if-required": True},
            {
                "name": "green",
                "test": "member('blue')",
                "option-data": [option("information-refresh-time", "3600", always_send=True)],
            },
        ],
        subnet={
            "require-client-classes": ["green", "blue"],
            "pools": [
                {"pool": "2001:db8:1::10-2001:db8:1::10"},
                {"pool": "2001:db8:1::11-2001:db8:1::1f", "require-client-classes": ["green"]},
            ],
        },
    ),
)
def classes_required_twice(talk: Talk) -> None:
    for number in (1, 2, 3):
        Client(talk, number, (16, b"\0\0\x11\x8b\0\3foo")).lease()


@case(6, network(min_valid_lifetime=2000, valid_lifetime=0xFFFFFFFF, cache_max_age=10000), ticking=True)
def a_lifetime_that_becomes_infinite(talk: Talk) -> None:
    client = Client(talk, 1)
    client.renew(ia_na(1, iaaddr("2001:db8:1::12", 100, 200)))
    client.renew(ia_na(1, iaaddr("2001:db8:1::12")))
    client.request(ia_na(1, iaaddr("2001:db8:1::12")))


_OUTSIDE: Json = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "reservations-global": True,
    "sanity-checks": {"lease-checks": "fix"},
    "subnet6": [
        {"id": 1, "subnet": "2001:db8:1::/64", "interface": "srv0"},
        {"id": 3, "subnet": "2001:db8:3::/64"},
    ],
    "reservations": [{"duid": duid(5).hex(), "ip-addresses": ["2001:db8:3::10"]}],
}


@case(6, _OUTSIDE)
def leases_made_that_do_not_pass(talk: Talk) -> None:
    Client(talk, 5).lease()
    answer = talk.server.reconfigure(_OUTSIDE)
    assert answer["result"] == 0, answer
    for number in (1, 3):
        talk.command("statistic-get", {"name": f"subnet[{number}].assigned-nas"})


@case(6, _two({}, {"pools": [{"pool": "2001:db8:2::10-2001:db8:2::1f"}]}))
def reclaimed_leases_of_another_subnet_asked_for_again(talk: Talk) -> None:
    configuration = _two({}, {"pools": [{"pool": "2001:db8:2::10-2001:db8:2::1f"}]})
    rows: list[dict[str, object]] = [
        {
            "address": address,
            "duid": duid(2).hex(":"),
            "valid_lifetime": 3600,
            "expire": -100,
            "subnet_id": subnet,
            "pref_lifetime": 1800,
            "lease_type": kind,
            "iaid": 1,
            "prefix_len": length,
            "fqdn_fwd": 0,
            "fqdn_rev": 0,
            "state": 2,
        }
        for address, subnet, kind, length in (("2001:db8:2::19", 2, 0, 128), ("2001:db8:8::", 1, 2, 56))
    ]
    answer = talk.server.reload(configuration, text(6, rows, int(time.time())))
    assert answer["result"] == 0, answer
    Client(talk, 2).request(NA, PD)
    for name in ("subnet[2].assigned-nas", "subnet[1].assigned-pds", "subnet[2].cumulative-assigned-nas"):
        talk.command("statistic-get", {"name": name})
