"""The differences from Kea 2.2.0 that stand, one row each, with the reason.

A row matches by regular expressions: the case's name, the step's label, the field's name. A difference that no row
matches fails its test; so does a row that no longer matches anything when the whole suite runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Accepted:
    """One accepted difference."""

    case: str
    label: str
    field: str
    reason: str

    def covers(self, case: str, label: str, field: str) -> bool:
        """Return whether this row accepts a difference of *field* in the step *label* of *case*."""
        return bool(
            re.fullmatch(self.case, case) and re.fullmatch(self.label, label) and re.fullmatch(self.field, field)
        )


ANY = r".*"

ACCEPTED: tuple[Accepted, ...] = (
    Accepted(
        ANY,
        ANY,
        "broadcast mac",
        "Kea puts 255.255.255.255 into a frame for the MAC address that the query came from; we put it into a broadcast "
        "frame, which is what RFC 2131 section 4.1 asks for and what a bridge or access point in between can deliver.",
    ),
)
