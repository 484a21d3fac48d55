"""Kea 2.2.0 and kea_twisted are told the same by random clients under random configurations.

The first SEEDS conversations of each family; `make soak` goes on from there. What differs is printed with the command
that shows it again and makes it smaller.
"""

from __future__ import annotations

import pytest

from tests.differential.generated.run import Conversations
from tests.differential.pair import Pair

pytestmark = pytest.mark.peer("kea")

SEEDS = 30
STEPS = 80


def _check(pair: Pair) -> None:
    conversations = Conversations(pair.family, pair)
    said = silent = 0
    for seed in range(1, SEEDS + 1):
        outcome = conversations.run(seed, STEPS)
        again = f"python -m tests.differential.generated {pair.family} --seed {seed} --steps {STEPS} --shrink"
        assert not outcome.differences, "\n".join([again, *map(str, outcome.differences)])
        said += len(outcome.acts)
        silent += bool(outcome.refused or outcome.lost)
    assert said >= (SEEDS - silent) * STEPS
    assert silent <= SEEDS // 5


def test_random_dhcp4_clients_are_answered_as_by_kea(pair4: Pair) -> None:
    _check(pair4)


def test_random_dhcp6_clients_are_answered_as_by_kea(pair6: Pair) -> None:
    _check(pair6)
