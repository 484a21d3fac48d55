"""The set of service sockets follows the configuration and the machine; fake sockets, virtual time."""

from __future__ import annotations

import errno
import os
import re
import resource

import pytest
from twisted.internet.task import Clock

from kea_twisted.net.interfaces import Interface, Interfaces
from kea_twisted.net.reactor import Reactor
from kea_twisted.net.reader import Batch, Deliver, Endpoint, ServiceSocket, SocketRules
from kea_twisted.net.sockets import RetryPolicy, ServiceSockets, SocketListener


class FakeReactor(Clock):
    """Time, and no descriptors."""

    def addReader(self, reader: object) -> None:
        """Forget it."""

    def removeReader(self, reader: object) -> None:
        """Forget it."""


class FakeSocket(ServiceSocket):
    """Open until closed."""

    def __init__(self, endpoint: Endpoint, deliver: Deliver, number: int) -> None:
        self.number = number
        self.endpoint = endpoint
        self.deliver = deliver
        self.is_open = True
        self.reading = False

    def start(self) -> None:
        self.reading = True

    def close(self) -> None:
        self.is_open = False

    def fileno(self) -> int:
        return self.number if self.is_open else -1


class World(SocketRules):
    """One socket an interface address; addresses in *busy* cannot be opened, for *error*."""

    def __init__(self) -> None:
        self.busy: set[int] = set()
        self.numbers: dict[int, int] = {}
        self.error = OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
        self.machine: Interfaces = {}
        self.opened: list[FakeSocket] = []

    @property
    def names(self) -> tuple[str, ...]:
        return ("eth0",)

    def endpoints(self, interface: Interface) -> tuple[list[Endpoint], str]:
        found = [
            Endpoint("raw", interface.name, interface.index, b"", address, f"{interface.name}/{address}")
            for address in interface.addresses4
        ]
        return found, "" if found else "no address"

    def open_socket(self, endpoint: Endpoint, reactor: Reactor, deliver: Deliver) -> ServiceSocket:
        if endpoint.address in self.busy:
            raise self.error
        made = FakeSocket(endpoint, deliver, self.numbers.get(endpoint.address, 9))
        self.opened.append(made)
        return made

    def has(self, *addresses: int) -> None:
        self.machine = {"eth0": Interface("eth0", 2, addresses4=addresses)}


class Notes(SocketListener):
    """What was told, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def socket_opened(self, label: str) -> None:
        self.told.append(("opened", label))

    def socket_closed(self, label: str) -> None:
        self.told.append(("closed", label))

    def socket_failed(self, label: str, reason: str) -> None:
        self.told.append(("failed", label, reason))

    def sockets_given_up(self, failures: dict[str, str], fatal: bool) -> None:
        self.told.append(("given up", sorted(failures), fatal))


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def clock() -> FakeReactor:
    return FakeReactor()


def sockets_of(world: World, notes: Notes, clock: FakeReactor, heard: list[Batch] | None = None) -> ServiceSockets:
    deliver = (lambda batch: None) if heard is None else heard.append
    return ServiceSockets(clock, deliver, notes, lambda: world.machine)


def test_an_address_that_comes_later_is_served_then(world: World, notes: Notes, clock: FakeReactor) -> None:
    world.has()
    sockets = sockets_of(world, notes, clock)
    sockets.configure(world, RetryPolicy())
    assert sockets.missing == {"eth0": "no address"}
    world.has(7)
    sockets.refresh()
    assert sockets.open_labels == ["eth0/7"]
    assert sockets.missing == {}


def test_an_interface_that_vanishes_is_let_go_and_served_again_when_it_returns(
    world: World, notes: Notes, clock: FakeReactor
) -> None:
    world.has(7)
    sockets = sockets_of(world, notes, clock)
    sockets.configure(world, RetryPolicy())
    sockets.start_reading()
    world.machine = {}
    sockets.refresh()
    assert not world.opened[0].is_open
    assert sockets.missing == {"eth0": "the interface does not exist"}
    world.has(7)
    sockets.refresh()
    assert world.opened[1].reading
    sockets.close()


@pytest.mark.arm("V4-088")
def test_a_busy_port_leaves_the_other_sockets_open(world: World, notes: Notes, clock: FakeReactor) -> None:
    world.has(7, 8)
    world.busy = {8}
    sockets = sockets_of(world, notes, clock)
    sockets.configure(world, RetryPolicy())
    assert sockets.open_labels == ["eth0/7"]
    assert notes.told[-1] == ("given up", ["eth0/8"], False)


@pytest.mark.arm("V4-090")
@pytest.mark.arm("V4-091")
@pytest.mark.arm("V4-092")
def test_failed_sockets_are_retried_as_often_as_configured(world: World, notes: Notes, clock: FakeReactor) -> None:
    world.has(7)
    world.busy = {7}
    sockets = sockets_of(world, notes, clock)
    sockets.configure(world, RetryPolicy(False, 2, 5000))
    clock.advance(4.9)
    assert sockets.retrying
    clock.advance(0.1)
    assert sockets.retrying
    clock.advance(5)
    assert not sockets.retrying
    assert notes.told == [
        ("failed", "eth0/7", "Address already in use; is another DHCP server running?"),
        ("given up", ["eth0/7"], False),
    ]


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.EACCES, "Permission denied; .* take root, or CAP_NET_BIND_SERVICE and CAP_NET_RAW"),
        (errno.EPERM, "Operation not permitted; .* take root, or CAP_NET_BIND_SERVICE and CAP_NET_RAW"),
        (errno.EMFILE, "Too many open files; .* LimitNOFILE of the unit"),
        (errno.ENODEV, "No such device"),
    ],
)
def test_the_reason_says_what_to_look_at(
    world: World, notes: Notes, clock: FakeReactor, number: int, hint: str
) -> None:
    world.has(7)
    world.busy = {7}
    world.error = OSError(number, os.strerror(number))
    sockets = sockets_of(world, notes, clock)
    sockets.configure(world, RetryPolicy())
    assert re.fullmatch(hint, sockets.missing["eth0/7"])


def test_descriptors_are_left_for_all_else(world: World, notes: Notes, clock: FakeReactor) -> None:
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    world.has(7, 8)
    world.numbers = {7: limit - 65, 8: limit - 64}
    sockets = sockets_of(world, notes, clock)
    sockets.configure(world, RetryPolicy())
    assert sockets.open_labels == ["eth0/7"]
    assert "Too many open files" in sockets.missing["eth0/8"]
    assert [made.is_open for made in world.opened] == [True, False]


def test_a_retry_that_succeeds_ends_the_retrying(world: World, notes: Notes, clock: FakeReactor) -> None:
    world.has(7)
    world.busy = {7}
    sockets = sockets_of(world, notes, clock)
    sockets.configure(world, RetryPolicy(True, 9, 1000))
    world.busy.clear()
    clock.advance(1)
    assert sockets.open_labels == ["eth0/7"]
    assert not clock.getDelayedCalls()
    assert ("given up", ["eth0/7"], True) not in notes.told


@pytest.mark.arm("V4-089")
def test_with_require_all_giving_up_is_fatal(world: World, notes: Notes, clock: FakeReactor) -> None:
    world.has(7, 8)
    world.busy = {8}
    sockets_of(world, notes, clock).configure(world, RetryPolicy(True, 0, 5000))
    assert notes.told[-1] == ("given up", ["eth0/8"], True)


def test_the_same_wishes_leave_sockets_alone(world: World, notes: Notes, clock: FakeReactor) -> None:
    world.has(7)
    sockets = sockets_of(world, notes, clock)
    sockets.configure(world, RetryPolicy())
    sockets.configure(world, RetryPolicy())
    assert len(world.opened) == 1
    assert world.opened[0].is_open


def test_nothing_is_heard_before_reading_starts_nor_after_closing(
    world: World, notes: Notes, clock: FakeReactor
) -> None:
    world.has(7)
    heard: list[Batch] = []
    sockets = sockets_of(world, notes, clock, heard)
    sockets.configure(world, RetryPolicy())
    world.opened[0].deliver([])
    assert heard == []
    sockets.start_reading()
    world.opened[0].deliver([])
    sockets.close()
    world.opened[0].deliver([])
    assert len(heard) == 1
