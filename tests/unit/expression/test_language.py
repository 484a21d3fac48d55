"""The classification language, line by line from `language.txt`. ARM classification-using-expressions."""

from __future__ import annotations

import pytest

from kea_twisted.classes.builtin import is_builtin
from kea_twisted.classes.v4 import ClassEvaluator4
from kea_twisted.classes.v6 import ClassEvaluator6
from kea_twisted.errors import ExpressionError
from kea_twisted.expression.compile import compile_string, compile_test
from kea_twisted.family import V4, V6
from kea_twisted.options.spaces import Definitions
from tests.support.expressions import Line, read

LINES = read()
DEFINITIONS = {4: Definitions(family=V4), 6: Definitions(family=V6)}
EVALUATORS = {4: ClassEvaluator4({}), 6: ClassEvaluator6({})}


def cases(mistakes: bool) -> list[object]:
    """Return the lines as parameters that name the rows they show."""
    return [
        pytest.param(line, id=str(line), marks=[pytest.mark.arm(row) for row in line.rows])
        for line in LINES
        if (type(line.expected) is int) is mistakes
    ]


def evaluate(line: Line, traced: bool) -> object:
    family = line.sample.family
    packet = line.sample.received()
    EVALUATORS[family.number].before_hosts(packet)
    packet.add_class("UNKNOWN")

    def known(name: str) -> bool:
        return is_builtin(name) or name in line.sample.classes

    if isinstance(line.expected, bytes):
        string = compile_string(line.text, family, DEFINITIONS[family.number], known)
        return (string.trace if traced else string.value)(packet)
    compiled = compile_test(line.text, family, DEFINITIONS[family.number], known)
    return (compiled.trace if traced else compiled.test)(packet)


@pytest.mark.parametrize("traced", [False, True], ids=["", "traced"])
@pytest.mark.parametrize("line", cases(mistakes=False))
@pytest.mark.arm("CL-031")
def test_an_expression_has_its_value(line: Line, traced: bool) -> None:
    if line.expected == "error":
        with pytest.raises(ExpressionError):
            evaluate_failing(line, traced)
        return
    value = evaluate(line, traced)
    assert value == line.expected, f"line {line.number}: {line.text}"
    assert type(value) is type(line.expected)


def evaluate_failing(line: Line, traced: bool) -> object:
    """Evaluate an expression that must fail only now, whatever it would give."""
    family = line.sample.family
    definitions = DEFINITIONS[family.number]
    try:
        test = compile_test(line.text, family, definitions, is_builtin)
    except ExpressionError:
        string = compile_string(line.text, family, definitions, is_builtin)
        return (string.trace if traced else string.value)(line.sample.received())
    return (test.trace if traced else test.test)(line.sample.received())


@pytest.mark.parametrize("line", cases(mistakes=True))
def test_a_mistake_is_reported_at_its_column(line: Line) -> None:
    family = line.sample.family
    with pytest.raises(ExpressionError) as caught:
        compile_test(line.text, family, DEFINITIONS[family.number], lambda n: is_builtin(n) or n in line.sample.classes)
    assert caught.value.column == line.expected, caught.value.message
