"""DHCPv4 messages: layout, long options, overload, and any octets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.errors import WireError
from kea_twisted.wire import v4
from kea_twisted.wire.packet import Receipt

RECEIPT = Receipt("eth0", 2, 0xFFFFFFFF, 67, 0, 68, b"\x02\0\0\0\0\1", None, 0xC0000201)
HEADER = bytes([1, 1, 6, 0]) + bytes(232)
COOKIE = bytes.fromhex("63825363")


def discover(options, header=HEADER):
    return header + COOKIE + options


def packets():
    octets = st.binary(max_size=600)
    return st.builds(
        _packet,
        st.integers(1, 255),
        st.integers(0, 2**32 - 1),
        st.binary(max_size=16),
        st.dictionaries(st.sampled_from([12, 43, 60, 61, 82, 125, 224]), octets, max_size=5),
    )


def _packet(kind, xid, chaddr, options):
    packet = v4.Packet4(kind, xid)
    packet.chaddr = chaddr
    packet.options = options
    return packet


@given(packets())
def test_what_is_packed_parses_to_the_same(packet):
    parsed = v4.parse(v4.pack(packet), RECEIPT)
    assert parsed.message_type == packet.message_type
    assert parsed.xid == packet.xid
    assert parsed.chaddr == packet.chaddr
    assert {code: body for code, body in parsed.options.items() if code != 53} == packet.options


@given(st.binary(max_size=700))
def test_any_octets_give_a_packet_or_a_wire_error(octets):
    try:
        v4.parse(octets, RECEIPT)
    except WireError as error:
        assert error.reason


@given(st.binary(max_size=400))
def test_any_options_give_a_packet_or_a_wire_error(octets):
    try:
        packet = v4.parse(discover(octets), RECEIPT)
    except WireError as error:
        assert error.code is not None
    else:
        assert sum(len(body) for body in packet.options.values()) <= len(octets)


@pytest.mark.rfc("2131", "2")
@pytest.mark.parametrize("length", [0, 1, 100, 235, 236, 239])
def test_a_header_that_is_cut_off_is_an_error(length):
    with pytest.raises(WireError):
        v4.parse(discover(b"\x35\1\1\xff")[:length], RECEIPT)


def test_a_hardware_address_longer_than_its_field_is_an_error():
    with pytest.raises(WireError, match="17"):
        v4.parse(discover(b"\x35\1\1\xff", bytes([1, 1, 17, 0]) + bytes(232)), RECEIPT)


@pytest.mark.rfc("3396", "7")
def test_a_repeated_option_is_one_long_option():
    packet = v4.parse(discover(b"\x35\1\1" + b"\x0c\3abc" + b"\x0c\3def" + b"\xff"), RECEIPT)
    assert packet.options[12] == b"abcdef"


@pytest.mark.rfc("3396", "5")
def test_a_long_option_leaves_in_parts_of_255_octets():
    packet = v4.Packet4(v4.DHCPOFFER)
    packet.options[224] = bytes(300)
    octets = v4.pack(packet)
    assert octets[240:].count(b"\xe0\xff" + bytes(255)) == 1
    assert octets.endswith(b"\xe0\x2d" + bytes(45) + b"\xff")


@pytest.mark.rfc("3046", "2.1")
def test_the_relay_agent_option_is_the_last_one():
    packet = v4.Packet4(v4.DHCPOFFER)
    packet.options = {82: b"\1\1a", 224: b"x"}
    assert v4.pack(packet).endswith(b"\xe0\1x\x52\3\1\1a\xff")


@pytest.mark.rfc("2132", "9.6")
def test_the_message_type_is_the_first_option():
    packet = v4.Packet4(v4.DHCPOFFER)
    packet.options = {1: b"\xff\xff\xff\0"}
    assert v4.pack(packet)[240:243] == b"\x35\1\2"


@pytest.mark.rfc("2132", "9.3")
@pytest.mark.parametrize(("overload", "places"), [(1, {12}), (2, {61}), (3, {12, 61})])
def test_overloaded_fields_hold_options(overload, places):
    sname = b"\x3d\3abc\xff".ljust(64, b"\0")
    file = b"\x0c\4host\xff".ljust(128, b"\0")
    header = bytes([1, 1, 6, 0]) + bytes(40) + sname + file
    packet = v4.parse(discover(b"\x35\1\1\x34\1" + bytes([overload]) + b"\xff", header), RECEIPT)
    assert places == set(packet.options) - {52, 53}
    assert packet.sname == (b"" if overload & 2 else sname.rstrip(b"\0"))
    assert packet.file == (b"" if overload & 1 else file.rstrip(b"\0"))


def test_an_option_that_runs_past_the_end_ends_the_options():
    packet = v4.parse(discover(b"\x35\1\1\x0c\x09abc"), RECEIPT)
    assert packet.message_type == v4.DHCPDISCOVER
    assert 12 not in packet.options
    assert "12" in packet.unparsed


@pytest.mark.parametrize(("code", "length"), [(50, 3), (51, 2), (54, 0), (55, 0), (53, 0), (81, 2)])
def test_an_option_too_short_for_its_type_is_an_error(code, length):
    with pytest.raises(WireError) as caught:
        v4.parse(discover(b"\x35\1\1" + bytes([code, length]) + bytes(length) + b"\xff"), RECEIPT)
    assert caught.value.code == code


def test_padding_and_what_follows_the_end_option_are_passed_over():
    packet = v4.parse(discover(b"\0\0\x35\1\1\0\xff\x0c\3abc"), RECEIPT)
    assert set(packet.options) == {53}
