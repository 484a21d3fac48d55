"""Configurations with values of wrong types, absurd and missing ones: ConfigErrors or a snapshot, nothing else."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.base.kea_json.parse import parse_text
from kea_twisted.config.build import build4, build6
from kea_twisted.config.parse import load_object
from kea_twisted.config.render import render
from kea_twisted.errors import ConfigErrors
from kea_twisted.family import V4, V6

GOLDEN = Path(__file__).parents[2] / "golden" / "config"
COUNT = 1500
ABSURD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1 << 31, (1 << 32) - 1, 1 << 62, 1.5, [], [[]], {}, {"": None}),
    *(
        "",
        "\0",
        "x",
        "0",
        "::",
        "1.2.3.4",
        "2001:db8::/129",
        "0.0.0.0/0",
        "::/0",
        "1.2.3.4-1.2.3.3",
        "1 - 2 - 3",
        "%",
        "-",
    ),
    *(
        "\u00e9" * 300,
        "x" * 5000,
        "00:" * 300,
        "ff" * 300,
        "'",
        "''",
        "'a",
        "0x",
        "0xzz",
        "member('x')",
        "..",
        ".",
        "a..b",
    ),
    *(",", ",,", "1,,2", "\\,", "any", "-1", "9" * 30, "1e5", "KNOWN", "ALL", "DROP"),
)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in items:
        yield from _paths(each, (*path, step))


def _mutate(whole: Any, path: tuple[Any, ...], chance: random.Random) -> None:
    """Remove, repeat or replace what is at *path*, if it is still there."""
    last = path[-1]
    try:
        for step in path[:-1]:
            whole = whole[step]
        whole[last]
    except (KeyError, IndexError, TypeError):
        return
    if isinstance(whole, str):
        return
    how = chance.randrange(6)
    if how == 0:
        del whole[last]
    elif how == 1 and isinstance(whole, list):
        whole.append(copy.deepcopy(whole[last]))
    else:
        whole[last] = copy.deepcopy(chance.choice(ABSURD))


@pytest.mark.parametrize("name", ["dhcp4-full", "dhcp4-forms", "dhcp6-full", "dhcp6-forms"])
def test_a_mutated_configuration_is_built_or_refused(name: str) -> None:
    chance = random.Random(name)
    family = V4 if name.startswith("dhcp4") else V6
    original = parse_text((GOLDEN / f"{name}.json").read_text("latin-1")).value
    paths = list(_paths(original))
    refused = 0
    for _ in range(COUNT):
        whole = copy.deepcopy(original)
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            _mutate(whole, chance.choice(paths), chance)
        try:
            model = load_object(whole, family).model
            if family is V4:
                build4(model)
            else:
                build6(model)
            render(model)
        except ConfigErrors as error:
            refused += 1
            assert all(each.message for each in error.errors)
    assert 0 < refused < COUNT
