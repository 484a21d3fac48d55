"""Subnets and pools: their numbers and forms, what overlaps, how many there may be."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import Client, asks, network, option, wants
from tests.differential.talk import Talk
from tests.support.kea import Json

FOUR: Json = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "subnet4": [
        {"subnet": f"10.{number}.0.0/16", "pools": [{"pool": f"10.{number}.0.10-10.{number}.0.20"}]}
        for number in range(1, 5)
    ],
}


@case(4, FOUR, "V4-095", "V4-097")
def automatic_numbers_follow_the_order(talk: Talk) -> None:
    for number in range(1, 5):
        Client(talk, number, giaddr=f"10.{number}.0.1", hops=1).lease()
    fewer = {**FOUR, "subnet4": [FOUR["subnet4"][0], FOUR["subnet4"][1], FOUR["subnet4"][3]]}
    assert talk.server.reconfigure(fewer)["result"] == 0
    fourth = Client(talk, 4, giaddr="10.4.0.1", hops=1)
    fourth.lease()
    fourth.reboot("10.4.0.10")
    Client(talk, 9, giaddr="10.4.0.1", hops=1).lease()


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet4": [
            {"subnet": "10.1.0.0/16", "id": 700, "pools": [{"pool": "10.1.0.10-10.1.0.20"}]},
            {"subnet": "10.2.0.0/16", "id": 4294967294, "pools": [{"pool": "10.2.0.10-10.2.0.20"}]},
            {"subnet": "10.3.0.0/16", "id": 0, "pools": [{"pool": "10.3.0.10-10.3.0.20"}]},
            {"subnet": "10.4.0.0/16", "pools": [{"pool": "10.4.0.10-10.4.0.20"}]},
        ],
    },
    "V4-095",
    "V4-096",
)
def numbers_given_stay(talk: Talk) -> None:
    for number in range(1, 5):
        Client(talk, number, giaddr=f"10.{number}.0.1", hops=1).lease()


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet4": [
            {"id": 1, "subnet": "192.0.2.1/24", "pools": [{"pool": "192.0.2.10 - 192.0.2.11"}]},
            {"id": 2, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.20-192.0.2.21"}]},
            {"id": 3, "subnet": "10.3.7.7/16", "pools": [{"pool": " 10.3.0.16 / 30 "}, {"pool": "10.3.0.9-10.3.0.9"}]},
        ],
    },
    "V4-099",
    "V4-100",
    "V4-101",
    "V4-103",
)
def prefixes_and_pools_in_all_their_forms(talk: Talk) -> None:
    for number in range(1, 5):
        Client(talk, number).lease()
    for number in range(11, 18):
        Client(talk, number, giaddr="10.3.0.1", hops=1).lease()


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet4": [
            {
                "id": 1 + number,
                "subnet": f"10.{number}.0.0/16",
                "pools": [{"pool": f"10.{number}.{pool}.10-10.{number}.{pool}.10"} for pool in range(40)],
            }
            for number in range(50)
        ],
    },
    "V4-027",
    "V4-102",
)
def many_subnets_and_pools(talk: Talk) -> None:
    for number in (0, 7, 31, 49):
        for client in range(45):
            Client(talk, 100 * number + client, giaddr=f"10.{number}.0.1", hops=1).lease()
        Client(talk, 100 * number + 99, giaddr=f"10.{number}.0.1", hops=1).discover(wants(f"10.{number}.39.10"))


@case(
    4,
    network(
        None,
        {
            "pools": [
                {
                    "pool": "192.0.2.10-192.0.2.11",
                    "client-class": "a",
                    "require-client-classes": ["needed"],
                    "option-data": [option("ntp-servers", "192.0.2.1", always_send=True)],
                    "comment": "for a",
                    "user-context": {"floor": 1},
                },
                {"pool": "192.0.2.20-192.0.2.29", "user-context": {"comment": "for all"}},
            ]
        },
        client_classes=[
            {"name": "a", "test": "option[60].text == 'a'"},
            {
                "name": "needed",
                "test": "member('ALL')",
                "only-if-required": True,
                "option-data": [option("log-servers", "192.0.2.7", always_send=True)],
            },
        ],
    ),
    "V4-108",
)
def pools_with_everything_in_them(talk: Talk) -> None:
    Client(talk, 1, (60, b"a")).lease()
    Client(talk, 2).lease(asks(7, 42))
    Client(talk, 3, (60, b"a")).lease()
    Client(talk, 4, (60, b"a")).lease()
    Client(talk, 2).discover(wants("192.0.2.10"))


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet4": [
            {"pools": [{"pool": "192.0.2.10-192.0.2.11"}], "valid-lifetime": 700, "subnet": "192.0.2.0/24", "id": 5},
            {"id": 3, "subnet": "10.1.0.0/24", "valid-lifetime": 800, "pools": [{"pool": "10.1.0.0/30"}]},
        ],
        "valid-lifetime": 900,
    },
    "V4-020",
    "V4-027",
)
def keywords_in_any_order(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, giaddr="10.1.0.7", hops=1).lease()


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet4": [
            {
                "id": 1,
                "subnet": "192.0.2.0/24",
                "pools": [
                    {"pool": each} for each in ("192.0.2.10-192.0.2.11", "192.0.2.254-192.0.2.255", "192.0.2.8/31")
                ],
            }
        ],
    },
)
def the_end_of_the_subnet(talk: Talk) -> None:
    for number in range(1, 8):
        Client(talk, number).lease()
