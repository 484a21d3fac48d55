"""Which queue received packets wait in: what `dhcp-queue-control` and `multi-threading` mean to a daemon.

With `multi-threading` Kea's threads take packets from a queue of their own, and that of `dhcp-queue-control` is off.
Here one thread answers, as leases in memory want it, and packets wait in the sockets, where a pause loses none.
ARM congestion-handling, dhcp4-multi-threading-settings.
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

NO_LIMIT: Final = 0
"""What Kea calls a queue without a limit."""

REPEAT: Final = 10.0
"""Seconds between two lines about dropped packets."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a configuration wants. kind: "" for no queue."""

    kind: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)


def threaded(model: DhcpServer) -> bool:
    """Return whether a configuration has `multi-threading` enabled."""
    return model.multi_threading is not None and model.multi_threading.enable_multi_threading


def wanted(model: DhcpServer, number: int) -> Wanted:
    """Return the queue that a configuration of family *number* wants."""
    section = model.dhcp_queue_control
    if section is None or not section.enable_queue or threaded(model):
        return Wanted()
    capacity = QUEUE_LENGTH if section.capacity is None else section.capacity
    kind = section.queue_type or f"kea-ring{number}"
    return Wanted(kind, {**section.extra, "queue-type": kind, "capacity": capacity})


class Queueing:
    """The queue of one daemon. types: the kinds of queue; hook libraries add to them."""

    def __init__(self, daemon: DhcpDaemon) -> None:
        self._number = daemon.parts.family.number
        self.types = QueueTypes(f"kea-ring{self._number}")
        self._daemon = daemon
        self._wanted = Wanted()
        self._threaded = False
        self._untold = 0
        self._telling = False

    def prepare(self, model: DhcpServer) -> PacketQueue | None:
        """Return the queue for *model*; None if it wants none, or the present one. Raises ConfigError."""
        want = wanted(model, self._number)
        if not want.kind or want == self._wanted:
            return None
        try:
            return self.types.make(want.kind, want.parameters)
        except Exception as error:  # it may be a hook library's factory
            reason = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
            path = (self._daemon.parts.family.root, "dhcp-queue-control")
            position = model.document.position(path) if model.document is not None else None
            raise ConfigError(reason, path_text(path), position) from error

    def adopt(self, queue: PacketQueue | None, model: DhcpServer) -> None:
        """Go on with the queue that :meth:`prepare` made for *model*, and say how things are."""
        want = wanted(model, self._number)
        parts = self._daemon.parts
        sockets = self._daemon.sockets
        if want != self._wanted:
            self._wanted = want
            sockets.set_queue(queue, self._overflowed)
        self._threaded = threaded(model)
        log, messages = parts.logger.log, parts.messages
        if self._threaded:
            log(messages.multi_threading, "yes", SERVICE_THREADS, NO_LIMIT)
            log(messages.lookup_first)
            return
        log(messages.multi_threading, "no", 0, 0)
        if sockets.backlog is not None:
            information = {"queue-type": want.kind, **sockets.backlog.queue.information()}
            log(messages.packet_queue, json.dumps(information, sort_keys=True))

    def status(self) -> dict[str, Any]:
        """Return what status-get says of it: the threads that there are, and no limit of packets before them.

        ARM ctrl-channel, command-status-get.
        """
        if not self._threaded:
            return {"multi-threading-enabled": False}
        return {
            "multi-threading-enabled": True,
            "thread-pool-size": SERVICE_THREADS,
            "packet-queue-size": NO_LIMIT,
            # Nothing waits between the sockets and the thread.
            "packet-queue-statistics": [0.0, 0.0, 0.0],
        }

    def _overflowed(self, dropped: int) -> None:
        """Say that packets were dropped: each time for who traces packets, now and then for everybody."""
        PACKETS.log(self._daemon.parts.messages.packet_queue_full)
        self._untold += dropped
        if not self._telling:
            self._tell()

    def _tell(self) -> None:
        """Say how many packets were dropped since the last time, and wait a while before saying so again."""
        self._telling = self._untold > 0
        if self._telling:
            told = f"more comes in than can be answered: {self._untold} packets were dropped from the queue"
            self._daemon.parts.logger.log(KEA_TWISTED_WARN, "net", told)
            self._untold = 0
            self._daemon.reactor.callLater(REPEAT, self._tell)
