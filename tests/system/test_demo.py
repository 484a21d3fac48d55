"""``make run`` and ``make run-dhcp6`` show what they promise, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.requirements import require, require_namespaces

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = {"4": ("DHCPOFFER", "DHCPACK", "192.0.2.50,"), "6": ("ADVERTISE", "REPLY", "2001:db8:8::,")}


def run(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "kea_twisted.tools.demo", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )


def traces(pid: int) -> list[Path]:
    spaces = Path("/run/netns")
    return list(spaces.glob(f"kea-demo-{pid}-*")) if spaces.is_dir() else []


@pytest.mark.parametrize("family", ["4", "6"])
@pytest.mark.parametrize("loopback", [False, True], ids=["namespaces", "loopback"])
def test_a_lease_is_obtained_and_shown(family: str, loopback: bool) -> None:
    if not loopback:
        require("udhcpc" if family == "4" else "dhclient")
        require_namespaces()
    process = run(family, "--once", *(["--loopback"] if loopback else []))
    shown, _ = process.communicate(timeout=90)
    assert process.returncode == 0, shown
    for text in (*ANSWERS[family], f'"pkt{family}-received": [[2,', '"status": "ready"'):
        assert text in shown
    assert traces(process.pid) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_cleans_up_when_it_is_ended(number: int) -> None:
    process = run("4", "--loopback")
    assert process.stdout is not None
    directory, server = None, None
    for line in process.stdout:
        if "tail -f" in line:
            directory = Path(line.split()[-1]).parent
            server = int((directory / "demo-dhcp4.kea-dhcp4.pid").read_text())
            break
    assert directory is not None
    assert server is not None
    process.send_signal(number)
    process.communicate(timeout=30)
    assert not directory.exists()
    deadline = time.monotonic() + 5
    while Path("/proc", str(server)).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path("/proc", str(server)).exists()
