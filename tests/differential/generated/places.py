"""Where something stands in a configuration: the keys and indices that lead there."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from tests.support.kea import Json

Place = tuple[str | int, ...]


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield the place of everything in *value*, the outer before the inner, the last first."""
    pairs = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    for key, _ in reversed(pairs):
        yield (*place, key)
    for key, each in reversed(pairs):
        yield from places(each, (*place, key))


def without(configuration: Json, place: Place) -> Json | None:
    """Return *configuration* without what stands at *place*; None if nothing does."""
    changed = copy.deepcopy(configuration)
    spot: Any = changed
    try:
        for key in place[:-1]:
            spot = spot[key]
        del spot[place[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return changed
