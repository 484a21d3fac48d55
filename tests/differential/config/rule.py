"""What a rule about configurations is: rows of the specification, what they accept and what they refuse."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tests.differential.config.verdicts import keas, ours
from tests.support.kea import Json


@dataclass(frozen=True)
class Rule:
    """Rows of the specification, and what they make of configurations (what stands inside "Dhcp4" or "Dhcp6")."""

    name: str
    rows: tuple[str, ...]
    good: tuple[Json | str, ...]
    bad: tuple[Json | str, ...] = ()

    def wrong(self, family: int, folder: Path) -> list[str]:
        """Return what is judged otherwise than the rule says, by us or by Kea."""
        found = []
        for valid, fragments in ((True, self.good), (False, self.bad)):
            for fragment in fragments:
                inner = fragment if isinstance(fragment, str) else json.dumps(fragment)[1:-1]
                text = f'{{"Dhcp{family}": {{{inner}}}}}'
                mine, theirs = ours(text, family), keas(text, family, folder)
                if (mine.valid, theirs.valid) != (valid, valid):
                    found.append(f"{text}\n  ours: {mine.reason or 'valid'}\n  Kea's: {theirs.reason or 'valid'}")
        return found
