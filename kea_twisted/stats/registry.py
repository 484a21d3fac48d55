"""Observations by name, with the newest samples of each. ARM stats.

An observation is looked up once and kept by who counts, so that counting costs an add and an append. One that nobody
counted yet, or that a command removed, is dormant: it is not listed, and comes to life when it is counted, whoever kept
it. ST-005.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

DEFAULT_SAMPLE_COUNT: Final = 20
DEFAULT_SAMPLE_AGE: Final = 0
MOST_SAMPLES: Final = 1_000_000
"""How many samples all observations together may hold where limits would let them gather; some 120 MB."""
FEWEST_SAMPLES: Final = 100
"""What each observation may hold in any case."""

Value = int | float | str | timedelta
Samples = deque[tuple[Value, float]]


class Observation:
    """One statistic: its value now, and its samples as (value, time in seconds of the epoch), oldest first.

    max_age: seconds that samples are kept, or None where only their number is limited. most: how many there may be.
    since: when the value came that is the only sample so far. Most statistics of most subnets never get another one, so
    that the queue of samples, half a kilobyte, is made when the second comes.
    """

    __slots__ = ("_samples", "home", "max_age", "most", "name", "since", "value")

    def __init__(self, name: str, value: Value, now: float, count: int = DEFAULT_SAMPLE_COUNT) -> None:
        self.name = name
        self.home: Statistics | None = None
        self.begin(value, now, count, None)

    def begin(self, value: Value, now: float, most: int, max_age: float | None) -> None:
        """Take *value* as the only sample, and the limits."""
        self.value: Value = value
        self.since = now
        self.most = most
        self.max_age = max_age
        self._samples: Samples | None = None

    @property
    def samples(self) -> Samples:
        """The samples, to append to."""
        found = self._samples
        if found is None:
            found = self._samples = deque(((self.value, self.since),), self.most)
        return found

    def newest_first(self) -> Iterable[tuple[Value, float]]:
        """Return the samples, newest first, for who only reads them."""
        return ((self.value, self.since),) if self._samples is None else reversed(self._samples)

    def add(self, amount: int, now: float) -> None:
        """Add *amount* to an integer value and sample it."""
        samples = self._samples
        if samples is None:
            samples = self.samples
        self.value = value = self.value + amount  # type: ignore[operator]
        samples.append((value, now))
        if self.max_age is not None:
            self._forget_old(now)

    def set(self, value: Value, now: float) -> None:
        """Replace the value and sample it."""
        self.samples.append((value, now))
        self.value = value
        if self.max_age is not None:
            self._forget_old(now)

    def reset(self, now: float) -> None:
        """Set the neutral value of its type and forget all samples but this one; the limits stay. ST-006, ST-024."""
        self.begin(type(self.value)(), now, self.most, self.max_age)

    def limit_count(self, count: int, most: int = MOST_SAMPLES) -> None:
        """Keep the newest *count* (at least 1) samples, however old, but at *most* so many. ST-010."""
        self.max_age = None
        self.hold(min(count, most))

    def limit_age(self, age: float, now: float, most: int = MOST_SAMPLES) -> None:
        """Keep the samples of the last *age* seconds and the newest in any case, but at *most* so many. ST-010."""
        self.max_age = age
        self.hold(most)
        self._forget_old(now)

    def hold(self, most: int) -> None:
        """Keep at *most* so many samples."""
        self.most = most
        if self._samples is not None:
            self._samples = deque(self._samples, most)

    def _forget_old(self, now: float) -> None:
        """Drop samples older than max_age, but never the newest."""
        samples = self._samples
        if samples is None:
            return
        assert self.max_age is not None
        oldest = now - self.max_age
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


Observations = tuple[Observation, ...]


class Statistics:
    """All observations of one daemon.

    observations: those that are listed. default_count, default_age: limits for new ones; count 0 means that the age
    (in seconds) counts. ST-012.
    uncommitted: what was counted of leases that are not durable yet, for :meth:`take_back`; cleared when they are.

    A name has the same observation for ever, so that one that was looked up can be kept.
    """

    def __init__(self) -> None:
        self.observations: dict[str, Observation] = {}
        self.default_count = DEFAULT_SAMPLE_COUNT
        self.default_age = DEFAULT_SAMPLE_AGE
        self.uncommitted: list[tuple[Observations, int]] = []
        self._dormant: dict[str, Observation] = {}

    def count(self, observations: Observations, amount: int, now: float) -> None:
        """Add *amount* to what a change of leases counts in, until the change is durable or taken back."""
        for observation in observations:
            observation.add(amount, now)
        self.uncommitted.append((observations, amount))

    def take_back(self, now: float) -> None:
        """Undo what was counted of leases that could not be stored."""
        for observations, amount in self.uncommitted:
            for observation in observations:
                observation.add(-amount, now)
        self.uncommitted.clear()

    def limit(self, count: int, age: int, now: float) -> None:
        """Give all observations, now and later, these limits, as each configuration does. ST-012.

        count: of samples; 0 to keep those of the last *age* seconds. Limits that commands set are forgotten.
        """
        self.limit_count(count) if count else self.limit_age(age, now)

    @property
    def most(self) -> int:
        """How many samples one observation may hold, whatever its limits say.

        Kea keeps what limits allow, so that a day of samples fills the memory of a busy server. The number is far above
        what anybody would want to read in an answer.
        """
        return max(FEWEST_SAMPLES, MOST_SAMPLES // max(1, len(self.observations)))

    def limit_count(self, count: int) -> None:
        """Limit all observations, now and later, to the newest *count* samples."""
        self.default_count = count
        most = self.most
        for observation in self.observations.values():
            observation.limit_count(count, most)

    def limit_age(self, age: int, now: float) -> None:
        """Limit all observations, now and later, to the samples of the last *age* seconds."""
        self.default_count, self.default_age = 0, age
        most = self.most
        for observation in self.observations.values():
            observation.limit_age(age, now, most)

    def share(self) -> None:
        """Divide the samples that may be held among the observations, of which there are others now."""
        most = self.most
        for observation in self.observations.values():
            if (observation.max_age is not None or observation.most > most) and observation.most != most:
                observation.hold(most)

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
        if self.default_count:
            found.begin(value, now, min(self.default_count, self.most), None)
        else:
            found.begin(value, now, self.most, self.default_age)
        return found

    def remove(self, name: str) -> bool:
        """Remove the observation *name* until it is counted again; False if there is none."""
        found = self.observations.pop(name, None)
        if found is None:
            return False
        self._dormant[name] = self._asleep(found)
        return True
