"""Steps, hook points between them, and runs that park and are resumed."""

import asyncio

import pytest

from kea_twisted.errors import HookError
from kea_twisted.hooks.callout import SKIP, Callouts
from kea_twisted.server.exchange import Exchange
from kea_twisted.server.outcome import Drop, Park
from kea_twisted.server.pipeline import HookPoint, compile_steps, run
from kea_twisted.wire.v4 import Packet4


def _rows(trace, sets=1):
    def step(name):
        def record(exchange):
            trace.append(name)

        return record

    def settle(exchange, handle):
        trace.append(f"settled {handle['number']}")
        return Drop("skipped") if handle.status == SKIP else None

    point = HookPoint("middle", lambda _exchange: [{"number": number} for number in range(sets)], settle)
    return (step("first"), point, step("last"))


def _callouts(*callouts):
    def failed(error):
        raise error

    return Callouts({"middle": tuple(("library", callout) for callout in callouts)}, failed)


def test_a_point_without_callouts_is_left_out():
    trace = []
    steps = compile_steps(_rows(trace), Callouts({}, lambda _error: None))
    assert len(steps) == 2
    assert run(Exchange(None, None, Packet4(1), 0.0), steps) is None
    assert trace == ["first", "last"]


def test_callouts_run_between_the_steps_once_for_each_argument_set():
    trace = []
    steps = compile_steps(_rows(trace, 2), _callouts(lambda handle: trace.append(f"called {handle['number']}")))
    run(Exchange(None, None, Packet4(1), 0.0), steps)
    assert trace == ["first", "called 0", "settled 0", "called 1", "settled 1", "last"]


def test_a_status_can_end_the_run():
    trace = []
    outcome = run(
        Exchange(None, None, Packet4(1), 0.0), compile_steps(_rows(trace), _callouts(lambda handle: handle.skip()))
    )
    assert isinstance(outcome, Drop)
    assert "last" not in trace


def test_a_coroutine_parks_the_run_until_it_is_done():
    trace = []

    async def callout(handle):
        trace.append(f"begun {handle['number']}")
        await asyncio.sleep(0)
        trace.append(f"done {handle['number']}")

    exchange = Exchange(None, None, Packet4(1), 0.0)
    outcome = run(exchange, compile_steps(_rows(trace, 2), _callouts(callout)))
    for number in range(2):
        assert isinstance(outcome, Park)

        async def wait(awaitable):
            await awaitable

        asyncio.run(wait(outcome.waiting))
        assert trace[-1] == f"done {number}"
        outcome = run(exchange, exchange.steps, exchange.at)
    assert outcome is None
    assert trace == [
        "first", "begun 0", "done 0", "settled 0", "begun 1", "done 1", "settled 1", "last",
    ]  # fmt: skip


def test_a_parked_packet_goes_on_when_every_holder_has_let_go():
    trace, tickets = [], []

    def callout(handle):
        tickets.append(handle.park())

    exchange = Exchange(None, None, Packet4(1), 0.0)
    outcome = run(exchange, compile_steps(_rows(trace), _callouts(callout, callout)))
    assert isinstance(outcome, Park)
    released = []
    outcome.ticket.when_released(released.append)
    tickets[0].unpark()
    assert released == []
    tickets[1].unpark()
    assert released == [True]
    assert run(exchange, exchange.steps, exchange.at) is None
    assert trace == ["first", "settled 0", "last"]


def test_what_a_callout_raises_is_reported_and_the_others_run():
    trace, errors = [], []

    def broken(_handle):
        raise ZeroDivisionError("oops")

    callouts = Callouts({"middle": (("one", broken), ("two", lambda _handle: trace.append("two")))}, errors.append)
    assert run(Exchange(None, None, Packet4(1), 0.0), compile_steps(_rows(trace), callouts)) is None
    assert trace == ["first", "two", "settled 0", "last"]
    assert errors[0].library == "one"
    assert "ZeroDivisionError: oops" in str(errors[0])


def test_replacing_an_unknown_argument_is_an_error():
    def callout(handle):
        handle["nothing"] = 1

    with pytest.raises(HookError, match="nothing"):
        run(Exchange(None, None, Packet4(1), 0.0), compile_steps(_rows([]), _callouts(callout)))
