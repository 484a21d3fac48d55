"""Reclamation of expired leases, and the recount after a configuration."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from kea_twisted.alloc.reclaim import Cycle, Events, Reclaimer, reclaimer4, reclaimer6
from kea_twisted.alloc.recount import recount4, recount6
from kea_twisted.base.lifetimes import Triplet
from kea_twisted.ddns.v4 import Updates4
from kea_twisted.errors import StoreError
from kea_twisted.leases.lease import DECLINED, DEFAULT, EXPIRED_RECLAIMED, IA_NA, IA_PD, Lease4, Lease6
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.log.logger import ALLOC_ENGINE, Logger
from kea_twisted.log.message import Message
from kea_twisted.stats.registry import Statistics
from kea_twisted.subnets.pool import PdPool, Pool
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.subnets.v6 import Subnet6

NOW = 1_700_000_000
AGES = {1: 300, 2: 200, 3: 100}


def lease4(number: int, age: int, **other: object) -> Lease4:
    fields: dict[str, object] = {"hwaddr": bytes((2, 0, 0, 0, 0, number)), "client_id": b"", "subnet_id": 1}
    fields.update(other)
    return Lease4(address=number, valid_lifetime=100, cltt=NOW - 100 - age, **fields)  # type: ignore[arg-type]


def lease6(number: int, **other: object) -> Lease6:
    fields: dict[str, object] = {"lease_type": IA_NA, "prefix_length": 128, "duid": b"\0\1\2", **other}
    return Lease6(
        address=number,
        iaid=number,
        preferred_lifetime=50,
        valid_lifetime=100,
        cltt=NOW - 500,
        subnet_id=1,
        **fields,  # type: ignore[arg-type]
    )


def store4(*leases: Lease4) -> Memfile4:
    manager = Memfile4()
    for lease in leases or [lease4(number, age) for number, age in AGES.items()]:
        manager.add(lease)
    return manager


def value(statistics: Statistics, name: str) -> object:
    return statistics.observations[name].value


def clock() -> Callable[[], float]:
    """A clock that moves 10 ms whenever it is asked."""
    ticks = iter(range(10**6))
    return lambda: next(ticks) / 100


def through(slices: Generator[None, None, object], between: Callable[[], None] = lambda: None) -> object:
    """Go through all slices, call *between* after each but the last, and return the result."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return end.value
        between()


@pytest.mark.arm("LE-005")
@pytest.mark.arm("LE-006")
@pytest.mark.arm("LE-007")
@pytest.mark.arm("LE-008")
@pytest.mark.arm("LE-009")
def test_the_steps_come_in_order() -> None:
    leases = store4(lease4(1, 10, hostname="host.example", fqdn_fwd=True))
    statistics = Statistics()
    steps: list[str] = []

    def seen(step: str) -> None:
        held = leases.get(1)
        assert held is not None
        steps.append(f"{step} {held.state} {'reclaimed-leases' in statistics.observations}")

    def expire(lease: Lease4, remove: bool) -> bool:
        assert (lease.address, remove) == (1, False)
        seen("expire")
        return False

    reclaimer = reclaimer4(leases, statistics, Events(expire=expire, remove_dns=lambda lease: seen("dns")))
    assert reclaimer.all(NOW, False) == Cycle(1, False)
    seen("after")
    assert steps == ["expire 0 False", "dns 0 False", "after 2 True"]
    assert value(statistics, "subnet[1].assigned-addresses") == -1
    assert value(statistics, "subnet[1].reclaimed-leases") == value(statistics, "reclaimed-leases") == 1


@pytest.mark.arm("LE-026")
def test_a_held_lease_keeps_its_client_but_not_its_name() -> None:
    leases = store4(lease4(1, 10, hostname="host", fqdn_fwd=True, fqdn_rev=True, user_context="{ }", client_id=b"\1\2"))
    reclaimer4(leases, Statistics()).all(NOW, False)
    assert leases.get(1) == lease4(1, 10, state=EXPIRED_RECLAIMED, user_context="{ }", client_id=b"\1\2")
    assert leases.expired(NOW, 0) == []


def test_a_removed_lease_is_gone() -> None:
    leases = store4()
    assert reclaimer4(leases, Statistics()).all(NOW, True) == Cycle(3, False)
    assert len(leases) == 0


@pytest.mark.arm("LE-010")
@pytest.mark.parametrize("remove", [True, False])
def test_a_declined_address_recovers_and_is_never_held(remove: bool) -> None:
    leases = store4(lease4(1, 10, state=DECLINED, hwaddr=b""))
    statistics = Statistics()
    reclaimer4(leases, statistics).all(NOW, remove)
    assert len(leases) == 0
    counted = {name: observation.value for name, observation in statistics.observations.items()}
    assert counted == {
        "declined-addresses": -1,
        "subnet[1].declined-addresses": -1,
        "reclaimed-declined-addresses": 1,
        "subnet[1].reclaimed-declined-addresses": 1,
        "subnet[1].assigned-addresses": -1,
        "reclaimed-leases": 1,
        "subnet[1].reclaimed-leases": 1,
    }


def test_a_callout_may_do_all_there_is_to_do() -> None:
    leases = store4()
    statistics = Statistics()
    dns: list[Lease4] = []
    events = Events[Lease4](expire=lambda lease, remove: True, remove_dns=dns.append)
    assert reclaimer4(leases, statistics, events).all(NOW, True).reclaimed == 3
    assert {lease.state for lease in leases} == {DEFAULT}
    assert dns == []
    assert value(statistics, "reclaimed-leases") == 3


def test_a_callout_may_keep_a_declined_address() -> None:
    leases = store4(lease4(1, 10, state=DECLINED, hwaddr=b""))
    statistics = Statistics()
    reclaimer4(leases, statistics, Events(recover=lambda lease: True)).all(NOW, True)
    held = leases.get(1)
    assert held is not None
    assert held.state == EXPIRED_RECLAIMED
    assert "declined-addresses" not in statistics.observations


@pytest.mark.arm("LE-006")
@pytest.mark.parametrize(
    ("other", "asked"),
    [
        ({"hostname": "h", "fqdn_fwd": True}, 1),
        ({"hostname": "h", "fqdn_rev": True}, 1),
        ({"hostname": "h"}, 0),
        ({"fqdn_fwd": True}, 0),
    ],
)
def test_dns_entries_are_removed_only_if_there_are_some(other: dict[str, object], asked: int) -> None:
    updates = Updates4()
    updates.configure(True, ())
    reclaimer4(store4(lease4(1, 10, **other)), Statistics(), Events(remove_dns=updates.remove)).all(NOW, True)
    assert len(updates.pending) == asked


@pytest.mark.arm("LE-015")
def test_a_cycle_takes_the_oldest_up_to_its_limit() -> None:
    leases = store4()
    reclaimer = reclaimer4(leases, Statistics())
    assert reclaimer.cycle(NOW, clock(), limit=2, milliseconds=0) == Cycle(2, True)
    assert [lease.address for lease in leases.expired(NOW, 0)] == [3]
    assert reclaimer.cycle(NOW, clock(), limit=2, milliseconds=0) == Cycle(1, False)


@pytest.mark.arm("LE-016")
@pytest.mark.arm("LE-018")
@pytest.mark.arm("LE-023")
def test_a_cycle_stops_when_its_time_is_over() -> None:
    leases = store4()
    reclaimer = reclaimer4(leases, Statistics())
    assert reclaimer.cycle(NOW, clock(), limit=0, milliseconds=20) == Cycle(2, True)
    assert reclaimer.cycle(NOW, clock(), limit=0, milliseconds=10) == Cycle(1, False)


@pytest.mark.arm("LE-022")
def test_without_limits_all_are_reclaimed() -> None:
    assert reclaimer4(store4(), Statistics()).cycle(NOW, clock(), limit=0, milliseconds=0) == Cycle(3, False)


@pytest.mark.arm("LE-020", "LE-022")
def test_packets_that_come_between_slices_find_all_in_order_and_are_respected() -> None:
    leases = store4(*[lease4(number, 10) for number in range(1, 8)])
    slices = reclaimer4(leases, Statistics()).slices(NOW, clock(), 0, 0, slice_seconds=0.02)
    next(slices)
    assert [lease.state for lease in leases] == [EXPIRED_RECLAIMED] * 2 + [DEFAULT] * 5
    assert leases._journal == []
    renewed = lease4(3, -3600)
    leases.update(renewed)
    leases.delete(lease4(5, 10))
    assert through(slices) == Cycle(5, False)
    assert leases.get(3) == renewed
    assert [lease.address for lease in leases] == [1, 2, 3, 4, 6, 7]


@pytest.mark.parametrize("portion", [2, 3, 100])
def test_leases_that_stay_expired_are_tried_once_a_cycle(monkeypatch: pytest.MonkeyPatch, portion: int) -> None:
    monkeypatch.setattr("kea_twisted.alloc.reclaim.PORTION", portion)
    leases = store4(*[lease4(number, 100 - number) for number in range(1, 12)])
    tried: list[int] = []

    def expire(lease: Lease4, _remove: bool) -> bool:
        tried.append(lease.address)
        return lease.address % 3 != 0

    reclaimer = reclaimer4(leases, Statistics(), Events(expire=expire))
    assert reclaimer.cycle(NOW, clock(), 0, 0, True) == Cycle(11, False)
    assert tried == list(range(1, 12))
    tried.clear()
    assert reclaimer.cycle(NOW, clock(), 0, 0, True) == Cycle(8, False)
    assert tried == [1, 2, 4, 5, 7, 8, 10, 11]
    assert reclaimer.cycle(NOW, clock(), 4, 0, True) == Cycle(4, True)


@pytest.mark.arm("LE-016")
def test_time_that_packets_take_is_not_that_of_the_cycle() -> None:
    leases = store4(*[lease4(number, 10) for number in range(1, 8)])
    seconds = 0.0

    def ticks() -> float:
        nonlocal seconds
        seconds += 1 / 64
        return seconds

    def serve() -> None:
        nonlocal seconds
        seconds += 5.0

    slices = reclaimer4(leases, Statistics()).slices(NOW, ticks, 0, 78, slice_seconds=2 / 64)
    assert through(slices, serve) == Cycle(5, True)
    assert seconds > 10


@pytest.mark.arm("LE-017")
@pytest.mark.arm("LE-024")
def test_a_warning_comes_after_too_many_cycles_that_left_leases() -> None:
    leases = store4(*[lease4(number, 10) for number in range(1, 20)])
    reclaimer = reclaimer4(leases, Statistics())
    shown: list[str] = []

    def sink(_logger: Logger, message: Message, _arguments: tuple[object, ...]) -> None:
        shown.append(message.id)

    before, ALLOC_ENGINE.emit = ALLOC_ENGINE.emit, sink
    try:
        for _ in range(8):
            shown.append("cycle")
            reclaimer.cycle(NOW, clock(), limit=1, milliseconds=0, unwarned_cycles=2)
    finally:
        ALLOC_ENGINE.emit = before
    slow = "ALLOC_ENGINE_V4_LEASES_RECLAMATION_SLOW"
    assert [shown[: place + 1].count("cycle") for place, name in enumerate(shown) if name == slow] == [3, 6]


@pytest.mark.arm("LE-028")
def test_the_flush_deletes_leases_whose_hold_is_over() -> None:
    leases = store4()
    reclaimer = reclaimer4(leases, Statistics())
    reclaimer.all(NOW, False)
    assert reclaimer.flush(NOW, 150) == 2
    assert [lease.address for lease in leases] == [3]


@pytest.mark.arm("LE-028")
def test_a_flush_goes_on_after_packets_had_their_turn() -> None:
    leases = store4(*[lease4(number, 100) for number in range(1, 8)])
    reclaimer = reclaimer4(leases, Statistics())
    reclaimer.all(NOW, False)
    slices = reclaimer.flush_slices(NOW, 10, 3)
    left: list[int] = []
    assert through(slices, lambda: left.append(len(leases))) == 7
    assert left == [4, 1]


class _Failing(Memfile4):
    def commit(self) -> None:
        journal, self._journal = self._journal, []
        self._take_back(journal)
        raise StoreError("disk full")


def test_nothing_counts_when_the_store_fails() -> None:
    leases = _Failing()
    leases._put(lease4(1, 10))
    statistics = Statistics()
    assert reclaimer4(leases, statistics).all(NOW, True) == Cycle(0, True)
    assert len(leases.expired(NOW, 0)) == 1
    assert statistics.observations == {}
    assert reclaimer4(leases, statistics).flush(NOW, 0) == 0


@pytest.mark.arm("LE-059")
def test_what_takes_too_long_and_what_cannot_be_stored_is_told() -> None:
    shown: list[str] = []
    before, ALLOC_ENGINE.emit = ALLOC_ENGINE.emit, lambda _logger, message, _arguments: shown.append(message.id)
    rank, ALLOC_ENGINE.rank = ALLOC_ENGINE.rank, 99
    try:
        reclaimer4(store4(), Statistics()).cycle(NOW, clock(), limit=0, milliseconds=10)
        assert "ALLOC_ENGINE_V4_LEASES_RECLAMATION_TIMEOUT" in shown
        shown.clear()
        leases = _Failing()
        for lease in (lease4(1, 10), lease4(2, 10)):
            leases._put(lease)
        reclaimer = reclaimer4(leases, Statistics())
        reclaimer.all(NOW, True)
        assert shown.count("ALLOC_ENGINE_V4_LEASE_RECLAMATION_FAILED") == 2
        assert "ALLOC_ENGINE_V4_LEASES_RECLAMATION_COMPLETE" not in shown
        reclaimer.flush(NOW, 0)
        assert shown[-1] == "ALLOC_ENGINE_V4_RECLAIMED_LEASES_DELETE_FAILED"
    finally:
        ALLOC_ENGINE.emit, ALLOC_ENGINE.rank = before, rank


@pytest.mark.arm("LE-009")
def test_dhcpv6_addresses_and_prefixes_count_apart() -> None:
    leases = Memfile6()
    for lease in (lease6(1), lease6(2, lease_type=IA_PD, prefix_length=64), lease6(3, duid=b"", state=DECLINED)):
        leases.add(lease)
    statistics = Statistics()
    assert reclaimer6(leases, statistics).all(NOW, False) == Cycle(3, False)
    assert value(statistics, "subnet[1].assigned-nas") == -2
    assert value(statistics, "subnet[1].assigned-pds") == -1
    assert value(statistics, "reclaimed-declined-addresses") == 1
    assert [(lease.address, lease.state) for lease in leases] == [(1, EXPIRED_RECLAIMED), (2, EXPIRED_RECLAIMED)]


def test_reclaimed_leases_are_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "leases.csv"
    leases = Memfile4(str(path))
    leases.add(lease4(1, 10, hostname="host"))
    leases.add(lease4(2, 10, state=DECLINED))
    reclaimer: Reclaimer[Lease4] = reclaimer4(leases, Statistics())
    reclaimer.all(NOW, False)
    assert path.read_text().splitlines()[-2:] == [
        "0.0.0.1,02:00:00:00:00:01,,100,1699999990,1,0,0,,2,",
        "0.0.0.2,02:00:00:00:00:02,,0,1699999890,1,0,0,,1,",
    ]
    leases.close()


@pytest.mark.arm("ST-004")
@pytest.mark.arm("ST-040")
@pytest.mark.arm("ST-041")
def test_a_recount_takes_totals_from_pools_and_the_rest_from_leases() -> None:
    valid = Triplet(1, 1, 1)
    subnets = (Subnet4(1, 0, 255, 24, valid, (Pool(1, 5), Pool(10, 10))), Subnet4(2, 256, 511, 24, valid))
    leases = store4(
        lease4(1, 0),
        lease4(2, 0),
        lease4(3, 0, state=DECLINED),
        lease4(4, 0, state=EXPIRED_RECLAIMED),
        lease4(5, 0, subnet_id=9),
    )
    statistics = Statistics()
    for _ in range(2):
        recount4(statistics, subnets, leases, NOW)
    assert value(statistics, "subnet[1].total-addresses") == 6
    assert value(statistics, "subnet[2].total-addresses") == 0
    assert value(statistics, "subnet[1].assigned-addresses") == 3
    assert value(statistics, "subnet[9].assigned-addresses") == 1
    assert value(statistics, "subnet[1].declined-addresses") == value(statistics, "declined-addresses") == 1


def test_a_dhcpv6_recount_counts_prefixes_too() -> None:
    subnet = Subnet6(1, 0, 255, 64, Triplet(1, 1, 1), (Pool(1, 16),), pd_pools=(PdPool(0, 255, 48, 56),))
    leases = Memfile6()
    for lease in (lease6(1), lease6(2, lease_type=IA_PD, prefix_length=56), lease6(3, duid=b"", state=DECLINED)):
        leases.add(lease)
    statistics = Statistics()
    recount6(statistics, (subnet,), leases, NOW)
    assert value(statistics, "subnet[1].total-nas") == 16
    assert value(statistics, "subnet[1].total-pds") == 256
    assert value(statistics, "subnet[1].assigned-nas") == 2
    assert value(statistics, "subnet[1].assigned-pds") == 1


@pytest.mark.arm("ST-037")
def test_without_subnets_none_has_statistics_whatever_leases_are_left() -> None:
    six, four = Memfile6(), Memfile4()
    six.add(lease6(1))
    four.add(lease4(1, 0))
    statistics = Statistics()
    recount6(statistics, (), six, NOW)
    recount4(statistics, (), four, NOW)
    assert not [name for name in statistics.observations if name.startswith("subnet[")]


@pytest.mark.arm("ST-008")
@pytest.mark.parametrize(
    ("lengths", "total"),
    [
        ((66,), 1 << 62),
        ((65,), -(1 << 63)),
        ((64,), -1),
        ((65, 65), -1),
        ((63,), -1),
        ((64, 128), -1),
        ((66, 66, 66), (3 << 62) - (1 << 64)),
    ],
)
def test_totals_are_shown_in_64_bits(lengths: tuple[int, ...], total: int) -> None:
    pools = tuple(Pool(place << 80, (place << 80) + (1 << (128 - length)) - 1) for place, length in enumerate(lengths))
    statistics = Statistics()
    recount6(statistics, (Subnet6(1, 0, (1 << 128) - 1, 0, Triplet(1, 1, 1), pools),), Memfile6(), NOW)
    assert value(statistics, "subnet[1].total-nas") == total


@pytest.mark.arm("LE-030")
def test_held_leases_wait_for_their_clients_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "leases.csv"
    leases = Memfile4(str(path))
    leases.add(lease4(7, 10, client_id=b"\1\2"))
    reclaimer4(leases, Statistics()).all(NOW, False)
    leases.close()
    again = Memfile4(str(path))
    assert [held.address for held in again.by_client_id(b"\1\2")] == [7]
    held = again.get(7)
    assert held is not None
    assert held.state == EXPIRED_RECLAIMED
    assert reclaimer4(again, Statistics()).flush(NOW, 11) == 0
    assert reclaimer4(again, Statistics()).flush(NOW, 9) == 1
    again.close()
