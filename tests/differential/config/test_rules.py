"""The rules of configurations row by row: what is accepted, what is refused, here and by Kea's `-t`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.differential.config import rules4, rules6
from tests.differential.config.rule import Rule
from tests.support.requirements import require

RULES = [
    pytest.param(family, each, id=f"v{family}-{each.name}", marks=[pytest.mark.arm(row) for row in each.rows])
    for family, rules in ((4, rules4.RULES), (6, rules6.RULES))
    for each in rules
]


@pytest.mark.peer("kea")
@pytest.mark.parametrize(("family", "rule"), RULES)
def test_what_is_accepted_and_refused_is_as_in_kea(family: int, rule: Rule, tmp_path: Path) -> None:
    require(f"kea-dhcp{family}")
    wrong = rule.wrong(family, tmp_path)
    assert not wrong, "\n".join(wrong)
