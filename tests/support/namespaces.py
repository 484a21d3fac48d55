"""Pairs of network namespaces joined by a veth: one holds the server, the other its clients and relays.

Names carry this process's id, so runs do not meet; everything made is removed by :meth:`Link.close`, and once more when
the interpreter ends. MAC and IP addresses are always the same, so that what two servers answer in two links can be
compared octet for octet. What a killed run left behind, the next one removes.
"""

from __future__ import annotations

import atexit
import ctypes
import itertools
import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache

SERVER_INTERFACE = "srv0"
CLIENT_INTERFACE = "cli0"
SERVER_MAC = bytes.fromhex("02000000fe01")
CLIENT_MAC = bytes.fromhex("02000000c101")
SERVER_LINK_LOCAL = "fe80::fe01"
CLIENT_LINK_LOCAL = "fe80::c101"

_CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)
_serial = itertools.count()


def _ip(*arguments: str) -> None:
    done = subprocess.run(("ip", *arguments), capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")


@cache
def _sweep() -> None:
    """Remove the namespaces of runs that were killed before they could."""
    with suppress(FileNotFoundError):
        for name in os.listdir("/run/netns"):
            owner = re.match(r"kt(\d+)-", name)
            if owner and not os.path.exists(f"/proc/{owner[1]}"):
                with suppress(OSError):
                    _ip("netns", "delete", name)


@contextmanager
def entered(namespace: str) -> Iterator[None]:
    """Put this thread into *namespace*; sockets opened meanwhile stay there."""
    here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    there = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    try:
        if _libc.setns(there, _CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
        try:
            yield
        finally:
            if _libc.setns(here, _CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns back")
    finally:
        os.close(here)
        os.close(there)


class Link:
    """Two namespaces, `server` and `client`, joined by a veth (srv0 on one side, cli0 on the other).

    server_addresses, client_addresses: CIDR texts of either family; link-local addresses are always there. IPv6
    addresses are usable at once (no duplicate address detection).
    """

    def __init__(
        self,
        name: str,
        server_addresses: Sequence[str] = (),
        client_addresses: Sequence[str] = (),
    ) -> None:
        _sweep()
        serial = next(_serial)
        self.server = f"kt{os.getpid()}-{serial}{name[:8]}-s"
        self.client = f"kt{os.getpid()}-{serial}{name[:8]}-c"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._sockets: list[socket.socket] = []
        atexit.register(self.close)
        for namespace in (self.server, self.client):
            _ip("netns", "add", namespace)
            _ip("-n", namespace, "link", "set", "lo", "up")
        _ip(
            *("link", "add", SERVER_INTERFACE, "netns", self.server, "address", SERVER_MAC.hex(":"), "type", "veth"),
            *("peer", "name", CLIENT_INTERFACE, "netns", self.client, "address", CLIENT_MAC.hex(":")),
        )
        sides = (
            (self.server, SERVER_INTERFACE, (f"{SERVER_LINK_LOCAL}/64", *server_addresses)),
            (self.client, CLIENT_INTERFACE, (f"{CLIENT_LINK_LOCAL}/64", *client_addresses)),
        )
        for namespace, interface, addresses in sides:
            _ip("-n", namespace, "link", "set", interface, "mtu", "9000", "addrgenmode", "none")
            _ip("-n", namespace, "link", "set", interface, "up")
            for address in addresses:
                self.add_address(namespace, interface, address)

    def add_address(self, namespace: str, interface: str, address: str) -> None:
        """Give *interface* in *namespace* one more address in CIDR text."""
        extra = ("nodad",) if ":" in address else ("broadcast", "+")
        _ip("-n", namespace, "address", "add", address, "dev", interface, *extra)

    def run(self, namespace: str, *arguments: str) -> None:
        """Run ``ip`` with *arguments* in *namespace*."""
        _ip("-n", namespace, *arguments)

    def socket(self, namespace: str, family: int, kind: int, protocol: int = 0) -> socket.socket:
        """Return a socket that lives in *namespace*; it is closed with the link if nobody did before."""
        with entered(namespace):
            made = socket.socket(family, kind, protocol)
        self._sockets.append(made)
        return made

    def start(
        self, namespace: str, arguments: Sequence[str], stdout: int, environment: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program in *namespace*; its pid is the program's own. It ends with the link, or with this process."""
        process = subprocess.Popen(
            ("setpriv", "--pdeathsig", "KILL", "ip", "netns", "exec", namespace, *arguments),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        self._processes.append(process)
        return process

    def close(self) -> None:
        """End what was started here, by pid, and remove both namespaces. Harmless when repeated."""
        atexit.unregister(self.close)
        for process in self._processes:
            end(process)
        self._processes.clear()
        for each in self._sockets:
            each.close()
        self._sockets.clear()
        for namespace in (self.server, self.client):
            if os.path.exists(f"/run/netns/{namespace}"):
                with suppress(OSError):
                    _ip("netns", "delete", namespace)

    def __enter__(self) -> Link:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class RelayedLink(Link):
    """A link whose client namespace is a relay: a third namespace, `far`, hangs on its interface rel0.

    relay_addresses: CIDR texts for rel0. The far side's interface is cli0, without addresses but the link-local one.
    """

    def __init__(
        self,
        name: str,
        server_addresses: Sequence[str],
        client_addresses: Sequence[str],
        relay_addresses: Sequence[str],
    ) -> None:
        self._more: list[str] = []
        super().__init__(name, server_addresses, client_addresses)
        self.far = self._extend(self.client, "rel0", 0xEE00, relay_addresses)

    def _extend(self, near: str, interface: str, number: int, near_addresses: Sequence[str]) -> str:
        """Hang one more namespace on *interface* of *near* and return its name; *number* tells its addresses apart."""
        far = f"{near}f"
        self._more.append(far)
        _ip("netns", "add", far)
        _ip("-n", far, "link", "set", "lo", "up")
        mac = f"02:00:00:00:{number >> 8:02x}"
        _ip(
            *("link", "add", interface, "netns", near, "address", f"{mac}:01", "type", "veth"),
            *("peer", "name", CLIENT_INTERFACE, "netns", far, "address", f"{mac}:02"),
        )
        for namespace, name, host in ((near, interface, number + 1), (far, CLIENT_INTERFACE, number + 2)):
            _ip("-n", namespace, "link", "set", name, "addrgenmode", "none")
            _ip("-n", namespace, "link", "set", name, "up")
            self.add_address(namespace, name, f"fe80::{host:x}/64")
        for address in near_addresses:
            self.add_address(near, interface, address)
        return far

    def close(self) -> None:
        """End what was started here and remove all namespaces."""
        super().close()
        for namespace in self._more:
            if os.path.exists(f"/run/netns/{namespace}"):
                with suppress(OSError):
                    _ip("netns", "delete", namespace)


class ChainedLink(RelayedLink):
    """A link with two relays: the namespace `far` is one as well, and `farthest` hangs on its interface rel1."""

    def __init__(
        self,
        name: str,
        server_addresses: Sequence[str],
        client_addresses: Sequence[str],
        relay_addresses: Sequence[str],
        far_addresses: Sequence[str],
    ) -> None:
        super().__init__(name, server_addresses, client_addresses, relay_addresses)
        self.farthest = self._extend(self.far, "rel1", 0xEF00, far_addresses)


def end(process: subprocess.Popen[bytes], patience: float = 5.0) -> int:
    """Ask *process* to stop, insist after *patience* seconds; return its exit status."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode
