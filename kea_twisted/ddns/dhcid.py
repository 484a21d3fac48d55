"""The DHCID record that says which client a name belongs to. RFC 4701 §3.

The digest covers the identifier and the name in canonical wire form; only its owner's server can make the same one.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from kea_twisted.base.labels import pack_name

HARDWARE: Final = 0
CLIENT_ID: Final = 1
DUID: Final = 2
"""Identifier types: link-layer type and address, data of a DHCPv4 client identifier, DUID. RFC 4701 §3.3."""

_SHA256: Final = 1
"""The digest type, RFC 4701 §3.4."""

_EMBEDDED_DUID: Final = 255
"""First octet of a client identifier that holds an IAID and a DUID. RFC 4361 §6.1."""

_LONGEST_DUID: Final = 130
"""Type and identifier, RFC 3315 §9.1."""


def dhcid(kind: int, identifier: bytes, fqdn: str) -> bytes:
    """Return the octets of a DHCID record. Raises ValueError for a name or an identifier that has none."""
    if not identifier:
        raise ValueError("no identifier to make a DHCID of")
    name = pack_name(fqdn).lower()
    return kind.to_bytes(2, "big") + bytes((_SHA256,)) + sha256(identifier + name).digest()


def of_client_id(client_id: bytes, fqdn: str) -> bytes:
    """Return the DHCID of a client by its DHCPv4 client identifier, by the DUID in it if it has one (RFC 4361).

    So a client has the same DHCID in both families. Raises ValueError.
    """
    if client_id[:1] != bytes((_EMBEDDED_DUID,)):
        return dhcid(CLIENT_ID, client_id, fqdn)
    embedded = client_id[5:]
    if not 0 < len(embedded) <= _LONGEST_DUID:
        raise ValueError(f"the DUID in the client identifier has {len(embedded)} octets, not 1..{_LONGEST_DUID}")
    return dhcid(DUID, embedded, fqdn)


def of_hardware(hwtype: int, hwaddr: bytes, fqdn: str) -> bytes:
    """Return the DHCID of a client by its link-layer address. Raises ValueError."""
    if not hwaddr:
        raise ValueError("neither client identifier nor link-layer address to make a DHCID of")
    return dhcid(HARDWARE, bytes((hwtype,)) + hwaddr, fqdn)


def of_duid(duid: bytes, fqdn: str) -> bytes:
    """Return the DHCID of a client by its DUID. Raises ValueError."""
    return dhcid(DUID, duid, fqdn)
