"""Tuples that claim to be longer than their option, under `lenient-option-parsing`."""

from __future__ import annotations

import pytest

from kea_twisted.family import V4, V6
from kea_twisted.options.lenient import lenient_options, shorten, shorten4, shorten6
from kea_twisted.options.spaces import STANDARD4, STANDARD6

pytestmark = pytest.mark.arm("V4-646")


@pytest.mark.parametrize(
    ("code", "body", "read"),
    [
        (124, b"\0\0\x11\x8b\2ab", b"\0\0\x11\x8b\2ab"),
        (124, b"\0\0\x11\x8b\5ab", b"\0\0\x11\x8b\2ab"),
        (124, b"\0\0\x11\x8b\1a\0\0\0\1\x09b", b"\0\0\x11\x8b\1a\0\0\0\1\1b"),
        (124, b"\0\0\x11\x8b\1a\0\0\0", b"\0\0\x11\x8b\1a\0\0\0"),
        (12, b"\5ab", b"\5ab"),
    ],
)
def test_tuples_of_dhcpv4_end_with_their_option(code: int, body: bytes, read: bytes) -> None:
    options = {code: body}
    shorten4(options, lenient_options(STANDARD4, V4))
    assert options == {code: read}


@pytest.mark.parametrize(
    ("code", "body", "read"),
    [
        (16, b"\0\0\x11\x8b\0\5ab", b"\0\0\x11\x8b\0\2ab"),
        (60, b"\0\1a\xff\xffbc", b"\0\1a\0\2bc"),
        (60, b"\0\1a\xff", b"\0\1a\xff"),
        (59, b"\0\5ab", b"\0\5ab"),
    ],
)
def test_tuples_of_dhcpv6_end_with_their_option(code: int, body: bytes, read: bytes) -> None:
    options = {code: [body, body]}
    shorten6(options, lenient_options(STANDARD6, V6))
    assert options == {code: [read, read]}


def test_nothing_is_made_of_nothing() -> None:
    assert [shorten(b"", row) for row in lenient_options(STANDARD6, V6).values()] == [b""] * 2
