"""`config-test` as a command, beside Kea's: on every example, and on thousands of mutations of all of them.

Both servers run and are asked on their sockets. Kea's command overlooks some mistakes that its own check of a file
finds (unknown keywords in some maps, mostly); where ours refuses what Kea's command takes, Kea's file check is asked,
too. Syntax is not a matter of commands. KEA_TWISTED_VERDICTS: how many mutations a family gets. What is left is
explained by a row of ACCEPTED.
"""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.differential.config.bases import bases
from tests.differential.config.mutations import STRUCTURAL, places
from tests.differential.config.test_verdicts import ACCEPTED as OF_FILES
from tests.differential.config.verdicts import AcceptedVerdict, Verdict, keas
from tests.support.kea import Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

MUTATIONS = int(os.environ.get("KEA_TWISTED_VERDICTS", "2000"))
LEAST_AGREEMENT = 0.97
ADDRESSES = {4: "192.0.2.1/24", 6: "2001:db8:1::1/64"}
VALID = "^$"

ACCEPTED = (
    *OF_FILES,
    AcceptedVerdict(
        "is not an IPv4 address",
        VALID,
        "Kea writes the sixteen octets of an IPv6 address into an option of IPv4 addresses.",
    ),
    AcceptedVerdict(
        VALID,
        "expected format is name=value",
        "Kea passes parameters of databases on as text with blanks between them; a blank in one does not matter here.",
    ),
)


class Asked:
    """A server that runs and is asked for verdicts."""

    def __init__(self, kind: type[Server], family: int) -> None:
        self.link = Link(kind.name, (ADDRESSES[family],))
        self.server = kind(family, self.link)
        self.server.start({"interfaces-config": {"interfaces": ["srv0"]}})

    def verdict(self, text: str) -> Verdict:
        """Return whether `config-test` takes the configuration in *text*, and why not."""
        answer = self.server.control.ask_raw(f'{{"command": "config-test", "arguments": {text}}}'.encode("latin-1"))
        return Verdict(answer["result"] == 0, "" if answer["result"] == 0 else str(answer["text"]))

    def close(self) -> None:
        """Stop it."""
        self.server.close()
        self.link.close()


def mutated(family: int, count: int) -> Iterator[tuple[str, str]]:
    """Yield what was done and the text of *count* configurations, taking turns among the bases and the mistakes."""
    rng = random.Random(f"verdicts {family}")
    whole = bases(family)
    names = list(whole)
    kinds = list(STRUCTURAL)
    for number in range(count):
        name = names[number % len(names)]
        kind = kinds[number // len(names) % len(kinds)]
        changed = copy.deepcopy(whole[name])
        container, key = spot = rng.choice(list(places(next(iter(changed.values())))))
        before = json.dumps(container[key])[:60]
        STRUCTURAL[kind](rng, changed, spot)
        after = container.get(key) if isinstance(container, dict) else container[key : key + 1]
        yield f"{number} {name} {kind} {key}: {before} -> {json.dumps(after)[:60]}", json.dumps(changed)


def explained(mine: Verdict, theirs: Verdict) -> bool:
    """Return whether a row is about these verdicts."""
    return any(row.covers(mine, theirs) for row in ACCEPTED)


@pytest.fixture(params=[4, 6])
def asked(request: Any) -> Iterator[tuple[int, Asked, Asked]]:
    """Family, Kea's server and ours."""
    family = request.param
    require(f"kea-dhcp{family}")
    require_namespaces()
    kea, ours = Asked(Kea, family), Asked(Ours, family)
    yield family, kea, ours
    kea.close()
    ours.close()


@pytest.mark.peer("kea")
def test_config_test_takes_the_examples_that_kea_takes(asked: tuple[int, Asked, Asked]) -> None:
    family, kea, ours = asked
    wrong = []
    for name, whole in bases(family).items():
        mine, theirs = ours.verdict(json.dumps(whole)), kea.verdict(json.dumps(whole))
        if not (mine.valid and theirs.valid):
            wrong.append(f"{name}\n  ours: {mine.reason}\n  Kea's: {theirs.reason}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.peer("kea")
def test_config_test_judges_mutations_of_all_examples_as_kea_does(
    asked: tuple[int, Asked, Asked], tmp_path: Path, record_property: Any
) -> None:
    family, kea, ours = asked
    wrong, command, either = [], 0, 0
    for what, text in mutated(family, MUTATIONS):
        mine, theirs = ours.verdict(text), kea.verdict(text)
        command += mine.valid == theirs.valid
        if mine.valid == theirs.valid:
            either += 1
            continue
        if theirs.valid:
            theirs = keas(text.replace('"srv0"', '"lo"'), family, tmp_path)
            either += mine.valid == theirs.valid
            if mine.valid == theirs.valid:
                continue
        if not explained(mine, theirs):
            wrong.append(f"{what}\n  ours: {mine.reason or 'valid'}\n  Kea's: {theirs.reason or 'valid'}")
    record_property("agreement with the command", command / MUTATIONS)
    record_property("agreement with the command or the file check", either / MUTATIONS)
    print(f"DHCPv{family}: {command} of {MUTATIONS} as Kea's command, {either} as it or Kea's check of files")
    assert not wrong, "\n".join(wrong)
    assert either >= LEAST_AGREEMENT * MUTATIONS
