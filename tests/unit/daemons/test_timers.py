"""What the configuration says about timers and sockets arrives where it counts."""

from __future__ import annotations

from typing import Any

from twisted.internet.task import Clock

from kea_twisted.config.parse import load_object
from kea_twisted.config.server_config import ExpiredLeasesProcessing
from kea_twisted.daemons.candidate import try_configuration
from kea_twisted.daemons.dhcp4 import Parts4
from kea_twisted.daemons.timers import LeaseTimers
from kea_twisted.family import V4


class Reclaimer:
    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def cycle(self, now: float, _ticks: Any, leases: int, milliseconds: int, unwarned_cycles: int) -> None:
        self.calls.append(("cycle", now, leases, milliseconds, unwarned_cycles))

    def flush(self, now: float, hold: int) -> None:
        self.calls.append(("flush", now, hold))


def test_expired_leases_are_processed_as_configured() -> None:
    section = {
        "reclaim-timer-wait-time": 2,
        "flush-reclaimed-timer-wait-time": 5,
        "hold-reclaimed-time": 60,
        "max-reclaim-leases": 7,
        "max-reclaim-time": 80,
        "unwarned-reclaim-cycles": 3,
    }
    model = load_object({"Dhcp4": {"expired-leases-processing": section}}, V4).model
    config = try_configuration(model, Parts4(), 67, {}).config
    reactor, reclaimer = Clock(), Reclaimer()
    timers = LeaseTimers(reactor, reactor.seconds, reactor.seconds, reclaimer)  # type: ignore[arg-type]
    timers.start(config.expired, reclaimer)  # type: ignore[arg-type]
    reactor.pump([1] * 5)
    cycles = [("cycle", second, 7, 80, 3) for second in (2.0, 4.0)]
    assert reclaimer.calls == [*cycles, ("flush", 5.0, 60)]
    timers.start(ExpiredLeasesProcessing(0, 0), reclaimer)  # type: ignore[arg-type]
    reactor.pump([1] * 60)
    assert len(reclaimer.calls) == 3


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
