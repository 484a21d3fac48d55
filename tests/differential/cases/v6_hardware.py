"""Where the hardware address of a DHCPv6 client comes from: every source, at every relay, in right and wrong forms."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, NET, SERVER_ID, Client, network
from tests.differential.talk import Talk
from tests.support.packets import REQUEST6, Dhcp6, Option, Relay6, duid, ia_na, iaaddr, relayed6, tlv6, u16, u32

WIDE = "2001:db8:1::1-2001:db8:1::ff"
SOURCES = (
    *("raw", "duid", "ipv6-link-local", "client-link-addr-option", "remote-id", "subscriber-id", "docsis-cmts"),
    "docsis-modem",
)
EN = b"\0\2\0\0\0\x09abc"


def _mac(number: int, length: int = 6) -> bytes:
    return b"\x02" + bytes((number,)) * (length - 1)


def _link(number: int, length: int = 6, kind: int = 1) -> Option:
    return 79, u16(kind) + _mac(number, length)


def _remote(number: int, length: int = 6) -> Option:
    return 37, u32(9) + _mac(number, length)


def _cmts(number: int, length: int = 6, enterprise: int = 4491) -> Option:
    return 17, u32(enterprise) + tlv6([(1026, _mac(number, length))])


def _modem(number: int, length: int = 6, enterprise: int = 4491) -> Option:
    return 17, u32(enterprise) + tlv6([(36, _mac(number, length))])


def everything_that_could_be_one(talk: Talk) -> None:
    place = 0

    def say(label: str, identity: bytes, *options: Option, relays: tuple[tuple[str, tuple[Option, ...]], ...]) -> None:
        """Request an address through *relays*, (peer, options) of each, the nearest to the client first."""
        nonlocal place
        place += 1
        # Each in an IA and for an address of its own: a row in the lease file, whatever became of the ones before.
        wish = ia_na(place, iaaddr(f"{NET}{place:x}"))
        message: Dhcp6 | Relay6 = Dhcp6(REQUEST6, place, [(1, identity), SERVER_ID, wish, *options])
        for hops, (peer, extra) in enumerate(relays):
            message = relayed6(message, NET + "2" if hops == 0 else "::", peer, *extra, hops=hops)
        around: dict[str, object] = {"source_port": 547} if relays else {}
        talk.ask6(message, label, **around)

    def near(*options: Option) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        return (("fe80::1", options),)

    for label, identity in (
        ("DUID-LL", duid(1)),
        ("DUID-LLT", b"\0\1\0\1\1\2\3\4" + _mac(2)),
        ("DUID-LLT of another hardware", b"\0\1\0\x20\1\2\3\4" + _mac(3, 20)),
        ("DUID-LL of eight octets", b"\0\3\0\x1b" + _mac(4, 8)),
        ("DUID-EN", EN),
        ("DUID-UUID", b"\0\4" + bytes(range(16))),
        ("DUID-LL without address", b"\0\3\0\1"),
        ("DUID-LLT without address", b"\0\1\0\1\1\2\3\4"),
        ("DUID-LLT cut", b"\0\1\0\1\1"),
        ("DUID of type 9", b"\0\x09" + _mac(5)),
    ):
        say(label, identity, relays=())
    for label, peer in (
        ("EUI-64", "fe80::11:22ff:fe33:4455"),
        ("the other bit", "fe80::211:22ff:fe33:4455"),
        ("a group", "fe80::311:22ff:fe33:4455"),
        ("no fffe", "fe80::211:2233:4455:6677"),
        ("a global address", "2001:db8:1:0:211:22ff:fe33:4455"),
        ("nothing", "::"),
    ):
        say(f"peer {label}", EN, relays=((peer, ()),))
        say(f"peer of the first of two: {label}", EN, relays=((peer, ()), ("fe80::2", ())))
        say(f"peer of the second of two: {label}", EN, relays=(("fe80::1", ()), (peer, ())))
    for label, option in (
        ("79", _link(0x10)),
        ("79 of another hardware", _link(0x11, 6, 6)),
        ("79 of eight octets", _link(0x12, 8, 27)),
        ("79 of 20 octets", _link(0x13, 20, 32)),
        ("79 without address", (79, u16(1))),
        ("37", _remote(0x20)),
        ("37 of one octet", (37, u32(9) + b"\x01")),
        ("37 of 20 octets", _remote(0x21, 20)),
        ("38", (38, _mac(0x30))),
        ("17 of the CMTS", _cmts(0x40)),
        ("17 of the CMTS, eight octets", _cmts(0x41, 8)),
        ("17 of another enterprise", _cmts(0x42, enterprise=9)),
        ("17 of a modem, from the relay", _modem(0x43)),
    ):
        say(f"{label} of the relay", EN, relays=near(option))
        say(f"{label} of the first of two", EN, relays=(*near(option), ("fe80::2", ())))
        say(f"{label} of the second of two", EN, relays=(*near(), ("fe80::2", (option,))))
        say(f"{label} of the client", EN, option, relays=())
    say("79 of both", EN, relays=(*near(_link(0x50)), ("fe80::2", (_link(0x51),))))
    say("37 of both", EN, relays=(*near(_remote(0x52)), ("fe80::2", (_remote(0x53),))))
    say("CMTS of both", EN, relays=(*near(_cmts(0x54)), ("fe80::2", (_cmts(0x55),))))
    say("modem", EN, _modem(0x60), relays=())
    say("modem, eight octets", EN, _modem(0x61, 8), relays=())
    say("modem of another enterprise", EN, _modem(0x62, enterprise=9), relays=())
    say("modem, relayed", EN, _modem(0x63), relays=near())
    say("CMTS by the client", EN, _cmts(0x64), relays=())
    say("everything", duid(9), _modem(0x70), relays=near(_link(0x71), _remote(0x72), (38, _mac(0x73)), _cmts(0x74)))


for _name in SOURCES:
    case(
        6,
        network(WIDE, {}, mac_sources=[_name]),
        *("V6-431", "V6-433", "V6-435", "V6-436", "V6-437", "V6-438", "V6-440", "V6-441", "V6-443"),
        variant=_name,
    )(everything_that_could_be_one)
for _place, _names in enumerate(
    (
        ["docsis-modem", "docsis-cmts", "remote-id", "client-link-addr-option", "ipv6-link-local", "duid"],
        ["rfc4649", "rfc6939", "rfc4580", "duid"],
        ["subscriber-id", "raw", "any"],
    )
):
    case(6, network(WIDE, {}, mac_sources=_names), "V6-431", "V6-433", variant=f"order-{_place}")(
        everything_that_could_be_one
    )
case(6, network(WIDE, {}), "V6-432", variant="unset")(everything_that_could_be_one)


@case(6, network(WIDE, {}), "V6-442")
def hardware_addresses_too_long(talk: Talk) -> None:
    Client(talk, 1, identity=b"\0\3\0\1" + _mac(6, 21)).solicit(NA)
    Client(talk, 2, identity=EN).solicit(NA, via=(NET + "2",), relay_options=(_link(1, 21),))
    Client(talk, 3, identity=EN).solicit(NA, via=(NET + "2",), relay_options=(_remote(1, 21),))


@case(6, network(WIDE, {}), "V6-443")
def a_hardware_address_that_changes(talk: Talk) -> None:
    for number, first, second in ((1, (_link(1),), (_link(2),)), (2, (), (_link(3),)), (3, (_link(4),), ())):
        client = Client(talk, number, identity=b"\0\2\0\0\0\x09" + bytes((number,)) * 3)
        client.lease(via=(NET + "2",), relay_options=first)
        client.renew(via=(NET + "2",), relay_options=second)
        client.lease(NA, via=(NET + "2",), relay_options=second)
        client.rebind(via=(NET + "2",), relay_options=first)
