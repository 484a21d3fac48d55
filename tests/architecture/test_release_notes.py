"""What a release says of its changes: the sentences of all fragments, and nothing of their files' names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_release_tells_every_fragment_and_no_file_name() -> None:
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "1.0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    told = " ".join(done.stdout.split())
    fragments = [file for file in (ROOT / "newsfragments").glob("*.rst") if file.name != "README.rst"]
    assert fragments
    for file in fragments:
        assert " ".join(file.read_text().split()) in told
        assert f"({file.name.split('.')[0]})" not in told
