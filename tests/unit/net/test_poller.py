"""All service sockets behind one descriptor: every ready one is served, an error in one harms none."""

from __future__ import annotations

import socket

import pytest
from twisted.logger import globalLogPublisher

from kea_twisted.net import poller as module
from kea_twisted.net.poller import PACE, STAY, Poller
from kea_twisted.net.reactor import Reader


class FakeReactor:
    """What the reactor watches."""

    def __init__(self) -> None:
        self.watched: list[Reader] = []

    def addReader(self, reader: Reader) -> None:
        self.watched.append(reader)

    def removeReader(self, reader: Reader) -> None:
        self.watched.remove(reader)


class End:
    """One end of a socket pair that counts what it reads."""

    def __init__(self) -> None:
        self.here, self.there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.read: list[bytes] = []
        self.then: object = None

    def fileno(self) -> int:
        return self.here.fileno()

    def doRead(self) -> None:
        self.read.append(self.here.recv(100))
        if callable(self.then):
            self.then()

    def close(self) -> None:
        self.here.close()
        self.there.close()


class Time:
    """A clock that goes on only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(module, "time", made)
    return made


@pytest.fixture
def ends() -> object:
    made = [End(), End()]
    yield made
    for end in made:
        end.close()


@pytest.fixture
def poller(ends: list[End]) -> object:
    made = Poller(FakeReactor())
    for end in ends:
        made.addReader(end)
    yield made
    for end in ends:
        made.removeReader(end)


def test_every_ready_socket_is_served_in_one_turn(poller: Poller, ends: list[End]) -> None:
    ends[0].there.send(b"a")
    ends[1].there.send(b"b")
    poller.doRead()
    assert [end.read for end in ends] == [[b"a"], [b"b"]]


def test_what_arrives_meanwhile_is_served_in_the_same_turn(poller: Poller, ends: list[End]) -> None:
    ends[0].then = lambda: None if ends[1].read else ends[1].there.send(b"b")
    ends[0].there.send(b"a")
    poller.doRead()
    assert ends[1].read == [b"b"]


def test_the_reactor_gets_its_turn_however_much_there_is(poller: Poller, ends: list[End], time: Time) -> None:
    ends[0].then = lambda: ends[0].there.send(b"again")
    ends[0].there.send(b"a")
    poller.doRead()
    assert STAY <= time.now < STAY + 2 * PACE
    assert len(ends[0].read) == round(STAY / PACE) + 1


def test_a_lone_datagram_is_served_at_once_and_a_stream_at_a_pace(poller: Poller, ends: list[End], time: Time) -> None:
    times: list[float] = []

    def read() -> None:
        times.append(time.now)
        if len(times) < 5:
            ends[0].there.send(b"next")

    ends[0].then = read
    ends[0].there.send(b"first")
    poller.doRead()
    assert times == pytest.approx([0, PACE, 2 * PACE, 3 * PACE, 4 * PACE])


def test_an_error_in_one_reader_is_logged_and_the_others_are_served(poller: Poller, ends: list[End]) -> None:
    events: list[object] = []
    globalLogPublisher.addObserver(events.append)
    try:
        ends[0].then = lambda: 1 / 0
        ends[0].there.send(b"a")
        ends[1].there.send(b"b")
        poller.doRead()
        ends[0].there.send(b"c")
        poller.doRead()
    finally:
        globalLogPublisher.removeObserver(events.append)
    assert ends[1].read == [b"b"]
    assert ends[0].read == [b"a", b"c"]
    assert len([event for event in events if "log_failure" in event]) == 2  # type: ignore[operator]


def test_the_reactor_watches_only_while_there_is_something_to_watch(ends: list[End]) -> None:
    reactor = FakeReactor()
    poller = Poller(reactor)
    assert reactor.watched == []
    poller.addReader(ends[0])
    assert reactor.watched == [poller]
    poller.removeReader(ends[0])
    poller.removeReader(ends[0])
    assert reactor.watched == []
    assert poller.fileno() == -1


def test_a_reader_may_go_while_it_is_served(ends: list[End]) -> None:
    poller = Poller(FakeReactor())
    poller.addReader(ends[0])
    ends[0].then = lambda: poller.removeReader(ends[0])
    ends[0].there.send(b"a")
    poller.doRead()
    assert ends[0].read == [b"a"]
