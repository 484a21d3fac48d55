"""Queues of received packets, and the backlog that fills and empties them between the sockets and the server."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from twisted.internet.task import Clock
from twisted.logger import globalLogPublisher

from kea_twisted.net.backlog import PORTION, Backlog
from kea_twisted.net.packet_queue import Datagram, PacketQueue, QueueTypes, Ring
from kea_twisted.net.poller import STAY, Poller
from kea_twisted.net.reader import Batch, BatchReader
from kea_twisted.wire.packet import Receipt

RECEIPT = Receipt("eth0", 2, 0, 67, 0, 68)


def datagrams(*numbers: int) -> Batch:
    return [(str(number).encode(), RECEIPT) for number in numbers]


def numbers(batch: Batch) -> list[int]:
    return [int(octets) for octets, _receipt in batch]


@pytest.mark.arm("CG-002", "CG-007")
def test_a_full_ring_drops_the_oldest_and_holds_no_more_than_its_capacity() -> None:
    ring = Ring(3)
    for datagram in datagrams(*range(10_000)):
        ring.push(datagram)
        assert len(ring) <= 3
    assert ring.dropped == 9_997
    assert ring.information() == {"capacity": 3, "size": 3}
    assert [ring.pop() for _ in range(4)] == [*datagrams(9_997, 9_998, 9_999), None]


@pytest.mark.arm("CG-003", "CG-006", "CG-008")
def test_kinds_of_queue_come_and_go() -> None:
    types = QueueTypes("kea-ring4")
    assert isinstance(types.make("kea-ring4", {"capacity": 5}), Ring)
    mine = Ring(9)
    types.register("mine", lambda parameters: mine)
    assert types.make("mine", {}) is mine
    with pytest.raises(ValueError, match="'mine' already"):
        types.register("mine", lambda parameters: mine)
    types.deregister("mine")
    with pytest.raises(ValueError, match="'mine' is not supported"):
        types.make("mine", {})
    with pytest.raises(ValueError, match="capacity 0"):
        types.make("kea-ring4", {"capacity": 0})


def test_a_backlog_is_served_in_portions_and_tells_what_was_dropped() -> None:
    served: list[int] = []
    dropped: list[int] = []
    backlog = Backlog(Ring(100), lambda batch: served.extend(numbers(batch)), dropped.append)
    backlog.take(datagrams(*range(150)))
    assert backlog.serve() is True
    assert served == list(range(50, 50 + PORTION))
    assert backlog.serve() is False
    assert served == list(range(50, 150))
    assert backlog.serve() is False
    assert dropped == [50]
    backlog.take(datagrams(1, 2))
    assert numbers(backlog.empty()) == [1, 2]


class Broken(PacketQueue):
    """A queue as a hook library should not have it."""

    def push(self, datagram: Datagram) -> None:
        if datagram[0] == b"1":
            raise RuntimeError("push")

    def pop(self) -> Datagram | None:
        raise RuntimeError("pop")

    def __len__(self) -> int:
        return 5


def test_a_queue_that_fails_harms_nobody() -> None:
    events: list[Any] = []
    globalLogPublisher.addObserver(events.append)
    try:
        backlog = Backlog(Broken(), lambda _batch: None, lambda _dropped: None)
        backlog.take(datagrams(1, 2))
        assert backlog.serve() is False
        assert backlog.empty() == []
    finally:
        globalLogPublisher.removeObserver(events.append)
    assert [event["log_failure"].getErrorMessage() for event in events] == ["push", "pop", "pop"]


class End(BatchReader):
    """A reader on one end of a socket pair; the test writes numbers into the other."""

    def __init__(self, poller: Poller) -> None:
        here, self.there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        super().__init__(here, "end", poller, self._take)
        self.poller = poller

    def send(self, *values: int) -> None:
        for value in values:
            self.there.send(str(value).encode())

    def _receive(self, batch: Batch) -> None:
        for _ in range(2):
            batch.append((self._socket.recv(100), RECEIPT))

    def _take(self, batch: Batch) -> None:
        assert self.poller.backlog is not None
        self.poller.backlog.take(batch)

    def close(self) -> None:
        super().close()
        self.there.close()


class Reactor(Clock):
    """Time, and no descriptors."""

    def addReader(self, reader: object) -> None:
        """Forget it."""

    def removeReader(self, reader: object) -> None:
        """Forget it."""


class World:
    """A poller with a backlog, and two sockets. served: the portions that the server got."""

    def __init__(self) -> None:
        self.served: list[list[int]] = []
        self.then: Any = None
        self.reactor = Reactor()
        self.poller = Poller(self.reactor)
        self.poller.backlog = Backlog(Ring(4), self._serve, lambda _dropped: None)
        self.ends = [End(self.poller), End(self.poller)]
        for end in self.ends:
            end.start()

    def _serve(self, batch: Batch) -> None:
        self.served.append(numbers(batch))
        if self.then is not None:
            self.then()


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    for end in made.ends:
        end.close()


@pytest.mark.arm("CG-001", "CG-002")
def test_sockets_are_emptied_before_the_server_gets_its_portion(world: World) -> None:
    world.ends[0].send(1, 2, 3, 4, 5)
    world.ends[1].send(6, 7)
    world.poller.doRead()
    assert [len(portion) for portion in world.served] == [4]
    assert 5 in world.served[0] and 7 in world.served[0]
    assert 1 not in world.served[0]


def test_what_comes_while_packets_are_answered_is_served_in_the_same_turn(world: World) -> None:
    def more() -> None:
        world.then = None
        world.ends[1].send(*range(10, 20))

    world.then = more
    world.ends[0].send(1)
    world.poller.doRead()
    assert world.served == [[1], [16, 17, 18, 19]]


def test_the_reactor_gets_its_turn_and_the_rest_is_served_afterwards(world: World) -> None:
    backlog = world.poller.backlog = Backlog(Ring(200), world._serve, lambda _dropped: None)
    world.then = lambda: backlog.take(datagrams(*range(PORTION)))
    backlog.take(datagrams(*range(2 * PORTION)))
    begun = time.monotonic()
    world.poller.doRead()
    assert time.monotonic() - begun < STAY + 1
    assert len(world.served) > 2
    assert len(world.reactor.getDelayedCalls()) == 1
    world.then = None
    world.reactor.advance(0)
    assert len(backlog.queue) == 0
    assert world.reactor.getDelayedCalls() == []


def test_an_error_of_the_server_leaves_it_hearing(world: World) -> None:
    def fail() -> None:
        world.then = None
        raise RuntimeError("server")

    world.then = fail
    world.ends[0].send(1)
    world.poller.doRead()
    world.ends[0].send(2)
    world.poller.doRead()
    assert world.served == [[1], [2]]


def test_a_socket_that_is_closed_meanwhile_ends_the_turn(world: World) -> None:
    world.then = lambda: [end.close() for end in world.ends]
    world.ends[0].send(1)
    world.poller.doRead()
    assert world.served == [[1]]
