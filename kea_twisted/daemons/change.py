"""How a new configuration comes: each part of a daemon prepares beside what is in use, and then all adopt it or none.

What can fail belongs into :meth:`Changing.prepare`. Not here: what is found wrong without opening anything
(:mod:`.candidate`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kea_twisted.daemons.candidate import Candidate


class Changing(Protocol):
    """A part of a daemon that a new configuration may change. What it is told to adopt is its own affair."""

    def prepare(self, candidate: Candidate) -> None:
        """Get ready for a configuration; what is in use stays as it is. Raises KeaError."""

    def discard(self) -> None:
        """Let go of what was prepared, if anything was: the configuration is not put in force."""


def prepare_all(parts: Sequence[Changing], candidate: Candidate) -> None:
    """Have *parts* prepare, one after another; if one cannot, they discard, last one first, and its error is raised."""
    begun: list[Changing] = []
    try:
        for part in parts:
            begun.append(part)
            part.prepare(candidate)
    except Exception:
        for part in reversed(begun):
            part.discard()
        raise
