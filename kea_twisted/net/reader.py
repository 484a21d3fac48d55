"""A socket that hands over what arrived in batches: up to 64 datagrams a wake-up of the reactor.

Whoever gets a batch answers all of it at once, so that the leases of a wake-up cost one write.
"""

from __future__ import annotations

import socket
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from twisted.internet.interfaces import IReadDescriptor
from twisted.python.failure import Failure
from zope.interface import implementer

from kea_twisted.net.interfaces import Interface
from kea_twisted.net.reactor import Watcher
from kea_twisted.wire.packet import Packet, Receipt

BATCH: Final = 64
"""Datagrams a wake-up: enough to share a write among a burst, few enough to let timers and commands in."""

LARGEST: Final = 65535

_SO_RCVBUFFORCE: Final = 33
_WAITING_ROOM: Final = 4 << 20

Batch = list[tuple[bytes, Receipt]]
Deliver = Callable[[Batch], None]


@implementer(IReadDescriptor)
class BatchReader:
    """Read one socket whenever the reactor says so. Subclasses turn what they receive into (message, receipt)."""

    def __init__(self, opened: socket.socket, name: str, watcher: Watcher, deliver: Deliver) -> None:
        opened.setblocking(False)
        self._socket = opened
        self._name = name
        self._watcher = watcher
        self._deliver = deliver

    def start(self) -> None:
        """Begin to read."""
        self._watcher.addReader(self)

    def close(self) -> None:
        """Stop reading and close the socket; a second call does nothing."""
        if self._socket.fileno() >= 0:
            self._watcher.removeReader(self)
            self._socket.close()

    def fileno(self) -> int:
        """Return the descriptor for the reactor."""
        return self._socket.fileno()

    def logPrefix(self) -> str:
        """Return what Twisted shows in its own log lines."""
        return self._name

    def connectionLost(self, reason: Failure) -> None:
        """Close, because the reactor stops."""
        self.close()

    def doRead(self) -> None:
        """Hand over what has arrived."""
        batch: Batch = []
        try:
            self._receive(batch)
        except OSError:
            # Nothing more to read, or news of the link (ENETDOWN once when it goes down); neither is for us.
            pass
        if batch:
            self._deliver(batch)

    def _receive(self, batch: Batch) -> None:
        """Append up to BATCH messages; end by the OSError of an empty socket, or by the count."""
        raise NotImplementedError


def enlarge(opened: socket.socket) -> None:
    """Let a second's worth of packets wait in the kernel while something else takes the processor."""
    try:
        opened.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _WAITING_ROOM)
    except PermissionError:
        # Beyond net.core.rmem_max only with CAP_NET_ADMIN.
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _WAITING_ROOM)


class Endpoint(NamedTuple):
    """A socket that ought to be open.

    kind: which class of socket, a word of its family. label: its name in logs and in status-get.
    """

    kind: str
    ifname: str
    ifindex: int
    mac: bytes
    address: int
    label: str


class ServiceSocket(BatchReader):
    """A socket that DHCP service runs on: it receives queries and sends the answers to them.

    address, port: where it is bound.
    """

    def __init__(
        self, opened: socket.socket, endpoint: Endpoint, port: int, watcher: Watcher, deliver: Deliver
    ) -> None:
        super().__init__(opened, endpoint.label, watcher, deliver)
        self.endpoint = endpoint
        self.address = endpoint.address
        self.port = port
        self._names = {endpoint.ifindex: endpoint.ifname}

    def send(self, octets: bytes, reply: Packet) -> None:
        """Send *octets* where *reply* says. Raises OSError."""
        raise NotImplementedError

    def meet(self, neighbours: Sequence[ServiceSocket]) -> None:
        """Learn which sockets are open on the same interface now, in the order of their opening."""

    def interface_name(self, index: int) -> str:
        """Return the name of an interface; a datagram may come in on another one than the address belongs to."""
        name = self._names.get(index)
        if name is None:
            try:
                name = socket.if_indextoname(index)
            except OSError:
                name = self.endpoint.ifname
            self._names[index] = name
        return name


class SocketRules(ABC):
    """What a family and a configuration make of an interface: which sockets, and how each is opened.

    Two rules compare equal if they want the same, so that a reload leaves their sockets alone.
    """

    @property
    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """The interfaces asked for by name."""

    @abstractmethod
    def endpoints(self, interface: Interface) -> tuple[list[Endpoint], str]:
        """Return the sockets to open on *interface*; and why something asked for is missing, "" if nothing is."""

    @abstractmethod
    def open_socket(self, endpoint: Endpoint, watcher: Watcher, deliver: Deliver) -> ServiceSocket:
        """Return the open socket of *endpoint*, not reading yet. Raises OSError."""
