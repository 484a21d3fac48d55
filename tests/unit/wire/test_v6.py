"""DHCPv6 messages: parse and pack undo each other, and any octets give a packet or a WireError."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.base.address import parse6
from kea_twisted.errors import WireError
from kea_twisted.wire import v6
from kea_twisted.wire.packet import Receipt

CORPUS = Path(__file__).parents[2] / "corpus" / "v6"
RECEIPT = Receipt("eth0", 2, parse6("ff02::1:2"), 547, parse6("fe80::1"), 546)

codes = st.integers(0, 65535)
bodies = st.binary(max_size=40)
options = st.dictionaries(codes, st.lists(bodies, min_size=1, max_size=3), max_size=6)
relay_options = st.dictionaries(
    codes.filter(lambda code: code != v6.RELAY_MSG), st.lists(bodies, min_size=1), max_size=3
)
addresses = st.integers(0, (1 << 128) - 1)
relays = st.lists(
    st.builds(v6.Relay6, st.sampled_from([12, 13]), st.integers(0, 255), addresses, addresses, relay_options),
    max_size=5,
)


def commented_hex(path: Path) -> bytes:
    """Return the octets of a corpus file: hex, with comments from # to the end of the line."""
    return bytes.fromhex("".join(line.partition("#")[0] for line in path.read_text().splitlines()))


def message(kind: int, body: bytes = b"") -> bytes:
    return bytes([kind, 1, 2, 3]) + body


def relayed(inner: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    return b"\x0c\x00" + bytes(32) + before + b"\x00\x09" + len(inner).to_bytes(2, "big") + inner + after


@given(st.binary(max_size=200))
@pytest.mark.rfc("8415", "8")
def test_any_octets_give_a_packet_or_a_wire_error(octets: bytes) -> None:
    try:
        packet = v6.parse(octets, RECEIPT)
    except WireError:
        return
    assert v6.pack(packet)[0] == octets[0]


@given(st.integers(0, 3), st.binary(max_size=120))
def test_damaged_relay_messages_give_a_packet_or_a_wire_error(depth: int, octets: bytes) -> None:
    for _ in range(depth):
        octets = relayed(octets)
    try:
        packet = v6.parse(octets, RECEIPT)
    except WireError:
        return
    assert len(packet.relays) >= depth - 1


@given(st.integers(0, 255).filter(lambda kind: kind not in (12, 13)), st.integers(0, 0xFFFFFF), options, relays)
@pytest.mark.rfc("8415", "9")
def test_what_is_packed_parses_to_the_same(
    kind: int, transid: int, given_options: v6.OptionMap, layers: list[v6.Relay6]
) -> None:
    packet = v6.Packet6(kind, transid)
    packet.options = given_options
    packet.relays = layers
    octets = v6.pack(packet)
    again = v6.parse(octets, RECEIPT)
    assert (again.message_type, again.transid, again.options) == (kind, transid, given_options)
    assert [(r.message_type, r.hop_count, r.link_address, r.peer_address, r.options) for r in again.relays] == [
        (r.message_type, r.hop_count, r.link_address, r.peer_address, r.options) for r in layers
    ]
    assert v6.pack(again) == octets


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.hex")), ids=lambda path: path.stem)
def test_corpus_messages_survive_a_round_trip(path: Path) -> None:
    octets = commented_hex(path)
    assert v6.pack(v6.parse(octets, RECEIPT)) == octets


def test_the_solicit_of_the_corpus_reads_as_its_comments_say() -> None:
    packet = v6.parse(commented_hex(CORPUS / "solicit-na-pd.hex"), RECEIPT)
    assert (packet.name, packet.transid) == ("SOLICIT", 0x10AB32)
    ia = v6.parse_ia(packet.options[3][0])
    assert (ia.iaid, ia.t1, ia.t2) == (1, 3600, 5400)
    assert v6.parse_iaaddr(ia.options[5][0]) == (parse6("2001:db8:1::33"), 600, 1500)
    prefix = v6.parse_iaprefix(v6.parse_ia(packet.options[25][0]).options[26][0])
    assert prefix == (parse6("2001:db8:8::"), 56, 0, 0)
    assert packet.ifname == "eth0" and packet.remote_port == 546


def test_the_outermost_relay_comes_first() -> None:
    packet = v6.parse(commented_hex(CORPUS / "relayed-twice.hex"), RECEIPT)
    assert [relay.hop_count for relay in packet.relays] == [1, 0]
    assert packet.relay_option(18) == b"inner"
    assert packet.is_relayed


@pytest.mark.parametrize("octets", [b"", b"\1", b"\1\2\3", relayed(b""), relayed(b"\1\2\3")])
def test_less_than_a_header_is_an_error(octets: bytes) -> None:
    with pytest.raises(WireError):
        v6.parse(octets, RECEIPT)


@pytest.mark.parametrize("octets", [b"\x0c" + bytes(32), relayed(b"\x0c" + bytes(20))])
def test_a_relay_message_shorter_than_its_header_is_a_message_of_its_type(octets: bytes) -> None:
    assert v6.parse(octets, RECEIPT).message_type == v6.RELAY_FORW


def test_a_relay_message_without_a_message_is_an_error() -> None:
    with pytest.raises(WireError):
        v6.parse(b"\x0c\x00" + bytes(32) + b"\x00\x12\x00\x01a", RECEIPT)


@pytest.mark.parametrize(("relays", "accepted"), [(8, True), (32, True), (33, True), (34, False)])
@pytest.mark.arm("V6-260")
def test_relay_chains_are_limited(relays: int, accepted: bool) -> None:
    octets = message(1)
    for _ in range(relays):
        octets = relayed(octets)
    if accepted:
        assert len(v6.parse(octets, RECEIPT).relays) == relays
    else:
        with pytest.raises(WireError):
            v6.parse(octets, RECEIPT)


@pytest.mark.parametrize("tail", [b"\0", b"\0\0\0", b"\0\x17\0\x20abc"])
def test_a_truncated_option_ends_the_options(tail: bytes) -> None:
    packet = v6.parse(message(1, b"\0\x01\0\x03abc" + tail), RECEIPT)
    assert packet.options == {1: [b"abc"]}
    inner = v6.parse(relayed(message(1), after=tail), RECEIPT)
    assert inner.message_type == 1


def test_options_go_out_by_code_and_repeated_ones_in_order() -> None:
    packet = v6.Packet6(v6.REPLY, 5)
    for code, body in ((25, b"x"), (3, b"b"), (3, b"a"), (1, b"")):
        packet.add(code, body)
    assert v6.pack(packet).hex() == "07000005" + "00010000" + "0003000162" + "0003000161" + "0019000178"


@pytest.mark.rfc("8415", "19.3")
@pytest.mark.rfc("8357", "5.3")
def test_a_relay_reply_mirrors_what_relays_want_back() -> None:
    forward = v6.Relay6(v6.RELAY_FORW, 3, 7, 9, {18: [b"port"], 37: [b"remote"], 135: [b"\0\0"]})
    layer = forward.reply()
    assert (layer.message_type, layer.hop_count, layer.link_address, layer.peer_address) == (13, 3, 7, 9)
    assert layer.options == {18: [b"port"], 135: [b"\0\0"]}


def test_an_option_too_long_for_its_length_field_is_an_error() -> None:
    packet = v6.Packet6(v6.REPLY, 1)
    packet.add(59, bytes(70000))
    with pytest.raises(WireError):
        v6.pack(packet)


@given(addresses, st.integers(0, 0xFFFFFFFF), st.integers(0, 0xFFFFFFFF))
def test_addresses_and_prefixes_of_ias_round_trip(address: int, preferred: int, valid: int) -> None:
    option = v6.build_iaaddr(address, preferred, valid)
    assert option[:4] == b"\0\5\0\x18"
    assert v6.parse_iaaddr(option[4:]) == (address, preferred, valid)
    prefix = v6.build_iaprefix(address >> 64 << 64, 64, preferred, valid)
    assert v6.parse_iaprefix(prefix[4:]) == (address >> 64 << 64, 64, preferred, valid)


def test_bits_beyond_a_prefix_are_cleared() -> None:
    body = v6.build_iaprefix(parse6("2001:db8::ff"), 64, 0, 0)[4:]
    assert v6.parse_iaprefix(body)[0] == parse6("2001:db8::")


@pytest.mark.parametrize(
    ("parse", "least"), [(v6.parse_ia, 12), (v6.parse_iaaddr, 24), (v6.parse_iaprefix, 25), (v6.parse_status, 2)]
)
def test_structures_shorter_than_their_fields_are_errors(parse: object, least: int) -> None:
    assert callable(parse)
    parse(bytes(least))
    with pytest.raises(WireError):
        parse(bytes(least - 1))


def test_a_status_round_trips() -> None:
    option = v6.build_status(v6.NO_BINDING, "grüezi")
    assert v6.parse_status(option[4:]) == (3, "grüezi")
