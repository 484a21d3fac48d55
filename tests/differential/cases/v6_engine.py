"""Options that the server itself reads and writes, messages it serves or not, what it refuses. RFC 8415."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import (
    NA,
    NET,
    PD,
    SERVER_DUID,
    SERVER_ID,
    Client,
    address,
    network,
    option,
    prefix,
)
from tests.differential.talk import Talk
from tests.support.packets import (
    CONFIRM,
    DECLINE6,
    INFORMATION_REQUEST,
    REBIND,
    RELEASE6,
    RENEW,
    REQUEST6,
    SOLICIT,
    Dhcp6,
    Relay6,
    duid,
    ia_na,
    ia_pd,
    iaaddr,
    iaprefix,
    oro,
    query6,
    relayed6,
    tlv6,
    u16,
    u32,
)

WIDE = "2001:db8:1::10-2001:db8:1::ff"
STRANGER = (2, b"\0\2\0\0\0\x09other")
LEASED = ia_na(1, address("10"))


@case(6, network(WIDE), "V6-190", "V6-191", "V6-416", "V6-530")
def identifiers_of_every_message(talk: Talk) -> None:
    for kind in (SOLICIT, REQUEST6, CONFIRM, RENEW, REBIND, RELEASE6, DECLINE6, INFORMATION_REQUEST):
        for label, options in (
            ("both", [(1, duid(1)), SERVER_ID]),
            ("client only", [(1, duid(1))]),
            ("server only", [SERVER_ID]),
            ("none", []),
            ("another server", [(1, duid(1)), STRANGER]),
            ("two clients", [(1, duid(1)), (1, duid(2)), SERVER_ID]),
            ("two servers", [(1, duid(1)), SERVER_ID, SERVER_ID]),
            ("ours and another", [(1, duid(1)), SERVER_ID, STRANGER]),
            ("empty client", [(1, b""), SERVER_ID]),
            ("server identifier and more", [(1, duid(1)), (2, SERVER_DUID + b"\0")]),
        ):
            talk.ask6(Dhcp6(kind, 7, [*options, LEASED]), f"{kind}: {label}")


@case(6, network(WIDE), "V6-413", "V6-417", "V6-456", "V6-473")
def every_message_type(talk: Talk) -> None:
    for kind in range(24):
        if kind not in (12, 13, 20, 21):
            talk.ask6(Dhcp6(kind, 7, [(1, duid(1)), SERVER_ID, LEASED]), f"type {kind}")
            talk.ask6(Dhcp6(kind, 7, [(1, duid(1)), LEASED]), f"type {kind} to no server")
            talk.ask6(
                relayed6(Dhcp6(kind, 7, [(1, duid(1)), LEASED]), NET + "2"), f"type {kind} relayed", source_port=547
            )


@case(6, network(WIDE, option_data=[option("dns-servers", "2001:db8::1")]), "V6-196", "V6-198", "V6-201")
def options_that_change_nothing(talk: Talk) -> None:
    for number, options in enumerate(
        (
            ((8, u16(0)),),
            ((8, u16(0xFFFF)),),
            ((11, b"\3\1\0" + bytes(8) + b"key"),),
            ((15, b"\0\3abc\0\1x"),),
            ((19, b"\5"),),
            ((20, b""),),
            ((13, u16(0) + b"all is well"),),
            ((7, b"\xff"),),
            ((12, bytes(16)),),
            ((37, u32(9) + b"id"), (38, b"sub")),
            ((18, b"port"),),
            ((66, tlv6([(65, b"\0")])),),
            ((79, b"\0\1\2\0\0\0\0\1"),),
            ((82, u32(60)), (83, u32(60))),
            ((9999, b"anything"),),
        ),
        1,
    ):
        client = Client(talk, number, oro(23), *options)
        client.lease()
        client.renew()


@case(
    6,
    network("2001:db8:1::10-2001:db8:1::10", {"prefix": "2001:db8:8::", "prefix-len": 56, "delegated-len": 56}),
    "V6-199",
    "V6-414",
    "V6-415",
    "V6-421",
    "V6-458",
    "V6-529",
)
def statuses(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease(NA, PD)
    two.lease(NA, PD)
    two.lease(NA)
    two.lease(PD)
    two.renew(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    two.rebind(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    two.release(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    two.decline(ia_na(1, address("10")))
    two.confirm(ia_na(1, iaaddr("2001:db8:9::1")))
    two.confirm(ia_na(1, address("99")))
    one.release(ia_na(1), ia_pd(1))
    one.release(ia_na(1, address("77")), ia_pd(1, iaprefix("2001:db8:77::/56")))
    one.release()
    one.release()


@case(6, network(WIDE, option_data=[option("preference", "200")]), "V6-134", "V6-414")
def preference_goes_out_on_request(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, oro(7)).lease()


@case(6, network(WIDE), "V6-418")
def confirms(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(NA, PD)
    inside, outside = address("10"), iaaddr("2001:db8:99::1")
    for ias in (
        (ia_na(1, inside),),
        (ia_na(1, outside),),
        (ia_na(1, inside, outside),),
        (ia_na(1, outside, inside),),
        (ia_na(1, inside), ia_na(2, inside)),
        (ia_na(1, inside), ia_na(2, outside)),
        (ia_na(1, inside), ia_na(2)),
        (ia_na(1), ia_na(2)),
        (ia_na(1, address("fff")),),
        (ia_pd(1, prefix("0")),),
        (ia_na(1, inside), ia_pd(1, iaprefix("2001:db8:99::/56"))),
        (),
    ):
        one.say(CONFIRM, *ias)
        one.say(CONFIRM, *ias, via=(NET + "2",))
        one.say(CONFIRM, *ias, via=("2001:db8:99::2",))


@case(6, network(WIDE, decline_probation_period=5), "V6-419", "V6-425", "V6-427", "V6-428")
def declines_and_releases(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease(ia_na(1), ia_na(2), PD)
    two.lease(NA)
    one.decline(ia_na(1, address("10"), address("11")), ia_na(2, address("11")))
    one.decline(ia_na(1, address("12")), ia_na(2, address("99")))
    one.decline(ia_na(1), ia_na(2))
    one.release(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    one.lease(ia_na(1, address("10")), ia_na(2, address("11")))
    two.decline(ia_na(9, address("12")))
    two.decline(ia_na(1, address("12")))
    two.renew(ia_na(1, address("12")))
    two.release(ia_na(1, address("12")))


@case(6, network(WIDE), "V6-197", "V6-204", "V6-260", "V6-462", "V6-468")
def what_comes_back_to_relays(talk: Talk) -> None:
    query = query6(SOLICIT, 1, NA)
    inner = relayed6(query, NET + "2", "fe80::1", (18, b"near"), (37, u32(9) + b"r"), (79, b"\0\1\2\0\0\0\0\7"))
    middle = relayed6(inner, "::", "fe80::2", (38, b"sub"), hops=1)
    outer = relayed6(middle, "2001:db8:55::1", "2001:db8:66::1", (18, b"far"), (53, b"id"), hops=2)
    talk.ask6(outer, "three relays", source_port=547)
    talk.ask6(
        relayed6(query, NET + "2", "fe80::1", (43, u16(37) + u16(38)), (37, u32(9) + b"r"), (38, b"s")),
        "ero",
        source_port=547,
    )
    talk.ask6(
        Relay6(12, 5, NET + "2", "fe80::9", [(9, query.pack()), (18, b"after")]), "options after", source_port=547
    )
    talk.ask6(relayed6(query, NET + "2", "fe80::1", (18, b"")), "an empty interface-id", source_port=547)
    talk.ask6(relayed6(query, NET + "2", "fe80::1", (18, bytes(300))), "a long interface-id", source_port=547)


@case(6, network(WIDE), "V6-471")
def source_ports_of_relays(talk: Talk) -> None:
    query = query6(SOLICIT, 1, NA)
    for port in (547, 1547):
        for label, options in (
            ("", ()),
            (" 135=0", ((135, u16(0)),)),
            (" 135=9", ((135, u16(9)),)),
            (" 135 cut", ((135, b"\0"),)),
            (" 135 twice", ((135, u16(0)), (135, u16(0)))),
        ):
            talk.ask6(relayed6(query, NET + "2", "fe80::1", *options), f"port {port}{label}", source_port=port)
            inner = relayed6(query, NET + "2", "fe80::1", *options)
            talk.ask6(relayed6(inner, "::", "fe80::2", hops=1), f"port {port}{label} inside", source_port=port)
            both = relayed6(inner, "::", "fe80::2", *options, hops=1)
            talk.ask6(both, f"port {port}{label} in both", source_port=port)


SUPPLIED = [option("dns-servers", "2001:db8::1"), option("erp-local-domain-name", "server.example")]


def supplied(talk: Talk) -> None:
    near = (66, tlv6([(65, b"\4near\0"), (23, bytes(16)), (110, b"near"), (1000, b"n")]))
    far = (66, tlv6([(65, b"\3far\0"), (23, b"\1" * 16), (110, b"far"), (111, b"far")]))
    for number, codes in enumerate(((), (23, 65), (110,)), 1):
        query = query6(SOLICIT, number, NA, *([oro(*codes)] if codes else []))
        inner = relayed6(query, NET + "2", "fe80::1", near)
        talk.ask6(inner, f"one relay, {codes}", source_port=547)
        talk.ask6(relayed6(inner, "::", "fe80::2", far, hops=1), f"two relays, {codes}", source_port=547)
        plain = relayed6(query, NET + "2", "fe80::1")
        talk.ask6(relayed6(plain, "::", "fe80::2", far, hops=1), f"the far relay, {codes}", source_port=547)
        talk.ask6(relayed6(query, NET + "2", "fe80::1", near, far), f"twice, {codes}", source_port=547)


case(6, network(WIDE, option_data=SUPPLIED), "V6-268", "V6-269", "V6-270", "V6-466", "V6-171", variant="default")(
    supplied
)
case(
    6,
    network(WIDE, option_data=SUPPLIED, relay_supplied_options=["110", "dns-servers", "1000"]),
    "V6-267",
    "V6-269",
    "V6-270",
    "V6-466",
    variant="more",
)(supplied)
case(
    6,
    network(
        WIDE,
        relay_supplied_options=["110", "111"],
        option_def=[{"name": "ours", "code": 110, "type": "string"}],
        option_data=[option("ours", "server", always_send=True)],
    ),
    "V6-269",
    variant="of-the-server",
)(supplied)


@case(6, network(WIDE), "V6-523")
def addresses_and_prefixes_one_after_another(talk: Talk) -> None:
    for number in range(1, 7):
        Client(talk, number).lease(NA, PD)
    Client(talk, 2).release()
    Client(talk, 7).lease(ia_na(1, address("17")), ia_pd(1, prefix("800")))
    for number in range(8, 12):
        Client(talk, number).lease(NA, PD)


@case(6, network(WIDE), "V6-525")
def options_that_cannot_be_unpacked(talk: Talk) -> None:
    for number, (label, broken) in enumerate(
        (
            ("FQDN", (39, b"\1\x3f")),
            ("FQDN with a bad label", (39, b"\1\x3fab\0")),
            ("vendor class", (16, b"\0\0\x11\x8b\0\x09a")),
            ("status code", (13, b"\0")),
            ("IA_NA", (3, b"123")),
            ("vendor options", (17, b"\0\0\x11\x8b\0\1\0\x09")),
            ("user class", (15, b"\0\x09a")),
            ("elapsed time", (8, b"\0")),
            ("request list", (6, b"\0")),
            ("bootfile parameters", (60, b"\0\x09a")),
        ),
        1,
    ):
        talk.ask6(query6(SOLICIT, number, broken, NA, oro(23)), f"{label} first")
        talk.ask6(query6(SOLICIT, number, NA, oro(23), broken), f"{label} last")
        talk.ask6(
            relayed6(query6(SOLICIT, number, NA), NET + "2", "fe80::1", broken), f"{label} of a relay", source_port=547
        )


@case(
    6,
    network(
        WIDE,
        option_def=[{"name": "foo", "code": 1, "space": "vendor-9", "type": "uint16"}],
        client_classes=[
            {
                "name": name,
                "test": f"vendor[4491]{what}.exists",
                "option-data": [option("bootfile-url", name, always_send=True)],
            }
            for name, what in (("vendor", ""), ("sub-option", ".option[1]"))
        ],
    ),
    "V6-238",
    "V6-525",
)
def vendor_options_cut_short(talk: Talk) -> None:
    number = u32(4491)
    whole = (17, number + tlv6([(1, u16(1))]))
    for tail in (b"", b"\0", b"\0\1\0", b"\0\1\0\0", b"\0\1\0\1", b"\0\1\0\1a\0", b"\0\1\0\2ab\0\2\0\7", b"\0\1\0\5a"):
        broken = (17, number + tail)
        for label, options in (
            ("first", (broken, NA)),
            ("last", (NA, broken)),
            ("between", (NA, broken, ia_na(2))),
            ("second", (whole, broken, NA)),
        ):
            talk.ask6(query6(SOLICIT, 1, *options), f"{tail.hex()} {label}")
        talk.ask6(
            relayed6(query6(SOLICIT, 1, NA), NET + "2", "fe80::1", broken), f"{tail.hex()} relay", source_port=547
        )
    for body in (b"", b"\0\0", u32(9) + tlv6([(1, b"x")]), u32(9) + tlv6([(1, b"xy")]), u32(8) + tlv6([(1, b"x")])):
        talk.ask6(query6(SOLICIT, 1, (17, body), NA), f"{body.hex()} first")
        talk.ask6(query6(SOLICIT, 1, NA, (17, body)), f"{body.hex()} last")
