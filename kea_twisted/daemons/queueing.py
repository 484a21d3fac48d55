"""Which queue received packets wait in: what `dhcp-queue-control` and `multi-threading` mean to a daemon.

With `multi-threading` Kea's threads take packets from a queue of `packet-queue-size`, of which the oldest is dropped
when it is full. Here one thread answers, as leases in memory want it, and the queue before it is the same. It takes the
place of the queue of `dhcp-queue-control`. ARM congestion-handling, dhcp4-multi-threading-settings.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kea_twisted.config.common import DhcpServer
from kea_twisted.config.problems import path_text
from kea_twisted.config.processing import QUEUE_LENGTH
from kea_twisted.errors import ConfigError
from kea_twisted.log.logger import PACKETS
from kea_twisted.log.messages.twisted import KEA_TWISTED_WARN
from kea_twisted.net.packet_queue import PacketQueue, QueueTypes

if TYPE_CHECKING:
    from kea_twisted.daemons.dhcp import DhcpDaemon

SERVICE_THREADS: Final = 1
"""How many threads answer packets."""

REPEAT: Final = 10.0
"""Seconds between two lines about dropped packets."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a configuration wants. kind: "" for no queue. size: `packet-queue-size` where threads are on, else None."""

    kind: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    size: int | None = None


def wanted(model: DhcpServer, number: int) -> Wanted:
    """Return the queue that a configuration of family *number* wants."""
    ring = f"kea-ring{number}"
    threads = model.multi_threading
    if threads is not None and threads.enable_multi_threading:
        size = QUEUE_LENGTH if threads.packet_queue_size is None else threads.packet_queue_size
        # Without a limit packets wait in the sockets, where memory has one.
        return Wanted(ring if size else "", {"capacity": size} if size else {}, size)
    section = model.dhcp_queue_control
    if section is None or not section.enable_queue:
        return Wanted()
    capacity = QUEUE_LENGTH if section.capacity is None else section.capacity
    kind = section.queue_type or ring
    return Wanted(kind, {**section.extra, "queue-type": kind, "capacity": capacity})


class Queueing:
    """The queue of one daemon. types: the kinds of queue; hook libraries add to them."""

    def __init__(self, daemon: DhcpDaemon) -> None:
        self._number = daemon.parts.family.number
        self.types = QueueTypes(f"kea-ring{self._number}")
        self._daemon = daemon
        self._wanted = Wanted()
        self._untold = 0
        self._told_at = float("-inf")

    def prepare(self, model: DhcpServer) -> PacketQueue | None:
        """Return the queue for *model*; None if it wants none, or the present one. Raises ConfigError."""
        want = wanted(model, self._number)
        if not want.kind or want == self._wanted:
            return None
        try:
            return self.types.make(want.kind, want.parameters)
        except ValueError as error:
            path = (self._daemon.parts.family.root, "dhcp-queue-control")
            position = model.document.position(path) if model.document is not None else None
            raise ConfigError(str(error), path_text(path), position) from error

    def adopt(self, queue: PacketQueue | None, model: DhcpServer) -> None:
        """Go on with the queue that :meth:`prepare` made for *model*, and say how things are."""
        want = wanted(model, self._number)
        parts = self._daemon.parts
        sockets = self._daemon.sockets
        if want != self._wanted:
            self._wanted = want
            sockets.set_queue(queue, self._overflowed, want.size is not None)
        threaded = want.size is not None
        parts.logger.log(
            parts.messages.multi_threading,
            *(("yes", SERVICE_THREADS, want.size) if threaded else ("no", 0, 0)),
        )
        if threaded:
            parts.logger.log(parts.messages.lookup_first)
        elif sockets.backlog is not None:
            information = {"queue-type": want.kind, **sockets.backlog.queue.information()}
            parts.logger.log(parts.messages.packet_queue, json.dumps(information, sort_keys=True))

    def status(self) -> dict[str, Any]:
        """Return what status-get says of it. ARM ctrl-channel, command-status-get."""
        if self._wanted.size is None:
            return {"multi-threading-enabled": False}
        backlog = self._daemon.sockets.backlog
        averages = backlog.averages if backlog is not None else [0.0, 0.0, 0.0]
        return {
            "multi-threading-enabled": True,
            "thread-pool-size": SERVICE_THREADS,
            "packet-queue-size": self._wanted.size,
            "packet-queue-statistics": [round(average, 6) for average in averages],
        }

    def _overflowed(self, dropped: int) -> None:
        """Say that packets were dropped: each time for who traces packets, now and then for everybody."""
        parts = self._daemon.parts
        PACKETS.log(parts.messages.packet_queue_full)
        self._untold += dropped
        now = self._daemon.reactor.seconds()
        if now - self._told_at >= REPEAT:
            told = f"more comes in than can be answered: {self._untold} packets were dropped from the queue"
            parts.logger.log(KEA_TWISTED_WARN, "net", told)
            self._untold, self._told_at = 0, now
