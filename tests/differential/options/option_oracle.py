"""Ask a running Kea 2.2.0 what it makes of an option: is the configuration accepted, and which octets go out.

One server a family runs in a network namespace of its own; configurations reach it through its control socket and
packets through a relay address on the loopback interface, so that one question costs some milliseconds.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Final

SKIP: Final = "Kea 2.2.0, ip and root are needed here; `make test-deps` brings Kea"
CONTAINER4: Final = {"subnet": "127.0.0.0/8"}
CONTAINER6: Final = {"subnet": "2001:db8:1::/64"}

_DRIVER4: Final = """
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.2", 67))
r = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
r.bind(("127.0.0.5", 68))
r.settimeout(1.0)
print("ready", flush=True)
for line in sys.stdin:
    s.sendto(bytes.fromhex(line), ("127.0.0.1", 67))
    try:
        print(r.recv(65535).hex(), flush=True)
    except TimeoutError:
        print("", flush=True)
"""
_DRIVER6: Final = """
import socket, sys
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
s.bind(("2001:db8:1::2", 547))
s.settimeout(1.0)
print("ready", flush=True)
for line in sys.stdin:
    s.sendto(bytes.fromhex(line), ("2001:db8:1::1", 547))
    try:
        print(s.recv(65535).hex(), flush=True)
    except TimeoutError:
        print("", flush=True)
"""


def available() -> bool:
    """Return whether this machine can run the oracle."""
    return os.geteuid() == 0 and all(shutil.which(name) for name in ("kea-dhcp4", "kea-dhcp6", "ip"))


class Oracle:
    """One Kea server of *family* (4 or 6), to be used as a context manager."""

    def __init__(self, family: int) -> None:
        self.family = family
        self.root = f"Dhcp{family}"
        self.namespace = f"keaopt{family}-{os.getpid()}"
        self.folder = Path(tempfile.mkdtemp(prefix="kea-option-oracle-"))
        self.log = self.folder / "kea.log"
        self._processes: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Oracle:
        namespace = self.namespace
        self._ip("netns", "add", namespace)
        self._ip("-n", namespace, "link", "set", "lo", "up")
        if self.family == 6:
            self._ip("-n", namespace, "link", "add", "v0", "type", "veth", "peer", "name", "v1")
            for address in ("2001:db8:1::1", "2001:db8:1::2"):
                self._ip("-n", namespace, "addr", "add", f"{address}/64", "dev", "v0", "nodad")
            self._ip("-n", namespace, "link", "set", "v0", "addrgenmode", "eui64", "up")
            self._ip("-n", namespace, "link", "set", "v1", "up")
            time.sleep(2.5)  # duplicate address detection of the link-local address
        path = self.folder / "kea.json"
        path.write_text(json.dumps(self.configuration({})))
        environment = {
            **os.environ,
            "KEA_PIDFILE_DIR": str(self.folder),
            "KEA_LOCKFILE_DIR": str(self.folder),
        }
        inside = ["ip", "netns", "exec", namespace]
        with self.log.open("w") as log:
            self._processes.append(
                subprocess.Popen(
                    [*inside, f"kea-dhcp{self.family}", "-c", str(path)],
                    stdout=log, stderr=log, env=environment, text=True,
                )
            )
        self.driver = subprocess.Popen(
            [*inside, "python3", "-c", _DRIVER4 if self.family == 4 else _DRIVER6],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        self._processes.append(self.driver)
        assert self.driver.stdout is not None
        assert self.driver.stdout.readline() == "ready\n"
        deadline = time.monotonic() + 10
        while not (self.folder / "control").exists():
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kea did not start: {self.log.read_text()}")
            time.sleep(0.05)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(5)
        self._ip("netns", "del", self.namespace)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _ip(self, *arguments: str) -> None:
        subprocess.run(["ip", *arguments], check=True, capture_output=True, timeout=10)

    def configuration(self, extra: dict[str, Any], debug: bool = False) -> dict[str, Any]:
        """Return a whole configuration with the members of *extra* in it."""
        interfaces = (
            {"interfaces": ["lo"], "dhcp-socket-type": "udp"}
            if self.family == 4
            else {"interfaces": ["v0/2001:db8:1::1"]}
        )
        config: dict[str, Any] = {
            "interfaces-config": interfaces,
            "lease-database": {"type": "memfile", "persist": False},
            "control-socket": {"socket-type": "unix", "socket-name": str(self.folder / "control")},
            f"subnet{self.family}": [{"id": 1, **(CONTAINER4 if self.family == 4 else CONTAINER6)}],
            "loggers": [
                {
                    "name": f"kea-dhcp{self.family}",
                    "output_options": [{"output": str(self.folder / "debug.log"), "maxsize": 0}],
                    "severity": "DEBUG" if debug else "WARN",
                    "debuglevel": 99 if debug else 0,
                }
            ],
            **extra,
        }
        if self.family == 6:
            config["server-id"] = {"type": "EN", "enterprise-id": 2495, "identifier": "01", "persist": False}
        return {self.root: config}

    def command(self, name: str, arguments: dict[str, Any] | None = None) -> tuple[int, str]:
        """Return result and text of a command."""
        body: dict[str, Any] = {"command": name}
        if arguments is not None:
            body["arguments"] = arguments
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(10)
            control.connect(str(self.folder / "control"))
            control.sendall(json.dumps(body).encode())
            chunks = []
            while chunk := control.recv(65536):
                chunks.append(chunk)
        answer = json.loads(b"".join(chunks))
        return answer["result"], answer.get("text", "")

    def check(self, extra: dict[str, Any]) -> str:
        """Return "" if Kea accepts the configuration, else its complaint."""
        result, text = self.command("config-test", self.configuration(extra))
        return text if result else ""

    def apply(self, extra: dict[str, Any], debug: bool = False) -> str:
        """Make Kea run with the configuration; "" or its complaint."""
        result, text = self.command("config-set", self.configuration(extra, debug))
        return text if result else ""

    def ask(self, packet: bytes) -> bytes:
        """Return the answer to a packet, b"" if there is none."""
        assert self.driver.stdin is not None and self.driver.stdout is not None
        self.driver.stdin.write(packet.hex() + "\n")
        self.driver.stdin.flush()
        return bytes.fromhex(self.driver.stdout.readline().strip())

    def debug_log(self) -> str:
        """Return what Kea logged since debugging was applied."""
        path = self.folder / "debug.log"
        return path.read_text(errors="surrogateescape") if path.exists() else ""

    def options(self, extra_options: bytes = b"") -> dict[int, bytes]:
        """Return the options of the answer to a request for stateless configuration."""
        return self._options4(extra_options) if self.family == 4 else self._options6(extra_options)

    def _options4(self, extra_options: bytes) -> dict[int, bytes]:
        header = b"\x01\x01\x06\x00\x00\x00\x00\x01" + bytes(4)
        header += bytes((127, 0, 0, 5)) + bytes(8) + bytes((127, 0, 0, 2)) + b"\x02\0\0\0\0\1" + bytes(10 + 192)
        answer = self.ask(header + b"\x63\x82\x53\x63\x35\x01\x08" + extra_options + b"\xff")
        found: dict[int, bytes] = {}
        at = 240
        while at < len(answer) and answer[at] != 255:
            if answer[at] == 0:
                at += 1
                continue
            length = answer[at + 1]
            found[answer[at]] = found.get(answer[at], b"") + answer[at + 2 : at + 2 + length]
            at += 2 + length
        return found

    def _options6(self, extra_options: bytes) -> dict[int, bytes]:
        inner = b"\x0b\x00\x00\x01" + b"\0\1\0\4\0\3\0\1" + extra_options
        link = bytes.fromhex("20010db8000100000000000000000002")
        answer = self.ask(b"\x0c\x00" + link + link + b"\0\x09" + len(inner).to_bytes(2, "big") + inner)
        found: dict[int, bytes] = {}
        if not answer:
            return found
        outer = _tlv6(answer[34:])
        return _tlv6(outer[9][4:]) if 9 in outer else found


def _tlv6(octets: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(octets):
        code = int.from_bytes(octets[at : at + 2], "big")
        length = int.from_bytes(octets[at + 2 : at + 4], "big")
        found[code] = found.get(code, b"") + octets[at + 4 : at + 4 + length]
        at += 4 + length
    return found
