"""Frames for raw sockets, checked against an independent implementation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.inet import IP, UDP
from scapy.layers.l2 import Ether

from kea_twisted.wire import frame

addresses = st.integers(0, 2**32 - 1)
ports = st.integers(0, 2**16 - 1)
macs = st.binary(min_size=6, max_size=6)


@given(st.binary(max_size=1400), macs, macs, addresses, ports, addresses, ports)
def test_a_built_frame_parses_to_what_it_was_built_from(message, source_mac, mac, source, sport, destination, dport):
    built = frame.build(message, source_mac, mac, source, sport, destination, dport)
    assert frame.parse(built) == (message, source_mac, source, sport, destination, dport)


@pytest.mark.rfc("1071", "1")
@pytest.mark.parametrize("length", [0, 1, 2, 3, 250, 251, 548, 1472])
def test_checksums_are_those_of_an_independent_implementation(length):
    message = bytes(index % 251 for index in range(length))
    built = frame.build(message, b"\2" * 6, b"\3" * 6, 0xC0000201, 67, 0xC000020A, 68)
    parsed = Ether(built)
    ip_checksum, udp_checksum = parsed[IP].chksum, parsed[UDP].chksum
    del parsed[IP].chksum
    del parsed[UDP].chksum
    again = Ether(bytes(parsed))
    assert (again[IP].chksum, again[UDP].chksum) == (ip_checksum, udp_checksum)


@given(st.binary(max_size=200))
def test_any_octets_give_a_datagram_or_none(octets):
    parsed = frame.parse(octets)
    assert parsed is None or len(parsed) == 6


def test_a_damaged_ip_header_is_refused():
    built = bytearray(frame.build(b"x" * 20, b"\2" * 6, b"\3" * 6, 1, 67, 2, 68))
    built[30] ^= 1
    assert frame.parse(bytes(built)) is None


@pytest.mark.parametrize("place", [20, 21])
def test_fragments_are_refused(place):
    built = bytearray(frame.build(b"x" * 20, b"\2" * 6, b"\3" * 6, 1, 67, 2, 68))
    built[place] |= 1 if place == 21 else 0x20
    assert frame.parse(bytes(built)) is None


@pytest.mark.arm("V4-599")
def test_frames_have_the_header_of_ieee_802_3_and_nothing_else_is_read():
    built = frame.build(b"message", b"\2" * 6, b"\3" * 6, 1, 67, 2, 68)
    assert built[:14] == b"\3" * 6 + b"\2" * 6 + b"\x08\x00"
    tagged = built[:12] + b"\x81\x00\x00\x07" + built[12:]
    assert frame.parse(tagged) is None
    assert frame.parse(built[14:]) is None
    infiniband = b"\0" * 20 + b"\x08\x00" + built[14:]
    assert frame.parse(infiniband) is None
