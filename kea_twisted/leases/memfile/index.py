"""Indexes over leases that are kept by address: who holds what, and what ends when.

All hold addresses (the very int objects that key the leases), never leases, so that a renewal changes none of them.
Not here: the leases themselves, and rows.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar

K = TypeVar("K")

WIDTH_BITS: Final = 4
"""A bucket of the expiry index spans 16 seconds: few leases enough to be put in order at once."""
SLACK: Final = 4096
"""How many outdated entries the expiry index may hold beside one for each current entry."""


class Holders(Generic[K]):
    """The addresses held under a key: hardware address or client identifier.

    Most keys hold one address, stored as it is; only a second one makes a dictionary (used as an ordered set).
    """

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: dict[K, int | dict[int, None]] = {}

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self._held)

    def add(self, key: K, address: int) -> None:
        """Note that *key* holds *address*."""
        held = self._held
        found = held.setdefault(key, address)
        if found is address:
            return
        if isinstance(found, int):
            if found != address:
                held[key] = {found: None, address: None}
        else:
            found[address] = None

    def discard(self, key: K, address: int) -> None:
        """Note that *key* does not hold *address* any more."""
        found = self._held.get(key)
        if isinstance(found, int):
            if found == address:
                del self._held[key]
        elif found is not None:
            found.pop(address, None)
            if len(found) == 1:
                self._held[key] = next(iter(found))

    def get(self, key: K) -> tuple[int, ...]:
        """Return the addresses that *key* holds, in the order they came."""
        found = self._held.get(key)
        if found is None:
            return ()
        return (found,) if isinstance(found, int) else tuple(found)


class Associations:
    """The addresses of DHCPv6 clients, by DUID and, where a DUID has more than one, by IAID.

    Looking up one IA is quick however many a single DUID gathers.
    """

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: dict[bytes, tuple[int, int] | dict[int, dict[int, None]]] = {}

    def add(self, duid: bytes, iaid: int, address: int) -> None:
        """Note that the client's association *iaid* holds *address*."""
        found = self._held.get(duid)
        if found is None:
            self._held[duid] = (iaid, address)
        elif isinstance(found, tuple):
            if found != (iaid, address):
                many: dict[int, dict[int, None]] = {found[0]: {found[1]: None}}
                many.setdefault(iaid, {})[address] = None
                self._held[duid] = many
        else:
            found.setdefault(iaid, {})[address] = None

    def discard(self, duid: bytes, iaid: int, address: int) -> None:
        """Note that the client's association *iaid* does not hold *address* any more."""
        found = self._held.get(duid)
        if isinstance(found, tuple):
            if found == (iaid, address):
                del self._held[duid]
        elif found is not None and iaid in found:
            found[iaid].pop(address, None)
            if not found[iaid]:
                del found[iaid]
            if len(found) == 1:
                last, addresses = next(iter(found.items()))
                if len(addresses) == 1:
                    self._held[duid] = (last, next(iter(addresses)))

    def of_duid(self, duid: bytes) -> tuple[int, ...]:
        """Return all addresses of a client."""
        found = self._held.get(duid)
        if found is None:
            return ()
        if isinstance(found, tuple):
            return found[1:]
        return tuple(address for addresses in found.values() for address in addresses)

    def of_ia(self, duid: bytes, iaid: int) -> tuple[int, ...]:
        """Return the addresses of one association of a client, of all lease types."""
        found = self._held.get(duid)
        if found is None:
            return ()
        if isinstance(found, tuple):
            return found[1:] if found[0] == iaid else ()
        return tuple(found.get(iaid, ()))


class Expiry:
    """Which addresses end when, exact to the second, in nine octets a lease.

    Addresses lie in buckets of 16 seconds. An entry is not removed when its lease changes; it is outdated when
    *end_of* tells another bucket, and swept out a bucket at a time, so that entries never outnumber leases by far.
    A bucket that lies in the past is put in order once, the oldest last: taking some is quick however many ended.

    end_of: returns when the lease of an address ends, or None if it does not belong in this index (any more).
    """

    __slots__ = ("_buckets", "_end_of", "_entries", "_keys", "_ordered", "_sweep")

    def __init__(self, end_of: Callable[[int], int | None]) -> None:
        self._end_of = end_of
        self._buckets: dict[int, list[int]] = {}
        self._entries = 0
        self._keys: list[int] = []
        self._ordered: set[int] = set()
        self._sweep: Iterator[int] = iter(())

    def add(self, address: int, end: int, current: int) -> None:
        """Note that the lease of *address* ends at *end*. current: how many leases there are; limits the waste."""
        key = end >> WIDTH_BITS
        bucket = self._buckets.get(key)
        if bucket is None:
            self._buckets[key] = [address]
            insort(self._keys, key)
        else:
            bucket.append(address)
            self._ordered.discard(key)
        self._entries += 1
        if self._entries > 2 * current + SLACK:
            self._sweep_one()

    def entries(self) -> int:
        """Return how many entries there are, outdated ones included."""
        return self._entries

    def _sweep_one(self) -> None:
        """Drop the outdated entries of the next bucket."""
        key = next(self._sweep, None)
        if key is None:
            self._sweep = iter(tuple(self._buckets))
            key = next(self._sweep, None)
        if key is not None and key in self._buckets:
            self._clean(key)

    def _drop(self, key: int) -> None:
        """Remove a bucket that is empty."""
        del self._buckets[key]
        del self._keys[bisect_left(self._keys, key)]
        self._ordered.discard(key)

    def _clean(self, key: int) -> dict[int, int]:
        """Drop the outdated entries of a bucket; return the ends of the others by address, in the order of entry."""
        bucket = self._buckets[key]
        kept: dict[int, int] = {}
        for address in bucket:
            end = self._end_of(address)
            if end is not None and end >> WIDTH_BITS == key:
                kept.pop(address, None)  # what was entered last counts, and is last
                kept[address] = end
        self._entries += len(kept) - len(bucket)
        if kept:
            self._buckets[key] = list(kept)
        else:
            self._drop(key)
        return kept

    def due(self, before: float, limit: int) -> list[int]:
        """Return up to *limit* (0: all) addresses whose leases end before *before*, the oldest first."""
        found: list[int] = []
        keys = self._keys
        for key in keys[: bisect_left(keys, before / (1 << WIDTH_BITS))]:
            if (key + 1) << WIDTH_BITS <= before:
                found.extend(self._oldest(key, limit - len(found) if limit else 0))
            else:
                ends = self._clean(key)
                found.extend(address for address in _in_order(ends) if ends[address] < before)
            if limit and len(found) >= limit:
                return found[:limit]
        return found

    def _oldest(self, key: int, limit: int) -> list[int]:
        """Return up to *limit* (0: all) addresses of a bucket that lies in the past, the oldest first."""
        if key not in self._ordered:
            ends = self._clean(key)
            if not ends:
                return []
            self._buckets[key] = _in_order(ends)[::-1]
            self._ordered.add(key)
        bucket = self._buckets[key]
        end_of = self._end_of
        found: list[int] = []
        while bucket:  # what is outdated goes for good as long as nothing current lies behind it
            end = end_of(bucket[-1])
            if end is not None and end >> WIDTH_BITS == key:
                break
            bucket.pop()
            self._entries -= 1
        for address in reversed(bucket):
            end = end_of(address)
            if end is not None and end >> WIDTH_BITS == key:
                found.append(address)
                if len(found) == limit:
                    break
        if not bucket:
            self._drop(key)
        return found


def _in_order(ends: dict[int, int]) -> list[int]:
    """Return the addresses in *ends* by their ends, in the order of entry where two are the same, as Kea does."""
    return sorted(ends, key=ends.__getitem__)
