"""What a callout gets, and how the callouts of a point are run one after another.

A callout is a function or a coroutine function of one argument, the handle; it may also return a Deferred. The pipeline
calls :meth:`Callouts.call`; when it returns an awaitable, the packet waits until that is done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from inspect import isawaitable, iscoroutinefunction
from typing import Any, Final

from kea_twisted.errors import HookError
from kea_twisted.hooks.parking import Ticket
from kea_twisted.log.logger import CALLOUTS
from kea_twisted.log.messages.hooks import HOOKS_CALLOUT_CALLED, HOOKS_CALLOUTS_BEGIN, HOOKS_CALLOUTS_COMPLETE

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

    @property
    def own(self) -> dict[str, Any]:
        """The part of the context that is the running library's own: what it keeps there it finds at later points."""
        mine: dict[str, Any] = self.context.setdefault(self.library, {})
        return mine

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


Callout = Callable[[CalloutHandle], Awaitable[Any] | None]
Failure = Callable[[HookError], None]
Run = Callable[[Callout, CalloutHandle], Awaitable[Any]]
"""How to have a callout called in another thread."""


def in_thread(callout: Callout, run: Run) -> Callout:
    """Return *callout* as one that another thread runs while the packet waits. A coroutine function stays what it is.

    What the callout returns, if that is awaitable, is awaited in the thread of the packets.
    """
    if iscoroutinefunction(callout):
        return callout

    @wraps(callout)
    async def threaded(handle: CalloutHandle) -> None:
        made = await run(callout, handle)
        if made is not None and isawaitable(made):
            await made

    return threaded


def told(error: BaseException) -> str:
    """Return what code of a library raised, with the place in it: type, text, file and line."""
    text = f"{type(error).__name__}: {error}"
    file, line = "", 0
    trace = error.__traceback__ and error.__traceback__.tb_next  # whoever caught it comes first
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        # Who called the library is of no interest, nor is what it called.
        ours = name.startswith("<") or name.endswith("importlib/__init__.py") or "kea_twisted/hooks/" in name
        if name == file or not (file or ours):
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    return f"{text} ({file}:{line})" if file else text


class PacketGivenUp(Exception):
    """Thrown into a callout that waits when the server stops: nobody waits for it any more, and it has not failed."""


class CalloutError(HookError):
    """What a callout raised. callout: its name. reason: type, text and place. duration_ms: how long it ran."""

    def __init__(self, point: str, library: str, callout: str, error: BaseException, duration_ms: float) -> None:
        self.point = point
        self.callout = callout
        self.reason = told(error)
        self.duration_ms = duration_ms
        super().__init__(f"{point}: {self.reason}", library)


class Callouts:
    """The callouts of all loaded libraries by hook point, in the order of the libraries. Immutable.

    failed: called with what a callout raised; the other callouts go on. clock: seconds, for the durations in the log.
    """

    __slots__ = ("_clock", "_points", "failed")

    def __init__(
        self,
        points: Mapping[str, tuple[tuple[str, Callout], ...]],
        failed: Failure,
        clock: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._points = dict(points)
        self.failed = failed
        self._clock = clock

    def has(self, point: str) -> bool:
        """Return whether any library registered a callout at *point*."""
        return point in self._points

    def call(self, handle: CalloutHandle) -> Awaitable[None] | None:
        """Run the callouts of the handle's point; an awaitable if one of them has to wait."""
        callouts = self._points.get(handle.point)
        if callouts is None:
            return None
        if CALLOUTS.rank >= HOOKS_CALLOUTS_BEGIN.rank:
            return self._traced(handle, callouts)
        for place, (library, callout) in enumerate(callouts):
            handle.library = library
            started = self._clock()
            try:
                waiting = callout(handle)
            except (Exception, SystemExit) as error:
                self._fail(handle, callout, error, started)
                continue
            if waiting is not None and isawaitable(waiting):
                return self._finish(handle, waiting, callouts[place:], started)
        return None

    def _traced(self, handle: CalloutHandle, callouts: tuple[tuple[str, Callout], ...]) -> Awaitable[None] | None:
        """Run the callouts with a line for each."""
        CALLOUTS.log(HOOKS_CALLOUTS_BEGIN, handle.point)
        begun = self._clock()
        for place, (library, callout) in enumerate(callouts):
            handle.library = library
            started = self._clock()
            try:
                waiting = callout(handle)
            except (Exception, SystemExit) as error:
                self._fail(handle, callout, error, started)
                continue
            if waiting is not None and isawaitable(waiting):
                return self._finish(handle, waiting, callouts[place:], started)
            CALLOUTS.log(HOOKS_CALLOUT_CALLED, library, handle.point, _name(callout), self._since(started))
        CALLOUTS.log(HOOKS_CALLOUTS_COMPLETE, handle.point, self._since(begun))
        return None

    async def _finish(
        self,
        handle: CalloutHandle,
        waiting: Awaitable[Any],
        callouts: tuple[tuple[str, Callout], ...],
        started: float,
    ) -> None:
        """Await the first of *callouts*, which is running, then run the others."""
        for place, (library, callout) in enumerate(callouts):
            handle.library = library
            if place:
                started = self._clock()
            try:
                made = callout(handle) if place else waiting
                if made is not None and isawaitable(made):
                    await made
            except PacketGivenUp:
                raise
            except (Exception, SystemExit) as error:
                # What waited may have come back under another library's name.
                handle.library = library
                self._fail(handle, callout, error, started)
            else:
                CALLOUTS.log(HOOKS_CALLOUT_CALLED, library, handle.point, _name(callout), self._since(started))

    def _fail(self, handle: CalloutHandle, callout: Callout, error: BaseException, started: float) -> None:
        """Report what a callout raised."""
        elapsed = (self._clock() - started) * 1000
        self.failed(CalloutError(handle.point, handle.library, _name(callout), error, elapsed))

    def _since(self, started: float) -> str:
        """Return the time since *started* as it stands in the log."""
        return f"{(self._clock() - started) * 1000:.3f} ms"


def _name(callout: Callout) -> str:
    """Return the name by which logs call a callout."""
    return f"{getattr(callout, '__module__', '?')}.{getattr(callout, '__qualname__', callout)}"


NO_CALLOUTS: Final = Callouts({}, lambda _error: None)
