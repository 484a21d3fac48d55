"""Packets of one client one after another, where one of them waits for a hook library: both servers, no socket."""

from __future__ import annotations

from typing import Any

import pytest

from kea_twisted.base.address import parse6 as parse6_address
from kea_twisted.control.network_state import NetworkState
from kea_twisted.daemons.dispatcher import Dispatcher, DispatchMessages
from kea_twisted.hooks.callout import NO_CALLOUTS
from kea_twisted.hooks.parking import Ticket
from kea_twisted.log.logger import Logger
from kea_twisted.log.message import ERROR, Message
from kea_twisted.server.outcome import Send
from kea_twisted.server.turns import LONGEST
from kea_twisted.wire.packet import Receipt
from tests.support.packets import DISCOVER, SOLICIT, Option, innermost, parse4, parse6, query4, query6
from tests.support.server4 import Server4
from tests.support.server6 import LINK, Server6

SUBNETS = {
    4: {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.0/24"}]}]},
    6: {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "interface": "eth0", "pools": [{"pool": "2001:db8::/64"}]}]},
}


class Front:
    """A server whose library parks each query at *point* until it is told to let go. answered: the transactions."""

    def __init__(self, family: int, point: str = "") -> None:
        self.family = family
        self.tickets: list[Ticket] = []
        self.answered: list[int] = []
        self.dropped = 0
        self.pending = 0
        callouts = {point or f"pkt{family}_receive": lambda handle: self.tickets.append(handle.park())}
        made: Any = (Server4 if family == 4 else Server6)(SUBNETS[family], callouts)
        self.made = made
        failed = Message("FAILED", ERROR, "{}")
        logger = Logger("test")
        logger.emit = lambda _logger, _message, arguments: pytest.fail(str(arguments))
        self.dispatcher = Dispatcher(
            made.server,
            made.leases,
            NetworkState(),
            lambda: made.now,
            logger,
            DispatchMessages(failed, failed, failed, failed),
            self,
            self,
            self,
        )

    def hear(self, client: int, transaction: int, *options: Option) -> None:
        """Receive a query."""
        if self.family == 4:
            octets = query4(DISCOVER, client, *options, xid=transaction).pack()
            receipt = Receipt("eth0", 2, 0xFFFFFFFF, 67, 0, 68, b"", self, 0xC0000201)
        else:
            octets = query6(SOLICIT, client, (3, bytes(12)), *options, xid=transaction).pack()
            receipt = Receipt("eth0", 2, parse6_address(LINK), 547, 0xFE80 << 112 | client, 546, b"", self)
        self.dispatcher.deliver([(octets, receipt)])

    def send(self, octets: bytes, _reply: Any) -> None:
        self.answered.append(parse4(octets).xid if self.family == 4 else innermost(parse6(octets)).xid)

    @property
    def waiting(self) -> int:
        """How many clients are noted as having a query that waits."""
        return len(self.made.server.turns.waiting)

    def hold(self, _thread: int) -> None: ...

    def release(self) -> None: ...

    def leases_committed(self) -> None: ...

    def packets_ignored(self, count: int) -> None: ...

    def answers_taken_back(self, sends: list[Send]) -> None: ...

    def packet_dropped(self) -> None:
        self.dropped += 1

    def count(self) -> Any:
        """Return how many packets the server counted as dropped."""
        return self.made.statistics.get(f"pkt{self.family}-receive-drop", self.made.now).value


@pytest.fixture(params=[4, 6], ids=["dhcp4", "dhcp6"])
def front(request: pytest.FixtureRequest) -> Front:
    return Front(request.param)


def test_the_second_query_of_a_client_waits_for_the_first_and_others_do_not(front: Front) -> None:
    front.hear(1, 11)
    front.hear(1, 12)
    front.hear(2, 21)
    assert len(front.tickets) == 2
    front.tickets[1].unpark()
    assert front.answered == [21]
    front.tickets[0].unpark()
    assert front.answered == [21, 11]
    front.tickets[2].unpark()
    assert front.answered == [21, 11, 12]
    assert (front.waiting, front.dispatcher.parked, front.count()) == (0, 0, 0)


def test_a_query_that_is_repeated_while_it_waits_is_answered_once(front: Front) -> None:
    for transaction in (11, 11, 12, 12, 11):
        front.hear(1, transaction)
    assert front.count() == 3
    front.tickets[0].unpark()
    front.tickets[1].unpark()
    assert front.answered == [11, 12]
    front.hear(1, 12)
    assert len(front.tickets) == 3


def test_one_query_waits_and_the_last_that_came_is_the_one(front: Front) -> None:
    for transaction in (11, 12, 13, 14):
        front.hear(1, transaction)
    assert (front.dropped, front.dispatcher.parked) == (2, 2)
    front.tickets[0].unpark()
    front.tickets[1].unpark()
    assert front.answered == [11, 14]


def test_the_next_query_goes_on_when_the_one_before_is_dropped(front: Front) -> None:
    front.hear(1, 11)
    front.hear(1, 12)
    front.tickets[0].drop()
    front.tickets[1].unpark()
    assert front.answered == [12]
    assert front.waiting == 0


@pytest.mark.parametrize("step", [LONGEST + 1, -3600])
def test_a_query_that_a_library_forgot_keeps_its_client_waiting_for_a_while_only(front: Front, step: float) -> None:
    front.hear(1, 11)
    front.made.now += step
    front.hear(1, 12)
    assert len(front.tickets) == 2
    front.hear(1, 13)
    assert len(front.tickets) == 2
    front.tickets[0].unpark()
    assert front.answered == [11]
    front.tickets[1].unpark()
    front.tickets[2].unpark()
    assert front.answered == [11, 12, 13]
    assert front.waiting == 0


def test_what_waits_before_it_is_read_does_not_know_its_client_and_waits_for_its_turn_later() -> None:
    for family in (4, 6):
        front = Front(family, f"buffer{family}_receive")
        front.hear(1, 11)
        front.hear(1, 12)
        assert (len(front.tickets), front.waiting) == (2, 0)
        for ticket in front.tickets:
            ticket.unpark()
        assert front.answered == [11, 12]


def test_a_client_is_known_by_identifier_and_by_hardware_address() -> None:
    front = Front(4)
    front.hear(1, 11, (61, b"\1same"))
    front.hear(2, 12, (61, b"\1same"))
    front.hear(1, 13, (61, b"\1other"))
    assert len(front.tickets) == 1
    front.tickets[0].unpark()
    assert len(front.tickets) == 2
    front.tickets[1].unpark()
    assert front.answered == [11, 13]


def test_nobody_goes_on_when_the_daemon_stops(front: Front) -> None:
    front.hear(1, 11)
    front.hear(1, 12)
    front.dispatcher.stop()
    assert len(front.tickets) == 1
    assert (front.answered, front.dispatcher.parked) == ([], 0)


def test_a_query_that_waits_is_answered_whatever_becomes_of_the_library(front: Front) -> None:
    front.hear(1, 11)
    front.made.server.callouts = NO_CALLOUTS
    front.tickets[0].unpark()
    assert front.answered == [11]
