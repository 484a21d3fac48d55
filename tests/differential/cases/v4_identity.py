"""Who a DHCPv4 client is: hardware address, client identifier, and the odd lengths of both."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import Client, network
from tests.differential.talk import Talk
from tests.support.packets import DISCOVER, REQUEST

NAME = (61, b"\1abcdef")
OTHER = (61, b"\1zzz")


def client_id_and_hardware_address(talk: Talk) -> None:
    Client(talk, 1, NAME).lease()
    Client(talk, 9, NAME).lease()
    Client(talk, 1, OTHER).lease()
    Client(talk, 1).discover()
    Client(talk, 1).lease()
    Client(talk, 9).lease()
    Client(talk, 9, NAME).renew("192.0.2.10")
    Client(talk, 1, OTHER).renew("192.0.2.10")
    Client(talk, 1).renew("192.0.2.10")
    Client(talk, 1, NAME).reboot("192.0.2.10")
    Client(talk, 5, NAME).reboot("192.0.2.11")


case(4, network(), "V4-395", "V4-396", "V4-397", variant="matched")(client_id_and_hardware_address)
case(4, network(match_client_id=False), "V4-398", variant="ignored")(client_id_and_hardware_address)
case(4, network(subnet={"match-client-id": False}), "V4-398", variant="ignored-in-subnet")(
    client_id_and_hardware_address
)
case(4, network(echo_client_id=False), "V4-393", "V4-592", variant="not-echoed")(client_id_and_hardware_address)


@case(4, network(), "V4-238")
def client_id_lengths(talk: Talk) -> None:
    for number, length in enumerate((0, 1, 2, 3, 127, 253, 254, 255), 1):
        Client(talk, number, (61, b"\7" * length)).discover()
    Client(talk, 20, (61, b"\xff" + b"\0\0\0\1" + b"\0\3\0\1abcdef")).lease()


def hardware_address_lengths(talk: Talk) -> None:
    whole = bytes(range(1, 17))
    for length in (0, 1, 5, 6, 7, 8, 15, 16, 21, 32, 255):
        Client(talk, 1, hlen=length, chaddr=whole).discover()
    for length in (0, 6, 16):
        Client(talk, 1, (61, b"\1cid%d" % length), hlen=length, chaddr=whole).lease()
    Client(talk, 1, chaddr=bytes(6)).lease()
    Client(talk, 1, chaddr=b"\xff" * 6).lease()


case(4, network("192.0.2.10-192.0.2.60"))(hardware_address_lengths)
case(4, network("192.0.2.10-192.0.2.60", match_client_id=False), "V4-398", variant="ignored")(hardware_address_lengths)


@case(4, network("192.0.2.10-192.0.2.60"))
def hardware_address_too_long(talk: Talk) -> None:
    for length in (17, 18, 19, 20):
        Client(talk, 1, hlen=length, chaddr=bytes(range(1, 17))).lease()


@case(4, network())
def hardware_types(talk: Talk) -> None:
    for number, kind in enumerate((0, 1, 6, 7, 32, 255), 1):
        Client(talk, number, htype=kind).lease()
    Client(talk, 1, htype=6).lease()
    Client(talk, 1).lease()
    Client(talk, 8, htype=32, chaddr=b"").discover()
    Client(talk, 8, (61, b"\xff" + b"x" * 18), htype=32, chaddr=b"").lease()


@case(4, network())
def two_clients_one_hardware_address(talk: Talk) -> None:
    Client(talk, 1, (61, b"\1a")).lease()
    Client(talk, 1, (61, b"\1b")).lease()
    Client(talk, 1).lease()
    Client(talk, 1, (61, b"\1a")).lease()
    Client(talk, 1, (61, b"\1b")).release("192.0.2.10")
    Client(talk, 1, (61, b"\1b")).release("192.0.2.11")
    Client(talk, 1).say(REQUEST)


@case(4, network())
def secs_and_hops(talk: Talk) -> None:
    Client(talk, 1, secs=65535, hops=16).lease()
    Client(talk, 2, secs=256, hops=255).lease()
    Client(talk, 3).say(DISCOVER, xid=0xFFFFFFFF)
    Client(talk, 3).say(DISCOVER, xid=0)
    Client(talk, 3).say(DISCOVER, flags=0x7FFF)
    Client(talk, 3).say(DISCOVER, flags=0xFFFF)
