"""The iterative allocator: each pick is the address after the last one, pool after pool, and round again.

Not here: whether an address is free or reserved; the engine asks for the next candidate until one fits. The positions
belong to the allocator, not to the pools, and start anew with each configuration. ARM dhcp4-allocators.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol


class Key(Protocol):
    """What names a sequence of pools: a subnet. Keys hash by identity."""

    last: int

    def __hash__(self) -> int: ...


class AnyPool(Protocol):
    """What the allocator and those who ask it need of a pool; pools hash by identity."""

    first: int
    last: int

    @property
    def step(self) -> int:
        """The distance from one of them to the next."""
        ...

    @property
    def lease_length(self) -> int:
        """The prefix length of its leases."""
        ...

    @property
    def capacity(self) -> int:
        """The number of leases it can give."""
        ...

    def __hash__(self) -> int: ...


_DONE: Final = -1
"""What stands for the last candidate of a pool that has no more of them."""


class IterativeAllocator:
    """Positions in pools.

    The distance between candidates is 1 in a pool of addresses and the size of a prefix in a pool of prefixes. As in
    Kea, the first candidate of all comes from the pool that holds the subnet's last address, if one does.
    """

    __slots__ = ("_current", "_last", "_turn", "_turns")

    def __init__(self) -> None:
        self._turn = 0
        self._turns: dict[Key, int] = {}
        self._current: dict[Key, AnyPool] = {}
        self._last: dict[AnyPool, int] = {}

    def candidates(self, key: Key, pools: Sequence[AnyPool]) -> Iterator[tuple[int, AnyPool]]:
        """Yield each address of *pools* once, with its pool, starting after the last one yielded for *key*."""
        yield self._pick(key, pools)
        for _ in range(sum(pool.capacity for pool in pools) - 1):
            yield self._pick(key, pools)

    def skip(self, key: Key, pools: Sequence[AnyPool]) -> None:
        """Go on as if all candidates had been taken, without looking at them one by one."""
        left = sum(pool.capacity for pool in pools)
        self._turn += left
        self._turns[key] = self._turn
        last = self._last
        place = self._place(key, pools)
        while True:
            pool = pools[place]
            step = pool.step
            previous = last.get(pool)
            if previous != _DONE:
                first = pool.first if previous is None else previous + step
                taken = min(left, (pool.last - first) // step + 1)
                if taken > 0:
                    last[pool] = first + (taken - 1) * step
                    self._current[key] = pool
                    left -= taken
                    if not left:
                        return
                self._leave(pool)
            place += 1
            if place == len(pools):
                place = 0
                for each in pools:
                    last.pop(each, None)

    def _leave(self, pool: AnyPool) -> None:
        """Be done with a pool until all are begun anew; as in Kea, one that has but one candidate is begun at once."""
        if self._last[pool] == pool.first:
            del self._last[pool]
        else:
            self._last[pool] = _DONE

    def _place(self, key: Key, pools: Sequence[AnyPool]) -> int:
        """Return which of *pools* the last candidate came from, 0 if none of them."""
        current = self._current.get(key)
        if current is not None:
            return pools.index(current) if current in pools else 0
        return next((place for place, pool in enumerate(pools) if pool.first <= key.last <= pool.last), 0)

    def last_turn(self, key: Key) -> int:
        """Return when *key* was last picked from, in picks since the start; 0 for never."""
        return self._turns.get(key, 0)

    def _pick(self, key: Key, pools: Sequence[AnyPool]) -> tuple[int, AnyPool]:
        """Return the next candidate and move on."""
        last = self._last
        self._turn += 1
        self._turns[key] = self._turn
        for pool in pools[self._place(key, pools) :]:
            previous = last.get(pool)
            if previous == _DONE:
                continue
            address = pool.first if previous is None else previous + pool.step
            if address <= pool.last:
                last[pool] = address
                self._current[key] = pool
                return address, pool
            self._leave(pool)
        for pool in pools:
            last.pop(pool, None)
        pool = pools[0]
        last[pool] = pool.first
        self._current[key] = pool
        return pool.first, pool
