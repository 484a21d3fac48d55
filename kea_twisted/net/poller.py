"""One descriptor for the reactor, all service sockets behind it: what makes a wake-up cheap.

A turn of the reactor costs about as much as receiving a dozen datagrams. So once awake this stays: it serves whichever
sockets are ready, and looks again for a millisecond before it gives the reactor its turn. Commands and timers wait for
that millisecond, and under load for STAY seconds at most.

A look at the sockets, the caches it fills again, the write of leases and the write of log lines cost as much for one
datagram as for ten. So looks follow one another no faster than every PACE seconds: a lone datagram is served at once,
and of a stream several are served together. Not here: what is read.
"""

from __future__ import annotations

import select
import time
from typing import Final

from twisted.internet.interfaces import IReadDescriptor
from twisted.logger import Logger
from twisted.python.failure import Failure
from zope.interface import implementer

from kea_twisted.net.backlog import Backlog
from kea_twisted.net.reactor import Reactor, Reader

LINGER: Final = 0.001
"""Seconds to wait for more; the finest that epoll counts."""

STAY: Final = 0.02
"""Seconds after which the reactor gets its turn, whatever is waiting."""

EMPTYING: Final = 8
"""How often each socket is read before the server gets its portion: at 64 datagrams each, more than can come in."""

PACE: Final = 0.001
"""Seconds between two looks at the sockets while datagrams keep coming."""


@implementer(IReadDescriptor)
class Poller:
    """Watch readers on behalf of a reactor. backlog: where they put what they read, if not straight to the server."""

    _log = Logger(namespace="net")

    def __init__(self, reactor: Reactor) -> None:
        self.backlog: Backlog | None = None
        self._reactor = reactor
        self._epoll: select.epoll | None = None
        self._readers: dict[int, Reader] = {}

    def addReader(self, reader: Reader) -> None:
        """Watch a descriptor."""
        if self._epoll is None:
            # Made as late as this, because a daemon that forks would share it with its parent.
            self._epoll = select.epoll()
            self._reactor.addReader(self)
        descriptor = reader.fileno()
        self._readers[descriptor] = reader
        self._epoll.register(descriptor, select.EPOLLIN)

    def removeReader(self, reader: Reader) -> None:
        """Watch it no more; the descriptor must still be open."""
        descriptor = reader.fileno()
        if self._epoll is None or self._readers.pop(descriptor, None) is None:
            return
        self._epoll.unregister(descriptor)
        if not self._readers:
            self._reactor.removeReader(self)
            self._epoll.close()
            self._epoll = None

    def fileno(self) -> int:
        """Return the descriptor for the reactor."""
        return -1 if self._epoll is None else self._epoll.fileno()

    def logPrefix(self) -> str:
        """Return what Twisted shows in its own log lines."""
        return "net"

    def connectionLost(self, reason: Failure) -> None:
        """Do nothing: the owner of the sockets closes them."""

    def doRead(self) -> None:
        """Serve the sockets that are ready, and those that get ready soon."""
        epoll = self._epoll
        assert epoll is not None
        if self.backlog is not None:
            self._serve_backlog(epoll, self.backlog)
            return
        clock = time.monotonic
        look = clock()
        end = look + STAY
        ready = epoll.poll(0)
        while ready:
            self._read(ready)
            now = clock()
            if now >= end or epoll.closed:
                return
            early = look + PACE - now
            if early > 0:
                time.sleep(early)
            ready = epoll.poll(LINGER)
            look = clock()

    def _read(self, ready: list[tuple[int, int]]) -> None:
        """Let the readers of ready descriptors read."""
        readers = self._readers
        for descriptor, _event in ready:
            reader = readers.get(descriptor)
            if reader is None:
                continue
            try:
                reader.doRead()
            except Exception:
                # Twisted would stop reading a descriptor that raises, and the server would be deaf.
                self._log.failure("error while a packet was read")

    def _serve_backlog(self, epoll: select.epoll, backlog: Backlog) -> None:
        """Empty the sockets into the queue and have a portion of it served, in turn."""
        clock = time.monotonic
        look = clock()
        end = look + STAY
        more = True
        while more:
            for _ in range(EMPTYING):
                ready = epoll.poll(0)
                if not ready:
                    break
                self._read(ready)
                if epoll.closed:
                    return
            try:
                more = backlog.serve()
            except Exception:
                self._log.failure("error while packets of the queue were served")
            if epoll.closed:
                return
            now = clock()
            if now >= end:
                break
            if not more:
                early = look + PACE - now
                if early > 0:
                    time.sleep(early)
                more = bool(epoll.poll(LINGER))
                look = clock()
        if more:
            self._reactor.callLater(0, self._go_on)

    def _go_on(self) -> None:
        """Serve what the queue still holds, unless that has been done meanwhile."""
        if self._epoll is not None and self.backlog is not None and len(self.backlog.queue):
            self._serve_backlog(self._epoll, self.backlog)
