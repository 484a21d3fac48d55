"""RELAY-FORW and RELAY-REPL: subnet selection, nesting, options of relays."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, NET, PD, SERVER_ID, Client, network, option
from tests.differential.talk import Talk
from tests.support.packets import (
    RELAY_FORW,
    RELAY_REPL,
    REQUEST6,
    SOLICIT,
    Dhcp6,
    Option,
    Relay6,
    duid,
    mac,
    query6,
    relayed6,
    tlv6,
    u16,
    u32,
)

NETWORKS = network(relay_supplied_options=["110", "dns-servers"])
NETWORKS["subnet6"] += [
    {"id": 2, "subnet": "2001:db8:2::/64", "pools": [{"pool": "2001:db8:2::10-2001:db8:2::1f"}]},
    {
        "id": 3,
        "subnet": "2001:db8:3::/64",
        "interface-id": "port3",
        "pools": [{"pool": "2001:db8:3::10-2001:db8:3::1f"}],
    },
    {
        "id": 4,
        "subnet": "2001:db8:4::/64",
        "relay": {"ip-addresses": ["2001:db8:44::1"]},
        "pools": [{"pool": "2001:db8:4::10-2001:db8:4::1f"}],
    },
]


@case(6, NETWORKS, "V6-252", "V6-254", "V6-255", "V6-256", "V6-257")
def subnet_by_relay(talk: Talk) -> None:
    def say(number: int, *via: str, **rest: object) -> None:
        Client(talk, number).lease(via=via, **rest)

    say(1, NET + "2")
    say(2, "2001:db8:2::2")
    say(3, "::", relay_options=((18, b"port3"),))
    say(4, "2001:db8:2::2", relay_options=((18, b"port3"),))
    say(5, "2001:db8:99::1")
    say(6, "2001:db8:44::1")
    say(7, "::")
    say(8, "2001:db8:2::2", NET + "2")
    say(9, "::", "2001:db8:2::2")
    say(10, "fe80::1", "2001:db8:2::2")
    say(11, "2001:db8:99::1", "2001:db8:2::2")
    say(12, NET + "2", relay_options=((18, b"other"),))
    say(13, "::", relay_options=((18, b""),))


@case(6, NETWORKS, "V6-255", "V6-261")
def options_of_relays(talk: Talk) -> None:
    query = query6(SOLICIT, 1, NA)
    here = NET + "2"
    for label, options in (
        ("18 37 38 79", ((18, b"if"), (37, u32(9) + b"rem"), (38, b"sub"), (79, b"\0\1\2\0\0\1\0\1"))),
        ("unknown options", ((1000, b"x"), (65000, b""))),
        ("short 37", ((37, b"\0"),)),
        ("empty 38", ((38, b""),)),
        ("relay id 53", ((53, duid(7)),)),
        ("two interface-ids", ((18, b"a"), (18, b"b"))),
        ("client-id in the relay", ((1, duid(9)),)),
        ("status code", ((13, u16(0) + b"hi"),)),
        ("erp 65", ((66, tlv6([(65, b"\0")])),)),
        ("rsoo 65 110 dns 200", ((66, tlv6([(65, b"\0"), (110, b"x"), (23, bytes(16)), (200, b"y")])),)),
        ("rsoo empty", ((66, b""),)),
        ("rsoo cut", ((66, b"\0\x41\0\5"),)),
    ):
        talk.ask6(relayed6(query, here, "fe80::1", *options), label, source_port=547)
    talk.ask6(relayed6(query, here, "fe80::1", (135, b"\0\0")), "source port option", source_port=1547)
    talk.ask6(relayed6(query, here, "fe80::1", (135, u16(9))), "source port option, 9", source_port=547)
    talk.ask6(relayed6(query, here), "source port 1547", source_port=1547)
    talk.ask6(relayed6(query, here), "source port 546", source_port=546)
    inner = relayed6(query, here, "fe80::1", (18, b"in"), (135, b"\0\0"))
    talk.ask6(relayed6(inner, "::", "fe80::2", (18, b"out"), hops=1), "two relays, inner source port", source_port=1547)


@case(6, NETWORKS, "V6-260")
def nesting(talk: Talk) -> None:
    for depth in (2, 8, 31, 32):
        message: Dhcp6 | Relay6 = query6(SOLICIT, depth, NA)
        for hop in range(depth):
            message = relayed6(
                message, NET + "2" if hop == 0 else "::", f"fe80::{hop + 1:x}", (18, b"%d" % hop), hops=hop
            )
        talk.ask6(message, f"{depth} relays", source_port=547)


@case(6, NETWORKS, "V6-260")
def nesting_too_deep(talk: Talk) -> None:
    for depth in (33, 34, 40):
        message: Dhcp6 | Relay6 = query6(SOLICIT, 1, NA)
        for hop in range(depth):
            message = relayed6(message, NET + "2" if hop == 0 else "::", f"fe80::{hop + 1:x}", hops=hop)
        talk.ask6(message, f"{depth} relays", source_port=547)
    message = query6(SOLICIT, 2, NA)
    for _ in range(3):
        message = relayed6(message, NET + "2", hops=40)
    talk.ask6(message, "hop counts of 40", source_port=547)


@case(6, NETWORKS)
def broken_relay_messages(talk: Talk) -> None:
    query = query6(SOLICIT, 1, NA)
    here = NET + "2"
    whole = relayed6(query, here).pack()
    talk.ask6(Relay6(RELAY_FORW, 0, here, "fe80::1", []), "no message", source_port=547)
    talk.ask6(Relay6(RELAY_FORW, 0, here, "fe80::1", [(9, b"")]), "empty message", source_port=547)
    talk.ask6(Relay6(RELAY_FORW, 0, here, "fe80::1", [(9, b"\1\2\3")]), "message of three octets", source_port=547)
    talk.ask6(relayed6(Dhcp6(99, 1, [(1, duid(1))]), here), "unknown inner type", source_port=547)
    talk.ask6(
        Relay6(RELAY_FORW, 0, here, "fe80::1", [(9, query.pack()), (9, query.pack())]), "two messages", source_port=547
    )
    for length in (1, 2, 33, 34, 37, 38, 50, len(whole) - 1):
        talk.raw(whole[:length], f"the first {length} octets", source_port=547)
    talk.ask6(relayed6(relayed6(query, here), here), "same hop count twice", source_port=547)
    talk.ask6(relayed6(query, here, "::"), "peer ::", source_port=547)
    talk.ask6(relayed6(query, here, "2001:db8:1::99"), "global peer", source_port=547)
    talk.ask6(relayed6(query, here), "still there", source_port=547)


@case(6, NETWORKS)
def relay_reply_from_a_client(talk: Talk) -> None:
    talk.ask6(
        Relay6(RELAY_REPL, 0, NET + "2", "fe80::1", [(9, query6(SOLICIT, 1, NA).pack())]), "RELAY-REPL", source_port=547
    )


@case(6, network(store_extended_info=True), "V6-332", "V6-333")
def extended_info_is_stored(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(NA, PD, via=(NET + "2",), relay_options=((18, b"ifid"), (37, u32(9) + b"rem")))
    one.renew()
    Client(talk, 2).lease(via=(NET + "2", "::"), relay_options=((18, b"ifid"),))
    Client(talk, 3).lease()


ODD: tuple[Option, ...] = (
    *(
        (18, b"b"),
        (18, b"a"),
        (37, u32(9)),
        (38, b""),
        (79, u16(1) + mac(1)),
        (135, bytes(2)),
        (20, b"x"),
        (7, b"\1xy"),
    ),
    *((66, tlv6([(65, b"a"), (17, b"\0")])), (17, u32(9) + tlv6([(17, b"\0")]))),
    *((66, tlv6([(65, b"a"), (23, b"c"), (65, b"b")])), (66, tlv6([(66, tlv6([(3, b""), (2, b"")]))]) + b"\0\1")),
    (17, u32(4491) + tlv6([(1026, b"xyz"), (36, mac(1)), (33, b"f\0"), (1, u16(1) + b"\0")])),
    (17, u32(9) + tlv6([(3, b"a"), (2, b"b"), (3, b"")])),
    *((39, b"\1\3ABC\1x\0"), (41, b"CET\0"), (59, b"x\0\0"), (1000, b""), (1000, b"a\0"), (999, b"z\0")),
    *((3, bytes(12) + tlv6([(13, bytes(2)), (5, bytes(24))]) + b"\0"), (26, bytes(8) + b"\x20" + b"\xff" * 16)),
    (25, bytes(12) + tlv6([(26, bytes(8) + b"\x21" + b"\xff" * 16 + tlv6([(13, bytes(2)), (12, bytes(16))]))])),
    (94, tlv6([(90, bytes(16)), (89, b"\0\x08\x18" + bytes(4) + b"\x1c" + b"\xff" * 4 + tlv6([(93, b"\4\4\0\5")]))])),
    *((1001, tlv6([(6, b"\0\1"), (3, b"x"), (6, b"\0\2")]) + b"\0\7"), (26, bytes(8) + b"\xff" + bytes(16))),
)
"""Options that relays add, or would never add."""


@case(
    6,
    network(
        "2001:db8:1::10-2001:db8:1::ff",
        store_extended_info=True,
        option_def=[
            {"name": "text", "code": 1000, "type": "string"},
            {"name": "holder", "code": 1001, "type": "empty", "encapsulate": "held"},
            {"name": "six", "code": 6, "space": "held", "type": "uint16"},
        ],
    ),
    "V6-332",
    "V6-333",
)
def extended_info_of_any_option(talk: Talk) -> None:
    for number, odd in enumerate(ODD, 1):
        Client(talk, number).say(REQUEST6, SERVER_ID, NA, via=(NET + "2",), relay_options=((37, u32(9)), odd))
    Client(talk, 1).say(REQUEST6, SERVER_ID, NA, via=(NET + "2", "::"), relay_options=ODD)


@case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet6": [{"id": 1, "subnet": "2001:db8:1::/64", "pools": [{"pool": "2001:db8:1::10-2001:db8:1::1f"}]}],
    },
    "V6-257",
)
def direct_client_without_interface_keyword(talk: Talk) -> None:
    Client(talk, 1).solicit(NA)
    Client(talk, 2).solicit(NA, around={"source": "2001:db8:1::2"})
    Client(talk, 3).say(REQUEST6, SERVER_ID, NA, around={"source": "2001:db8:1::2"})


@case(
    6,
    network(
        subnet={"client-class": "a"},
        client_classes=[
            {
                "name": "a",
                "test": "relay6[0].peeraddr == fe80::1",
                "option-data": [option("dns-servers", "2001:db8::1", always_send=True)],
            },
            {
                "name": "b",
                "test": "relay6[1].linkaddr == ::",
                "option-data": [option("nis-servers", "2001:db8::2", always_send=True)],
            },
            {
                "name": "c",
                "test": "relay6[-1].option[18].exists",
                "option-data": [option("sntp-servers", "2001:db8::3", always_send=True)],
            },
            {
                "name": "d",
                "test": "pkt6.msgtype == 1",
                "option-data": [option("nisp-servers", "2001:db8::4", always_send=True)],
            },
            {
                "name": "e",
                "test": "pkt6.transid == 0x010001",
                "option-data": [option("bcmcs-server-addr", "2001:db8::5", always_send=True)],
            },
        ],
    ),
    "V6-273",
)
def classes_by_relay(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 1).lease(via=(NET + "2",))
    Client(talk, 2).lease(via=(NET + "2", "::"), relay_options=((18, b"x"),))
    Client(talk, 3).lease(via=(NET + "2",), relay_options=((18, b"x"),))
