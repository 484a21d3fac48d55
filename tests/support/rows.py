"""The rows of the specification (``tests/rows/*.tsv``) and which tests name them with ``@pytest.mark.arm``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "tests" / "rows"
OUTPUT: Final = "KEA_TWISTED_ROWS"


@dataclass(frozen=True, slots=True)
class Row:
    """One feature: its id, the section it stands in, what it says, and where the manual says it."""

    id: str
    section: str
    feature: str
    source: str


def areas() -> list[str]:
    """Return the names of the tables."""
    return sorted(path.stem for path in FOLDER.glob("*.tsv") if path.stem != "elsewhere")


def read(area: str) -> list[Row]:
    """Return the rows of one table."""
    lines = (FOLDER / f"{area}.tsv").read_text().splitlines()
    return [Row(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def elsewhere() -> dict[str, str]:
    """Return the rows that no test of this version can show, with the reason."""
    lines = (FOLDER / "elsewhere.tsv").read_text().splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))


def named() -> dict[str, list[str]]:
    """Collect all tests in a process of their own; return the tests that name each row."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "rows.json"
        command = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "tests.support.rows"]
        environment = {**os.environ, OUTPUT: str(output), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
        found: dict[str, list[str]] = json.loads(output.read_text())
        return found


def _marks(item: pytest.Item) -> Iterator[str]:
    for mark in item.iter_markers("arm"):
        yield from mark.args


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write the rows that the collected tests name, where :func:`named` asked for them."""
    output = os.environ.get(OUTPUT)
    if output is None:
        return
    rows: dict[str, list[str]] = {}
    for item in session.items:
        for row in _marks(item):
            tests = rows.setdefault(row, [])
            if item.nodeid not in tests:
                tests.append(item.nodeid)
    Path(output).write_text(json.dumps(rows))
