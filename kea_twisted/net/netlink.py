"""What the kernel tells of links and addresses over rtnetlink: dumps, and the attributes of each object in them.

Not here: what they mean (:mod:`.interfaces`). The messages are those of the kernel's stable interface: netlink(7),
rtnetlink(7), RFC 3549.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

_MESSAGE: Final = struct.Struct("=IHHII")
"""Length with this header, type, flags, sequence number, port."""
_ATTRIBUTE: Final = struct.Struct("=HH")
"""Length with this header, type."""
_ERROR: Final = struct.Struct("=i")

_NLMSG_ERROR: Final = 2
_NLMSG_DONE: Final = 3
_DUMP: Final = 0x1 | 0x300
"""NLM_F_REQUEST, NLM_F_DUMP."""
_INTERRUPTED: Final = 0x10
"""NLM_F_DUMP_INTR: something changed meanwhile, so that parts may not fit together."""
_TYPE: Final = 0x3FFF
"""What of an attribute's type is its number: the bits above are flags."""

_LARGEST: Final = 1 << 18
"""Octets of a buffer that any part of a dump fits into."""
_ATTEMPTS: Final = 5


class Kind(NamedTuple):
    """A kind of object. request: what asks for all; reply: the message of each; fixed: octets before attributes."""

    request: int
    reply: int
    fixed: int


LINKS: Final = Kind(18, 16, 16)
"""RTM_GETLINK, RTM_NEWLINK, struct ifinfomsg."""
ADDRESSES: Final = Kind(22, 20, 8)
"""RTM_GETADDR, RTM_NEWADDR, struct ifaddrmsg."""

Object = tuple[bytes, dict[int, bytes]]
"""The fixed part of an object, and its attributes by number."""


def dump(channel: socket.socket, kind: Kind) -> list[Object]:
    """Return all objects of *kind* in the network namespace of *channel*. OSError if the kernel does not tell."""
    for _ in range(_ATTEMPTS):
        channel.send(_MESSAGE.pack(_MESSAGE.size + kind.fixed, kind.request, _DUMP, 0, 0) + bytes(kind.fixed))
        found: list[Object] = []
        whole = True
        for message, flags, body in _replies(channel):
            whole = whole and not flags & _INTERRUPTED
            if message == kind.reply:
                found.append((body[: kind.fixed], dict(_attributes(body, kind.fixed))))
        if whole:
            break
    return found


def open_channel() -> socket.socket:
    """Return a socket to ask on. Raises OSError."""
    channel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    channel.bind((0, 0))
    return channel


def _replies(channel: socket.socket) -> Iterator[tuple[int, int, bytes]]:
    """Yield type, flags and body of each message of a dump. Raises OSError for one that is an error."""
    while True:
        octets = channel.recv(_LARGEST)
        at = 0
        while at + _MESSAGE.size <= len(octets):
            length, message, flags, _sequence, _port = _MESSAGE.unpack_from(octets, at)
            body = octets[at + _MESSAGE.size : at + length]
            if message in (_NLMSG_ERROR, _NLMSG_DONE):
                (number,) = _ERROR.unpack_from(body) if len(body) >= _ERROR.size else (0,)
                if number < 0:
                    raise OSError(-number, os.strerror(-number))
                yield message, flags, b""
                return
            yield message, flags, body
            at += _aligned(max(length, _MESSAGE.size))


def _attributes(octets: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield number and octets of each attribute from *at* on."""
    while at + _ATTRIBUTE.size <= len(octets):
        length, number = _ATTRIBUTE.unpack_from(octets, at)
        yield number & _TYPE, octets[at + _ATTRIBUTE.size : at + length]
        at += _aligned(max(length, _ATTRIBUTE.size))


def _aligned(length: int) -> int:
    """Return where the next message or attribute begins: at a multiple of four octets."""
    return length + 3 & ~3
