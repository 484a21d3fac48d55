"""Servers under test: Kea 2.2.0's daemons here, ours in :mod:`tests.support.ours`, behind one interface.

Each server lives in the server namespace of its own link, with its files in a throw-away directory.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from tests.support.namespaces import Link, end
from tests.support.requirements import find

Json = dict[str, Any]
READY = ("DHCP4_STARTED", "DHCP6_STARTED")
FAILED = ("_CONFIG_LOAD_FAIL", "_INIT_FAIL", "_PARSER_FAIL")


class ControlSocket:
    """Ask a daemon's UNIX control socket, one connection a command, as Kea's own clients do."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def ask(self, command: str, arguments: object = None, timeout: float = 20.0) -> Json:
        """Return the answer object to one command."""
        request: Json = {"command": command}
        if arguments is not None:
            request["arguments"] = arguments
        return self.ask_raw(json.dumps(request).encode(), timeout)

    def ask_raw(self, octets: bytes, timeout: float = 20.0) -> Json:
        """Send *octets* as they are and return the one object that comes back."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel:
            channel.settimeout(timeout)
            channel.connect(str(self.path))
            channel.sendall(octets)
            answer = bytearray()
            while chunk := channel.recv(1 << 16):
                answer += chunk
        decoded: Json = json.loads(answer)
        return decoded


class Server(ABC):
    """A DHCP server process.

    family: 4 or 6. link: where it lives. directory: of its files; a temporary one unless given.
    """

    name: str

    def __init__(self, family: int, link: Link, directory: Path | None = None) -> None:
        self.family = family
        self.link = link
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        if directory is None:
            self._temporary = tempfile.TemporaryDirectory(prefix=f"{self.name}{family}-", dir="/tmp")
            directory = Path(self._temporary.name)
            directory.chmod(0o755)
        self.directory = directory
        self.control = ControlSocket(directory / "ctrl.sock")
        self.log = directory / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._leases = 0

    @property
    def lease_file(self) -> Path:
        """The lease file of the present configuration."""
        return self.directory / f"leases-{self._leases}.csv"

    def complete(self, configuration: Json, severity: str = "INFO", debuglevel: int = 0) -> Json:
        """Return *configuration* (what is inside "Dhcp4" or "Dhcp6") with this server's files filled in."""
        whole: Json = {
            "control-socket": {"socket-type": "unix", "socket-name": str(self.control.path)},
            "lease-database": {
                "type": "memfile",
                "name": str(self.lease_file),
                "lfc-interval": 0,
            },
            "loggers": [
                {
                    "name": f"kea-dhcp{self.family}",
                    "output_options": [{"output": "stdout"}],
                    "severity": severity,
                    "debuglevel": debuglevel,
                }
            ],
        }
        if self.family == 6:
            whole["server-id"] = {"type": "EN", "enterprise-id": 1234, "identifier": "ABCDEF", "persist": False}
        whole.update(configuration)
        return {f"Dhcp{self.family}": whole}

    @abstractmethod
    def command(self, *arguments: str) -> list[str]:
        """Return the command line of the daemon with *arguments*."""

    def environment(self) -> dict[str, str]:
        """Return what the daemon's environment must hold."""
        directory = str(self.directory)
        return {
            "KEA_PIDFILE_DIR": directory,
            "KEA_LOCKFILE_DIR": directory,
            "KEA_LOGGER_DESTINATION": "stdout",
            "KEA_DHCP_DATA_DIR": directory,
        }

    def start(self, configuration: Json, timeout: float = 20.0, **logging: Any) -> None:
        """Write *configuration*, start the daemon and wait until it says that it serves."""
        path = self.directory / "config.json"
        path.write_text(json.dumps(self.complete(configuration, **logging), indent=1))
        with self.log.open("wb") as log:
            self.process = self.link.start(
                self.link.server, self.command("-c", str(path)), log.fileno(), self.environment()
            )
        deadline = time.monotonic() + timeout
        while True:
            text = self.log.read_text(errors="replace")
            if any(word in text for word in READY):
                return
            failed = self.process.poll() is not None or any(word in text for word in FAILED)
            if failed or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{self.name} did not start:\n{text[-3000:]}")
            time.sleep(0.01)

    def reload(self, configuration: Json, leases: str = "", **logging: Any) -> Json:
        """Give the running server a new configuration with another lease file; return the answer to config-set.

        leases: what is in that file; nothing, and there is none yet.
        """
        self._leases += 1
        if leases:
            self.lease_file.write_text(leases, "latin-1")
        return self.control.ask("config-set", self.complete(configuration, **logging))

    def reconfigure(self, configuration: Json) -> Json:
        """Give the running server a new configuration; the leases stay. Return the answer to config-set."""
        return self.control.ask("config-set", self.complete(configuration))

    def load(self, configuration: Json) -> None:
        """Serve *configuration* with no leases; RuntimeError if it is refused.

        The running process is told to, which takes milliseconds; it is started afresh if it will not.
        """
        if self.process is not None and self.process.poll() is None:
            try:
                answer = self.reload(configuration)
                if answer["result"] == 0:
                    self.control.ask("statistic-reset-all")
                    return
            except (OSError, ValueError):
                pass
            self.stop()
        self._leases += 1
        self.start(configuration)

    @property
    def ended(self) -> bool:
        """Whether the process does not run (any more)."""
        return self.process is None or self.process.poll() is not None

    def statistics(self) -> dict[str, object]:
        """Return the present value of every statistic by name."""
        answer = self.control.ask("statistic-get-all")
        return {name: samples[0][0] for name, samples in answer["arguments"].items()}

    def received(self) -> int:
        """Return how many packets the server has dealt with, for waiting until one is done."""
        name = f"pkt{self.family}-received"
        answer = self.control.ask("statistic-get", {"name": name})
        samples = answer["arguments"].get(name)
        return int(samples[0][0]) if samples else 0

    def leases(self) -> list[dict[str, str]]:
        """Return the rows of the lease file, oldest first, by column name."""
        lines = self.lease_file.read_text("latin-1").splitlines() if self.lease_file.exists() else []
        names = lines[0].split(",") if lines else []
        return [dict(zip(names, line.split(","), strict=False)) for line in lines[1:]]

    def stop(self) -> None:
        """End the daemon and remove its files."""
        if self.process is not None:
            end(self.process)
            self.process = None

    def close(self) -> None:
        """Stop and remove the directory."""
        self.stop()
        if self._temporary is not None:
            self._temporary.cleanup()


class Kea(Server):
    """Kea 2.2.0 as Debian packages it."""

    name = "kea"

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of the daemon with *arguments*."""
        program = find(f"kea-dhcp{self.family}")
        if program is None:
            raise RuntimeError(f"kea-dhcp{self.family} not installed: run `make test-deps`")
        return [program, *arguments]


def cpu_seconds(pid: int) -> float:
    """Return the CPU time, user and system, that process *pid* has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_kib(pid: int) -> int:
    """Return the resident memory of process *pid* in KiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0
