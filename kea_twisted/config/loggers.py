"""`loggers`: what is logged and where to. ARM logging."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from kea_twisted.config.section import ANYTHING, Commented, FileName, Maybe, Name, Section

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
    debuglevel: Annotated[int, Field(ge=0, le=99)] = 0
    """How much detail severity DEBUG gives."""
    output_options: list[OutputOption] = Field(default=[], alias="output_options")
    """Where messages go."""


def unknown_severities(loggers: list[dict[str, Any]]) -> dict[int, str]:
    """Return the severities among *loggers*, as written, that do not exist, by index."""
    written = ((index, logger.get("severity", "INFO")) for index, logger in enumerate(loggers))
    return {index: text for index, text in written if text.upper() not in SEVERITIES}
