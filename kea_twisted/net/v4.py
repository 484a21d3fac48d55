"""DHCPv4 sockets: AF_PACKET for whole frames, or plain UDP. ARM dhcp4-interface-configuration.

A raw socket hears clients that have no address yet and answers them without ARP. Beside it a UDP socket holds the
port, so that the kernel does not tell clients the port is closed; its filter lets nothing in, so nothing piles up.
"""

from __future__ import annotations

import ctypes
import socket
import struct
from dataclasses import dataclass
from typing import Final

from kea_twisted.base.address import text4
from kea_twisted.net.interfaces import Interface
from kea_twisted.net.reactor import Watcher
from kea_twisted.net.reader import BATCH, LARGEST, Batch, Deliver, Endpoint, ServiceSocket, SocketRules, enlarge
from kea_twisted.net.selection import Selection
from kea_twisted.wire import frame
from kea_twisted.wire.packet import Packet, Receipt

_SO_ATTACH_FILTER: Final = 26
_IP_PKTINFO: Final = 8
_BROADCAST: Final = 0xFFFFFFFF
_PKTINFO: Final = struct.Struct("=i4s4s")
_INDEX: Final = struct.Struct("=i")
_ROUTED: Final = _PKTINFO.pack(0, b"\0\0\0\0", b"\0\0\0\0")
"""Leaves both the interface and the source address to the routing table, as Kea does."""
_PKTINFO_SPACE: Final = socket.CMSG_SPACE(_PKTINFO.size)


RAW_SUPPORTED: Final = hasattr(socket, "AF_PACKET")
"""Whether this system lets us send and hear whole frames; Linux does."""


class _Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _attach(opened: socket.socket, program: list[tuple[int, int, int, int]]) -> None:
    """Give a socket a classic BPF filter; the kernel copies it."""
    code = b"".join(struct.pack("=HBBI", *row) for row in program)
    held = ctypes.create_string_buffer(code)
    packed = bytes(_Program(len(program), ctypes.addressof(held)))
    opened.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, packed)


_NOTHING: Final = [(0x06, 0, 0, 0)]


def queries_filter(address: int, port: int) -> list[tuple[int, int, int, int]]:
    """Return the filter for whole UDP datagrams to *port*, sent to *address* or to everybody (V4-081)."""
    return [
        (0x28, 0, 0, 12),  # ldh [12]            the EtherType
        (0x15, 0, 10, 0x0800),  # jeq IPv4       else reject
        (0x30, 0, 0, 23),  # ldb [23]            the protocol
        (0x15, 0, 8, 17),  # jeq UDP             else reject
        (0x28, 0, 0, 20),  # ldh [20]            flags and fragment offset
        (0x45, 6, 0, 0x3FFF),  # jset            a fragment: reject
        (0x20, 0, 0, 30),  # ld [30]             the destination address
        (0x15, 1, 0, _BROADCAST),  # jeq         everybody
        (0x15, 0, 3, address),  # jeq us         else reject
        (0xB1, 0, 0, 14),  # ldxb 4*([14]&15)    the length of the IP header
        (0x48, 0, 0, 16),  # ldh [x+16]          the destination port
        (0x15, 1, 0, port),  # jeq               accept
        (0x06, 0, 0, 0),  # reject
        (0x06, 0, 0, 0xFFFFFFFF),  # accept all of it
    ]


class RawSocket4(ServiceSocket):
    """Frames of one interface, for one of its addresses."""

    def __init__(self, endpoint: Endpoint, port: int, watcher: Watcher, deliver: Deliver) -> None:
        holder = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            _attach(holder, _NOTHING)
            holder.bind((text4(endpoint.address), port))
            # Protocol 0 hears nothing until the filter is in place and the interface is chosen.
            opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
            try:
                _attach(opened, queries_filter(endpoint.address, port))
                enlarge(opened)
                opened.bind((endpoint.ifname, frame.ETHERTYPE_IPV4))
            except OSError:
                opened.close()
                raise
        except OSError:
            holder.close()
            raise
        super().__init__(opened, endpoint, port, watcher, deliver)
        self._holder = holder

    def close(self) -> None:
        """Close both sockets."""
        super().close()
        self._holder.close()

    def _receive(self, batch: Batch) -> None:
        """Take frames apart."""
        recv, parse = self._socket.recv, frame.parse
        ifname, ifindex, address = self.endpoint.ifname, self.endpoint.ifindex, self.address
        for _ in range(BATCH):
            parsed = parse(recv(LARGEST))
            if parsed is not None:
                message, mac, source, source_port, destination, port = parsed
                receipt = Receipt(ifname, ifindex, destination, port, source, source_port, mac, self, address)
                batch.append((message, receipt))

    def send(self, octets: bytes, reply: Packet) -> None:
        """Send one frame; its link-layer destination is the reply's ``source_mac``, that of who sent the query."""
        address = reply.remote_address
        mac = reply.source_mac
        if address == _BROADCAST or len(mac) != 6:
            mac = frame.BROADCAST_MAC
        port = reply.remote_port
        self._socket.send(frame.build(octets, self.endpoint.mac, mac, self.address, self.port, address, port))


class UdpSocket4(ServiceSocket):
    """UDP on one address: relayed and renewing clients only, for the kernel gives it no broadcasts."""

    def __init__(self, endpoint: Endpoint, port: int, watcher: Watcher, deliver: Deliver, routed: bool) -> None:
        opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            opened.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
            enlarge(opened)
            opened.bind((text4(endpoint.address), port))
        except OSError:
            opened.close()
            raise
        super().__init__(opened, endpoint, port, watcher, deliver)
        self._routed = routed
        self._source = endpoint.address.to_bytes(4, "big")

    def _receive(self, batch: Batch) -> None:
        """Receive datagrams with the interface that each came in on."""
        receive, names, address, port = self._socket.recvmsg, self._names, self.address, self.port
        for _ in range(BATCH):
            message, ancillary, _flags, remote = receive(LARGEST, _PKTINFO_SPACE)
            index = self.endpoint.ifindex
            if ancillary:
                (index,) = _INDEX.unpack_from(ancillary[0][2])
            name = names.get(index) or self.interface_name(index)
            source = int.from_bytes(socket.inet_aton(remote[0]), "big")
            batch.append((message, Receipt(name, index, address, port, source, remote[1], b"", self, address, False)))

    def send(self, octets: bytes, reply: Packet) -> None:
        """Send a datagram, out of the reply's interface unless `outbound-interface` leaves that to routing."""
        target = (text4(reply.remote_address), reply.remote_port)
        # The hint replaces what the socket is bound to, so it must name the source address as well.
        hint = _ROUTED if self._routed else _PKTINFO.pack(reply.ifindex, self._source, b"\0\0\0\0")
        self._socket.sendmsg((octets,), ((socket.IPPROTO_IP, _IP_PKTINFO, hint),), 0, target)


@dataclass(frozen=True)
class SocketRules4(SocketRules):
    """DHCPv4 sockets as `interfaces-config` wants them. routed: `outbound-interface` is use-routing."""

    selection: Selection
    port: int
    raw: bool = True
    routed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The interfaces asked for by name."""
        return self.selection.names

    def endpoints(self, interface: Interface) -> tuple[list[Endpoint], str]:
        """Return the sockets to open on *interface*; and why something asked for is missing, "" if nothing is."""
        name, selection, raw = interface.name, self.selection, self.raw
        wanted = selection.addresses(name)
        whole = selection.whole(name)
        if not wanted and not whole:
            return [], ""
        if interface.is_loopback:
            # "*" leaves loopback interfaces out, and frames on them would not come from any client (V4-087).
            if not selection.named(name):
                return [], ""
            if raw:
                return [], "a loopback interface needs dhcp-socket-type udp"
        if not interface.is_up:
            return [], "the interface is down"
        if raw and not interface.is_ethernet:
            return [], "the interface has no Ethernet frames; use dhcp-socket-type udp"
        addresses = interface.addresses4 if whole else [a for a in wanted if a in interface.addresses4]
        kind = "raw" if raw else "udp"
        found = [Endpoint(kind, name, interface.index, interface.mac, a, f"{name}/{text4(a)}") for a in addresses]
        if whole and not found:
            return found, "the interface has no IPv4 address"
        return found, "the interface lost an address" if len(found) < len(wanted) else ""

    def open_socket(self, endpoint: Endpoint, watcher: Watcher, deliver: Deliver) -> ServiceSocket:
        """Return the open socket of *endpoint*, not reading yet. Raises OSError."""
        if endpoint.kind == "raw":
            return RawSocket4(endpoint, self.port, watcher, deliver)
        return UdpSocket4(endpoint, self.port, watcher, deliver, self.routed)
