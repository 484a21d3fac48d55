"""`expired-leases-processing` by the clock: what Kea and ours leave of the same lease file, in store and statistics."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from tests.differential.leases.conftest import SUBNETS
from tests.support.kea import Json, Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

Pair = tuple[Server, Server]
PATIENCE = 12.0


def lease_file(family: int, leases: list[tuple[int, int, int]], now: int) -> str:
    """Return a lease file. leases: number, seconds since the end, state."""
    if family == 4:
        rows = [
            f"192.0.2.{number},{'' if state == 1 else f'02:00:00:00:00:{number:02}'},,100,{now - age},1,0,0,,{state},"
            for number, age, state in leases
        ]
        return "\n".join([SCHEMA4.header, *rows, ""])
    rows = [
        f"2001:db8:{'8' if number > 70 else '1'}::{'' if number > 70 else number},{'00' if state == 1 else '00:01:02'},"
        f"100,{now - age},1,50,{2 if number > 70 else 0},{number},{64 if number > 70 else 128},0,0,,,{state},,,"
        for number, age, state in leases
    ]
    return "\n".join([SCHEMA6.header, *rows, ""])


@pytest.fixture(scope="module", params=[4, 6])
def pair(request: pytest.FixtureRequest) -> Iterator[Pair]:
    """Kea and ours of one family, started without leases."""
    family: int = request.param
    require(f"kea-dhcp{family}")
    require_namespaces()
    with Link("expk") as first, Link("expo") as second:
        servers = Kea(family, first), Ours(family, second)
        try:
            for server in servers:
                server.start(configuration(family, {"reclaim-timer-wait-time": 0}), severity="DEBUG", debuglevel=99)
            yield servers
        finally:
            for server in servers:
                server.close()


def configuration(family: int, section: Json) -> Json:
    return {
        "interfaces-config": {"interfaces": []},
        f"subnet{family}": SUBNETS[family],
        "expired-leases-processing": section,
    }


def last_rows(server: Server) -> dict[str, tuple[str, str]]:
    """Return state and valid lifetime of the last row of each address."""
    return {row["address"]: (row["state"], row["valid_lifetime"]) for row in server.leases()}


def order(server: Server, before: int) -> list[str]:
    """Return the addresses in the order in which rows came after the first *before* ones."""
    return [row["address"] for row in server.leases()[before:]]


def counted(server: Server) -> dict[str, object]:
    names = r"(subnet\[1\]\.)?(assigned|reclaimed|declined)-.*"
    return {name: value for name, value in server.statistics().items() if re.fullmatch(names, name)}


def logged(server: Server, name: str) -> int:
    return len(re.findall(name.replace("V?", f"V{server.family}"), server.log.read_text()))


def process(pair: Pair, section: Json, leases: list[tuple[int, int, int]], rows: int) -> None:
    """Give both the same leases under a section, and wait until both have written *rows* more rows."""
    now = int(time.time())
    for server in pair:
        server._leases += 1
        server.lease_file.write_text(lease_file(server.family, leases, now))
        made = server.complete(configuration(server.family, section), severity="DEBUG", debuglevel=99)
        assert server.control.ask("config-set", made)["result"] == 0
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(len(server.leases()) < len(leases) + rows for server in pair):
        time.sleep(0.1)
    kea, ours = pair
    assert last_rows(ours) == last_rows(kea)
    assert order(ours, len(leases)) == order(kea, len(leases))
    assert counted(ours) == counted(kea)


@pytest.mark.arm("LE-002", "LE-003", "LE-004", "LE-007", "LE-008", "LE-012", "LE-013")
def test_without_a_flush_what_is_reclaimed_is_removed(pair: Pair) -> None:
    section = {"reclaim-timer-wait-time": 1, "flush-reclaimed-timer-wait-time": 0, "hold-reclaimed-time": 600}
    process(pair, section, [(11, 30, 0), (12, 20, 1), (13, -3600, 0), (80, 40, 0), (14, 10, 2)], 3)


@pytest.mark.arm("LE-014", "LE-026", "LE-028", "LE-010")
def test_what_is_reclaimed_is_held_after_its_end_and_flushed_then(pair: Pair) -> None:
    section = {"reclaim-timer-wait-time": 1, "flush-reclaimed-timer-wait-time": 2, "hold-reclaimed-time": 600}
    process(pair, section, [(11, 30, 0), (12, 20, 1), (80, 900, 0), (14, 10, 2), (15, 1000, 2)], 5)


@pytest.mark.arm("LE-014", "LE-059")
def test_without_a_hold_the_next_flush_removes(pair: Pair) -> None:
    section = {"reclaim-timer-wait-time": 1, "flush-reclaimed-timer-wait-time": 2, "hold-reclaimed-time": 0}
    process(pair, section, [(11, 30, 0), (80, 900, 0), (14, 10, 2)], 5)
    for name in ("ALLOC_ENGINE_V?_RECLAIMED_LEASES_DELETE ", "ALLOC_ENGINE_V?_RECLAIMED_LEASES_DELETE_COMPLETE"):
        assert all(logged(server, name) for server in pair), name


@pytest.mark.arm("LE-015", "LE-017", "LE-024", "LE-059")
def test_cycles_take_as_many_as_allowed_and_leftovers_are_warned_of(pair: Pair) -> None:
    section = {
        "reclaim-timer-wait-time": 1,
        "flush-reclaimed-timer-wait-time": 0,
        "max-reclaim-leases": 1,
        "unwarned-reclaim-cycles": 1,
    }
    before = [logged(server, "V?_LEASES_RECLAMATION_SLOW") for server in pair]
    process(pair, section, [(11, 89, 0), (12, 88, 1), (13, 87, 0)], 3)
    assert [logged(server, "V?_LEASES_RECLAMATION_SLOW") for server in pair] == [count + 1 for count in before]
    for name in (
        "ALLOC_ENGINE_V?_LEASES_RECLAMATION_START",
        "ALLOC_ENGINE_V?_LEASES_RECLAMATION_COMPLETE",
        "ALLOC_ENGINE_V?_NO_MORE_EXPIRED_LEASES",
        "ALLOC_ENGINE_V?_LEASE_RECLAIM ",
        "ALLOC_ENGINE_LEASE_RECLAIMED",
        "ALLOC_ENGINE_V?_DECLINED_RECOVERED",
    ):
        assert all(logged(server, name) for server in pair), name


@pytest.mark.arm("LE-033", "LE-025", "LE-031")
def test_the_command_reclaims_all_whatever_the_limits_of_a_cycle(pair: Pair) -> None:
    section = {"reclaim-timer-wait-time": 0, "max-reclaim-leases": 1, "max-reclaim-time": 1}
    leases = [(number, 100 - number, 0) for number in range(11, 20)]
    process(pair, section, leases, 0)
    for server in pair:
        assert server.control.ask("leases-reclaim", {"remove": False})["result"] == 0
    kea, ours = pair
    assert order(ours, 9) == order(kea, 9)
    assert len(order(ours, 9)) == 9
    assert counted(ours) == counted(kea)


@pytest.mark.arm("LE-011", "LE-019")
@pytest.mark.parametrize("keyword", [
    "reclaim-timer-wait-time", "flush-reclaimed-timer-wait-time", "hold-reclaimed-time", "max-reclaim-leases",
    "max-reclaim-time", "unwarned-reclaim-cycles",
])  # fmt: skip
def test_values_are_accepted_where_kea_accepts_them(pair: Pair, keyword: str) -> None:
    accepted = []
    for value in (0, 1, -1, 1.5, "1", None, [], True, 10000, 10001, 65535, 65536, 4294967295, 4294967296):
        results = [
            server.control.ask("config-test", server.complete(configuration(server.family, {keyword: value})))["result"]
            for server in pair
        ]
        assert results[0] == results[1], value
        accepted.append(results[1] == 0)
    assert any(accepted)
    assert not all(accepted)
