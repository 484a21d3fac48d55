"""Kea's `loggers`: which lines are shown, and where.

Not here: files, streams, syslog, and twisted.logger, through which the lines go; see :mod:`.io`. ARM logging.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from kea_twisted.log import logger as loggers
from kea_twisted.log.message import DEBUG, ERROR, FATAL, INFO, NONE, WARN, Message
from kea_twisted.log.pattern import DEFAULT_PATTERN, SYSLOG_PATTERN, Layout, Line, Origin, Process, compile_pattern

DEFAULT_MAXSIZE: Final = 10240000
SMALLEST_MAXSIZE: Final = 204800
MAX_DEBUGLEVEL: Final = 99
MOST_HELD: Final = 1024
NO_THREAD: Final = 0
MOST_ROUTES: Final = 1024
"""Threads come and go, each with routes of its own."""

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
            level = self.debuglevel or 0
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
    """A place where lines go. layout: what they look like there."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    @abstractmethod
    def write(self, line: str, rank: int) -> None:
        """Write one line, whose line end is part of it. Must not raise."""

    def write_all(self, lines: list[str], rank: int) -> None:
        """Write several lines of one rank at once, where the place can do that."""
        for line in lines:
            self.write(line, rank)

    @abstractmethod
    def close(self) -> None:
        """Write what is buffered and let go of the place."""


_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

OpenOutput = Callable[[OutputSpec, Layout], Output]
Target = tuple[Output, int]
"""Where a line goes, and its rank there; all debug levels are one."""
Route = tuple[tuple[Target, Line], ...]


class Sink(ABC):
    """The one place that knows the ranks and outputs of all loggers.

    root: the daemon's name. start: the output before anything is configured. verbose: `-d`, shows everything whatever
    the configuration says.

    Between :meth:`hold` and :meth:`release` lines of one thread gather, and leave with one write: a line of each packet
    of a batch costs hardly more than a line of one. What is an error does not wait, nor do more than MOST_HELD lines.
    guard: keeps the lines of other threads apart.
    """

    def __init__(
        self,
        root: str,
        open_output: OpenOutput,
        process: Process,
        start: OutputSpec,
        verbose: bool,
        guard: AbstractContextManager[object],
    ) -> None:
        self.root = root
        self.verbose = verbose
        self._open = open_output
        self._process = process
        self._start = start
        self._specs: dict[str, LoggerSpec] = {}
        self._outputs: dict[OutputSpec, Output] = {}
        self._routes: dict[tuple[str, str, int], Route] = {}
        self._guard = guard
        self._holding = NO_THREAD
        self._held: list[tuple[Target, str]] = []
        self.configure(())

    def configure(self, specs: Sequence[LoggerSpec]) -> None:
        """Show lines as *specs* say from now on; none means INFO and above to the start-up output."""
        by_name = {self.root: LoggerSpec(self.root, "INFO", None, (self._start,))}
        for spec in specs:
            name = self.root if spec.name == "*" else spec.name
            by_name[name] = _inherit(LoggerSpec(name, spec.severity, spec.debuglevel, spec.outputs), by_name.get(name))
        wanted = dict.fromkeys(output for spec in by_name.values() for output in spec.outputs or ())
        with self._guard:
            self._let_go()
            # Files are opened anew even if their entry did not change: whoever renamed them wants a new one.
            for output in self._outputs.values():
                output.close()
            self._outputs = {spec: self._open(spec, compile_pattern(spec.layout, self._process)) for spec in wanted}
            self._specs = by_name
            self._routes = {}
        loggers.install(self.adopt)

    @abstractmethod
    def adopt(self, logger: loggers.Logger) -> None:
        """Set the rank of a logger, and its emit so that its lines arrive at :meth:`write`."""

    def full_name(self, logger: loggers.Logger) -> str:
        """Return the name of a logger with the daemon's name in front."""
        return logger.name if logger.name == self.root else f"{self.root}.{logger.name}"

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
        with self._guard:
            self._let_go()
            for output in self._outputs.values():
                output.close()
            self._outputs = {}
            self._routes = {}
            self._specs = {}

    def write(self, name: str, time: float, message: Message, text: str, thread: int) -> None:
        """Lay out one line and give it to the outputs of its logger."""
        rank = message.rank
        key = (message.severity, name, thread)
        if self._holding != thread:
            with self._guard:
                for (output, _rank), line in self._routes.get(key) or self._find_route(key, rank):
                    output.write(line(time, text), rank)
            return
        held = self._held
        for target, line in self._routes.get(key) or self._find_route(key, rank):
            held.append((target, line(time, text)))
        if rank <= ERROR or len(held) >= MOST_HELD:
            self._let_go()

    def _find_route(self, key: tuple[str, str, int], rank: int) -> Route:
        """Return where lines of a kind go, and how they are laid out there, and remember it."""
        origin = Origin(*key)
        if len(self._routes) >= MOST_ROUTES:
            self._routes.clear()
        outputs = self._outputs_of(origin.logger)
        route = self._routes[key] = tuple(((output, rank), output.layout(origin)) for output in outputs)
        return route

    def hold(self, thread: int) -> None:
        """Let the lines of a thread gather from now on."""
        self._holding = thread

    def release(self) -> None:
        """Write what has gathered, and each line at once again."""
        self._holding = NO_THREAD
        if self._held:
            self._let_go()

    @contextmanager
    def gathering(self, thread: int) -> Iterator[None]:
        """Let the lines of a thread gather while something goes on that has many."""
        self.hold(thread)
        try:
            yield
        finally:
            self.release()

    def _let_go(self) -> None:
        """Write what has gathered: neighbours of one output and rank together."""
        held, self._held = self._held, []
        with self._guard:
            for (output, rank), group in groupby(held, itemgetter(0)):
                output.write_all([line for _target, line in group], rank)

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

    def _outputs_of(self, name: str) -> tuple[Output, ...]:
        """Return the outputs of a logger: those of the most specific entry that has some."""
        for spec in self._chain(name):
            if spec.outputs:
                return tuple(self._outputs[output] for output in spec.outputs)
        return ()


def message_text(message: Message, arguments: tuple[object, ...]) -> str:
    """Return id and text of a line.

    Further lines of a text are indented and control characters written out, so that no argument can forge a line or
    play with a terminal.
    """
    try:
        text = f"{message.id} {message.text.format(*arguments)}"
    except (IndexError, KeyError, ValueError, TypeError):
        text = f"{message.id} {message.text} {arguments!r}"
    if text.isprintable():
        return text
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text).replace("\n", "\n  ")


def _inherit(spec: LoggerSpec, base: LoggerSpec | None) -> LoggerSpec:
    """Return *spec* with what it does not say taken from *base*."""
    if base is None:
        return spec
    severity, level = (base.severity, base.debuglevel) if spec.severity is None else (spec.severity, spec.debuglevel)
    return LoggerSpec(spec.name, severity, level, spec.outputs or base.outputs)
