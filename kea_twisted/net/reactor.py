"""What this code needs of a Twisted reactor, as protocols that a type checker understands.

Twisted's own interfaces are zope ones, which mypy reads as classes without bodies.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Delayed(Protocol):
    """A call that is due later."""

    def cancel(self) -> None:
        """Call it off."""

    def active(self) -> bool:
        """Return whether it is still due."""


class Reader(Protocol):
    """What a reactor can read from: IReadDescriptor."""

    def fileno(self) -> int:
        """Return the descriptor."""

    def doRead(self) -> object:
        """Read what is there."""


class Watcher(Protocol):
    """What watches descriptors: a reactor, or the poller between it and the service sockets."""

    def addReader(self, reader: Reader) -> None:
        """Watch a descriptor."""

    def removeReader(self, reader: Reader) -> None:
        """Watch it no more."""


class Reactor(Watcher, Protocol):
    """IReactorFDSet and IReactorTime, as far as they are used here."""

    def callLater(self, delay: float, callable: Callable[..., object], *args: object) -> Delayed:  # noqa: A002
        """Call back in *delay* seconds."""

    def seconds(self) -> float:
        """Return the reactor's idea of the time."""
