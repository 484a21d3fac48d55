"""The framing of commands: where the first value of a stream ends, however it arrives."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.base.kea_json.scan import ValueScanner, first_value_end

COMMANDS = st.dictionaries(st.text(max_size=5), st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3)))


@given(COMMANDS, st.sampled_from([b"", b"  x", b"{}", b"\n"]), st.lists(st.integers(1, 20), min_size=1))
def test_the_end_is_found_however_the_octets_are_cut(command: dict[str, object], rest: bytes, sizes: list[int]) -> None:
    octets = json.dumps(command, indent=1).encode()
    scanner, offset, end = ValueScanner(), 0, None
    for size in sizes * len(octets):
        end = scanner.feed((octets + rest)[offset : offset + size])
        offset += size
        if end is not None:
            break
    assert end == len(octets)


@pytest.mark.parametrize(
    "octets",
    [b'{"a": "}"}', b'{"a": "\\"}"}', b'{"a": "\\\\"}', b"{/* } */}", b"{# }\n}", b"{// }\n}", b'# "{\n[[1], {}]'],
)
def test_strings_and_comments_hide_brackets(octets: bytes) -> None:
    assert first_value_end(octets + b"}") == len(octets)
    assert all(first_value_end(octets[:length]) is None for length in range(len(octets)))


@pytest.mark.parametrize("octets", [b"x", b'"a"', b"12", b"{]", b"[}", b"{/x}", b"]", b"{" * 300])
def test_what_can_never_be_a_value_is_told_apart_from_what_is_incomplete(octets: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        first_value_end(octets)


def test_white_space_alone_is_empty() -> None:
    scanner = ValueScanner()
    assert scanner.feed(b" \n\t") is None and scanner.empty
    scanner.feed(b"{")
    assert not scanner.empty and scanner.octets == b" \n\t{"
