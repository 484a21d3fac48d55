"""A step of the pipeline that calls several hook points, in an order that only its own course decides.

Where a :class:`~kea_twisted.server.pipeline.HookPoint` row lies at one place, a procedure is a generator: it yields
the name and the arguments of a hook point and is sent the handle back once the callouts are done, be it at once or
after the query was parked. It asks ``exchange.server.callouts`` first, so that a point nobody uses costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Final, Generic, Protocol, TypeVar

from kea_twisted.hooks.callout import CONTINUE, PARK, CalloutHandle, Callouts
from kea_twisted.server.outcome import Outcome, Park

Call = tuple[str, dict[str, Any]]
Course = Generator[Call, CalloutHandle, Outcome | None]
"""What a procedure does: yields hook points to call, returns what a step returns."""


class HasCallouts(Protocol):
    """A server, as far as procedures know it."""

    @property
    def callouts(self) -> Callouts:
        """The callouts of the loaded hook libraries."""
        ...


class Suspendable(Protocol):
    """An exchange that can note a procedure which waits."""

    hook_context: dict[str, Any]
    suspended: tuple[Course, CalloutHandle] | None

    @property
    def server(self) -> HasCallouts:
        """Whose callouts are called."""
        ...


E = TypeVar("E", bound=Suspendable)


class Procedure(Generic[E]):
    """A step made of a generator function of the exchange."""

    __slots__ = ("course",)

    def __init__(self, course: Callable[[E], Course]) -> None:
        self.course: Final = course

    def __call__(self, exchange: E) -> Outcome | None:
        """Run the procedure; on a second call go on where it waited."""
        suspended = exchange.suspended
        try:
            if suspended is None:
                course = self.course(exchange)
                name, arguments = next(course)
            else:
                exchange.suspended = None
                course, handle = suspended
                if handle.status == PARK:
                    return self._park(exchange, course, handle)
                name, arguments = course.send(handle)
            while True:
                handle = CalloutHandle(name, arguments, exchange.hook_context)
                awaited = exchange.server.callouts.call(handle)
                if awaited is not None:
                    exchange.suspended = (course, handle)
                    return Park(exchange, awaited, None)  # type: ignore[arg-type]
                if handle.status == PARK:
                    return self._park(exchange, course, handle)
                name, arguments = course.send(handle)
        except StopIteration as stop:
            outcome: Outcome | None = stop.value
            return outcome

    @staticmethod
    def _park(exchange: E, course: Course, handle: CalloutHandle) -> Outcome:
        """Wait until all libraries that parked the packet have let go of it."""
        handle.status = CONTINUE
        exchange.suspended = (course, handle)
        return Park(exchange, None, handle.ticket)  # type: ignore[arg-type]
