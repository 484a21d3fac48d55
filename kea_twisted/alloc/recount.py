"""Statistics of leases and pools after a (re)configuration: totals from the pools, assigned from the stored leases.

Not here: which statistics there are (stats.catalogue). ARM stats-lifecycle, ST-004, ST-037..ST-041.
"""

from __future__ import annotations

from collections.abc import Iterable

from kea_twisted.family import V4, V6
from kea_twisted.leases.lease import DECLINED, DEFAULT, IA_NA, IA_PD
from kea_twisted.leases.manager import LeaseManager4, LeaseManager6
from kea_twisted.stats.catalogue import configure, subnet_name
from kea_twisted.stats.registry import Statistics
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.subnets.v6 import Subnet6

ASSIGNED4 = "assigned-addresses"
ASSIGNED6 = {IA_NA: "assigned-nas", IA_PD: "assigned-pds"}


def recount4(statistics: Statistics, subnets: Iterable[Subnet4], leases: LeaseManager4, now: float) -> None:
    """Begin the statistics of a DHCPv4 configuration."""
    subnets = tuple(subnets)
    configure(statistics, V4, [subnet.id for subnet in subnets], now)
    for subnet in subnets:
        total = sum(pool.capacity for pool in subnet.pools)
        statistics.restart(subnet_name(subnet.id, "total-addresses"), total, now)
    for (subnet_id, state), count in sorted(leases.count_states().items()):
        _count(statistics, subnet_id, ASSIGNED4, state, count, now)


def recount6(statistics: Statistics, subnets: Iterable[Subnet6], leases: LeaseManager6, now: float) -> None:
    """Begin the statistics of a DHCPv6 configuration."""
    subnets = tuple(subnets)
    configure(statistics, V6, [subnet.id for subnet in subnets], now)
    for subnet in subnets:
        addresses = sum(pool.capacity for pool in subnet.pools)
        prefixes = sum(pool.capacity for pool in subnet.pd_pools)
        statistics.restart(subnet_name(subnet.id, "total-nas"), addresses, now)
        statistics.restart(subnet_name(subnet.id, "total-pds"), prefixes, now)
    for (subnet_id, lease_type, state), count in sorted(leases.count_states().items()):
        assigned = ASSIGNED6.get(lease_type)
        if assigned is not None:
            _count(statistics, subnet_id, assigned, state, count, now)


def _count(statistics: Statistics, subnet_id: int, assigned: str, state: int, count: int, now: float) -> None:
    """Count the leases of one subnet and state; declined addresses count as assigned too. ST-041."""
    if state == DECLINED:
        statistics.add("declined-addresses", count, now)
        statistics.add(subnet_name(subnet_id, "declined-addresses"), count, now)
    if state in (DEFAULT, DECLINED):
        statistics.add(subnet_name(subnet_id, assigned), count, now)
