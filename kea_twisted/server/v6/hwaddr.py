"""The link-layer address of a DHCPv6 client, which no message has a field for. ARM mac-in-dhcpv6.

Each source is a row: keyword, bit in the lease, function. RFC 8415 §11 (DUIDs), RFC 4291 §2.5.1 (EUI-64), RFC 6939,
RFC 4649; the DOCSIS ones are CableLabs'.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from kea_twisted.options.suboptions import parse6
from kea_twisted.server.v6.exchange import (
    OPTION_CLIENT_LINKLAYER_ADDR,
    OPTION_REMOTE_ID,
    OPTION_VENDOR_OPTS,
    Exchange6,
)
from kea_twisted.wire.identifiers import DUID_LL, DUID_LLT, ENTERPRISE_CABLE_LABS, HTYPE_ETHERNET
from kea_twisted.wire.v6 import Packet6

Found = tuple[int, bytes] | None
"""Hardware type and address."""

_LINK_LOCAL: Final = 0xFE80 << 112 >> 118
_CM_MAC: Final = 1026
_DEVICE_ID: Final = 36


def _nothing(_query: Packet6, _client_id: bytes) -> Found:
    """Return None: the source exists by name only."""
    return None


def from_duid(_query: Packet6, client_id: bytes) -> Found:
    """Return what a DUID-LLT or DUID-LL holds."""
    kind = int.from_bytes(client_id[:2], "big")
    start = 8 if kind == DUID_LLT else 4 if kind == DUID_LL else 0
    if start and len(client_id) > start:
        return int.from_bytes(client_id[2:4], "big"), client_id[start:]
    return None


def from_link_local(query: Packet6, _client_id: bytes) -> Found:
    """Return the address that an EUI-64 link-local address was made from: u bit set, g bit clear, ff:fe inside."""
    address = query.relays[-1].peer_address if query.relays else query.remote_address
    if address >> 118 != _LINK_LOCAL:
        return None
    octets = (address & (1 << 64) - 1).to_bytes(8, "big")
    if octets[3:5] != b"\xff\xfe" or octets[0] & 3 != 2:
        return None
    return HTYPE_ETHERNET, bytes((octets[0] ^ 2,)) + octets[1:3] + octets[5:]


def from_client_link_address(query: Packet6, _client_id: bytes) -> Found:
    """Return what the client's relay says in option 79; other relays cannot know. RFC 6939 §6."""
    body = query.first_relay_option(OPTION_CLIENT_LINKLAYER_ADDR) or b""
    if len(body) < 3:
        return None
    return int.from_bytes(body[:2], "big"), body[2:]


def from_remote_id(query: Packet6, _client_id: bytes) -> Found:
    """Return what the client's relay says in option 37, after the enterprise number."""
    body = query.first_relay_option(OPTION_REMOTE_ID) or b""
    return (HTYPE_ETHERNET, body[4:]) if len(body) > 4 else None


def _cable_labs(body: bytes | None, code: int) -> Found:
    """Return a sub-option of CableLabs' vendor options."""
    if body is None or int.from_bytes(body[:4], "big") != ENTERPRISE_CABLE_LABS:
        return None
    for found, value in parse6(body, 4):
        if found == code and value:
            return HTYPE_ETHERNET, value
    return None


def from_docsis_cmts(query: Packet6, _client_id: bytes) -> Found:
    """Return what the cable head-end adds as a relay."""
    return _cable_labs(query.relay_option(OPTION_VENDOR_OPTS), _CM_MAC)


def from_docsis_modem(query: Packet6, _client_id: bytes) -> Found:
    """Return what a cable modem says of itself."""
    return _cable_labs(query.option(OPTION_VENDOR_OPTS), _DEVICE_ID)


_LONGEST: Final = 20
"""The octets of the longest hardware address, that of Infiniband; lease files hold no longer ones. RFC 4391 §9.1.1."""


class Source(NamedTuple):
    """One row. bit: what `hwaddr_source` of a lease says."""

    keyword: str
    bit: int
    find: Callable[[Packet6, bytes], Found]


SOURCES: Final = (
    Source("raw", 0x01, _nothing),
    Source("client-link-addr-option", 0x08, from_client_link_address),
    Source("duid", 0x02, from_duid),
    Source("ipv6-link-local", 0x04, from_link_local),
    Source("remote-id", 0x10, from_remote_id),
    Source("subscriber-id", 0x20, _nothing),
    Source("docsis-cmts", 0x40, from_docsis_cmts),
    Source("docsis-modem", 0x80, from_docsis_modem),
)
"""All sources, in the order that the keyword ``any`` tries them."""

_BY_KEYWORD: Final = {
    "any": SOURCES,
    **{source.keyword: (source,) for source in SOURCES},
    "rfc6939": (SOURCES[1],),
    "rfc4649": (SOURCES[4],),
    "rfc4580": (SOURCES[5],),
}


def sources_of(keywords: tuple[str, ...]) -> tuple[Source, ...]:
    """Return the rows that `mac-sources` names, in its order, without those that never find anything."""
    rows = (source for keyword in keywords for source in _BY_KEYWORD[keyword])
    return tuple(source for source in rows if source.find is not _nothing)


def find_hwaddr(exchange: Exchange6) -> bytes:
    """Return the client's link-layer address, b"" if no source has one; the exchange keeps it."""
    if not exchange.hwaddr_known:
        exchange.hwaddr_known = True
        for source in exchange.server.mac_sources:
            found = source.find(exchange.query, exchange.client_id)
            if found is not None and len(found[1]) <= _LONGEST:
                exchange.hwtype, exchange.hwaddr = found
                exchange.hwaddr_source = source.bit
                break
    return exchange.hwaddr
