"""What random DHCPv4 conversations met, and few clients do: leases of a file, moves, pools at the end of a subnet."""

from __future__ import annotations

import time

from tests.differential.case import case
from tests.differential.cases.client4 import Client, network, option, server_id, wants
from tests.differential.generated.leases import Row, text
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import REQUEST

CIRCUIT = (82, b"\1\5port3")


def _begin(talk: Talk, configuration: Json, *rows: Row) -> None:
    """Serve *configuration* with the leases *rows* in the file."""
    answer = talk.server.reload(configuration, text(4, rows, int(time.time())))
    assert answer["result"] == 0, answer


def _row(address: str, number: int, expire: int, state: int = 0, **more: object) -> Row:
    """Return a lease of client *number*; expire: in seconds from now."""
    return {
        "address": address,
        "hwaddr": f"02:00:00:01:00:{number:02x}",
        "valid_lifetime": 3600,
        "expire": expire,
        "subnet_id": 1,
        "fqdn_fwd": 0,
        "fqdn_rev": 0,
        "state": state,
        **more,
    }


_END: Json = {"pools": [{"pool": f"192.0.2.{low}-192.0.2.{high}"} for low, high in ((10, 11), (254, 255), (20, 20))]}


@case(4, network(None, _END))
def the_pool_at_the_end_comes_first(talk: Talk) -> None:
    for number in range(1, 7):
        Client(talk, number).lease()


@case(4, network(valid_lifetime=7200))
def a_user_context_that_stays(talk: Talk) -> None:
    _begin(
        talk,
        network("192.0.2.10-192.0.2.11", valid_lifetime=7200),
        _row("192.0.2.10", 1, -100, user_context='{ "a": 1 }'),
        _row("192.0.2.11", 2, -100, state=2, user_context='{ "b": 2 }'),
    )
    for number in (3, 4):
        Client(talk, number).lease()
    for number in (3, 4):
        Client(talk, number).renew(f"192.0.2.{7 + number}")


@case(4, network())
def a_reclaimed_lease_given_up(talk: Talk) -> None:
    _begin(talk, network(), _row("192.0.2.12", 1, -100, state=2), _row("192.0.2.13", 2, -100))
    for number in (1, 2):
        Client(talk, number).select(f"192.0.2.{14 + number}")
        talk.command("statistic-get", {"name": "subnet[1].assigned-addresses"})


_CONFLICT: Json = {"reservations": [{"hw-address": "02:00:00:01:00:08", "ip-address": "192.0.2.13"}]}


@case(4, network(subnet=_CONFLICT), "V4-550")
def conflicts_counted_over_a_reconfiguration(talk: Talk) -> None:
    client = Client(talk, 8)
    client.lease()
    client.decline()
    client.discover()
    for _ in range(2):
        talk.command("statistic-get", {"name": "subnet[1].v4-reservation-conflicts"})
        answer = talk.server.reconfigure(network(subnet=_CONFLICT))
        assert answer["result"] == 0, answer


@case(4, network())
def declined_addresses_without_subnets(talk: Talk) -> None:
    client = Client(talk, 1)
    client.lease()
    client.decline()
    for configuration in ({"interfaces-config": {"interfaces": ["srv0"]}}, network()):
        answer = talk.server.reconfigure(configuration)
        assert answer["result"] == 0, answer
        talk.command("statistic-get", {"name": "declined-addresses"})


def _becomes_infinite(talk: Talk, **around: object) -> None:
    client = Client(talk, 1)
    client.lease()
    answer = talk.server.reconfigure(network(valid_lifetime=0xFFFFFFFF, **around))
    assert answer["result"] == 0, answer
    client.renew()
    client.renew()


@case(4, network(valid_lifetime=3600))
def a_lifetime_that_becomes_infinite(talk: Talk) -> None:
    _becomes_infinite(talk)


@case(4, network(valid_lifetime=3600, cache_threshold=0.5))
def a_lifetime_that_becomes_infinite_under_caching(talk: Talk) -> None:
    _becomes_infinite(talk, cache_threshold=0.5)


_OUTSIDE: Json = {
    "shared-networks": [
        {"name": "n", "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "reservations-global": True}]},
        {"name": "m", "subnet4": [{"id": 2, "subnet": "10.1.0.0/24"}]},
    ],
    "interfaces-config": {"interfaces": ["srv0"]},
    "sanity-checks": {"lease-checks": "fix"},
    "reservations": [{"hw-address": "02:00:00:01:00:05", "ip-address": "10.1.0.7"}],
}


@case(4, _OUTSIDE)
def leases_made_that_do_not_pass(talk: Talk) -> None:
    Client(talk, 5).lease()
    answer = talk.server.reconfigure(_OUTSIDE)
    assert answer["result"] == 0, answer
    for number in (1, 2):
        talk.command("statistic-get", {"name": f"subnet[{number}].assigned-addresses"})


def _members(*reservations: Json) -> Json:
    first = {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.20-192.0.2.29"}]}
    others = [{"id": each, "subnet": f"10.0.{each}.0/24"} for each in (2, 3)]
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "shared-networks": [{"name": "n", "subnet4": [{**first, "reservations": list(reservations)}, *others]}],
    }


@case(
    4,
    _members(
        {"hw-address": "02:00:00:01:00:05", "ip-address": "192.0.2.10"},
        {"circuit-id": "'port3'", "ip-address": "192.0.2.11"},
    ),
)
def two_reservations_in_a_network_of_three_subnets(talk: Talk) -> None:
    client = Client(talk, 5)
    client.discover()
    client.discover(CIRCUIT)


_MODES: Json = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "reservations-out-of-pool": True,
    "shared-networks": [
        {
            "name": "n",
            "reservation-mode": "global",
            "subnet4": [
                {
                    "id": 1,
                    "subnet": "192.0.2.0/24",
                    "pools": [{"pool": "192.0.2.10-192.0.2.12"}],
                    "reservations-in-subnet": True,
                    "reservations": [{"hw-address": "02:00:00:01:00:09", "ip-address": "192.0.2.10"}],
                }
            ],
        }
    ],
}


@case(4, _MODES)
def modes_that_leave_out_of_pool_as_it_is(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 9).lease()


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": [
            {"name": "blue", "test": "option[60].exists", "only-if-required": True},
            {"name": "green", "test": "member('blue')", "option-data": [option("time-offset", "7", always_send=True)]},
        ],
        "shared-networks": [
            {
                "name": "n",
                "require-client-classes": ["green", "blue"],
                "subnet4": [
                    {
                        "id": 1,
                        "subnet": "192.0.2.0/24",
                        "require-client-classes": ["blue"],
                        "pools": [
                            {"pool": "192.0.2.10-192.0.2.10"},
                            {"pool": "192.0.2.11-192.0.2.12", "require-client-classes": ["green"]},
                        ],
                    }
                ],
            }
        ],
    },
)
def classes_required_twice(talk: Talk) -> None:
    for number in (1, 2, 3):
        Client(talk, number, (60, b"foo")).lease()


_OWN: Json = {"option-data": [option("dhcp-server-identifier", "192.0.2.1")]}


def zero_for_a_server_identifier(talk: Talk) -> None:
    for number, zero in enumerate((b"\0" * 4, b"\0" * 5), 1):
        Client(talk, number).say(REQUEST, (54, zero), wants(f"192.0.2.1{number}"))
        Client(talk, number).say(REQUEST, (54, zero), wants("10.1.0.1"), giaddr="10.1.0.1", hops=1)


def _linked(first: Json, second: Json, around: Json) -> Json:
    subnets = [
        {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.19"}], **first},
        {"id": 2, "subnet": "10.1.0.0/24", **second},
    ]
    network: Json = {"name": "n", "subnet4": subnets[1:], **around}
    return {"interfaces-config": {"interfaces": ["srv0"]}, "subnet4": subnets[:1], "shared-networks": [network]}


case(4, network(subnet=_OWN), variant="subnet")(zero_for_a_server_identifier)
case(4, network(**_OWN), variant="global")(zero_for_a_server_identifier)
case(4, {"interfaces-config": {"interfaces": ["srv0"]}}, variant="no-subnets")(zero_for_a_server_identifier)
case(4, _linked(_OWN, _OWN, _OWN), variant="everywhere")(zero_for_a_server_identifier)
case(4, _linked(_OWN, _OWN, {}), variant="not-in-network")(zero_for_a_server_identifier)
case(4, _linked(_OWN, {}, _OWN), variant="not-in-member")(zero_for_a_server_identifier)
case(4, _linked({}, _OWN, _OWN), variant="not-in-subnet")(zero_for_a_server_identifier)


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "cache-threshold": 0.5,
        "shared-networks": [
            {
                "name": "n",
                "subnet4": [
                    {
                        "id": 1,
                        "subnet": "192.0.2.0/24",
                        "reservations": [{"circuit-id": "'port3'", "hostname": "alone"}],
                    },
                    {"id": 2, "subnet": "10.1.0.0/24", "pools": [{"pool": "10.1.0.10-10.1.0.10"}]},
                ],
            }
        ],
    },
)
def cached_name_of_another_subnet(talk: Talk) -> None:
    asked = wants("10.1.0.10")
    Client(talk, 1).say(REQUEST, server_id(), asked, CIRCUIT, giaddr="192.0.2.2", hops=1)
    for _ in range(2):
        Client(talk, 1).say(REQUEST, server_id(), asked)
