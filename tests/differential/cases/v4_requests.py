"""DHCPREQUEST in its four states, and when it is refused. RFC 2131 section 4.3.2."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, SERVER, Client, network, server_id, wants
from tests.differential.talk import Talk
from tests.support.namespaces import SERVER_MAC
from tests.support.packets import REQUEST


def states(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    one.reboot()
    one.reboot("192.0.2.11")
    two = Client(talk, 2)
    two.reboot("192.0.2.10")
    three = Client(talk, 3)
    three.reboot("192.0.2.15")
    three.reboot("192.0.2.155")
    three.reboot("10.7.7.7")
    three.select("192.0.2.15")
    three.select("192.0.2.16")
    four = Client(talk, 4)
    four.select("192.0.2.10")
    four.select("192.0.2.155")
    four.select("10.7.7.7")
    four.say(REQUEST, server_id())
    one.renew()
    one.rebind()
    two.renew("192.0.2.10")
    two.rebind("192.0.2.10")
    six = Client(talk, 6)
    six.renew("192.0.2.18")
    six.renew("192.0.2.188")
    six.rebind("192.0.2.17")
    one.renew("192.0.2.12")
    one.rebind("192.0.2.10", wants("192.0.2.10"))
    one.rebind("192.0.2.10", server_id())
    Client(talk, 7).say(REQUEST)
    Client(talk, 8).renew("10.50.0.1")


case(4, network(), "V4-402", "V4-597", variant="plain")(states)
case(4, network(authoritative=True), "V4-403", variant="authoritative")(states)
case(4, network(subnet={"authoritative": True}), "V4-403", variant="authoritative-subnet")(states)


def nak_destinations(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    for flags in (0, 0x8000):
        one.reboot("192.0.2.77", flags=flags)
        one.reboot("192.0.2.77", flags=flags, **RELAY)
        Client(talk, 2).renew("192.0.2.10", flags=flags)
        Client(talk, 2).rebind("192.0.2.10", flags=flags)
        Client(talk, 2, **RELAY).say(REQUEST, flags=flags, ciaddr="192.0.2.10")
        one.reboot("172.16.0.1", (61, b"\1other"), (82, b"\1\1a"), flags=flags)


case(4, network(), variant="plain")(nak_destinations)
case(4, network(authoritative=True), variant="authoritative")(nak_destinations)


@case(4, network())
def answers_go_where_rfc_2131_says(talk: Talk) -> None:
    for number, flags in ((1, 0), (2, 0x8000)):
        client = Client(talk, number, flags=flags)
        client.lease()
        client.renew()
        client.rebind()
        client.discover(ciaddr=client.address)
        client.discover(**RELAY)
        client.discover(around={"source": "192.0.2.2", "source_port": 67}, **RELAY)
        client.discover(around={"source_port": 1067}, **RELAY)
        client.discover(around={"source_port": 1068})
        client.discover(around={"destination": SERVER, "destination_mac": SERVER_MAC})
        client.discover(around={"source_mac": b"\2\0\0\0\xaa\xaa"})
        client.reboot("10.1.1.1", around={"source_mac": b"\2\0\0\0\xaa\xaa"})
        client.discover(around={"source": "192.0.2.99"})
        client.discover(secs=1234, hops=9)


@case(4, network(), "V4-493")
def server_identifier_decides_who_answers(talk: Talk) -> None:
    one = Client(talk, 1)
    one.discover()
    one.select(server="192.0.2.99")
    one.select(server="0.0.0.0")
    one.select(server="255.255.255.255")
    one.discover(server_id())
    one.discover(server_id("192.0.2.99"))
    one.select()
    one.release(None)
    one.select()
    one.renew(None, server_id("192.0.2.99"))
    one.reboot(None, server_id("192.0.2.99"))
    one.inform("192.0.2.50", server_id("192.0.2.99"))
    for twice in ((SERVER, SERVER), (SERVER, "192.0.2.99"), ("192.0.2.99", SERVER), ("0.0.0.0", SERVER)):
        one.say(REQUEST, wants(one.address), *map(server_id, twice))


@case(
    4,
    network(option_data=[{"name": "dhcp-server-identifier", "data": "192.0.2.250"}]),
    "V4-492",
)
def configured_server_identifier(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    two = Client(talk, 2)
    two.select("192.0.2.15", server=SERVER)
    two.select("192.0.2.15", server="192.0.2.251")
    two.reboot("10.0.0.1")
    one.release()


@case(
    4,
    network(
        subnet={"option-data": [{"name": "dhcp-server-identifier", "data": "192.0.2.251"}]},
        option_data=[{"name": "dhcp-server-identifier", "data": "192.0.2.250"}],
        client_classes=[
            {
                "name": "a",
                "test": "option[60].text == 'a'",
                "option-data": [{"name": "dhcp-server-identifier", "data": "192.0.2.252"}],
            }
        ],
    ),
    "V4-492",
)
def server_identifier_by_scope(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, (60, b"a")).lease()
    Client(talk, 3, (60, b"a")).select("192.0.2.15", server="192.0.2.252")
    Client(talk, 3).select("192.0.2.15", server="192.0.2.252")
    Client(talk, 4, **RELAY).select("192.0.2.16", server="192.0.2.250")


@case(4, network(), "V4-496")
def unicast_renewal_from_elsewhere(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    one.say(
        REQUEST,
        ciaddr="192.0.2.10",
        around={"source": "172.16.0.9", "destination": SERVER, "destination_mac": SERVER_MAC},
    )
    one.say(
        REQUEST,
        ciaddr="192.0.2.10",
        around={"source": "192.0.2.10", "destination": "192.0.2.77", "destination_mac": SERVER_MAC},
    )
    one.say(REQUEST, ciaddr="192.0.2.10", around={"source": "192.0.2.10", "destination": "192.0.2.255"})


@case(4, network())
def repeated_requests_give_one_lease(talk: Talk) -> None:
    one = Client(talk, 1)
    one.discover()
    for _ in range(3):
        one.select()
    one.discover()
