"""Between the sockets and the server, if a configuration wants a queue there: sockets are emptied first, then served.

While more comes in than can be answered, packets pile up somewhere. In the kernel, the newest are lost and the answers
get older and older; in a :class:`~.packet_queue.PacketQueue` it is the queue that chooses, which keeps the newest. So
the sockets are read until they are empty between any two portions that the server gets. ARM congestion-handling.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from twisted.logger import Logger

from kea_twisted.net.packet_queue import PacketQueue
from kea_twisted.net.reader import Batch, Deliver

PORTION: Final = 64
"""Packets that the server gets at once: enough to share one write of leases, few enough to go by in milliseconds."""


class Backlog:
    """A queue at work.

    overflowed: called with the number of packets that the queue has dropped since the last portion.
    """

    _log = Logger(namespace="net")

    def __init__(self, queue: PacketQueue, deliver: Deliver, overflowed: Callable[[int], None]) -> None:
        self.queue = queue
        self._deliver = deliver
        self._overflowed = overflowed
        self._dropped = 0

    def take(self, batch: Batch) -> None:
        """Put what was read into the queue."""
        push = self.queue.push
        for datagram in batch:
            try:
                push(datagram)
            except Exception:
                # The queue may be a hook library's.
                self._log.failure("a packet queue failed and the packet is lost")

    def serve(self) -> bool:
        """Have a portion answered; return whether more is waiting."""
        batch: Batch = []
        try:
            self._fill(batch)
            more = len(batch) == PORTION and len(self.queue) > 0
            dropped, self._dropped = self.queue.dropped - self._dropped, self.queue.dropped
            if dropped:
                self._overflowed(dropped)
        except Exception:
            self._log.failure("a packet queue failed")
            more = False
        if batch:
            self._deliver(batch)
        return more

    def _fill(self, batch: Batch) -> None:
        """Append up to a portion of packets."""
        pop = self.queue.pop
        for _ in range(PORTION):
            datagram = pop()
            if datagram is None:
                return
            batch.append(datagram)

    def empty(self) -> Batch:
        """Return all that still waits; the queue is not used any more."""
        left: Batch = []
        try:
            for _ in range(len(self.queue)):
                datagram = self.queue.pop()
                if datagram is None:
                    break
                left.append(datagram)
        except Exception:
            self._log.failure("a packet queue failed")
        return left
