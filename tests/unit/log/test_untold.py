"""Every message of the tables is written by the code, or there is a reason why it is not."""

from __future__ import annotations

import re
from pathlib import Path

import kea_twisted
from kea_twisted.log.messages.catalogue import catalogue
from tests.support.untold import UNTOLD, is_untold

PACKAGE = Path(kea_twisted.__file__).parent


def _written() -> set[str]:
    """Return the ids that stand in the code, outside of the tables."""
    tables = PACKAGE / "log" / "messages"
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        if tables not in file.parents:
            found.update(re.findall(r"\b[A-Z][A-Z0-9]+_[A-Z0-9_]+\b", file.read_text()))
    return found & set(catalogue())


def test_what_is_not_written_has_a_reason() -> None:
    assert sorted(name for name in set(catalogue()) - _written() if not is_untold(name)) == []


def test_what_is_written_has_no_reason_not_to_be() -> None:
    assert sorted(filter(is_untold, _written())) == []


def test_every_reason_is_one_for_some_message() -> None:
    for pattern, reason in UNTOLD:
        assert [name for name in catalogue() if re.fullmatch(pattern, name)], reason
