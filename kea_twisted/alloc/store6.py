"""DHCPv6 leases with their statistics: each write to the lease manager counts what it means.

Not here: which lease to write (that is :mod:`.v6`) and the periodic reclamation. ARM stats (dhcp6-stats).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kea_twisted.alloc.engine import in_pools
from kea_twisted.alloc.reclaim import Reclaimer
from kea_twisted.leases.lease import DECLINED, EXPIRED_RECLAIMED, IA_NA, IA_PD, Lease6
from kea_twisted.leases.manager import LeaseManager6
from kea_twisted.stats.registry import Observations, Statistics
from kea_twisted.subnets.pool import PdPool, Pool
from kea_twisted.subnets.v6 import Subnet6

_NAMES: Final = {IA_NA: "nas", IA_PD: "pds"}
"""Lease type to the last word of its statistics."""


def pools_of(subnet: Subnet6, kind: int) -> tuple[Pool | PdPool, ...]:
    """Return the pools of *subnet* for leases of type *kind*."""
    return subnet.pd_pools if kind == IA_PD else subnet.pools


class Store6:
    """A lease manager and the statistics that its leases change. remove_dns: have a lease's DNS entries removed."""

    __slots__ = ("_assigned", "leases", "reclaimer", "remove_dns", "statistics")

    def __init__(
        self,
        leases: LeaseManager6,
        statistics: Statistics,
        reclaimer: Reclaimer[Lease6],
        remove_dns: Callable[[Lease6], None] = lambda _lease: None,
    ) -> None:
        self.leases = leases
        self.remove_dns = remove_dns
        self.reclaimer = reclaimer
        self.statistics = statistics
        self._assigned: dict[tuple[int, int], Observations] = {}

    def _counters(self, lease: Lease6, now: float) -> Observations:
        """Return assigned and cumulative of the subnet of *lease*, and cumulative of all, for its type."""
        key = (lease.subnet_id, lease.lease_type)
        found = self._assigned.get(key)
        if found is None:
            get = self.statistics.get
            name = _NAMES[lease.lease_type]
            found = self._assigned[key] = (
                get(f"subnet[{lease.subnet_id}].assigned-{name}", now),
                get(f"subnet[{lease.subnet_id}].cumulative-assigned-{name}", now),
                get(f"cumulative-assigned-{name}", now),
            )
        return found

    def add(self, lease: Lease6, subnet: Subnet6, now: float) -> bool:
        """Store a new lease; False if its address has one already. Leases outside the pools are not counted."""
        if not self.leases.add(lease):
            return False
        self.count_assigned(lease, subnet, now)
        return True

    def count_assigned(self, lease: Lease6, subnet: Subnet6, now: float) -> None:
        """Count a lease that a client has got, if it lies in a pool of *subnet*."""
        if in_pools(pools_of(subnet, lease.lease_type), lease.address):
            self.statistics.count(self._counters(lease, now), 1, now)

    def remove(self, lease: Lease6, now: float) -> bool:
        """Delete a lease that a client no longer has; False if it was gone already."""
        if not self.leases.delete(lease):
            return False
        self.statistics.count(self._counters(lease, now)[:1], -1, now)
        self.remove_dns(lease)
        return True

    def reclaim(self, lease: Lease6, now: float) -> None:
        """Do the rest for an ended lease that is about to be given to a client, unless it was reclaimed before."""
        if lease.state != EXPIRED_RECLAIMED:
            self.reclaimer.passed_on(lease, now)

    def decline(self, lease: Lease6, probation: int, now: float) -> Lease6:
        """Put an address on probation: the lease stays, but is nobody's. ARM dhcp6-decline."""
        self.remove_dns(lease)
        declined = Lease6(
            lease.lease_type,
            lease.address,
            lease.prefix_length,
            b"",
            lease.iaid,
            0,
            probation,
            int(now),
            lease.subnet_id,
            state=DECLINED,
            user_context=lease.user_context,
        )
        get = self.statistics.get
        self.leases.update(declined)
        counted = get("declined-addresses", now), get(f"subnet[{lease.subnet_id}].declined-addresses", now)
        self.statistics.count(counted, 1, now)
        return declined

    def count_failure(self, subnet_id: int, reasons: tuple[str, ...], now: float) -> None:
        """Count an allocation that failed, globally and for the subnet, under each of *reasons*."""
        get = self.statistics.get
        for reason in reasons:
            get(f"v6-allocation-fail{reason}", now).add(1, now)
            get(f"subnet[{subnet_id}].v6-allocation-fail{reason}", now).add(1, now)
