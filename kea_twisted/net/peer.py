"""The socket between kea-dhcp4 and kea-dhcp6 on one machine: UDP on ::1, from a port of ours to a port of theirs.

It is connected, so that nobody else on the machine is heard, and so that a partner that is not there makes itself felt.
Not here: what is said (:mod:`kea_twisted.wire.over6`).
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Final

from twisted.internet.interfaces import IReadDescriptor
from twisted.python.failure import Failure
from zope.interface import implementer

from kea_twisted.net.reactor import Watcher
from kea_twisted.net.reader import BATCH, LARGEST, enlarge

LOOPBACK: Final = "::1"


@implementer(IReadDescriptor)
class PeerSocket:
    """One end of the connection. received: called with each message; failed: with each error of the socket."""

    def __init__(
        self,
        watcher: Watcher,
        port: int,
        peer_port: int,
        received: Callable[[bytes], None],
        failed: Callable[[OSError], None],
    ) -> None:
        """Open the socket, not reading yet. Raises OSError."""
        self._watcher = watcher
        self._received = received
        self._failed = failed
        self._socket = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        try:
            self._socket.setblocking(False)
            enlarge(self._socket)
            self._socket.bind((LOOPBACK, port))
            self._socket.connect((LOOPBACK, peer_port))
        except OSError:
            self._socket.close()
            raise

    def start(self) -> None:
        """Begin to read."""
        self._watcher.addReader(self)

    def close(self) -> None:
        """Stop reading and close; a second call does nothing."""
        if self._socket.fileno() >= 0:
            self._watcher.removeReader(self)
            self._socket.close()

    def send(self, octets: bytes) -> None:
        """Send one message. Raises OSError."""
        self._socket.send(octets)

    def fileno(self) -> int:
        """Return the descriptor for the reactor."""
        return self._socket.fileno()

    def logPrefix(self) -> str:
        """Return what Twisted shows in its own log lines."""
        return "dhcp4o6"

    def connectionLost(self, reason: Failure) -> None:
        """Close, because the reactor stops."""
        self.close()

    def doRead(self) -> None:
        """Hand over what has arrived."""
        for _ in range(BATCH):
            try:
                octets = self._socket.recv(LARGEST)
            except BlockingIOError:
                return
            except OSError as error:
                # The last message found nobody (ECONNREFUSED); the socket goes on.
                self._failed(error)
                continue
            self._received(octets)
            if self._socket.fileno() < 0:
                return


def interface_index(name: str) -> int:
    """Return the index of an interface of this machine, 0 if there is none of that name."""
    try:
        return socket.if_nametoindex(name)
    except (OSError, ValueError):
        return 0
