"""Relay agents: giaddr, option 82 and its sub-options, option 118, `relay` of a subnet."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, SERVER, Client, network, wants
from tests.differential.talk import Talk
from tests.support.namespaces import SERVER_MAC
from tests.support.packets import DISCOVER, REQUEST, ip4, tlv4, u16

AGENT = (82, tlv4([(1, b"circuit"), (2, b"remote")]))
NETWORKS = network(authoritative=True)
NETWORKS["subnet4"] += [
    {"id": 2, "subnet": "10.2.0.0/16", "pools": [{"pool": "10.2.0.10-10.2.0.20"}]},
    {
        "id": 3,
        "subnet": "10.30.0.0/16",
        "relay": {"ip-addresses": ["10.4.0.1", "10.4.0.2"]},
        "pools": [{"pool": "10.30.0.10-10.30.0.20"}],
    },
]


@case(4, NETWORKS, "V4-497", "V4-500")
def subnet_by_relay_address(talk: Talk) -> None:
    Client(talk, 1, **RELAY).lease()
    Client(talk, 2, giaddr="10.2.0.1").lease()
    Client(talk, 3, giaddr="10.3.0.1").discover()
    Client(talk, 4, giaddr="10.4.0.1").lease()
    Client(talk, 5, giaddr="10.4.0.2").lease()
    Client(talk, 6, giaddr="10.4.0.3").discover()
    Client(talk, 7, giaddr="10.30.0.1").lease()
    Client(talk, 8, giaddr="255.255.255.255").say(DISCOVER, around={"source": "192.0.2.2"})
    Client(talk, 8, giaddr="127.0.0.1").say(DISCOVER, around={"source": "192.0.2.2"})


@case(4, NETWORKS, "V4-263", "V4-264", "V4-586")
def option_82_comes_back(talk: Talk) -> None:
    one = Client(talk, 1, AGENT, **RELAY)
    one.lease()
    one.say(REQUEST, ciaddr=one.address)
    one.reboot("172.16.3.3")
    one.release()
    Client(talk, 2, AGENT).lease()
    Client(talk, 3, (82, b""), **RELAY).discover()
    Client(talk, 3, (82, b"\1\x09ab"), **RELAY).discover()
    Client(talk, 3, (82, b"\1\0\2\0"), **RELAY).discover()
    Client(talk, 3, (82, bytes((255, 1, 0))), **RELAY).discover()
    Client(talk, 4, (82, tlv4([(1, b"x" * 200)])), (82, tlv4([(2, b"y" * 20)])), **RELAY).discover()
    Client(talk, 5, AGENT, (12, b"after")).discover()


@case(4, NETWORKS, "V4-266", "V4-499", "V4-587")
def link_selection(talk: Talk) -> None:
    Client(talk, 1, (82, tlv4([(1, b"c"), (5, ip4("10.2.0.0"))])), **RELAY).lease()
    Client(talk, 2, (82, tlv4([(5, ip4("172.31.0.0"))])), **RELAY).lease()
    Client(talk, 3, (82, tlv4([(5, ip4("10.2.0.9"))]))).lease()
    Client(talk, 4, (82, tlv4([(5, b"\x0a\2")])), **RELAY).lease()
    Client(talk, 5, (82, tlv4([(5, ip4("0.0.0.0"))])), **RELAY).lease()
    Client(talk, 6, (82, tlv4([(5, ip4("10.2.0.0"))])), giaddr="10.4.0.1").lease()


@case(4, NETWORKS, "V4-244", "V4-499", "V4-585")
def subnet_selection_option(talk: Talk) -> None:
    Client(talk, 1, (118, ip4("10.2.0.0")), **RELAY).lease()
    Client(talk, 2, (118, ip4("10.2.0.0"))).lease()
    Client(talk, 3, (118, ip4("172.16.0.0"))).lease()
    Client(talk, 4, (118, ip4("0.0.0.0"))).lease()
    Client(talk, 5, (118, b"\x0a\2")).lease()
    Client(talk, 6, (118, ip4("10.2.0.0")), (82, tlv4([(5, ip4("192.0.2.0"))])), **RELAY).lease()
    Client(talk, 2, (118, ip4("10.2.0.0"))).reboot("192.0.2.15")


@case(4, NETWORKS, "V4-268", "V4-494", "V4-596")
def server_id_override(talk: Talk) -> None:
    override = (82, tlv4([(11, ip4("203.0.113.9"))]))
    one = Client(talk, 1, override, **RELAY)
    one.discover()
    one.select(server="203.0.113.9")
    one.select()
    one.release()
    Client(talk, 2, **RELAY).select("192.0.2.15", server="203.0.113.9")
    Client(talk, 3, (82, tlv4([(11, b"\1\2")])), **RELAY).discover()


@case(4, NETWORKS, "V4-269", "V4-593")
def relay_source_port(talk: Talk) -> None:
    port = (82, tlv4([(1, b"c"), (19, b"")]))
    one = Client(talk, 1, port, **RELAY)
    around = {"source": "192.0.2.2", "source_port": 1067, "destination": SERVER, "destination_mac": SERVER_MAC}
    one.say(DISCOVER, around=around)
    one.say(DISCOVER)
    Client(talk, 2, (82, tlv4([(1, b"c"), (19, u16(1067))])), **RELAY).say(DISCOVER, around=around)


@case(4, NETWORKS)
def relayed_client_renews_directly(talk: Talk) -> None:
    one = Client(talk, 1, giaddr="10.2.0.1")
    one.lease()
    direct = Client(talk, 1)
    direct.renew(one.address)
    direct.rebind(one.address)
    direct.reboot(one.address)
    direct.discover()
    direct.release(one.address)


@case(4, NETWORKS)
def relay_in_the_servers_own_network(talk: Talk) -> None:
    client = Client(talk, 1, giaddr="192.0.2.77", hops=3)
    client.lease()
    client.discover(around={"source": "192.0.2.99", "source_port": 67, "destination": "255.255.255.255"})
    client.discover(wants("192.0.2.18"), flags=0x8000)


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": [
            {"name": "modems", "test": "option[60].text == 'docsis3.0'"},
            {"name": "rest", "test": "not member('modems')"},
        ],
        "subnet4": [
            {
                "id": 1,
                "subnet": "10.1.0.0/16",
                "relay": {"ip-addresses": ["10.9.0.1"]},
                "client-class": "modems",
                "pools": [{"pool": "10.1.0.10-10.1.0.20"}],
            },
            {
                "id": 2,
                "subnet": "10.2.0.0/16",
                "relay": {"ip-addresses": ["10.9.0.1"]},
                "client-class": "rest",
                "pools": [{"pool": "10.2.0.10-10.2.0.20"}],
            },
        ],
    },
    "V4-503",
)
def modems_and_the_rest_behind_one_relay(talk: Talk) -> None:
    Client(talk, 1, (60, b"docsis3.0"), giaddr="10.9.0.1").lease()
    Client(talk, 2, (60, b"other"), giaddr="10.9.0.1").lease()
    Client(talk, 3, giaddr="10.9.0.1").lease()
    Client(talk, 3, (60, b"docsis3.0"), giaddr="10.9.0.1").lease()


@case(4, network(store_extended_info=True), "V4-D23")
def extended_info_is_stored(talk: Talk) -> None:
    one = Client(talk, 1, AGENT, **RELAY)
    one.lease()
    Client(talk, 1).renew(one.address)
    Client(talk, 2, AGENT).lease()
    Client(talk, 3).lease()


@case(4, network(store_extended_info=True, subnet={"valid-lifetime": 7200}), "V4-D23")
def extended_info_of_a_broken_option(talk: Talk) -> None:
    one = Client(talk, 1, **RELAY)
    one.lease()
    for body in (b"\1\3abc", b"", b"\1\3abc", b"\1", b"\1\3abc", b"\1\5abc", b"\1\0", b"\5\2ab", b"\x98\0", b"\0\1x"):
        one.say(REQUEST, (82, body), ciaddr=one.address)
    one.say(REQUEST, ciaddr=one.address)


@case(4, network(store_extended_info=True), "V4-D23")
def extended_info_is_in_order(talk: Talk) -> None:
    one = Client(talk, 1, **RELAY)
    one.lease()
    for body in (b"\2\2xy\1\3abc", b"\1\3abc\1\2de", b"\1\3abc\2\5x", b"\1\3abc\2", b"\0\1\3abc", b"\1\3abc\xff"):
        one.say(REQUEST, (82, body), ciaddr=one.address)


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet4": [
            {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.19"}]},
            {"id": 2, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.0.10-10.1.0.19"}]},
            {"id": 3, "interface": "srv0", "subnet": "172.30.0.0/16", "pools": [{"pool": "172.30.0.10-172.30.0.19"}]},
        ],
    },
    "V4-496",
    "V4-498",
)
def subnet_by_interface_and_ciaddr(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 1).renew("172.30.0.10")
    Client(talk, 2).renew("10.1.0.12")
    Client(talk, 3).discover(around={"source": "10.1.0.13"})
    Client(talk, 4).discover(ciaddr="10.1.0.14")
    Client(talk, 5, **RELAY).lease()
