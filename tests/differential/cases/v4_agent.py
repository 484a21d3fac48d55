"""Option 82 with all of its sub-options in play: who may select, who may be identified, what classification sees."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, SERVER, Client, asks, network, option, wants
from tests.differential.talk import Talk
from tests.support.namespaces import SERVER_MAC
from tests.support.packets import DISCOVER, REQUEST, Option, ip4, tlv4

SUB_OPTIONS: dict[int, bytes] = {
    1: b"circuit",
    2: b"remote",
    4: b"\1\2\3\4",
    5: ip4("10.2.0.0"),
    6: b"subscriber",
    7: b"\x01\x02radius",
    8: b"\1auth",
    9: b"\0\0\x11\x8b\5\1\3abc",
    10: b"\x80",
    11: ip4("203.0.113.9"),
    12: b"relayid",
    13: b"tech",
    14: b"tid",
    15: b"point",
    16: b"name",
    19: b"",
    150: ip4("10.2.0.0"),
    151: b"\0vpn",
    152: b"",
    200: b"other",
    255: b"last",
}
"""One value for every sub-option there is a specification of, and two there is none of."""

_CODES = tuple(SUB_OPTIONS)


def agent(*codes: int) -> Option:
    """Return option 82 with these sub-options."""
    return 82, tlv4([(code, SUB_OPTIONS[code]) for code in codes])


_SEEN = [
    {
        "name": f"c{code}",
        "test": f"relay4[{code}].exists and relay4[{code}].hex == 0x{SUB_OPTIONS[code].hex()}"
        if SUB_OPTIONS[code]
        else f"relay4[{code}].exists",
        "option-data": [
            {"code": 224 + place, "csv-format": False, "data": f"{code:02x}", "always-send": True},
        ],
    }
    for place, code in enumerate(_CODES)
]
NETWORKS = network(client_classes=_SEEN, host_reservation_identifiers=["circuit-id"])
NETWORKS["subnet4"][0]["reservations"] = [{"circuit-id": "'circuit'", "ip-address": "192.0.2.50"}]
NETWORKS["subnet4"].append(
    {
        "id": 2,
        "subnet": "10.2.0.0/16",
        "pools": [{"pool": "10.2.0.10-10.2.0.30"}],
        "reservations": [{"circuit-id": "'circuit'", "ip-address": "10.2.0.77", "hostname": "reserved"}],
    }
)


@case(4, NETWORKS, "V4-265", "V4-267", "V4-270")
def classes_see_every_sub_option(talk: Talk) -> None:
    for number, code in enumerate(_CODES, 1):
        Client(talk, number, agent(code), **RELAY).discover()
    Client(talk, 40, agent(2, 6), **RELAY).lease()
    Client(talk, 41, (82, tlv4([(2, b"remote"), (2, b"again")])), **RELAY).discover()
    Client(talk, 42, agent(2)).discover()


@case(4, NETWORKS, "V4-264", "V4-266", "V4-268", "V4-269", "V4-270")
def all_sub_options_at_once(talk: Talk) -> None:
    around = {"source": "192.0.2.2", "source_port": 1067, "destination": SERVER, "destination_mac": SERVER_MAC}
    one = Client(talk, 1, agent(*_CODES), **RELAY)
    one.say(DISCOVER, around=around)
    one.say(REQUEST, (54, ip4("203.0.113.9")), wants("10.2.0.77"), around=around)
    one.say(REQUEST, (54, ip4(SERVER)), wants("10.2.0.77"), around=around)
    one.say(REQUEST, ciaddr="10.2.0.77", around=around)
    two = Client(talk, 2, agent(*(code for code in _CODES if code not in (1, 19))), **RELAY)
    two.lease()
    two.say(REQUEST, wants("172.16.0.1"))
    Client(talk, 3, agent(*(code for code in _CODES if code not in (5, 11, 19))), **RELAY).lease()
    Client(talk, 4, agent(*_CODES)).lease()
    Client(talk, 5, agent(5, 11, 150, 151, 152)).lease()


@case(
    4,
    network(
        option_def=[{"name": "mine", "code": 1, "type": "uint8", "space": "dhcp-agent-options-space2"}],
        option_data=[
            {"code": 82, "data": "", "always-send": True},
            option("circuit-id", "ab", space="dhcp-agent-options-space", csv_format=False)
            | {"name": "circuit-id2", "code": 1},
        ],
    ),
    "V4-263",
    "V4-240",
)
def option_82_of_a_configuration(talk: Talk) -> None:
    Client(talk, 1).lease(asks(82))
    Client(talk, 2, agent(1, 2), **RELAY).lease(asks(82))
    Client(talk, 2, agent(1, 2), **RELAY).lease()
