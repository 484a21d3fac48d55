"""What commands do to a DHCP daemon: the port of control.server_commands, carried out on the real thing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from io import RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twisted.internet.task import deferLater

from kea_twisted.base.octets import file_name
from kea_twisted.config.parse import Loaded
from kea_twisted.config.render import render
from kea_twisted.control.answer import EMPTY, ERROR, SUCCESS, Answer, answer
from kea_twisted.control.dispatch import Request
from kea_twisted.control.server_commands import DhcpDaemonControl, load_configuration
from kea_twisted.daemons import report
from kea_twisted.errors import CommandError, ConfigErrors, KeaError
from kea_twisted.version import KEA_VERSION

if TYPE_CHECKING:
    from kea_twisted.daemons.dhcp import DhcpDaemon

CONFIGURED = "Configuration successful."
SANE = (
    "Configuration seems sane. Control-socket, hook-libraries, and D2 configuration were sanity checked, "
    "but not applied."
)
"""Answers that scripts compare."""


class DaemonControl(DhcpDaemonControl):
    """The commands' view of one daemon."""

    def __init__(self, daemon: DhcpDaemon) -> None:
        self._daemon = daemon
        self.family = daemon.parts.family
        self.network = daemon.network

    def config_get(self) -> dict[str, Any]:
        """Return the configuration in force, as a map with the root keyword as its only member."""
        shown = self._configured()
        if self._daemon.name_changes.suspended:
            shown[self.family.root]["dhcp-ddns"]["enable-updates"] = False
        return shown

    def _configured(self) -> dict[str, Any]:
        """Return the configuration in force as it was given, whatever has become of it."""
        candidate = self._daemon.candidate
        assert candidate is not None
        return render(candidate.model)

    def config_test(self, request: Request) -> Answer:
        """Check the configuration in the arguments."""
        return self._carry_out(request, self._try, SANE)

    def config_set(self, request: Request) -> Answer:
        """Put the configuration in the arguments in force."""
        return self._carry_out(request, self._daemon.reconfigure, CONFIGURED)

    def _try(self, loaded: Loaded[Any]) -> None:
        """Check a configuration; KeaError if it is wrong."""
        self._daemon.warn(loaded.warnings)
        self._daemon.try_model(loaded.model, testing=True)
        self._daemon.libraries.check(loaded.model)

    def _carry_out(self, request: Request, action: Callable[[Loaded[Any]], None], done: str) -> Answer:
        """Answer what became of doing *action* with the configuration in the arguments, and what was left out of it."""
        loaded = None
        try:
            loaded = load_configuration(request, self.family)
            action(loaded)
        except KeaError as error:
            if loaded is None and isinstance(error, ConfigErrors):
                self._daemon.say_mistakes(error)
            said = loaded.left_out.sentence() if loaded is not None else ""
            return answer(ERROR, f"{error}{said}")
        return answer(SUCCESS, f"{done}{loaded.left_out.sentence()}")

    def config_reload(self) -> Answer:
        """Read the configuration file again and put it in force."""
        error = self._daemon.reload()
        if error is not None:
            file = self._daemon.startup.config_file
            return answer(ERROR, f"Config reload failed: configuration error using file '{file}': {error}")
        return answer(SUCCESS, CONFIGURED)

    def config_write(self, filename: str | None) -> tuple[str, int]:
        """Write the configuration in force; return the file's name and size. OSError if that fails."""
        path = Path(file_name(filename or "") or self._daemon.startup.config_file)
        octets = report.configuration_text(self._configured())
        file = path.resolve()  # what a link points to is written, and the link stays
        temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o640
        try:
            temporary.write_bytes(octets)
            temporary.chmod(mode)
            temporary.replace(file)
        except PermissionError:
            # The file may be the server's own in a directory that is not.
            temporary.unlink(missing_ok=True)
            with file.open("r+b" if file.exists() else "wb", buffering=0) as opened:
                write_over(opened, octets)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        return str(path), len(octets)

    def config_backend_pull(self) -> Answer:
        """Say that there is no configuration backend."""
        return answer(EMPTY, "No config backend.")

    async def leases_reclaim(self, remove: bool) -> None:
        """Reclaim all expired leases; remove them, or leave them as reclaimed. Packets are served meanwhile."""
        daemon = self._daemon
        for _ in daemon.server.reclaimer.slices(self.now(), time.monotonic, 0, 0, remove, 0):
            reclaimer = daemon.server.reclaimer
            await deferLater(daemon.reactor, 0)  # type: ignore[arg-type]
            if daemon.store.leases is not reclaimer.leases:
                raise CommandError("the leases were put elsewhere meanwhile")

    def libreload(self) -> bool:
        """Unload and load the hook libraries; return whether that went well."""
        return self._daemon.libraries.reload()

    def shutdown(self, exit_value: int) -> None:
        """Stop the daemon once the answer is on its way."""
        self._daemon.shutdown(exit_value)

    def status(self) -> dict[str, Any]:
        """Return how the daemon fares."""
        daemon, now = self._daemon, self.now()
        missing = daemon.sockets.missing
        sockets: dict[str, Any] = {"status": "ready"}
        if missing:
            sockets["status"] = "retrying" if daemon.sockets.retrying else "failed"
            sockets["errors"] = [f"{label}: {reason}" for label, reason in missing.items()]
        return {
            "pid": os.getpid(),
            "uptime": int(now - daemon.started_at),
            "reload": int(now - daemon.configured_at),
            **daemon.queueing.status(),
            "sockets": sockets,
        }

    def version(self) -> tuple[str, str]:
        """Return the version, and the long version of `-V`."""
        return KEA_VERSION, report.extended_version()

    def build_report(self) -> str:
        """Return the text of `-W`."""
        return report.build_report()

    def server_tag(self) -> str:
        """Return `server-tag`."""
        candidate = self._daemon.candidate
        return "" if candidate is None else candidate.config.server_tag

    def now(self) -> float:
        """Return the time in seconds of the epoch."""
        return self._daemon.clock()

    def steady(self) -> float:
        """Return the seconds of a clock that nobody sets."""
        return time.monotonic()

    def network_changed(self) -> None:
        """Set the timer that ends a period."""
        self._daemon.network_changed()


def write_over(opened: RawIOBase, octets: bytes) -> None:
    """Replace what a file holds. OSError if the new does not fit: the file holds the old again then."""
    before = (opened.read() if opened.readable() else None) or b""
    try:
        _fill(opened, octets)
    except OSError:
        _fill(opened, before)
        raise


def _fill(opened: RawIOBase, octets: bytes) -> None:
    """Make *octets* all that a file holds."""
    opened.seek(0)
    left = memoryview(octets)
    while left:
        left = left[opened.write(left) or 0 :]
    opened.truncate()
