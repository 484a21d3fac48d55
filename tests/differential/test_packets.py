"""Kea 2.2.0 and kea_twisted answer the same packets alike."""

from __future__ import annotations

import pytest

from tests.differential.accepted import ACCEPTED
from tests.differential.case import Case, cases
from tests.differential.pair import Pair

pytestmark = pytest.mark.peer("kea")


NAMES_AT_START = {
    4: {"subnet4": [{"id": 7, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.19"}]}]},
    6: {
        "subnet6": [
            {
                "id": 7,
                "subnet": "2001:db8:1::/64",
                "pools": [{"pool": "2001:db8:1::/80"}],
                "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 48, "delegated-len": 56}],
            }
        ]
    },
}


def _parameters(family: int) -> list[object]:
    return [
        pytest.param(each, id=each.name, marks=[pytest.mark.arm(row) for row in each.rows]) for each in cases(family)
    ]


TRIES = 3
"""Kea picks among the subnets of a network by a clock that can tie: what differs once need not differ again."""


def _check(pair: Pair, case: Case) -> None:
    for _ in range(TRIES):
        differences = pair.run(case)
        if not differences:
            return
    raise AssertionError("\n".join(str(each) for each in differences))


@pytest.mark.parametrize("case", _parameters(4))
def test_dhcp4_answers_as_kea_does(pair4: Pair, case: Case) -> None:
    _check(pair4, case)


@pytest.mark.parametrize("case", _parameters(6))
def test_dhcp6_answers_as_kea_does(pair6: Pair, case: Case) -> None:
    _check(pair6, case)


def _check_start(pair: Pair) -> None:
    whole = {"interfaces-config": {"interfaces": ["srv0"]}, **NAMES_AT_START[pair.family]}
    figures = []
    for side in (pair.kea, pair.ours):
        side.server.stop()
        side.server.load(whole)
        figures.append(side.server.statistics())
    assert figures[0] == figures[1]


@pytest.mark.arm("ST-002")
def test_dhcp4_statistics_at_the_start_are_keas(pair4: Pair) -> None:
    _check_start(pair4)


@pytest.mark.arm("ST-002")
def test_dhcp6_statistics_at_the_start_are_keas(pair6: Pair) -> None:
    _check_start(pair6)


def test_every_accepted_difference_is_still_there(pair4: Pair, pair6: Pair) -> None:
    if len(pair4.done) < len(cases(4)) or len(pair6.done) < len(cases(6)):
        pytest.skip("only where all cases have run: `pytest tests/differential/test_packets.py`")
    stale = [row for row in ACCEPTED if not row.sometimes and row not in pair4.used | pair6.used]
    assert not stale
