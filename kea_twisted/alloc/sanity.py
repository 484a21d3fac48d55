"""`sanity-checks`: does the subnet of a lease exist, and does the lease lie in it? Asked of each row of a lease file.

What is done about a lease that does not pass concerns the memory only: the file keeps its rows, and a later
configuration may find nothing wrong with them. Not asked of leases that are made here, nor of delegated prefixes, which
do not lie in their subnets. ARM sanity-checks4, sanity-checks6.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Generic, TypeVar

from kea_twisted.alloc.engine import admitted
from kea_twisted.base.address import to_text
from kea_twisted.family import V4, V6, Family
from kea_twisted.leases.lease import IA_PD, Lease4, Lease6
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.messages.dhcpsrv import (
    DHCPSRV_LEASE_SANITY_FAIL,
    DHCPSRV_LEASE_SANITY_FAIL_DISCARD,
    DHCPSRV_LEASE_SANITY_FIXED,
)
from kea_twisted.subnets.select import SubnetIndex

L = TypeVar("L", Lease4, Lease6)

_KEEPS = ("none", "warn")


class LeaseCheck(Generic[L]):
    """The check of one configuration. mode: `lease-checks`. Call it with a lease; it returns what to keep, or None."""

    __slots__ = ("_by_id", "_index", "mode")
    family: ClassVar[Family]

    def __init__(self, mode: str, index: SubnetIndex[Any]) -> None:
        self.mode = mode
        self._index = index
        self._by_id = index.by_id

    def __call__(self, lease: L) -> L | None:
        """Return *lease*, in another subnet where that is where it lies, or None if it is not to be kept."""
        return lease if self._passes(lease) else self._judge(lease)

    def _passes(self, lease: L) -> bool:
        subnet = self._by_id.get(lease.subnet_id)
        return subnet is not None and subnet.first <= lease.address <= subnet.last

    def acts_on(self, leases: Iterable[L]) -> bool:
        """Return whether some of *leases*, made since the file was read, would come out of it otherwise."""
        return self.mode not in _KEEPS and not all(map(self._passes, leases))

    def _judge(self, lease: L) -> L | None:
        """Do as the mode says about a lease that is in the wrong subnet."""
        mode = self.mode
        if mode == "none":
            return lease
        text = to_text(lease.address, self.family)
        fitting = admitted(self._index.by_address(lease.address), ())
        if fitting is not None and mode in ("fix", "fix-del"):
            DHCPSRV.log(DHCPSRV_LEASE_SANITY_FIXED, text, lease.subnet_id, fitting.id)
            fixed = lease.copy()
            fixed.subnet_id = fitting.id
            return fixed
        reason = "it lies in no configured subnet" if fitting is None else f"it lies in the subnet with id {fitting.id}"
        if mode in ("fix-del", "del"):
            DHCPSRV.log(DHCPSRV_LEASE_SANITY_FAIL_DISCARD, text, lease.subnet_id, reason)
            return None
        DHCPSRV.log(DHCPSRV_LEASE_SANITY_FAIL, text, lease.subnet_id, reason)
        return lease

    def changes_what_is_loaded(self, before: LeaseCheck[L]) -> bool:
        """Return whether the lease file has to be read again where *before* was in force when it was read."""
        return not (self.mode in _KEEPS and before.mode in _KEEPS) and not self.judges_as(before)

    def judges_as(self, before: LeaseCheck[L]) -> bool:
        """Return whether *before* finds the same wrong and does the same about it."""
        return self.mode == before.mode and self._extents() == before._extents()

    def _extents(self) -> list[tuple[int, int, int, bool]]:
        """Return what of the subnets the check looks at."""
        return [
            (subnet.id, subnet.first, subnet.last, admitted((subnet,), ()) is None) for subnet in self._index.subnets
        ]


class LeaseCheck4(LeaseCheck[Lease4]):
    """The check of DHCPv4 leases."""

    __slots__ = ()
    family = V4


class LeaseCheck6(LeaseCheck[Lease6]):
    """The check of DHCPv6 leases of addresses."""

    __slots__ = ()
    family = V6

    def _passes(self, lease: Lease6) -> bool:
        return lease.lease_type == IA_PD or super()._passes(lease)
