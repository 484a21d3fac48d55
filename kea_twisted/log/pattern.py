"""Layout patterns as operators write them for log4cplus, compiled once into a function of a line.

Not here: where lines go. ARM logging, logging-message-format.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, NamedTuple

DEFAULT_PATTERN: Final = "%D{%Y-%m-%d %H:%M:%S.%q} %-5p [%c/%i.%t] %m\n"
SYSLOG_PATTERN: Final = "%-5p [%c.%t] %m\n"
DEFAULT_DATE: Final = "%Y-%m-%d %H:%M:%S"


class Origin(NamedTuple):
    """What lines have in common that come from one logger, with one severity, in one thread."""

    severity: str
    logger: str
    thread: int


Line = Callable[[float, str], str]
"""Lays one line out: its time in seconds of the epoch, and its message id, blank, text."""

Layout = Callable[[Origin], Line]
"""A pattern: prepares the lines of an origin once, so that each of them costs little."""


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


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a pattern; exactly one field is set.

    of_origin: printed once for each origin. of_time: printed for each line. is_text: where the text of the line goes.
    """

    of_origin: Callable[[Origin], str] | None = None
    of_time: Callable[[float], str] | None = None
    is_text: bool = False
    fit: Callable[[str], str] | None = None


_COMPONENT: Final = re.compile(
    r"%(?:(?P<percent>%)|(?P<left>-)?(?P<minimum>\d+)?(?:\.(?P<maximum>\d+))?(?P<letter>[A-Za-z])(?:\{(?P<argument>[^}]*)\})?)"
)
_TAKES_ARGUMENT: Final = frozenset("cdDEX")


def compile_pattern(pattern: str, process: Process) -> Layout:
    """Return the layout that *pattern* describes. A component nobody knows is copied as it stands."""
    parts: list[Part] = []
    place = 0
    for found in _COMPONENT.finditer(pattern):
        if found.start() > place:
            parts.append(_literal(pattern[place : found.start()]))
        place = found.end()
        if found["percent"]:
            parts.append(_literal("%"))
            continue
        part = _component(found["letter"], found["argument"], process)
        if part is None:
            parts.append(_literal(found[0]))
            continue
        minimum, maximum = int(found["minimum"] or 0), int(found["maximum"] or 0)
        parts.append(replace(part, fit=_fit(minimum, maximum, bool(found["left"]))) if minimum or maximum else part)
        if found["argument"] is not None and found["letter"] not in _TAKES_ARGUMENT:
            parts.append(_literal("{" + found["argument"] + "}"))
    if place < len(pattern):
        parts.append(_literal(pattern[place:]))
    return partial(_prepare, tuple(parts))


def _prepare(parts: tuple[Part, ...], origin: Origin) -> Line:
    """Return the function that lays out the lines of *origin*: what stays the same is printed here."""
    pieces: list[str | Part] = []
    for part in parts:
        if part.of_origin is None:
            pieces.append(part)
            continue
        text = part.of_origin(origin)
        if part.fit is not None:
            text = part.fit(text)
        if pieces and isinstance(pieces[-1], str):
            pieces[-1] += text
        else:
            pieces.append(text)
    usual = _usual(pieces)
    return usual if usual is not None else partial(_lay_out, tuple(pieces))


def _usual(pieces: list[str | Part]) -> Line | None:
    """Return the function for a time, something fixed, and the text; None for all other orders."""
    match pieces:
        case [Part(of_time=date, fit=None), str(middle), Part(is_text=True, fit=None), str(end)] if date is not None:
            return lambda time, text: f"{date(time)}{middle}{text}{end}"
        case [str(middle), Part(is_text=True, fit=None), str(end)]:
            return lambda _time, text: f"{middle}{text}{end}"
    return None


def _lay_out(pieces: tuple[str | Part, ...], time: float, text: str) -> str:
    """Lay out one line."""
    out = ""
    for piece in pieces:
        if isinstance(piece, str):
            out += piece
            continue
        printed = text if piece.of_time is None else piece.of_time(time)
        out += printed if piece.fit is None else piece.fit(printed)
    return out


def _literal(text: str) -> Part:
    return Part(of_origin=lambda _origin: text)


def _component(letter: str, argument: str | None, process: Process) -> Part | None:
    """Return what one conversion letter prints, or None for an unknown letter."""
    if letter == "m":
        return Part(is_text=True)
    if letter == "p":
        return Part(of_origin=lambda origin: origin.severity)
    if letter == "c":
        return Part(of_origin=_logger_name(argument))
    if letter in "dD":
        return Part(of_time=_date(argument or DEFAULT_DATE, process.local if letter == "D" else process.utc))
    if letter in "tT":
        return Part(of_origin=lambda origin: str(origin.thread))
    if letter == "r":
        return Part(of_time=lambda time: str(int((time - process.started) * 1000)))
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


def _logger_name(argument: str | None) -> Callable[[Origin], str]:
    """Return the printer of a logger's name, or of its last *argument* parts."""
    if argument and argument.isdigit() and int(argument):
        count = int(argument)
        return lambda origin: ".".join(origin.logger.split(".")[-count:])
    return lambda origin: origin.logger


def _fit(minimum: int, maximum: int, left: bool) -> Callable[[str], str]:
    """Return what pads a text to *minimum* characters and cuts it to its last *maximum* ones."""

    def fitted(text: str) -> str:
        if maximum and len(text) > maximum:
            text = text[-maximum:]
        return text.ljust(minimum) if left else text.rjust(minimum)

    return fitted


_FRACTION: Final = re.compile(r"%(%|q|Q|s)")
_MILLISECONDS: Final = ["q"]
"""The fractions of the default pattern."""


def _date(form: str, strftime: Callable[[int, str], str]) -> Callable[[float], str]:
    """Return the printer of a line's time; strftime runs once a second, the usual %q once a millisecond."""
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

    def in_milliseconds(time: float) -> str:
        nonlocal millisecond, second, texts, latest
        now = int(time * 1000)
        if now != millisecond:
            if now // 1000 != second:
                second = now // 1000
                texts = [strftime(second, piece) if piece else "" for piece in pieces]
            latest = f"{texts[0]}{now % 1000:03d}{texts[1]}"
            millisecond = now
        return latest

    def printed(time: float) -> str:
        nonlocal second, texts
        now = int(time)
        if now != second:
            texts = [strftime(now, piece) if piece else "" for piece in pieces]
            second = now
        if not marks:
            return texts[0]
        micros = int((time - now) * 1_000_000)
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
