"""How to run each client in a namespace: nothing of the machine is touched, all files are in the test's directory."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.support.namespaces import CLIENT_INTERFACE, Link
from tests.support.requirements import find, require

PATIENCE = 25.0


def wait_for(condition: Callable[[], bool], what: str, log: Path | None = None) -> None:
    """Return when *condition* holds; fail with *what* and the end of *log* if it does not in time."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            said = log.read_text(errors="replace")[-2000:] if log and log.exists() else ""
            raise AssertionError(f"{what} did not happen in {PATIENCE:.0f} s\n{said}")
        time.sleep(0.05)


class RealClient:
    """A client program under way. events: what its script was called with, one dictionary of variables a call."""

    def __init__(self, link: Link, directory: Path, namespace: str | None = None) -> None:
        self.link = link
        self.directory = directory
        self.namespace = namespace or link.client
        self.log = directory / "client.log"
        self.events_file = directory / "events"
        self.script = directory / "script"
        self.script.write_text(f'#!/bin/sh\n{{ echo "event=$1"; env; echo "--"; }} >> {self.events_file}\nexit 0\n')
        self.script.chmod(0o755)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def events(self) -> list[dict[str, str]]:
        """Return the calls of the script that it has written down to their ends."""
        text = self.events_file.read_text(errors="replace") if self.events_file.exists() else ""
        return [
            dict(line.partition("=")[::2] for line in block.splitlines() if "=" in line)
            for block in text.split("--\n")[:-1]
        ]

    def event(self, *names: str, key: str = "reason") -> dict[str, str]:
        """Wait for a call of the script whose variable *key* is one of *names*; return its variables."""

        def found() -> list[dict[str, str]]:
            return [each for each in self.events if each.get(key) in names]

        wait_for(lambda: bool(found()), f"the event {' or '.join(names)}", self.log)
        return found()[-1]

    def start(self, program: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
        """Start *program* in the client namespace; it ends with the link."""
        require(program)
        with self.log.open("ab") as log:
            self.process = self.link.start(
                self.namespace, (find(program) or program, *arguments), log.fileno(), environment
            )

    def stop(self, patience: float = 10) -> None:
        """Ask the program to stop, and wait."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(patience)

    def udhcpc(self, *arguments: str) -> None:
        """Start busybox's client in the foreground."""
        self.start("udhcpc", "-f", "-i", CLIENT_INTERFACE, "-s", str(self.script), "-t", "8", "-T", "1", *arguments)

    def dhclient(self, *arguments: str) -> None:
        """Start ISC's client in the foreground."""
        files = {name: str(self.directory / name) for name in ("dhclient.conf", "leases", "pid")}
        (self.directory / "dhclient.conf").write_text("timeout 20;\nretry 1;\ninitial-interval 1;\n")
        (self.directory / "leases").touch()
        self.start(
            "dhclient",
            *("-d", "-v", "-cf", files["dhclient.conf"], "-lf", files["leases"], "-pf", files["pid"]),
            *("-sf", str(self.script), *arguments, CLIENT_INTERFACE),
        )

    def dhcpcd(self, *arguments: str, lines: str = "") -> None:
        """Start dhcpcd in the foreground, its state directories replaced by empty ones. lines: of configuration."""
        require("dhcpcd", "unshare")
        configuration = self.directory / "dhcpcd.conf"
        configuration.write_text(
            "nohook resolv.conf, hostname\nnoarp\nnoipv4ll\nhostname\nduid\noption domain_name_servers\n" + lines
        )
        hide = hidden("/run/dhcpcd", "/var/lib/dhcpcd")
        command = f'{hide}exec {find("dhcpcd")} -B -f {configuration} -c {self.script} "$@"'
        self.start("unshare", "--mount", "sh", "-c", command, "dhcpcd", *arguments, CLIENT_INTERFACE)

    def dhcp6c(self, lines: str) -> None:
        """Start WIDE's client in the foreground. lines: of its configuration."""
        require("dhcp6c", "unshare")
        configuration = self.directory / "dhcp6c.conf"
        configuration.write_text(lines.replace("SCRIPT", str(self.script)))
        command = f"-D -f -c {configuration} -p {self.directory / 'pid'} {CLIENT_INTERFACE}"
        self.start("unshare", "--mount", "sh", "-c", hidden("/var/lib/dhcpv6") + f"exec {find('dhcp6c')} {command}")

    def dibbler(self, program: str, lines: str) -> None:
        """Start Dibbler's client or relay in the foreground. lines: of its configuration."""
        require(f"dibbler-{program}", "unshare")
        configuration = self.directory / f"{program}.conf"
        configuration.write_text(lines)
        hide = hidden("/etc/dibbler", "/var/lib/dibbler", "/var/log/dibbler")
        command = f"cp {configuration} /etc/dibbler/{program}.conf; exec {find(f'dibbler-{program}')} run"
        self.start("unshare", "--mount", "sh", "-c", hide + command)


def hidden(*directories: str) -> str:
    """Return the shell commands that put an empty directory over each of *directories* in a mount namespace."""
    return "".join(f"mkdir -p {each}; mount -t tmpfs tmpfs {each}; " for each in directories)


def addresses(namespace: str, interface: str = CLIENT_INTERFACE) -> str:
    """Return what ``ip address`` says of an interface."""
    shown = subprocess.run(
        ("ip", "-n", namespace, "-6", "address", "show", "dev", interface), capture_output=True, text=True, check=True
    )
    return shown.stdout
