"""Whether a configuration is valid: our verdict, and that of `kea-dhcp4 -t` and `kea-dhcp6 -t`."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kea_twisted.config.io import read_file
from kea_twisted.config.parse import load_text
from kea_twisted.daemons.candidate import try_configuration
from kea_twisted.daemons.dhcp4 import Parts4
from kea_twisted.daemons.dhcp6 import Parts6
from kea_twisted.daemons.parts import FamilyParts
from kea_twisted.errors import KeaError
from kea_twisted.net.interfaces import Interfaces, detect
from tests.support.requirements import find

PARTS: dict[int, type[FamilyParts]] = {4: Parts4, 6: Parts6}


@dataclass(frozen=True)
class Verdict:
    """valid, and why not. remark: what a command says of a configuration that is valid."""

    valid: bool
    reason: str
    remark: str = ""


@cache
def machine() -> Interfaces:
    """Return this machine's interfaces."""
    return detect()


def ours(text: str, family: int) -> Verdict:
    """Return our verdict."""
    parts = PARTS[family]()
    try:
        loaded = load_text(text, "file", parts.family, read_file)
        try_configuration(loaded.model, parts, 0, machine())
    except KeaError as error:
        return Verdict(False, str(error))
    return Verdict(True, "")


def keas(text: str, family: int, folder: Path) -> Verdict:
    """Return Kea's verdict."""
    file = folder / f"{family}.json"
    file.write_text(text, encoding="latin-1")
    program = find(f"kea-dhcp{family}")
    assert program is not None
    environment = {**os.environ, "KEA_LOCKFILE_DIR": "none", "KEA_PIDFILE_DIR": str(folder)}
    done = subprocess.run(
        [program, "-t", str(file)], capture_output=True, timeout=20, env=environment, encoding="latin-1", check=False
    )
    return Verdict(done.returncode == 0, done.stderr.strip()[-400:].replace(str(file), "file"))


@dataclass(frozen=True)
class AcceptedVerdict:
    """One kind of configuration about which we differ from Kea on purpose.

    ours, keas: expressions that the two reasons match; an expression that matches "" is for who finds it valid.
    """

    ours: str
    keas: str
    reason: str

    def covers(self, ours: Verdict, keas: Verdict) -> bool:
        """Return whether this row is about these two verdicts."""
        return bool(re.search(self.ours, ours.reason, re.DOTALL) and re.search(self.keas, keas.reason, re.DOTALL))
