"""Observations by name, with the newest samples of each. ARM stats.

An observation is looked up once and kept by who counts, so that counting costs an add and an append. One that nobody
counted yet, or that a command removed, is dormant: it is not listed, and comes to life when it is counted, whoever kept
it. ST-005.
"""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import Final

DEFAULT_SAMPLE_COUNT: Final = 20
DEFAULT_SAMPLE_AGE: Final = 0

Value = int | float | str | timedelta
Samples = deque[tuple[Value, float]]


class Observation:
    """One statistic: its value now, and its samples as (value, time in seconds of the epoch), oldest first.

    max_age: seconds that samples are kept, or None where their number is limited (samples.maxlen).
    """

    __slots__ = ("home", "max_age", "name", "samples", "value")

    def __init__(self, name: str, value: Value, now: float, count: int = DEFAULT_SAMPLE_COUNT) -> None:
        self.name = name
        self.value: Value = value
        self.max_age: float | None = None
        self.samples: Samples = deque(((value, now),), count)
        self.home: Statistics | None = None

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

    def reset(self, now: float) -> None:
        """Set the neutral value of its type and forget all samples but this one; the limits stay. ST-006, ST-024."""
        self.value = type(self.value)()
        self.samples.clear()
        self.samples.append((self.value, now))

    def limit_count(self, count: int) -> None:
        """Keep the newest *count* (at least 1) samples, however old. ST-010."""
        self.max_age = None
        self.samples = deque(self.samples, count)

    def limit_age(self, age: float, now: float) -> None:
        """Keep the samples of the last *age* seconds, and the newest in any case. ST-010."""
        self.max_age = age
        self.samples = deque(self.samples)
        self._forget_old(now)

    def _forget_old(self, now: float) -> None:
        """Drop samples older than max_age, but never the newest."""
        assert self.max_age is not None
        oldest = now - self.max_age
        samples = self.samples
        while len(samples) > 1 and samples[0][1] <= oldest:
            samples.popleft()


class _Dormant(Observation):
    """An observation that is not listed until it is counted; then its class changes, and it has no past."""

    __slots__ = ()

    def add(self, amount: int, now: float) -> None:
        """Come to life with the value *amount*."""
        self.set(amount, now)

    def set(self, value: Value, now: float) -> None:
        """Come to life with *value*."""
        assert self.home is not None
        self.home.restart(self.name, value, now)


class Statistics:
    """All observations of one daemon.

    observations: those that are listed. default_count, default_age: limits for new ones; count 0 means that the age
    (in seconds) counts. ST-012.

    A name has the same observation for ever, so that one that was looked up can be kept.
    """

    def __init__(self) -> None:
        self.observations: dict[str, Observation] = {}
        self.default_count = DEFAULT_SAMPLE_COUNT
        self.default_age = DEFAULT_SAMPLE_AGE
        self._dormant: dict[str, Observation] = {}

    def limit(self, count: int, age: int, now: float) -> None:
        """Give all observations, now and later, these limits, as each configuration does. ST-012.

        count: of samples; 0 to keep those of the last *age* seconds. Limits that commands set are forgotten.
        """
        self.default_count, self.default_age = count, age
        for observation in self.observations.values():
            if count:
                observation.limit_count(count)
            else:
                observation.limit_age(float(age), now)

    def get(self, name: str, now: float) -> Observation:
        """Return the observation *name*; a new one has the value 0 and is listed as soon as it is counted."""
        found = self.observations.get(name) or self._dormant.get(name)
        if found is None:
            found = self._dormant[name] = self._asleep(Observation(name, 0, now))
        return found

    def _asleep(self, observation: Observation) -> Observation:
        """Return *observation*, made dormant."""
        observation.home = self
        observation.value = 0
        observation.__class__ = _Dormant
        return observation

    def set(self, name: str, value: Value, now: float) -> None:
        """Set the observation *name*, which may be new."""
        found = self.observations.get(name)
        if found is None:
            self.restart(name, value, now)
        else:
            found.set(value, now)

    def add(self, name: str, amount: int, now: float) -> None:
        """Add to the observation *name*; a new one starts with *amount*."""
        found = self.observations.get(name)
        if found is None:
            self.restart(name, amount, now)
        else:
            found.add(amount, now)

    def restart(self, name: str, value: Value, now: float) -> Observation:
        """Begin the observation *name* anew, under the default limits, with *value* as its only sample."""
        found = self.observations.get(name)
        if found is None:
            found = self._dormant.pop(name, None)
            if found is None:
                found = Observation(name, value, now)
                found.home = self
            else:
                found.__class__ = Observation
            self.observations[name] = found
        found.value = value
        if self.default_count:
            found.max_age = None
            found.samples = deque(((value, now),), self.default_count)
        else:
            found.max_age = float(self.default_age)
            found.samples = deque(((value, now),))
        return found

    def remove(self, name: str) -> bool:
        """Remove the observation *name* until it is counted again; False if there is none."""
        found = self.observations.pop(name, None)
        if found is None:
            return False
        self._dormant[name] = self._asleep(found)
        return True
