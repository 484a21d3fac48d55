"""Our daemons as servers under test: the same interface as Kea's in :mod:`tests.support.kea`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.support.kea import Server

ROOT = Path(__file__).resolve().parents[2]


class Ours(Server):
    """kea_twisted's daemon from this checkout."""

    name = "ours"

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of the daemon with *arguments*."""
        return [sys.executable, "-m", f"kea_twisted.daemons.dhcp{self.family}", *arguments]

    def environment(self) -> dict[str, str]:
        """Return what the daemon's environment must hold."""
        path = os.environ.get("PYTHONPATH")
        return {**super().environment(), "PYTHONPATH": f"{ROOT}{os.pathsep}{path}" if path else str(ROOT)}


class Compiled(Ours):
    """The same daemon from the installation that `make compile` makes."""

    name = "compiled"
    folder = Path(os.environ.get("KEA_TWISTED_COMPILED") or ROOT / ".venv-compiled")

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of the daemon with *arguments*."""
        return [str(self.folder / "bin" / f"kea-dhcp{self.family}"), *arguments]

    def environment(self) -> dict[str, str]:
        """Return the environment without the checkout, whose sources would win over what is compiled."""
        return {name: value for name, value in super().environment().items() if name != "PYTHONPATH"}


class Twistd(Ours):
    """The same daemon as a twistd plugin in the foreground."""

    name = "twistd"

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of twistd running the daemon with *arguments*."""
        twistd = Path(sys.executable).with_name("twistd")
        pidfile = self.directory / "twistd.pid"
        return [str(twistd), "--nodaemon", f"--pidfile={pidfile}", f"kea-dhcp{self.family}", *arguments]
