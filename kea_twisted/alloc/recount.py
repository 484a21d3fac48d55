"""Statistics of leases and pools after a (re)configuration: totals from the pools, assigned from the stored leases.

Not here: which statistics there are (stats.catalogue). ARM stats-lifecycle, ST-004, ST-037..ST-041.
"""

from __future__ import annotations

from collections import Counter
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
    for name, count in _stored4(leases).items():
        statistics.add(name, count, now)


def count_again4(statistics: Statistics, subnets: Iterable[Subnet4], leases: LeaseManager4, now: float) -> None:
    """Correct the numbers of leases, and those only: changes that had been counted were taken back."""
    _correct(statistics, [subnet.id for subnet in subnets], (ASSIGNED4,), _stored4(leases), now)


def _stored4(leases: LeaseManager4) -> Counter[str]:
    """Return the statistics that the stored leases give."""
    stored: Counter[str] = Counter()
    for (subnet_id, state), count in sorted(leases.count_states().items()):
        _count(stored, subnet_id, ASSIGNED4, state, count)
    return stored


def recount6(statistics: Statistics, subnets: Iterable[Subnet6], leases: LeaseManager6, now: float) -> None:
    """Begin the statistics of a DHCPv6 configuration."""
    subnets = tuple(subnets)
    configure(statistics, V6, [subnet.id for subnet in subnets], now)
    for subnet in subnets:
        addresses = sum(pool.capacity for pool in subnet.pools)
        prefixes = sum(pool.capacity for pool in subnet.pd_pools)
        statistics.restart(subnet_name(subnet.id, "total-nas"), addresses, now)
        statistics.restart(subnet_name(subnet.id, "total-pds"), prefixes, now)
    for name, count in _stored6(leases).items():
        statistics.add(name, count, now)


def count_again6(statistics: Statistics, subnets: Iterable[Subnet6], leases: LeaseManager6, now: float) -> None:
    """Correct the numbers of leases, and those only: changes that had been counted were taken back."""
    _correct(statistics, [subnet.id for subnet in subnets], ASSIGNED6.values(), _stored6(leases), now)


def _stored6(leases: LeaseManager6) -> Counter[str]:
    """Return the statistics that the stored leases give."""
    stored: Counter[str] = Counter()
    for (subnet_id, lease_type, state), count in sorted(leases.count_states().items()):
        assigned = ASSIGNED6.get(lease_type)
        if assigned is not None:
            _count(stored, subnet_id, assigned, state, count)
    return stored


def _count(stored: Counter[str], subnet_id: int, assigned: str, state: int, count: int) -> None:
    """Count the leases of one subnet and state; declined addresses count as assigned too. ST-041."""
    if state == DECLINED:
        stored["declined-addresses"] += count
        stored[subnet_name(subnet_id, "declined-addresses")] += count
    if state in (DEFAULT, DECLINED):
        stored[subnet_name(subnet_id, assigned)] += count


def _correct(
    statistics: Statistics, subnet_ids: Iterable[int], assigned: Iterable[str], stored: Counter[str], now: float
) -> None:
    """Set what differs from *stored*."""
    kinds = (*assigned, "declined-addresses")
    names = [subnet_name(subnet_id, kind) for subnet_id in subnet_ids for kind in kinds]
    for name in ("declined-addresses", *names):
        observation = statistics.get(name, now)
        if observation.value != stored[name]:
            observation.set(stored[name], now)
