"""Make a conversation that shows a difference smaller: fewer messages first, then a smaller configuration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.differential.generated.leases import Row
from tests.differential.generated.places import places, without
from tests.differential.generated.run import Conversations, Outcome
from tests.differential.generated.said import Act
from tests.support.kea import Json

T = TypeVar("T")
Check = Callable[[Json, Sequence[Row], Sequence[Act]], "Outcome | None"]


def shrink(conversations: Conversations, found: Outcome, rounds: int = 400) -> Outcome:
    """Return the smallest conversation that differs as *found* does, in at most *rounds* tries."""
    best = conversations.repeat(found.configuration, found.leases, found.acts, found.seed)
    if not best.differences:
        return found
    budget = [rounds]
    wanted = _kinds(found) & _kinds(best) or _kinds(best)

    def check(configuration: Json, leases: Sequence[Row], acts: Sequence[Act]) -> Outcome | None:
        if budget[0] <= 0:
            return None
        budget[0] -= 1
        tried = conversations.repeat(configuration, leases, acts, found.seed)
        return tried if wanted & _kinds(tried) else None

    best = _fewer_acts(best, check)
    best = _fewer_leases(best, check)
    best = _smaller(best, check)
    return _fewer_acts(best, check)


def _kinds(outcome: Outcome) -> set[tuple[str, bool, bool]]:
    """Return what differs: fields, and which sides have them."""
    return {(each.field, each.kea is None, each.ours is None) for each in outcome.differences}


def _fewer(
    best: Outcome, things: Callable[[Outcome], list[T]], check: Callable[[Outcome, list[T]], Outcome | None]
) -> Outcome:
    size = max(len(things(best)) // 2, 1)
    while True:
        at = 0
        while at < len(things(best)):
            smaller = check(best, [*things(best)[:at], *things(best)[at + size :]])
            if smaller:
                best = smaller
            else:
                at += size
        if size == 1:
            return best
        size = max(size // 2, 1)


def _fewer_acts(best: Outcome, check: Check) -> Outcome:
    return _fewer(best, lambda one: one.acts, lambda one, fewer: check(one.configuration, one.leases, fewer))


def _fewer_leases(best: Outcome, check: Check) -> Outcome:
    return _fewer(best, lambda one: one.leases, lambda one, fewer: check(one.configuration, fewer, one.acts))


def _smaller(best: Outcome, check: Check) -> Outcome:
    for place in list(places(best.configuration)):
        if place[0] == "interfaces-config":
            continue
        changed = without(best.configuration, place)
        smaller = check(changed, best.leases, best.acts) if changed is not None else None
        best = smaller or best
    return best
