"""What a differential case is: a configuration, and a conversation with whichever server listens.

A conversation is a function of a :class:`Talk`. Cases register themselves by decorator, one module a theme; importing
:mod:`tests.differential.cases` collects all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.differential.talk import Talk
from tests.support.kea import Json

Conversation = Callable[[Talk], object]


@dataclass(frozen=True)
class Case:
    """One case. rows: of the ledger that it shows. ticking: lifetimes in answers count down, so ±1 s is the same."""

    name: str
    family: int
    configuration: Json
    conversation: Conversation
    rows: tuple[str, ...] = ()
    ticking: bool = False


CASES: dict[str, Case] = {}


def case(
    family: int, configuration: Json, *rows: str, variant: str = "", ticking: bool = False
) -> Callable[[Conversation], Conversation]:
    """Register the decorated conversation as a case; *variant* tells apart cases that share a conversation."""

    def register(conversation: Conversation) -> Conversation:
        name = f"v{family}-{conversation.__name__.replace('_', '-')}{'-' + variant if variant else ''}"
        if name in CASES:
            raise ValueError(f"two cases are named {name}")
        CASES[name] = Case(name, family, configuration, conversation, rows, ticking)
        return conversation

    return register


def cases(family: int) -> list[Case]:
    """Return all cases of *family*."""
    import tests.differential.cases  # noqa: F401

    return [each for each in CASES.values() if each.family == family]
