"""DHCPINFORM: who is answered, by which subnet's configuration, and where the answer goes. RFC 2131 section 4.3.5."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, SERVER, Client, asks, network, option
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.namespaces import SERVER_MAC
from tests.support.packets import INFORM

UNICAST: Json = {"destination": SERVER, "destination_mac": SERVER_MAC}


def _subnet(number: int, prefix: str, **rest: object) -> Json:
    return {
        "id": number,
        "subnet": prefix,
        "option-data": [option("log-servers", f"192.0.2.{number}", always_send=True)],
        **rest,
    }


WITHOUT_POOLS: Json = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "option-data": [option("domain-name-servers", "192.0.2.53"), option("ntp-servers", "192.0.2.123")],
    "subnet4": [
        _subnet(1, "192.0.2.0/24"),
        _subnet(2, "10.2.0.0/16"),
        _subnet(3, "10.3.0.0/16", relay={"ip-addresses": ["10.77.0.1"]}),
    ],
}


@case(4, WITHOUT_POOLS, "V4-026", "V4-313", "V4-314", "V4-315", "V4-316")
def stateless_by_every_rule(talk: Talk) -> None:
    one = Client(talk, 1)
    for giaddr in ("192.0.2.2", "10.2.0.1", "10.77.0.1", "10.9.0.1"):
        one.say(INFORM, ciaddr="10.2.0.50", giaddr=giaddr, hops=1)
        one.say(INFORM, giaddr=giaddr, hops=1)
    for ciaddr in ("192.0.2.50", "10.2.0.50", "10.3.0.50", "10.9.0.50"):
        one.say(INFORM, ciaddr=ciaddr, around={"source": ciaddr, **UNICAST})
        one.say(INFORM, ciaddr=ciaddr, around={"source": ciaddr})
        one.say(INFORM, ciaddr=ciaddr, around={"source": "192.0.2.77", **UNICAST})
        one.say(INFORM, ciaddr=ciaddr)
    for source in ("192.0.2.50", "10.2.0.50", "10.3.0.50", "10.9.0.50"):
        one.say(INFORM, around={"source": source, **UNICAST})
        one.say(INFORM, around={"source": source})
    one.say(INFORM)
    one.say(INFORM, asks(42, 6, 7), ciaddr="192.0.2.50")
    one.lease()


@case(4, network(subnet={"subnet": "10.2.0.0/16", "id": 2}, pool=None), "V4-314")
def stateless_without_a_subnet(talk: Talk) -> None:
    one = Client(talk, 1)
    one.inform()
    one.inform("192.0.2.50", **RELAY)
    one.inform("10.2.0.9")
    one.say(INFORM, ciaddr="10.2.0.9", giaddr="10.9.0.1", hops=1)
    one.say(INFORM)


@case(4, network(option_data=[option("ntp-servers", "192.0.2.9")]), "V4-093", "V4-094", "V4-313")
def stateless_answers_go_to_the_client(talk: Talk) -> None:
    """With raw sockets an answer is on its way without ARP: its frame is for the hardware address of the query."""
    for flags in (0, 0x8000):
        one = Client(talk, 1, asks(42), flags=flags)
        one.inform("192.0.2.50")
        one.say(INFORM, ciaddr="192.0.2.50", **RELAY)
        one.say(INFORM, ciaddr="10.7.7.7", **RELAY)
        one.say(INFORM, ciaddr="192.0.2.50", around={"source": "192.0.2.50", "source_mac": b"\2\0\0\0\xaa\xaa"})
        one.say(INFORM, ciaddr="192.0.2.50", around={"source": "192.0.2.50", "source_port": 1068})
