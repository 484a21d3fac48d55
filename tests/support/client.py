"""Send frames into a link's client end and see every frame that comes back, octet for octet.

Everything goes through one AF_PACKET socket, so the tests see (and choose) MAC addresses, IP headers and ports. The
kernel of the client namespace answers ARP and neighbour discovery for the addresses the link was given.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from dataclasses import dataclass

from tests.support.namespaces import CLIENT_INTERFACE, CLIENT_LINK_LOCAL, CLIENT_MAC, SERVER_MAC, Link

BROADCAST = b"\xff" * 6
_ETH_P_ALL = 0x0003
_PACKET_OUTGOING = 4


@dataclass(frozen=True)
class Frame:
    """A received UDP datagram with what was around it. Addresses are texts."""

    destination_mac: bytes
    source_mac: bytes
    source: str
    destination: str
    source_port: int
    destination_port: int
    ttl: int
    payload: bytes
    ip_header: bytes
    udp_header: bytes
    octets: bytes


def checksum(octets: bytes) -> int:
    """Return the Internet checksum of *octets*, RFC 1071."""
    if len(octets) % 2:
        octets += b"\0"
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def frame4(
    payload: bytes,
    source: str = "0.0.0.0",
    destination: str = "255.255.255.255",
    source_port: int = 68,
    destination_port: int = 67,
    source_mac: bytes = CLIENT_MAC,
    destination_mac: bytes = BROADCAST,
) -> bytes:
    """Return an Ethernet frame with *payload* in UDP in IPv4."""
    addresses = socket.inet_aton(source) + socket.inet_aton(destination)
    length = 8 + len(payload)
    pseudo = addresses + struct.pack("!HHHHHH", 17, length, source_port, destination_port, length, 0)
    udp = struct.pack("!HHHH", source_port, destination_port, length, checksum(pseudo + payload) or 0xFFFF)
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + length, 0, 0, 64, 17, 0) + addresses
    ip = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
    return destination_mac + source_mac + b"\x08\x00" + ip + udp + payload


def frame6(
    payload: bytes,
    source: str = CLIENT_LINK_LOCAL,
    destination: str = "ff02::1:2",
    source_port: int = 546,
    destination_port: int = 547,
    source_mac: bytes = CLIENT_MAC,
    destination_mac: bytes | None = None,
) -> bytes:
    """Return an Ethernet frame with *payload* in UDP in IPv6; the multicast MAC follows from the destination."""
    target = socket.inet_pton(socket.AF_INET6, destination)
    if destination_mac is None:
        destination_mac = b"\x33\x33" + target[12:] if target[0] == 0xFF else SERVER_MAC
    addresses = socket.inet_pton(socket.AF_INET6, source) + target
    length = 8 + len(payload)
    pseudo = addresses + struct.pack("!IIHHHH", length, 17, source_port, destination_port, length, 0)
    udp = struct.pack("!HHHH", source_port, destination_port, length, checksum(pseudo + payload) or 0xFFFF)
    ip = struct.pack("!IHBB", 0x60000000, length, 17, 64) + addresses
    return destination_mac + source_mac + b"\x86\xdd" + ip + udp + payload


def parse_frame(octets: bytes) -> Frame | None:
    """Return the UDP datagram in an Ethernet frame, or None for anything else."""
    kind = octets[12:14]
    if kind == b"\x08\x00" and len(octets) >= 42 and octets[23] == 17:
        header = (octets[14] & 15) * 4
        start = 14 + header
        source, destination = socket.inet_ntoa(octets[26:30]), socket.inet_ntoa(octets[30:34])
        ttl = octets[22]
    elif kind == b"\x86\xdd" and len(octets) >= 62 and octets[20] == 17:
        start = 54
        source = socket.inet_ntop(socket.AF_INET6, octets[22:38])
        destination = socket.inet_ntop(socket.AF_INET6, octets[38:54])
        ttl = octets[21]
    else:
        return None
    source_port, destination_port, length, _ = struct.unpack_from("!HHHH", octets, start)
    payload = octets[start + 8 : start + length]
    return Frame(
        octets[:6],
        octets[6:12],
        source,
        destination,
        source_port,
        destination_port,
        ttl,
        payload,
        octets[14:start],
        octets[start : start + 8],
        octets,
    )


class Wire:
    """The client end of a link: send frames, receive the UDP datagrams of the other end."""

    def __init__(self, link: Link, interface: str = CLIENT_INTERFACE) -> None:
        self._socket = link.socket(link.client, socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ETH_P_ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._socket.bind((interface, _ETH_P_ALL))
        self._socket.setblocking(False)
        self._swallow = [self._sink(link, *where) for where in ((socket.AF_INET, 67), (socket.AF_INET, 68))]
        self._swallow += [self._sink(link, *where) for where in ((socket.AF_INET6, 546), (socket.AF_INET6, 547))]

    @staticmethod
    def _sink(link: Link, family: int, port: int) -> socket.socket:
        """Hold a port, so that the kernel does not answer datagrams to it with ICMP errors."""
        sink = link.socket(link.client, family, socket.SOCK_DGRAM)
        sink.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sink.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sink.bind(("", port))
        sink.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 0)
        return sink

    def send(self, frame: bytes) -> None:
        """Put one frame on the wire."""
        self._socket.send(frame)

    def receive(self, timeout: float) -> Frame | None:
        """Return the next UDP datagram to a DHCP port that the other end sent, or None after *timeout* seconds."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                octets, address = self._socket.recvfrom(65535)
            except BlockingIOError:
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([self._socket], [], [], left)[0]:
                    return None
                continue
            if address[2] == _PACKET_OUTGOING:
                continue
            frame = parse_frame(octets)
            if frame is not None and frame.source_port in (67, 68, 547, 546, 1067, 1547):
                return frame

    def drain(self) -> None:
        """Forget all frames received so far."""
        while self.receive(0) is not None:
            pass

    def close(self) -> None:
        """Close all sockets."""
        for each in (self._socket, *self._swallow):
            each.close()
