"""The sender of name change requests: a queue with a limit, and a UDP socket that nobody waits for.

Requests go out in bursts, so that kea-dhcp-ddns can follow; what the socket does not take at once is tried again. What
becomes of updates when requests cannot be sent is for the listener to decide. ARM dhcpv4-d2-io-config.
"""

from __future__ import annotations

import errno
import socket
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from kea_twisted.ddns.ncr import NameChangeRequest
from kea_twisted.errors import KeaError

BURST: Final = 64
"""Requests sent at once."""

PAUSE: Final = 0.001
"""Seconds between bursts."""

RETRY: Final = 0.02
"""Seconds until the next try when the socket takes no more."""

_FULL: Final = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOBUFS, errno.EINTR})


class Clock(Protocol):
    """IReactorTime, as far as it is used here."""

    def callLater(self, delay: float, callable: Callable[..., object], *args: object) -> Any:  # noqa: A002
        """Call back in *delay* seconds."""


@dataclass(frozen=True, slots=True)
class Connection:
    """How kea-dhcp-ddns is reached: the connectivity parameters of `dhcp-ddns`. sender_ip: "" for any."""

    server_ip: str = "127.0.0.1"
    server_port: int = 53001
    sender_ip: str = ""
    sender_port: int = 0
    max_queue_size: int = 1024
    protocol: str = "UDP"
    format: str = "JSON"

    @property
    def sender(self) -> tuple[str, int]:
        """Where requests are sent from."""
        return self.sender_ip or ("::" if ":" in self.server_ip else "0.0.0.0"), self.sender_port  # noqa: S104

    def __str__(self) -> str:
        """Say all of it, in Kea's form."""
        address, port = self.sender
        return (
            f"enable_updates: yes, server-ip: {self.server_ip}, server-port: {self.server_port}, sender-ip: {address}, "
            f"sender-port: {port}, max-queue-size: {self.max_queue_size}, ncr-protocol: {self.protocol}, "
            f"ncr-format: {self.format}"
        )


class SenderListener(ABC):
    """Who is told what becomes of requests."""

    @abstractmethod
    def sent(self, request: NameChangeRequest) -> None:
        """Note that a request has left."""

    @abstractmethod
    def rejected(self, request: NameChangeRequest, reason: str) -> None:
        """Note that a request could not be queued: the queue is full."""

    @abstractmethod
    def failed(self, request: NameChangeRequest, reason: str) -> None:
        """Note that the system refused to send a request."""

    @abstractmethod
    def relieved(self) -> None:
        """Note that a queue that was full has room again."""


def bind(connection: Connection) -> socket.socket:
    """Return the socket to send from. Raises KeaError if the machine does not have its address or the port is taken."""
    family = socket.AF_INET6 if ":" in connection.server_ip else socket.AF_INET
    made = socket.socket(family, socket.SOCK_DGRAM)
    try:
        made.setblocking(False)
        # A new configuration may move the sender to another address of the same port while the old socket is open.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(connection.sender)
    except OSError as error:
        made.close()
        address, port = connection.sender
        where = f"sender-ip {address}, sender-port {port}"
        raise KeaError(f"Error starting DHCP_DDNS client: {where}: {error.strerror or error}") from error
    return made


class Sender:
    """Send requests over one connection. queue: those that wait, the oldest first."""

    def __init__(
        self,
        reactor: Clock,
        connection: Connection,
        transport: socket.socket,
        listener: SenderListener,
        queue: Iterable[NameChangeRequest] = (),
    ) -> None:
        self.connection = connection
        self.transport = transport
        self.queue = deque(queue, connection.max_queue_size)
        self._reactor = reactor
        self._listener = listener
        self._due: Any = None
        self._full = False
        if self.queue:
            self._due = reactor.callLater(0, self._again)

    def send(self, requests: Iterable[NameChangeRequest]) -> None:
        """Queue requests and send what can be sent."""
        queue, limit = self.queue, self.connection.max_queue_size
        for request in requests:
            if len(queue) >= limit and self._due is None:
                self._drain()
            if len(queue) >= limit:
                self._full = True
                self._listener.rejected(request, f"the queue has reached its maximum of {limit} requests")
            else:
                queue.append(request)
        if self._due is None:
            self._drain()

    def stop(self) -> None:
        """Send no more; what is in the queue stays there."""
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def close(self) -> None:
        """Stop and let go of the socket."""
        self.stop()
        self.transport.close()

    def _again(self) -> None:
        self._due = None
        self._drain()

    def _drain(self) -> None:
        """Send a burst; come back for the rest."""
        queue = self.queue
        target = (self.connection.server_ip, self.connection.server_port)
        pause = PAUSE
        for _ in range(min(BURST, len(queue))):
            request = queue[0]
            try:
                self.transport.sendto(request.pack(), target)
            except OSError as error:
                if error.errno in _FULL:
                    pause = RETRY
                    break
                self._listener.failed(request, error.strerror or str(error))
                return
            queue.popleft()
            self._listener.sent(request)
        if queue:
            self._due = self._reactor.callLater(pause, self._again)
        if self._full and len(queue) <= self.connection.max_queue_size // 2:
            self._full = False
            self._listener.relieved()
