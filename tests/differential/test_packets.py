"""Kea 2.2.0 and kea_twisted answer the same packets alike."""

from __future__ import annotations

import pytest

from tests.differential.case import Case, cases
from tests.differential.pair import Pair

pytestmark = pytest.mark.peer("kea")


def _parameters(family: int) -> list[object]:
    return [
        pytest.param(each, id=each.name, marks=[pytest.mark.arm(row) for row in each.rows]) for each in cases(family)
    ]


def _check(pair: Pair, case: Case) -> None:
    differences = pair.run(case)
    assert not differences, "\n".join(str(each) for each in differences)


@pytest.mark.parametrize("case", _parameters(4))
def test_dhcp4_answers_as_kea_does(pair4: Pair, case: Case) -> None:
    _check(pair4, case)


@pytest.mark.parametrize("case", _parameters(6))
def test_dhcp6_answers_as_kea_does(pair6: Pair, case: Case) -> None:
    _check(pair6, case)
