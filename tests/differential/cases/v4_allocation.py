"""Which address a DHCPv4 client is offered, from an empty pool to an exhausted one."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import Client, network, wants
from tests.differential.talk import Talk

TWO_POOLS = network(None, {"pools": [{"pool": "192.0.2.20-192.0.2.21"}, {"pool": "192.0.2.10-192.0.2.11"}]})
SHARED = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "shared-networks": [
        {
            "name": "floor",
            "subnet4": [
                {"id": 2, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.10"}]},
                {"id": 1, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.0.10-10.1.0.11"}]},
            ],
        }
    ],
}


@case(4, network(), "V4-100", "V4-230", "V4-233")
def first_lease_and_again(talk: Talk) -> None:
    one = Client(talk)
    one.lease()
    one.discover()
    one.lease()


@case(4, network())
def offers_reserve_nothing(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.discover()
    one.discover()
    two.discover()
    one.select("192.0.2.10")
    two.select("192.0.2.11")
    two.discover()


@case(4, network())
def hints(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).discover(wants("192.0.2.17"))
    Client(talk, 2).discover(wants("192.0.2.10"))
    Client(talk, 2).discover(wants("192.0.2.200"))
    Client(talk, 2).discover(wants("10.9.9.9"))
    Client(talk, 2).discover(wants("0.0.0.0"))
    Client(talk, 2).discover(wants("255.255.255.255"))
    Client(talk, 1).discover(wants("192.0.2.15"))
    Client(talk, 2).lease(wants("192.0.2.19"))
    Client(talk, 3).lease()


@case(4, TWO_POOLS, "V4-100", "V4-123")
def pools_in_order_of_address(talk: Talk) -> None:
    for number in range(1, 6):
        Client(talk, number).lease()


@case(4, network("192.0.2.10-192.0.2.11"))
def exhausted_pool(talk: Talk) -> None:
    clients = [Client(talk, number) for number in range(1, 4)]
    for client in clients:
        client.lease()
    clients[2].select("192.0.2.10")
    clients[2].reboot("192.0.2.10")
    clients[0].release()
    clients[2].lease()
    clients[0].lease()


@case(4, network("192.0.2.0/30"), "V4-103")
def prefix_pool_gives_network_and_last_address(talk: Talk) -> None:
    for number in range(1, 6):
        Client(talk, number).lease()


@case(4, network(None))
def no_pool(talk: Talk) -> None:
    client = Client(talk)
    client.lease()
    client.select("192.0.2.10")
    client.reboot("192.0.2.10")
    client.inform()


@case(4, network("172.20.0.10-172.20.0.20", {"subnet": "172.20.0.0/16"}), "V4-495")
def no_subnet_matches(talk: Talk) -> None:
    client = Client(talk)
    client.discover()
    client.select("172.20.0.10")
    client.reboot("172.20.0.10")
    client.renew("192.0.2.10")
    client.inform()
    client.release("192.0.2.10")
    client.decline("192.0.2.10")


@case(4, SHARED, "V4-478", "V4-502")
def shared_network_spills_over(talk: Talk) -> None:
    for number in range(1, 5):
        Client(talk, number).lease()


@case(4, SHARED, "V4-479")
def shared_network_hint_in_the_other_subnet(talk: Talk) -> None:
    one = Client(talk)
    one.lease(wants("10.1.0.11"))
    one.renew()
    one.lease()
    two = Client(talk, 2)
    two.lease()
    two.reboot("10.1.0.10")
    two.renew()
    two.release()
    three = Client(talk, 3)
    three.lease()


@case(4, SHARED)
def shared_network_client_moves(talk: Talk) -> None:
    one = Client(talk)
    one.lease()
    one.select("10.1.0.10")
    one.renew("10.1.0.10")
    one.discover()
    one.reboot("192.0.2.10")


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "shared-networks": [
            {
                "name": "floor",
                "interface": "srv0",
                "valid-lifetime": 600,
                "option-data": [{"name": "log-servers", "data": "1.2.3.4", "always-send": True}],
                "subnet4": [
                    {"id": 2, "subnet": "10.20.0.0/16", "pools": [{"pool": "10.20.0.10-10.20.0.10"}]},
                    {
                        "id": 1,
                        "subnet": "10.10.0.0/16",
                        "valid-lifetime": 1200,
                        "option-data": [{"name": "log-servers", "data": "10.10.0.254"}],
                        "pools": [{"pool": "10.10.0.10-10.10.0.11"}],
                    },
                ],
            }
        ],
    },
    "V4-481",
    "V4-482",
    "V4-483",
)
def shared_network_by_interface(talk: Talk) -> None:
    for number in range(1, 5):
        Client(talk, number).lease()
    Client(talk, 3).renew("10.20.0.10")


@case(
    4,
    network(
        None,
        {"pools": [{"pool": "192.0.2.10-192.0.2.11", "client-class": "a"}, {"pool": "192.0.2.20-192.0.2.21"}]},
        client_classes=[{"name": "a", "test": "option[60].text == 'a'"}],
    ),
)
def pool_for_a_class(talk: Talk) -> None:
    guest = Client(talk, 1)
    guest.lease()
    guest.select("192.0.2.10")
    guest.discover(wants("192.0.2.11"))
    for number in range(2, 6):
        Client(talk, number, (60, b"a")).lease()
    Client(talk, 7).lease()


@case(
    4,
    network(
        "192.0.2.10-192.0.2.19",
        {"client-class": "a"},
        client_classes=[{"name": "a", "test": "option[60].text == 'a'"}],
    ),
    "V4-501",
)
def subnet_for_a_class(talk: Talk) -> None:
    stranger = Client(talk, 1)
    stranger.discover()
    stranger.select("192.0.2.10")
    member = Client(talk, 2, (60, b"a"))
    member.lease()
    member.renew()
    member.options = ()
    member.renew()
    member.discover()


@case(
    4,
    network(
        "192.0.2.10-192.0.2.10",
        valid_lifetime=1,
        expired_leases_processing={"reclaim-timer-wait-time": 0},
    ),
)
def expired_lease_goes_to_another_client(talk: Talk) -> None:
    one, two = Client(talk, 1, (12, b"h1")), Client(talk, 2, (61, b"\1two"))
    one.lease()
    two.discover()
    talk.wait(2.1)
    two.lease()
    one.discover()
    talk.wait(2.1)
    two.discover()
    two.lease()
    talk.wait(2.1)
    one.reboot("192.0.2.10")
    two.renew()
    talk.wait(2.1)
    one.renew("192.0.2.10")


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet4": [
            {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.12"}]},
            {"id": 2, "subnet": "192.0.0.0/16", "pools": [{"pool": "192.0.2.10-192.0.2.12"}]},
        ],
    },
    "V4-104",
    "V4-106",
)
def overlapping_subnets(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, giaddr="192.0.3.1").lease()
    Client(talk, 1, giaddr="192.0.3.1").lease()
    Client(talk, 3).lease()
