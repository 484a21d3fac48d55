"""The pid file of a daemon: Kea's place, Kea's name, Kea's meaning. ARM dhcp4-start-stop; CF-060..CF-067."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from kea_twisted.errors import KeaError

DEFAULT_DIRECTORY: Final = "/run/kea"


class AlreadyRunning(KeaError):
    """The pid file names a living process. pid: its number. path: the file."""

    def __init__(self, pid: int, path: Path) -> None:
        self.pid = pid
        self.path = path
        super().__init__(f"process {pid} of {path} is alive")


class PidFile:
    """The file of one daemon. configuration: the file it was started with; its name becomes part of ours."""

    def __init__(self, daemon: str, configuration: str) -> None:
        directory = os.environ.get("KEA_PIDFILE_DIR") or DEFAULT_DIRECTORY
        self._explicit = "KEA_PIDFILE_DIR" in os.environ
        self.path = Path(directory) / f"{Path(configuration).stem}.{daemon}.pid"
        self._mine = False

    def create(self) -> None:
        """Write this process's number. Raises AlreadyRunning, or KeaError if the file cannot be written."""
        other = self._read()
        if other and other != os.getpid() and _alive(other):
            raise AlreadyRunning(other, self.path)
        try:
            if not self._explicit:
                # A tmpfs under /run forgets the directory at every boot.
                self.path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            self.path.write_text(f"{os.getpid()}\n", encoding="ascii")
        except OSError as error:
            hint = "" if self._explicit else "; KEA_PIDFILE_DIR names another directory"
            raise KeaError(f"the pid file {self.path} cannot be written: {error.strerror}{hint}") from error
        self._mine = True

    def delete(self) -> None:
        """Remove the file if this process wrote it."""
        if self._mine:
            self._mine = False
            try:
                self.path.unlink(missing_ok=True)
            except OSError:
                # After privilege was dropped the directory may be out of reach; a dead number in it harms nobody.
                pass

    def _read(self) -> int:
        """Return the number in the file, 0 if there is none."""
        try:
            return int(self.path.read_text(encoding="ascii").split()[0])
        except (OSError, ValueError, IndexError):
            return 0


def _alive(pid: int) -> bool:
    """Return whether a process exists, whoever owns it."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True
