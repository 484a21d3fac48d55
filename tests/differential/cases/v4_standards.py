"""What the manual says of RFCs: which are followed, and where the servers leave them. ARM dhcp4-std, dhcp4-limit."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, asks, network, option, wants
from tests.differential.talk import Talk
from tests.support.packets import DECLINE, DISCOVER, RELEASE, REQUEST, ip4, query4, tlv4

LINK_OPTIONS = [
    option("routers", "192.0.2.1"),
    option("domain-name-servers", "192.0.2.53"),
    option("domain-name", "example.org"),
]


@case(4, network(option_data=LINK_OPTIONS, authoritative=True), "V4-583", "V4-584", "V4-D03", "V4-D04", "V4-D05")
def every_message_of_rfc_2131(talk: Talk) -> None:
    one = Client(talk, 1, asks(1, 3, 6, 15, 51, 53, 54))
    one.lease()
    one.renew()
    one.rebind()
    one.reboot()
    one.reboot("192.0.2.99")
    one.inform()
    one.decline()
    one.lease()
    one.release()
    for kind in (0, 2, 5, 6, 9, 10, 13, 255):
        one.say(kind)


@case(4, network(option_data=LINK_OPTIONS), "V4-584")
def pad_and_end(talk: Talk) -> None:
    """Option 0 is a single octet wherever it stands; nothing after option 255 counts."""
    query = query4(DISCOVER, 1, asks(3)).pack()
    cookie, body = query[:240], query[240:].rstrip(b"\0")
    assert body.endswith(b"\xff")
    listing = bytes((55, 1, 3))
    for label, options in {
        "pads first": b"\0" * 7 + body,
        "pads between": body.replace(listing, b"\0\0" + listing + b"\0"),
        "pads last": body[:-1] + b"\0\0\0\xff\0\0",
        "no end": body[:-1],
        "end first": b"\xff" + body,
        "end between": body.replace(listing, b"\xff" + listing),
        "more after the end": body + bytes((55, 1, 6)),
    }.items():
        talk.raw(cookie + options, label)


@case(4, network(option_data=[option("v4-captive-portal", "https://portal.example.org/api")]), "V4-594")
def captive_portal(talk: Talk) -> None:
    Client(talk, 1, asks(114)).lease()
    Client(talk, 2).lease()


SUBSCRIBER = (82, tlv4([(1, b"port"), (2, b"box"), (6, b"subscriber")]))


@case(
    4,
    network(
        client_classes=[
            {
                "name": "subscribed",
                "test": "relay4[6].hex == 'subscriber'",
                "option-data": [option("routers", "192.0.2.1", always_send=True)],
            }
        ]
    ),
    "V4-586",
    "V4-589",
)
def subscriber_of_a_relay(talk: Talk) -> None:
    one = Client(talk, 1, SUBSCRIBER, **RELAY)
    one.lease()
    one.inform("192.0.2.50")
    one.release()
    Client(talk, 2, (82, tlv4([(6, b"other")])), **RELAY).lease()


@case(4, network(), "V4-596")
def server_identifier_of_a_relay_is_not_remembered(talk: Talk) -> None:
    """A client that renews past the relay hears of the server itself again."""
    one = Client(talk, 1, (82, tlv4([(1, b"port"), (11, ip4("192.0.2.2"))])), **RELAY)
    one.lease()
    Client(talk, 1).renew(one.address)
    Client(talk, 1).rebind(one.address)


@case(4, network(), "V4-597", "V4-598")
def messages_without_what_rfc_2131_demands(talk: Talk) -> None:
    """Neither address nor server in DHCPREQUEST; no server in DHCPDECLINE and DHCPRELEASE."""
    Client(talk, 1).say(REQUEST)
    two = Client(talk, 2)
    two.lease()
    two.say(RELEASE, ciaddr=two.address)
    three = Client(talk, 3)
    three.lease()
    three.say(DECLINE, wants(three.address))
    three.say(DECLINE)
    three.say(RELEASE)
