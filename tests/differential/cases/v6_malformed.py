"""Octets that are no proper DHCPv6 message."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, SERVER_ID, Client, network
from tests.differential.talk import Talk
from tests.support.packets import (
    INFORMATION_REQUEST,
    REBIND,
    SOLICIT,
    Dhcp6,
    Option,
    Relay6,
    duid,
    ia_na,
    ia_pd,
    ia_ta,
    iaaddr,
    iaprefix,
    oro,
    query6,
    relayed6,
    tlv6,
    u32,
)

WIDE = "2001:db8:1::10-2001:db8:1::ff"


@case(6, network())
def truncated(talk: Talk) -> None:
    whole = query6(SOLICIT, 1, NA).pack()
    for length in (0, 1, 3, 4, 5, 7, 8, 12, 17, 18, 19, 21, 22, 23, len(whole) - 1, len(whole)):
        talk.raw(whole[:length], f"the first {length} octets")
    talk.raw(whole + b"\0", "one octet more")
    talk.raw(whole + b"\0\x08\0\5", "an overrunning option")


@case(6, network(WIDE))
def client_identifiers(talk: Talk) -> None:
    talk.ask6(Dhcp6(SOLICIT, 1, [NA]), "none")
    for length in (0, 1, 2, 3, 4, 127, 128, 129, 130, 131, 200):
        talk.ask6(Dhcp6(SOLICIT, 1, [(1, b"x" * length), NA]), f"of {length} octets")
    talk.ask6(Dhcp6(SOLICIT, 1, [(1, duid(1)), (1, duid(2)), NA]), "two")
    talk.ask6(Dhcp6(SOLICIT, 1, [(1, duid(1)), (1, duid(1)), NA]), "the same twice")
    Client(talk, 1, identity=bytes(10)).lease()
    Client(talk, 1, identity=b"\xff" * 20).lease()


@case(6, network(WIDE))
def message_types(talk: Talk) -> None:
    for kind in (0, 2, 7, 10, 14, 15, 20, 21, 36, 255):
        talk.ask6(query6(kind, 1, SERVER_ID, NA), f"type {kind}")
    Client(talk, 1).say(SOLICIT)


@case(6, network(WIDE))
def broken_ias(talk: Talk) -> None:
    def say(label: str, *options: tuple[int, bytes]) -> None:
        talk.ask6(query6(SOLICIT, 1, *options), label)

    say("IA_NA of 0 octets", (3, b""))
    say("IA_NA of 3 octets", (3, b"123"))
    say("IA_NA of 11 octets", (3, bytes(11)))
    say("IA_NA with a cut inner option", (3, bytes(12) + b"\0\5"))
    say("IA_NA with an overrunning inner option", (3, bytes(12) + b"\0\5\0\xff"))
    say("IAADDR of 4 octets", (3, bytes(12) + b"\0\5\0\4abcd"))
    say("IA_PD of 3 octets", (25, b"123"))
    say("IAPREFIX length 129", ia_pd(1, (26, bytes(8) + bytes((129,)) + bytes(16))))
    say("IAPREFIX of 24 octets", ia_pd(1, (26, bytes(24))))
    say("IAADDR outside an IA", (5, bytes(24)))
    say("IAPREFIX outside an IA", (26, bytes(25)))
    say("IAPREFIX in IA_NA", ia_na(1, (26, bytes(25))))
    say("IAADDR in IA_PD", ia_pd(1, (5, bytes(24))))
    say("IA in IA", ia_na(1, ia_na(2)))
    say("the same IA twice", NA, NA)
    say("IA_TA", ia_ta(1))
    say("IA_NA and IA_TA", NA, ia_ta(1))
    say("IA_TA of 2 octets", (4, b"12"))
    say("status code in an IA", ia_na(1, (13, b"\0\0hi")))
    say("unknown option in an IA", ia_na(1, (999, b"hi")))


@case(6, network(WIDE))
def broken_options(talk: Talk) -> None:
    for code, body in (
        (6, b""),
        (6, b"\0"),
        (6, b"\0\x17\0"),
        (8, b""),
        (8, b"\0"),
        (8, b"\0\0\0"),
        (11, b""),
        (11, b"x"),
        (13, b""),
        (13, b"\0"),
        (13, b"\0\0hi"),
        (14, b"x"),
        (15, b""),
        (15, b"\0\5ab"),
        (16, b""),
        (16, b"\0"),
        (16, b"\0\0\x11\x8b"),
        (16, b"\0\0\x11\x8b\0\x09a"),
        (17, b""),
        (17, b"\0\0\x11\x8b\0\1"),
        (18, b"x"),
        (19, b""),
        (19, b"\5"),
        (20, b""),
        (20, b"x"),
        (24, b"\3ab"),
        (24, b"\x40"),
        (39, b""),
        (39, b"\1\x09a"),
        (41, b"x"),
        (9, b"abc"),
        (1000, b""),
        (65535, b"x"),
        (32, b"\0"),
        (61, b"\0"),
        (59, b"\xff\xfe"),
        (64, b"\3ab"),
        (79, b"x"),
        (88, b""),
        (23, b"short"),
        (7, b""),
        (12, b""),
    ):
        talk.ask6(query6(SOLICIT, 1, NA, (code, body)), f"option {code} = {body.hex() or 'empty'}")
    talk.ask6(query6(SOLICIT, 1, NA, *[(1000 + place, b"x" * 100) for place in range(12)]), "many unknown options")


@case(6, network())
def other_ports_and_destinations(talk: Talk) -> None:
    query = query6(SOLICIT, 1, NA)
    talk.ask6(query, "source port 1546", source_port=1546)
    talk.ask6(query, "source port 547", source_port=547)
    talk.ask6(query, "global source", source="2001:db8:1::2")
    talk.ask6(query, "plain")


INSIDE: tuple[Option, ...] = (
    *((39, b"\1\x3f"), (39, b"\5\2me\0"), (15, b"\0\x09a"), (6, b"\0"), (8, b"\0"), (3, b"12"), (25, b""), (4, b"")),
    *((5, b"1"), (26, b"1"), (26, bytes(8) + b"\xff" + bytes(16)), (13, b"\0"), (16, b"\0\0"), (60, b"\0\x09a")),
    *((17, b""), (17, b"\0\0\0\x09\0\1\0\x09"), (17, b"\0\0\0\x09\0\1\0\1a"), (1, b""), (2, b""), (24, b"\x3f")),
    *((23, b"123"), (9, b""), (62, b"\1"), (1234, b"12345"), (7, b""), (14, b"x"), (37, b""), (79, b"\0"), (82, b"\0")),
)
"""Options that may be malformed, to stand inside IAs."""


@case(6, network(option_def=[{"name": "own", "code": 1234, "type": "uint32"}]), "V6-525")
def malformed_options_inside_ias(talk: Talk) -> None:
    address = iaaddr("2001:db8:1::1e")
    for number, inner in enumerate(INSIDE):
        client = Client(talk, 1, identity=b"\0\3\0\1abcd" + bytes((number,)))
        for ias in (
            (ia_na(1, address), ia_na(2, inner), ia_na(3)),
            (ia_na(1, iaaddr("2001:db8:1::1e", 0, 0, inner)),),
            (ia_pd(1, iaprefix("2001:db8:8::/56", 0, 0, inner)),),
            (ia_na(1, address), ia_pd(1, inner), (6, b"\0")),
            (ia_na(1, address, (3, bytes(12) + tlv6([inner]))),),
            (ia_na(1, address, inner, (5, b"1")),),
            (ia_na(1, address, (4, bytes(4) + tlv6([inner]))),),
            (ia_na(1, address), iaprefix("2001:db8:8::/56", 0, 0, inner)),
        ):
            client.solicit(*ias, oro(23))


CUT: tuple[Option, ...] = ((17, b"\0"), (17, b"\0\0\x11\x8b\0\1"), (17, u32(9) + b"\0\1\0\x09a"))
"""Vendor options that are cut short: what follows is skipped."""
WRONG: tuple[Option, ...] = (
    (6, b"\0"),
    (39, b"\5\2me\0"),
    (17, u32(4491) + tlv6([(32, b"123"), (1, b"")])),
    (3, b"12"),
)
RULE = b"\0\x08\x18" + bytes(4) + b"\x40" + bytes(8)
"""What stands in an S46 rule before options. RFC 7598 section 4.1."""


def holding(inside: Option) -> list[Option]:
    """Return options that hold the option *inside*, one or two levels down; the last one is not made to."""
    octets = tlv6([(13, b"\0\0"), inside])
    return [
        ia_ta(9, (13, b"\0\0"), inside),
        (5, bytes(24) + octets),
        ia_na(9, (5, bytes(24) + octets)),
        ia_pd(9, (26, bytes(25) + octets)),
        *((code, octets) for code in (66, 94, 95, 96, 2000, 2001)),
        *((code, tlv6([(89, RULE + octets)])) for code in (94, 95)),
        (96, tlv6([(92, bytes(4) + b"\x40" + bytes(8) + octets)])),
        (7, b"\1" + octets),
        (8, b"\0\1" + octets),
        (16, b"\0\0\x11\x8b\0\2ab"),
    ]


OWN = network(
    WIDE,
    option_def=[
        {"name": "holder", "code": 2000, "type": "empty", "encapsulate": "held"},
        {"name": "number", "code": 2001, "type": "uint32", "encapsulate": "held"},
        {"name": "six", "code": 6, "space": "held", "type": "uint16"},
    ],
)


@case(6, network(WIDE), "V6-525")
def texts_without_a_character(talk: Talk) -> None:
    for code, body in ((33, b""), (33, b"\0"), (2, b""), (34, b""), (36, b""), (33, b"a\0")):
        talk.ask6(query6(SOLICIT, 1, NA, (17, u32(4491) + tlv6([(code, body)]))), f"sub-option {code} = {body!r}")
        talk.ask6(query6(SOLICIT, 1, NA, (17, u32(9) + tlv6([(code, body)]))), f"{code} = {body!r} of another vendor")
    talk.ask6(query6(SOLICIT, 1, NA, (17, u32(2495) + tlv6([(60000, b"")]))), "interface without a name")


CLASSES = [{"name": "vendor", "test": "option[17].exists", "option-data": [{"name": "dns-servers", "data": "::17"}]}]


@case(6, network(WIDE, client_classes=CLASSES), "V6-525")
def vendor_options_without_an_enterprise_at_the_end(talk: Talk) -> None:
    for body in (b"", b"\0", b"\0\0\0", u32(9)):
        for tail in (b"", b"\0", b"\0\6\0"):
            octets = query6(SOLICIT, 1, NA, oro(23), (17, body)).pack() + tail
            talk.raw(octets, f"{body.hex()}, then {tail.hex()}")


@case(6, OWN, "V6-525", "ST-045", "ST-046")
def broken_in_two_ways(talk: Talk) -> None:
    for kind in (SOLICIT, REBIND, INFORMATION_REQUEST, 7, 36):
        for wrong in WRONG:
            for cut in CUT:
                for options in ([cut, wrong, NA], [NA, wrong, cut], [cut, NA, wrong], [NA, cut, wrong, (1, duid(2))]):
                    first = [] if options[-1][0] == 1 else [(1, duid(1))]
                    talk.ask6(Dhcp6(kind, 1, [*first, *options]), f"{kind}: {options}")


@case(6, OWN, "V6-525")
def vendor_options_cut_short_in_other_options(talk: Talk) -> None:
    for wrong in (WRONG[0], WRONG[2], *CUT[1:]):
        for holder in holding(wrong):
            talk.ask6(query6(SOLICIT, 1, holder, NA), f"{holder}, IA_NA")
            talk.ask6(query6(SOLICIT, 1, NA, holder, (6, b"\0")), f"IA_NA, {holder}, bad option 6")
    for holder in holding(CUT[0]):
        talk.ask6(query6(SOLICIT, 1, (6, b"\0"), holder, NA), f"bad option 6, {holder}, IA_NA")


@case(6, OWN, "V6-525")
def relays_whose_vendor_options_are_cut_short(talk: Talk) -> None:
    good, bad = query6(SOLICIT, 1, NA), query6(SOLICIT, 1, NA, (6, b"\0"))
    wrong = [*WRONG, *CUT, *holding(CUT[1]), *holding(WRONG[0])[:5]]
    for place, holder in enumerate(wrong):
        others = [(37, b"\0")] if place % 2 else []
        for inner in (good, bad):
            message = relayed6(inner, "2001:db8:1::2", "fe80::1", *others, holder)
            talk.ask6(message, f"{others}, {holder} around {inner.options[2:]}", source_port=547)
        message = relayed6(good, "2001:db8:1::2", "fe80::1", holder, (37, b"\0"))
        talk.ask6(message, f"{holder} before a bad one", source_port=547)
        for first, second in (((37, b"\0"), holder), (holder, (6, b"\0"))):
            message = relayed6(relayed6(good, "2001:db8:1::2", "fe80::1", first), "::", "fe80::1", second, hops=1)
            talk.ask6(message, f"{first} in {second}", source_port=547)
        talk.ask6(Relay6(options=[holder]), f"{holder} and no message", source_port=547)
