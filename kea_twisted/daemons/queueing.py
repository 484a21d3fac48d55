"""Where packets wait: what `dhcp-queue-control` and `multi-threading` mean to a daemon.

With `multi-threading` the callouts of hook libraries run in threads, so that one that blocks holds up its packet only,
and the queue of `dhcp-queue-control` is off, as in Kea. Packets are answered in one thread: leases in memory want it,
and Python's threads would take turns. ARM congestion-handling, dhcp4-multi-threading-settings.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kea_twisted.config.common import DhcpServer
from kea_twisted.config.problems import path_text
from kea_twisted.config.processing import QUEUE_LENGTH
from kea_twisted.errors import ConfigError
from kea_twisted.log.logger import PACKETS
from kea_twisted.log.messages.twisted import KEA_TWISTED_WARN
from kea_twisted.net.packet_queue import PacketQueue, QueueTypes
from kea_twisted.net.workers import NO_LIMIT, Workers

if TYPE_CHECKING:
    from kea_twisted.daemons.candidate import Candidate
    from kea_twisted.daemons.dhcp import DhcpDaemon

REPEAT: Final = 10.0
"""Seconds between two lines about dropped packets."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a configuration wants. kind: "" for no queue."""

    kind: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)


def threads_wanted(model: DhcpServer) -> tuple[int, int]:
    """Return how many threads a configuration wants, and how many packets may wait for one."""
    section = model.multi_threading
    if section is None or not section.enable_multi_threading:
        return 0, NO_LIMIT
    length = section.packet_queue_size
    return section.thread_pool_size or len(os.sched_getaffinity(0)), QUEUE_LENGTH if length is None else length


def wanted(model: DhcpServer, number: int) -> Wanted:
    """Return the queue that a configuration of family *number* wants."""
    section = model.dhcp_queue_control
    if section is None or not section.enable_queue or model.multi_threaded:
        return Wanted()
    capacity = QUEUE_LENGTH if section.capacity is None else section.capacity
    kind = section.queue_type or f"kea-ring{number}"
    return Wanted(kind, {**section.extra, "queue-type": kind, "capacity": capacity})


class Queueing:
    """The queue and the threads of one daemon. types: the kinds of queue; hook libraries add to them."""

    def __init__(self, daemon: DhcpDaemon) -> None:
        self._number = daemon.parts.family.number
        self.types = QueueTypes(f"kea-ring{self._number}")
        self._daemon = daemon
        self.workers = Workers(daemon.sockets.watcher, self._overflowed)
        self._wanted = Wanted()
        self._prepared: PacketQueue | None = None
        self._untold = 0
        self._telling = False

    def prepare(self, candidate: Candidate) -> None:
        """Make the queue of a new configuration, unless it wants none or the present one. Raises ConfigError."""
        model = candidate.model
        want = wanted(model, self._number)
        if not want.kind or want == self._wanted:
            return
        try:
            self._prepared = self.types.make(want.kind, want.parameters)
        except Exception as error:  # it may be a hook library's factory
            reason = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
            path = (self._daemon.parts.family.root, "dhcp-queue-control")
            position = model.document.position(path) if model.document is not None else None
            raise ConfigError(reason, path_text(path), position) from error

    def discard(self) -> None:
        """Forget what was prepared."""
        self._prepared = None

    def adopt(self, candidate: Candidate) -> None:
        """Go on with what was prepared, and say how things are."""
        model = candidate.model
        queue, self._prepared = self._prepared, None
        want = wanted(model, self._number)
        parts = self._daemon.parts
        sockets = self._daemon.sockets
        if want != self._wanted:
            self._wanted = want
            sockets.set_queue(queue, self._overflowed)
        workers = self.workers
        workers.configure(*threads_wanted(model))
        log, messages = parts.logger.log, parts.messages
        if workers.size:
            log(messages.lookup_first)
            return
        if sockets.backlog is not None:
            information = {"queue-type": want.kind, **sockets.backlog.queue.information()}
            log(messages.packet_queue, json.dumps(information, sort_keys=True))

    def say_threads(self) -> None:
        """Say how many threads there are: at the start and when the file was read again, as Kea does."""
        parts, workers = self._daemon.parts, self.workers
        threads = "yes" if workers.size else "no", workers.size, workers.limit
        parts.logger.log(parts.messages.multi_threading, *threads)

    def status(self) -> dict[str, Any]:
        """Return what status-get says of the threads. ARM ctrl-channel, command-status-get."""
        workers = self.workers
        if not workers.size:
            return {"multi-threading-enabled": False}
        return {
            "multi-threading-enabled": True,
            "thread-pool-size": workers.size,
            "packet-queue-size": workers.limit,
            "packet-queue-statistics": [round(mean, 2) for mean in workers.means],
        }

    def stop(self) -> None:
        """Let the threads end."""
        self.workers.stop()

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
