"""What the configuration says about timers and sockets arrives where it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from twisted.internet.task import Clock

from kea_twisted.config.parse import load_object
from kea_twisted.config.server_config import ExpiredLeasesProcessing
from kea_twisted.daemons.candidate import try_configuration
from kea_twisted.daemons.dhcp4 import Parts4
from kea_twisted.daemons.timers import LeaseTimers
from kea_twisted.family import V4


class Reclaimer:
    """Notes what it is asked for; a cycle takes three slices and a flush two. aside: done in the second slice."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.aside: Callable[[], object] = lambda: None

    def slices(
        self, now: float, _ticks: Any, leases: int, milliseconds: int, remove: bool, unwarned_cycles: int
    ) -> Iterator[None]:
        self.calls.append(("cycle", now, leases, milliseconds, remove, unwarned_cycles))
        yield
        self.calls.append(("second slice",))
        self.aside()
        yield
        self.calls.append(("last slice",))

    def flush_slices(self, now: float, hold: int) -> Iterator[None]:
        self.calls.append(("flush", now, hold))
        yield

    @property
    def begun(self) -> list[tuple[Any, ...]]:
        return [call for call in self.calls if len(call) > 1]


failures: list[Exception] = []
failed = failures.append


def started(section: dict[str, int]) -> tuple[Clock, Reclaimer, LeaseTimers]:
    """Return clock, reclaimer and timers under a section `expired-leases-processing`."""
    model = load_object({"Dhcp4": {"expired-leases-processing": section}}, V4).model
    config = try_configuration(model, Parts4(), 67, {}).config
    reactor, reclaimer = Clock(), Reclaimer()
    timers = LeaseTimers(reactor, reactor.seconds, reactor.seconds, reclaimer, failed)  # type: ignore[arg-type]
    timers.start(config.expired, reclaimer)  # type: ignore[arg-type]
    return reactor, reclaimer, timers


@pytest.mark.arm("LE-012", "LE-013", "LE-014")
def test_expired_leases_are_processed_as_configured() -> None:
    section = {
        "reclaim-timer-wait-time": 2,
        "flush-reclaimed-timer-wait-time": 5,
        "hold-reclaimed-time": 60,
        "max-reclaim-leases": 7,
        "max-reclaim-time": 80,
        "unwarned-reclaim-cycles": 3,
    }
    reactor, reclaimer, timers = started(section)
    reactor.pump([1] * 5)
    cycles = [("cycle", second, 7, 80, False, 3) for second in (2.0, 4.0)]
    assert reclaimer.begun == [*cycles, ("flush", 5.0, 60)]
    timers.start(ExpiredLeasesProcessing(0, 0), reclaimer)  # type: ignore[arg-type]
    reactor.pump([1] * 60)
    assert len(reclaimer.begun) == 3


@pytest.mark.arm("LE-011", "LE-012", "LE-013", "LE-014", "LE-015", "LE-016", "LE-017")
def test_what_is_left_out_has_its_default() -> None:
    reactor, reclaimer, _timers = started({})
    reactor.pump([1] * 26)
    assert reclaimer.begun == [
        ("cycle", 10.0, 100, 250, False, 5),
        ("cycle", 20.0, 100, 250, False, 5),
        ("flush", 25.0, 3600),
    ]


@pytest.mark.arm("LE-013", "LE-026")
def test_without_a_flush_leases_are_removed_when_they_are_reclaimed() -> None:
    reactor, reclaimer, _timers = started({"flush-reclaimed-timer-wait-time": 0, "hold-reclaimed-time": 1800})
    reactor.advance(10)
    assert reclaimer.begun == [("cycle", 10.0, 100, 250, True, 5)]


@pytest.mark.arm("LE-012")
def test_the_reactor_gets_its_turn_between_slices() -> None:
    reactor, reclaimer, timers = started({"reclaim-timer-wait-time": 2, "flush-reclaimed-timer-wait-time": 0})
    reactor.callLater(2, reclaimer.calls.append, ("packet",))
    reactor.advance(2)
    assert reclaimer.calls[1:] == [("packet",), ("second slice",), ("last slice",)]
    reactor.advance(1.9)
    assert len(reclaimer.begun) == 1
    reactor.callLater(0.1, timers.stop)
    reactor.pump([0.1] * 50)
    assert len(reclaimer.begun) == 2
    assert reclaimer.calls[-1] == reclaimer.begun[-1]


class Slow(Reclaimer):
    """Takes five seconds for a cycle."""

    def __init__(self, reactor: Clock) -> None:
        super().__init__()
        self.reactor = reactor

    def slices(self, now: float, *_arguments: Any) -> Iterator[None]:
        self.calls.append(("cycle", now))
        self.reactor.rightNow += 2
        yield
        self.reactor.rightNow += 3


@pytest.mark.arm("LE-012", "LE-021")
def test_the_pause_is_from_the_end_of_a_cycle_to_the_next_one() -> None:
    reactor = Clock()
    reclaimer = Slow(reactor)
    timers = LeaseTimers(reactor, reactor.seconds, reactor.seconds, reclaimer, failed)  # type: ignore[arg-type]
    timers.start(ExpiredLeasesProcessing(3, 0), reclaimer)  # type: ignore[arg-type]
    reactor.pump([1] * 11)
    assert [now for _cycle, now in reclaimer.calls] == [3, 11, 19]


class Broken(Reclaimer):
    def slices(self, *_arguments: Any) -> Iterator[None]:
        self.calls.append(("cycle", 0))
        yield
        raise ValueError("a mistake")


def test_a_cycle_that_breaks_is_not_the_last() -> None:
    reactor, reclaimer = Clock(), Broken()
    failures.clear()
    timers = LeaseTimers(reactor, reactor.seconds, reactor.seconds, reclaimer, failed)  # type: ignore[arg-type]
    timers.start(ExpiredLeasesProcessing(1, 0), reclaimer)  # type: ignore[arg-type]
    reactor.pump([1, 1])
    assert len(reclaimer.begun) == 2
    assert [str(error) for error in failures] == ["a mistake"] * 2


def test_a_configuration_that_comes_with_a_slice_begins_anew() -> None:
    reactor, reclaimer, timers = started({"reclaim-timer-wait-time": 2, "flush-reclaimed-timer-wait-time": 0})
    reclaimer.aside = lambda: timers.start(ExpiredLeasesProcessing(5, 0), reclaimer)  # type: ignore[arg-type]
    reactor.advance(2)
    reclaimer.aside = timers.stop
    assert reclaimer.calls[-1] == ("second slice",)
    reactor.pump([1] * 20)
    assert [call[1] for call in reclaimer.begun] == [2, 7]
    assert reactor.calls == []


def test_sockets_are_opened_again_as_configured() -> None:
    section = {
        "interfaces": [],
        "service-sockets-require-all": True,
        "service-sockets-max-retries": 4,
        "service-sockets-retry-wait-time": 250,
    }
    model = load_object({"Dhcp4": {"interfaces-config": section}}, V4).model
    policy = try_configuration(model, Parts4(), 67, {}).policy
    assert (policy.require_all, policy.max_retries, policy.wait_ms) == (True, 4, 250)
