"""The port to where leases are kept: one class a family, implemented by memfile and by SQL.

All methods are synchronous and may raise StoreError. What they return is never changed by the caller (see lease.py).
A write is visible at once to later reads; it is durable when :meth:`commit` has returned.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from kea_twisted.leases.lease import Lease4, Lease6

L = TypeVar("L", Lease4, Lease6)


class LeaseManager(ABC, Generic[L]):
    """What the ports of both families have in common."""

    def freed(self) -> int | None:
        """Return how often so far a lease went away, was reclaimed or made to end earlier, whoever did so.

        None where that cannot be told, because others write to the same store.
        """
        return None

    def freed_since(self, number: int) -> Iterable[int] | None:
        """Return the addresses of which that is true since :meth:`freed` was *number*; None if it is too long ago."""
        return None

    @abstractmethod
    def by_hwaddr(self, hwaddr: bytes) -> Iterable[L]:
        """Return the leases of a link-layer address, in all subnets."""

    @abstractmethod
    def by_subnet(self, subnet_id: int) -> Iterable[L]:
        """Return the leases of a subnet."""

    @abstractmethod
    def by_hostname(self, hostname: str) -> Iterable[L]:
        """Return the leases of a host name (lower case)."""

    @abstractmethod
    def add(self, lease: L) -> bool:
        """Store a new lease; False if its address has one already."""

    @abstractmethod
    def update(self, lease: L) -> None:
        """Replace the lease of the same address; LeaseError if there is none."""

    @abstractmethod
    def delete(self, lease: L) -> bool:
        """Remove the lease of the same address; False if there is none."""

    @abstractmethod
    def expired(self, now: float, limit: int) -> list[L]:
        """Return up to *limit* (0: all) leases that ended before *now* and are not reclaimed, the oldest first."""

    @abstractmethod
    def delete_reclaimed(self, before: float, limit: int = 0) -> int:
        """Remove up to *limit* (0: all) reclaimed leases that ended before *before*; return how many."""

    @abstractmethod
    def wipe(self, subnet_id: int) -> int:
        """Remove all leases of a subnet; return how many."""

    @abstractmethod
    def __len__(self) -> int:
        """Return the number of leases."""

    @abstractmethod
    def __iter__(self) -> Iterator[L]:
        """Yield all leases, in ascending order of address."""

    @abstractmethod
    def commit(self) -> None:
        """Make all writes so far durable, as far as this store does; called before answers leave."""

    @abstractmethod
    def close(self) -> None:
        """Commit and let go of files and connections."""


class LeaseManager4(LeaseManager[Lease4]):
    """Where DHCPv4 leases are kept."""

    @abstractmethod
    def get(self, address: int) -> Lease4 | None:
        """Return the lease of *address*, whatever its state."""

    @abstractmethod
    def by_client_id(self, client_id: bytes) -> Iterable[Lease4]:
        """Return the leases of a client identifier, in all subnets."""

    def count_states(self) -> dict[tuple[int, int], int]:
        """Return the number of leases by subnet and state."""
        counts: dict[tuple[int, int], int] = {}
        for lease in self:
            key = (lease.subnet_id, lease.state)
            counts[key] = counts.get(key, 0) + 1
        return counts


class LeaseManager6(LeaseManager[Lease6]):
    """Where DHCPv6 leases are kept."""

    @abstractmethod
    def get(self, lease_type: int, address: int) -> Lease6 | None:
        """Return the lease of an address or of the prefix that starts at *address*, whatever its state."""

    @abstractmethod
    def by_duid(self, duid: bytes) -> Iterable[Lease6]:
        """Return the leases of a DUID, of all types, IAIDs and subnets."""

    @abstractmethod
    def by_ia(self, lease_type: int, duid: bytes, iaid: int) -> Iterable[Lease6]:
        """Return the leases of one IA, in all subnets."""

    def count_states(self) -> dict[tuple[int, int, int], int]:
        """Return the number of leases by subnet, lease type and state."""
        counts: dict[tuple[int, int, int], int] = {}
        for lease in self:
            key = (lease.subnet_id, lease.lease_type, lease.state)
            counts[key] = counts.get(key, 0) + 1
        return counts
