"""The messages between the two servers: Kea's own octets, there and back, and anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.base.address import parse6 as address6
from kea_twisted.errors import WireError
from kea_twisted.wire.over6 import OPTION_DHCPV4_MSG, OPTION_VENDOR_OPTS, unwrap, wrap
from kea_twisted.wire.v6 import DHCPV4_QUERY, RELAY_FORW, Packet6, Relay6

ISC = (2495).to_bytes(4, "big")
STAMP = bytes.fromhex("ea60000473727630ea610010fe80000000000000000000000000c101ea6200020222")
# What Kea 2.2.0's kea-dhcp6 sends to its kea-dhcp4, with a short message in option 87.
DIRECT = bytes.fromhex("1400000000110026000009bf") + STAMP + bytes.fromhex("00570003616263")
RELAYED = (
    bytes.fromhex("0c0020010db8000100000000000000000005fe80000000000000000000000000000700120005706f727437")
    + bytes.fromhex("00090035")
    + DIRECT
)


def a_query() -> Packet6:
    packet = Packet6(DHCPV4_QUERY)
    packet.ifname, packet.remote_address, packet.remote_port = "srv0", address6("fe80::c101"), 546
    packet.options = {OPTION_DHCPV4_MSG: [b"abc"]}
    return packet


@pytest.mark.arm("V6-326", "V6-327")
@pytest.mark.parametrize("relayed", [False, True])
def test_octets_are_those_of_kea(relayed: bool) -> None:
    octets = RELAYED if relayed else DIRECT
    packet = a_query()
    if relayed:
        layer = Relay6(RELAY_FORW, 0, address6("2001:db8:1::5"), address6("fe80::7"), {18: [b"port7"]})
        packet.relays = [layer]
    assert wrap(packet) == octets
    assert packet.options == {OPTION_DHCPV4_MSG: [b"abc"]}, "the packet itself stays as it was"
    found = unwrap(octets)
    assert (found.ifname, found.remote_address, found.remote_port) == ("srv0", address6("fe80::c101"), 546)
    assert found.options == packet.options
    assert [vars_of(each) for each in found.relays] == [vars_of(each) for each in packet.relays]


def vars_of(relay: Relay6) -> tuple[object, ...]:
    return relay.hop_count, relay.link_address, relay.peer_address, relay.options


def test_vendor_options_of_the_client_stay() -> None:
    packet = a_query()
    packet.options[OPTION_VENDOR_OPTS] = [b"\0\0\0\x09x", ISC + bytes.fromhex("00010001aa")]
    assert ISC + bytes.fromhex("00010001aa") + STAMP in wrap(packet)
    assert unwrap(wrap(packet)).options == packet.options


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"", "at least 4"),
        (DIRECT[:4] + DIRECT[50:], "no ISC vendor option"),
        (DIRECT.replace(b"\xea\x60", b"\xea\x63"), "no interface"),
        (DIRECT.replace(b"\xea\x61", b"\xea\x63"), "no source address"),
        (DIRECT.replace(b"\xea\x62", b"\xea\x63"), "no source port"),
    ],
)
def test_what_says_not_all_is_refused(octets: bytes, reason: str) -> None:
    with pytest.raises(WireError, match=reason):
        unwrap(octets)


@given(st.binary(max_size=80) | st.tuples(st.integers(0, 90), st.binary(max_size=9)).map(lambda t: cut(*t)))
def test_any_octets_give_a_packet_or_a_wire_error(octets: bytes) -> None:
    try:
        packet = unwrap(octets)
    except WireError:
        return
    again = unwrap(wrap(packet))
    assert (again.ifname, again.remote_address, again.options) == (packet.ifname, packet.remote_address, packet.options)


def cut(at: int, instead: bytes) -> bytes:
    return RELAYED[:at] + instead + RELAYED[at + len(instead) :]
