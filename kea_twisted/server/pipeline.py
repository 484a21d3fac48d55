"""The life of a query as a table of steps, with hook points between them.

A step is a function of the exchange: None goes on, an outcome ends the run. A :class:`HookPoint` row becomes a step
only if a library registered a callout there, so a point nobody uses costs nothing. A run that parks notes where it is
and goes on from there when it is resumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Generic, TypeVar

from kea_twisted.hooks.callout import CONTINUE, PARK, CalloutHandle, Callouts
from kea_twisted.log.logger import HOOKS
from kea_twisted.log.message import DBG_BASIC, Message
from kea_twisted.server.exchange import AnyExchange
from kea_twisted.server.outcome import Outcome, Park

E = TypeVar("E", bound=AnyExchange)

Step = Callable[[E], Outcome | None]
Arguments = Callable[[E], Iterable[dict[str, Any]]]
Settle = Callable[[E, CalloutHandle], Outcome | None]


class HookPoint(Generic[E]):
    """One row of a pipeline table: where a hook point lies.

    arguments: called with the exchange, gives the argument sets; the callouts run once for each (none: not at all).
    settle: called after the callouts of each set; acts on their status and on replaced arguments. parked: what is said
    where a callout parks the packet, if anything.
    """

    __slots__ = ("arguments", "name", "parked", "settle")

    def __init__(self, name: str, arguments: Arguments[E], settle: Settle[E], parked: Message | None = None) -> None:
        self.name: Final = name
        self.arguments: Final = arguments
        self.settle: Final = settle
        self.parked: Final = parked


Rows = tuple[Step[E] | HookPoint[E], ...]
"""A pipeline table, or a part of one."""


class _HookStep(Generic[E]):
    """A hook point that has callouts, as a step."""

    __slots__ = ("callouts", "point")

    def __init__(self, point: HookPoint[E], callouts: Callouts) -> None:
        self.point = point
        self.callouts = callouts

    def __call__(self, exchange: E) -> Outcome | None:
        """Run the callouts; on a second call, settle the one that waited and run the rest."""
        point = self.point
        waiting = exchange.waiting
        if waiting is None:
            queue = iter(point.arguments(exchange))
        else:
            exchange.waiting = None
            handle, queue = waiting
            if handle.status == PARK:
                return self._park(exchange, handle, queue)
            outcome = point.settle(exchange, handle)
            if outcome is not None:
                return outcome
        for arguments in queue:
            handle = CalloutHandle(point.name, arguments, exchange.hook_context)
            awaited = self.callouts.call(handle)
            if awaited is not None:
                exchange.waiting = (handle, queue)
                return Park(exchange, awaited, None)
            if handle.status == PARK:
                return self._park(exchange, handle, queue)
            outcome = point.settle(exchange, handle)
            if outcome is not None:
                return outcome
        return None

    def _park(self, exchange: E, handle: CalloutHandle, queue: Any) -> Outcome:
        """Wait until all libraries that parked the packet have let go of it."""
        parked = self.point.parked
        if parked is not None and HOOKS.rank >= DBG_BASIC:
            HOOKS.log(parked, exchange.label)
        handle.status = CONTINUE
        exchange.waiting = (handle, queue)
        return Park(exchange, None, handle.ticket)


def compile_steps(rows: Rows[E], callouts: Callouts) -> tuple[Step[E], ...]:
    """Return the steps of a pipeline table, without the hook points that have no callout."""
    steps: list[Step[E]] = []
    for row in rows:
        if not isinstance(row, HookPoint):
            steps.append(row)
        elif callouts.has(row.name):
            steps.append(_HookStep(row, callouts))
    return tuple(steps)


def run(exchange: E, steps: Sequence[Step[E]], at: int = 0) -> Outcome | None:
    """Run *steps* from *at* on; None if none of them ended the run."""
    for step in steps[at:] if at else steps:
        outcome = step(exchange)
        if outcome is not None:
            if outcome.__class__ is Park and exchange.parked is not outcome:
                exchange.parked = outcome
                exchange.steps = steps
                exchange.at = steps.index(step, at)
            return outcome
    return None
