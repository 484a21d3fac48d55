"""Word to systemd: ready, reloading, stopping, still alive, and how things are. sd_notify(3).

Nothing happens without NOTIFY_SOCKET.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kea_twisted.net.reactor import Delayed, Reactor

DEAF: Final = 600
"""Seconds that a new configuration may keep the daemon from answering the watchdog: it may have to read many leases."""

LINE: Final = 1000
"""Characters of a status that are shown at most."""


class Notifier:
    """Tell the service manager how the daemon fares. The environment is read once, when this is made."""

    def __init__(self, reactor: Reactor) -> None:
        self._address = os.environ.get("NOTIFY_SOCKET", "")
        self._interval = _watchdog_interval()
        self._reactor = reactor
        self._tick: Delayed | None = None

    def ready(self) -> None:
        """Say that the daemon serves, and begin to answer the watchdog."""
        self._send(f"READY=1\nMAINPID={os.getpid()}")
        if self._address and self._interval and self._tick is None:
            self._alive()

    def reloading(self) -> None:
        """Say that a new configuration is being read; :meth:`ready` ends this."""
        self._send(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def tell(self, status: str) -> None:
        """Say in a line how things are; ``systemctl status`` shows it."""
        self._send(f"STATUS={' '.join(status[:LINE].split())}")

    @contextmanager
    def patience(self) -> Iterator[None]:
        """Have the watchdog wait longer while something is done that nothing can come between."""
        if self._tick is None:
            yield
            return
        self._send(f"WATCHDOG=1\nWATCHDOG_USEC={DEAF * 1_000_000}")
        try:
            yield
        finally:
            self._send(f"WATCHDOG=1\nWATCHDOG_USEC={int(self._interval * 2_000_000)}")

    def stopping(self) -> None:
        """Say that the daemon stops."""
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None
        self._send("STOPPING=1")

    def _alive(self) -> None:
        """Tell the watchdog that the reactor turns."""
        self._send("WATCHDOG=1")
        self._tick = self._reactor.callLater(self._interval, self._alive)

    def _send(self, text: str) -> None:
        """Send one datagram; a service manager that does not listen is none of the daemon's business."""
        if not self._address:
            return
        address = self._address
        if address.startswith("@"):
            address = f"\0{address[1:]}"
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as opened:
                opened.sendto(text.encode(), address)
        except OSError:
            pass


def _watchdog_interval() -> float:
    """Return the seconds between signs of life, half of what systemd allows; 0 for none."""
    owner = os.environ.get("WATCHDOG_PID")
    if owner and owner != str(os.getpid()):
        return 0.0
    try:
        return int(os.environ.get("WATCHDOG_USEC", "0")) / 2_000_000
    except ValueError:
        return 0.0
