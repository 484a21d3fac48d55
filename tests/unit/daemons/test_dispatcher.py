"""What the dispatcher owes: leases before answers, one packet's trouble is its own, and packets that wait."""

from __future__ import annotations

from typing import Any

import pytest
from twisted.internet.defer import Deferred

from kea_twisted.control.network_state import USER, NetworkState
from kea_twisted.daemons.dispatcher import Dispatcher, DispatchMessages
from kea_twisted.errors import HookError, StoreError
from kea_twisted.hooks.callout import CalloutHandle, Callouts
from kea_twisted.hooks.parking import Ticket
from kea_twisted.log.logger import Logger
from kea_twisted.log.message import ERROR, Message
from kea_twisted.net.workers import GivenUp
from kea_twisted.server.exchange import Exchange
from kea_twisted.server.outcome import Drop, Outcome, Park, Send
from kea_twisted.wire.packet import Receipt
from kea_twisted.wire.v4 import Packet4

MESSAGES = DispatchMessages(
    Message("FAILED", ERROR, "{}"),
    Message("SEND_FAILED", ERROR, "{} {}"),
    Message("DISABLED", ERROR, "{}"),
    Message("FULL", ERROR, "{} {}"),
)


class World:
    """A server that says what it was told to say, a store and a socket, and the order in which they were used."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.lines: list[str] = []
        self.outcomes: dict[bytes, Any] = {}
        self.resumed: Outcome = Drop("nothing more")
        self.store_fails = False
        self.socket_fails = False
        self.dropped = 0
        self.updates = self
        self.told: list[str] = []
        self.network = NetworkState()
        logger = Logger("test")
        logger.emit = lambda _logger, message, arguments: self.lines.append(message.text.format(*arguments))
        self.taken_back: list[Send] = []
        self.dispatcher = Dispatcher(
            self,
            self,
            self.network,
            lambda: 1000.0,
            logger,
            MESSAGES,
            self,
            self,
            self,
        )
        self.pending = 0
        self.waiting: list[Any] = []
        self.committed = 0

    def packet_dropped(self) -> None:
        self.dropped += 1

    def packets_ignored(self, count: int) -> None:
        self.events.append(f"ignored {count}")

    def leases_committed(self) -> None:
        self.committed += 1

    def answers_taken_back(self, sends: list[Send]) -> None:
        self.taken_back.extend(sends)

    def receive(self, octets: bytes, receipt: Receipt, now: float) -> Outcome:
        self.events.append(f"receive {octets.decode()}")
        outcome = self.outcomes.get(octets) or self.answer(octets.decode())
        if isinstance(outcome, Exception):
            raise outcome
        return outcome  # type: ignore[no-any-return]

    def resume(self, exchange: Exchange, now: float) -> Outcome:
        self.events.append("resume")
        return self.resumed

    def note_parked(self, exchange: Exchange) -> None:
        self.waiting.append(exchange)

    def note_ended(self, exchange: Exchange) -> None:
        self.waiting = [each for each in self.waiting if each is not exchange]
        self.events.append("ended")

    def hold(self, _thread: int) -> None:
        self.events.append("hold")

    def release(self) -> None:
        self.events.append("release")

    def commit(self) -> None:
        if self.store_fails:
            raise StoreError("disk full")
        self.events.append("commit")

    def flush(self) -> None:
        self.told.append(f"told DNS after {self.events[-1]}")

    def forget(self) -> None:
        self.told.append("told DNS nothing")

    def send(self, octets: bytes, reply: Packet4) -> None:
        if self.socket_fails:
            raise OSError(101, "Network is unreachable")
        self.events.append(f"send {octets.decode()}")

    def answer(self, text: str) -> Send:
        reply = Packet4(2)
        reply.socket = self
        return Send(reply, text.encode())

    def deliver(self, *texts: str) -> list[str]:
        self.events.clear()
        self.dispatcher.deliver([(text.encode(), Receipt("eth0", 2, 0, 67, 0, 68)) for text in texts])
        return self.events


@pytest.fixture
def world() -> World:
    return World()


def test_leases_and_log_lines_of_a_batch_are_written_once_and_before_its_first_answer(world: World) -> None:
    steps = ["hold", "receive a", "receive b", "commit", "release", "send a", "send b"]
    assert world.deliver("a", "b") == steps
    assert world.committed == 1
    assert world.told == ["told DNS after release"]


def test_no_answer_leaves_when_the_leases_cannot_be_written(world: World) -> None:
    world.store_fails = True
    assert world.deliver("a", "b") == ["hold", "receive a", "receive b", "release"]
    assert world.dropped == 2
    assert world.committed == 0
    assert [send.octets for send in world.taken_back] == [b"a", b"b"]
    assert "disk full" in world.lines[0]
    assert world.told == ["told DNS nothing"]


def test_an_error_costs_one_packet_and_is_logged_with_its_place(world: World) -> None:
    world.outcomes[b"b"] = ZeroDivisionError("oops")
    assert world.deliver("a", "b", "c")[-2:] == ["send a", "send c"]
    assert world.dropped == 1
    assert "ZeroDivisionError: oops" in world.lines[0]
    assert "test_dispatcher.py" in world.lines[0]


def test_an_answer_that_cannot_be_sent_is_logged_and_the_next_one_goes_out(world: World) -> None:
    world.socket_fails = True
    world.deliver("a")
    assert "Network is unreachable" in world.lines[0]
    assert [send.octets for send in world.taken_back] == [b"a"]
    assert world.dropped == 0
    world.socket_fails = False
    assert world.deliver("b")[-1] == "send b"


def test_while_service_is_disabled_nothing_is_looked_at(world: World) -> None:
    world.network.disable(USER)
    assert world.deliver("a", "b") == ["ignored 2"]
    world.network.enable(USER)
    assert world.deliver("a") != []


def test_a_parked_packet_goes_on_when_its_ticket_is_released(world: World) -> None:
    ticket = Ticket()
    ticket.hold()
    world.outcomes[b"a"] = Park(Exchange(None, None, None, 0), None, ticket)
    world.resumed = world.answer("late")
    assert world.deliver("a", "b") == ["hold", "receive a", "receive b", "commit", "release", "send b"]
    assert world.dispatcher.parked == 1
    world.events.clear()
    ticket.unpark()
    assert world.events == ["resume", "commit", "release", "send late", "ended"]
    assert world.dispatcher.parked == 0


def test_a_packet_waits_for_the_coroutine_first_and_for_the_ticket_then(world: World) -> None:
    ticket = Ticket()
    ticket.hold()
    done: Deferred[None] = Deferred()

    async def waiting() -> None:
        await done

    world.outcomes[b"a"] = Park(Exchange(None, None, None, 0), waiting(), ticket)
    world.resumed = world.answer("late")
    world.deliver("a")
    ticket.unpark()
    assert "resume" not in world.events
    done.callback(None)
    assert world.events[-2:] == ["send late", "ended"]


def test_a_dropped_ticket_ends_the_packet(world: World) -> None:
    ticket = Ticket()
    ticket.hold()
    world.outcomes[b"a"] = Park(Exchange(None, None, None, 0), None, ticket)
    world.deliver("a")
    ticket.drop()
    assert "resume" not in world.events
    assert (world.dropped, world.dispatcher.parked) == (1, 0)


def test_a_packet_may_park_again_after_it_went_on(world: World) -> None:
    first, second = Ticket(), Ticket()
    for ticket in (first, second):
        ticket.hold()
    world.outcomes[b"a"] = Park(Exchange(None, None, None, 0), None, first)
    world.resumed = Park(Exchange(None, None, None, 0), None, second)
    world.deliver("a")
    first.unpark()
    assert world.dispatcher.parked == 1
    world.resumed = world.answer("late")
    assert len(set(world.waiting)) == 1
    second.unpark()
    assert world.events[-2:] == ["send late", "ended"]
    assert world.waiting == []


def test_more_packets_than_the_limit_do_not_wait(world: World) -> None:
    world.dispatcher.parked_limit = 1
    tickets = [Ticket(), Ticket()]
    for name, ticket in zip((b"a", b"b"), tickets, strict=True):
        ticket.hold()
        world.outcomes[name] = Park(Exchange(None, None, None, 0), None, ticket)
    world.deliver("a", "b")
    assert (world.dispatcher.parked, world.dropped) == (1, 1)


def test_packets_that_wait_for_a_thread_do_not_count_as_parked(world: World) -> None:
    world.dispatcher.parked_limit = 1
    world.pending = 1
    tickets = [Ticket(), Ticket()]
    for name, ticket in zip((b"a", b"b"), tickets, strict=True):
        ticket.hold()
        world.outcomes[name] = Park(Exchange(None, None, None, 0), None, ticket)
    world.deliver("a", "b")
    assert (world.dispatcher.parked, world.dropped) == (2, 0)


def test_a_packet_whose_call_was_given_up_is_dropped(world: World) -> None:
    async def waiting() -> None:
        raise GivenUp("too many")

    world.outcomes[b"a"] = Park(Exchange(None, None, None, 0), waiting(), None)
    assert world.deliver("a")[:3] == ["hold", "receive a", "commit"]
    assert (world.dispatcher.parked, world.dropped, world.waiting) == (0, 1, [])


def test_a_coroutine_of_a_packet_beyond_the_limit_is_closed(world: World) -> None:
    world.dispatcher.parked_limit = 1
    closed = []

    async def waiting() -> None:
        try:
            await Deferred()  # type: ignore[var-annotated]
        finally:
            closed.append(1)

    world.outcomes[b"a"] = Park(Exchange(None, None, None, 0), waiting(), None)
    world.deliver("a")
    world.outcomes[b"a"] = Park(Exchange(None, None, None, 0), waiting(), None)
    world.deliver("a")  # a coroutine that never ran would warn, and warnings are errors here
    world.dispatcher.stop()
    assert closed == [1]
    assert world.dispatcher.parked == 0


@pytest.mark.parametrize("cancels_itself", [False, True])
def test_a_callout_that_waits_at_the_end_has_not_failed(world: World, cancels_itself: bool) -> None:
    failed: list[HookError] = []
    begun: list[str] = []
    asked: Deferred[None] = Deferred()

    async def asking(_handle: CalloutHandle) -> None:
        begun.append("first")
        try:
            await asked
        finally:
            begun.append("cleaned up")

    def other(_handle: CalloutHandle) -> None:
        begun.append("second")

    callouts = Callouts({"pkt4_receive": (("one", asking), ("two", other))}, failed.append)
    waiting = callouts.call(CalloutHandle("pkt4_receive", {}, {}))
    assert waiting is not None
    world.outcomes[b"a"] = Park(Exchange(None, None, None, 0), waiting, None)
    world.deliver("a")
    if cancels_itself:
        asked.cancel()  # as a request that takes too long does: that is the callout's own affair, and the others go on
        assert begun == ["first", "cleaned up", "second"]
        assert [each.library for each in failed] == ["one"]
    else:
        world.dispatcher.stop()
        assert (begun, failed, world.lines) == (["first", "cleaned up"], [], [])


def test_an_error_after_the_wait_costs_that_packet_only(world: World) -> None:
    async def waiting() -> None:
        raise ValueError("hook failed")

    world.outcomes[b"a"] = Park(Exchange(None, None, None, 0), waiting(), None)
    world.deliver("a", "b")
    assert "hook failed" in world.lines[0]
    assert "send b" in world.events


def test_a_packet_whose_callout_makes_light_of_the_end_does_not_go_on_after_it(world: World) -> None:
    async def waiting() -> None:
        try:
            await Deferred()  # type: ignore[var-annotated]
        except Exception:
            world.events.append("caught")

    world.outcomes[b"a"] = Park(Exchange(None, None, None, 0), waiting(), None)
    world.resumed = world.answer("late")
    world.deliver("a")
    world.dispatcher.stop()
    assert world.events[-1] == "caught"
