"""Ethernet, IPv4 and UDP around a DHCPv4 message, for raw sockets.

A server that answers a client which has no address yet must write the frame itself: no ARP can be answered for the
destination. RFC 791, RFC 768, RFC 894; RFC 1071 for the checksums.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

ETHERTYPE_IPV4: Final = 0x0800
ETHERNET_HEADER: Final = 14
BROADCAST_MAC: Final = b"\xff" * 6

_UDP: Final = 17
_FRAME: Final = Struct("!6s6sHBBHHHBBHIIHHHH")
_IP: Final = Struct("!BBHHHBBHII")
_UDP_HEADER: Final = Struct("!HHHH")


def parse(frame: bytes) -> tuple[bytes, bytes, int, int, int, int] | None:
    """Return (message, source MAC, source address, source port, destination address, destination port).

    frame: an Ethernet frame. None for what is not a whole, unfragmented UDP datagram over IPv4 with a right checksum
    of the IP header: the kernel hands raw sockets everything, damaged packets included.
    """
    if len(frame) < 42 or frame[12:14] != b"\x08\x00":
        return None
    version, _tos, length, _ident, fragment, _ttl, protocol, _checksum, source, destination = _IP.unpack_from(frame, 14)
    header = (version & 15) * 4
    if version >> 4 != 4 or header < 20 or protocol != _UDP or fragment & 0x3FFF or 14 + length > len(frame):
        return None
    udp = 14 + header
    if udp + 8 > len(frame) or int.from_bytes(frame[14:udp], "big") % 0xFFFF:
        return None
    source_port, destination_port, size, _sum = _UDP_HEADER.unpack_from(frame, udp)
    if size < 8 or header + size > length:
        return None
    return frame[udp + 8 : udp + size], frame[6:12], source, source_port, destination, destination_port


def build(
    message: bytes,
    source_mac: bytes,
    destination_mac: bytes,
    source: int,
    source_port: int,
    destination: int,
    destination_port: int,
) -> bytes:
    """Return the Ethernet frame that carries *message* in UDP over IPv4."""
    udp_length = len(message) + 8
    total = udp_length + 20
    # One's complement sums are remainders modulo 0xffff, whatever the width of the addends (RFC 1071 §2).
    ip_sum = 0x4510 + total + 0x4000 + 0x8011 + (source >> 16) + (source & 0xFFFF)
    ip_sum = (ip_sum + (destination >> 16) + (destination & 0xFFFF)) % 0xFFFF
    body = int.from_bytes(message, "big")
    if len(message) & 1:
        body <<= 8
    udp_sum = source + destination + _UDP + 2 * udp_length + source_port + destination_port + body
    udp_checksum = 0xFFFF - udp_sum % 0xFFFF
    return (
        _FRAME.pack(
            destination_mac,
            source_mac,
            ETHERTYPE_IPV4,
            0x45,
            0x10,
            total,
            0,
            0x4000,
            128,
            _UDP,
            0xFFFF - ip_sum,
            source,
            destination,
            source_port,
            destination_port,
            udp_length,
            udp_checksum,
        )
        + message
    )
