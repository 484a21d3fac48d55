"""What a callout gets, and how the callouts of a point are run one after another.

A callout is a function or a coroutine function of one argument, the handle. The pipeline calls :meth:`Callouts.call`;
when it returns an awaitable, the packet waits until that is done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from inspect import iscoroutine
from typing import Any, Final

from kea_twisted.errors import HookError
from kea_twisted.hooks.parking import Ticket

CONTINUE: Final = 0
SKIP: Final = 1
DROP: Final = 2
PARK: Final = 3
"""Next-step statuses, as in Kea."""


class CalloutHandle:
    """What one packet or command brings to the callouts of a hook point.

    point: its name. arguments: by Kea's names; a callout may replace a value. status: CONTINUE, SKIP, DROP or PARK.
    context: a dictionary that lives as long as the packet, one per library, under the library's name.
    """

    __slots__ = ("arguments", "context", "library", "point", "status", "ticket")

    def __init__(self, point: str, arguments: dict[str, Any], context: dict[str, Any]) -> None:
        self.point = point
        self.arguments = arguments
        self.context = context
        self.status = CONTINUE
        self.library = ""
        self.ticket: Ticket | None = None

    def __getitem__(self, name: str) -> Any:
        """Return the argument *name*; KeyError if the point has none of that name."""
        return self.arguments[name]

    def __setitem__(self, name: str, value: object) -> None:
        """Replace the argument *name*."""
        if name not in self.arguments:
            raise KeyError(f"hook point {self.point} has no argument '{name}'")
        self.arguments[name] = value

    def skip(self) -> None:
        """Ask the server to leave out its next step."""
        self.status = SKIP

    def drop(self) -> None:
        """Ask the server to drop the packet."""
        self.status = DROP

    def park(self) -> Ticket:
        """Ask the server to park the packet; give it back with the ticket's ``unpark`` or ``drop``."""
        self.status = PARK
        if self.ticket is None:
            self.ticket = Ticket()
        self.ticket.hold()
        return self.ticket


Callout = Callable[[CalloutHandle], Coroutine[Any, Any, None] | None]
Failure = Callable[[HookError], None]


class Callouts:
    """The callouts of all loaded libraries by hook point, in the order of the libraries. Immutable.

    failed: called with what a callout raised; the other callouts go on.
    """

    __slots__ = ("_points", "failed")

    def __init__(self, points: Mapping[str, tuple[tuple[str, Callout], ...]], failed: Failure) -> None:
        self._points = dict(points)
        self.failed = failed

    def has(self, point: str) -> bool:
        """Return whether any library registered a callout at *point*."""
        return point in self._points

    def call(self, handle: CalloutHandle) -> Awaitable[None] | None:
        """Run the callouts of the handle's point; an awaitable if one of them has to wait."""
        callouts = self._points.get(handle.point, ())
        for place, (library, callout) in enumerate(callouts):
            handle.library = library
            try:
                waiting = callout(handle)
            except Exception as error:
                self.failed(HookError(f"{handle.point}: {type(error).__name__}: {error}", library))
                continue
            if iscoroutine(waiting):
                return self._finish(handle, waiting, callouts[place + 1 :])
        return None

    async def _finish(
        self, handle: CalloutHandle, waiting: Coroutine[Any, Any, None], rest: tuple[tuple[str, Callout], ...]
    ) -> None:
        """Await one callout, then run the rest."""
        library = handle.library
        try:
            await waiting
        except Exception as error:
            self.failed(HookError(f"{handle.point}: {type(error).__name__}: {error}", library))
        for library, callout in rest:
            handle.library = library
            try:
                more = callout(handle)
                if iscoroutine(more):
                    await more
            except Exception as error:
                self.failed(HookError(f"{handle.point}: {type(error).__name__}: {error}", library))


NO_CALLOUTS: Final = Callouts({}, lambda _error: None)
