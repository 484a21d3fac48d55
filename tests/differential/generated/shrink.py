"""Make a conversation that shows a difference smaller: fewer messages first, then a smaller configuration."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.differential.generated.run import Conversations, Outcome
from tests.differential.generated.said import Said
from tests.support.kea import Json

Check = Callable[[Json, Sequence[Said]], "Outcome | None"]


def shrink(conversations: Conversations, found: Outcome, rounds: int = 400) -> Outcome:
    """Return the smallest conversation that differs as *found* does, in at most *rounds* tries."""
    best = conversations.repeat(found.configuration, found.said, found.seed)
    if not best.differences:
        return found
    budget = [rounds]
    wanted = {each.field for each in found.differences} & {each.field for each in best.differences}
    wanted = wanted or {each.field for each in best.differences}

    def check(configuration: Json, said: Sequence[Said]) -> Outcome | None:
        if budget[0] <= 0:
            return None
        budget[0] -= 1
        tried = conversations.repeat(configuration, said, found.seed)
        same = any(each.field in wanted for each in tried.differences)
        return tried if same else None

    best = _fewer(best, check)
    best = _smaller(best, check)
    return _fewer(best, check)


def _fewer(best: Outcome, check: Check) -> Outcome:
    size = max(len(best.said) // 2, 1)
    while True:
        at = 0
        while at < len(best.said):
            smaller = check(best.configuration, [*best.said[:at], *best.said[at + size :]])
            if smaller:
                best = smaller
            else:
                at += size
        if size == 1:
            return best
        size = max(size // 2, 1)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything in *value*, the outer before the inner, the last first."""
    pairs = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    for key, _ in reversed(pairs):
        yield (*path, key)
    for key, each in reversed(pairs):
        yield from _places(each, (*path, key))


def _without(configuration: Json, path: tuple[Any, ...]) -> Json | None:
    changed = copy.deepcopy(configuration)
    spot: Any = changed
    try:
        for key in path[:-1]:
            spot = spot[key]
        del spot[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return changed


def _smaller(best: Outcome, check: Check) -> Outcome:
    for path in list(_places(best.configuration)):
        if path[0] == "interfaces-config":
            continue
        changed = _without(best.configuration, path)
        smaller = check(changed, best.said) if changed is not None else None
        best = smaller or best
    return best
