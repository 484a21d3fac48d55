"""Sections of the server's own housekeeping: expired leases, threads, sanity, queue, compatibility."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, ValidationInfo, model_validator

from kea_twisted.config.section import ANYTHING, BY_COMMAND, Commented, Maybe, Section, Uint16, Uint32


class ExpiredLeasesProcessing(Section):
    """`expired-leases-processing`. ARM lease-reclamation."""

    overlooked = ANYTHING

    reclaim_timer_wait_time: Uint16 = 10
    """Seconds between two reclamations of expired leases; 0 for none."""
    flush_reclaimed_timer_wait_time: Uint16 = 25
    """Seconds between two removals of reclaimed leases; 0 for none."""
    hold_reclaimed_time: Uint32 = 3600
    """Seconds that a reclaimed lease is remembered."""
    max_reclaim_leases: Uint32 = 100
    """How many leases one reclamation may handle; 0 for any number."""
    max_reclaim_time: Annotated[int, Field(ge=0, le=10000)] = 250
    """Milliseconds that one reclamation may take; 0 for any time."""
    unwarned_reclaim_cycles: Uint16 = 5
    """After how many incomplete reclamations a warning is logged."""


QUEUE_LENGTH: Final = 64
"""Packets that wait where a configuration does not say how many may. ARM congestion-handling."""


def off_by_default(written: Any, info: ValidationInfo, name: str) -> Any:
    """Take the keyword *name* for false where a command does not have it; a file must, as with Kea."""
    return {name: False, **written} if info.context == BY_COMMAND and isinstance(written, dict) else written


class MultiThreading(Commented):
    """`multi-threading`. ARM dhcp4-multi-threading-settings."""

    overlooked = ANYTHING

    enable_multi_threading: bool
    """Whether packets are handled in parallel while hook libraries block; reservations are looked up before leases."""
    thread_pool_size: Maybe[Uint16] = None
    """How many threads; 0, the default, for one a processor."""
    packet_queue_size: Maybe[Uint16] = None
    """How many packets may wait for a thread, 64 if not given; 0 for any number."""

    @model_validator(mode="before")
    @classmethod
    def _off_by_default(cls, written: Any, info: ValidationInfo) -> Any:
        return off_by_default(written, info, "enable-multi-threading")


class SanityChecks(Section):
    """`sanity-checks`. ARM sanity-checks4."""

    overlooked = ANYTHING

    lease_checks: Literal["none", "warn", "fix", "fix-del", "del"] = "warn"
    """What happens to a lease of the lease file that is not in its subnet."""


class QueueControl(Commented):
    """`dhcp-queue-control`. ARM congestion-handling. A queue type may have parameters of its own."""

    model_config = ConfigDict(extra="allow")

    enable_queue: bool
    """Whether packets are queued before they are handled; not together with multi-threading."""
    queue_type: Maybe[str] = None
    """The kind of queue: kea-ring4 or kea-ring6, unless hook libraries bring others."""
    capacity: Maybe[Uint32] = None
    """How many packets the queue holds, 64 if not given."""

    @model_validator(mode="before")
    @classmethod
    def _off_by_default(cls, written: Any, info: ValidationInfo) -> Any:
        return off_by_default(written, info, "enable-queue")

    @property
    def extra(self) -> dict[str, Any]:
        """The parameters of the queue type."""
        return self.model_extra or {}


class Compatibility(Section):
    """`compatibility`: known deviations from standards. ARM dhcp4-compatibility."""

    overlooked = ANYTHING

    lenient_option_parsing: Maybe[bool] = None
    """Whether opaque data that claims to be longer than its option is cut instead of refused."""
