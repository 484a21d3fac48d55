"""A packet queue of one's own: the newest packet is answered first, and the oldest is dropped when there is no room.

To use it, name the library and the kind of queue, in Dhcp4 or Dhcp6:

    "hooks-libraries": [ { "library": "/etc/kea/hooks/newest_first.py" } ],
    "dhcp-queue-control": { "enable-queue": true, "queue-type": "newest-first", "capacity": 100 }
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from kea_twisted.hooks.library import LibraryHandle
from kea_twisted.net.packet_queue import Datagram, PacketQueue

NAME = "newest-first"


class NewestFirst(PacketQueue):
    """Packets on a pile: what came last lies on top."""

    def __init__(self, capacity: int) -> None:
        self._pile: deque[Datagram] = deque(maxlen=capacity)

    def push(self, datagram: Datagram) -> None:
        """Put a packet on top; without room for it, the one at the bottom goes."""
        if len(self._pile) == self._pile.maxlen:
            self.dropped += 1
        self._pile.append(datagram)

    def pop(self) -> Datagram | None:
        """Return the packet on top, None if there is none."""
        return self._pile.pop() if self._pile else None

    def __len__(self) -> int:
        """Return how many packets wait."""
        return len(self._pile)


def make(parameters: Mapping[str, Any]) -> NewestFirst:
    """Make a queue from what stands in dhcp-queue-control; capacity is there even if the configuration has none."""
    if not parameters["capacity"]:
        raise ValueError("newest-first: the capacity must not be 0")
    return NewestFirst(parameters["capacity"])


def load(library: LibraryHandle) -> None:
    """Register the kind of queue."""
    library.service("packet_queues").register(NAME, make)


def unload(library: LibraryHandle) -> None:
    """Take the kind away again; a queue that is in use stays until the next configuration."""
    library.service("packet_queues").deregister(NAME)
