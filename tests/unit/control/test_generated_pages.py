"""The references of commands, hook points and messages are what their tables say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from kea_twisted.control.command import BUILT_IN
from kea_twisted.hooks.points import POINTS
from kea_twisted.log.messages.catalogue import catalogue

ROOT = Path(__file__).parents[3]


def generator(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"generate_{name}", ROOT / "docs" / "generate" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.arm("LG-138")
@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("commands", [row.name for row in BUILT_IN]),
        ("hook_points", [point.name for point in POINTS]),
        ("messages", list(catalogue())),
    ],
)
def test_the_page_is_up_to_date_and_complete(name: str, entries: list[str]) -> None:
    page = (ROOT / "docs" / "reference" / f"{name}.rst").read_text()
    assert page == generator(name).render(), f"run `python docs/generate/{name}.py`"
    assert [entry for entry in entries if f"``{entry}``" not in page] == []
