from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.base.octets import colon_hex
from kea_twisted.errors import WireError
from kea_twisted.wire import identifiers
from kea_twisted.wire.identifiers import Duid


@pytest.mark.arm("V6-401")
@pytest.mark.arm("V6-402")
@pytest.mark.arm("V6-403")
@pytest.mark.rfc("8415", "11")
@pytest.mark.parametrize(
    ("duid", "text"),
    [
        (
            Duid(identifiers.DUID_LLT, bytes.fromhex("a65dc7410f05"), htype=8, time=2518920166),
            "00:01:00:08:96:23:ab:e6:a6:5d:c7:41:0f:05",
        ),
        (
            Duid(identifiers.DUID_EN, bytes.fromhex("87abef7a5bb545"), enterprise=2495),
            "00:02:00:00:09:bf:87:ab:ef:7a:5b:b5:45",
        ),
        (Duid(identifiers.DUID_LL, bytes.fromhex("a65dc7410f05"), htype=8), "00:03:00:08:a6:5d:c7:41:0f:05"),
        (Duid(identifiers.DUID_UUID, bytes(range(16))), "00:04:" + bytes(range(16)).hex(":")),
        (Duid(77, b"xyz"), "00:4d:78:79:7a"),
    ],
)
def test_duids_are_built_and_taken_apart(duid: Duid, text: str) -> None:
    octets = duid.pack()
    assert colon_hex(octets) == text
    assert identifiers.parse_duid(text) == octets
    assert identifiers.unpack_duid(octets) == duid


@pytest.mark.parametrize("octets", ["", "00", "00010001000000", "0002000009", "000300", "0004" + "00" * 15, "00" * 129])
def test_duids_of_wrong_length_are_refused(octets: str) -> None:
    with pytest.raises(WireError):
        identifiers.unpack_duid(bytes.fromhex(octets))


@given(st.binary(max_size=140))
def test_any_octets_give_a_duid_or_a_wire_error(octets: bytes) -> None:
    try:
        duid = identifiers.unpack_duid(octets)
    except WireError:
        return
    assert duid.pack() == octets


@pytest.mark.parametrize(("length", "good"), [(0, False), (1, True), (128, True), (129, False)])
def test_duids_have_1_to_128_octets(length: int, good: bool) -> None:
    text = ":".join(["01"] * length)
    if good:
        assert len(identifiers.parse_duid(text)) == length
    else:
        with pytest.raises(ValueError):
            identifiers.parse_duid(text)


@pytest.mark.rfc("2132", "9.14")
@pytest.mark.parametrize(("length", "good"), [(1, False), (2, True), (255, True), (256, False)])
def test_client_identifiers_have_2_to_255_octets(length: int, good: bool) -> None:
    text = "01" * length
    if good:
        assert len(identifiers.parse_client_id(text)) == length
    else:
        with pytest.raises(ValueError):
            identifiers.parse_client_id(text)


def test_hardware_addresses_have_at_most_20_octets() -> None:
    assert len(identifiers.parse_hardware_address("01" * 20)) == 20
    with pytest.raises(ValueError):
        identifiers.parse_hardware_address("01" * 21)


@pytest.mark.rfc("4361", "6.1")
def test_the_duid_in_a_client_identifier_is_found() -> None:
    assert identifiers.duid_of_client_id(bytes.fromhex("ff01020304000300010a")) == bytes.fromhex("000300010a")
    assert identifiers.duid_of_client_id(bytes.fromhex("01020000000001")) == b""
    assert identifiers.duid_of_client_id(bytes.fromhex("ff01020304")) == b""


def test_hardware_addresses_are_found_in_duids_and_link_local_addresses() -> None:
    mac = bytes.fromhex("020000000a01")
    assert identifiers.hardware_of_duid(bytes.fromhex("00030001") + mac) == (1, mac)
    assert identifiers.hardware_of_duid(bytes.fromhex("0001000100000007") + mac) == (1, mac)
    assert identifiers.hardware_of_duid(bytes.fromhex("0002000009bf01")) is None
    assert identifiers.hardware_of_duid(bytes.fromhex("00030001")) is None
    assert (
        identifiers.hardware_of_address6(int.from_bytes(bytes.fromhex("fe80000000000000000000fffe000a01"), "big"))
        == mac
    )
    assert identifiers.hardware_of_address6(0xFE80 << 112 | 1) == b""
    assert identifiers.hardware_of_address6(0x20010DB8 << 96 | 0xFFFE << 24) == b""


def test_hardware_addresses_are_shown_as_in_logs() -> None:
    assert identifiers.hardware_text(1, b"\2\0\0\0\0\1") == "hwtype=1 02:00:00:00:00:01"
