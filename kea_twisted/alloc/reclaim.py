"""Expired leases become free again: the periodic cycle, the flush of held leases, and the `leases-reclaim` command.

Both families run the same code; what differs is in a row of :class:`Rules`. Not here: timers (the daemons') and the
lease that the engine finds expired while it allocates. ARM lease-expiration, LE-001..LE-034.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from kea_twisted.base.address import text4, text6
from kea_twisted.base.octets import colon_hex
from kea_twisted.errors import KeaError
from kea_twisted.leases.lease import DECLINED, EXPIRED_RECLAIMED, IA_NA, IA_PD, Lease4, Lease6
from kea_twisted.leases.manager import LeaseManager4, LeaseManager6
from kea_twisted.log.logger import ALLOC_ENGINE
from kea_twisted.log.message import Message
from kea_twisted.log.messages import alloc_engine as messages
from kea_twisted.stats.catalogue import subnet_name
from kea_twisted.stats.registry import Statistics

L = TypeVar("L", Lease4, Lease6)


class Leases(Protocol[L]):
    """What reclamation needs of either family's lease manager."""

    def update(self, lease: L) -> None:
        """Replace the lease of the same address."""

    def delete(self, lease: L) -> bool:
        """Remove the lease of the same address."""

    def expired(self, now: float, limit: int) -> list[L]:
        """Return leases that ended and are not reclaimed."""

    def delete_reclaimed(self, before: float) -> int:
        """Remove reclaimed leases that ended before *before*."""

    def commit(self) -> None:
        """Make all writes durable."""


@dataclass(frozen=True)
class Events(Generic[L]):
    """What others do when a lease is reclaimed; each may be None.

    expire: `lease4_expire`, `lease6_expire` with the lease and whether it will be removed; True if the callout has done
    all that there is to do to the lease. recover: `lease4_recover`, `lease6_recover`; True to leave the counters of
    declined addresses alone. remove_dns: have the lease's DNS entries removed.
    """

    expire: Callable[[L, bool], bool] | None = None
    recover: Callable[[L], bool] | None = None
    remove_dns: Callable[[L], None] | None = None


@dataclass(frozen=True)
class Rules(Generic[L]):
    """What differs between the families. assigned: the statistic a lease counts in, by lease type (0 in DHCPv4)."""

    assigned: Mapping[int, str]
    lease_type: Callable[[L], int]
    text: Callable[[L], tuple[object, ...]]
    client: Callable[[L], str]
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


def _client4(lease: Lease4) -> str:
    client_id = colon_hex(lease.client_id) or "no info"
    return f"[hwtype=1 {colon_hex(lease.hwaddr)}], cid=[{client_id}]"


def _client6(lease: Lease6) -> str:
    hardware = f", [hwtype={lease.hwtype} {colon_hex(lease.hwaddr)}]" if lease.hwaddr else ""
    return f"duid=[{colon_hex(lease.duid) or '00'}]{hardware}"


RULES4: Final[Rules[Lease4]] = Rules(
    assigned={0: "assigned-addresses"},
    lease_type=_type4,
    text=_text4,
    client=_client4,
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
    client=_client6,
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
        """Reclaim up to *limit* leases for up to *milliseconds* (0: no limit) and commit. LE-015..LE-024.

        clock: seconds that pass, of any origin. remove: delete the leases instead of holding them for their clients.
        unwarned_cycles: how many cycles in a row may leave leases over before a warning, 0 for never.
        """
        rules = self.rules
        ALLOC_ENGINE.log(rules.start, limit, milliseconds)
        begun = clock()
        expired = self.leases.expired(now, limit + 1 if limit else 0)
        left = bool(limit) and len(expired) > limit
        if left:
            expired.pop()
        done: list[tuple[L, bool]] = []
        for place, lease in enumerate(expired):
            try:
                done.append((lease, self._reclaim(lease, remove)))
            except KeaError as error:
                ALLOC_ENGINE.log(rules.lease_failed, rules.text(lease)[0], error)
            if milliseconds and (clock() - begun) * 1000 >= milliseconds:
                if place + 1 < len(expired):
                    left = True
                ALLOC_ENGINE.log(rules.timeout, milliseconds)
                break
        try:
            self.leases.commit()
        except KeaError as error:
            # Nothing of this cycle is stored; the next one finds the same leases.
            for lease, _recovered in done:
                ALLOC_ENGINE.log(rules.lease_failed, rules.text(lease)[0], error)
            return Cycle(0, bool(expired))
        for lease, recovered in done:
            self._count(lease, recovered, now)
        ALLOC_ENGINE.log(rules.complete, len(done), f"{(clock() - begun) * 1000:.3f} ms")
        self._warn(left, unwarned_cycles)
        return Cycle(len(done), left)

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
        ALLOC_ENGINE.log(rules.lease_reclaim, rules.client(lease), *rules.text(lease))
        if events.expire is not None and events.expire(lease, remove):
            return False
        if events.remove_dns is not None and lease.hostname and (lease.fqdn_fwd or lease.fqdn_rev):
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
        ALLOC_ENGINE.log(messages.ALLOC_ENGINE_LEASE_RECLAIMED, rules.text(lease)[0])
        if recovered:
            ALLOC_ENGINE.log(rules.recovered, rules.text(lease)[0], lease.valid_lifetime)
        return recovered

    def passed_on(self, lease: L, now: float) -> None:
        """Do the rest when the engine gives an ended lease to a client; the engine stores it. LE-002, LE-003."""
        rules, events = self.rules, self.events
        ALLOC_ENGINE.log(rules.lease_reclaim, rules.client(lease), *rules.text(lease))
        if events.expire is not None:
            events.expire(lease, False)
        if events.remove_dns is not None and lease.hostname and (lease.fqdn_fwd or lease.fqdn_rev):
            events.remove_dns(lease)
        recovered = lease.state == DECLINED and (events.recover is None or not events.recover(lease))
        if recovered:
            ALLOC_ENGINE.log(rules.recovered, rules.text(lease)[0], lease.valid_lifetime)
        self._count(lease, recovered, now)

    def _count(self, lease: L, recovered: bool, now: float) -> None:
        """Count a reclaimed lease. LE-008, LE-010."""
        add = self.statistics.add
        subnet_id = lease.subnet_id
        if recovered:
            add("declined-addresses", -1, now)
            add(subnet_name(subnet_id, "declined-addresses"), -1, now)
            add("reclaimed-declined-addresses", 1, now)
            add(subnet_name(subnet_id, "reclaimed-declined-addresses"), 1, now)
        assigned = self.rules.assigned.get(self.rules.lease_type(lease))
        if assigned is not None:
            add(subnet_name(subnet_id, assigned), -1, now)
        add("reclaimed-leases", 1, now)
        add(subnet_name(subnet_id, "reclaimed-leases"), 1, now)

    def all(self, now: float, remove: bool) -> Cycle:
        """Reclaim all expired leases at once, as the command `leases-reclaim` does. LE-031..LE-033."""
        return self.cycle(now, lambda: now, 0, 0, remove, 0)

    def flush(self, now: float, hold_seconds: int) -> int:
        """Delete the held leases that ended more than *hold_seconds* ago; return how many. LE-026, LE-028."""
        ALLOC_ENGINE.log(self.rules.flush, hold_seconds)
        try:
            deleted = self.leases.delete_reclaimed(now - hold_seconds)
            self.leases.commit()
        except KeaError as error:
            ALLOC_ENGINE.log(self.rules.flush_failed, error)
            return 0
        ALLOC_ENGINE.log(self.rules.flush_complete, deleted)
        return deleted


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
