"""The hook points of the DHCPv6 server: where they lie, what a callout sees, and what its status does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from kea_twisted.hooks.callout import CalloutHandle
from kea_twisted.server.outcome import Park
from kea_twisted.wire import v6
from tests.support.packets import Dhcp6, duid, ia_na, ia_pd, iaaddr, query6
from tests.support.server6 import Server6, leased, statuses

CONFIG = {
    "valid-lifetime": 4000,
    "preferred-lifetime": 3000,
    "host-reservation-identifiers": ["flex-id", "duid"],
    "subnet6": [
        {
            "id": 1,
            "subnet": "2001:db8:1::/64",
            "interface": "eth0",
            "pools": [{"pool": "2001:db8:1::10-2001:db8:1::20"}],
            "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 60, "delegated-len": 64}],
            "reservations": [{"flex-id": "'room 7'", "ip-addresses": ["2001:db8:1::700"]}],
        }
    ],
}
NA, PD = ia_na(1), ia_pd(1)
POINTS = (
    "buffer6_receive", "pkt6_receive", "host6_identifier", "subnet6_select", "lease6_select", "lease6_renew",
    "lease6_rebind", "lease6_release", "lease6_decline", "leases6_committed", "pkt6_send", "buffer6_send",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "options", "visited"),
    [
        (v6.SOLICIT, (NA, PD), ("lease6_select", "lease6_select")),
        (v6.REQUEST, (NA,), ("lease6_select", "leases6_committed")),
        (v6.RENEW, (ia_na(7), NA), ("lease6_renew", "lease6_select", "leases6_committed")),
        (v6.REBIND, (ia_na(7),), ("lease6_rebind", "leases6_committed")),
        (v6.RELEASE, (ia_na(7, iaaddr("2001:db8:1::10")), NA), ("lease6_release", "leases6_committed")),
        (v6.DECLINE, (ia_na(7, iaaddr("2001:db8:1::10")),), ("lease6_decline", "leases6_committed")),
        (v6.CONFIRM, (ia_na(7, iaaddr("2001:db8:1::10")),), ()),
        (v6.INFORMATION_REQUEST, (), ()),
    ],
)
def test_each_message_passes_its_hook_points(
    kind: int, options: tuple[tuple[int, bytes], ...], visited: tuple[str, ...]
) -> None:
    trace: list[str] = []
    server = Server6(CONFIG, {point: lambda handle: trace.append(handle.point) for point in POINTS})
    server.say(v6.REQUEST, 1, ia_na(7))
    trace.clear()
    assert server.say(kind, 1, *options) is not None
    assert tuple(trace) == (
        "buffer6_receive", "pkt6_receive", "subnet6_select", "host6_identifier", *visited, "pkt6_send", "buffer6_send",
    )  # fmt: skip


@pytest.mark.parametrize("point", ["buffer6_receive", "pkt6_receive", "subnet6_select", "pkt6_send"])
def test_drop_ends_the_query(point: str) -> None:
    server = Server6(CONFIG, {point: lambda handle: handle.drop()})
    assert server.say(v6.SOLICIT, 1, NA) is None
    assert point in server.reason


@pytest.mark.parametrize("point", ["pkt6_receive", "buffer6_send", "leases6_committed"])
def test_skip_keeps_the_answer_back(point: str) -> None:
    server = Server6(CONFIG, {point: lambda handle: handle.skip()})
    assert server.say(v6.REQUEST, 1, NA) is None


def test_a_callout_may_parse_the_query_itself() -> None:
    def parse(handle: CalloutHandle) -> None:
        query = handle["query6"]
        query.octets = query6(v6.SOLICIT, 5, NA).pack()
        v6.unpack(query)
        handle.skip()

    server = Server6(CONFIG, {"buffer6_receive": parse})
    answer = server.send(b"not a message")
    assert answer.option(1) == duid(5)
    assert leased(answer) == ["2001:db8:1::10 3000 4000"]


def test_a_callout_may_take_the_subnet_away() -> None:
    server = Server6(CONFIG, {"subnet6_select": lambda handle: handle.skip()})
    assert statuses(server.say(v6.SOLICIT, 1, NA)) == [v6.NO_ADDRS_AVAIL]


@pytest.mark.arm("V6-350")
def test_a_callout_may_identify_the_client() -> None:
    def identify(handle: CalloutHandle) -> None:
        handle["id_value"] = b"room 7"

    server = Server6(CONFIG, {"host6_identifier": identify})
    assert leased(server.say(v6.SOLICIT, 1, NA)) == ["2001:db8:1::700 3000 4000"]


def test_a_callout_may_change_the_lease_to_be_given() -> None:
    seen: dict[str, Any] = {}

    def select(handle: CalloutHandle) -> None:
        seen.update(handle.arguments)
        lease = handle["lease6"].copy()
        lease.valid_lifetime = 77
        handle["lease6"] = lease

    server = Server6(CONFIG, {"lease6_select": select})
    assert leased(server.say(v6.REQUEST, 1, NA)) == ["2001:db8:1::10 3000 77"]
    stored = server.lease("2001:db8:1::10")
    assert stored is not None and stored.valid_lifetime == 77
    assert (seen["subnet6"].id, seen["fake_allocation"]) == (1, False)


def test_skipping_the_selection_gives_nothing() -> None:
    server = Server6(CONFIG, {"lease6_select": lambda handle: handle.skip()})
    assert statuses(server.say(v6.REQUEST, 1, NA)) == [v6.NO_ADDRS_AVAIL]
    assert len(server.leases) == 0


@pytest.mark.parametrize(("kind", "point"), [(v6.RENEW, "lease6_renew"), (v6.REBIND, "lease6_rebind")])
def test_skipping_the_extension_leaves_the_lease_as_it_is(kind: int, point: str) -> None:
    server = Server6(CONFIG, {point: lambda handle: handle.skip()})
    server.say(v6.REQUEST, 1, NA)
    stored = server.lease("2001:db8:1::10")
    server.now += 100
    assert leased(server.say(kind, 1, NA)) == ["2001:db8:1::10 3000 4000"]
    assert server.lease("2001:db8:1::10") is stored


def test_skipping_the_release_keeps_the_lease() -> None:
    server = Server6(CONFIG, {"lease6_release": lambda handle: handle.skip()})
    server.say(v6.REQUEST, 1, NA)
    assert statuses(server.say(v6.RELEASE, 1, ia_na(1, iaaddr("2001:db8:1::10")))) == [v6.UNSPEC_FAIL]
    assert server.lease("2001:db8:1::10") is not None


@pytest.mark.parametrize(("status", "answered"), [("skip", True), ("drop", False)])
def test_a_decline_can_be_skipped_or_dropped(status: str, answered: bool) -> None:
    server = Server6(CONFIG, {"lease6_decline": lambda handle: getattr(handle, status)()})
    server.say(v6.REQUEST, 1, NA)
    answer = server.say(v6.DECLINE, 1, ia_na(1, iaaddr("2001:db8:1::10")))
    assert (answer is not None) is answered
    assert server.count("declined-addresses") == 0


def test_committed_leases_are_told_with_those_that_ended() -> None:
    told: list[tuple[list[str], list[str]]] = []

    def committed(handle: CalloutHandle) -> None:
        told.append(
            (
                [hex(each.address)[-2:] for each in handle["leases6"]],
                [hex(each.address)[-2:] for each in handle["deleted_leases6"]],
            )
        )

    server = Server6(CONFIG, {"leases6_committed": committed})
    server.say(v6.SOLICIT, 1, NA)
    server.say(v6.REQUEST, 1, NA)
    server.say(v6.RELEASE, 1, ia_na(1, iaaddr("2001:db8:1::11")))
    assert told == [(["11"], []), ([], ["11"])]


@pytest.mark.parametrize("point", ["pkt6_receive", "lease6_select", "leases6_committed", "buffer6_send"])
def test_a_coroutine_parks_the_query_at_any_point(point: str) -> None:
    async def slow(handle: CalloutHandle) -> None:
        await asyncio.sleep(0)
        trace.append(handle.point)

    trace: list[str] = []
    server = Server6(CONFIG, {point: slow})
    assert server.say(v6.REQUEST, 1, NA, PD) is None
    answer = None
    while answer is None:
        assert isinstance(server.outcome, Park) and server.outcome.waiting is not None
        asyncio.run(_finish(server.outcome.waiting))
        answer = server.resume()
    assert isinstance(answer, Dhcp6)
    assert trace == [point] * (2 if point == "lease6_select" else 1)
    assert leased(answer) == ["2001:db8:1::10 3000 4000"]
    assert leased(answer, 25) == ["2001:db8:8::/64 3000 4000"]


async def _finish(waiting: Awaitable[None]) -> None:
    await waiting


def test_a_query_parked_in_the_middle_of_an_allocation_goes_on_there() -> None:
    tickets: list[Any] = []
    server = Server6(CONFIG, {"lease6_select": lambda handle: tickets.append(handle.park())})
    server.say(v6.REQUEST, 1, NA, PD)
    assert isinstance(server.outcome, Park) and server.outcome.ticket is tickets[0]
    assert len(server.leases) == 0
    server.resume()
    assert isinstance(server.outcome, Park) and server.outcome.ticket is tickets[1]
    assert len(server.leases) == 1
    assert leased(server.resume(), 25) == ["2001:db8:8::/64 3000 4000"]
    assert len(server.leases) == 2
