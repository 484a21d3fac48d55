"""Hook points in the life of a DHCPv4 lease beside its making: decline, end, recovery; and the same of DHCPv6."""

from __future__ import annotations

from typing import Any

import pytest

from kea_twisted.control.dispatch import Dispatcher
from kea_twisted.daemons.libraries import Libraries
from kea_twisted.errors import HookError
from kea_twisted.family import V4, V6
from kea_twisted.hooks.callout import CalloutHandle, Callouts
from kea_twisted.leases.lease import DECLINED, DEFAULT, EXPIRED_RECLAIMED
from tests.scenarios.scenario import VERBS, Line, World

CONFIGURATION = {
    4: """{ "valid-lifetime": 100, "decline-probation-period": 50, "subnet4": [
        { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.19" } ] } ] }""",
    6: """{ "valid-lifetime": 100, "preferred-lifetime": 50, "decline-probation-period": 50, "subnet6": [
        { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0",
          "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::19" } ] } ] }""",
}
ADDRESS = {4: "192.0.2.10", 6: "2001:db8:1::10"}


def raised(failure: HookError) -> None:
    raise AssertionError(failure)


def world_of(family: int, **callouts: Any) -> World:
    """Return a world in which client 1 has the first address. callouts: by hook point."""
    world = World(family)
    world.callouts = Callouts({point: (("library", callout),) for point, callout in callouts.items()}, raised)
    world.configure(CONFIGURATION[family])
    libraries = Libraries(V4 if family == 4 else V6, Dispatcher(), lambda _callouts: None)
    libraries.callouts = world.callouts
    world.server.reclaimer.events = libraries.events(world.server.updates)
    say(world, "REQUEST")
    return world


def say(world: World, kind: str, client: int = 1) -> None:
    """Send one message about the first address."""
    address = ADDRESS[world.family]
    about = {4: ["server=192.0.2.1", f"requested={address}"], 6: ["server", f"na=1@{address}"]}[world.family]
    VERBS["SEND"](world, Line(0, "SEND", [kind, f"client={client}", *about]))


def lease(world: World) -> Any:
    """Return the lease of the first address."""
    return next(iter(world.leases), None)


def stat(world: World, name: str) -> object:
    return world.statistics.get(name, world.now).value


@pytest.mark.arm("V4-506")
@pytest.mark.parametrize("family", [4, 6])
def test_decline_callouts_come_after_the_check_and_before_anything_is_done(family: int) -> None:
    seen: list[tuple[int, object]] = []

    def callout(handle: CalloutHandle) -> None:
        seen.append((lease(world).state, stat(world, "declined-addresses")))
        assert handle[f"lease{family}"].address == lease(world).address

    world = world_of(family, **{f"lease{family}_decline": callout})
    say(world, "DECLINE", client=2)
    assert seen == []
    say(world, "DECLINE")
    assert seen == [(DEFAULT, 0)]
    assert lease(world).state == DECLINED
    assert stat(world, "declined-addresses") == stat(world, "subnet[1].declined-addresses") == 1


@pytest.mark.arm("V4-506")
def test_a_decline_that_a_callout_skips_changes_nothing() -> None:
    world = world_of(4, lease4_decline=lambda handle: handle.skip())
    say(world, "DECLINE")
    assert lease(world).state == DEFAULT
    assert stat(world, "declined-addresses") == 0


@pytest.mark.arm("LE-005", "LE-009")
@pytest.mark.parametrize("family", [4, 6])
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("remove", [False, True])
def test_expire_callouts_see_the_lease_and_may_take_it_upon_themselves(family: int, skip: bool, remove: bool) -> None:
    seen: list[tuple[int, bool]] = []

    def callout(handle: CalloutHandle) -> None:
        seen.append((handle[f"lease{family}"].state, handle["remove_lease"]))
        if skip:
            handle.skip()

    world = world_of(family, **{f"lease{family}_expire": callout})
    world.now += 101
    world.server.reclaimer.cycle(world.now, lambda: 0.0, remove=remove)
    assert seen == [(DEFAULT, remove)]
    held = lease(world)
    assert (held and held.state) == (DEFAULT if skip else None if remove else EXPIRED_RECLAIMED)
    assert stat(world, "reclaimed-leases") == 1
    world.server.reclaimer.cycle(world.now, lambda: 0.0, remove=remove)
    assert len(seen) == 1 + skip


@pytest.mark.arm("LE-010", "V4-507")
@pytest.mark.parametrize("family", [4, 6])
@pytest.mark.parametrize("skip", [False, True])
def test_recover_callouts_may_keep_a_declined_address_from_recovering(family: int, skip: bool) -> None:
    points: list[str] = []

    def callout(handle: CalloutHandle) -> None:
        points.append(handle.point)
        assert handle[f"lease{family}"].state == DECLINED
        if skip and handle.point.endswith("recover"):
            handle.skip()

    names = f"lease{family}_expire", f"lease{family}_recover"
    world = world_of(family, **dict.fromkeys(names, callout))
    say(world, "DECLINE")
    world.now += 51
    world.server.reclaimer.cycle(world.now, lambda: 0.0, remove=True)
    assert tuple(points) == names
    held = lease(world)
    assert (held and held.state) == (EXPIRED_RECLAIMED if skip else None)
    assert stat(world, "declined-addresses") == (1 if skip else 0)
    assert stat(world, "reclaimed-declined-addresses") == (0 if skip else 1)


@pytest.mark.arm("LE-003", "LE-005", "LE-010")
@pytest.mark.parametrize("family", [4, 6])
@pytest.mark.parametrize("skip", [False, True])
def test_who_is_given_an_ended_lease_finds_it_reclaimed_by_the_same_callouts(family: int, skip: bool) -> None:
    points: list[str] = []

    def callout(handle: CalloutHandle) -> None:
        points.append(handle.point)
        if handle.point.endswith("expire"):
            assert handle["remove_lease"] is False
            if skip:
                handle.skip()

    names = f"lease{family}_expire", f"lease{family}_recover"
    world = world_of(family, **dict.fromkeys(names, callout))
    say(world, "DECLINE")
    world.now += 51
    say(world, "REQUEST", client=2)
    assert tuple(points) == names[: 1 if skip else 2]
    assert lease(world).state == DEFAULT
    assert stat(world, "reclaimed-leases") == 1
    assert stat(world, "declined-addresses") == (1 if skip else 0)
