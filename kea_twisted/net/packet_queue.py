"""Queues in which received packets wait to be answered, and the kinds that a configuration can name.

A hook library may bring a kind of its own: a class with the methods of :class:`PacketQueue`, registered under a name
for ``queue-type``. Not here: who fills and empties a queue (:mod:`.backlog`). ARM congestion-handling.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from kea_twisted.wire.packet import Receipt

Datagram = tuple[bytes, Receipt]
"""What came in, and where."""


class PacketQueue(ABC):
    """Packets that wait. dropped: how many were given up so far because there was no room."""

    dropped: int = 0

    @abstractmethod
    def push(self, datagram: Datagram) -> None:
        """Take a packet in; whichever one there is no room for is dropped."""

    @abstractmethod
    def pop(self) -> Datagram | None:
        """Return the packet to be answered next, None if there is none."""

    @abstractmethod
    def __len__(self) -> int:
        """Return how many packets wait."""

    def information(self) -> dict[str, Any]:
        """Return what a log line says of the queue, beside its kind."""
        return {"size": len(self)}


class Ring(PacketQueue):
    """A queue that drops the oldest packet when it is full: who waited longest has most likely asked again."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._packets: deque[Datagram] = deque(maxlen=capacity)

    def push(self, datagram: Datagram) -> None:
        """Take a packet in, in place of the oldest if there is no room."""
        if len(self._packets) == self.capacity:
            self.dropped += 1
        self._packets.append(datagram)

    def pop(self) -> Datagram | None:
        """Return the packet that has waited longest, None if there is none."""
        return self._packets.popleft() if self._packets else None

    def __len__(self) -> int:
        """Return how many packets wait."""
        return len(self._packets)

    def information(self) -> dict[str, Any]:
        """Return capacity and size."""
        return {"capacity": self.capacity, "size": len(self)}


Factory = Callable[[Mapping[str, Any]], PacketQueue]
"""Makes a queue from what stands in `dhcp-queue-control`; ValueError with the reason if it cannot."""


class QueueTypes:
    """The kinds of queue by name."""

    def __init__(self, ring: str) -> None:
        """Begin with the ring under the name *ring*."""
        self._factories: dict[str, Factory] = {ring: _ring}

    def register(self, name: str, factory: Factory) -> None:
        """Add a kind; ValueError if the name is taken."""
        if name in self._factories:
            raise ValueError(f"there is a packet queue of the type '{name}' already")
        self._factories[name] = factory

    def deregister(self, name: str) -> None:
        """Take a kind away again; a queue of it that is in use stays so until the next configuration."""
        self._factories.pop(name, None)

    def make(self, name: str, parameters: Mapping[str, Any]) -> PacketQueue:
        """Return a new queue; ValueError with the reason if there is no such kind or it refuses its parameters."""
        factory = self._factories.get(name)
        if factory is None:
            raise ValueError(f"the type of the packet queue: '{name}' is not supported")
        return factory(parameters)


def _ring(parameters: Mapping[str, Any]) -> Ring:
    """Return a ring of the configured capacity."""
    capacity = parameters["capacity"]
    if capacity < 1:
        raise ValueError("a packet queue of capacity 0 would drop every packet")
    return Ring(capacity)
