"""The vectors are what Kea 2.2.0 shows; tests/differential asks it again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.family import V4, V6, Family
from kea_twisted.options import text
from kea_twisted.options.configured import make_definition
from kea_twisted.options.spaces import STANDARD4, STANDARD6, Definitions

DEFINITIONS = {4: STANDARD4, 6: STANDARD6}


@pytest.mark.parametrize(
    ("family", "code", "octets", "shown"),
    [
        (V4, 3, "0102030405060708", "type=003, len=008: 1.2.3.4 5.6.7.8"),
        (V4, 12, "686f737400", 'type=012, len=004: "host" (string)'),
        (
            V4,
            43,
            "0101610202abcd",
            "type=043, len=007:,\noptions:\n  type=001, len=001: 61\n  type=002, len=002: ab:cd",
        ),
        (V4, 51, "00000e10", "type=051, len=004: 3600 (uint32)"),
        (V4, 55, "010306", "type=055, len=003: 1(uint8) 3(uint8) 6(uint8)"),
        (V4, 61, "01020000000001", "type=061, len=007: 01:02:00:00:00:00:01"),
        (V4, 79, "01616263", 'type=079, len=004: mandatory:1, scope-list:"abc"'),
        (V4, 81, "040000016100", "type=81 (CLIENT_FQDN), flags: (N=0, E=1, O=0, S=0), domain-name='a.' (full)"),
        (V4, 81, "0100006162", "type=81 (CLIENT_FQDN), flags: (N=0, E=0, O=0, S=1), domain-name='ab' (partial)"),
        (V4, 82, "010161020162", "type=082, len=006:,\noptions:\n  type=001, len=001: 61\n  type=002, len=001: 62"),
        (V4, 82, "0105", "type=082, len=000:"),
        (V4, 119, "0161000162c000", 'type=119, len=008: "a." (fqdn) "b.a." (fqdn)'),
        (V4, 124, "0000118b03666f6f", "type=124, len=8,  enterprise id=0x118b, data-len0=3, vendor-class-data0='foo'"),
        (
            *(V4, 125, "0000118b050103010266"),
            "type=125, len=010: 4491 (uint32) 5 (uint8),\noptions:\n  type=001, len=003: 1(uint8) 2(uint8) 102(uint8)",
        ),
        (V4, 200, "616263", "type=200, len=003: 61:62:63"),
        (V4, 3, "010203", "type=003, len=003: 01:02:03"),
        (V6, 1, "00030001", "type=00001, len=00004: 00:03:00:01"),
        (
            *(V6, 3, "0000000100000002000000030005001820010db80000000000000000000000050000000100000002"),
            (
                "type=00003(IA_NA), len=00040: iaid=1, t1=2, t2=3,\noptions:\n"
                "  type=00005(IAADDR), len=00024: address=2001:db8::5, preferred-lft=1, valid-lft=2"
            ),
        ),
        (
            *(V6, 25, "000000010000000200000003001a001900000001000000024020010db8000000000000000000000000"),
            (
                "type=00025(IA_PD), len=00041: iaid=1, t1=2, t2=3,\noptions:\n"
                "  type=00026(IAPREFIX), len=00025: prefix=2001:db8::/64, preferred-lft=1, valid-lft=2"
            ),
        ),
        (V6, 13, "000261626364", 'type=00013, len=00006: NoAddrsAvail(2) "abcd"'),
        (V6, 13, "0009", "type=00013, len=00002: NotConfigured(9) (no status message)"),
        (V6, 14, "", "type=00014, len=00000: "),
        (
            *(V6, 16, "0000118b0003666f6f00026161"),
            (
                "type=16, len=13,  enterprise id=0x118b, data-len0=3, vendor-class-data0='foo',"
                " data-len1=2, vendor-class-data1='aa'"
            ),
        ),
        (
            V6,
            17,
            "0000118b000100020020",
            "type=00017, len=00010: 4491 (uint32),\noptions:\n  type=00001, len=00002: 32(uint16)",
        ),
        (V6, 23, "20010db8" + "00" * 11 + "01", "type=00023, len=00016: 2001:db8::1"),
        (V6, 37, "0000118b6161", "type=00037, len=00006: 4491 (uint32) 6161 (binary)"),
        (V6, 39, "0401610162", "type=39(CLIENT_FQDN), flags: (N=1, O=0, S=0), domain-name='a.b' (partial)"),
        (V6, 60, "000161000162", "type=60, len=6, data-len0=1, data0='a', data-len1=1, data1='b'"),
        (V6, 67, "400100", "type=00067, len=00003: excluded-prefix-len=64, subnet-id=0x0100"),
    ],
)
def test_options_are_shown_as_in_logs_of_kea(family: Family, code: int, octets: str, shown: str) -> None:
    assert text.to_text(DEFINITIONS[family.number], family.space, code, bytes.fromhex(octets), family) == shown


def test_lines_below_are_indented_further() -> None:
    shown = text.to_text(STANDARD4, "dhcp4", 82, b"\1\1a", V4, 2)
    assert shown == "  type=082, len=003:,\noptions:\n    type=001, len=001: 61"


@pytest.mark.arm("CL-075")
def test_the_text_of_a_string_is_its_characters() -> None:
    assert text.to_string(STANDARD4, "dhcp4", 12, b"host\0", V4) == "host"
    assert text.to_string(STANDARD4, "dhcp4", 12, b"", V4) == ""
    assert text.to_string(STANDARD4, "dhcp4", 51, b"\0\0\0\1", V4) == "type=051, len=004: 1 (uint32)"


@pytest.mark.arm("V4-290")
def test_options_decoded_later_are_octets_until_then() -> None:
    row = make_definition(family=V4, name="x", code=230, data_type="string")
    definitions = Definitions({("dhcp4", 230): row})
    assert text.to_string(definitions, "dhcp4", 230, b"ab", V4) == "ab"
    assert text.to_string(definitions, "dhcp4", 230, b"ab", V4, deferred=True) == "type=230, len=002: 61:62"
    assert text.to_string(STANDARD4, "dhcp4", 43, b"\1\1a", V4, deferred=True) == "type=043, len=003: 01:01:61"


@given(st.sampled_from(sorted({row.code for row in STANDARD4.in_space("dhcp4")})), st.binary(max_size=60))
def test_any_octets_of_dhcpv4_are_shown(code: int, body: bytes) -> None:
    assert text.to_text(STANDARD4, "dhcp4", code, body, V4).startswith("type=")


@given(st.sampled_from(sorted({row.code for row in STANDARD6.in_space("dhcp6")})), st.binary(max_size=60))
def test_any_octets_of_dhcpv6_are_shown(code: int, body: bytes) -> None:
    assert text.to_text(STANDARD6, "dhcp6", code, body, V6).startswith("type=")
