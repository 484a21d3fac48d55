"""The log of a server as tests compare it: which message ids it has, with their severities and loggers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_LINE: Final = re.compile(
    r"^\S+ \S+ (?P<severity>[A-Z]+) +\[(?P<logger>[^/\]]+)/\S+\] (?P<id>[A-Z][A-Z0-9]+_[A-Z0-9_]+)", re.MULTILINE
)

Told = dict[str, tuple[str, str]]
"""Severity and logger by message id."""


def told(log: Path, start: int = 0) -> Told:
    """Return what is told in a log file from the octet *start* on."""
    with log.open("rb") as file:
        file.seek(start)
        text = file.read().decode(errors="replace")
    return {each["id"]: (each["severity"], each["logger"]) for each in _LINE.finditer(text)}
