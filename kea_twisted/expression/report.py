"""What debug lines say about values read from a packet. Not here: when they are written (that is :mod:`.trace`).

A report is made only while lines are written, so it may look at the packet again. ARM classify, "Debugging
Expressions".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from kea_twisted.expression.access import TEXT, Access
from kea_twisted.expression.functions import Value
from kea_twisted.expression.nodes import Report
from kea_twisted.log.message import Message
from kea_twisted.log.messages import eval as messages

Line = tuple[Message, tuple[object, ...]]
Found = Callable[[int, bytes, Value], Line]
"""From the enterprise number and the octets of an option, and the value, to the debug line."""


class VendorMessages(NamedTuple):
    """The debug lines about one of the two vendor options."""

    absent: Message
    mismatch: Message
    exists: Message
    number: Message


VENDOR: Final = VendorMessages(
    messages.EVAL_DEBUG_VENDOR_NO_OPTION,
    messages.EVAL_DEBUG_VENDOR_ENTERPRISE_ID_MISMATCH,
    messages.EVAL_DEBUG_VENDOR_EXISTS,
    messages.EVAL_DEBUG_VENDOR_ENTERPRISE_ID,
)
VENDOR_CLASS: Final = VendorMessages(
    messages.EVAL_DEBUG_VENDOR_CLASS_NO_OPTION,
    messages.EVAL_DEBUG_VENDOR_CLASS_ENTERPRISE_ID_MISMATCH,
    messages.EVAL_DEBUG_VENDOR_CLASS_EXISTS,
    messages.EVAL_DEBUG_VENDOR_CLASS_ENTERPRISE_ID,
)


def quoted(value: Value) -> object:
    """Return octets as the text they are, in quotes."""
    return f"'{value.decode('utf-8', 'backslashreplace')}'" if isinstance(value, bytes) else value


def reading(message: Message, what: str, *labels: object) -> Report:
    """Return the report that shows *labels* and the value; *what* is the representation that was asked for."""
    if what == TEXT:
        return lambda _packet, value: (message, (*labels, quoted(value)))
    return lambda _packet, value: (message, (*labels, value))


def sub_option(access: Access, code: int, sub: int, what: str) -> Report:
    """Return the report on ``option[code].option[sub]``."""
    body = access.body(code)
    found = reading(messages.EVAL_DEBUG_SUB_OPTION, what, code, sub)

    def report(packet: Any, value: Value) -> Line:
        if body(packet) is None:
            return messages.EVAL_DEBUG_SUB_OPTION_NO_OPTION, (code, sub, value)
        return found(packet, value)

    return report


def relay_field(name: str, level: int) -> Report:
    """Return the report on ``relay6[level].name``."""

    def report(_packet: Any, value: Value) -> Line:
        return (messages.EVAL_DEBUG_RELAY6 if value else messages.EVAL_DEBUG_RELAY6_RANGE), (name, level, value)

    return report


def _vendor(access: Access, code: int, rows: VendorMessages, enterprise: int, found: Found) -> Report:
    """Return the report on the vendor option *code*; *found* is asked if it is there and of the right enterprise."""
    vendor = access.vendor(code)

    def report(packet: Any, value: Value) -> Line:
        option = vendor(packet)
        if option is None:
            return rows.absent, (code, quoted(value))
        number, octets = option
        if enterprise and number != enterprise:
            return rows.mismatch, (enterprise, number, quoted(value))
        return found(number, octets, value)

    return report


def vendor_exists(access: Access, code: int, rows: VendorMessages, enterprise: int) -> Report:
    """Return the report on ``vendor[enterprise].exists`` or ``vendor-class[enterprise].exists``."""
    return _vendor(access, code, rows, enterprise, lambda number, _octets, value: (rows.exists, (number, value)))


def vendor_number(access: Access, code: int, rows: VendorMessages) -> Report:
    """Return the report on ``vendor.enterprise`` or ``vendor-class.enterprise``."""
    return _vendor(access, code, rows, 0, lambda number, _octets, value: (rows.number, (number, value)))


def vendor_option(access: Access, enterprise: int, sub: int, what: str) -> Report:
    """Return the report on ``vendor[enterprise].option[sub]``."""
    found = reading(messages.EVAL_DEBUG_OPTION, what, sub)
    return _vendor(access, access.vendor_code, VENDOR, enterprise, lambda _number, _octets, value: found(None, value))


def vendor_class_data(access: Access, enterprise: int, index: int) -> Report:
    """Return the report on ``vendor-class[enterprise].data[index]``."""

    def found(number: int, octets: bytes, value: Value) -> Line:
        count = len(access.chunks(octets) or ())
        if index < count:
            return messages.EVAL_DEBUG_VENDOR_CLASS_DATA, (index, count, quoted(value))
        return messages.EVAL_DEBUG_VENDOR_CLASS_DATA_NOT_FOUND, (index, number, count, quoted(value))

    return _vendor(access, access.vendor_class_code, VENDOR_CLASS, enterprise, found)
