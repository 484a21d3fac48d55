"""Mistakes as people make them: one valid configuration, changed in one place, at random but repeatably."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from kea_twisted.base.kea_json.parse import parse_text

Place = tuple[Any, Any]
"""A map or list and the key or index in it."""

NUMBERS = (-1, 0, 1, 2, 63, 128, 129, 255, 256, 65535, 65536, 4294967294, 4294967295, 4294967296, 1 << 62)
TEXTS = (
    "", " ", "x", "nosuch", "0", "12", "true", "192.0.2.1", "192.0.2.256", "192.0.2.0/24", "10.0.0.0/33", "::1",
    "2001:db8::/64", "2001:db8:1::7", "192.0.2.100 - 192.0.2.120", "192.0.2.9-192.0.2.1", "01:02:03", "'quoted'", "a b",
    "255.255.255.255", "0.0.0.0", "member('phones')", "member('nobody')", "option[1].exists", "[", "memfile", "mysql",
    "all", "disabled", "never", "udp", "raw", "lo", "*", "uint8", "record", "string", "dhcp4", "dhcp6", "0xabc",
    "f" * 64,
    "f" * 128,
)  # fmt: skip
OTHERS: tuple[Any, ...] = (None, True, False, 7, -3, 0.5, 1.0, "text", [], {}, [1], {"a": 1}, ["x"])


def places(value: Any) -> Iterator[Place]:
    """Yield every place in a configuration, outside of user contexts."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in list(pairs):
        if key in ("user-context", "output_options", "loggers", "control-socket"):
            continue
        yield value, key
        yield from places(each)


def drop(rng: random.Random, root: Any, spot: Place) -> None:
    """Leave something out."""
    del spot[0][spot[1]]


def other_type(rng: random.Random, root: Any, spot: Place) -> None:
    """Give a value of another type."""
    spot[0][spot[1]] = copy.deepcopy(rng.choice(OTHERS))


def other_value(rng: random.Random, root: Any, spot: Place) -> None:
    """Give another value of the same type."""
    value = spot[0][spot[1]]
    if isinstance(value, bool):
        spot[0][spot[1]] = not value
    elif isinstance(value, int):
        spot[0][spot[1]] = rng.choice(NUMBERS)
    elif isinstance(value, float):
        spot[0][spot[1]] = rng.choice((-0.5, 0.0, 0.1, 0.5, 0.99, 1.0, 1.5))
    elif isinstance(value, str):
        spot[0][spot[1]] = rng.choice(TEXTS)
    elif isinstance(value, list) and value:
        value.append(copy.deepcopy(rng.choice(value)))
    elif isinstance(value, dict):
        spot[0][spot[1]] = {key: value[key] for key in list(value)[: rng.randrange(len(value) + 1)]}


def misspell(rng: random.Random, root: Any, spot: Place) -> None:
    """Misspell a keyword."""
    container, key = spot
    if isinstance(key, str) and len(key) > 2:
        at = rng.randrange(len(key) - 1)
        container[key[:at] + key[at + 1] + key[at] + key[at + 2 :]] = container.pop(key)


def misplace(rng: random.Random, root: Any, spot: Place) -> None:
    """Give a keyword where it does not belong, or a second value for one."""
    maps = [container[key] for container, key in places(root) if isinstance(container[key], dict)]
    if isinstance(spot[1], str):
        rng.choice(maps)[spot[1]] = copy.deepcopy(spot[0][spot[1]])


STRUCTURAL: dict[str, Callable[[random.Random, Any, Place], None]] = {
    "drop": drop,
    "other-type": other_type,
    "other-value": other_value,
    "other-value-again": other_value,
    "misspell": misspell,
    "misplace": misplace,
}


def textual(rng: random.Random, text: str) -> str:
    """Change one character of the syntax."""
    marks = [match.start() for match in re.finditer(r'[{}\[\],:"]', text)]
    at = rng.choice(marks)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + rng.choice(("{", "}", "[", "]", ",", ":", '"', "x", "//", "/*", "#", "1")) + text[at:]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at]


def mutations(base: str, file: str, count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield (what was done, text) pairs."""
    rng = random.Random(seed)
    value = parse_text(base, file).value
    kinds = [*STRUCTURAL, "textual"]
    for number in range(count):
        kind = kinds[number % len(kinds)]
        changed = copy.deepcopy(value)
        if kind == "textual":
            yield f"{number} textual", textual(rng, json.dumps(changed, indent=1))
            continue
        spot = rng.choice(list(places(next(iter(changed.values())))))
        key = spot[1]
        before = json.dumps(spot[0][key])[:60]
        STRUCTURAL[kind](rng, changed, spot)
        after = spot[0].get(key) if isinstance(spot[0], dict) else spot[0][key : key + 1]
        yield f"{number} {kind} {key}: {before} -> {json.dumps(after)[:60]}", json.dumps(changed, indent=1)
