"""Octets that are no proper DHCPv4 message.

The client has a lease first: so every packet that is served gets the same address, and one that is not served on one
side does not shift what comes after it.
"""

from __future__ import annotations

from dataclasses import replace

from tests.differential.case import case
from tests.differential.cases.client4 import Client, network, option, wants
from tests.differential.talk import Talk
from tests.support.client import checksum, frame4
from tests.support.packets import DISCOVER, Dhcp4, Option, ip4, query4, u16


@case(4, network())
def truncated(talk: Talk) -> None:
    Client(talk, 1).lease()
    whole = query4(DISCOVER, 1).pack()
    for length in (236, 237, 239, 240, 241, 242, 243, len(whole)):
        talk.raw(whole[:length], f"the first {length} octets")


@case(4, network())
def too_short_for_a_header(talk: Talk) -> None:
    whole = query4(DISCOVER, 1).pack()
    for length in (0, 1, 100, 235):
        talk.raw(whole[:length], f"the first {length} octets")


@case(4, network("192.0.2.10-192.0.2.60"))
def ends(talk: Talk) -> None:
    Client(talk, 1).lease()

    def tail(octets: bytes) -> None:
        talk.ask4(query4(DISCOVER, 1, tail=octets), f"tail {octets[:8].hex()}")

    tail(b"")
    tail(b"\0\0\0\xff\0\0\0")
    tail(b"\xff\x0c\x03abc")
    tail(b"\x0c\x20ab")
    tail(b"\x0c")
    tail(b"\x0c\x00\xff")
    tail(b"\xff" + bytes(1000))
    tail(b"\0" * 300 + b"\x0c\x01a\xff")
    tail(b"\xff" * 10)


@case(4, network("192.0.2.10-192.0.2.99"))
def options_of_wrong_length(talk: Talk) -> None:
    Client(talk, 1).lease()
    for code, body in (
        (50, b"abc"),
        (50, b"\0\0\0\0\0"),
        (50, b""),
        (51, b"\1\2"),
        (51, b""),
        (51, b"\0\0\1\0\0"),
        (53, b""),
        (53, b"\1\1"),
        (54, b""),
        (54, b"\1"),
        (55, b""),
        (57, b"\2"),
        (12, b""),
        (12, b"\0\0"),
        (12, b"a\0b"),
        (15, b""),
        (60, b""),
        (77, b""),
        (77, b"\5ab"),
        (81, b"\0\0"),
        (81, b"\0\0\0"),
        (81, b"\4\0\0\x3fabc"),
        (82, b"\1"),
        (90, b""),
        (116, b""),
        (118, b""),
        (119, b"\3abc"),
        (119, b"\xc0\0"),
        (121, b"\x21abc"),
        (124, b"\0"),
        (125, b"\0\0\0\1\5a"),
        (125, b"\0\0\0\1"),
        (43, b""),
        (43, b"\1"),
        (6, b"abc"),
        (3, b""),
        (1, b""),
        (2, b""),
        (19, b""),
        (19, b"\2"),
        (224, b""),
        (220, b"\0"),
        (80, b"x"),
        (108, b"\0"),
        (161, b"x"),
    ):
        label = f"option {code} = {body.hex() or 'empty'}"
        talk.ask4(query4(DISCOVER, 1, (code, body)), label)
    talk.ask4(Dhcp4(options=[(53, b"")]), "type empty")
    talk.ask4(Dhcp4(options=[(53, b"\1\1")]), "type of two octets")
    talk.ask4(Dhcp4(options=[(53, b"\1"), (53, b"\3")]), "two types")


@case(4, network("192.0.2.10-192.0.2.60"))
def message_types(talk: Talk) -> None:
    Client(talk, 1).lease()
    for kind in (0, 2, 5, 6, 9, 10, 11, 12, 13, 14, 15, 18, 255):
        talk.ask4(Dhcp4(options=[(53, bytes((kind,)))], xid=kind), f"type {kind}")
    for op in (0, 2, 3, 255):
        talk.ask4(query4(DISCOVER, 1, op=op), f"op {op}")
    talk.ask4(query4(None, 1), "no type: BOOTP")
    talk.ask4(Dhcp4(options=[], tail=b""), "the cookie alone")
    talk.ask4(query4(DISCOVER, 1, cookie=bytes(4)), "no cookie")
    talk.ask4(query4(DISCOVER, 1, cookie=b"\x63\x82\x53\x64"), "a cookie one off")


CUT: tuple[Option, ...] = ((125, b"\0\0\0\1\5a"), (125, b"\0\0"), (125, b"\0\0\x11\x8b\7\1\5\2\3abc"))
"""Vendor options that are cut short: what follows is skipped."""
WRONG: tuple[Option, ...] = (
    *((2, b""), (119, b"\3abc"), (124, b"\0\0\0\1\5a"), (81, b"\4\0\0\x3fabc"), (6, b"abc"), (54, b"")),
    *((125, b"\0\0\x11\x8b\7\2\3abc\1\5"), (61, b"a")),
)
"""Options for which a query is dropped; the last for another reason than the others."""


@case(4, network("192.0.2.10-192.0.2.60"), "V4-523", "ST-101")
def broken_in_two_ways(talk: Talk) -> None:
    Client(talk, 1).lease()
    for kind in ((53, b""), (53, b"\1"), (53, b"\1\1"), (53, b"\7"), (53, b"\x13"), (12, b"no type")):
        for wrong in WRONG:
            talk.ask4(Dhcp4(options=[kind, wrong], tail=b"\x0c\x20ab"), f"{kind}, then {wrong}, then a cut option")
            talk.ask4(Dhcp4(options=[wrong, (61, b"x"), kind]), f"{wrong}, a short client identifier, {kind}")
            for cut in CUT[: 1 if wrong is not WRONG[0] else None]:
                talk.ask4(Dhcp4(options=[kind, cut, wrong]), f"{kind}, {cut}, {wrong}")
                talk.ask4(Dhcp4(options=[kind, wrong, cut]), f"{kind}, {wrong}, {cut}")
                talk.ask4(Dhcp4(options=[cut, wrong, kind]), f"{cut}, {wrong}, {kind}")


@case(4, network("192.0.2.10-192.0.2.60"))
def bootp(talk: Talk) -> None:
    talk.ask4(query4(None, 1), "with a cookie")
    talk.ask4(query4(None, 1, giaddr="192.0.2.2"), "relayed")
    talk.raw(query4(None, 1, cookie=bytes(4)).pack()[:300].ljust(300, b"\0"), "vendor area of zeros")


@case(4, network("192.0.2.10-192.0.2.60"))
def split_options(talk: Talk) -> None:
    Client(talk, 1).discover((61, b"\1aa"), (61, b"bb"))
    Client(talk, 2).discover((55, b"\3"), (12, b"x"), (55, b"\6"))
    Client(talk, 3).discover((12, b"one"), (12, b"two"))
    Client(talk, 4).discover((61, b"a" * 200), (61, b"b" * 100))
    Client(talk, 5).discover((43, b"\1\3ab"), (43, b"c"))
    Client(talk, 6).discover((60, b"abc"), (60, b"def"))
    Client(talk, 7).discover(wants("192.0.2.44"), wants("192.0.2.45"))
    Client(talk, 8).select("192.0.2.46", wants("192.0.2.47"))


OVERLOADED = network(option_data=[option("routers", "192.0.2.1")])


@case(4, OVERLOADED)
def option_overload(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 1).discover((52, b"\1"), file=b"\x0c\x05ovrld\xff")
    Client(talk, 1).discover((52, b"\2"), sname=b"\x3d\x04\1abc\xff")
    Client(talk, 1).discover((52, b"\3"), file=b"\x0c\x05ovrld\xff", sname=b"\x3d\x04\1abc\xff")
    Client(talk, 1).discover((52, b"\4"))
    Client(talk, 1).discover((52, b""))


@case(4, network("192.0.2.10-192.0.2.60"))
def odd_header_fields(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 1).discover(yiaddr="9.9.9.9", siaddr="8.8.8.8")
    Client(talk, 1).discover(ciaddr="255.255.255.255")
    Client(talk, 1).discover(ciaddr="127.0.0.1")
    Client(talk, 1).discover(sname=b"x" * 64, file=b"y" * 128)
    Client(talk, 1).discover(hops=255)
    Client(talk, 1).discover((53, b"\1"))
    talk.ask4(replace(query4(DISCOVER, 1), options=[(12, b"a"), (53, b"\1")]), "type not first")


def _with_ip_options(frame: bytes) -> bytes:
    length = int.from_bytes(frame[16:18], "big") + 4
    head = b"\x46" + frame[15:16] + u16(length) + frame[18:24] + b"\0\0" + frame[26:34] + b"\1\1\1\0"
    return frame[:14] + head[:10] + u16(checksum(head)) + head[12:] + frame[34:]


@case(4, network("192.0.2.10-192.0.2.60"))
def large_and_broken_datagrams(talk: Talk) -> None:
    Client(talk, 1).lease()
    many = query4(DISCOVER, 1, *[(224, b"x" * 250)] * 4)
    talk.ask4(many, "four long options")
    good = frame4(query4(DISCOVER, 1).pack())
    for label, frame in (
        ("bad UDP checksum", good[:40] + b"\x12\x34" + good[42:]),
        ("no UDP checksum", good[:40] + b"\0\0" + good[42:]),
        ("padded frame", good + bytes(20)),
        ("bad IP checksum", good[:24] + b"\x12\x34" + good[26:]),
        ("fragment", good[:20] + b"\x20\0" + good[22:24] + b"\0\0" + good[26:]),
        ("other port", frame4(query4(DISCOVER, 1).pack(), destination_port=6767)),
        ("not UDP", good[:23] + b"\6" + good[24:]),
        ("UDP length too long", good[:38] + b"\x7f\xff" + good[40:]),
        ("UDP length too short", good[:38] + b"\0\x40" + good[40:]),
        ("IP options", _with_ip_options(good)),
    ):
        talk.frame(frame, label)
    talk.ask4(query4(DISCOVER, 3, (50, ip4("192.0.2.44"))), "still there")
