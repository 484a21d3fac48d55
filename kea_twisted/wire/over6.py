"""What kea-dhcp4 and kea-dhcp6 say to each other about DHCPv4-over-DHCPv6: a DHCPv6 message, and where it belongs.

The DHCPv6 server passes a DHCPv4-query on, the DHCPv4 server sends a DHCPv4-response back. In between, the innermost
message has vendor options of ISC that name the interface, address and port of the client or relay; whoever receives it
takes them out again. RFC 7341; ARM dhcp6-dhcp4o6-config, dhcp6-vendor-opts. Not here: the sockets, and what a server
does with the message.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.errors import WireError
from kea_twisted.wire.v6 import OptionMap, Packet6, pack, pack_options, parse_options, unpack

OPTION_VENDOR_OPTS: Final = 17
OPTION_DHCPV4_MSG: Final = 87

_ISC: Final = (2495).to_bytes(4, "big")
_INTERFACE: Final = 60000
_SOURCE_ADDRESS: Final = 60001
_SOURCE_PORT: Final = 60002


def wrap(packet: Packet6) -> bytes:
    """Return the octets of *packet*, which stays as it is, with its interface, remote address and remote port.

    They join the vendor options of ISC if the message has some already. WireError as :func:`~.v6.pack`.
    """
    stamp = pack_options(
        {
            _INTERFACE: [packet.ifname.encode("utf-8", "surrogateescape")],
            _SOURCE_ADDRESS: [packet.remote_address.to_bytes(16, "big")],
            _SOURCE_PORT: [packet.remote_port.to_bytes(2, "big")],
        }
    )
    bodies = list(packet.options.get(OPTION_VENDOR_OPTS, ()))
    place = _find(bodies)
    if place is None:
        bodies.append(_ISC + stamp)
    else:
        bodies[place] += stamp
    message = Packet6(packet.message_type, packet.transid)
    message.options = {**packet.options, OPTION_VENDOR_OPTS: bodies}
    message.relays = packet.relays
    return pack(message)


def unwrap(octets: bytes) -> Packet6:
    """Return the message that :func:`wrap` made: ifname, remote_address and remote_port say where it belongs.

    WireError for what is no DHCPv6 message, and, with the code of the vendor options, for one that does not say it all.
    """
    packet = Packet6()
    packet.octets = octets
    unpack(packet)
    packet.octets = b""
    bodies = packet.options.get(OPTION_VENDOR_OPTS, [])
    place = _find(bodies)
    if place is None:
        raise WireError("no ISC vendor option", 0, OPTION_VENDOR_OPTS)
    inside: OptionMap = {}
    parse_options(bodies[place], 4, len(bodies[place]), inside)
    packet.ifname = _taken(inside, _INTERFACE, 1, "interface").decode("utf-8", "surrogateescape")
    packet.remote_address = int.from_bytes(_taken(inside, _SOURCE_ADDRESS, 16, "source address")[:16], "big")
    packet.remote_port = int.from_bytes(_taken(inside, _SOURCE_PORT, 2, "source port")[:2], "big")
    if inside:
        bodies[place] = _ISC + pack_options(inside)
    else:
        del bodies[place]
        if not bodies:
            del packet.options[OPTION_VENDOR_OPTS]
    return packet


def _find(bodies: list[bytes]) -> int | None:
    """Return which of some vendor options are ISC's, None if none are."""
    return next((place for place, body in enumerate(bodies) if body[:4] == _ISC), None)


def _taken(inside: OptionMap, code: int, least: int, name: str) -> bytes:
    """Take out one sub-option of at least some octets; WireError if it is not there."""
    bodies = inside.pop(code, None)
    if not bodies or len(bodies[0]) < least:
        raise WireError(f"no {name} suboption", 0, OPTION_VENDOR_OPTS)
    return bodies[0]
