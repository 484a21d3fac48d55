from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.errors import WireError
from kea_twisted.options import suboptions


@given(st.dictionaries(st.integers(0, 255), st.binary(max_size=600), max_size=5))
def test_sub_options_of_dhcpv4_survive_their_octets(options: dict[int, bytes]) -> None:
    assert suboptions.parse4(suboptions.pack4(options)) == options


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), st.binary(max_size=50)), max_size=5))
def test_options_of_dhcpv6_survive_their_octets(options: list[tuple[int, bytes]]) -> None:
    assert suboptions.parse6(suboptions.pack6(options)) == options


@given(st.binary(max_size=60), st.booleans())
def test_any_octets_are_parsed(octets: bytes, padded: bool) -> None:
    found = suboptions.parse4(octets, padded)
    assert sum(map(len, found.values())) <= len(octets)
    assert sum(len(body) + 4 for _, body in suboptions.parse6(octets)) <= len(octets)
    assert suboptions.parse4(suboptions.whole4(octets, padded)) == found
    assert len(suboptions.whole6(octets)) <= len(octets)
    assert suboptions.parse4_length(octets) <= len(octets)


@pytest.mark.rfc("3046", "2.0")
def test_a_cut_sub_option_ends_the_container() -> None:
    assert suboptions.parse4(bytes.fromhex("0101610561")) == {1: b"a"}
    assert suboptions.parse4(b"\1") == {}
    assert suboptions.parse6(bytes.fromhex("0001000161" + "00020005")) == [(1, b"a")]


@pytest.mark.arm("V4-291")
def test_pad_and_end_count_only_in_padded_containers() -> None:
    octets = bytes.fromhex("00" + "010161" + "ff" + "020162")
    assert suboptions.parse4(octets, padded=True) == {1: b"a"}
    assert suboptions.parse4(bytes.fromhex("000161" + "ff0162")) == {0: b"a", 255: b"b"}
    assert suboptions.whole4(octets, padded=True).hex() == "010161"


@pytest.mark.arm("V4-309")
@pytest.mark.arm("V4-311")
@pytest.mark.rfc("3396", "7")
def test_long_sub_options_are_split_and_joined() -> None:
    packed = suboptions.pack4({7: b"a" * 300})
    assert packed[:2] == b"\7\xff" and packed[257:259] == b"\7\x2d"
    assert suboptions.parse4(packed) == {7: b"a" * 300}


@pytest.mark.rfc("3925", "4")
def test_vendor_blocks_of_dhcpv4() -> None:
    body = suboptions.pack_vendor4(25167, suboptions.pack4({1: b"a"}))
    assert body.hex() == "0000624f03010161"
    assert suboptions.parse_vendor4(body) == [(25167, b"\1\1a")]
    assert suboptions.pack_vendor4(25167, b"").hex() == "0000624f00"
    assert suboptions.parse_vendor4(bytes.fromhex("0000624f")) == [(25167, b"")]
    with pytest.raises(WireError):
        suboptions.parse_vendor4(bytes.fromhex("0000624f0501"))


@given(st.dictionaries(st.integers(0, 255), st.binary(max_size=400), max_size=6), st.integers(0, 0xFFFFFFFF))
def test_vendor_options_of_any_length_go_into_blocks(options: dict[int, bytes], enterprise: int) -> None:
    blocks = suboptions.parse_vendor4(suboptions.pack_vendor4(enterprise, suboptions.pack4(options)))
    assert {number for number, _ in blocks} == {enterprise}
    assert suboptions.parse4(b"".join(octets for _, octets in blocks)) == options
    assert all(suboptions.parse4_length(octets) == len(octets) for _, octets in blocks)


@given(st.binary(max_size=60))
def test_any_octets_give_vendor_blocks_or_a_wire_error(octets: bytes) -> None:
    for parse in (suboptions.parse_vendor4, suboptions.parse_vendor6, suboptions.parse_vendor_class6):
        try:
            parse(octets)
        except WireError:
            continue


@pytest.mark.rfc("8415", "21.16")
def test_vendor_classes_and_options_of_dhcpv6() -> None:
    assert suboptions.parse_vendor_class6(bytes.fromhex("0000118b0003666f6f000161")) == (4491, [b"foo", b"a"])
    assert suboptions.parse_vendor6(suboptions.pack_vendor6(4491, b"\0\1\0\0")) == (4491, b"\0\1\0\0")
    with pytest.raises(WireError):
        suboptions.parse_vendor_class6(bytes.fromhex("0000118b0003666f"))


def test_a_body_too_long_for_its_length_field_is_refused() -> None:
    with pytest.raises(OverflowError):
        suboptions.pack6([(1, bytes(0x10000))])
