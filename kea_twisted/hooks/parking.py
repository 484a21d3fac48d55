"""Parked packets: a ticket for each. How many may wait is the dispatcher's to limit. ARM parked-packet-limit."""

from __future__ import annotations

from collections.abc import Callable


class Ticket:
    """A parked packet, seen from the hook that parked it. Several hooks may hold the same ticket.

    The packet goes on when each has called :meth:`unpark`; one :meth:`drop` ends it.
    """

    __slots__ = ("_holders", "_resume", "dropped")

    def __init__(self) -> None:
        self._holders = 0
        self._resume: Callable[[bool], None] | None = None
        self.dropped = False

    def hold(self) -> None:
        """Count one more hook that has to let go."""
        self._holders += 1

    def unpark(self) -> None:
        """Let go; the last one to do so resumes the packet."""
        self._holders -= 1
        if self._holders <= 0 and self._resume is not None and not self.dropped:
            resume, self._resume = self._resume, None
            resume(True)

    def drop(self) -> None:
        """Drop the packet, whoever else holds it."""
        if not self.dropped:
            self.dropped = True
            if self._resume is not None:
                resume, self._resume = self._resume, None
                resume(False)

    def when_released(self, resume: Callable[[bool], None]) -> None:
        """Call *resume* with True to go on or False to drop, now if all have let go already. For the dispatcher."""
        if self.dropped:
            resume(False)
        elif self._holders <= 0:
            resume(True)
        else:
            self._resume = resume
