"""Each statistic of the manual: something makes it move, and it stands where Kea's stands after every step."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest

from tests.differential.pair import Side
from tests.differential.statistics.conversations import (
    Figures,
    configuration4,
    configuration6,
    converse4,
    converse6,
)
from tests.differential.talk import Talk
from tests.support.kea import Kea
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces
from tests.support.rows import Row, read

pytestmark = pytest.mark.peer("kea")

Told = list[tuple[str, Figures]]
SUBNETS = (1, 2, 3)
MANUAL = {4: (), 6: ("V6-446",)}
STILL = {"pkt6-dhcpv4-response-sent": "it takes a DHCPv4 server beside this one"}
"""Statistics that nothing moves, with the reason."""


def told(family: int) -> tuple[Told, Told]:
    """Return what Kea and ours noted; the two conversations are held at the same time, because they wait a lot."""
    require(f"kea-dhcp{family}")
    require_namespaces()
    sides = Side(Kea, family), Side(Ours, family)

    def converse(side: Side) -> Told:
        side.server.start(configuration4(False) if family == 4 else configuration6(False))
        return (converse4 if family == 4 else converse6)(Talk(side.server, side.wire)).steps

    try:
        with ThreadPoolExecutor(2) as threads:
            kea, ours = threads.map(converse, sides)
    finally:
        for side in sides:
            side.close()
    return kea, ours


@pytest.fixture(scope="module")
def told4() -> tuple[Told, Told]:
    return told(4)


@pytest.fixture(scope="module")
def told6() -> tuple[Told, Told]:
    return told(6)


def named(row: Row) -> tuple[int, str] | None:
    """Return family and name of the statistic that a row is about, None if it is about something else."""
    found = re.match(r"(?:``)?((?:subnet\[id\]\.)?[a-z0-9-]+)(?:``:|; int;)", row.feature)
    if found is None or "hook" in row.feature.lower():
        return None
    family = 6 if row.section.startswith("6 ") else 4
    return family, found[1]


def parameters(family: int) -> list[Any]:
    """Return each statistic of *family*, with the rows about it."""
    rows = [row for row in read("stats") if "ST-044" <= row.id < "ST-129"]
    rows += [row for row in read("dhcp4") if row.section.startswith("32 ")]
    names: dict[str, list[str]] = {}
    for row in rows:
        about = named(row)
        if about is not None and about[0] == family:
            names.setdefault(about[1], []).extend([] if about[1] in STILL else [row.id])
    return [pytest.param(name, id=name, marks=pytest.mark.arm(*ids, *MANUAL[family])) for name, ids in names.items()]


def series(steps: Told, name: str) -> list[tuple[str, object]]:
    """Return the value after each step; 0 where it is not there yet."""
    return [(label, figures.get(name, 0)) for label, figures in steps]


def check(both: tuple[Told, Told], name: str) -> None:
    kea, ours = both
    names = [name.replace("id", str(number)) for number in SUBNETS] if name.startswith("subnet[") else [name]
    for each in names:
        assert series(ours, each) == series(kea, each)
    moved = any(len({value for _label, value in series(ours, each)}) > 1 for each in names)
    assert moved is (name not in STILL)


@pytest.mark.parametrize("name", parameters(4))
def test_a_dhcpv4_statistic_moves_as_in_kea(told4: tuple[Told, Told], name: str) -> None:
    check(told4, name)


@pytest.mark.parametrize("name", parameters(6))
def test_a_dhcpv6_statistic_moves_as_in_kea(told6: tuple[Told, Told], name: str) -> None:
    check(told6, name)


def changes(steps: Told, name: str) -> list[tuple[str, int]]:
    """Return by how much a statistic changed, with the step that did it."""
    values = series(steps, name)
    found = []
    for (_label, before), (label, after) in pairwise(values):
        assert isinstance(before, int)
        assert isinstance(after, int)
        if after != before:
            found.append((label, after - before))
    return found


@pytest.mark.arm("ST-038", "ST-041", "V4-507", "V4-508")
def test_assigned_addresses_come_with_requests_and_go_with_release_and_end(told4: tuple[Told, Told]) -> None:
    steps = told4[1]
    assert changes(steps, "subnet[1].assigned-addresses") == [
        ("assign", 1),
        ("another", 1),
        ("the last address", 1),
        ("release", -1),
        ("end and recovery", -1),
        ("assign again", 1),
    ]
    assert changes(steps, "subnet[1].declined-addresses") == [("decline", 1), ("end and recovery", -1)]
    assert changes(steps, "declined-addresses") == [("decline", 1), ("end and recovery", -1)]
    assert changes(steps, "subnet[1].reclaimed-declined-addresses") == [("end and recovery", 1), ("reconfigure", -1)]
    assert changes(steps, "reclaimed-declined-addresses") == [("end and recovery", 1)]


@pytest.mark.arm("ST-039")
def test_cumulative_figures_only_grow_but_for_subnets_when_they_are_configured(told6: tuple[Told, Told]) -> None:
    steps = told6[1]
    for kind in ("nas", "pds"):
        everywhere = changes(steps, f"cumulative-assigned-{kind}")
        assert all(by > 0 for _label, by in everywhere)
        here = changes(steps, f"subnet[1].cumulative-assigned-{kind}")
        assert [label for label, by in here if by < 0] == ["reconfigure"]
        assert dict(series(steps, f"subnet[1].cumulative-assigned-{kind}"))["reconfigure"] == 0


@pytest.mark.arm("ST-040")
def test_totals_change_with_pools_only_and_leave_reservations_out(told4: tuple[Told, Told]) -> None:
    assert changes(told4[1], "subnet[1].total-addresses") == [("reconfigure", 10)]


@pytest.mark.arm("ST-042", "V6-446")
def test_addresses_and_prefixes_are_reclaimed_alike(told6: tuple[Told, Told]) -> None:
    steps = told6[1]
    ended = dict(changes(steps, "subnet[2].assigned-nas")), dict(changes(steps, "subnet[2].assigned-pds"))
    assert [each["end and removal"] for each in ended] == [-1, -1]
    assert dict(changes(steps, "subnet[2].reclaimed-leases"))["end and removal"] == 2


@pytest.mark.arm("ST-043")
@pytest.mark.parametrize(
    ("step", "subnet", "counted"),
    [
        ("used up", 1, {"", "-subnet", "-classes"}),
        ("shared network used up", 2, {"", "-shared-network", "-classes"}),
        ("no pools", 3, {"-no-pools", "-subnet", "-classes"}),
    ],
)
def test_a_failure_counts_once_under_each_of_its_reasons(
    told4: tuple[Told, Told], step: str, subnet: int, counted: set[str]
) -> None:
    for prefix in ("", f"subnet[{subnet}]."):
        for reason in ("", "-subnet", "-shared-network", "-no-pools", "-classes"):
            moved = dict(changes(told4[1], f"{prefix}v4-allocation-fail{reason}")).get(step, 0)
            assert moved == (reason in counted)
