"""Our verdicts on configurations beside Kea's: on fragments that try one rule each, and on mutated configurations.

Every difference is explained by a row of ACCEPTED or fails its test. KEA_TWISTED_MUTATIONS: how many a family gets.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.differential.config.mutations import mutations
from tests.differential.config.verdicts import AcceptedVerdict, Verdict, keas, ours
from tests.support.requirements import require

MUTATIONS = int(os.environ.get("KEA_TWISTED_MUTATIONS", "210"))
LEAST_AGREEMENT = 0.97
TESTS = Path(__file__).parents[2]
VALID = "^$"

ACCEPTED = (
    AcceptedVerdict(
        VALID,
        r"unexpected [}\]]",
        "Kea's grammar wants at least one entry in some maps and lists; an empty one says nothing and does no harm.",
    ),
    AcceptedVerdict(
        "out of range value",
        VALID,
        "Kea keeps the lower 32 bits of some numbers that are out of range, and its log shows what was meant.",
    ),
    AcceptedVerdict(
        "4o6-subnet|next-server|server-hostname|boot-file-name|hostname-char-set",
        VALID,
        "Kea does not look at these in the global scope (4o6-subnet: anywhere) and fails to use them later.",
    ),
    AcceptedVerdict(
        "ddns-replace-client-name: 'true'|replace-client-name: 'true'",
        VALID,
        'Kea refuses true but takes the text "true"; the manual knows neither.',
    ),
    AcceptedVerdict(
        VALID,
        "Not defined client class|SKIP_DDNS",
        "SKIP_DDNS is a built-in class of the manual; Kea 2.2.0 knows it only with a hook that is not free.",
    ),
    AcceptedVerdict(
        "control-socket|loggers|dhcp-queue-control",
        VALID,
        "`-t` of Kea does not look into these; its server then fails to start with them, or ignores them.",
    ),
    AcceptedVerdict(VALID, "Bad directory", "Whether a directory exists is checked where it is used, at start."),
    AcceptedVerdict(
        VALID,
        "duplicate user-context/comment",
        "A comment in both forms is an error in Kea in one order and not in the other.",
    ),
    AcceptedVerdict(
        VALID,
        "cache-threshold",
        "The manual says that such a threshold turns caching off; Kea refuses it in subnets only.",
    ),
)


def explained(mine: Verdict, theirs: Verdict) -> bool:
    """Return whether two verdicts agree or differ for a known reason."""
    return mine.valid == theirs.valid or any(row.covers(mine, theirs) for row in ACCEPTED)


@pytest.mark.peer("kea")
@pytest.mark.parametrize("family", [4, 6])
def test_single_rules_are_those_of_kea(family: int, tmp_path: Path) -> None:
    require(f"kea-dhcp{family}")
    wrong = []
    for line in (TESTS / f"corpus/config/fragments{family}.txt").read_text(encoding="latin-1").splitlines():
        if line.startswith("#"):
            continue
        text = f'{{"Dhcp{family}":{{{line[8:]}}}}}'
        mine, theirs = ours(text, family), keas(text, family, tmp_path)
        recorded = line[:3].strip() == "ok"
        if theirs.valid != recorded or not explained(mine, theirs):
            wrong.append(f"{line[8:]}\n  ours: {mine.reason or 'valid'}\n  Kea's: {theirs.reason or 'valid'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.peer("kea")
@pytest.mark.parametrize("family", [4, 6])
def test_mutated_configurations_are_judged_as_by_kea(family: int, tmp_path: Path) -> None:
    require(f"kea-dhcp{family}")
    file = TESTS / f"golden/config/dhcp{family}-full.json"
    wrong, agreed = [], 0
    for what, text in mutations(file.read_text(encoding="latin-1"), file.name, MUTATIONS, seed=family):
        mine, theirs = ours(text, family), keas(text, family, tmp_path)
        agreed += mine.valid == theirs.valid
        if not explained(mine, theirs):
            wrong.append(f"{what}\n  ours: {mine.reason or 'valid'}\n  Kea's: {theirs.reason or 'valid'}")
    assert not wrong, "\n".join(wrong)
    assert agreed >= LEAST_AGREEMENT * MUTATIONS
