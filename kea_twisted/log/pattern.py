"""Layout patterns as operators write them for log4cplus, compiled once into a function of a record.

Not here: where lines go. ARM logging, logging-message-format.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

DEFAULT_PATTERN: Final = "%D{%Y-%m-%d %H:%M:%S.%q} %-5p [%c/%i.%t] %m\n"
SYSLOG_PATTERN: Final = "%-5p [%c.%t] %m\n"
DEFAULT_DATE: Final = "%Y-%m-%d %H:%M:%S"


class Record(NamedTuple):
    """One line before it is laid out. time: seconds of the epoch. text: message id, blank, text."""

    time: float
    severity: str
    logger: str
    text: str
    thread: int


class Process(NamedTuple):
    """What patterns can say about the process, and how it tells dates.

    started: seconds of the epoch. local, utc: format a second of the epoch as strftime does.
    """

    pid: int
    host: str
    fully_qualified: str
    started: float
    environment: Callable[[str], str]
    local: Callable[[int, str], str]
    utc: Callable[[int, str], str]


Part = Callable[[Record], str]

_COMPONENT: Final = re.compile(
    r"%(?:(?P<percent>%)|(?P<left>-)?(?P<minimum>\d+)?(?:\.(?P<maximum>\d+))?(?P<letter>[A-Za-z])(?:\{(?P<argument>[^}]*)\})?)"
)
_TAKES_ARGUMENT: Final = frozenset("cdDEX")
_CHANGES_EACH_LINE: Final = frozenset("dDrm")


def compile_pattern(pattern: str, process: Process) -> Callable[[Record], str]:
    """Return the function that lays out records by *pattern*. A component nobody knows is copied as it stands."""
    parts: list[tuple[Part, bool]] = []
    place = 0
    for found in _COMPONENT.finditer(pattern):
        if found.start() > place:
            parts.append((_literal(pattern[place : found.start()]), False))
        place = found.end()
        if found["percent"]:
            parts.append((_literal("%"), False))
            continue
        part = _component(found["letter"], found["argument"], process)
        if part is None:
            parts.append((_literal(found[0]), False))
            continue
        minimum, maximum = int(found["minimum"] or 0), int(found["maximum"] or 0)
        fitted = _fit(part, minimum, maximum, bool(found["left"])) if minimum or maximum else part
        parts.append((fitted, found["letter"] in _CHANGES_EACH_LINE))
        if found["argument"] is not None and found["letter"] not in _TAKES_ARGUMENT:
            parts.append((_literal("{" + found["argument"] + "}"), False))
    if place < len(pattern):
        parts.append((_literal(pattern[place:]), False))
    return _layout(tuple(parts))


def _layout(parts: tuple[tuple[Part, bool], ...]) -> Callable[[Record], str]:
    """Return the function that prints *parts*, each with whether it changes from line to line of one logger.

    What does not is printed once for each logger, severity and thread.
    """
    known: dict[tuple[str, str, int], tuple[str | Part, ...]] = {}

    def shown(record: Record) -> str:
        key = (record.logger, record.severity, record.thread)
        pieces = known.get(key)
        if pieces is None:
            pieces = known[key] = _settle(parts, record)
        return "".join([piece if piece.__class__ is str else piece(record) for piece in pieces])  # type: ignore[operator]

    return shown


def _settle(parts: tuple[tuple[Part, bool], ...], record: Record) -> tuple[str | Part, ...]:
    """Return *parts* with those that stay the same already printed, neighbours joined."""
    pieces: list[str | Part] = []
    for part, changes in parts:
        if changes:
            pieces.append(part)
        elif pieces and isinstance(pieces[-1], str):
            pieces[-1] += part(record)
        else:
            pieces.append(part(record))
    return tuple(pieces)


def _literal(text: str) -> Part:
    return lambda _record: text


def _component(letter: str, argument: str | None, process: Process) -> Part | None:
    """Return what one conversion letter prints, or None for an unknown letter."""
    if letter == "m":
        return lambda record: record.text
    if letter == "p":
        return lambda record: record.severity
    if letter == "c":
        return _logger_name(argument)
    if letter in "dD":
        return _date(argument or DEFAULT_DATE, process.local if letter == "D" else process.utc)
    if letter in "tT":
        return lambda record: str(record.thread)
    if letter == "r":
        return lambda record: str(int((record.time - process.started) * 1000))
    fixed = {
        "i": str(process.pid),
        "n": "\n",
        "h": process.host,
        "H": process.fully_qualified,
        "E": process.environment(argument) if letter == "E" and argument else "",
        # Source places and diagnostic contexts: nothing sets them, so they print as log4cplus prints unset ones.
        "F": "",
        "b": "",
        "l": ":-1",
        "L": "-1",
        "M": "",
        "x": "",
        "X": "",
    }.get(letter)
    return None if fixed is None else _literal(fixed)


def _logger_name(argument: str | None) -> Part:
    """Return the printer of a logger's name, or of its last *argument* parts."""
    if argument and argument.isdigit() and int(argument):
        count = int(argument)
        return lambda record: ".".join(record.logger.split(".")[-count:])
    return lambda record: record.logger


def _fit(part: Part, minimum: int, maximum: int, left: bool) -> Part:
    """Return *part* padded to *minimum* characters and cut to its last *maximum* ones."""

    def fitted(record: Record) -> str:
        text = part(record)
        if maximum and len(text) > maximum:
            text = text[-maximum:]
        return text.ljust(minimum) if left else text.rjust(minimum)

    return fitted


_FRACTION: Final = re.compile(r"%(%|q|Q|s)")
_MILLISECONDS: Final = ["q"]
"""The fractions of the default pattern."""


def _date(form: str, strftime: Callable[[int, str], str]) -> Part:
    """Return the printer of a record's time; strftime runs once a second, the usual %q once a millisecond."""
    pieces: list[str] = []
    marks: list[str] = []
    place = 0
    for found in _FRACTION.finditer(form):
        if found[1] == "%":
            continue
        pieces.append(form[place : found.start()])
        marks.append(found[1])
        place = found.end()
    pieces.append(form[place:])
    second = millisecond = -1
    texts: list[str] = []
    latest = ""

    def in_milliseconds(record: Record) -> str:
        nonlocal millisecond, second, texts, latest
        now = int(record.time * 1000)
        if now != millisecond:
            if now // 1000 != second:
                second = now // 1000
                texts = [strftime(second, piece) if piece else "" for piece in pieces]
            latest = f"{texts[0]}{now % 1000:03d}{texts[1]}"
            millisecond = now
        return latest

    def printed(record: Record) -> str:
        nonlocal second, texts
        now = int(record.time)
        if now != second:
            texts = [strftime(now, piece) if piece else "" for piece in pieces]
            second = now
        if not marks:
            return texts[0]
        micros = int((record.time - now) * 1_000_000)
        out = texts[0]
        for mark, text in zip(marks, texts[1:], strict=True):
            if mark == "q":
                out += f"{micros // 1000:03d}{text}"
            elif mark == "Q":
                out += f"{micros // 1000:03d}.{micros % 1000:03d}{text}"
            else:
                out += f"{now}{text}"
        return out

    return in_milliseconds if marks == _MILLISECONDS else printed
