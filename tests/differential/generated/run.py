"""Hold a generated conversation with both servers at once, a batch of messages at a time, and compare."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from tests.differential.case import Case
from tests.differential.compare import Difference, compare
from tests.differential.generated import leases
from tests.differential.generated.clients4 import Clients4
from tests.differential.generated.clients6 import Clients6
from tests.differential.generated.configuration4 import Configuration4
from tests.differential.generated.configuration6 import Configuration6
from tests.differential.generated.dice import Dice
from tests.differential.generated.ear import Ear
from tests.differential.generated.leases import Row
from tests.differential.generated.requests import only_one_has
from tests.differential.generated.said import Act, Ordered, Said
from tests.differential.pair import Pair
from tests.differential.talk import Record
from tests.support.kea import Json

BATCH = 8
TRIES = 6
PROMPT = 5
"""Seconds that one conversation takes at most."""


@dataclass
class Outcome:
    """What came of one seed.

    leases: what the lease file held before. acts: what was said and done. refused: why both refuse the configuration.
    lost: why the conversation tells nothing: Kea crashed or wavered.
    """

    seed: int
    configuration: Json
    leases: list[Row] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    refused: str = ""
    lost: str = ""
    differences: list[Difference] = field(default_factory=list)
    accepted: list[Difference] = field(default_factory=list)


def _nothing(talk: object) -> None:
    """Stand for the conversation of a case, which here is not a function."""


def settled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return lease rows without those that another row soon repeats, perhaps with another name.

    Kea stores some leases before it knows their name and once more with it.
    """
    kept: list[dict[str, str]] = []
    last: dict[str, int] = {}
    for row in rows:
        if row["valid_lifetime"] == "0":
            row = {**row, "hostname": "", "fqdn_fwd": "0", "fqdn_rev": "0"}  # the end of a lease, whatever its name
        place = last.get(row["address"])
        if place is not None and _repeats(kept[place], row):
            kept[place] = row
        else:
            last[row["address"]] = len(kept)
            kept.append(row)
    return kept


def _repeats(row: dict[str, str], later: dict[str, str]) -> bool:
    if abs(int(row["expire"]) - int(later["expire"])) > PROMPT:
        return False
    return all(row[name] == later[name] for name in row if name not in ("hostname", "fqdn_fwd", "fqdn_rev", "expire"))


class Conversations:
    """Both servers of one family, kept running from seed to seed."""

    def __init__(self, family: int, pair: Pair) -> None:
        self.family = family
        self.pair = pair
        self.kea, self.ours = Ear(pair.kea, family), Ear(pair.ours, family)

    def _open(self, outcome: Outcome) -> bool:
        """Load the configuration on both; note in *outcome* if that is the end already."""
        lease_file = leases.text(self.family, outcome.leases, int(time.time())) if outcome.leases else ""
        kea, ours = (ear.open(outcome.configuration, lease_file) for ear in (self.kea, self.ours))
        if bool(kea) != bool(ours):
            outcome.differences.append(Difference(self._name(outcome), "configuration", "verdict", kea, ours))
        outcome.refused = kea if kea and ours else ""
        return not (kea or ours)

    def _name(self, outcome: Outcome) -> str:
        return f"v{self.family}-generated-{outcome.seed}"

    def _compare(self, outcome: Outcome, first: int = 0, final: bool = False) -> None:
        """Note how the records differ from step *first* on; *final*: in lease rows and statistics too."""
        case = Case(self._name(outcome), self.family, outcome.configuration, _nothing, ticking=True)
        records = []
        for ear in (self.kea, self.ours):
            whole = ear.close() if final else ear.record
            if final and ear is self.kea:
                ear.uncount()
            # Both heard the same at the same time: the times in leases are compared as they are.
            records.append(Record(0, whole.steps[first:]))
            if final:
                records[-1].rows, records[-1].statistics = settled(whole.rows), whole.statistics
        found = compare(case, *records)
        if final:
            sent = only_one_has(self.kea.record.requests, self.ours.record.requests, self.kea.refused())
            found += [Difference(case.name, "requests", *each) for each in sent]
        for each in found:
            (outcome.accepted if each.accepted else outcome.differences).append(each)

    def run(self, seed: int, steps: int) -> Outcome:
        """Return what came of *seed*. A difference counts only if it is the same each time.

        Kea chooses among the subnets of a network by a clock that two searches may find at the same time, so what it
        answers to the same conversation differs from run to run; where it does, ours has to be one of its ways.
        """
        tried = [self.once(seed, steps)]
        while tried[-1].differences and len(tried) < TRIES:
            tried.append(self.once(seed, steps))
        if tried[-1].differences and len({len(each.acts) for each in tried}) > 1:
            tried[-1].differences = []
            tried[-1].lost = "Kea is not of one mind"
        return tried[-1]

    def once(self, seed: int, steps: int) -> Outcome:
        """Make everything from *seed* and say *steps* messages; the first batch that differs is the last."""
        dice = Dice(f"v{self.family}-{seed}")
        made = Configuration4(dice) if self.family == 4 else Configuration6(dice)
        clients = Clients4(dice, made) if isinstance(made, Configuration4) else Clients6(dice, made)
        outcome = Outcome(seed, made.made, clients.leases)
        if not self._open(outcome):
            return outcome
        while len(outcome.acts) < steps and not outcome.differences:
            batch = clients.batch(min(BATCH, steps - len(outcome.acts)))
            done = len(self.kea.record.steps)
            outcome.acts += batch
            try:
                answers = self._both(batch)
            except OSError:
                if self.kea.side.server.ended:
                    outcome.lost = "Kea does not survive it"
                    return outcome
                raise
            for said, answer in answers:
                if answer is not None:
                    clients.hear(said, answer)
            self._compare(outcome, done)
        if not outcome.differences:
            self._compare(outcome, final=True)
        return outcome

    def repeat(self, configuration: Json, rows: Sequence[Row], acts: Sequence[Act], seed: int = 0) -> Outcome:
        """Say and do again what was said and done, one message at a time, and compare at the end."""
        outcome = Outcome(seed, configuration, list(rows), list(acts))
        if self._open(outcome):
            for each in acts:
                self._both([each])
            self._compare(outcome, final=True)
        return outcome

    def _both(self, batch: Sequence[Act]) -> list[tuple[Said, bytes | None]]:
        """Let *batch* happen on both sides, and return Kea's answers."""
        answers: list[tuple[Said, bytes | None]] = []
        for _, group in groupby(enumerate(batch), key=lambda each: _together(*each)):
            acts = [act for _, act in group]
            together = [act for act in acts if isinstance(act, Said)]
            if together:
                answers += zip(together, self.kea.say(together), strict=True)
                self.ours.say(together)
            for order in acts:
                if isinstance(order, Ordered):
                    self._obey(order)
        return answers

    def _obey(self, order: Ordered) -> None:
        """Let both do what the operator wants; back to the first configuration if both refuse another one.

        Kea closes its sockets first, and has none afterwards; ours goes on with the configuration that it has.
        """
        results = self.kea.obey(order), self.ours.obey(order)
        if all(results) and order.command == "config-set":
            self._obey(Ordered("config-set"))


def _together(place: int, act: Act) -> int:
    """Return the same number for acts that may be sent off together."""
    return place if isinstance(act, Ordered) or act.alone else -1
