"""All service sockets of one server: opened, kept in step with the machine's interfaces, retried, and accounted for.

Not here: what arrives on them. ARM dhcp4-interface-configuration (service-sockets-*), requirement that no server sits
alive and deaf: what is configured and not open is always known, with the reason.
"""

from __future__ import annotations

import errno
import os
import resource
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kea_twisted.net.backlog import Backlog
from kea_twisted.net.interfaces import Interfaces, InterfaceWatch
from kea_twisted.net.packet_queue import PacketQueue
from kea_twisted.net.poller import Poller
from kea_twisted.net.reactor import Delayed, Reactor, Watcher
from kea_twisted.net.reader import Batch, Deliver, Endpoint, ServiceSocket, SocketRules

_PRIVILEGE: Final = "ports below 1024 and raw sockets take root, or CAP_NET_BIND_SERVICE and CAP_NET_RAW"
_RESERVE: Final = 64
"""File descriptors that are left for all else: the reactor, the control socket, the lease file, the log."""
_HINTS: Final = {
    errno.EADDRINUSE: "is another DHCP server running?",
    errno.EACCES: _PRIVILEGE,
    errno.EPERM: _PRIVILEGE,
    errno.EMFILE: "what limits it: ulimit -n, LimitNOFILE of the unit",
}


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """`service-sockets-require-all`, `-max-retries` and `-retry-wait-time` (milliseconds)."""

    require_all: bool = False
    max_retries: int = 0
    wait_ms: int = 5000


class SocketListener(ABC):
    """Who wants to know how the sockets fare; the daemon logs it."""

    @abstractmethod
    def socket_opened(self, label: str) -> None:
        """Note that a socket is open."""

    @abstractmethod
    def socket_closed(self, label: str) -> None:
        """Note that a socket was closed because its interface or address went away."""

    @abstractmethod
    def socket_failed(self, label: str, reason: str) -> None:
        """Note that a socket could not be opened; said once for each reason."""

    @abstractmethod
    def sockets_given_up(self, failures: dict[str, str], fatal: bool) -> None:
        """Note that the retries are used up. fatal: the configuration demands all sockets, so the server must stop."""


class ServiceSockets:
    """The sockets of one server. *detect* tells the interfaces; tests pass their own."""

    def __init__(
        self,
        reactor: Reactor,
        deliver: Deliver,
        listener: SocketListener,
        detect: Callable[[], Interfaces],
    ) -> None:
        self._reactor = reactor
        self._poller = Poller(reactor)
        self._deliver_batch = deliver
        self._listener = listener
        self._detect = detect
        self._rules: SocketRules | None = None
        self._policy = RetryPolicy()
        self._open: dict[Endpoint, ServiceSocket] = {}
        self._missing: dict[str, str] = {}
        self._retries = 0
        self._retry: Delayed | None = None
        self._reading = False
        self._watch = InterfaceWatch(reactor, self.refresh)

    @property
    def open_labels(self) -> list[str]:
        """The names of the open sockets."""
        return [endpoint.label for endpoint in self._open]

    @property
    def endpoints(self) -> list[Endpoint]:
        """What is open."""
        return list(self._open)

    @property
    def addresses(self) -> list[int]:
        """The addresses of the open sockets."""
        return [endpoint.address for endpoint in self._open]

    def on(self, ifname: str) -> list[ServiceSocket]:
        """Return the open sockets of an interface, in the order in which they were opened."""
        return [opened for endpoint, opened in self._open.items() if endpoint.ifname == ifname]

    @property
    def missing(self) -> dict[str, str]:
        """What is configured and not open: name to reason."""
        return dict(self._missing)

    @property
    def retrying(self) -> bool:
        """Whether another attempt is due."""
        return self._retry is not None

    def configure(self, rules: SocketRules, policy: RetryPolicy, interfaces: Interfaces | None = None) -> None:
        """Open what *rules* want and close what they do not; a socket wanted before and after stays open.

        interfaces: a fresh snapshot if the caller has one.
        """
        self._policy = policy
        self._retries = policy.max_retries
        self._cancel_retry()
        changed = type(rules) is not type(self._rules) or rules != self._rules
        self._rules = rules
        if changed:
            self._close_all()
        self._align(self._detect() if interfaces is None else interfaces)
        self._after_attempt()

    @property
    def watcher(self) -> Watcher:
        """What watches the sockets, for others whose news should not wait until the reactor gets its turn."""
        return self._poller

    @property
    def backlog(self) -> Backlog | None:
        """The queue between the sockets and the server, None if there is none."""
        return self._poller.backlog

    def set_queue(self, queue: PacketQueue | None, overflowed: Callable[[int], None]) -> None:
        """Have packets wait in *queue* from now on, or in none; those that wait already are answered before.

        overflowed: called with the number of packets that were dropped.
        """
        former = self._poller.backlog
        backlog = None if queue is None else Backlog(queue, self._deliver_batch, overflowed)
        self._poller.backlog = backlog
        left = [] if former is None else former.empty()
        if left and self._reading:
            self._deliver_batch(left)

    @property
    def max_retries(self) -> int:
        """How often opening is tried again, by the configuration in force."""
        return self._policy.max_retries

    def start_reading(self) -> None:
        """Begin to receive, and to follow the interfaces."""
        self._reading = True
        for opened in self._open.values():
            opened.start()
        self._watch.start()

    def refresh(self) -> None:
        """Look at the interfaces again: serve new ones, let go of those that vanished."""
        if self._rules is not None:
            self._align(self._detect())

    def close(self) -> None:
        """Close everything."""
        self._watch.stop()
        self._cancel_retry()
        self._reading = False
        self._rules = None
        self._close_all()
        self._missing = {}

    def _align(self, interfaces: Interfaces) -> None:
        """Make the open sockets those that the rules want on *interfaces*."""
        assert self._rules is not None
        wanted: dict[Endpoint, None] = {}
        missing: dict[str, str] = {}
        for interface in interfaces.values():
            endpoints, reason = self._rules.endpoints(interface)
            wanted.update(dict.fromkeys(endpoints))
            if reason:
                missing[interface.name] = reason
        for name in self._rules.names:
            if name not in interfaces:
                missing[name] = "the interface does not exist"
        for endpoint in [each for each in self._open if each not in wanted]:
            self._open.pop(endpoint).close()
            self._listener.socket_closed(endpoint.label)
        for endpoint in wanted:
            if endpoint not in self._open:
                self._try(endpoint, missing)
        for endpoint, opened in self._open.items():
            opened.meet(self.on(endpoint.ifname))
        for label, reason in missing.items():
            if self._missing.get(label) != reason:
                self._listener.socket_failed(label, reason)
        self._missing = missing

    def _try(self, endpoint: Endpoint, missing: dict[str, str]) -> None:
        """Open one socket, or note in *missing* why that failed."""
        assert self._rules is not None
        try:
            opened = self._rules.open_socket(endpoint, self._poller, self._deliver)
            if not _leaves_room(opened.fileno()):
                opened.close()
                raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        except OSError as error:
            missing[endpoint.label] = _reason(error)
            return
        self._open[endpoint] = opened
        self._listener.socket_opened(endpoint.label)
        if self._reading:
            opened.start()

    def _deliver(self, batch: Batch) -> None:
        """Pass a batch on, unless it was read before its socket was closed."""
        if self._reading:
            backlog = self._poller.backlog
            if backlog is None:
                self._deliver_batch(batch)
            else:
                backlog.take(batch)

    def _after_attempt(self) -> None:
        """Plan the next attempt, or give up, if something is missing."""
        if not self._missing:
            return
        if self._retries > 0:
            self._retries -= 1
            self._retry = self._reactor.callLater(self._policy.wait_ms / 1000, self._attempt_again)
        else:
            self._listener.sockets_given_up(dict(self._missing), self._policy.require_all)

    def _attempt_again(self) -> None:
        self._retry = None
        self.refresh()
        self._after_attempt()

    def _cancel_retry(self) -> None:
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None

    def _close_all(self) -> None:
        for opened in self._open.values():
            opened.close()
        self._open = {}


def _leaves_room(descriptor: int) -> bool:
    """Return whether there are enough descriptors left once one has this number, the lowest that was free."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return limit == resource.RLIM_INFINITY or descriptor < limit - min(_RESERVE, limit // 4)


def _reason(error: OSError) -> str:
    """Return why a socket could not be opened, and what to look at."""
    text = error.strerror or str(error)
    hint = _HINTS.get(error.errno or 0)
    return f"{text}; {hint}" if hint else text
