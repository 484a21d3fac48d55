"""Pools in which nothing is free: who searched one in vain is not the last to come, and a search asks every address.

A search in vain is remembered until something may have become free: until the first of the leases in the way ends, or
until the store says that a lease went away or ends earlier. Addresses that were not leased but reserved are looked at
again each time, because whom they are reserved for depends on who asks. Not here: which addresses a client may have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import Final, Generic, NamedTuple, TypeVar

from kea_twisted.alloc.allocators.iterative import AnyPool
from kea_twisted.alloc.engine import in_pools
from kea_twisted.leases.lease import INFINITE, Lease4, Lease6
from kea_twisted.leases.manager import LeaseManager

L = TypeVar("L", Lease4, Lease6)
Candidates = Sequence[tuple[int, AnyPool]]

MOST_RESERVED: Final = 256
"""With more reserved addresses that are not leased, a search is not remembered."""
MOST_SEARCHES: Final = 10_000
"""There is one for each set of pools that classes open to somebody; all are forgotten when there are more."""


class _Search(NamedTuple):
    """One search in vain. freed: what the store said. until: the last second at which all leases in the way last."""

    freed: int
    until: float
    reserved: Candidates


class UsedUp(Generic[L]):
    """The searches in vain of one configuration, by pools; empty as long as there is something for everybody.

    ended: whether a lease no longer binds its address at a time.
    """

    __slots__ = ("_ended", "searches")

    def __init__(self, ended: Callable[[L, int], bool]) -> None:
        self.searches: dict[tuple[AnyPool, ...], _Search] = {}
        self._ended: Callable[[L, int], bool] = ended

    def recall(self, pools: Sequence[AnyPool], leases: LeaseManager[L], now: int) -> Candidates | None:
        """Return all that has to be looked at in *pools*, or None if everything has."""
        key = tuple(pools)
        search = self.searches.get(key)
        if search is None:
            return None
        if search.until >= now:
            freed = leases.freed()
            if freed == search.freed:
                return search.reserved
            addresses = leases.freed_since(search.freed)
            if freed is not None and addresses is not None and not any(in_pools(pools, each) for each in addresses):
                self.searches[key] = search._replace(freed=freed)
                return search.reserved
        del self.searches[key]
        return None

    def remember(
        self, pools: Sequence[AnyPool], leases: LeaseManager[L], now: int, find: Callable[[int], L | None]
    ) -> None:
        """Note that a search of all *pools* was in vain. find: returns the lease of an address."""
        freed = leases.freed()
        if freed is None:
            return
        until = inf
        reserved: list[tuple[int, AnyPool]] = []
        for pool in pools:
            for address in range(pool.first, pool.last + 1, pool.step):
                lease = find(address)
                if lease is None or self._ended(lease, now):
                    reserved.append((address, pool))
                    if len(reserved) > MOST_RESERVED:
                        return
                elif lease.valid_lifetime != INFINITE:
                    until = min(until, lease.cltt + lease.valid_lifetime)
        if len(self.searches) >= MOST_SEARCHES:
            self.searches.clear()
        self.searches[tuple(pools)] = _Search(freed, until, reserved)
