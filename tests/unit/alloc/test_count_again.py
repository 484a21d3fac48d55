"""Statistics of leases that are set right after changes were taken back."""

from __future__ import annotations

from kea_twisted.alloc.recount import count_again4, count_again6
from kea_twisted.leases.lease import DECLINED, IA_NA, IA_PD, Lease4, Lease6
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.stats.registry import Statistics
from tests.support.hostile import server4, server6


def _value(statistics: Statistics, name: str) -> object:
    return statistics.get(name, 0.0).value


def test_numbers_of_dhcpv4_leases_become_those_of_the_store_and_nothing_else_changes() -> None:
    statistics, leases = Statistics(), Memfile4()
    leases.add(Lease4(1, b"\1", b"", 100, 0, 1))
    leases.add(Lease4(2, b"\2", b"", 100, 0, 1, state=DECLINED))
    for name in ("subnet[1].assigned-addresses", "subnet[101].assigned-addresses", "declined-addresses"):
        statistics.add(name, 7, 0.0)
    statistics.add("cumulative-assigned-addresses", 7, 0.0)
    count_again4(statistics, server4().config.subnets, leases, 1.0)
    assert _value(statistics, "subnet[1].assigned-addresses") == 2
    assert _value(statistics, "subnet[101].assigned-addresses") == 0
    assert _value(statistics, "declined-addresses") == 1
    assert _value(statistics, "subnet[1].declined-addresses") == 1
    assert _value(statistics, "cumulative-assigned-addresses") == 7


def test_numbers_of_dhcpv6_leases_become_those_of_the_store() -> None:
    statistics, leases = Statistics(), Memfile6()
    leases.add(Lease6(IA_NA, 1, 128, b"duid", 1, 50, 100, 0, 1))
    leases.add(Lease6(IA_PD, 2 << 64, 56, b"duid", 1, 50, 100, 0, 1))
    statistics.add("subnet[1].assigned-nas", 7, 0.0)
    statistics.add("subnet[102].assigned-pds", 7, 0.0)
    count_again6(statistics, server6().config.subnets, leases, 1.0)
    assert _value(statistics, "subnet[1].assigned-nas") == 1
    assert _value(statistics, "subnet[1].assigned-pds") == 1
    assert _value(statistics, "subnet[102].assigned-pds") == 0
