"""`loggers`: what is logged and where to. ARM logging."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from kea_twisted.config.section import Commented, Maybe, Name, Section


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


Severity = Annotated[Literal["DEBUG", "INFO", "WARN", "ERROR", "FATAL", "NONE"], BeforeValidator(_upper)]


class OutputOption(Section):
    """One destination of a logger."""

    output: Name
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

    name: Name
    """The daemon's name, that name and a component, or `*`."""
    severity: Severity = "INFO"
    """The least severity that is logged."""
    debuglevel: Annotated[int, Field(ge=0, le=99)] = 0
    """How much detail severity DEBUG gives."""
    output_options: list[OutputOption] = Field(default=[], alias="output_options")
    """Where messages go."""
