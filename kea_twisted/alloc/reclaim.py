"""Expired leases become free again: the periodic cycle, the flush of held leases, and the `leases-reclaim` command.

Both families run the same code; what differs is in a row of :class:`Rules`. Not here: timers (the daemons') and the
lease that the engine finds expired while it allocates. ARM lease-expiration, LE-001..LE-034.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Final, Generic, Protocol, TypeVar

from kea_twisted.base.address import text4, text6
from kea_twisted.errors import KeaError
from kea_twisted.leases.lease import DECLINED, EXPIRED_RECLAIMED, IA_NA, IA_PD, Lease4, Lease6
from kea_twisted.leases.manager import LeaseManager4, LeaseManager6
from kea_twisted.log.logger import ALLOC_ENGINE
from kea_twisted.log.message import DBG_BASIC, Message
from kea_twisted.log.messages import alloc_engine as messages
from kea_twisted.stats.catalogue import subnet_name
from kea_twisted.stats.registry import Statistics

L = TypeVar("L", Lease4, Lease6)
R = TypeVar("R")

SLICE: Final = 0.005
"""Seconds of reclamation after which packets get their turn."""
PORTION: Final = 100
"""How many leases are asked for at a time; few enough that handing them over holds nobody up."""


class Leases(Protocol[L]):
    """What reclamation needs of either family's lease manager."""

    def update(self, lease: L) -> None:
        """Replace the lease of the same address."""

    def delete(self, lease: L) -> bool:
        """Remove the lease of the same address."""

    def expired(self, now: float, limit: int) -> list[L]:
        """Return leases that ended and are not reclaimed."""

    def delete_reclaimed(self, before: float, limit: int = 0) -> int:
        """Remove reclaimed leases that ended before *before*."""

    def commit(self) -> None:
        """Make all writes durable."""


@dataclass(frozen=True)
class Events(Generic[L]):
    """What others do when a lease is reclaimed; each may be None.

    expire: `lease4_expire`, `lease6_expire` with the lease and whether it will be removed; True if the callout has done
    all that there is to do to the lease. recover: `lease4_recover`, `lease6_recover`; True to leave the counters of
    declined addresses alone. remove_dns: have the lease's DNS entries removed. stored: the leases of a cycle are
    stored, or could not be.
    """

    expire: Callable[[L, bool], bool] | None = None
    recover: Callable[[L], bool] | None = None
    remove_dns: Callable[[L], None] | None = None
    stored: Callable[[bool], None] | None = None


@dataclass(frozen=True)
class Rules(Generic[L]):
    """What differs between the families. assigned: the statistic a lease counts in, by lease type (0 in DHCPv4)."""

    assigned: Mapping[int, str]
    lease_type: Callable[[L], int]
    text: Callable[[L], tuple[object, ...]]
    lease_reclaim: Message
    lease_failed: Message
    recovered: Message
    start: Message
    complete: Message
    timeout: Message
    slow: Message
    none_left: Message
    flush: Message
    flush_complete: Message
    flush_failed: Message


def _type4(_lease: Lease4) -> int:
    return 0


def _type6(lease: Lease6) -> int:
    return lease.lease_type


def _text4(lease: Lease4) -> tuple[object, ...]:
    return (text4(lease.address),)


def _text6(lease: Lease6) -> tuple[object, ...]:
    return (text6(lease.address), lease.prefix_length)


RULES4: Final[Rules[Lease4]] = Rules(
    assigned={0: "assigned-addresses"},
    lease_type=_type4,
    text=_text4,
    lease_reclaim=messages.ALLOC_ENGINE_V4_LEASE_RECLAIM,
    lease_failed=messages.ALLOC_ENGINE_V4_LEASE_RECLAMATION_FAILED,
    recovered=messages.ALLOC_ENGINE_V4_DECLINED_RECOVERED,
    start=messages.ALLOC_ENGINE_V4_LEASES_RECLAMATION_START,
    complete=messages.ALLOC_ENGINE_V4_LEASES_RECLAMATION_COMPLETE,
    timeout=messages.ALLOC_ENGINE_V4_LEASES_RECLAMATION_TIMEOUT,
    slow=messages.ALLOC_ENGINE_V4_LEASES_RECLAMATION_SLOW,
    none_left=messages.ALLOC_ENGINE_V4_NO_MORE_EXPIRED_LEASES,
    flush=messages.ALLOC_ENGINE_V4_RECLAIMED_LEASES_DELETE,
    flush_complete=messages.ALLOC_ENGINE_V4_RECLAIMED_LEASES_DELETE_COMPLETE,
    flush_failed=messages.ALLOC_ENGINE_V4_RECLAIMED_LEASES_DELETE_FAILED,
)
RULES6: Final[Rules[Lease6]] = Rules(
    assigned={IA_NA: "assigned-nas", IA_PD: "assigned-pds"},
    lease_type=_type6,
    text=_text6,
    lease_reclaim=messages.ALLOC_ENGINE_V6_LEASE_RECLAIM,
    lease_failed=messages.ALLOC_ENGINE_V6_LEASE_RECLAMATION_FAILED,
    recovered=messages.ALLOC_ENGINE_V6_DECLINED_RECOVERED,
    start=messages.ALLOC_ENGINE_V6_LEASES_RECLAMATION_START,
    complete=messages.ALLOC_ENGINE_V6_LEASES_RECLAMATION_COMPLETE,
    timeout=messages.ALLOC_ENGINE_V6_LEASES_RECLAMATION_TIMEOUT,
    slow=messages.ALLOC_ENGINE_V6_LEASES_RECLAMATION_SLOW,
    none_left=messages.ALLOC_ENGINE_V6_NO_MORE_EXPIRED_LEASES,
    flush=messages.ALLOC_ENGINE_V6_RECLAIMED_LEASES_DELETE,
    flush_complete=messages.ALLOC_ENGINE_V6_RECLAIMED_LEASES_DELETE_COMPLETE,
    flush_failed=messages.ALLOC_ENGINE_V6_RECLAIMED_LEASES_DELETE_FAILED,
)


@dataclass(frozen=True, slots=True)
class Cycle:
    """What a cycle did. left: expired leases are left over, because of the limit or of the time."""

    reclaimed: int
    left: bool


class Reclaimer(Generic[L]):
    """Reclaims the expired leases of one server. events may be replaced when hook libraries are reloaded."""

    def __init__(
        self, rules: Rules[L], leases: Leases[L], statistics: Statistics, events: Events[L] | None = None
    ) -> None:
        self.rules: Rules[L] = rules
        self.leases: Leases[L] = leases
        self.statistics = statistics
        self.events: Events[L] = events if events is not None else Events()
        self._unfinished = 0

    def cycle(
        self,
        now: float,
        clock: Callable[[], float],
        limit: int = 100,
        milliseconds: int = 250,
        remove: bool = False,
        unwarned_cycles: int = 5,
    ) -> Cycle:
        """Do a whole cycle at once; see :meth:`slices`."""
        return _whole(self.slices(now, clock, limit, milliseconds, remove, unwarned_cycles, inf))

    def slices(
        self,
        now: float,
        clock: Callable[[], float],
        limit: int = 100,
        milliseconds: int = 250,
        remove: bool = False,
        unwarned_cycles: int = 5,
        slice_seconds: float = SLICE,
    ) -> Generator[None, None, Cycle]:
        """Reclaim up to *limit* leases for up to *milliseconds* (0: no limit), a slice at a time. LE-015..LE-024.

        What a slice did is committed when it is over; packets may be served before the next one. Their time is not
        counted. clock: seconds that pass, of any origin. remove: delete the leases instead of holding them for their
        clients. unwarned_cycles: how many cycles in a row may leave leases over before a warning, 0 for never.
        """
        rules = self.rules
        ALLOC_ENGINE.log(rules.start, limit, milliseconds)
        reclaimed = 0
        spent = 0.0
        left = False
        going = True
        tried = _Tried(self.leases, now, limit)
        while going:
            begun = clock()
            elapsed = 0.0
            done: list[tuple[L, bool]] = []
            while elapsed < slice_seconds:
                lease = tried.next()
                if lease is None:
                    going = False
                    break
                try:
                    done.append((lease, self._reclaim(lease, remove)))
                except KeaError as error:
                    ALLOC_ENGINE.log(rules.lease_failed, rules.text(lease)[0], error)
                elapsed = clock() - begun
                if milliseconds and (spent + elapsed) * 1000 >= milliseconds:
                    ALLOC_ENGINE.log(rules.timeout, milliseconds)
                    going = False
                    break
            left = not going and tried.more()
            try:
                self.leases.commit()
            except KeaError as error:
                # Nothing of this slice is stored; the next cycle finds the same leases.
                for lease, _recovered in done:
                    ALLOC_ENGINE.log(rules.lease_failed, rules.text(lease)[0], error)
                self._tell_stored(False)
                return Cycle(reclaimed, bool(done))
            self._tell_stored(True)
            for lease, recovered in done:
                self._count(lease, recovered, now)
            self.statistics.uncommitted.clear()
            reclaimed += len(done)
            spent += elapsed
            if going:
                tried.pause()
                yield
        ALLOC_ENGINE.log(rules.complete, reclaimed, f"{spent * 1000:.3f} ms")
        self._warn(left, unwarned_cycles)
        return Cycle(reclaimed, left)

    def _tell_stored(self, stored: bool) -> None:
        """Tell who waits for it whether the leases of a cycle are stored."""
        if self.events.stored is not None:
            self.events.stored(stored)

    def _warn(self, left: bool, unwarned_cycles: int) -> None:
        """Count cycles in a row that left leases over, and warn when there are too many. LE-017, LE-024."""
        if not left:
            self._unfinished = 0
            ALLOC_ENGINE.log(self.rules.none_left)
            return
        self._unfinished += 1
        if self._unfinished > unwarned_cycles > 0:
            ALLOC_ENGINE.log(self.rules.slow, self._unfinished)
            self._unfinished = 0

    def _reclaim(self, lease: L, remove: bool) -> bool:
        """Take one expired lease back; return whether it was a declined one that recovered. LE-005..LE-010."""
        rules, events = self.rules, self.events
        if ALLOC_ENGINE.rank >= DBG_BASIC:
            ALLOC_ENGINE.log(rules.lease_reclaim, lease.client_label, *rules.text(lease))
        if events.expire is not None and events.expire(lease, remove):
            return False
        if events.remove_dns is not None:
            events.remove_dns(lease)
        recovered = False
        if lease.state == DECLINED:
            # It says nothing of a client, so there is nobody to hold it for.
            recovered = remove = events.recover is None or not events.recover(lease)
        if remove:
            self.leases.delete(lease)
        else:
            held = lease.copy()
            held.state = EXPIRED_RECLAIMED
            held.hostname = ""
            held.fqdn_fwd = held.fqdn_rev = False
            self.leases.update(held)
        if ALLOC_ENGINE.rank >= DBG_BASIC:
            ALLOC_ENGINE.log(messages.ALLOC_ENGINE_LEASE_RECLAIMED, rules.text(lease)[0])
        if recovered:
            ALLOC_ENGINE.log(rules.recovered, rules.text(lease)[0], lease.valid_lifetime)
        return recovered

    def passed_on(self, lease: L, now: float) -> None:
        """Do the rest when the engine gives an ended lease to a client; the engine stores it. LE-002, LE-003."""
        rules, events = self.rules, self.events
        if ALLOC_ENGINE.rank >= DBG_BASIC:
            ALLOC_ENGINE.log(rules.lease_reclaim, lease.client_label, *rules.text(lease))
        recovered = False
        if events.expire is None or not events.expire(lease, False):
            if events.remove_dns is not None:
                events.remove_dns(lease)
            recovered = lease.state == DECLINED and (events.recover is None or not events.recover(lease))
        if recovered:
            ALLOC_ENGINE.log(rules.recovered, rules.text(lease)[0], lease.valid_lifetime)
        self._count(lease, recovered, now)

    def _count(self, lease: L, recovered: bool, now: float) -> None:
        """Count a reclaimed lease. LE-008, LE-010."""
        get, count = self.statistics.get, self.statistics.count
        subnet_id = lease.subnet_id
        if recovered:
            declined = get("declined-addresses", now), get(subnet_name(subnet_id, "declined-addresses"), now)
            count(declined, -1, now)
            name = "reclaimed-declined-addresses"
            count((get(name, now), get(subnet_name(subnet_id, name), now)), 1, now)
        assigned = self.rules.assigned.get(self.rules.lease_type(lease))
        if assigned is not None:
            count((get(subnet_name(subnet_id, assigned), now),), -1, now)
        count((get("reclaimed-leases", now), get(subnet_name(subnet_id, "reclaimed-leases"), now)), 1, now)

    def all(self, now: float, remove: bool) -> Cycle:
        """Reclaim all expired leases at once. LE-031..LE-033."""
        return self.cycle(now, lambda: now, 0, 0, remove, 0)

    def flush(self, now: float, hold_seconds: int) -> int:
        """Delete the held leases that ended more than *hold_seconds* ago; return how many. LE-026, LE-028."""
        return _whole(self.flush_slices(now, hold_seconds, 0))

    def flush_slices(self, now: float, hold_seconds: int, portion: int = PORTION) -> Generator[None, None, int]:
        """Flush *portion* leases at a time; packets may be served in between."""
        ALLOC_ENGINE.log(self.rules.flush, hold_seconds)
        total = 0
        while True:
            try:
                deleted = self.leases.delete_reclaimed(now - hold_seconds, portion)
                self.leases.commit()
            except KeaError as error:
                ALLOC_ENGINE.log(self.rules.flush_failed, error)
                return total
            total += deleted
            if not portion or deleted < portion:
                break
            yield
        ALLOC_ENGINE.log(self.rules.flush_complete, total)
        return total


class _Tried(Generic[L]):
    """The expired leases one after the other, each once, asked for in portions.

    A lease that a callout takes upon itself, or that cannot be stored, stays expired and must not come again.
    """

    __slots__ = ("_leases", "_left", "_limited", "_now", "_seen", "_waiting")

    def __init__(self, leases: Leases[L], now: float, limit: int) -> None:
        self._leases: Leases[L] = leases
        self._now = now
        self._limited = limit > 0
        self._left = limit
        self._waiting: deque[L] = deque()
        self._seen: set[int] = set()

    def next(self) -> L | None:
        """Return the next lease, None if there is none or the limit is reached."""
        if self._limited:
            if not self._left:
                return None
            self._left -= 1
        if not self._waiting:
            wanted = min(PORTION, self._left + 1) if self._limited else PORTION
            self._waiting.extend(self._fresh(wanted))
            if not self._waiting:
                return None
        lease = self._waiting.popleft()
        self._seen.add(lease.address)
        return lease

    def pause(self) -> None:
        """Forget what waits: by the next call packets may have changed it."""
        self._waiting.clear()

    def more(self) -> bool:
        """Return whether expired leases are left that did not come yet."""
        return bool(self._waiting) or bool(self._fresh(1))

    def _fresh(self, count: int) -> list[L]:
        """Return up to *count* leases that did not come yet."""
        seen = self._seen
        expired = self._leases.expired(self._now, count)
        if any(lease.address in seen for lease in expired):
            expired = self._leases.expired(self._now, count + len(seen))
        self._seen = {lease.address for lease in expired if lease.address in seen}
        return [lease for lease in expired if lease.address not in seen][:count]


def _whole(slices: Generator[None, None, R]) -> R:
    """Go through all slices without a break and return the result."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            result: R = end.value
            return result


def reclaimer4(
    leases: LeaseManager4, statistics: Statistics, events: Events[Lease4] | None = None
) -> Reclaimer[Lease4]:
    """Return what reclaims DHCPv4 leases."""
    return Reclaimer(RULES4, leases, statistics, events)


def reclaimer6(
    leases: LeaseManager6, statistics: Statistics, events: Events[Lease6] | None = None
) -> Reclaimer[Lease6]:
    """Return what reclaims DHCPv6 leases."""
    return Reclaimer(RULES6, leases, statistics, events)
