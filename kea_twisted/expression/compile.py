"""Expressions to functions of a packet: constants folded, common shapes made short, evaluation as Kea 2.2.0 does it.

Kea evaluates every operand. Here ``and``, ``or`` and ``ifelse`` skip what cannot change the result, except where the
skipped part could raise: an error anywhere makes the whole evaluation an error, in Kea and here.
ARM classification-using-expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kea_twisted.errors import ExpressionError
from kea_twisted.expression.access import Access, Reader
from kea_twisted.expression.functions import AND, BOOL, EQUAL, IFELSE, NOT, OR, SPLIT, STRING, SUBSTRING, Type, Value
from kea_twisted.expression.nodes import Call, Literal, Member, Node, Read
from kea_twisted.expression.parser import Parser
from kea_twisted.expression.trace import traced
from kea_twisted.expression.v4 import Access4
from kea_twisted.expression.v6 import Access6
from kea_twisted.family import Family
from kea_twisted.options.spaces import Definitions

Test = Callable[[Any], bool]
"""Whether a packet matches; ExpressionError if the packet's values do not suit a function."""
StringReader = Callable[[Any], bytes]
KnownClass = Callable[[str], bool]
"""Whether ``member()`` may name a class: it is built in or stands before the one being defined."""

_MAX_INT32 = 0x7FFFFFFF


@dataclass(frozen=True, slots=True)
class Compiled:
    """A test. trace: the same, writing a debug line for every step. classes: what its ``member()`` name."""

    test: Test
    trace: Test
    classes: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class CompiledString:
    """An expression that gives octets. The fields are those of :class:`Compiled`."""

    value: StringReader
    trace: StringReader
    classes: frozenset[str]
    text: str


def compile_test(
    text: str,
    family: Family,
    definitions: Definitions,
    known_class: KnownClass,
    early: bool = False,
    local: Mapping[str, Definitions] | None = None,
) -> Compiled:
    """Return the test that *text* describes; ExpressionError with the column if it describes none.

    early, local: as of :class:`Access`.
    """
    node, classes = _parse(text, _access(family, definitions, early, local), known_class, BOOL)
    return Compiled(_build(node)[0], traced(node), classes, text)


def compile_string(text: str, family: Family, definitions: Definitions, known_class: KnownClass) -> CompiledString:
    """Return the function to octets that *text* describes; ExpressionError with the column if it describes none."""
    node, classes = _parse(text, _access(family, definitions), known_class, STRING)
    return CompiledString(_build(node)[0], traced(node), classes, text)


def _access(
    family: Family, definitions: Definitions, early: bool = False, local: Mapping[str, Definitions] | None = None
) -> Access:
    return (Access4 if family.number == 4 else Access6)(definitions, early, local)


def _parse(text: str, access: Access, known_class: KnownClass, wanted: Type) -> tuple[Node, frozenset[str]]:
    parser = Parser(text, access, known_class)
    node = parser.parse(wanted)
    return node, frozenset(parser.classes)


def _constant(value: Value) -> Reader:
    return lambda _packet: value


def _build(node: Node) -> tuple[Reader, bool]:
    """Return the function of a node, and whether it may raise ExpressionError."""
    if isinstance(node, Literal):
        return _constant(node.value), False
    if isinstance(node, Read):
        return node.read, False
    if isinstance(node, Member):
        name = node.name
        return (lambda packet: name in packet.classes), False
    return _build_call(node)


def _value(node: Node) -> bytes | bool | None:
    """Return the value of a node that is the same for every packet, None if there is none or it is an error."""
    if isinstance(node, Literal):
        return node.value
    if not isinstance(node, Call):
        return None
    values = []
    for operand in node.operands:
        value = _value(operand)
        if value is None:
            return None
        values.append(value)
    try:
        result: bytes | bool = node.function.apply(*values, *node.numbers)
    except ExpressionError:
        return None
    return result


def _build_call(node: Call) -> tuple[Reader, bool]:
    """Return the function of an operator or function, the usual shapes without detours."""
    value = _value(node)
    if value is not None:
        return _constant(value), False
    function = node.function
    if function is EQUAL:
        return _build_equal(node)
    built = [_build(operand) for operand in node.operands]
    readers = [reader for reader, _ in built]
    raises = function.fails or any(fails for _, fails in built)
    if function is SUBSTRING:
        return _build_substring(readers[0], node.numbers), raises or _beyond(node)
    if function is NOT:
        (operand,) = readers
        return (lambda packet: not operand(packet)), raises
    # An operand that may raise must be evaluated whatever the others give, but the first always is.
    eager = any(fails for _, fails in built[1:])
    if function is AND or function is OR:
        return _build_logical(function is AND, readers, eager), raises
    if function is IFELSE and not eager:
        condition, yes, no = readers
        return (lambda packet: yes(packet) if condition(packet) else no(packet)), raises
    return _build_general(node, readers), raises or (function is SPLIT and _beyond(node))


def _beyond(node: Call) -> bool:
    """Return whether an integer argument does not fit 32 bits, which is an error when it is evaluated."""
    return any(number is not None and not -_MAX_INT32 - 1 <= number <= _MAX_INT32 for number in node.numbers)


def _build_equal(node: Call) -> tuple[Test, bool]:
    """Return a comparison, and whether it may raise; with a constant it needs one call less."""
    left, right = node.operands
    constant = _value(right)
    if constant is None:
        constant = _value(left)
        if constant is None:
            (first, fails), (second, also) = _build(left), _build(right)
            return (lambda packet: bool(first(packet) == second(packet))), fails or also
        left = right
    if isinstance(left, Call) and left.function is SUBSTRING:
        bounds = _slice(left.numbers)
        if bounds is not None:
            inner, fails = _build(left.operands[0])
            return (lambda packet: bool(inner(packet)[bounds] == constant)), fails
    operand, fails = _build(left)
    return (lambda packet: bool(operand(packet) == constant)), fails


def _slice(numbers: tuple[int | None, ...]) -> slice | None:
    """Return the slice that does what ``substring`` does with these numbers, None if there is none."""
    start, length = numbers
    if start is None or not 0 <= start <= _MAX_INT32:
        return None
    if length is None:
        return slice(start, None)
    return slice(start, start + length) if 0 <= length <= _MAX_INT32 else None


def _build_substring(reader: Reader, numbers: tuple[int | None, ...]) -> StringReader:
    bounds = _slice(numbers)
    if bounds is not None:
        return lambda packet: reader(packet)[bounds]
    start, length = numbers
    apply = SUBSTRING.apply
    return lambda packet: apply(reader(packet), start, length)


def _build_logical(conjunction: bool, readers: list[Reader], eager: bool) -> Test:
    """Return ``and`` or ``or`` of all operands."""
    if eager:
        decide = all if conjunction else any
        return lambda packet: decide([reader(packet) for reader in readers])
    if len(readers) == 2:
        first, second = readers
        if conjunction:
            return lambda packet: bool(first(packet) and second(packet))
        return lambda packet: bool(first(packet) or second(packet))
    parts = tuple(readers)

    def logical(packet: Any) -> bool:
        for reader in parts:
            if reader(packet) is not conjunction:
                return not conjunction
        return conjunction

    return logical


def _build_general(node: Call, readers: list[Reader]) -> Reader:
    """Return the function that evaluates all operands, then applies the row of the table."""
    apply = node.function.apply
    numbers = node.numbers
    if len(readers) == 1 and not numbers:
        (only,) = readers
        return lambda packet: apply(only(packet))
    if len(readers) == 2 and not numbers:
        first, second = readers
        return lambda packet: apply(first(packet), second(packet))
    return lambda packet: apply(*[reader(packet) for reader in readers], *numbers)
