"""The tree of an expression. Values; how they become code is :mod:`.compile`, how they are made is :mod:`.parser`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kea_twisted.expression.access import Reader
from kea_twisted.expression.functions import BOOL, STRING, Function, Number, Type, Value
from kea_twisted.log.message import Message

Report = Callable[[Any, Value], tuple[Message, tuple[object, ...]]]
"""From a packet and the value read from it to the debug line about that."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the expression. message: of the debug line. text: what that shows, if not the value."""

    value: bytes
    message: Message
    text: str = ""

    @property
    def type(self) -> Type:
        """What the node yields."""
        return STRING


@dataclass(frozen=True, slots=True)
class Read:
    """A value read from the packet. report: makes the debug line."""

    read: Reader
    type: Type
    report: Report


@dataclass(frozen=True, slots=True)
class Member:
    """Whether the packet belongs to a client class."""

    name: str

    @property
    def type(self) -> Type:
        """What the node yields."""
        return BOOL


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or function with its operands; `and`, `or` and `+` chains are one node with all their operands.

    numbers: the values of the integer arguments, after the operands in *arguments*' order.
    """

    function: Function
    operands: tuple[Node, ...]
    numbers: tuple[Number, ...] = ()

    @property
    def type(self) -> Type:
        """What the node yields."""
        return self.function.result


Node = Literal | Read | Member | Call
