"""The client's side of the demonstration: a watcher of the wire, and a small client for where no real one can run.

Not a DHCP client to use: it asks for one lease and keeps nothing.
"""

from __future__ import annotations

import ctypes
import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

from kea_twisted.base.address import parse4, parse6, text4, text6
from kea_twisted.base.octets import colon_hex
from kea_twisted.errors import WireError
from kea_twisted.family import V4, Family
from kea_twisted.wire import frame, v4, v6
from kea_twisted.wire.packet import Receipt

_NEW_NETWORK: Final = 0x40000000
_ALL_FRAMES: Final = 0x0003
_MAC: Final = bytes.fromhex("020000000001")
_DUID: Final = b"\x00\x03\x00\x01" + _MAC
_IAID: Final = 1
_OPTION_CLIENT_ID: Final = 1
_OPTION_SERVER_ID: Final = 2
_OPTION_IA_NA: Final = 3
_OPTION_IA_PD: Final = 25
_NOWHERE: Final = Receipt("", 0, 0, 0, 0, 0)

T = TypeVar("T")
Exchange = Callable[[bytes], bytes]


def describe(octets: bytes, family: Family) -> str:
    """Return one line about a message."""
    try:
        return _describe4(octets) if family is V4 else _describe6(octets)
    except WireError as error:
        return f"not a DHCP message: {error}"


def _describe4(octets: bytes) -> str:
    packet = v4.parse(octets, _NOWHERE)
    words = [f"{packet.name:<13} xid={packet.xid:08x} chaddr={colon_hex(packet.chaddr)}"]
    for name, address in (("ciaddr", packet.ciaddr), ("yiaddr", packet.yiaddr), ("giaddr", packet.giaddr)):
        if address:
            words.append(f"{name}={text4(address)}")
    for code, name in ((50, "requested"), (54, "server"), (3, "routers")):
        body = packet.options.get(code)
        if body and len(body) == 4:
            words.append(f"{name}={text4(int.from_bytes(body, 'big'))}")
    lifetime = packet.options.get(51)
    if lifetime:
        words.append(f"lease-time={int.from_bytes(lifetime, 'big')}")
    return " ".join(words)


def _describe6(octets: bytes) -> str:
    packet = v6.parse(octets, _NOWHERE)
    words = [f"{v6.NAMES.get(packet.message_type, '?'):<20} xid={packet.transid:06x}"]
    for code, bodies in packet.options.items():
        for body in bodies:
            words += _describe_ia(code, body)
    return " ".join(words)


def _describe_ia(code: int, body: bytes) -> Iterator[str]:
    """Yield what an IA holds."""
    if code not in (_OPTION_IA_NA, _OPTION_IA_PD):
        return
    ia = v6.parse_ia(body)
    for inner, bodies in ia.options.items():
        for each in bodies:
            if inner == 5:
                address, _preferred, valid = v6.parse_iaaddr(each)
                yield f"address={text6(address)} valid={valid}"
            elif inner == 26:
                first, length, _preferred, valid = v6.parse_iaprefix(each)
                yield f"prefix={text6(first)}/{length} valid={valid}"


def converse(family: Family, server_port: int, client_port: int) -> Iterator[str]:
    """Obtain a lease over the loopback interface; yield a line a message. Plays the relay agent as well."""
    if family is V4:
        with _bound(socket.AF_INET, ("127.0.0.1", client_port)) as opened:
            yield from _talk4(_over(opened, ("127.0.0.1", server_port)), parse4("127.0.0.1"))
    else:
        with _bound(socket.AF_INET6, ("::1", client_port)) as opened:
            relay = v6.Relay6(v6.RELAY_FORW, 0, parse6("2001:db8:1::1"), parse6("fe80::1"))
            yield from _talk6(_over(opened, ("::1", server_port)), [relay])


def _bound(family: int, address: tuple[str, int]) -> socket.socket:
    """Return a UDP socket that does not wait forever."""
    opened = socket.socket(family, socket.SOCK_DGRAM)
    opened.settimeout(5)
    opened.bind(address)
    return opened


def _over(opened: socket.socket, server: tuple[object, ...]) -> Exchange:
    """Return a function that sends a message to *server* and returns the answer."""

    def exchange(octets: bytes) -> bytes:
        opened.sendto(octets, server)
        return opened.recv(65535)

    return exchange


def _talk4(exchange: Exchange, giaddr: int = 0) -> Iterator[str]:
    """DISCOVER, OFFER, REQUEST, ACK."""
    query = v4.Packet4(v4.DHCPDISCOVER, int.from_bytes(os.urandom(4), "big"))
    query.chaddr, query.giaddr = _MAC, giaddr
    query.options = {55: bytes((1, 3, 6, 15))}
    for _ in range(2):
        octets = v4.pack(query)
        yield f"-> {describe(octets, V4)}"
        answer = exchange(octets)
        yield f"<- {describe(answer, V4)}"
        offer = v4.parse(answer, _NOWHERE)
        query.message_type = v4.DHCPREQUEST
        query.options[50] = offer.yiaddr.to_bytes(4, "big")
        query.options[54] = offer.options.get(54, b"")


def _talk6(exchange: Exchange, relays: Sequence[v6.Relay6] = ()) -> Iterator[str]:
    """SOLICIT, ADVERTISE, REQUEST, REPLY."""
    query = v6.Packet6(v6.SOLICIT, int.from_bytes(os.urandom(3), "big"))
    empty = v6.build_ia(_IAID, 0, 0, b"")
    query.relays = list(relays)
    query.options = {_OPTION_CLIENT_ID: [_DUID], _OPTION_IA_NA: [empty], _OPTION_IA_PD: [empty]}
    for _ in range(2):
        octets = v6.pack(query)
        yield f"-> {_describe6(octets)}"
        answer = exchange(octets)
        yield f"<- {_describe6(answer)}"
        offered = v6.parse(answer, _NOWHERE)
        query.message_type = v6.REQUEST
        for code in (_OPTION_SERVER_ID, _OPTION_IA_NA, _OPTION_IA_PD):
            if code in offered.options:
                query.options[code] = offered.options[code]


class Watcher:
    """Watch the client's end of the cable while a client talks; or talk, where there is no client."""

    def __init__(self, space: str, family: Family) -> None:
        self._family = family
        self._space = space
        self._socket = self._in_space(self._open)
        self._frames: list[bytes] = []
        self._stopping = False
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None
    ) -> None:
        self._stop()

    def lines(self) -> Iterator[str]:
        """Yield a line for each message seen, after the watch has ended."""
        self._stop()
        for octets in self._frames:
            arrow = "->" if octets[6:12] == _MAC else "<-"
            for source, destination, message in _messages(octets, self._family):
                yield f"{arrow} {source} > {destination}"
                yield f"     {describe(message, self._family)}"

    def converse(self) -> None:
        """Be the client."""
        if self._family is V4:
            opened = self._in_space(self._open)

            def exchange(octets: bytes) -> bytes:
                opened.send(frame.build(octets, _MAC, frame.BROADCAST_MAC, 0, 68, 0xFFFFFFFF, 67))
                while True:
                    parsed = frame.parse(opened.recv(65535))
                    if parsed is not None and parsed[5] == 68:
                        return parsed[0]

            with opened:
                for _line in _talk4(exchange):
                    pass
        else:
            talking, index = self._in_space(
                lambda: (_bound(socket.AF_INET6, ("::", 546)), socket.if_nametoindex("client"))
            )
            with talking:
                for _line in _talk6(_over(talking, ("ff02::1:2", 547, 0, index))):
                    pass

    @staticmethod
    def _open() -> socket.socket:
        opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL_FRAMES))
        opened.bind(("client", _ALL_FRAMES))
        opened.settimeout(5)
        return opened

    def _in_space(self, make: Callable[[], T]) -> T:
        """Return what *make* makes in the client's namespace."""
        libc = ctypes.CDLL(None, use_errno=True)
        here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(str(Path("/run/netns", self._space)), os.O_RDONLY)
        try:
            if libc.setns(there, _NEW_NETWORK):
                raise OSError(ctypes.get_errno(), "setns")
            try:
                return make()
            finally:
                libc.setns(here, _NEW_NETWORK)
        finally:
            os.close(here)
            os.close(there)

    def _watch(self) -> None:
        """Collect frames until told to stop."""
        self._socket.settimeout(0.2)
        while not self._stopping:
            try:
                self._frames.append(self._socket.recv(65535))
            except TimeoutError:
                pass
            except OSError:
                return

    def _stop(self) -> None:
        """End the watch."""
        if not self._stopping:
            self._stopping = True
            self._thread.join(2)
            self._socket.close()


def _messages(octets: bytes, family: Family) -> Iterator[tuple[str, str, bytes]]:
    """Yield (source, destination, message) if a frame carries DHCP of *family*."""
    if family is V4:
        parsed = frame.parse(octets)
        if parsed is not None and {parsed[3], parsed[5]} <= {67, 68}:
            yield f"{text4(parsed[2])}:{parsed[3]}", f"{text4(parsed[4])}:{parsed[5]}", parsed[0]
    elif octets[12:14] == b"\x86\xdd" and octets[20:21] == b"\x11" and len(octets) > 62:
        ports = int.from_bytes(octets[54:56], "big"), int.from_bytes(octets[56:58], "big")
        if set(ports) <= {546, 547}:
            source, destination = (text6(int.from_bytes(octets[at : at + 16], "big")) for at in (22, 38))
            yield f"[{source}]:{ports[0]}", f"[{destination}]:{ports[1]}", octets[62:]
