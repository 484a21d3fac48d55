"""Used-up pools: searches that are remembered decide as searches that are made, whatever happens in between."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kea_twisted.alloc.used_up import UsedUp
from kea_twisted.leases.lease import Lease4
from kea_twisted.leases.memfile.manager import MOST_FREED, Memfile4
from kea_twisted.subnets.pool import Pool
from tests.scenarios.scenario import VERBS, Line, World

CONFIGURATIONS = {
    4: """
    { "valid-lifetime": 100, "decline-probation-period": 150,
      "client-classes": [ { "name": "phones", "test": "option[60].text == 'phone'" } ],
      "shared-networks": [ { "name": "link", "interface": "eth0", "subnet4": [
        { "id": 1, "subnet": "192.0.2.0/24",
          "pools": [ { "pool": "192.0.2.10-192.0.2.12" },
                     { "pool": "192.0.2.20-192.0.2.21", "client-class": "phones" } ],
          "reservations": [ { "hw-address": "02:00:00:00:00:01", "ip-address": "192.0.2.11" } ] },
        { "id": 2, "subnet": "192.0.3.0/24", "pools": [ { "pool": "192.0.3.10-192.0.3.11" } ] } ] } ] }
    """,
    6: """
    { "valid-lifetime": 100, "preferred-lifetime": 50, "decline-probation-period": 150,
      "client-classes": [ { "name": "phones", "test": "option[15].exists" } ],
      "shared-networks": [ { "name": "link", "interface": "eth0", "subnet6": [
        { "id": 1, "subnet": "2001:db8:1::/64",
          "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::12" },
                     { "pool": "2001:db8:1::20-2001:db8:1::21", "client-class": "phones" } ],
          "pd-pools": [ { "prefix": "3000::", "prefix-len": 62, "delegated-len": 64 } ],
          "reservations": [ { "hw-address": "02:00:00:00:00:01", "ip-addresses": [ "2001:db8:1::11" ] } ] },
        { "id": 2, "subnet": "2001:db8:2::/64", "pools": [ { "pool": "2001:db8:2::10-2001:db8:2::11" } ] } ] } ] }
    """,
}
PLACES = (10, 11, 12, 20, 21, 30, 31)
"""The addresses of all pools by number; 20 is added to those of the second subnet."""
DECIDE = {4: ("DISCOVER", "REQUEST"), 6: ("SOLICIT", "REQUEST")}
GIVE_UP = {4: ("RELEASE", "DECLINE", "REQUEST"), 6: ("RELEASE", "DECLINE", "RENEW")}


class Forgetful(UsedUp[Any]):
    """Remembers nothing, so that every search is made."""

    def remember(self, *_arguments: Any) -> None:
        pass


def worlds(family: int) -> tuple[World, World]:
    """Return two equal worlds, of which the second one makes every search."""
    pair = World(family), World(family)
    for world in pair:
        world.configure(CONFIGURATIONS[family])
    engine = pair[1].server.engine
    engine.used_up = Forgetful(lambda lease, now: False)
    return pair


def words(family: int, kind: str, client: int, place: int, phone: bool) -> list[str]:
    """Return the words of a SEND. place: the address that is asked for or given up, 0 for none."""
    said = [kind, f"client={client}"]
    subnet, number = (1, place) if place < 30 else (2, place - 20)
    if family == 4:
        address = f"192.0.{1 + subnet}.{number}"
        option = "ciaddr" if kind == "RELEASE" else "requested"
        said += ["server=192.0.2.1"] if kind == "REQUEST" else []
        said += [f"{option}={address}"] if place else []
        return [*said, "class=phone"] if phone else said
    address = f"2001:db8:{subnet}::{number}"
    prefix = f"pd=7@3000:0:0:{place % 4}::/64" if kind in ("RENEW", "RELEASE") else "pd=7"
    said += [] if kind == "SOLICIT" else ["server"]
    said += [f"na=1@{address}" if place else "na=1", *([] if kind == "DECLINE" else [prefix])]
    return [*said, "option-15=0000"] if phone else said


newcomer = st.tuples(st.just("newcomer"), st.integers(0, 1), st.integers(1, 5), st.booleans())
holder = st.tuples(st.just("holder"), st.integers(0, 2), st.sampled_from(PLACES), st.just(True))
other = st.sampled_from(("TIME 1", "TIME 40", "TIME 61", "RECLAIM", "RECLAIM REMOVE", "FLUSH 10"))
steps = st.lists(st.one_of(newcomer, newcomer, newcomer, holder, other), min_size=20, max_size=60)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_a_search_that_is_remembered_decides_as_one_that_is_made(steps: list[Any]) -> None:
    decide_alike(4, steps)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_a_dhcpv6_search_that_is_remembered_decides_as_one_that_is_made(steps: list[Any]) -> None:
    decide_alike(6, steps)


def decide_alike(family: int, steps: list[Any]) -> None:
    """Fill the pools of both worlds, let both go through *steps*, and compare answers, leases and statistics."""
    pair = worlds(family)
    lines = [words(family, "REQUEST", 20 + place, place, True) for place in PLACES]
    for step in steps:
        if isinstance(step, str):
            lines.append(step.split())
        elif step[0] == "newcomer":
            lines.append(words(family, DECIDE[family][step[1]], step[2], 0, step[3]))
        else:
            lines.append(words(family, GIVE_UP[family][step[1]], 20 + step[2], step[2], True))
    for line in lines:
        verb = line[0] if line[0] in VERBS else "SEND"
        for world in pair:
            VERBS[verb](world, Line(0, verb, line if verb == "SEND" else line[1:]))
        assert pair[0].answer == pair[1].answer
        assert list(pair[0].leases) == list(pair[1].leases)
    names = {*pair[0].statistics.observations, *pair[1].statistics.observations}
    assert [pair[0].statistics.get(n, 0).value for n in names] == [pair[1].statistics.get(n, 0).value for n in names]


class Counting(Memfile4):
    """Counts how often it is asked for an address."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def get(self, address: int) -> Lease4 | None:
        self.asked += 1
        return super().get(address)


@pytest.mark.arm("V4-539")
def test_a_used_up_pool_is_searched_once_until_something_in_it_is_free() -> None:
    world = World(4)
    leases = world.leases = Counting()
    pool = '"pools": [ { "pool": "10.1.0.0/22" } ]'
    world.configure(f'{{ "subnet4": [ {{ "id": 1, "subnet": "10.0.0.0/8", "interface": "eth0", {pool} }} ] }}')
    first = (10 << 24) + (1 << 16)
    for number in range(1024):
        leases.add(Lease4(first + number, b"\2\1" + number.to_bytes(4, "big"), b"", 100 + number, int(world.now), 1))

    def asks() -> int:
        before = leases.asked
        VERBS["SEND"](world, Line(0, "SEND", ["DISCOVER", "client=1"]))
        return leases.asked - before

    assert asks() >= 1024
    assert asks() < 3
    world.now += 99
    assert asks() < 3
    assert world.answer is None
    leases.add(Lease4(5, b"\3", b"", 100, 0, 1))
    leases.delete(Lease4(5, b"\3", b"", 100, 0, 1))
    assert asks() < 3
    leases.delete(Lease4(first + 7, b"", b"", 1, 0, 1))
    asks()
    assert world.answer.yiaddr == "10.1.0.7"
    leases.add(Lease4(first + 7, b"\2", b"", 500, int(world.now), 1))
    assert asks() >= 1000
    world.now += 2
    asks()
    assert world.answer.yiaddr == "10.1.0.0"
    assert world.statistics.get("v4-allocation-fail", 0).value == 5


def test_more_than_is_remembered_of_what_became_free_means_another_search() -> None:
    leases = Memfile4()
    pools = [Pool(1, 2)]
    for address in (1, 2):
        leases.add(Lease4(address, b"\1", b"", 100, 0, 1))
    used_up = UsedUp(Lease4.expired)
    used_up.remember(pools, leases, 0, leases.get)
    for _ in range(MOST_FREED):
        leases.add(Lease4(9, b"\1", b"", 100, 0, 1))
        leases.delete(Lease4(9, b"\1", b"", 100, 0, 1))
    assert used_up.recall(pools, leases, 0) == []
    for _ in range(MOST_FREED + 1):
        leases.add(Lease4(9, b"\1", b"", 100, 0, 1))
        leases.delete(Lease4(9, b"\1", b"", 100, 0, 1))
    assert used_up.recall(pools, leases, 0) is None
    assert used_up.searches == {}


def test_a_lease_made_shorter_or_reclaimed_or_no_longer_infinite_may_free_its_address() -> None:
    leases = Memfile4()
    leases.add(Lease4(1, b"\1", b"", 100, 0, 1))
    for change in ({"valid_lifetime": 99}, {"valid_lifetime": 0xFFFFFFFF}, {"valid_lifetime": 200}, {"state": 2}):
        held = leases.get(1)
        assert held is not None
        before = leases.freed()
        changed = held.copy()
        for name, value in change.items():
            setattr(changed, name, value)
        leases.update(changed)
        since = leases.freed_since(before)
        assert since is not None
        assert list(since) == ([] if changed.valid_lifetime == 0xFFFFFFFF else [1])
