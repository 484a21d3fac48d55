"""Every line of the language file, asked of Kea 2.2.0: what it accepts, and which classes its packets then belong to.

Kea says in its log what each expression evaluated to, so one packet answers for all lines about it.
"""

from __future__ import annotations

import re

import pytest

from kea_twisted.classes.builtin import is_builtin
from kea_twisted.classes.v4 import ClassEvaluator4
from kea_twisted.classes.v6 import ClassEvaluator6
from kea_twisted.errors import ExpressionError
from kea_twisted.expression.compile import compile_test
from kea_twisted.family import V4, V6
from kea_twisted.log.logger import EVAL, Logger
from kea_twisted.log.message import DBG_ALL, Message
from kea_twisted.options.spaces import Definitions
from tests.differential.classes.oracle import Oracle, Steps
from tests.support.expressions import Line, Sample, read

LINES = read()
SAMPLES = {line.sample.name: line.sample for line in LINES}
EVALUATORS = {4: ClassEvaluator4({}), 6: ClassEvaluator6({})}
DEFINITIONS = {4: Definitions(family=V4), 6: Definitions(family=V6)}


def as_test(line: Line) -> str:
    """Return a test that is true if the expression has the value expected."""
    if isinstance(line.expected, bytes):
        value = f"0x{line.expected.hex()}" if line.expected else "''"
        return f"{line.text} == {value}"
    if line.expected == "error":
        try:
            compile_test(line.text, line.sample.family, DEFINITIONS[line.sample.family.number], is_builtin)
        except ExpressionError:
            return f"{line.text} == ''"
    return line.text


def samples() -> list[object]:
    """Return the packets as parameters that name the rows their lines show."""
    rows: dict[str, set[str]] = {name: set() for name in SAMPLES}
    for line in LINES:
        if not line.note and type(line.expected) is not int:
            rows[line.sample.name].update(line.rows)
    return [
        pytest.param(sample, id=name, marks=[pytest.mark.arm(row) for row in sorted(rows[name])])
        for name, sample in SAMPLES.items()
    ]


def traced(line: Line) -> Steps:
    """Return the debug lines of our evaluation, as far as Kea's can be compared with them."""
    found: Steps = []

    def keep(_logger: Logger, message: Message, arguments: tuple[object, ...]) -> None:
        found.append((message.id, [text for text in map(str, arguments) if re.fullmatch("0x[0-9A-F]*", text)]))

    family = line.sample.family
    compiled = compile_test(
        as_test(line), family, DEFINITIONS[family.number], lambda n: is_builtin(n) or n in line.sample.classes
    )
    packet = line.sample.received()
    EVALUATORS[family.number].before_hosts(packet)
    before = EVAL.rank, EVAL.emit
    EVAL.rank, EVAL.emit = DBG_ALL, keep
    try:
        compiled.trace(packet)
    except ExpressionError:
        pass
    finally:
        EVAL.rank, EVAL.emit = before
    return found


@pytest.mark.parametrize("sample", samples())
@pytest.mark.arm("CL-005", "CL-117", "CL-118", "CL-120", "CL-121")
def test_kea_evaluates_like_us(oracles: dict[int, Oracle], sample: Sample) -> None:
    """Values, and the debug lines on the way to them. Of several negations in a row we do only those that matter."""
    lines = [line for line in LINES if line.sample is sample and not line.note and type(line.expected) is not int]
    classes: list[dict[str, object]] = [{"name": name, "test": "member('ALL')"} for name in sample.classes]
    classes += [{"name": f"line{line.number}", "test": as_test(line)} for line in lines]
    classes.append({"name": "last", "test": "member('UNKNOWN')"})
    found = oracles[sample.family.number].results(classes, sample.octets, "last")
    wrong = []
    steps = oracles[sample.family.number].steps()
    for line in lines:
        if (ours := traced(line)) != steps.get(f"line{line.number}") and "not not" not in line.text:
            wrong.append(f"{line.number}: {line.text}\n  ours {ours}\n  Kea  {steps.get(f'line{line.number}')}")
        wanted = {False: "0", "error": None}.get(line.expected, "1")  # type: ignore[call-overload]
        got = found.get(f"line{line.number}", "nothing")
        if got != wanted if wanted else got in ("0", "1", "nothing"):
            wrong.append(f"{line.number}: {line.text} => {line.expected!r}, Kea: {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.arm("CL-032", "CL-077")
def test_kea_rejects_what_we_reject_and_at_the_same_column(oracles: dict[int, Oracle]) -> None:
    wrong = []
    for line in LINES:
        if type(line.expected) is not int:
            continue
        known: list[dict[str, object]] = [{"name": name} for name in line.sample.classes]
        accepted, text = oracles[line.sample.family.number].accepts([*known, {"name": "c", "test": line.text}])
        place = re.search(r"<string>:1\.(\d+)", text)
        column = int(place[1]) if place else None
        if accepted or (column != line.expected and not line.note):
            wrong.append(f"{line.number}: {line.text}: column {line.expected}, Kea: {text}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.arm("CL-043")
def test_the_noted_differences_are_still_there(oracles: dict[int, Oracle]) -> None:
    agreed = []
    for line in LINES:
        if not line.note or type(line.expected) is int:
            continue
        oracle = oracles[line.sample.family.number]
        classes: list[dict[str, object]] = [{"name": "c", "test": as_test(line)}]
        if oracle.accepts(classes)[0] and oracle.results(classes, line.sample.octets, "c").get("c") == "1":
            agreed.append(f"{line.number}: {line.text}")
    assert not agreed, "\n".join(agreed)
