"""The listening end of name change requests: what a DHCP server tells kea-dhcp-ddns, heard in its place."""

from __future__ import annotations

import json
import select
import socket
import time
from dataclasses import dataclass

from tests.support.kea import Json
from tests.support.namespaces import Link


@dataclass(frozen=True)
class Heard:
    """One datagram. sender: address and port it came from; request: the JSON in it, or its text; raw: all."""

    sender: tuple[str, int]
    request: Json
    raw: bytes


class Listener:
    """Hear the name change requests that a server in the server namespace of *link* sends."""

    def __init__(self, link: Link, address: str = "127.0.0.1", port: int = 53001) -> None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._socket = link.socket(link.server, family, socket.SOCK_DGRAM)
        self._socket.bind((address, port))
        self._socket.setblocking(False)

    def next(self, timeout: float = 0.0) -> Heard | None:
        """Return the next request, or None if there is none within *timeout* seconds."""
        if not select.select([self._socket], [], [], timeout)[0]:
            return None
        octets, sender = self._socket.recvfrom(65536)
        length = int.from_bytes(octets[:2], "big")
        if length != len(octets) - 2:
            raise ValueError(f"length {length} before {len(octets) - 2} octets")
        try:
            request = json.loads(octets[2:])
        except ValueError:  # Kea writes names as they are
            request = {"no JSON": octets[2:].decode("latin-1")}
        return Heard((sender[0], sender[1]), request, octets)

    def all(self, quiet: float, patience: float = 5.0) -> list[Heard]:
        """Return all requests until none came for *quiet* seconds."""
        found = []
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and (heard := self.next(quiet)) is not None:
            found.append(heard)
        return found

    def close(self) -> None:
        """Hear no more."""
        self._socket.close()
