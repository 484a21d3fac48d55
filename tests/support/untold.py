"""Ids of Kea's messages that our daemons do not write, by pattern, each group with the reason.

Every other id of the tables stands somewhere in the code; a test sees to that, and that no row here is out of date.
"""

from __future__ import annotations

import re
from typing import Final

UNTOLD: Final[tuple[tuple[str, str], ...]] = ()

_PATTERN: Final = re.compile("|".join(pattern for pattern, _reason in UNTOLD) or r"(?!)")


def is_untold(name: str) -> bool:
    """Return whether there is a reason why our daemons do not write the message *name*."""
    return _PATTERN.fullmatch(name) is not None
