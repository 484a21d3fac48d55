"""Randomness with the few questions that generators ask. The same seed gives the same answers on every machine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice(random.Random):
    """A seeded source of chances."""

    def chance(self, probability: float) -> bool:
        """Return True with *probability*."""
        return self.random() < probability

    def some(self, things: Sequence[T], most: int, least: int = 0) -> list[T]:
        """Return between *least* and *most* different ones of *things*, in any order."""
        return self.sample(things, min(len(things), self.randint(least, most)))

    def weighted(self, weights: dict[T, int]) -> T:
        """Return one of the keys, as often as its value says."""
        return self.choices(list(weights), list(weights.values()))[0]
