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
        "Kea puts 255.255.255.255 into a frame for the MAC address that the query came from; we put it into a "
        "broadcast frame, which is what RFC 2131 section 4.1 asks for and what a bridge or access point in between can deliver.",
    ),
    Accepted(
        "v4-large-and-broken-datagrams",
        "bad IP checksum|fragment|UDP length too long|UDP length too short",
        "answer",
        "Kea reads whatever its raw socket hands it; we take a datagram that a kernel would not deliver for damaged.",
    ),
    Accepted(
        "v4-large-and-broken-datagrams",
        "statistics",
        "pkt4-.*",
        "What follows from not reading damaged datagrams.",
    ),
    Accepted(
        "v4-option-overload",
        ".*52=0[123].*",
        "option (12|61)",
        "RFC 2132 section 9.3: with option 52, file and sname hold options. Kea does not look there.",
    ),
    Accepted(
        "v4-option-of-300-octets",
        ANY,
        ANY,
        "The manual (support for long options) has an option of more than 255 octets split; Kea 2.2.0 fails to, and "
        "sends a message that stops at it.",
    ),
)
