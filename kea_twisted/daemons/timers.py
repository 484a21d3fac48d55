"""What a server does by the clock: reclaim expired leases, forget reclaimed ones, switch itself on again.

Each timer is armed anew when its work is done, so that work which takes long is not done twice at a time. Such work
comes in slices, between which the reactor serves whatever is waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from kea_twisted.alloc.reclaim import Reclaimer
from kea_twisted.config.server_config import ExpiredLeasesProcessing
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.message import DBG_BASIC
from kea_twisted.log.messages import dhcpsrv as messages
from kea_twisted.net.reactor import Delayed, Reactor


class Repeating:
    """Call *work* every so many seconds; 0 seconds means never. A generator that it returns is work in slices.

    name: what the log calls it.
    """

    def __init__(self, name: str, reactor: Reactor, work: Callable[[], object]) -> None:
        self.name = name
        self._reactor = reactor
        self._work = work
        self._seconds = 0.0
        self._due: Delayed | None = None

    @property
    def armed(self) -> bool:
        """Whether a call is due."""
        return self._due is not None

    def start(self, seconds: float) -> None:
        """Begin anew with this period."""
        self.stop()
        self._seconds = seconds
        if seconds > 0 and DHCPSRV.rank >= DBG_BASIC:
            DHCPSRV.log(messages.DHCPSRV_TIMERMGR_REGISTER_TIMER, self.name, round(seconds * 1000))
        self._arm()

    def stop(self) -> None:
        """Call no more."""
        self._seconds = 0.0
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def unregister(self) -> None:
        """Call no more, and say so if calls were to come."""
        if self._seconds > 0:
            DHCPSRV.log(messages.DHCPSRV_TIMERMGR_UNREGISTER_TIMER, self.name)
        self.stop()

    def _arm(self) -> None:
        if self._seconds > 0:
            DHCPSRV.log(messages.DHCPSRV_TIMERMGR_START_TIMER, self.name)
            self._due = self._reactor.callLater(self._seconds, self._fire)

    def _fire(self) -> None:
        self._due = None
        DHCPSRV.log(messages.DHCPSRV_TIMERMGR_RUN_TIMER_OPERATION, self.name)
        work: object = None
        try:
            work = self._work()
        finally:
            if not self.armed and not isinstance(work, Generator):
                self._arm()
        if isinstance(work, Generator):
            self._slice(work)

    def _slice(self, work: Generator[None, None, object]) -> None:
        """Do one slice of *work*, and the next one in the reactor's next turn."""
        self._due = None
        over = True
        try:
            next(work)
            over = False
        except StopIteration:
            pass
        finally:
            # A slice may lead to a new configuration, with which the timer begins anew, or to its end.
            if not self.armed and self._seconds > 0:
                if over:
                    self._arm()
                else:
                    self._due = self._reactor.callLater(0, self._slice, work)


class LeaseTimers:
    """The timers of `expired-leases-processing`.

    clock: seconds of the epoch; ticks: seconds of any origin. failed: called with what no one expected.
    """

    def __init__(
        self,
        reactor: Reactor,
        clock: Callable[[], float],
        ticks: Callable[[], float],
        reclaimer: Reclaimer[Any],
        failed: Callable[[Exception], None],
    ) -> None:
        self._failed = failed
        self._clock = clock
        self._ticks = ticks
        self._reclaimer = reclaimer
        self._wanted = ExpiredLeasesProcessing()
        self._reclaim = Repeating("reclaim-expired-leases", reactor, self._reclaim_some)
        self._flush = Repeating("flush-reclaimed-leases", reactor, self._flush_old)

    def start(self, wanted: ExpiredLeasesProcessing, reclaimer: Reclaimer[Any]) -> None:
        """Begin anew under these parameters."""
        self._wanted = wanted
        self._reclaimer = reclaimer
        DHCPSRV.log(messages.DHCPSRV_TIMERMGR_UNREGISTER_ALL_TIMERS)
        self._reclaim.start(wanted.reclaim_timer_wait_time)
        self._flush.start(wanted.flush_reclaimed_timer_wait_time)

    def stop(self) -> None:
        """Do nothing more."""
        self._reclaim.stop()
        self._flush.stop()
        DHCPSRV.log(messages.DHCPSRV_TIMERMGR_UNREGISTER_ALL_TIMERS)

    def _reclaim_some(self) -> Generator[None, None, object]:
        wanted = self._wanted
        return self._guarded(
            self._reclaimer.slices(
                self._clock(),
                self._ticks,
                wanted.max_reclaim_leases,
                wanted.max_reclaim_time,
                wanted.flush_reclaimed_timer_wait_time == 0,  # nothing would ever remove what is held
                wanted.unwarned_reclaim_cycles,
            )
        )

    def _flush_old(self) -> Generator[None, None, object]:
        return self._guarded(self._reclaimer.flush_slices(self._clock(), self._wanted.hold_reclaimed_time))

    def _guarded(self, slices: Generator[None, None, object]) -> Generator[None, None, object]:
        """Yield from *slices*; a mistake in one of them ends them and is told."""
        try:
            yield from slices
        except Exception as error:
            self._failed(error)
        return None
