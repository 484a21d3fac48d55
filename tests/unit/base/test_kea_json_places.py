"""The places of values in a text: every path leads to where its value is written, whatever the layout."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.base.kea_json.parse import parse_text
from kea_twisted.base.kea_json.places import Places

GAPS = ("", " ", "\n", "\t ", ' # ]}",{\n', '// "\n', '/* ,}][{" */', " /**/ ")

TEXTS = st.text('a\\"{}[],:#/ \n\xe9', max_size=5)
NAMES = st.text('ab"\\{,', max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**12) | st.floats(0.1, 1e6) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every path in *value* with what is there."""
    yield path, value
    pairs: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in pairs:
        yield from paths(each, (*path, step))


def written(value: Any, gap: Any) -> str:
    """Return *value* as text with gaps wherever they may be."""
    if isinstance(value, dict):
        inner = ",".join(f"{gap()}{quoted(name)}{gap()}:{written(each, gap)}" for name, each in value.items())
        return f"{gap()}{{{inner}{gap()}}}{gap()}"
    if isinstance(value, list):
        return f"{gap()}[{','.join(written(each, gap) for each in value)}{gap()}]{gap()}"
    return f"{gap()}{quoted(value)}{gap()}"


def quoted(value: Any) -> str:
    """Return a scalar as Kea's dialect has it: Latin-1 as it is."""
    return json.dumps(value, ensure_ascii=False)


@given(VALUES, st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_every_path_leads_to_its_value_and_its_keyword(value: Any, seed: int, order: random.Random) -> None:
    rng = random.Random(seed)
    text = written(value, lambda: rng.choice(GAPS))
    assert parse_text(text).value == value
    places = Places(text)
    asked = list(paths(value))
    order.shuffle(asked)
    for path, there in asked:
        offset = places.find(path)
        if isinstance(there, dict | list):
            assert text[offset] == "{["[isinstance(there, list)]
        else:
            assert text.startswith(quoted(there), offset)
        if path and isinstance(path[-1], str):
            assert text.startswith(quoted(path[-1]), places.find(path, name=True))
        assert places.find((*path, "nowhere", 7)) == offset


@pytest.mark.parametrize(
    ("text", "path", "rest"),
    [
        ('{"a": 1, "a": [2]}', ("a", 0), "2]}"),
        ('{"a": {"b": 1}, "a": {"b": 2}}', ("a", "b"), "2}}"),
        ('{"a\\u0062": 1}', ("ab",), "1}"),
        ("[1,,[],2,]", (2,), "2,]"),
        ('{"0": 1}', (0,), '{"0": 1}'),
        ("[1]", (-1,), "[1]"),
        (" 5 ", ("a",), "5 "),
    ],
)
def test_of_equal_names_the_last_counts_and_what_is_not_there_is_its_surroundings(
    text: str, path: tuple[str | int, ...], rest: str
) -> None:
    places = Places(text)
    assert text[places.find(path) :] == rest
    assert text[places.find(path) :] == rest


def test_a_long_list_of_long_lists_is_passed_over_in_good_time() -> None:
    row = "[" + ",".join(['"]"'] * 1000) + "]"
    text = "[" + ",".join([row] * 1000) + "]"
    places = Places(text)
    assert places.find((999, 999)) == len(text) - 5
    assert places.find((0, 0)) == 2
