"""Log lines on their way out: twisted.logger, standard streams, files that rotate, syslog, the environment.

Not here: which lines are shown; see :mod:`.sink`. ARM logging, logging-during-startup.
"""

from __future__ import annotations

import fcntl
import os
import socket
import sys
import syslog
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import RLock, get_ident
from typing import Any, Final, TextIO, cast

from twisted.logger import (
    ILogObserver,
    LogEvent,
    LogLevel,
    LogPublisher,
    formatEvent,
    globalLogBeginner,
    globalLogPublisher,
)
from twisted.logger import Logger as TwistedLogger
from twisted.python.failure import Failure
from zope.interface import implementer

from kea_twisted.base.octets import file_name
from kea_twisted.log import logger as loggers
from kea_twisted.log.message import ERROR, FATAL, INFO, WARN, Message
from kea_twisted.log.messages.logging import LOG_OPEN_OUTPUT_FAIL, LOG_WRITE_ERROR
from kea_twisted.log.messages.twisted import (
    KEA_TWISTED_CRITICAL,
    KEA_TWISTED_DEBUG,
    KEA_TWISTED_ERROR,
    KEA_TWISTED_INFO,
    KEA_TWISTED_WARN,
)
from kea_twisted.log.pattern import Layout, Process
from kea_twisted.log.sink import Output, OutputSpec, Sink, message_text

DEFAULT_LOCKFILE_DIR: Final = "/run/kea"
LOCKFILE: Final = "logger_lockfile"
DEFAULT_FACILITY: Final = "local0"

_FACILITIES: Final[Mapping[str, int]] = {
    "kern": syslog.LOG_KERN,
    "user": syslog.LOG_USER,
    "mail": syslog.LOG_MAIL,
    "daemon": syslog.LOG_DAEMON,
    "auth": syslog.LOG_AUTH,
    "syslog": syslog.LOG_SYSLOG,
    "lpr": syslog.LOG_LPR,
    "news": syslog.LOG_NEWS,
    "uucp": syslog.LOG_UUCP,
    "cron": syslog.LOG_CRON,
    "authpriv": syslog.LOG_AUTHPRIV,
    **{f"local{number}": getattr(syslog, f"LOG_LOCAL{number}") for number in range(8)},
}
_LEVELS: Final = {FATAL: LogLevel.critical, ERROR: LogLevel.error, WARN: LogLevel.warn, INFO: LogLevel.info}
_FOREIGN: Final = {
    LogLevel.debug: KEA_TWISTED_DEBUG,
    LogLevel.info: KEA_TWISTED_INFO,
    LogLevel.warn: KEA_TWISTED_WARN,
    LogLevel.error: KEA_TWISTED_ERROR,
    LogLevel.critical: KEA_TWISTED_CRITICAL,
}
_PRIORITIES: Final = {FATAL: syslog.LOG_CRIT, ERROR: syslog.LOG_ERR, WARN: syslog.LOG_WARNING, INFO: syslog.LOG_INFO}


def start_logging(
    root: str,
    verbose: bool = False,
    environ: Mapping[str, str] = os.environ,
    publisher: LogPublisher | None = None,
    begin: bool = False,
) -> LogObserver:
    """Show the lines of daemon *root* as the environment says, until :meth:`Sink.configure` says more.

    KEA_LOGGER_DESTINATION: stdout (the default), stderr, syslog, syslog:FACILITY or a file. KEA_LOCKFILE_DIR: directory
    of the lock file, or `none`. begin: also end Twisted's own buffering before logging starts, for a program that is
    not run by twistd; under twistd the sink goes to the application as its ILogObserver.
    """
    target = publisher or globalLogPublisher
    host = socket.gethostname()
    process = Process(os.getpid(), host, host, time.time(), lambda name: environ.get(name, ""), local_date, utc_date)
    opener = Opener(root, environ.get("KEA_LOCKFILE_DIR", DEFAULT_LOCKFILE_DIR))
    start = OutputSpec(environ.get("KEA_LOGGER_DESTINATION") or "stdout")
    sink = LogObserver(target, root, opener, process, start, verbose, RLock())
    observer = cast(ILogObserver, sink)
    if begin:
        globalLogBeginner.beginLoggingTo([observer], redirectStandardIO=False)
    else:
        target.addObserver(observer)
    return sink


def local_date(second: int, form: str) -> str:
    """Return a second of the epoch in local time."""
    return time.strftime(form, time.localtime(second))


def utc_date(second: int, form: str) -> str:
    """Return a second of the epoch in UTC."""
    return time.strftime(form, time.gmtime(second))


def stop_logging(sink: LogObserver, publisher: LogPublisher | None = None) -> None:
    """Undo :func:`start_logging`: close the outputs and leave the publisher."""
    (publisher or globalLogPublisher).removeObserver(cast(ILogObserver, sink))
    sink.close()


@implementer(ILogObserver)
class LogObserver(Sink):
    """The sink as an observer of twisted.logger.

    A line goes Logger.log → outputs, and then as an event to the publisher, for whoever else observes it. What Twisted
    itself and libraries below report arrives here from the publisher and leaves in the same form.
    """

    def __init__(self, publisher: LogPublisher, *arguments: Any) -> None:
        self._publisher = cast(ILogObserver, publisher)
        super().__init__(*arguments)

    def follow_fork(self) -> None:
        """Tell the process id of this process, which twistd has perhaps forked since logging started."""
        if self._process.pid != os.getpid():
            self._process = self._process._replace(pid=os.getpid())
            self.configure(())

    def __call__(self, event: LogEvent) -> None:
        """Show an event of Twisted or of a library, as a line of the root logger; our own lines are shown already."""
        if "kea_message" in event:
            return
        namespace = str(event.get("log_namespace", "python"))
        message = _FOREIGN.get(event.get("log_level", LogLevel.info), KEA_TWISTED_INFO)
        # Twisted tells at info what only its developers want: factories that start and stop.
        if message is KEA_TWISTED_INFO and (namespace.startswith("twisted.") or namespace == "log_legacy"):
            message = KEA_TWISTED_DEBUG
        if message.rank > self.rank(self.root):
            return
        text = formatEvent(event) or ""
        failure = event.get("log_failure")
        if isinstance(failure, Failure):
            text = f"{text}: {_one_line(failure)}" if text else _one_line(failure)
        line = f"{message.id} {message.text.format(namespace, ' | '.join(text.splitlines()))}"
        self.write(self.root, event.get("log_time", 0.0), message, line, get_ident())

    def adopt(self, logger: loggers.Logger) -> None:
        """Set the rank of a logger and where its lines go."""
        name = self.full_name(logger)
        write = self.write
        publisher = self._publisher
        publish = cast("Callable[[LogEvent], None]", publisher)
        # LogPublisher has no public way to ask who listens, and an event for nobody costs as much as the line.
        observers: list[ILogObserver] = getattr(publisher, "_observers", [None, None])
        twisted = TwistedLogger(namespace=name, observer=publisher)
        common = {"log_logger": twisted, "log_namespace": name, "log_source": None, "log_format": "{kea_text}"}

        def emit(_logger: loggers.Logger, message: Message, arguments: tuple[object, ...]) -> None:
            now = time.time()
            text = message_text(message, arguments)
            write(name, now, message, text, get_ident())
            if len(observers) > 1:
                level = _LEVELS.get(message.rank, LogLevel.debug)
                publish({**common, "log_level": level, "log_time": now, "kea_message": message, "kea_text": text})

        logger.rank = self.rank(name)
        logger.emit = emit


def _one_line(failure: Failure) -> str:
    """Return an exception and its traceback in one line, innermost place first."""
    places = [f"{file}:{line} in {function}" for function, file, line, *_ in reversed(failure.frames or failure.stack)]
    kind = failure.type.__name__ if failure.type is not None else "Failure"
    return f"{kind}: {failure.getErrorMessage()}" + (f" ({', '.join(places)})" if places else "")


class Opener:
    """Opens outputs for a sink. lock_directory: where the lock of rotation lies, or `none`."""

    def __init__(self, program: str, lock_directory: str) -> None:
        self.program = program
        self.lock = None if lock_directory == "none" else os.path.join(lock_directory, LOCKFILE)

    def __call__(self, spec: OutputSpec, layout: Layout) -> Output:
        """Return the output of *spec*; one that cannot be opened is replaced by standard error."""
        if spec.output in ("stdout", "stderr"):
            return StreamOutput(layout, spec.output)
        if spec.is_syslog:
            facility = spec.output.partition(":")[2] or DEFAULT_FACILITY
            return SyslogOutput(layout, self.program, facility)
        try:
            return FileOutput(layout, spec, self.lock)
        except OSError as error:
            _complain(message_text(LOG_OPEN_OUTPUT_FAIL, (spec.output, error.strerror or str(error))))
            return StreamOutput(layout, "stderr")


class StreamOutput(Output):
    """Standard output or standard error, looked up at each line because twistd and tests replace them."""

    def __init__(self, layout: Layout, name: str) -> None:
        super().__init__(layout)
        self.name = name
        self._seen: TextIO | None = None
        self._target: TextIO | None = None

    def write(self, line: str, rank: int) -> None:
        """Write and flush; a reader that is gone is nothing to stop for."""
        if getattr(sys, self.name) is not self._seen:
            self._seen = getattr(sys, self.name)
            original: TextIO | None = getattr(sys, f"__{self.name}__", None)
            self._target = original if _captured(self.name) and original is not None else self._seen
        target = self._target
        if target is None:
            return
        try:
            target.write(line)
            target.flush()
        except (OSError, ValueError):
            pass

    def write_all(self, lines: list[str], rank: int) -> None:
        """Write and flush once."""
        self.write("".join(lines), rank)

    def close(self) -> None:
        """Leave the stream open; it is not ours."""


def _captured(name: str) -> bool:
    """Return whether twistd has put its own logging in place of the stream, which would send our lines back to us."""
    return type(getattr(sys, name)).__module__.startswith("twisted.")


class SyslogOutput(Output):
    """The local syslog. facility: a name of syslog.conf; one nobody knows means `user`."""

    def __init__(self, layout: Layout, program: str, facility: str) -> None:
        super().__init__(layout)
        self.facility = _FACILITIES.get(facility.lower(), syslog.LOG_USER)
        syslog.openlog(program, 0, self.facility)

    def write(self, line: str, rank: int) -> None:
        """Send one line under its severity."""
        syslog.syslog(self.facility | _PRIORITIES.get(rank, syslog.LOG_DEBUG), line.rstrip("\n"))

    def close(self) -> None:
        """Close nothing: other outputs of this process share the connection."""


class FileOutput(Output):
    """A file to which lines are appended, and which is rotated to .1, .2, … when it grows too large.

    Lines are whole writes in append mode, so that several processes may share a file. Who rotates holds the lock; the
    others notice within a second that the file they write to has moved. OSError if the file cannot be opened.
    """

    def __init__(self, layout: Layout, spec: OutputSpec, lock: str | None) -> None:
        super().__init__(layout)
        self.spec = spec
        self.path = file_name(spec.output)
        self._rotates = spec.rotates
        self._lock = lock
        self._buffer: list[bytes] = []
        self._buffered = 0
        self._failed = False
        self._looked = 0
        self._file = -1
        self._open()

    def _open(self) -> None:
        """Open the file anew; OSError if that fails, and lines go on to where they went."""
        opened = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        # Never a number that is closed: somebody else's file gets it next, perhaps that of the leases.
        self._file, former = opened, self._file
        if former >= 0:
            os.close(former)
        state = os.fstat(opened)
        self._size = state.st_size
        self._inode = state.st_ino

    def write(self, line: str, rank: int) -> None:
        """Append one line, and rotate the file if it is large enough."""
        octets = line.encode("utf-8", "backslashreplace")
        try:
            if self.spec.flush:
                os.write(self._file, octets)
            else:
                self._buffer.append(octets)
                self._buffered += len(octets)
                if self._buffered >= 8192:
                    self._drain()
            self._size += len(octets)
            looked = True
            if self._rotates:
                now = int(time.monotonic())
                looked = now != self._looked
                if looked:
                    self._looked = now
                    self._follow()
                if self._size >= self.spec.maxsize:
                    self._rotate()
            if looked:
                self._failed = False
        except OSError as error:
            if not self._failed:
                self._failed = True
                _complain(message_text(LOG_WRITE_ERROR, (self.path, error.strerror or str(error))))

    def write_all(self, lines: list[str], rank: int) -> None:
        """Append all in one write, after which the file is perhaps rotated."""
        self.write("".join(lines), rank)

    def _drain(self) -> None:
        """Write what is buffered."""
        octets, self._buffer, self._buffered = b"".join(self._buffer), [], 0
        if octets:
            os.write(self._file, octets)

    def _follow(self) -> None:
        """Open the file anew if another process has rotated it."""
        try:
            moved = os.stat(self.path).st_ino != self._inode
        except FileNotFoundError:
            moved = True
        if moved:
            self._drain()
            self._open()

    def _rotate(self) -> None:
        """Rename file to file.1, file.1 to file.2 and so on, and begin a new file."""
        with _held(self._lock):
            self._follow()
            if self._size < self.spec.maxsize:
                return
            self._drain()
            for number in range(self.spec.maxver, 0, -1):
                older = f"{self.path}.{number}"
                newer = self.path if number == 1 else f"{self.path}.{number - 1}"
                if os.path.exists(newer):
                    os.replace(newer, older)
            self._open()

    def close(self) -> None:
        """Write what is buffered and close the file."""
        try:
            self._drain()
            os.close(self._file)
        except OSError as error:
            _complain(message_text(LOG_WRITE_ERROR, (self.path, error.strerror or str(error))))


@contextmanager
def _held(path: str | None) -> Iterator[None]:
    """Hold the lock file *path*; without one, or where it cannot be made, go on without."""
    file = -1
    if path is not None:
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError as error:
            _complain(f"{path}: {error.strerror}; log files are rotated without a lock")
    try:
        yield
    finally:
        if file >= 0:
            os.close(file)


def _complain(text: str) -> None:
    """Say on standard error what cannot be said in the log."""
    try:
        print(text, file=sys.__stderr__ or sys.stderr, flush=True)
    except (OSError, ValueError):
        pass
