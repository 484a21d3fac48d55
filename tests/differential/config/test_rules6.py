"""The rules of DHCPv6 configurations row by row: what is accepted, what is refused, here and by `kea-dhcp6 -t`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.differential.config.rules6 import RULES, Rule
from tests.differential.config.verdicts import keas, ours
from tests.support.kea import Json
from tests.support.requirements import require


def _text(fragment: Json | str) -> str:
    inner = fragment if isinstance(fragment, str) else json.dumps(fragment)[1:-1]
    return f'{{"Dhcp6": {{{inner}}}}}'


@pytest.mark.peer("kea")
@pytest.mark.parametrize(
    "rule", [pytest.param(each, id=each.name, marks=[pytest.mark.arm(row) for row in each.rows]) for each in RULES]
)
def test_what_is_accepted_and_refused_is_as_in_kea(rule: Rule, tmp_path: Path) -> None:
    require("kea-dhcp6")
    wrong = []
    for valid, fragments in ((True, rule.good), (False, rule.bad)):
        for fragment in fragments:
            text = _text(fragment)
            mine, theirs = ours(text, 6), keas(text, 6, tmp_path)
            if (mine.valid, theirs.valid) != (valid, valid):
                wrong.append(f"{text}\n  ours: {mine.reason or 'valid'}\n  Kea's: {theirs.reason or 'valid'}")
    assert not wrong, "\n".join(wrong)
