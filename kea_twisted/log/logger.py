"""The loggers that code writes to. Where the lines go is decided by :mod:`kea_twisted.log.sink`.

A hot place asks first, so that a line nobody wants costs one comparison::

    if PACKETS.rank >= DBG_BASIC:
        PACKETS.log(DHCP4_PACKET_RECEIVED, label, name)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kea_twisted.log.message import (
    DBG_ALL,
    DBG_BASIC,
    DBG_BASIC_DATA,
    DBG_COMMAND,
    DBG_DETAIL,
    DBG_DETAIL_DATA,
    DBG_PACKET,
    DBG_START,
    INFO,
    Message,
)

__all__ = [
    "ALLOC_ENGINE",
    "BAD_PACKETS",
    "CALLOUTS",
    "COMMANDS",
    "DATABASE",
    "DBG_ALL",
    "DBG_BASIC",
    "DBG_BASIC_DATA",
    "DBG_COMMAND",
    "DBG_DETAIL",
    "DBG_DETAIL_DATA",
    "DBG_PACKET",
    "DBG_START",
    "DBG_TRACE_BASIC",
    "DBG_TRACE_DETAIL",
    "DBG_TRACE_DETAIL_DATA",
    "DDNS",
    "DHCP4",
    "DHCP6",
    "DHCPSRV",
    "EVAL",
    "HOOKS",
    "HOSTS",
    "LEASES",
    "OPTIONS",
    "PACKETS",
    "Logger",
    "Sink",
    "all_loggers",
    "logger",
]

Sink = Callable[["Logger", Message, tuple[object, ...]], None]

DBG_TRACE_BASIC: Final = DBG_BASIC
DBG_TRACE_DETAIL: Final = DBG_DETAIL
DBG_TRACE_DETAIL_DATA: Final = DBG_DETAIL_DATA


def _discard(_logger: Logger, _message: Message, _arguments: tuple[object, ...]) -> None:
    """Drop a line: no sink has been installed yet."""


class Logger:
    """One named logger below the daemon's root. rank: the highest rank that is shown, set by the sink."""

    __slots__ = ("emit", "name", "rank")

    def __init__(self, name: str) -> None:
        self.name = name
        self.rank = INFO
        self.emit: Sink = _discard

    def log(self, message: Message, *arguments: object) -> None:
        """Write one line, if the configuration wants lines of this rank."""
        if message.rank <= self.rank:
            self.emit(self, message, arguments)


_registry: dict[str, Logger] = {}
_adopters: list[Callable[[Logger], None]] = []


def logger(name: str) -> Logger:
    """Return the logger *name* (without the daemon's name in front); the same object for the same name."""
    found = _registry.get(name)
    if found is None:
        found = _registry[name] = Logger(name)
        for adopt in _adopters:
            adopt(found)
    return found


def install(adopt: Callable[[Logger], None]) -> None:
    """Let *adopt* set rank and emit of every logger, now and when one is made later. For the sink."""
    _adopters[:] = [adopt]
    for each in _registry.values():
        adopt(each)


def uninstall() -> None:
    """Drop all lines again, as before the first :func:`install`."""
    _adopters.clear()
    for each in _registry.values():
        each.emit = _discard
        each.rank = INFO


def all_loggers() -> dict[str, Logger]:
    """Return every logger by name; the sink configures them through this."""
    return _registry


ALLOC_ENGINE: Final = logger("alloc-engine")
BAD_PACKETS: Final = logger("bad-packets")
CALLOUTS: Final = logger("callouts")
COMMANDS: Final = logger("commands")
DATABASE: Final = logger("database")
DDNS: Final = logger("ddns")
DHCP4: Final = logger("dhcp4")
DHCP6: Final = logger("dhcp6")
DHCPSRV: Final = logger("dhcpsrv")
EVAL: Final = logger("eval")
HOOKS: Final = logger("hooks")
HOSTS: Final = logger("hosts")
LEASES: Final = logger("leases")
OPTIONS: Final = logger("options")
PACKETS: Final = logger("packets")
