"""Kea's `loggers` on twisted.logger: which lines are shown, and where.

A line goes Logger.log → twisted.logger.Logger.emit → publisher → :class:`Sink` → outputs, so that other observers of
Twisted see it as well. What Twisted itself and libraries below report arrives at the same observer and leaves in the
same form. Not here: files, streams and syslog; see :mod:`.io`. ARM logging.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from twisted.logger import ILogObserver, LogEvent, LogLevel, formatEvent
from twisted.logger import Logger as TwistedLogger
from twisted.python.failure import Failure
from zope.interface import implementer

from kea_twisted.log import logger as loggers
from kea_twisted.log.message import DEBUG, ERROR, FATAL, INFO, NONE, WARN, Message
from kea_twisted.log.messages.twisted import (
    KEA_TWISTED_CRITICAL,
    KEA_TWISTED_DEBUG,
    KEA_TWISTED_ERROR,
    KEA_TWISTED_INFO,
    KEA_TWISTED_WARN,
)
from kea_twisted.log.pattern import DEFAULT_PATTERN, SYSLOG_PATTERN, Process, Record, compile_pattern

DEFAULT_MAXSIZE: Final = 10240000
SMALLEST_MAXSIZE: Final = 204800
MAX_DEBUGLEVEL: Final = 99

SEVERITIES: Final[Mapping[str, int]] = {
    "FATAL": FATAL,
    "ERROR": ERROR,
    "WARN": WARN,
    "INFO": INFO,
    "DEBUG": DEBUG,
    "NONE": NONE,
}


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """One entry of `output_options`. pattern: "" for the default of the output."""

    output: str
    flush: bool = True
    maxsize: int = DEFAULT_MAXSIZE
    maxver: int = 1
    pattern: str = ""

    @property
    def is_syslog(self) -> bool:
        """Whether the output is syslog, with or without a facility."""
        return self.output == "syslog" or self.output.startswith("syslog:")

    @property
    def layout(self) -> str:
        """The pattern that is used."""
        return self.pattern or (SYSLOG_PATTERN if self.is_syslog else DEFAULT_PATTERN)

    @property
    def rotates(self) -> bool:
        """Whether the output is a file that is rotated."""
        return self.maxsize >= SMALLEST_MAXSIZE and not self.is_syslog and self.output not in ("stdout", "stderr")


@dataclass(frozen=True, slots=True)
class LoggerSpec:
    """One entry of `loggers`; None is what the entry does not say and inherits."""

    name: str
    severity: str | None = None
    debuglevel: int | None = None
    outputs: tuple[OutputSpec, ...] | None = None

    @property
    def rank(self) -> int | None:
        """The highest rank shown, or None if the entry does not say."""
        if self.severity is None:
            return None
        if self.severity == "DEBUG":
            level = MAX_DEBUGLEVEL if self.debuglevel is None else self.debuglevel
            return min(max(level, 0), MAX_DEBUGLEVEL)
        return SEVERITIES[self.severity]


def parse_loggers(entries: Iterable[Mapping[str, Any]]) -> tuple[LoggerSpec, ...]:
    """Return the specifications of a checked `loggers` list; ValueError for an unknown severity."""
    found = []
    for entry in entries:
        severity = entry.get("severity")
        if severity is not None:
            severity = str(severity).upper()
            if severity not in SEVERITIES:
                raise ValueError(f"unrecognized log severity: {entry['severity']}")
        options = entry.get("output_options")
        outputs = None
        if options:
            outputs = tuple(
                OutputSpec(
                    option["output"],
                    option.get("flush", True),
                    option.get("maxsize", DEFAULT_MAXSIZE),
                    max(1, option.get("maxver", 1)),
                    option.get("pattern", ""),
                )
                for option in options
            )
        found.append(LoggerSpec(entry["name"], severity, entry.get("debuglevel"), outputs))
    return tuple(found)


class Output(ABC):
    """A place where lines go. layout: turns a record into the text of a line."""

    def __init__(self, layout: Callable[[Record], str]) -> None:
        self.layout = layout

    @abstractmethod
    def write(self, line: str, rank: int) -> None:
        """Write one line, whose line end is part of it. Must not raise."""

    @abstractmethod
    def close(self) -> None:
        """Write what is buffered and let go of the place."""


OpenOutput = Callable[[OutputSpec, Callable[[Record], str]], Output]

_LEVELS: Final = {FATAL: LogLevel.critical, ERROR: LogLevel.error, WARN: LogLevel.warn, INFO: LogLevel.info}
_FOREIGN: Final = {
    LogLevel.debug: KEA_TWISTED_DEBUG,
    LogLevel.info: KEA_TWISTED_INFO,
    LogLevel.warn: KEA_TWISTED_WARN,
    LogLevel.error: KEA_TWISTED_ERROR,
    LogLevel.critical: KEA_TWISTED_CRITICAL,
}


@implementer(ILogObserver)
class Sink:
    """The observer that shows lines, and the one place that knows the ranks and outputs of all loggers.

    root: the daemon's name. publisher: where events go, usually twisted's globalLogPublisher; the caller adds the sink
    to it. verbose: `-d`, shows everything whatever the configuration says.
    """

    def __init__(
        self,
        root: str,
        publisher: Callable[[LogEvent], None],
        open_output: OpenOutput,
        process: Process,
        start: OutputSpec,
        verbose: bool = False,
    ) -> None:
        self.root = root
        self.verbose = verbose
        self._publisher = publisher
        self._open = open_output
        self._process = process
        self._start = start
        self._specs: dict[str, LoggerSpec] = {}
        self._outputs: dict[OutputSpec, Output] = {}
        self._routes: dict[str, tuple[Output, ...]] = {}
        self.configure(())

    def configure(self, specs: Sequence[LoggerSpec]) -> None:
        """Show lines as *specs* say from now on; none means INFO and above to the start-up output."""
        by_name = {self.root: LoggerSpec(self.root, "INFO", None, (self._start,))}
        for spec in specs:
            name = self.root if spec.name == "*" else spec.name
            by_name[name] = _inherit(LoggerSpec(name, spec.severity, spec.debuglevel, spec.outputs), by_name.get(name))
        wanted = dict.fromkeys(output for spec in by_name.values() for output in spec.outputs or ())
        # Files are opened anew even if their entry did not change: whoever renamed them wants a new one.
        for output in self._outputs.values():
            output.close()
        self._outputs = {spec: self._open(spec, compile_pattern(spec.layout, self._process)) for spec in wanted}
        self._specs = by_name
        self._routes = {}
        loggers.install(self._adopt)

    def rank(self, name: str) -> int:
        """Return the highest rank that the logger of this full name shows."""
        if self.verbose:
            return MAX_DEBUGLEVEL
        for spec in self._chain(name):
            if (rank := spec.rank) is not None:
                return rank
        return INFO

    def close(self) -> None:
        """Close all outputs; lines after this are lost."""
        for output in self._outputs.values():
            output.close()
        self._outputs = {}
        self._routes = {}
        self._specs = {}

    def __call__(self, event: LogEvent) -> None:
        """Show one event of twisted.logger."""
        message = cast("Message | None", event.get("kea_message"))
        if message is None:
            self._foreign(event)
            return
        self._write(event["log_namespace"], event["log_time"], message, event["kea_text"])

    def _write(self, name: str, time: float, message: Message, text: str) -> None:
        """Lay out one line and give it to the outputs of its logger."""
        outputs = self._routes.get(name)
        if outputs is None:
            outputs = self._routes[name] = self._route(name)
        record = Record(time, message.severity, name, text, threading.get_ident())
        for output in outputs:
            output.write(output.layout(record), message.rank)

    def _foreign(self, event: LogEvent) -> None:
        """Show an event of Twisted or of a library, as a line of the root logger."""
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
        self._write(self.root, event.get("log_time", 0.0), message, line)

    def _adopt(self, logger: loggers.Logger) -> None:
        """Set the rank of a logger and where its lines go."""
        name = logger.name if logger.name == self.root else f"{self.root}.{logger.name}"
        twisted = TwistedLogger(namespace=name, observer=cast(ILogObserver, self._publisher))

        def emit(_logger: loggers.Logger, message: Message, arguments: tuple[object, ...]) -> None:
            twisted.emit(
                _LEVELS.get(message.rank, LogLevel.debug),
                "{kea_text}",
                kea_message=message,
                kea_text=message_text(message, arguments),
            )

        logger.rank = self.rank(name)
        logger.emit = emit

    def _chain(self, name: str) -> list[LoggerSpec]:
        """Return the entries that apply to a logger, most specific first."""
        found = []
        while True:
            if name in self._specs:
                found.append(self._specs[name])
            if "." not in name:
                break
            name = name.rpartition(".")[0]
        root = self._specs.get(self.root)
        if root is not None and root not in found:
            found.append(root)
        return found

    def _route(self, name: str) -> tuple[Output, ...]:
        """Return the outputs of a logger: those of the most specific entry that has some."""
        for spec in self._chain(name):
            if spec.outputs:
                return tuple(self._outputs[output] for output in spec.outputs)
        return ()


def message_text(message: Message, arguments: tuple[object, ...]) -> str:
    """Return id and text of a line. Further lines of a text are indented, so that no argument can forge a line."""
    try:
        text = f"{message.id} {message.text.format(*arguments)}"
    except (IndexError, KeyError, ValueError, TypeError):
        text = f"{message.id} {message.text} {arguments!r}"
    return text.replace("\n", "\n  ") if "\n" in text else text


def _inherit(spec: LoggerSpec, base: LoggerSpec | None) -> LoggerSpec:
    """Return *spec* with what it does not say taken from *base*."""
    if base is None:
        return spec
    severity, level = (base.severity, base.debuglevel) if spec.severity is None else (spec.severity, spec.debuglevel)
    return LoggerSpec(spec.name, severity, level, spec.outputs or base.outputs)


def _one_line(failure: Failure) -> str:
    """Return an exception and its traceback in one line, innermost place first."""
    places = [f"{file}:{line} in {function}" for function, file, line, *_ in reversed(failure.frames or failure.stack)]
    kind = failure.type.__name__ if failure.type is not None else "Failure"
    return f"{kind}: {failure.getErrorMessage()}" + (f" ({', '.join(places)})" if places else "")
