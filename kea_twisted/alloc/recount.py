"""Statistics of leases and pools after a (re)configuration: totals from the pools, assigned from the stored leases.

Not here: which statistics there are (stats.catalogue). ARM stats-lifecycle, ST-004, ST-037..ST-041.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    for name, count in _stored4(leases) if subnets else ():  # as in Kea, nothing is counted without subnets
        statistics.add(name, count, now)


def _stored4(leases: LeaseManager4) -> Iterator[tuple[str, int]]:
    """Yield what the stored leases add to statistics, subnet by subnet and state by state: each is a sample. ST-041."""
    for (subnet_id, state), count in sorted(leases.count_states().items()):
        for name in _counted(subnet_id, ASSIGNED4, state):
            yield name, count


def recount6(statistics: Statistics, subnets: Iterable[Subnet6], leases: LeaseManager6, now: float) -> None:
    """Begin the statistics of a DHCPv6 configuration."""
    subnets = tuple(subnets)
    configure(statistics, V6, [subnet.id for subnet in subnets], now)
    for subnet in subnets:
        addresses = sum(pool.capacity for pool in subnet.pools)
        prefixes = sum(pool.nominal for pool in subnet.pd_pools)
        statistics.restart(subnet_name(subnet.id, "total-nas"), _total(addresses), now)
        statistics.restart(subnet_name(subnet.id, "total-pds"), _total(prefixes), now)
    for name, count in _stored6(leases) if subnets else ():  # as in Kea, nothing is counted without subnets
        statistics.add(name, count, now)


def _stored6(leases: LeaseManager6) -> Iterator[tuple[str, int]]:
    """Yield what the stored leases add to statistics, subnet by subnet and state by state: each is a sample. ST-041."""
    for (subnet_id, lease_type, state), count in sorted(leases.count_states().items()):
        assigned = ASSIGNED6.get(lease_type)
        if assigned is not None:
            for name in _counted(subnet_id, assigned, state):
                yield name, count


def _total(capacity: int) -> int:
    """Return a total as Kea has it: it counts to 2^64-1 and shows that in 64 bits with a sign. ST-008.

    So 2^64-1 and all above are -1, and what begins with 2^63 is negative.
    """
    capacity = min(capacity, (1 << 64) - 1)
    return capacity - (1 << 64) if capacity >> 63 else capacity


def _counted(subnet_id: int, assigned: str, state: int) -> Iterator[str]:
    """Yield the statistics in which a lease of a subnet and state counts; declined ones count as assigned too."""
    if state == DECLINED:
        yield "declined-addresses"
        yield subnet_name(subnet_id, "declined-addresses")
    if state in (DEFAULT, DECLINED):
        yield subnet_name(subnet_id, assigned)
