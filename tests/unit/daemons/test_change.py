"""A new configuration is adopted as a whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from kea_twisted.daemons.change import prepare_all
from kea_twisted.errors import KeaError

CANDIDATE: Any = object()


class Part:
    """Notes what it is asked for; *fails* when it is to prepare."""

    def __init__(self, name: str, told: list[str], fails: bool = False) -> None:
        self.name = name
        self.told = told
        self.fails = fails

    def prepare(self, candidate: Any) -> None:
        assert candidate is CANDIDATE
        self.told.append(f"prepare {self.name}")
        if self.fails:
            raise KeaError(f"{self.name} cannot")

    def discard(self) -> None:
        self.told.append(f"discard {self.name}")


def test_all_prepare_in_their_order() -> None:
    told: list[str] = []
    prepare_all([Part("a", told), Part("b", told)], CANDIDATE)
    assert told == ["prepare a", "prepare b"]


def test_when_one_cannot_those_that_were_asked_discard_last_one_first() -> None:
    told: list[str] = []
    with pytest.raises(KeaError, match="b cannot"):
        prepare_all([Part("a", told), Part("b", told, fails=True), Part("c", told)], CANDIDATE)
    assert told == ["prepare a", "prepare b", "discard b", "discard a"]
