"""Ask a running Kea 2.2.0 what it makes of an option: is the configuration accepted, and which octets go out.

One server a family runs in a network namespace of its own; configurations reach it through its control socket and
packets through a relay's address, so that one question costs a millisecond or two.
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

from tests.support.namespaces import entered
from tests.support.requirements import find

_INTERFACES: Final = {
    4: {"interfaces": ["lo"], "dhcp-socket-type": "udp"},
    6: {"interfaces": ["v0/2001:db8:1::1"]},
}
_SUBNETS: Final = {4: {"id": 1, "subnet": "127.0.0.0/8"}, 6: {"id": 1, "subnet": "2001:db8:1::/64"}}
_SERVER: Final = {4: ("127.0.0.1", 67), 6: ("2001:db8:1::1", 547)}


class Oracle:
    """One Kea server of *family* (4 or 6), to be used as a context manager."""

    def __init__(self, family: int) -> None:
        self.family = family
        self.root = f"Dhcp{family}"
        self.namespace = f"kaopt{family}-{os.getpid()}"
        self.folder = Path(tempfile.mkdtemp(prefix="kea-option-oracle-"))
        self.log = self.folder / "kea.log"
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Oracle:
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> None:
        namespace = self.namespace
        _ip("netns", "add", namespace)
        _ip("-n", namespace, "link", "set", "lo", "up")
        if self.family == 6:
            _ip("-n", namespace, "link", "add", "v0", "type", "veth", "peer", "name", "v1")
            _ip("-n", namespace, "link", "set", "v0", "addrgenmode", "none")
            for address in ("fe80::1", "2001:db8:1::1", "2001:db8:1::2"):
                _ip("-n", namespace, "addr", "add", f"{address}/64", "dev", "v0", "nodad")
            _ip("-n", namespace, "link", "set", "v1", "up")
            _ip("-n", namespace, "link", "set", "v0", "up")
        path = self.folder / "kea.json"
        path.write_text(json.dumps(self.configuration({})))
        program = find(f"kea-dhcp{self.family}")
        assert program is not None
        environment = {**os.environ, "KEA_PIDFILE_DIR": str(self.folder), "KEA_LOCKFILE_DIR": str(self.folder)}
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                ["ip", "netns", "exec", namespace, program, "-c", str(path)],
                stdout=log,
                stderr=log,
                env=environment,
                text=True,
            )
        kind = socket.AF_INET if self.family == 4 else socket.AF_INET6
        with entered(namespace):
            self._out = socket.socket(kind, socket.SOCK_DGRAM)
            self._out.bind(("127.0.0.2", 67) if self.family == 4 else ("2001:db8:1::2", 547))
            self._in = socket.socket(kind, socket.SOCK_DGRAM) if self.family == 4 else self._out
            if self.family == 4:
                self._in.bind(("127.0.0.5", 68))
        self._in.settimeout(1.0)
        deadline = time.monotonic() + 10
        while True:
            try:
                self.command("status-get")
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise RuntimeError(f"Kea did not start: {self.log.read_text()}") from None
                time.sleep(0.05)

    def close(self) -> None:
        """End the server and remove all that was made for it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(5)
            self._out.close()
            self._in.close()
        subprocess.run(["ip", "netns", "del", self.namespace], capture_output=True, timeout=10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def configuration(self, extra: dict[str, Any], debug: bool = False) -> dict[str, Any]:
        """Return a whole configuration with the members of *extra* in it."""
        config: dict[str, Any] = {
            "interfaces-config": _INTERFACES[self.family],
            "lease-database": {"type": "memfile", "persist": False},
            "control-socket": {"socket-type": "unix", "socket-name": str(self.folder / "control")},
            f"subnet{self.family}": [_SUBNETS[self.family]],
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
        chunks = []
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(10)
            control.connect(str(self.folder / "control"))
            control.sendall(json.dumps(body).encode())
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
        self._out.sendto(packet, _SERVER[self.family])
        try:
            return self._in.recv(65535)
        except TimeoutError:
            return b""

    def logged_by(self, packet_options: bytes) -> str:
        """Return what Kea logs about one request with *packet_options*, once debugging was applied."""
        path = self.folder / "debug.log"
        before = path.stat().st_size
        self.options(packet_options)
        deadline = time.monotonic() + 2
        while True:
            octets = path.read_bytes()[before:]
            if b"_PACKET_SEND" in octets or b"_PACKET_DROP" in octets or time.monotonic() > deadline:
                return octets.decode("utf-8", "surrogateescape")
            time.sleep(0.005)

    def answers(self, extra_options: bytes) -> bool:
        """Return whether a request with *extra_options* is answered, without waiting for an answer that never comes."""
        self._out.sendto(self.request(extra_options, 2), _SERVER[self.family])
        self._out.sendto(self.request(b"", 1), _SERVER[self.family])
        first = self._in.recv(65535)
        at = 4 if self.family == 4 else 38
        if int.from_bytes(first[at : at + 4], "big") & 0xFFFFFF == 1:
            return False
        self._in.recv(65535)
        return True

    def request(self, extra_options: bytes, transaction: int) -> bytes:
        """Return a request for stateless configuration, as a relay sends it."""
        if self.family == 4:
            header = b"\x01\x01\x06\x00" + transaction.to_bytes(4, "big") + bytes(4)
            header += bytes((127, 0, 0, 5)) + bytes(8) + bytes((127, 0, 0, 2)) + b"\x02\0\0\0\0\1" + bytes(10 + 192)
            return header + b"\x63\x82\x53\x63\x35\x01\x08" + extra_options + b"\xff"
        inner = b"\x0b" + transaction.to_bytes(3, "big") + b"\0\1\0\4\0\3\0\1" + extra_options
        link = bytes.fromhex("20010db8000100000000000000000002")
        return b"\x0c\x00" + link + link + b"\0\x09" + len(inner).to_bytes(2, "big") + inner

    def options(self, extra_options: bytes = b"") -> dict[int, bytes]:
        """Return the options of the answer to a request for stateless configuration."""
        answer = self.ask(self.request(extra_options, 1))
        if self.family == 4:
            return _options4(answer)
        relayed = _options6(answer[34:]).get(9, b"")
        return _options6(relayed[4:])


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, timeout=10)


def _options4(answer: bytes) -> dict[int, bytes]:
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


def _options6(octets: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(octets):
        code = int.from_bytes(octets[at : at + 2], "big")
        length = int.from_bytes(octets[at + 2 : at + 4], "big")
        found[code] = found.get(code, b"") + octets[at + 4 : at + 4 + length]
        at += 4 + length
    return found
