"""The operators and functions of the classification language as one table: types, meaning, source, and what they do.

Parser, compiler, debug trace and the manual's reference read this table. Not here: what reads the packet (that is
:mod:`.v4` and :mod:`.v6`). ARM classification-using-expressions, "List of classification expressions".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from kea_twisted.base.address import text4, text6
from kea_twisted.errors import ExpressionError
from kea_twisted.log.message import Message
from kea_twisted.log.messages import eval as messages


class Type(Enum):
    """What an argument may be, and what a result is."""

    STRING = "string"
    """Octets."""
    BOOL = "boolean"
    INTEGER = "integer"
    """An integer written in the expression."""
    LENGTH = "integer or all"


STRING: Final = Type.STRING
BOOL: Final = Type.BOOL
INTEGER: Final = Type.INTEGER
LENGTH: Final = Type.LENGTH

Value = bytes | bool
Number = int | None
"""An integer argument; None is the word ``all``."""


@dataclass(frozen=True, slots=True)
class Function:
    """One operator or function.

    arguments: their types. apply: from argument values to the result; raises ExpressionError if *fails* is set and
    the values do not suit. message: the id of the debug line. operator: written between (or before) its operands.
    """

    token: str
    arguments: tuple[Type, ...]
    result: Type
    apply: Callable[..., Any]
    message: Message
    meaning: str
    example: str
    source: str
    fails: bool = False
    operator: bool = False


def _int32(value: Number, what: str) -> int:
    """Return *value*; ExpressionError unless it fits 32 bits with a sign, which only an evaluation finds out."""
    if value is None or not -0x80000000 <= value <= 0x7FFFFFFF:
        raise ExpressionError(f"{value} is out of range for the {what}")
    return value


def substring(value: bytes, start: int, length: Number) -> bytes:
    """Return part of *value*: from *start* (negative: from the end), *length* octets (negative: those before)."""
    if not value:
        return b""
    size = len(value)
    first = _int32(start, "start of substring")
    count = size if length is None else _int32(length, "length of substring")
    if not -size <= first < size:
        return b""
    if first < 0:
        first += size
    if count >= 0:
        return value[first : first + count]
    return value[max(first + count, 0) : first]


def split(value: bytes, delimiters: bytes, field: int) -> bytes:
    """Return field number *field*, from 1, of *value* cut at every octet that is among *delimiters*."""
    if not value:
        return b""
    number = _int32(field, "field of split")
    if not delimiters:
        return value
    fields = re.split(b"[" + re.escape(delimiters) + b"]", value)
    return fields[number - 1] if 1 <= number <= len(fields) else b""


def hexstring(value: bytes, separator: bytes) -> bytes:
    """Return the hexadecimal digits of *value*, *separator* between octets."""
    return separator.join(b"%02x" % octet for octet in value)


def addrtotext(value: bytes) -> bytes:
    """Return the text of an address of 4 or 16 octets."""
    if len(value) == 4:
        return text4(int.from_bytes(value, "big")).encode()
    if len(value) == 16:
        return text6(int.from_bytes(value, "big")).encode()
    if not value:
        return b""
    raise ExpressionError(f"addrtotext takes 4 or 16 octets, not {len(value)}")


def _integer_text(token: str, width: int, signed: bool) -> Callable[[bytes], bytes]:
    """Return the function that writes *width* octets as a decimal number."""

    def totext(value: bytes) -> bytes:
        if len(value) == width:
            return b"%d" % int.from_bytes(value, "big", signed=signed)
        if not value:
            return b""
        raise ExpressionError(f"{token} takes {width} octet{'s' if width > 1 else ''}, not {len(value)}")

    return totext


def _equal(left: bytes, right: bytes) -> bool:
    return left == right


def _join(*parts: bytes) -> bytes:
    return b"".join(parts)


def _ifelse(condition: bool, yes: bytes, no: bytes) -> bytes:
    return yes if condition else no


def _all(*values: bool) -> bool:
    return all(values)


def _any(*values: bool) -> bool:
    return any(values)


def _not(value: bool) -> bool:
    return not value


EQUAL: Final = Function(
    "==",
    (STRING, STRING),
    BOOL,
    _equal,
    messages.EVAL_DEBUG_EQUAL,
    "Whether both values are the same octets.",
    "option[60].hex == 'PXEClient'",
    "CL-083",
    operator=True,
)
NOT: Final = Function(
    "not", (BOOL,), BOOL, _not, messages.EVAL_DEBUG_NOT, "Negation; binds tightest.",
    "not member('KNOWN')", "CL-084", operator=True,
)  # fmt: skip
AND: Final = Function(
    "and", (BOOL, BOOL), BOOL, _all, messages.EVAL_DEBUG_AND, "Whether both are true.",
    "option[60].exists and member('EXTERNAL_lab')", "CL-084", operator=True,
)  # fmt: skip
OR: Final = Function(
    "or", (BOOL, BOOL), BOOL, _any, messages.EVAL_DEBUG_OR, "Whether one is true; binds loosest.",
    "pkt4.msgtype == 1 or pkt4.msgtype == 3", "CL-084", operator=True,
)  # fmt: skip
PLUS: Final = Function(
    "+", (STRING, STRING), STRING, _join, messages.EVAL_DEBUG_CONCAT, "The left value followed by the right one.",
    "'id-' + option[61].hex", "CL-087", operator=True,
)  # fmt: skip
CONCAT: Final = Function(
    "concat", (STRING, STRING), STRING, _join, messages.EVAL_DEBUG_CONCAT, "The first value followed by the second.",
    "concat('id-', option[61].hex)", "CL-087",
)  # fmt: skip
SUBSTRING: Final = Function(
    "substring",
    (STRING, INTEGER, LENGTH),
    STRING,
    substring,
    messages.EVAL_DEBUG_SUBSTRING,
    "Part of the value: from the start position (0 the first octet, -1 the last), so many octets; a negative length "
    "takes the octets before the start, `all` takes the rest. Empty if the start is outside.",
    "substring(option[61].hex, 0, 3)",
    "CL-085",
)
SPLIT: Final = Function(
    "split",
    (STRING, STRING, INTEGER),
    STRING,
    split,
    messages.EVAL_DEBUG_SPLIT,
    "The field of that number, from 1, of the value cut at each of the delimiter characters. Empty if there is none; "
    "the whole value if there are no delimiters.",
    "split(option[12].hex, '.-', 2)",
    "CL-088",
)
IFELSE: Final = Function(
    "ifelse", (BOOL, STRING, STRING), STRING, _ifelse, messages.EVAL_DEBUG_IFELSE_TRUE,
    "The second argument if the first is true, else the third.",
    "ifelse(option[230].exists, option[230].hex, 'none')", "CL-090",
)  # fmt: skip
HEXSTRING: Final = Function(
    "hexstring", (STRING, STRING), STRING, hexstring, messages.EVAL_DEBUG_TOHEXSTRING,
    "The value in hexadecimal digits, the separator between octets.", "hexstring(pkt4.mac, ':')", "CL-091",
)  # fmt: skip
ADDRTOTEXT: Final = Function(
    "addrtotext", (STRING,), STRING, addrtotext, messages.EVAL_DEBUG_IPADDRESSTOTEXT,
    "The text of an IPv4 (4 octets) or IPv6 (16 octets) address.", "addrtotext(pkt4.giaddr)", "CL-092", fails=True,
)  # fmt: skip


def _number(token: str, width: int, signed: bool, message: Message, source: str) -> Function:
    kind = "signed" if signed else "unsigned"
    octets = "one octet" if width == 1 else f"{width} octets"
    return Function(
        token, (STRING,), STRING, _integer_text(token, width, signed), message,
        f"The decimal text of a {kind} integer of {octets}, network order.",
        f"{token}(option[200].hex)", source, fails=True,
    )  # fmt: skip


FUNCTIONS: Final[tuple[Function, ...]] = (
    EQUAL,
    NOT,
    AND,
    OR,
    PLUS,
    CONCAT,
    SUBSTRING,
    SPLIT,
    IFELSE,
    HEXSTRING,
    ADDRTOTEXT,
    _number("int8totext", 1, True, messages.EVAL_DEBUG_INT8TOTEXT, "CL-093"),
    _number("int16totext", 2, True, messages.EVAL_DEBUG_INT16TOTEXT, "CL-094"),
    _number("int32totext", 4, True, messages.EVAL_DEBUG_INT32TOTEXT, "CL-095"),
    _number("uint8totext", 1, False, messages.EVAL_DEBUG_UINT8TOTEXT, "CL-096"),
    _number("uint16totext", 2, False, messages.EVAL_DEBUG_UINT16TOTEXT, "CL-097"),
    _number("uint32totext", 4, False, messages.EVAL_DEBUG_UINT32TOTEXT, "CL-098"),
)
"""Every operator and function."""

CALLS: Final = {function.token: function for function in FUNCTIONS if not function.operator}
"""The functions that are written with their arguments in parentheses."""
