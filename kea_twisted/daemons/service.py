"""How a DHCP daemon is run: as a twistd plugin, or from a shell with Kea's own command line and exit codes."""

from __future__ import annotations

import atexit
import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from threading import get_ident
from types import TracebackType
from typing import Any, TypeVar

from setproctitle import setthreadtitle
from twisted.logger import globalLogBeginner
from twisted.python.usage import UsageError

from kea_twisted.config.io import load_file
from kea_twisted.control.dispatch import Dispatcher
from kea_twisted.daemons import report
from kea_twisted.daemons.announce import say_configuration, say_selection, say_socket_type
from kea_twisted.daemons.candidate import try_configuration
from kea_twisted.daemons.dhcp import DhcpDaemon, StartError, Startup
from kea_twisted.daemons.garbage import relax
from kea_twisted.daemons.libraries import Libraries
from kea_twisted.daemons.options import DhcpOptions
from kea_twisted.daemons.parts import FamilyParts
from kea_twisted.daemons.title import set_title
from kea_twisted.errors import ConfigErrors, KeaError
from kea_twisted.log.io import LogObserver, start_logging, stop_logging
from kea_twisted.net.interfaces import detect
from kea_twisted.version import KEA_VERSION

D = TypeVar("D", bound=DhcpDaemon)

EXIT_SUCCESS = 0
EXIT_FAILURE = 1
DESCRIPTORS = 65536


def run(options: DhcpOptions, parts: FamilyParts, arguments: Sequence[str]) -> int:
    """Do what the command line says; return the exit code. A server runs in the foreground until it is told to stop."""
    relax()
    try:
        options.parse(arguments)
    except UsageError as error:
        print(f"{options}\n{error}", file=sys.stderr)
        return EXIT_FAILURE
    if options.asks:
        try:
            code = answer(options, parts)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader, such as head, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return EXIT_FAILURE
        return code
    return serve(make_daemon(options, parts, DhcpDaemon))


def answer(options: DhcpOptions, parts: FamilyParts) -> int:
    """Answer the question that the command line asks, on standard output; return the exit code."""
    if options["short-version"]:
        print(KEA_VERSION)
    elif options["long-version"]:
        print(report.extended_version())
    elif options["report"]:
        print(report.build_report())
    elif options["json-schema"]:
        from kea_twisted.config.schema import json_schema

        print(json.dumps(json_schema(parts.family), indent=2))
    else:
        return check(options["check"] or options["check-all"], parts, bool(options["debug"]))
    return EXIT_SUCCESS


def check(file: str, parts: FamilyParts, debug: bool = False) -> int:
    """Check a configuration file: every mistake on a line of standard error; return 0 if there is none.

    What a server would log of the configuration goes to standard output, whatever its `loggers` say. debug: log all
    there is.
    """
    sink = start_logging(parts.family.daemon, debug, {**os.environ, "KEA_LOCKFILE_DIR": "none"})
    try:
        _check(file, parts, sink)
    except KeaError as error:
        errors = error.errors if isinstance(error, ConfigErrors) else [error]
        for each in errors:
            print(f"Error encountered: {each}", file=sys.stderr)
        return EXIT_FAILURE
    finally:
        sys.stdout.flush()
        stop_logging(sink)
    print(f"{file} is a valid configuration.")
    return EXIT_SUCCESS


def _check(file: str, parts: FamilyParts, sink: LogObserver) -> None:
    """Raise KeaError for what is wrong with a configuration file, and log what it has."""
    loaded = load_file(file, parts.family)
    for remark in loaded.warnings:
        print(f"Warning: {remark}")
    try:
        candidate = try_configuration(loaded.model, parts, parts.family.server_port, detect())
    except ConfigErrors as error:
        for each in error.errors:
            parts.logger.log(parts.messages.parser_fail, each.element, each)
        raise
    config: Any = candidate.config
    with sink.gathering(get_ident()):
        say_configuration(loaded.model, config.subnets, parts.family)
    say_selection(candidate.selection, parts.family)
    say_socket_type(loaded.model)
    Libraries(parts.family, Dispatcher(), lambda _callouts: None).check(loaded.model)


class TwistdDaemon(DhcpDaemon):
    """A daemon as twistd runs it. user: uid and gid that twistd becomes once the files are open, None to stay."""

    user: tuple[int | None, int | None] = (None, None)

    def privilegedStartService(self) -> None:
        """Open everything, then give the files to the user."""
        super().privilegedStartService()
        uid, gid = self.user
        if uid is None and gid is None:
            return
        for file in self.files():
            if os.path.exists(file) and not os.path.isdir(file):
                os.chown(file, -1 if uid is None else uid, -1 if gid is None else gid)

    def startService(self) -> None:
        """Begin to serve once the reactor runs: who reads that the server has started may send it a signal."""
        reactor: Any = self.reactor
        reactor.callWhenRunning(super().startService)


def make_daemon(options: DhcpOptions, parts: FamilyParts, kind: type[D]) -> D:
    """Return the daemon that the command line asks for, with its name in the process listing."""
    from twisted.internet import reactor

    _raise_limit()
    set_title(options.title)
    setthreadtitle(parts.family.daemon)
    startup = Startup(
        options["config"], bool(options["debug"]), options["server-port"] or 0, options["client-port"] or 0
    )
    daemon = kind(parts, startup, reactor)
    any_reactor: Any = reactor
    _reload_at_sighup(daemon, any_reactor)
    any_reactor.callWhenRunning(_take_signals, daemon, reactor)
    return daemon


def _raise_limit() -> None:
    """Take as many file descriptors as may be had: a shell allows 1024, and each interface takes some."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def make_service(options: DhcpOptions, parts: FamilyParts) -> DhcpDaemon:
    """Return the daemon as a service for twistd; a question on the command line is answered, and ends twistd."""
    relax()
    if options.asks:
        raise SystemExit(answer(options, parts))
    daemon = make_daemon(options, parts, TwistdDaemon)
    daemon.user = options.parent["uid"], options.parent["gid"]
    sys.excepthook = _quiet
    # twistd has no way to exit with a value of ours.
    atexit.register(lambda: daemon.exit_value and os._exit(daemon.exit_value))
    return daemon


def serve(daemon: DhcpDaemon) -> int:
    """Run a daemon until it stops; return the exit code."""
    from twisted.internet import reactor

    # Without twistd nobody else ends the time in which Twisted keeps all events, for observers yet to come.
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    try:
        daemon.privilegedStartService()
    except StartError:
        return EXIT_FAILURE
    any_reactor: Any = reactor
    any_reactor.addSystemEventTrigger("before", "shutdown", daemon.stopService)
    any_reactor.callWhenRunning(daemon.startService)
    any_reactor.run()
    return daemon.exit_value


def _reload_at_sighup(daemon: DhcpDaemon, reactor: Any) -> None:
    """Have the daemon reload once it serves, from now on, and once for all signals that come before it gets to that.

    A server that still reads its leases would die of the signal, and for good: to systemd that is a clean end.
    """
    wanted = False

    def reload() -> None:
        nonlocal wanted
        wanted = False
        if daemon.serving:
            daemon.reload()

    def hang_up(_number: int, _frame: object) -> None:
        nonlocal wanted
        if not wanted:
            wanted = True
            reactor.callFromThread(reload)

    signal.signal(signal.SIGHUP, hang_up)


def _take_signals(daemon: DhcpDaemon, reactor: Any) -> None:
    """Take over the signals once the reactor has installed its own handlers: ours end with the exit code we want."""

    def soon(function: Any, *arguments: Any) -> Any:
        return lambda _number, _frame: reactor.callFromThread(function, *arguments)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, soon(daemon.shutdown, EXIT_SUCCESS))


def _quiet(kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
    """Show no traceback for what the log has said already."""
    if not issubclass(kind, StartError):
        sys.__excepthook__(kind, error, place)
