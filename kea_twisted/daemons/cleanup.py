"""Lease file cleanup as the server sees it: by the clock, the file is set aside and kea-lfc is started.

The server never waits for kea-lfc and asks nothing of it: what it leaves shows in the files. Not here: what kea-lfc
does (:mod:`.kea_lfc`) and how the file is set aside (leases.memfile). ARM memfile; LE-045, LE-052, LE-058.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Any, Final, Protocol, cast

from twisted.internet.interfaces import IProcessProtocol
from twisted.internet.protocol import ProcessProtocol
from twisted.python.failure import Failure

from kea_twisted.daemons.candidate import LeasePlace
from kea_twisted.daemons.timers import Repeating
from kea_twisted.errors import KeaError
from kea_twisted.family import Family
from kea_twisted.leases.memfile.io import LeaseFiles
from kea_twisted.leases.memfile.manager import Memfile
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.messages.dhcpsrv import (
    DHCPSRV_MEMFILE_LFC_EXECUTE,
    DHCPSRV_MEMFILE_LFC_SETUP,
    DHCPSRV_MEMFILE_LFC_SPAWN_FAIL,
)
from kea_twisted.log.messages.twisted import KEA_TWISTED_INFO, KEA_TWISTED_WARN
from kea_twisted.net.reactor import Reactor

ROOT: Final = str(Path(__file__).resolve().parents[2])
OURS: Final = (sys.executable, "-P", "-m", "kea_twisted.daemons.kea_lfc")
NO_CONFIGURATION: Final = "ignored-path"
"""What kea-lfc is given for a configuration file, which it must be given and does not read. Kea's word."""

NEVER: Final[tuple[str | None, int]] = (None, 0)


class Spawner(Reactor, Protocol):
    """A reactor that starts processes: IReactorProcess."""

    def spawnProcess(  # noqa: N802
        self,
        protocol: IProcessProtocol,
        executable: str,
        args: list[str],
        env: dict[str, str],
        *,
        childFDs: dict[int, int],  # noqa: N803
    ) -> object:
        """Start a process. OSError if that cannot be done."""


def executable() -> tuple[str, ...]:
    """Return the words that start kea-lfc. Raises KeaError if KEA_LFC_EXECUTABLE names nothing that can be started."""
    path = os.environ.get("KEA_LFC_EXECUTABLE")
    if not path:
        return OURS
    if not os.path.exists(path):
        raise KeaError(f"KEA_LFC_EXECUTABLE: file not found: {path}")
    if not os.path.isfile(path) or not os.access(path, os.X_OK):
        raise KeaError(f"KEA_LFC_EXECUTABLE: file not executable: {path}")
    return (path,)


class LeaseFileCleanup:
    """The cleanups of one server's lease file, one at a time."""

    def __init__(self, reactor: Spawner, family: Family) -> None:
        self._reactor = reactor
        self._switch = f"-{family.number}"
        self._timer = Repeating("memfile-lfc", reactor, self._run)
        self._period = NEVER
        self._leases: Memfile[Any] | None = None
        self._serving = False
        self._at_work: _Cleaner | None = None

    def check(self, place: LeasePlace) -> None:
        """Raise KeaError if cleanups are wanted and cannot be started."""
        if place.path is not None and place.lfc_interval:
            executable()

    def adopt(self, place: LeasePlace, leases: object) -> None:
        """Clean up what *leases* writes from now on. A period of the same file goes on, or it might never end."""
        self._leases = leases if isinstance(leases, Memfile) and leases.files is not None else None
        period = (place.path, place.lfc_interval if self._leases is not None else 0)
        if period != self._period:
            self._period = period
            if period[1]:
                DHCPSRV.log(DHCPSRV_MEMFILE_LFC_SETUP, period[1])
            self._timer.start(period[1])
        if self._serving:
            self._convert()

    def start(self) -> None:
        """Begin: the reactor runs, as the user that the server remains."""
        self._serving = True
        self._convert()

    def stop(self) -> None:
        """Start no more; the cleanup at work goes on by itself."""
        self._serving = False
        self._timer.unregister()
        self._leases, self._period = None, NEVER

    def _convert(self) -> None:
        """Have files of another schema version converted at once."""
        leases = self._leases
        if leases is not None and leases.cleanup_due and leases.files is not None:
            leases.cleanup_due = False
            self._execute(leases.files)

    def _run(self) -> None:
        leases = self._leases
        assert leases is not None and leases.files is not None
        if self._at_work is not None and self._at_work.files.path == leases.files.path:
            DHCPSRV.log(KEA_TWISTED_INFO, "lfc", "the cleanup before is still at work, this one is left out")
        elif leases.rotate():
            self._execute(leases.files)

    def _execute(self, files: LeaseFiles) -> None:
        """Start kea-lfc."""
        try:
            command = [*executable(), self._switch, *files.cleanup.switches(), "-c", NO_CONFIGURATION]
            DHCPSRV.log(DHCPSRV_MEMFILE_LFC_EXECUTE, shlex.join(command))
            cleaner = _Cleaner(self, files)
            self._reactor.spawnProcess(
                cast(IProcessProtocol, cleaner), command[0], command, _environment(), childFDs={0: 0, 1: 1, 2: 2}
            )
        except (KeaError, OSError) as error:
            DHCPSRV.log(DHCPSRV_MEMFILE_LFC_SPAWN_FAIL)
            DHCPSRV.log(KEA_TWISTED_WARN, "lfc", str(error))
            return
        self._at_work = cleaner

    def ended(self, cleaner: _Cleaner, reason: str) -> None:
        """Note that a cleanup has ended, and tell if it did not get to its end."""
        if self._at_work is cleaner:
            self._at_work = None
        if cleaner.files.unfinished:
            DHCPSRV.log(
                KEA_TWISTED_WARN,
                "lfc",
                f"kea-lfc ended ({reason}) and has not cleaned up '{cleaner.files.path}'; its own log says why. "
                "No lease is lost, and the next one goes on where it stopped",
            )


class _Cleaner(ProcessProtocol):
    """One kea-lfc at work on *files*."""

    def __init__(self, owner: LeaseFileCleanup, files: LeaseFiles) -> None:
        self.files = files
        self._owner = owner

    def processEnded(self, reason: Failure) -> None:  # noqa: N802
        """Tell the owner; called by Twisted."""
        self._owner.ended(self, reason.getErrorMessage())


def _environment() -> dict[str, str]:
    """Return the environment of kea-lfc, in which ours finds the code that this server runs."""
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{path}" if path else ROOT}
