from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.base import labels
from kea_twisted.errors import WireError

LABELS = st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=8).map(tuple)


@pytest.mark.rfc("1035", "3.1")
@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("www.example.com", b"\3www\7example\3com\0"),
        ("www.example.com.", b"\3www\7example\3com\0"),
        ("EXAMPLE", b"\7EXAMPLE\0"),
        (".", b"\0"),
        ("a\\.b", b"\3a.b\0"),
        ("a\\065b", b"\3aAb\0"),
        ("é", b"\2\xc3\xa9\0"),
        ("a" * 63, b"\x3f" + b"a" * 63 + b"\0"),
    ],
)
def test_names_are_packed_as_labels(text: str, octets: bytes) -> None:
    assert labels.pack_name(text) == octets


@pytest.mark.parametrize(
    "text", ["", "a..b", ".a", "..", "a" * 64, ".".join(["a" * 50] * 5), "a\\", "a\\25", "a\\256", "a\\1x2"]
)
def test_texts_that_are_no_names_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        labels.pack_name(text)


def test_the_longest_name_has_255_octets() -> None:
    longest = ".".join(["a" * 63] * 3 + ["a" * 61])
    assert len(labels.pack_name(longest)) == labels.MAX_NAME
    with pytest.raises(ValueError):
        labels.pack_name(longest + "a")


@pytest.mark.rfc("4704", "4.2")
def test_partial_names_have_no_terminating_zero() -> None:
    assert labels.pack_partial("host") == b"\4host"
    assert labels.pack_partial("host.") == b"\4host\0"
    assert labels.pack_partial("") == b""
    assert labels.unpack_partial(b"\4host") == "host"
    assert labels.unpack_partial(b"\4host\0") == "host."
    assert labels.unpack_partial(b"") == ""


@pytest.mark.rfc("3397", "2")
def test_pointers_are_followed_where_they_are_allowed() -> None:
    octets = b"\3eng\5apple\3com\0" + b"\x09marketing\xc0\x04"
    assert labels.unpack_name(octets, 0, True) == ("eng.apple.com.", 15)
    assert labels.unpack_name(octets, 15, True) == ("marketing.apple.com.", 27)
    with pytest.raises(WireError):
        labels.unpack_name(octets, 15)


@pytest.mark.parametrize("octets", [b"\xc0\0", b"\1a\xc0\2", b"\1a\xc0\0\1b\xc0\x04", b"\xc0", b"\1a\xff\xff"])
def test_pointers_that_do_not_point_backwards_are_refused(octets: bytes) -> None:
    with pytest.raises(WireError):
        labels.unpack_name(octets, 0, True)


@pytest.mark.parametrize("octets", [b"", b"\1", b"\5ab", b"\1a", b"\x40a\0", b"\x3f" * 300])
def test_octets_that_are_no_absolute_name_are_refused(octets: bytes) -> None:
    with pytest.raises(WireError):
        labels.unpack_name(octets)


@given(LABELS, st.booleans())
def test_labels_survive_octets(found: tuple[bytes, ...], absolute: bool) -> None:
    octets = labels.pack_labels(found, absolute)
    assert labels.unpack_labels(octets) == (found, len(octets), absolute)


@given(LABELS, st.booleans())
def test_labels_survive_text(found: tuple[bytes, ...], absolute: bool) -> None:
    assert labels.parse_labels(labels.labels_text(found, absolute)) == (found, absolute)


@given(st.binary(max_size=300), st.booleans())
def test_any_octets_give_a_name_or_a_wire_error(octets: bytes, compressed: bool) -> None:
    try:
        found, after, _ = labels.unpack_labels(octets, 0, compressed)
    except WireError:
        return
    assert 0 <= after <= len(octets)
    assert all(1 <= len(label) <= labels.MAX_LABEL for label in found)


def test_names_that_differ_in_case_are_equal_when_folded() -> None:
    assert labels.fold("WWW.Example.COM.") == labels.fold("www.example.com")
    assert labels.fold("a\\.") == "a\\."
    assert labels.label_count("a.b.c.") == 3
    assert labels.label_count("") == 0
