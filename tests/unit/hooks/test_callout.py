"""How callouts are run: order, status, waiting, errors."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from twisted.internet.defer import Deferred

from kea_twisted.errors import HookError
from kea_twisted.hooks.callout import CONTINUE, DROP, PARK, SKIP, CalloutError, CalloutHandle, Callouts
from kea_twisted.log.logger import CALLOUTS


def handle(**arguments: Any) -> CalloutHandle:
    return CalloutHandle("pkt4_receive", dict(arguments), {})


def callouts(*functions: Any, failed: Any = None) -> Callouts:
    return Callouts(
        {"pkt4_receive": tuple((f"lib{n}", function) for n, function in enumerate(functions, 1))},
        failed or (lambda error: pytest.fail(str(error))),
    )


@pytest.fixture(params=[False, True], ids=["quiet", "traced"])
def rank(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CALLOUTS, "rank", 99 if request.param else -1)


@pytest.mark.usefixtures("rank")
@pytest.mark.arm("OV-003")
def test_libraries_run_in_order_and_see_one_another_s_changes() -> None:
    def first(each: CalloutHandle) -> None:
        each["query4"] += "a"

    def second(each: CalloutHandle) -> None:
        each["query4"] += "b"
        each.skip()

    packet = handle(query4="")
    assert callouts(first, second).call(packet) is None
    assert packet["query4"] == "ab"
    assert packet.status == SKIP


def test_a_point_without_callouts_is_nothing() -> None:
    packet = CalloutHandle("pkt4_send", {}, {})
    made = callouts(lambda _handle: None)
    assert not made.has("pkt4_send")
    assert made.call(packet) is None
    assert packet.status == CONTINUE


def test_an_argument_that_the_point_does_not_have_cannot_be_set() -> None:
    with pytest.raises(KeyError, match="no argument 'qery4'"):
        handle(query4=1)["qery4"] = 2


@pytest.mark.usefixtures("rank")
@pytest.mark.parametrize("error", [RuntimeError("boom"), SystemExit(1)])
def test_a_callout_that_raises_is_reported_and_the_others_go_on(error: BaseException) -> None:
    failures: list[HookError] = []

    def broken(_handle: CalloutHandle) -> None:
        raise error

    packet = handle()
    assert callouts(broken, CalloutHandle.drop, failed=failures.append).call(packet) is None
    assert packet.status == DROP
    (failure,) = failures
    assert isinstance(failure, CalloutError)
    assert (failure.library, failure.point) == ("lib1", "pkt4_receive")
    assert re.fullmatch(rf"{type(error).__name__}: {error} \(.*test_callout\.py:\d+\)", failure.reason)
    assert failure.callout.endswith("broken")
    assert failure.duration_ms >= 0


@pytest.mark.usefixtures("rank")
def test_a_coroutine_makes_the_rest_wait() -> None:
    order: list[str] = []

    async def slow(each: CalloutHandle) -> None:
        await asyncio.sleep(0)
        order.append(each.library)
        each.own["seen"] = True

    def quick(each: CalloutHandle) -> None:
        order.append(each.library)
        each.drop()

    packet = handle()
    waiting = callouts(slow, quick, slow).call(packet)
    assert waiting is not None
    assert order == []

    async def run() -> None:
        await waiting

    asyncio.run(run())
    assert order == ["lib1", "lib2", "lib3"]
    assert packet.status == DROP


@pytest.mark.usefixtures("rank")
def test_a_coroutine_that_raises_is_reported_under_its_own_library() -> None:
    failures: list[HookError] = []

    async def broken(_handle: CalloutHandle) -> None:
        await asyncio.sleep(0)
        raise ValueError("late")

    packet = handle()
    waiting = callouts(lambda _handle: None, broken, CalloutHandle.skip, failed=failures.append).call(packet)
    assert waiting is not None

    async def run() -> None:
        await waiting

    asyncio.run(run())
    assert [failure.library for failure in failures] == ["lib2"]
    assert packet.status == SKIP


def test_a_callout_may_return_a_deferred() -> None:
    gate: Deferred[None] = Deferred()
    packet = handle()
    waiting = callouts(lambda _handle: gate, CalloutHandle.drop).call(packet)
    assert waiting is not None
    done: list[object] = []
    Deferred.fromCoroutine(waiting).addCallback(done.append)  # type: ignore[arg-type]
    assert done == []
    gate.callback(None)
    assert done == [None]
    assert packet.status == DROP


def test_what_a_callout_returns_besides_is_ignored() -> None:
    assert callouts(lambda _handle: 0).call(handle()) is None


def test_each_library_has_its_own_part_of_the_context() -> None:
    def remember(each: CalloutHandle) -> None:
        each.own["name"] = each.library

    packet = handle()
    callouts(remember, remember).call(packet)
    assert packet.context == {"lib1": {"name": "lib1"}, "lib2": {"name": "lib2"}}


def test_parking_gives_one_ticket_that_all_holders_have_to_release() -> None:
    packet = handle()
    callouts(CalloutHandle.park, CalloutHandle.park).call(packet)
    assert packet.status == PARK
    ticket = packet.ticket
    assert ticket is not None
    released: list[bool] = []
    ticket.when_released(released.append)
    ticket.unpark()
    assert released == []
    ticket.unpark()
    assert released == [True]


def test_one_drop_ends_a_parked_packet_once() -> None:
    packet = handle()
    callouts(CalloutHandle.park, CalloutHandle.park).call(packet)
    assert packet.ticket is not None
    released: list[bool] = []
    packet.ticket.when_released(released.append)
    packet.ticket.drop()
    packet.ticket.drop()
    packet.ticket.unpark()
    assert released == [False]


@pytest.mark.parametrize(("release", "outcome"), [("unpark", True), ("drop", False)])
def test_a_ticket_released_before_anybody_waits_is_not_lost(release: str, outcome: bool) -> None:
    packet = handle()
    ticket = packet.park()
    getattr(ticket, release)()
    released: list[bool] = []
    ticket.when_released(released.append)
    assert released == [outcome]
