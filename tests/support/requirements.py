"""What a test needs from the machine: programs of other projects, root, network namespaces.

A missing peer skips the test with one plain line that names the command which brings it. Under
KEA_TWISTED_REQUIRE_PEERS=1 it fails instead, so that a checking machine never skips silently.
"""

from __future__ import annotations

import os
import shutil
from functools import cache

import pytest

SBIN = "/usr/local/sbin:/usr/sbin:/sbin"
"""Where Debian keeps daemons; not on every user's PATH."""


def find(program: str) -> str | None:
    """Return the path of *program*, looked for on PATH and where daemons live."""
    return shutil.which(program) or shutil.which(program, path=SBIN)


def _missing(line: str) -> None:
    if os.environ.get("KEA_TWISTED_REQUIRE_PEERS") == "1":
        pytest.fail(line, pytrace=False)
    pytest.skip(line)


def require(*programs: str) -> None:
    """Skip the calling test (or fail it, see above) unless all *programs* are installed."""
    absent = [program for program in programs if find(program) is None]
    if absent:
        _missing(f"{', '.join(absent)} not installed: run `make test-deps`")


@cache
def _namespaces_work() -> bool:
    from tests.support.namespaces import Link

    if os.geteuid() != 0 or find("ip") is None:
        return False
    try:
        Link("probe").close()
    except OSError:
        return False
    return True


def require_namespaces() -> None:
    """Skip the calling test unless this process may make network namespaces (root, and iproute2 installed)."""
    require("ip")
    if os.geteuid() != 0:
        _missing("network namespaces need root: run the tests as root (`sudo make test`)")
    if not _namespaces_work():
        _missing("network namespaces cannot be made here: run the tests on a machine or container that allows them")


@cache
def _systemd_fault() -> str:
    from tests.support.namespaces import Link
    from tests.support.systemd import Systemd

    try:
        with Link("probe") as link:
            Systemd(link, {}).close()
    except OSError as error:
        return str(error)
    return ""


def require_systemd() -> None:
    """Skip the calling test unless a systemd can be started in namespaces of its own."""
    require_namespaces()
    require("systemctl", "journalctl", "unshare", "nsenter", "setpriv")
    if fault := _systemd_fault():
        _missing(f"{fault}: run the tests on a machine or container that allows it (a privileged one)")
