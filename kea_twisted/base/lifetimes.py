"""Lifetimes: a wished value between two bounds, and timers derived from what was granted."""

from __future__ import annotations

from typing import Final, NamedTuple

INFINITE: Final = 0xFFFFFFFF


class Triplet(NamedTuple):
    """A lifetime in seconds: lower bound, value given to who asks for none, upper bound."""

    minimum: int
    default: int
    maximum: int

    def clamp(self, wished: int) -> int:
        """Return what a client that wishes *wished* seconds gets."""
        return self.minimum if wished < self.minimum else self.maximum if wished > self.maximum else wished
