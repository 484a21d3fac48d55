"""DHCPRELEASE, DHCPDECLINE and DHCPINFORM."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, asks, network, option, server_id, wants
from tests.differential.talk import Talk
from tests.support.packets import DECLINE, INFORM, RELEASE

ONE = (61, b"\1one")


@case(4, network())
def release(talk: Talk) -> None:
    one, two = Client(talk, 1, ONE), Client(talk, 2)
    one.lease()
    two.lease()
    two.release("192.0.2.10")
    Client(talk, 9, ONE).release("192.0.2.10")
    Client(talk, 1).release("192.0.2.10")
    one.release()
    two.say(RELEASE, server_id("192.0.2.99"), ciaddr="192.0.2.11")
    two.say(RELEASE, ciaddr="192.0.2.11")
    two.say(RELEASE, server_id())
    two.release("192.0.2.199")
    two.release("10.0.0.1")
    Client(talk, 3).discover()
    one.discover()
    one.lease()
    two.renew("192.0.2.11")


@case(4, network())
def release_by_hardware_address_only(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    Client(talk, 1, ONE).release("192.0.2.10")
    one.lease()
    Client(talk, 2).release("192.0.2.10")
    one.release(**RELAY)
    one.lease()


@case(4, network(), "V4-504", "V4-505", "V4-508")
def decline(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2, (61, b"\1two"))
    one.lease()
    two.lease()
    two.decline("192.0.2.10")
    one.say(DECLINE, server_id())
    one.say(DECLINE, server_id("192.0.2.99"), wants("192.0.2.10"))
    one.say(DECLINE, wants("192.0.2.10"))
    one.decline("192.0.2.10")
    two.decline()
    Client(talk, 3).decline("192.0.2.15")
    one.discover()
    two.lease()
    Client(talk, 4).discover(wants("192.0.2.10"))
    Client(talk, 4).select("192.0.2.10")
    one.renew("192.0.2.10")
    one.reboot("192.0.2.10")


@case(
    4,
    network(
        "192.0.2.10-192.0.2.10", decline_probation_period=1, expired_leases_processing={"reclaim-timer-wait-time": 0}
    ),
    "V4-505",
)
def declined_address_after_probation(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    one.decline()
    one.discover()
    talk.wait(2.1)
    Client(talk, 2).lease()


@case(4, network())
def decline_by_client_id_from_another_hardware_address(talk: Talk) -> None:
    Client(talk, 1, ONE).lease()
    Client(talk, 2, ONE).decline("192.0.2.10")
    Client(talk, 3, ONE).lease()
    Client(talk, 3).decline("192.0.2.11")


@case(
    4,
    network(
        option_data=[
            option("routers", "192.0.2.1"),
            option("domain-name-servers", "192.0.2.53"),
            option("domain-name", "example.org"),
            option("ntp-servers", "192.0.2.9"),
        ],
        next_server="192.0.2.7",
        boot_file_name="boot",
        server_hostname="srvname",
        renew_timer=900,
        rebind_timer=1800,
        valid_lifetime=3600,
    ),
    "V4-313",
)
def inform(talk: Talk) -> None:
    one = Client(talk, 1)
    one.inform()
    one.inform("192.0.2.50", asks(42, 51, 58, 59, 1))
    one.inform("192.0.2.50", flags=0x8000)
    one.say(INFORM, around={"source": "192.0.2.50"})
    one.say(INFORM)
    one.say(INFORM, ciaddr="192.0.2.50", **RELAY)
    one.say(INFORM, **RELAY)
    one.say(INFORM, flags=0x8000, **RELAY)
    one.say(INFORM, ciaddr=RELAY["giaddr"], **RELAY)
    one.inform("192.0.2.50", server_id(), wants("192.0.2.50"), ONE, (12, b"foo"))
    one.inform("192.0.2.50", (81, b"\0\0\0name"))
    one.inform("10.99.0.1")
    one.lease()
    one.inform(one.address)
    one.inform("192.0.2.50", (82, b"\1\1a"))


@case(
    4,
    network(
        subnet={
            "reservations": [
                {
                    "hw-address": "02:00:00:01:00:01",
                    "ip-address": "192.0.2.200",
                    "hostname": "resv",
                    "next-server": "192.0.2.8",
                    "option-data": [option("routers", "192.0.2.77")],
                }
            ]
        },
        option_data=[option("routers", "192.0.2.1")],
    ),
)
def inform_of_a_reserved_client(talk: Talk) -> None:
    Client(talk, 1).inform()
    Client(talk, 1).inform("192.0.2.50", (12, b"mine"))
    Client(talk, 2).inform()
