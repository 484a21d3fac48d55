"""Thousands of hostile datagrams at the real sockets: service goes on, memory stays, no exception is told."""

from __future__ import annotations

import time

from tests.support.client import Wire, frame4, frame6
from tests.support.hostile import mutants
from tests.support.kea import resident_kib
from tests.support.ours import Twistd
from tests.support.packets import (
    ACK,
    ADVERTISE,
    DISCOVER,
    OFFER,
    RELEASE,
    REPLY,
    REQUEST,
    REQUEST6,
    SOLICIT,
    Dhcp4,
    Dhcp6,
    Relay6,
    duid,
    ia_na,
    ia_pd,
    iaaddr,
    iaprefix,
    innermost,
    ip4,
    oro,
    parse4,
    parse6,
    query4,
    query6,
    relayed6,
    tlv4,
    u32,
)

COUNT = 4000
ROUNDS = 3
MAY_GROW_KIB = 6000
"""What the last round of octets may cost in memory; it would be many times that if each left something behind."""

_OPTIONS4 = (
    (12, b"host.example.org"),
    (55, bytes(range(1, 255))),
    (60, b"docsis3.0:abcdef"),
    (61, b"\xff\0\0\0\1" + duid(5)),
    (81, b"\4\0\0\4host\7example\0"),
    (82, tlv4([(1, b"\0\1\2"), (2, b"remote"), (5, ip4("192.0.2.0")), (9, u32(4491) + b"\3abc")])),
    (119, b"\7example\3org\0\3www\xc0\0"),
    (121, b"\x18\xc0\0\2\xc0\0\2\1"),
    (124, u32(4491) + b"\3abc"),
    (125, u32(4491) + b"\4\1\2\2\1"),
)
_OPTIONS6 = (
    oro(23, 24, 17, 59),
    (14, b""),
    (16, u32(4491) + b"\0\3abc"),
    (17, u32(4491) + b"\0\1\0\2\0\1"),
    (39, b"\1\4host\7example\3org\0"),
    ia_pd(7, iaprefix("2001:db8:8::/56")),
)


def _messages4() -> list[bytes]:
    kinds = (DISCOVER, REQUEST, RELEASE, 4, 8, None)
    return [query4(kind, 50 + n, (50, ip4("192.0.2.50")), *_OPTIONS4).pack() for n, kind in enumerate(kinds)]


def _messages6(server: bytes) -> list[bytes]:
    ias = ia_na(1, iaaddr("2001:db8:1::50", 1, 2))
    plain = [query6(kind, 50 + kind, (2, server), ias, *_OPTIONS6) for kind in (3, 5, 8, 9)]
    plain += [query6(kind, 50 + kind, ias, *_OPTIONS6) for kind in (1, 4, 6, 11)]
    relayed: list[Dhcp6 | Relay6] = [relayed6(each, "2001:db8:9::1", "fe80::1", (18, b"port")) for each in plain]
    deep: Dhcp6 | Relay6 = plain[4]
    for hops in range(34):
        deep = relayed6(deep, "2001:db8:9::1", hops=hops)
    return [each.pack() for each in (*plain, *relayed, deep)]


def _settled(server: Twistd) -> int:
    """Wait until the server has read all there is; return how many messages it has received."""
    last, deadline = -1, time.monotonic() + 20
    while (now := server.received()) != last and time.monotonic() < deadline:
        last = now
        time.sleep(0.1)
    return now


def _answered4(wire: Wire, query: Dhcp4, kind: int) -> Dhcp4:
    wire.drain()
    wire.send(frame4(query.pack()))
    while (frame := wire.receive(5)) is not None:
        answer = parse4(frame.payload)
        if answer.xid == query.xid and answer.type == kind:
            return answer
    raise AssertionError("no answer")


def _answered6(wire: Wire, query: Dhcp6, kind: int) -> Dhcp6:
    wire.drain()
    wire.send(frame6(query.pack()))
    while (frame := wire.receive(5)) is not None:
        answer = innermost(parse6(frame.payload))
        if answer.xid == query.xid and answer.type == kind:
            return answer
    raise AssertionError("no answer")


def test_hostile_frames_do_no_harm_to_dhcpv4(server4: Twistd) -> None:
    wire = Wire(server4.link)
    assert server4.process is not None
    sizes = []
    for round_ in range(ROUNDS):
        for number, octets in enumerate(mutants(_messages4(), COUNT, round_)):
            frame = frame4(octets)
            if number % 10 == 0:
                # The headers below DHCP are lies as well.
                frame = mutants([frame], 1, number)[0] or b"\0"
            wire.send(frame.ljust(14, b"\0"))
            if number % 200 == 0:
                wire.drain()
                time.sleep(0.02)
        assert _settled(server4) > COUNT // 2
        sizes.append(resident_kib(server4.process.pid))
    assert sizes[-1] - sizes[-2] < MAY_GROW_KIB, sizes
    offer = _answered4(wire, query4(DISCOVER, 1), OFFER)
    wants = query4(REQUEST, 1, (54, ip4("192.0.2.1")), (50, ip4(offer.yiaddr)))
    assert _answered4(wire, wants, ACK).yiaddr == offer.yiaddr
    assert "STD_EXCEPTION" not in server4.log.read_text(errors="replace")
    wire.close()


def test_hostile_datagrams_do_no_harm_to_dhcpv6(server6: Twistd) -> None:
    wire = Wire(server6.link)
    assert server6.process is not None
    server_id = _answered6(wire, query6(SOLICIT, 1, ia_na(1)), ADVERTISE).option(2) or b""
    sizes = []
    for round_ in range(ROUNDS):
        for number, octets in enumerate(mutants(_messages6(server_id), COUNT, round_)):
            wire.send(frame6(octets))
            if number % 200 == 0:
                wire.drain()
                time.sleep(0.02)
        assert _settled(server6) > COUNT // 2
        sizes.append(resident_kib(server6.process.pid))
    assert sizes[-1] - sizes[-2] < MAY_GROW_KIB, sizes
    advertise = _answered6(wire, query6(SOLICIT, 1, ia_na(1)), ADVERTISE)
    offered = (advertise.option(3) or b"")[12:]
    reply = _answered6(wire, query6(REQUEST6, 1, (2, server_id), ia_na(1, (5, offered[4:28]))), REPLY)
    assert (reply.option(3) or b"")[12:] == offered
    assert "STD_EXCEPTION" not in server6.log.read_text(errors="replace")
    wire.close()
