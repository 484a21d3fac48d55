"""The machine's network interfaces: a snapshot of them, and word when something changes.

Not here: which of them the configuration wants (:mod:`.selection`) and the sockets on them (:mod:`.sockets`).
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from twisted.internet.interfaces import IReadDescriptor
from twisted.python.failure import Failure
from zope.interface import implementer

from kea_twisted.family import Family
from kea_twisted.net.netlink import ADDRESSES, LINKS, dump, open_channel
from kea_twisted.net.reactor import Reactor

_UP: Final = 0x1
_LOOPBACK: Final = 0x8
_MULTICAST: Final = 0x1000
_ETHERNET: Final = (1, 772)
"""ARPHRD_ETHER and ARPHRD_LOOPBACK: what has an Ethernet header."""

_UNUSABLE: Final = 0x08 | 0x40
"""IFA_F_DADFAILED and IFA_F_TENTATIVE: an IPv6 address that cannot be bound, for good or yet."""

_IFINFOMSG: Final = struct.Struct("=2xHiI4x")
"""Type of link, index, flags."""
_IFADDRMSG: Final = struct.Struct("=BBBBI")
"""Address family, length of the prefix, flags, scope, index."""
_IFLA_ADDRESS: Final = 1
_IFLA_IFNAME: Final = 3
_IFA_ADDRESS: Final = 1
_IFA_LOCAL: Final = 2
_IFA_FLAGS: Final = 8

_GROUPS: Final = 0x1 | 0x10 | 0x100
"""RTMGRP_LINK, RTMGRP_IPV4_IFADDR, RTMGRP_IPV6_IFADDR."""

_SETTLE: Final = 0.05
"""Seconds to wait after an event: they come in bursts."""


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface as it was when asked. addresses4, addresses6: those that can be bound, in the kernel's order."""

    name: str
    index: int
    mac: bytes = b""
    flags: int = 0
    link_type: int = 1
    addresses4: tuple[int, ...] = ()
    addresses6: tuple[int, ...] = ()

    @property
    def is_up(self) -> bool:
        """Whether the administrator has brought it up."""
        return bool(self.flags & _UP)

    @property
    def is_loopback(self) -> bool:
        """Whether it is a loopback interface."""
        return bool(self.flags & _LOOPBACK)

    @property
    def is_multicast(self) -> bool:
        """Whether it carries multicast."""
        return bool(self.flags & _MULTICAST)

    @property
    def is_ethernet(self) -> bool:
        """Whether its frames have an Ethernet header."""
        return self.link_type in _ETHERNET

    def addresses(self, family: Family) -> tuple[int, ...]:
        """Return its addresses of *family*."""
        return self.addresses4 if family.bits == 32 else self.addresses6


Interfaces = dict[str, Interface]


def detect() -> Interfaces:
    """Return the interfaces of this network namespace by name. Raises OSError if the kernel does not tell."""
    addresses4: dict[int, list[int]] = {}
    addresses6: dict[int, list[int]] = {}
    found = {}
    with open_channel() as channel:
        for fixed, attributes in dump(channel, ADDRESSES):
            family, _length, short_flags, _scope, index = _IFADDRMSG.unpack(fixed)
            if family == socket.AF_INET:
                octets = attributes.get(_IFA_LOCAL) or attributes[_IFA_ADDRESS]
                addresses4.setdefault(index, []).append(int.from_bytes(octets, "big"))
            elif family == socket.AF_INET6:
                flags = int.from_bytes(attributes.get(_IFA_FLAGS, b""), sys.byteorder) or short_flags
                if not flags & _UNUSABLE:
                    addresses6.setdefault(index, []).append(int.from_bytes(attributes[_IFA_ADDRESS], "big"))
        for fixed, attributes in dump(channel, LINKS):
            link_type, index, flags = _IFINFOMSG.unpack(fixed)
            name = os.fsdecode(attributes[_IFLA_IFNAME].rstrip(b"\0"))
            found[name] = Interface(
                name,
                index,
                attributes.get(_IFLA_ADDRESS, b""),
                flags,
                link_type,
                tuple(addresses4.get(index, ())),
                tuple(addresses6.get(index, ())),
            )
    return found


@implementer(IReadDescriptor)
class InterfaceWatch:
    """Call *changed* soon after an interface or an address came, went or changed.

    The netlink messages themselves are thrown away: what counts is how things stand once they have settled.
    """

    def __init__(self, reactor: Reactor, changed: Callable[[], None]) -> None:
        self._reactor = reactor
        self._changed = changed
        self._waiting = False
        self._socket: socket.socket | None = None

    def start(self) -> None:
        """Listen for changes. Raises OSError."""
        if self._socket is None:
            self._socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
            self._socket.setblocking(False)
            self._socket.bind((0, _GROUPS))
            self._reactor.addReader(self)

    def stop(self) -> None:
        """Listen no more."""
        if self._socket is not None:
            self._reactor.removeReader(self)
            self._socket.close()
            self._socket = None

    def fileno(self) -> int:
        """Return the descriptor for the reactor."""
        return -1 if self._socket is None else self._socket.fileno()

    def logPrefix(self) -> str:
        """Return what Twisted shows in its own log lines."""
        return "netlink"

    def doRead(self) -> None:
        """Drain the socket and call back once things have settled."""
        assert self._socket is not None
        try:
            while self._socket.recv(65536):
                pass
        except BlockingIOError:
            pass
        except OSError:
            # ENOBUFS: messages were lost, so something did change.
            pass
        if not self._waiting:
            self._waiting = True
            self._reactor.callLater(_SETTLE, self._settled)

    def connectionLost(self, reason: Failure) -> None:
        """Stop, because the reactor does."""
        self.stop()

    def _settled(self) -> None:
        self._waiting = False
        if self._socket is not None:
            self._changed()
