"""Two records of the same conversation, compared field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.differential.accepted import ACCEPTED, Accepted
from tests.differential.case import Case
from tests.differential.talk import Record, Step

EXPIRE_TOLERANCE = 2
"""Seconds by which the ends of two leases may differ: the servers are asked one after the other."""

LIFETIMES = {
    "option 51": (0,),
    "option 58": (0,),
    "option 59": (0,),
    "option 3": (8, 16),
    "option 25": (8, 16),
    "option 5": (32, 40),
    "option 26": (0, 8),
}
"""Where in the hexadecimal digits of an option lifetimes of eight digits begin."""


@dataclass(frozen=True)
class Difference:
    """One field that is not the same; None where one side has no such field."""

    case: str
    label: str
    field: str
    kea: object
    ours: object

    @property
    def accepted(self) -> Accepted | None:
        """The row of the table of accepted differences that covers this one, None if none does."""
        return next((row for row in ACCEPTED if row.covers(self.case, self.label, self.field)), None)

    def __str__(self) -> str:
        return f"{self.case}: {self.label}: {self.field}\n    Kea:  {self.kea}\n    ours: {self.ours}"


def compare(case: Case, kea: Record, ours: Record) -> list[Difference]:
    """Return every difference between two records, accepted or not."""
    return list(_differences(case, kea, ours))


def _differences(case: Case, kea: Record, ours: Record) -> Iterator[Difference]:
    def found(label: str, field: str, one: object, other: object) -> Difference:
        return Difference(case.name, label, field, one, other)

    if ours.error:
        yield found("conversation", "error", kea.error, ours.error)
    for index, step in enumerate(kea.steps):
        if index >= len(ours.steps):
            yield found(step.label, "step", _summary(step), None)
            break
        other = ours.steps[index]
        if other.label != step.label:
            yield found(step.label, "step", step.label, other.label)
            break
        yield from (found(step.label, *rest) for rest in _step(case, step, other))
    kea_rows, our_rows = _without_nameless(kea.rows), _without_nameless(ours.rows)
    for place in range(max(len(kea_rows), len(our_rows))):
        one = kea_rows[place] if place < len(kea_rows) else None
        two = our_rows[place] if place < len(our_rows) else None
        if one is None or two is None:
            yield found(f"lease row {place}", "row", one and ",".join(one.values()), two and ",".join(two.values()))
            continue
        for column in {**one, **two}:
            if not _same_cell(column, one.get(column), two.get(column), kea.started, ours.started):
                yield found(f"lease row {place} ({one.get('address')})", column, one.get(column), two.get(column))
    for place in range(max(len(kea.requests), len(ours.requests))):
        first = kea.requests[place] if place < len(kea.requests) else None
        second = ours.requests[place] if place < len(ours.requests) else None
        if first is None or second is None:
            yield found(f"request {place}", "request", first, second)
            continue
        for name in {**first, **second}:
            if not _same_member(name, first.get(name), second.get(name), kea.started, ours.started):
                yield found(f"request {place} ({first.get('fqdn')})", name, first.get(name), second.get(name))
    parts = [("log", kea.told, ours.told)]
    if kea.loading is not None and ours.loading is not None:
        parts.append(("log of the configuration", kea.loading, ours.loading))
    for label, theirs, own in parts:
        for name in sorted(theirs | own):
            if theirs.get(name) != own.get(name):
                yield found(label, name, theirs.get(name), own.get(name))
    for name in sorted({*kea.statistics, *ours.statistics}):
        # A statistic that is 0 and one that is not there yet are the same here: what exists from the start is a test of
        # its own, and Kea keeps those of subnets that are long gone.
        if (kea.statistics.get(name) or 0) != (ours.statistics.get(name) or 0):
            yield found("statistics", name, kea.statistics.get(name), ours.statistics.get(name))


def _without_nameless(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return *rows* without those that are written again at once for the host name alone.

    Kea stores a lease whose name it generates twice, first without the name; that a file holds both rows is of no
    consequence to whoever reads it.
    """
    kept: list[dict[str, str]] = []
    for row in rows:
        before = kept[-1] if kept else None
        names = ("hostname", "fqdn_fwd", "fqdn_rev", "expire")
        if before and not before["hostname"] and row["hostname"] and {**before, **{n: row[n] for n in names}} == row:
            # The clock may go on by a second between the two.
            if abs(int(row["expire"]) - int(before["expire"])) <= 1:
                kept.pop()
        kept.append(row)
    return kept


def _summary(step: Step) -> str:
    return "silence" if step.view is None else "an answer"


def _step(case: Case, kea: Step, ours: Step) -> Iterator[tuple[str, object, object]]:
    if kea.command is not None or ours.command is not None:
        yield from _json("answer", kea.command, ours.command)
        return
    if kea.view is None or ours.view is None:
        if kea.view is not ours.view:
            yield "answer", kea.view and _brief(kea.view), ours.view and _brief(ours.view)
        return
    agreed = _with_common_timers(kea.view) if case.family == 6 else {}
    for name in {**kea.view, **ours.view}:
        one, two = kea.view.get(name), ours.view.get(name)
        if one == two:
            continue
        if two is not None and agreed.get(name) == two:
            yield f"{name} common timers", one, two
            continue
        if case.ticking and one and two and _ticked(name, one, two):
            continue
        if case.family == 6 and name.endswith("option 13") and one and two and one[:4] == two[:4]:
            continue  # The same status code; the sentence beside it is our own.
        yield name, one, two


def _with_common_timers(view: dict[str, str]) -> dict[str, str]:
    """Return the IAs of a view that hold leases, with the lowest T1 and T2 of all in each; 0 only if no other is there.

    Expects what Kea says: T1 and T2 of each IA by itself.
    """
    granted: dict[str, str] = {}
    for name, body in view.items():
        if name.rpartition("/")[2].partition("#")[0] not in ("option 3", "option 25") or len(body) != 24:
            continue
        inside = {inner.removeprefix(f"{name}/").partition("#")[0] for inner in view if inner.startswith(f"{name}/")}
        if inside & {"option 5", "option 26"} and "option 13" not in inside:
            granted[name] = body
    t1, t2 = (min(filter(None, (int(body[at : at + 8], 16) for body in granted.values())), default=0) for at in (8, 16))
    return {name: f"{body[:8]}{t1 if t1 < t2 else 0:08x}{t2:08x}" for name, body in granted.items()}


def _ticked(name: str, one: str, two: str) -> bool:
    """Return whether two options differ in lifetimes only, and by a second at most."""
    begins = LIFETIMES.get(name.rpartition("/")[2].partition("#")[0])
    if begins is None or len(one) != len(two) or max(begins) + 8 > len(one):
        return False
    digits = [list(one), list(two)]
    for at in begins:
        seconds = [int(each[at : at + 8], 16) for each in (one, two)]
        if abs(seconds[0] - seconds[1]) > 1:
            return False
        for each in digits:
            each[at : at + 8] = "........"
    return digits[0] == digits[1]


def _brief(view: dict[str, str]) -> str:
    skipped = ("from", "ttl", "mac", "op", "htype", "hlen", "hops", "xid", "chaddr", "secs")
    return " ".join(f"{name}={value}" for name, value in view.items() if value and name not in skipped)


def _same_cell(column: str, one: str | None, two: str | None, started: float, other_started: float) -> bool:
    if column == "expire" and one and two:
        return abs((int(one) - started) - (int(two) - other_started)) <= EXPIRE_TOLERANCE
    return one == two


def _same_member(name: str, one: object, two: object, started: float, other_started: float) -> bool:
    """Return whether a member of two name change requests is the same, times apart that lie in between."""
    if name == "lease-expires-on" and one and two and one != two:
        ends = [datetime.strptime(f"{text}+0000", "%Y%m%d%H%M%S%z").timestamp() for text in (one, two)]
        return abs((ends[0] - started) - (ends[1] - other_started)) <= EXPIRE_TOLERANCE
    return one == two


def _json(path: str, one: object, two: object) -> Iterator[tuple[str, object, object]]:
    """Compare answers to commands; texts are sentences and may differ, times of samples are not looked at."""
    if isinstance(one, dict) and isinstance(two, dict):
        for name in {**one, **two}:
            if name == "text":
                continue
            yield from _json(f"{path}.{name}", one.get(name), two.get(name))
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for place, (left, right) in enumerate(zip(one, two, strict=True)):
            if isinstance(left, str) and left[:2] == "20" and left.count(":") == 2:
                continue
            yield from _json(f"{path}[{place}]", left, right)
    elif one != two and not _zero_sample(two if one is None else one if two is None else None):
        yield path, one, two


def _zero_sample(value: object) -> bool:
    """Return whether *value* is a statistic that stands at 0."""
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], list) and value[0][:1] == [0]
