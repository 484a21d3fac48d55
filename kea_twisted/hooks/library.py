"""Hook libraries: what a library sees of the daemon, and how libraries are loaded, reloaded and unloaded in order.

A library is a Python module. It may have

- functions named after hook points, which become callouts at once;
- ``load(library)``, which gets a :class:`LibraryHandle` to register more callouts, commands, and to read parameters;
- ``unload(library)``, called before the library goes;
- ``multi_threading_compatible()``, which says with 1 that callouts may run in worker threads, several at once;
- ``LIBRARY``, a :class:`Library`, instead of all that: it names its functions and the daemons it is for.

Not here: how a name becomes a module; see :mod:`.io`. ARM hooks-libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import iscoroutinefunction
from types import ModuleType
from typing import Any, Final, TypeVar

from kea_twisted.errors import HookError
from kea_twisted.hooks.callout import NO_CALLOUTS, Callout, CalloutError, Callouts, Run, in_thread, told
from kea_twisted.hooks.points import BY_NAME
from kea_twisted.log.logger import CALLOUTS, HOOKS, Logger, logger
from kea_twisted.log.messages.hooks import (
    HOOKS_CALLOUT_EXCEPTION,
    HOOKS_CALLOUT_REGISTRATION,
    HOOKS_LIBRARY_CLOSED,
    HOOKS_LIBRARY_LOADED,
    HOOKS_LIBRARY_LOADING,
    HOOKS_LIBRARY_MULTI_THREADING_COMPATIBLE,
    HOOKS_LIBRARY_UNLOADED,
    HOOKS_LIBRARY_UNLOADING,
    HOOKS_LOAD_FRAMEWORK_EXCEPTION,
    HOOKS_LOAD_SUCCESS,
    HOOKS_MULTI_THREADING_COMPATIBLE_EXCEPTION,
    HOOKS_NO_LOAD,
    HOOKS_NO_UNLOAD,
    HOOKS_OPEN_ERROR,
    HOOKS_STD_CALLOUT_REGISTERED,
    HOOKS_UNLOAD_FRAMEWORK_EXCEPTION,
    HOOKS_UNLOAD_SUCCESS,
)

F = TypeVar("F", bound=Callable[..., Any])
Find = Callable[[str, bool], ModuleType]
"""From the `library` keyword to a module; the second argument asks for a fresh copy. Raises HookError."""

SERVICES: Final = {
    "config": "Return the ServerConfig in force: a function, because it changes.",
    "leases": "The lease manager.",
    "hosts": "The chain of host data sources.",
    "statistics": "The Statistics.",
    "network": "The NetworkState: whether the server answers.",
    "dispatcher": "The Dispatcher, to carry out commands.",
    "control": "The DhcpDaemonControl.",
    "reactor": "The Twisted reactor.",
    "packet_queues": "The QueueTypes: the kinds of queue that `dhcp-queue-control` can name.",
}
"""What a daemon offers to libraries under which name."""


@dataclass(frozen=True, slots=True)
class HookEntry:
    """One entry of `hooks-libraries`."""

    library: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HookCommand:
    """A command that a library registered. row: its row for the table of commands, if it has one."""

    name: str
    handler: Callable[..., Any]
    library: str
    row: Any = None


@dataclass(frozen=True, slots=True)
class Library:
    """A library that describes itself, under the name LIBRARY in its module.

    daemons: the programs it is for; any other refuses it. check: called with the parameters before anything changes,
    for ``config-test`` as well; raises HookError or ValueError. multi_threading_compatible: asked where multi-threading
    is enabled; whether callouts that are plain functions may run in worker threads.
    """

    name: str
    load: Callable[[LibraryHandle], None]
    unload: Callable[[LibraryHandle], None] | None = None
    check: Callable[[Mapping[str, Any]], None] | None = None
    daemons: tuple[str, ...] = ("kea-dhcp4", "kea-dhcp6")
    multi_threading_compatible: Callable[[], object] = bool


class LibraryHandle:
    """What one loaded library sees of its daemon.

    name: of the library, as configured. parameters: as configured. daemon: such as `kea-dhcp4`. state: free for the
    library's own use from load to unload.
    """

    def __init__(self, name: str, parameters: Mapping[str, Any], daemon: str, services: Mapping[str, Any]) -> None:
        self.name = name
        self.parameters = dict(parameters)
        self.daemon = daemon
        self.state: Any = None
        self.callouts: list[tuple[str, Callout]] = []
        self.commands: list[HookCommand] = []
        self._services = services

    def service(self, name: str) -> Any:
        """Return what the daemon offers under *name*, see SERVICES; HookError if it offers no such thing."""
        try:
            return self._services[name]
        except KeyError:
            raise HookError(f"{self.daemon} offers no service '{name}'", self.name) from None

    def logger(self, name: str) -> Logger:
        """Return the logger ``<daemon>.<name>``; `<library>-hooks` is the customary name."""
        return logger(name)

    def callout(self, point: str, function: Callout | None = None) -> Any:
        """Register a callout, which may be a coroutine function; without *function* return a decorator.

        Callouts of one point run in the order of registration. HookError if the daemon has no such hook point.
        """
        if function is None:
            return lambda decorated: self.callout(point, decorated) or decorated
        row = BY_NAME.get(point)
        if row is None or self.daemon not in row.daemons:
            raise HookError(f"{self.daemon} has no hook point '{point}'", self.name)
        self.callouts.append((point, function))
        CALLOUTS.log(HOOKS_CALLOUT_REGISTRATION, self.name, point)
        return None

    def command(self, name: str, handler: Callable[..., Any] | None = None, row: Any = None) -> Any:
        """Register a command; without *handler* return a decorator.

        handler: gets the Request, returns an answer or an awaitable of one, raises CommandError. row: a Command row of
        kea_twisted.control.command, which says whether the command only reads, for access control and references.
        """
        if handler is None:
            return lambda decorated: self.command(name, decorated, row) or decorated
        self.commands.append(HookCommand(name, handler, self.name, row))
        return None


@dataclass(frozen=True, slots=True)
class _Source:
    """A library that can be loaded: its entry in the configuration, its module, and what the module says of itself."""

    entry: HookEntry
    module: ModuleType
    described: Library


@dataclass(slots=True)
class _Loaded:
    """A library in use."""

    handle: LibraryHandle
    unload: Callable[[LibraryHandle], None] | None
    source: _Source
    in_threads: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """The libraries that others have replaced, as they were."""

    sources: tuple[_Source, ...]
    multi_threaded: bool


class HookManager:
    """The libraries of one daemon, in the order of the configuration.

    callouts: of all libraries. changed: called after every change with the callouts and the commands, so that the
    daemon can pass them on; at that moment the new libraries are in use. clock: such as time.perf_counter, for the
    durations in the log. run: has a callout called in a worker thread.
    """

    def __init__(
        self,
        daemon: str,
        find: Find,
        services: Mapping[str, Any],
        changed: Callable[[Callouts, Sequence[HookCommand]], None],
        clock: Callable[[], float] = lambda: 0.0,
        run: Run | None = None,
    ) -> None:
        self.daemon = daemon
        self.callouts = NO_CALLOUTS
        self.entries: tuple[HookEntry, ...] = ()
        self._find = find
        self._services = services
        self._changed = changed
        self._clock = clock
        self._run = run
        self._multi_threaded = False
        self._loaded: list[_Loaded] = []

    @property
    def libraries(self) -> list[str]:
        """The names of the loaded libraries."""
        return [each.handle.name for each in self._loaded]

    def check(self, entries: Sequence[HookEntry]) -> None:
        """Raise HookError if a library cannot be found, is not for this daemon, or refuses its parameters."""
        for entry in entries:
            self._describe(entry, fresh=False)

    def load(self, entries: Sequence[HookEntry], multi_threaded: bool = False) -> Replaced:
        """Replace all libraries by *entries*: the former ones are unloaded, last first, and the new ones loaded.

        Returns the former ones, for :meth:`take_back`.

        multi_threaded: callouts of libraries that are compatible with that run in worker threads.
        Raises HookError naming the library that failed; the former ones are loaded again then, as they were, whatever
        their files hold by now.
        """
        sources = [_Source(entry, *self._describe(entry, fresh=True)) for entry in entries]
        former = Replaced(tuple(loaded.source for loaded in self._loaded), self._multi_threaded)
        self._multi_threaded = multi_threaded
        self._unload_all()
        try:
            self._load_all(sources)
        except HookError as error:
            again = self.take_back(former)
            if again is not None:
                raise HookError(f"{error}; and the former libraries failed: {again}", error.library) from error
            raise
        return former

    def take_back(self, former: Replaced) -> HookError | None:
        """Have the libraries again that others have replaced; return why that failed, and there are none then."""
        self._unload_all()
        self._multi_threaded = former.multi_threaded
        try:
            self._load_all(former.sources)
        except HookError as error:
            self._unload_all()
            self._publish()
            return error
        return None

    def reload(self) -> bool:
        """Unload and load the same libraries; return whether all went well. For `libreload`."""
        try:
            self.load(self.entries, self._multi_threaded)
        except HookError:
            return False
        return True

    def unload(self) -> None:
        """Unload all libraries, last first."""
        self._unload_all()
        self._publish()

    def _load_all(self, sources: Sequence[_Source]) -> None:
        for source in sources:
            self._loaded.append(self._load(source))
        self.entries = tuple(source.entry for source in sources)
        self._publish()

    def _describe(self, entry: HookEntry, fresh: bool) -> tuple[ModuleType, Library]:
        """Return the module of a library and its description."""
        try:
            module = self._find(entry.library, fresh)
            described = getattr(module, "LIBRARY", None)
            if not isinstance(described, Library):
                described = Library(
                    entry.library,
                    getattr(module, "load", _nothing),
                    getattr(module, "unload", None),
                    daemons=(),
                    multi_threading_compatible=getattr(module, "multi_threading_compatible", bool),
                )
            if described.daemons and self.daemon not in described.daemons:
                raise HookError(f"it is for {' and '.join(described.daemons)}, not for {self.daemon}", entry.library)
            if described.check is not None:
                described.check(entry.parameters)
        except (Exception, SystemExit) as error:
            reason = _reason(error)
            HOOKS.log(HOOKS_OPEN_ERROR, entry.library, reason)
            raise HookError(f"hook library '{entry.library}': {reason}", entry.library) from error
        return module, described

    def _load(self, source: _Source) -> _Loaded:
        """Load one library."""
        entry, module, described = source.entry, source.module, source.described
        name = entry.library
        HOOKS.log(HOOKS_LIBRARY_LOADING, name)
        handle = LibraryHandle(name, entry.parameters, self.daemon, self._services)
        for point in BY_NAME:
            function = vars(module).get(point)
            if callable(function) and not isinstance(getattr(module, "LIBRARY", None), Library):
                handle.callout(point, function)
                HOOKS.log(HOOKS_STD_CALLOUT_REGISTERED, name, point, f"{module.__name__}.{point}")
        if described.load is _nothing:
            HOOKS.log(HOOKS_NO_LOAD, name)
        else:
            try:
                if iscoroutinefunction(described.load):
                    raise HookError("'load' must not be a coroutine function", name)
                described.load(handle)
            except (Exception, SystemExit) as error:
                reason = _reason(error)
                HOOKS.log(HOOKS_LOAD_FRAMEWORK_EXCEPTION, name, reason)
                raise HookError(f"hook library '{name}': 'load' failed: {reason}", name) from error
            HOOKS.log(HOOKS_LOAD_SUCCESS, name)
        HOOKS.log(HOOKS_LIBRARY_LOADED, name)
        return _Loaded(handle, described.unload, source, self._multi_threaded and _compatible(described))

    def _unload_all(self) -> None:
        """Unload every library; errors are logged and stop nothing."""
        while self._loaded:
            loaded = self._loaded.pop()
            name = loaded.handle.name
            HOOKS.log(HOOKS_LIBRARY_UNLOADING, name)
            if loaded.unload is None:
                HOOKS.log(HOOKS_NO_UNLOAD, name)
            else:
                try:
                    loaded.unload(loaded.handle)
                except (Exception, SystemExit) as error:
                    HOOKS.log(HOOKS_UNLOAD_FRAMEWORK_EXCEPTION, name, told(error))
                else:
                    HOOKS.log(HOOKS_UNLOAD_SUCCESS, name)
            HOOKS.log(HOOKS_LIBRARY_UNLOADED, name)
            HOOKS.log(HOOKS_LIBRARY_CLOSED, name)
        self.entries = ()

    def _publish(self) -> None:
        """Tell the daemon about the callouts and commands now in use."""
        points: dict[str, list[tuple[str, Callout]]] = {}
        for loaded in self._loaded:
            for point, function in loaded.handle.callouts:
                if loaded.in_threads and self._run is not None and BY_NAME[point].of_packets:
                    function = in_thread(function, self._run)
                points.setdefault(point, []).append((loaded.handle.name, function))
        self.callouts = Callouts({point: tuple(each) for point, each in points.items()}, log_failure, self._clock)
        self._changed(self.callouts, [command for loaded in self._loaded for command in loaded.handle.commands])


def _reason(error: BaseException) -> str:
    """Return why a library cannot be loaded: in its own words if it refuses, otherwise with the place."""
    return str(error) if isinstance(error, HookError) or type(error) is ValueError else told(error)


def log_failure(error: HookError) -> None:
    """Log what a callout raised."""
    if isinstance(error, CalloutError):
        CALLOUTS.log(
            HOOKS_CALLOUT_EXCEPTION,
            error.point,
            error.library,
            error.callout,
            error.reason,
            f"{error.duration_ms:.3f} ms",
        )
    else:
        CALLOUTS.log(HOOKS_CALLOUT_EXCEPTION, "", error.library, "", str(error), "")


def _compatible(described: Library) -> bool:
    """Return whether a library says that its callouts may run in worker threads."""
    try:
        compatible = bool(described.multi_threading_compatible())
    except (Exception, SystemExit):
        HOOKS.log(HOOKS_MULTI_THREADING_COMPATIBLE_EXCEPTION, described.name)
        return False
    CALLOUTS.log(HOOKS_LIBRARY_MULTI_THREADING_COMPATIBLE, described.name, int(compatible))
    return compatible


def _nothing(_library: LibraryHandle) -> None:
    """Set nothing up: the library has no `load`."""
