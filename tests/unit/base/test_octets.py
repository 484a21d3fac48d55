from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.base.octets import colon_hex, file_name, parse_colon_hex, parse_hex, parse_hex_or_quoted, parse_quoted


@pytest.mark.arm("V4-116")
@pytest.mark.arm("V4-117")
@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("", ""),
        ("a", "0a"),
        ("abc", "0abc"),
        ("0xabc", "0abc"),
        ("0xabcdef", "abcdef"),
        ("abcdef", "abcdef"),
        ("ab:cd:ef", "abcdef"),
        ("a:b", "0a0b"),
        ("C0 00 03 01", "c0000301"),
        ("1 2 3", "010203"),
    ],
)
def test_every_form_of_hexadecimal_octets_is_read(text: str, octets: str) -> None:
    assert parse_hex(text).hex() == octets


@pytest.mark.parametrize(
    "text",
    ["0X01", "0x", "x", "ab  cd", " ab", "ab ", "ab:", ":ab", "abc:d", "ab:cd ef", "0xab:cd", "ab-cd", "+1:2", "'"],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_hex(text)


@pytest.mark.arm("V4-118")
def test_quoted_texts_are_their_octets() -> None:
    assert parse_quoted("'foo'") == b"foo"
    assert parse_quoted("  'it's' ") == b"it's"
    assert parse_quoted("''") is None
    assert parse_quoted("'a") is None
    assert parse_hex_or_quoted("'ab'") == b"ab"
    assert parse_hex_or_quoted("ab") == b"\xab"


@given(st.binary(min_size=1))
def test_octets_survive_the_text_that_shows_them(octets: bytes) -> None:
    assert parse_hex(colon_hex(octets)) == octets
    assert parse_colon_hex(colon_hex(octets)) == octets
    assert parse_hex(octets.hex()) == octets


@pytest.mark.parametrize(
    ("text", "name"),
    [("/a/b", "/a/b"), ("d\xc3\xa9p\xc3\xb4t", "dépôt"), ("\xff\xfe", "\udcff\udcfe"), ("ключ", "ключ"), ("", "")],
)
def test_the_octets_of_a_configuration_are_the_name_of_a_file(text: str, name: str) -> None:
    assert file_name(text) == name
