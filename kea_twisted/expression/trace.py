"""Evaluation that writes one debug line a step, for who looks for the mistake in an expression.

Every operand is evaluated, in the order of reverse Polish notation, as the manual describes. Not here: who decides that
lines are wanted; the untraced function costs nothing when they are not. ARM classify, "Debugging Expressions".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from kea_twisted.expression.functions import HEXSTRING, IFELSE, SPLIT, SUBSTRING, Function, Number, Value
from kea_twisted.expression.nodes import Call, Literal, Member, Node
from kea_twisted.log.logger import EVAL
from kea_twisted.log.message import Message
from kea_twisted.log.messages import eval as messages

RANK: Final = messages.EVAL_DEBUG_STRING.rank
"""The debug level from which on the steps are shown."""


def shown(value: object) -> str:
    """Return a value as debug lines show it: octets in hexadecimal, truth as a word in quotes."""
    if isinstance(value, bytes):
        return f"0x{value.hex().upper()}"
    if isinstance(value, bool):
        return "'true'" if value else "'false'"
    return "all" if value is None else str(value)


def _text(value: bytes) -> str:
    return value.decode("utf-8", "backslashreplace")


def traced(node: Node) -> Callable[[Any], Any]:
    """Return the evaluation of *node* with debug lines; the result is that of the untraced one."""
    if isinstance(node, Literal):
        return _trace_literal(node)
    if isinstance(node, Member):
        return _trace_member(node.name)
    if isinstance(node, Call):
        return _trace_call(node)
    read, report = node.read, node.report

    def trace(packet: Any) -> Value:
        value: Value = read(packet)
        message, labels = report(packet, value)
        EVAL.log(message, *(shown(label) if isinstance(label, bytes | bool) else label for label in labels))
        return value

    return trace


def _trace_literal(node: Literal) -> Callable[[Any], bytes]:
    value, message = node.value, node.message
    text = f"'{node.text or _text(value)}'" if message is messages.EVAL_DEBUG_STRING else shown(value)

    def trace(_packet: Any) -> bytes:
        EVAL.log(message, text)
        return value

    return trace


def _trace_member(name: str) -> Callable[[Any], bool]:
    def trace(packet: Any) -> bool:
        value = name in packet.classes
        EVAL.log(messages.EVAL_DEBUG_MEMBER, f"'{name}'", shown(value))
        return value

    return trace


def _trace_call(node: Call) -> Callable[[Any], Value]:
    function = node.function
    operands = [traced(operand) for operand in node.operands]
    numbers = node.numbers
    apply = function.apply

    def trace(packet: Any) -> Value:
        if function.operator and len(operands) > 2:
            # A chain is one node, but each of its operators is a step.
            result: Value = operands[0](packet)
            for operand in operands[1:]:
                value = operand(packet)
                left, result = result, apply(result, value)
                EVAL.log(function.message, shown(value), shown(left), shown(result))
            return result
        values = [operand(packet) for operand in operands]
        for number in numbers:
            EVAL.log(messages.EVAL_DEBUG_STRING, f"'{shown(number)}'")
        result = apply(*values, *numbers)
        if function.fails and not values[0]:
            return result  # Nothing is made of nothing, without a line.
        message, labels = _report(function, values, numbers, result)
        EVAL.log(message, *labels)
        return result

    return trace


def _report(
    function: Function, values: list[Any], numbers: tuple[Number, ...], result: Any
) -> tuple[Message, tuple[str, ...]]:
    """Return the debug line of a step: what came off the stack, the last first, and the result."""
    if function is SUBSTRING:
        length, start, value = shown(numbers[1]), shown(numbers[0]), values[0]
        message = messages.EVAL_DEBUG_SUBSTRING
        if not value:
            message = messages.EVAL_DEBUG_SUBSTRING_EMPTY
        elif not -len(value) <= (numbers[0] or 0) < len(value):
            message = messages.EVAL_DEBUG_SUBSTRING_RANGE
        return message, (length, start, shown(value), shown(result))
    if function is SPLIT:
        value, delimiters = values
        message = messages.EVAL_DEBUG_SPLIT
        if not value:
            message = messages.EVAL_DEBUG_SPLIT_EMPTY
        elif not delimiters:
            message = messages.EVAL_DEBUG_SPLIT_DELIM_EMPTY
        elif not 1 <= (numbers[0] or 0) <= 1 + sum(octet in delimiters for octet in value):
            message = messages.EVAL_DEBUG_SPLIT_FIELD_OUT_OF_RANGE
        return message, (shown(numbers[0]), f"'{_text(delimiters)}'", f"'{_text(value)}'", shown(result))
    if function is IFELSE:
        condition, yes, no = values
        if condition:
            return messages.EVAL_DEBUG_IFELSE_TRUE, (shown(condition), shown(no), shown(yes))
        return messages.EVAL_DEBUG_IFELSE_FALSE, (shown(condition), shown(yes), shown(no))
    if function.fails:
        return function.message, (_text(result),)
    if function is HEXSTRING:
        return function.message, (shown(values[0]), f"'{_text(values[1])}'", _text(result))
    return function.message, (*(shown(value) for value in reversed(values)), shown(result))
