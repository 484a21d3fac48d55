"""kea-lfc as a process for tests: ours from this checkout, and one that does not end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEA_LFC = (sys.executable, "-m", "kea_twisted.daemons.kea_lfc")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "KEA_LOCKFILE_DIR": "none"}


def run_kea_lfc(directory: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run our kea-lfc in a directory."""
    return subprocess.run(
        [*KEA_LFC, *words],
        env={**ENVIRONMENT, **environ},
        cwd=directory,
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        timeout=60,
    )


@contextmanager
def cleanup_at_work(pid_file: Path) -> Iterator[int]:
    """Have a process that looks like kea-lfc at work; its number stands in the file."""
    process = subprocess.Popen(["sh", "-c", "sleep 60; :", "kea-lfc", "-p", str(pid_file)])
    try:
        pid_file.write_text(f"{process.pid}\n")
        while not Path(f"/proc/{process.pid}/cmdline").read_bytes():
            time.sleep(0.001)  # still between the two programs
        yield process.pid
    finally:
        process.kill()
        process.wait()
