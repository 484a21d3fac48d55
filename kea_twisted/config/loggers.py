"""`loggers`: what is logged and where to. ARM logging."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from kea_twisted.config.section import ANYTHING, Commented, FileName, Maybe, Name, Section
from kea_twisted.log.sink import MAX_DEBUGLEVEL

SEVERITIES: Final = ("DEBUG", "INFO", "WARN", "ERROR", "FATAL", "NONE")


def _severity(value: object) -> object:
    """Read a severity in any case; one that does not exist counts as INFO, as it does in Kea."""
    if not isinstance(value, str):
        return value
    return value.upper() if value.upper() in SEVERITIES else "INFO"


Severity = Annotated[Literal["DEBUG", "INFO", "WARN", "ERROR", "FATAL", "NONE"], BeforeValidator(_severity)]


class OutputOption(Section):
    """One destination of a logger."""

    overlooked = ANYTHING

    output: Annotated[FileName, Field(min_length=1)]
    """`stdout`, `stderr`, `syslog`, `syslog:name`, or a file."""
    flush: Maybe[bool] = None
    """Whether each message is written at once; true if not given."""
    maxsize: Maybe[Annotated[int, Field(ge=0, le=(1 << 63) - 1)]] = None
    """Octets after which a file is rotated, 10240000 if not given; below 204800 never."""
    maxver: Maybe[Annotated[int, Field(ge=0, le=0x7FFFFFFF)]] = None
    """How many rotated files are kept, 1 if not given."""
    pattern: Maybe[str] = None
    """The layout of a line."""


class Logger(Commented):
    """One logger."""

    overlooked = ANYTHING

    name: Name
    """The daemon's name, that name and a component, or `*`."""
    severity: Severity = "INFO"
    """The least severity that is logged."""
    debuglevel: int = 0
    """How much detail severity DEBUG gives, 0 to 99; what lies beyond counts as the nearest of these."""
    output_options: list[OutputOption] = Field(default=[], alias="output_options")
    """Where messages go."""


def misread(loggers: list[dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """Yield the index of a logger, the keyword and what it is read as, where that is not what is written, as in Kea."""
    for index, logger in enumerate(loggers):
        severity, level = logger.get("severity", "INFO"), logger.get("debuglevel", 0)
        if severity.upper() not in SEVERITIES:
            yield index, "severity", f"there is no severity '{severity}', INFO is used"
        if not 0 <= level <= MAX_DEBUGLEVEL:
            yield index, "debuglevel", f"there is no debug level {level}, {min(max(level, 0), MAX_DEBUGLEVEL)} is used"
