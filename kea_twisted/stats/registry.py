"""Observations by name, with the newest samples of each. ARM stats.

An observation is looked up once and kept by who counts, so that counting costs an add and an append.
"""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import Final

DEFAULT_SAMPLE_COUNT: Final = 20

Value = int | float | str | timedelta


class Observation:
    """One statistic: its value now, and its samples as (value, time in seconds of the epoch), oldest first."""

    __slots__ = ("max_age", "name", "samples", "value")

    def __init__(self, name: str, value: Value, now: float, count: int = DEFAULT_SAMPLE_COUNT) -> None:
        self.name = name
        self.value: Value = value
        self.max_age: float | None = None
        self.samples: deque[tuple[Value, float]] = deque(((value, now),), count)

    def add(self, amount: int, now: float) -> None:
        """Add *amount* to an integer value and sample it."""
        self.value = value = self.value + amount  # type: ignore[operator]
        self.samples.append((value, now))
        if self.max_age is not None:
            self._forget_old(now)

    def set(self, value: Value, now: float) -> None:
        """Replace the value and sample it."""
        self.value = value
        self.samples.append((value, now))
        if self.max_age is not None:
            self._forget_old(now)

    def _forget_old(self, now: float) -> None:
        """Drop samples older than max_age, but never the newest."""
        assert self.max_age is not None
        oldest = now - self.max_age
        samples = self.samples
        while len(samples) > 1 and samples[0][1] < oldest:
            samples.popleft()


class Statistics:
    """All observations of one daemon.

    default_count, default_age: limits for new observations; count 0 means that the age counts.
    """

    def __init__(self) -> None:
        self.observations: dict[str, Observation] = {}
        self.default_count = DEFAULT_SAMPLE_COUNT
        self.default_age = 0

    def get(self, name: str, now: float) -> Observation:
        """Return the observation *name*, made with value 0 if it is new."""
        found = self.observations.get(name)
        if found is None:
            found = self.observations[name] = self._new(name, 0, now)
        return found

    def set(self, name: str, value: Value, now: float) -> None:
        """Set the observation *name*, which may be new."""
        found = self.observations.get(name)
        if found is None:
            self.observations[name] = self._new(name, value, now)
        else:
            found.set(value, now)

    def _new(self, name: str, value: Value, now: float) -> Observation:
        """Return a fresh observation under the default limits."""
        if self.default_count:
            return Observation(name, value, now, self.default_count)
        made = Observation(name, value, now)
        if self.default_age:
            made.samples = deque(made.samples)
            made.max_age = float(self.default_age)
        return made
