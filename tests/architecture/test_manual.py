"""Every configuration that the manual shows can be put in force as it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.config.build import build4, build6
from kea_twisted.config.parse import load_text
from kea_twisted.family import V4, V6, Family

DOCS = Path(__file__).resolve().parents[2] / "docs"
CHAPTERS = {"dhcp4.rst": (V4,), "dhcp6.rst": (V6,), "leases.rst": (V4, V6), "classification.rst": (V4, V6)}
_BLOCK = re.compile(r"\.\. code-block:: javascript\n\n((?:    .*\n|\n)+)")


@dataclass(frozen=True)
class Example:
    """One block of a chapter, as the text of a whole file."""

    chapter: str
    line: int
    text: str
    family: Family


def examples() -> list[Any]:
    """Return the blocks of all chapters, as parameters of a test."""
    found = []
    for chapter, families in CHAPTERS.items():
        text = (DOCS / chapter).read_text()
        for block in _BLOCK.finditer(text):
            line = text.count("\n", 0, block.start()) + 1
            shown = "\n".join(each[4:] for each in block[1].splitlines())
            for family in families:
                whole = shown if shown.startswith("{") else f'{{ "{family.root}": {{\n{shown}\n}} }}'
                found.append(pytest.param(Example(chapter, line, whole, family), id=f"{chapter}:{line}:{family.root}"))
    return found


@pytest.mark.parametrize("example", examples())
def test_an_example_of_the_manual_can_be_put_in_force(example: Example) -> None:
    loaded = load_text(example.text, f"{example.chapter}:{example.line}", example.family)
    assert [str(warning) for warning in loaded.warnings] == []
    assert build4(loaded.model) if example.family is V4 else build6(loaded.model)
