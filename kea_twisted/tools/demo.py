"""``make run`` and ``make run-dhcp6``: a server with a shipped configuration at work, and a client that gets a lease.

As root: two network namespaces joined by a cable, the server under twistd in one, a real client in the other. Without
root: the same server on the loopback interface and high ports, with the small client of :mod:`.demo_client`. The server
stays until Ctrl-C; what was made is removed however the program ends, and what a killed one left at the next start.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from kea_twisted.base.kea_json.parse import parse_text
from kea_twisted.family import V4, V6, Family
from kea_twisted.tools.demo_client import Watcher, converse

ROOT: Final = Path(__file__).resolve().parents[2]
SERVER_ADDRESS: Final = {4: "192.0.2.1/24", 6: "2001:db8:1::1/64"}
PREFIX: Final = "kea-demo-"
TEMPORARY: Final = "/tmp"  # noqa: S108  (short, so that names of UNIX sockets fit; what is made there is private)
ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_DIE_WITH_PARENT: Final = 1


class Demo:
    """One run. namespaces: whether this process may make some."""

    def __init__(self, family: Family, directory: Path, namespaces: bool) -> None:
        self.family = family
        self.directory = directory
        self.namespaces = namespaces
        self.server_space = f"{PREFIX}{os.getpid()}-s"
        self.client_space = f"{PREFIX}{os.getpid()}-c"
        self.server: subprocess.Popen[bytes] | None = None
        self.ports = (family.server_port, family.client_port)

    def prepare(self) -> None:
        """Make the namespaces, or choose ports; write the configuration."""
        name = f"demo-dhcp{self.family.number}.conf"
        text = (ROOT / "etc" / "kea" / name).read_text(encoding="latin-1")
        if self.namespaces:
            self._lay_cable()
        else:
            base = 20000 + os.getpid() % 20000
            self.ports = (base, base + 1)
            text = json.dumps(self._for_loopback(parse_text(text, name).value))
        (self.directory / name).write_text(text, encoding="latin-1")

    def _lay_cable(self) -> None:
        """Join two namespaces by a veth pair: ``server`` in one, ``client`` in the other."""
        for space in (self.server_space, self.client_space):
            ip("netns", "add", space)
            ip("-n", space, "link", "set", "lo", "up")
        ip(*f"link add server netns {self.server_space} type veth peer name client netns {self.client_space}".split())
        ip("-n", self.client_space, "link", "set", "client", "address", "02:00:00:00:00:01")
        extra = ("nodad",) if self.family is V6 else ()
        address = SERVER_ADDRESS[self.family.number]
        ip("-n", self.server_space, "address", "add", address, "dev", "server", *extra)
        ip("-n", self.server_space, "link", "set", "server", "up")
        ip("-n", self.client_space, "link", "set", "client", "up")
        if self.family is V6:
            self._wait_for_link_local()

    def _wait_for_link_local(self) -> None:
        """Wait until both ends have finished looking for duplicates of their link-local addresses."""
        deadline = time.monotonic() + 10
        for space in (self.server_space, self.client_space):
            while time.monotonic() < deadline:
                shown = ip("-n", space, "-6", "address", "show", "scope", "link")
                if "fe80" in shown and "tentative" not in shown:
                    break
                time.sleep(0.1)

    def _for_loopback(self, configuration: dict[str, Any]) -> dict[str, Any]:
        """Return the configuration changed so that it serves a client on the loopback interface."""
        section = configuration[self.family.root]
        subnet = section[self.family.subnets][0]
        if self.family is V4:
            section["interfaces-config"] = {"interfaces": ["lo"], "dhcp-socket-type": "udp"}
            subnet["relay"] = {"ip-addresses": ["127.0.0.1"]}
        else:
            section["interfaces-config"] = {"interfaces": ["lo/::1"]}
            del subnet["interface"]
            # Without root there may be no interface whose address could name the server.
            section["server-id"] = {"type": "EN", "enterprise-id": 0, "identifier": ""}
        return configuration

    def start_server(self) -> None:
        """Start the server under twistd and wait until it serves."""
        twistd = Path(sys.executable).with_name("twistd")
        command = [str(twistd), "--nodaemon", "--pidfile=twistd.pid", self.family.daemon]
        command += ["-c", f"demo-dhcp{self.family.number}.conf"]
        if not self.namespaces:
            command += ["-p", str(self.ports[0]), "-P", str(self.ports[1])]
        say(f"$ {' '.join(command)}")
        directory = str(self.directory)
        self.server = subprocess.Popen(
            [*self._inside(self.server_space), *command],
            cwd=directory,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", "")))),
                "KEA_PIDFILE_DIR": directory,
                "KEA_LOCKFILE_DIR": directory,
            },
            stdout=(self.directory / "start.log").open("wb"),
            stderr=subprocess.STDOUT,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  (the child is about to exec)
        )
        deadline = time.monotonic() + 30
        while f"DHCP{self.family.number}_STARTED" not in self.log:
            if self.server.poll() is not None or time.monotonic() > deadline:
                stop(f"the server did not start:\n{(self.directory / 'start.log').read_text()}{self.log}")
            time.sleep(0.05)
        say(self.log.strip().splitlines()[-1])

    def lease(self) -> None:
        """Obtain a lease, and show the exchange."""
        title("A client obtains a lease")
        if not self.namespaces:
            for line in converse(self.family, *self.ports):
                say(line)
            return
        command = self._client()
        with Watcher(self.client_space, self.family) as watcher:
            if command:
                say(f"$ {' '.join(command)}      (in namespace {self.client_space})")
                done = subprocess.run(
                    [*self._inside(self.client_space), *command],
                    capture_output=True,
                    text=True,
                    timeout=60,
                    check=False,
                )
                said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
                for line in said[-8:]:
                    say(f"  {line}")
            else:
                say("no udhcpc or dhclient here (`make test-deps` brings them): a small client of ours instead")
                watcher.converse()
            title("What went over the wire")
            for line in watcher.lines():
                say(line)

    def _client(self) -> list[str]:
        """Return the command line of a real client that asks once, changes nothing on this machine, and ends."""
        directory = self.directory
        if self.family is V4 and find("udhcpc"):
            return ["udhcpc", "-i", "client", "-f", "-n", "-q", "-t", "5", "-T", "2", "-s", "/bin/true"]
        if find("dhclient"):
            both = ["-N", "-P"] if self.family is V6 else []
            files = ["-lf", str(directory / "dhclient.leases"), "-pf", str(directory / "dhclient.pid")]
            (directory / "dhclient.conf").write_text("")
            conf = ["-cf", str(directory / "dhclient.conf")]
            return [
                "dhclient",
                f"-{self.family.number}",
                *both,
                "-1",
                "-v",
                "-sf",
                "/bin/true",
                *files,
                *conf,
                "client",
            ]
        return []

    def show_leases(self) -> None:
        """Print the lease file."""
        title("The lease file")
        say((self.directory / "leases.csv").read_text().strip())

    def ask(self, command: str, **arguments: Any) -> None:
        """Send a command and print the answer."""
        request = {"command": command, **({"arguments": arguments} if arguments else {})}
        title(f"The command {command}")
        say(f"> {json.dumps(request)}")
        with socket.socket(socket.AF_UNIX) as opened:
            opened.settimeout(20)
            opened.connect(str(self.directory / "control"))
            opened.sendall(json.dumps(request).encode())
            answer = b""
            while piece := opened.recv(65536):
                answer += piece
        say(f"< {answer.decode()}")

    def tell_what_next(self) -> None:
        """Print commands to try."""
        title("The server goes on until Ctrl-C. To try next, in another terminal")
        control = self.directory / "control"
        inside = " ".join(self._inside(self.client_space))
        if self.namespaces:
            command = self._client()
            if command:
                say(f"  {inside} {' '.join(command)}")
        if find("socat"):
            say(f"""  echo '{{"command": "statistic-get-all"}}' | socat -t 10 - UNIX:{control}""")
            say(f"""  echo '{{"command": "config-get"}}' | socat -t 10 - UNIX:{control}""")
        say(f"  tail -f {self.directory}/server.log")
        file = f"{self.directory}/demo-dhcp{self.family.number}.conf"
        say(f"  {Path(sys.executable).with_name(self.family.daemon)} -t {file}")

    def wait(self) -> None:
        """Wait until somebody ends this, or nobody looks at it any more: its terminal or reader is gone."""
        assert self.server is not None
        reader = select.poll()
        reader.register(sys.stdout.fileno(), 0)
        while self.server.poll() is None and not reader.poll(500):
            pass

    def clean(self) -> None:
        """Stop what was started and remove what was made."""
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            try:
                self.server.wait(10)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        if self.namespaces:
            for space in (self.server_space, self.client_space):
                remove_namespace(space)
        shutil.rmtree(self.directory, ignore_errors=True)

    @property
    def log(self) -> str:
        """What the server has logged so far."""
        file = self.directory / "server.log"
        return file.read_text(errors="replace") if file.exists() else ""

    def _inside(self, space: str) -> list[str]:
        """Return what has to stand before a command to run it in a namespace."""
        return ["ip", "netns", "exec", space] if self.namespaces else []


def find(program: str) -> str | None:
    """Return the path of a program; daemons live where users do not look."""
    return shutil.which(program) or shutil.which(program, path="/usr/local/sbin:/usr/sbin:/sbin")


def ip(*arguments: str) -> str:
    """Run ``ip``; return what it prints. Raises OSError if it fails."""
    done = subprocess.run([find("ip") or "ip", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


def remove_namespace(space: str) -> None:
    """Remove a network namespace if it is there, with what runs in it: clients stay when they have their lease."""
    if Path("/run/netns", space).exists():
        for number in ip("netns", "pids", space).split():
            with suppress(ProcessLookupError):
                os.kill(int(number), signal.SIGTERM)
        subprocess.run([find("ip") or "ip", "netns", "delete", space], check=False)


def sweep(namespaces: bool) -> None:
    """Remove what runs that were killed have left."""
    spaces = Path("/run/netns")
    for space in list(spaces.glob(f"{PREFIX}*")) if namespaces and spaces.is_dir() else []:
        if _is_left(space.name, "[sc]"):
            remove_namespace(space.name)
    for directory in Path(TEMPORARY).glob(f"{PREFIX}*"):
        if _is_left(directory.name, ".+"):
            shutil.rmtree(directory, ignore_errors=True)


def _is_left(name: str, ending: str) -> bool:
    """Return whether something of this name belongs to a run that is no more."""
    match = re.fullmatch(rf"{PREFIX}(\d+)-{ending}", name)
    return match is not None and not Path("/proc", match[1]).exists()


def namespaces_work() -> bool:
    """Return whether this process may make network namespaces."""
    if os.geteuid() != 0 or find("ip") is None:
        return False
    probe = f"{PREFIX}{os.getpid()}-c"
    try:
        ip("netns", "add", probe)
        ip("-n", probe, "link", "set", "lo", "up")
    except OSError:
        return False
    finally:
        remove_namespace(probe)
    return True


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def title(text: str) -> None:
    """Print a heading."""
    say(f"\n== {text}")


def stop(text: str) -> NoReturn:
    """End with a message; what was made is removed on the way out."""
    raise SystemExit(text)


def _die_with_parent() -> None:
    """Have the kernel end this process when its parent is gone, even if that was killed."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def _end(number: int, _frame: object) -> NoReturn:
    """Begin to clean up, once: make passes on what the terminal has sent already."""
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the demonstration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=("4", "6"), help="4 for kea-dhcp4, 6 for kea-dhcp6")
    parser.add_argument("--once", action="store_true", help="end when all has been shown")
    parser.add_argument("--loopback", action="store_true", help="do as without root")
    options = parser.parse_args(arguments)
    for number in ENDING:
        signal.signal(number, _end)
    namespaces = not options.loopback and namespaces_work()
    with ExitStack() as stack:
        sweep(namespaces)
        directory = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=TEMPORARY))
        demo = Demo(V4 if options.family == "4" else V6, directory, namespaces)
        stack.callback(demo.clean)
        say("in two network namespaces" if namespaces else "on the loopback interface (as root: in network namespaces)")
        try:
            demo.prepare()
            demo.start_server()
            demo.lease()
            demo.show_leases()
            demo.ask("statistic-get", name=f"pkt{demo.family.number}-received")
            demo.ask("status-get")
            if not options.once:
                demo.tell_what_next()
                demo.wait()
        except KeyboardInterrupt:
            say("\ncleaning up")


if __name__ == "__main__":
    main()
