"""A log message as data: id, severity, level, text and explanation. The tables are in kea_twisted.log.messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

FATAL: Final = -4
ERROR: Final = -3
WARN: Final = -2
INFO: Final = -1
DEBUG: Final = 0
"""Ranks; a debug message of level n has rank n (0..99). A logger shows what is not above its own rank."""

NONE: Final = -5
"""The rank of a logger that shows nothing."""

DBG_START: Final = 0
DBG_COMMAND: Final = 10
DBG_PACKET: Final = 15
DBG_BASIC: Final = 40
DBG_BASIC_DATA: Final = 45
DBG_DETAIL: Final = 50
DBG_DETAIL_DATA: Final = 55
DBG_ALL: Final = 99
"""Debug levels: start and stop, commands, dropped packets, tracing, tracing with data, details, whole packets. ARM
logging, logging-levels."""


@dataclass(frozen=True, slots=True)
class Message:
    """One row of a message table.

    rank: FATAL, ERROR, WARN, INFO, or the debug level 0..99. text: a str.format template with positional fields,
    one an argument. explanation: for the operator, printed in the manual's list of messages. severity: the name of the
    severity as it stands in a log line.
    """

    id: str
    rank: int
    text: str
    explanation: str = ""
    severity: str = field(init=False)

    def __post_init__(self) -> None:
        """Derive the severity once; each line asks for it."""
        name = "DEBUG" if self.rank >= DEBUG else ("INFO", "WARN", "ERROR", "FATAL")[-self.rank - 1]
        object.__setattr__(self, "severity", name)

    @property
    def places(self) -> int:
        """How many arguments the text has places for."""
        return self.text.count("{}")


def messages_of(namespace: Mapping[str, object]) -> tuple[Message, ...]:
    """Return the rows of a table module, given its globals."""
    return tuple(value for value in namespace.values() if isinstance(value, Message))
