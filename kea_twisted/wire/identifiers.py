"""What clients are known by: DUIDs, client identifiers, hardware addresses and their names.

Identifiers are plain octets everywhere; here are their limits, their parts and their text. RFC 8415 §11, RFC 6355,
RFC 2132 §9.14, RFC 4361. Not here: which identifier a server looks at.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from kea_twisted.base.octets import colon_hex, parse_hex
from kea_twisted.errors import WireError

DUID_LLT: Final = 1
DUID_EN: Final = 2
DUID_LL: Final = 3
DUID_UUID: Final = 4

DUID_NAMES: Final[dict[int, str]] = {DUID_LLT: "LLT", DUID_EN: "EN", DUID_LL: "LL", DUID_UUID: "UUID"}
"""The types as the keyword `server-id/type` spells them. RFC 8415 §11.2 to §11.5."""

DUID_EPOCH: Final = 946684800
"""Midnight of 1 January 2000 UTC, from which the time of a DUID-LLT counts, in Unix time. RFC 8415 §11.2."""

ENTERPRISE_ISC: Final = 2495
ENTERPRISE_CABLE_LABS: Final = 4491

MIN_DUID: Final = 1
MAX_DUID: Final = 128
MIN_CLIENT_ID: Final = 2
MAX_CLIENT_ID: Final = 255
MAX_HARDWARE_ADDRESS: Final = 20
"""Octets of the longest link-layer address there is (InfiniBand, RFC 4390)."""

HTYPE_ETHERNET: Final = 1
HTYPE_INFINIBAND: Final = 32

HARDWARE_NAMES: Final[dict[int, str]] = {
    1: "ethernet",
    6: "ieee802",
    7: "arcnet",
    8: "fddi",
    15: "frame-relay",
    16: "atm",
    18: "fibre-channel",
    24: "ieee1394",
    27: "eui64",
    32: "infiniband",
}
"""Hardware types of the ARP registry that carry IP. RFC 1700, IANA arp-parameters."""


class Duid(NamedTuple):
    """The parts of a DUID; those its type does not have are 0 or empty.

    type: 1 to 4, or any other with all octets after it in *identifier*. time: seconds since DUID_EPOCH.
    identifier: the link-layer address, the vendor's identifier, or the UUID.
    """

    type: int
    identifier: bytes
    htype: int = 0
    time: int = 0
    enterprise: int = 0

    def pack(self) -> bytes:
        """Return the octets; OverflowError for parts that do not fit their fields, ValueError for the length."""
        head = self.type.to_bytes(2, "big")
        if self.type == DUID_LLT:
            head += self.htype.to_bytes(2, "big") + self.time.to_bytes(4, "big")
        elif self.type == DUID_EN:
            head += self.enterprise.to_bytes(4, "big")
        elif self.type == DUID_LL:
            head += self.htype.to_bytes(2, "big")
        return check_duid(head + self.identifier)


def unpack_duid(octets: bytes) -> Duid:
    """Return the parts of a DUID; WireError if it is shorter than its type demands, or too long or short at all."""
    if not MIN_DUID <= len(octets) <= MAX_DUID:
        raise WireError(f"DUID of {len(octets)} octets, {MIN_DUID} to {MAX_DUID} expected", 0)
    if len(octets) < 2:
        raise WireError("DUID without a type", 0)
    kind = int.from_bytes(octets[:2], "big")
    shortest = {DUID_LLT: 8, DUID_EN: 6, DUID_LL: 4, DUID_UUID: 18}.get(kind, 2)
    if len(octets) < shortest:
        raise WireError(f"DUID of type {kind} with {len(octets)} octets, at least {shortest} expected", 0)
    if kind == DUID_LLT:
        return Duid(kind, octets[8:], int.from_bytes(octets[2:4], "big"), int.from_bytes(octets[4:8], "big"))
    if kind == DUID_EN:
        return Duid(kind, octets[6:], enterprise=int.from_bytes(octets[2:6], "big"))
    if kind == DUID_LL:
        return Duid(kind, octets[4:], int.from_bytes(octets[2:4], "big"))
    return Duid(kind, octets[2:])


def check_duid(octets: bytes) -> bytes:
    """Return *octets* if a DUID may be so long, else raise ValueError."""
    if not MIN_DUID <= len(octets) <= MAX_DUID:
        raise ValueError(f"a DUID has {MIN_DUID} to {MAX_DUID} octets, not {len(octets)}")
    return octets


def parse_duid(text: str) -> bytes:
    """Return the octets of a DUID given as hexadecimal text; ValueError for bad text or length."""
    return check_duid(parse_hex(text))


def check_client_id(octets: bytes) -> bytes:
    """Return *octets* if a DHCPv4 client identifier may be so long, else raise ValueError. RFC 2132 §9.14."""
    if not MIN_CLIENT_ID <= len(octets) <= MAX_CLIENT_ID:
        raise ValueError(f"a client identifier has {MIN_CLIENT_ID} to {MAX_CLIENT_ID} octets, not {len(octets)}")
    return octets


def parse_client_id(text: str) -> bytes:
    """Return the octets of a client identifier given as hexadecimal text; ValueError for bad text or length."""
    return check_client_id(parse_hex(text))


def duid_of_client_id(client_id: bytes) -> bytes:
    """Return the DUID inside an RFC 4361 client identifier (255, IAID, DUID), or b"" if it is of another kind."""
    return client_id[5:] if len(client_id) > 6 and client_id[0] == 255 else b""


def parse_hardware_address(text: str) -> bytes:
    """Return the octets of a hardware address given as hexadecimal text; ValueError for bad text or length."""
    octets = parse_hex(text)
    if len(octets) > MAX_HARDWARE_ADDRESS:
        raise ValueError(f"a hardware address has at most {MAX_HARDWARE_ADDRESS} octets, not {len(octets)}")
    return octets


def hardware_text(htype: int, address: bytes) -> str:
    """Return the form that logs show: ``hwtype=1 02:00:00:00:00:01``."""
    return f"hwtype={htype} {colon_hex(address)}"


def hardware_of_duid(octets: bytes) -> tuple[int, bytes] | None:
    """Return (hardware type, address) of a DUID that was made from a link-layer address, else None."""
    kind = octets[:2]
    if kind == b"\0\1" and len(octets) > 8:
        return int.from_bytes(octets[2:4], "big"), octets[8:]
    if kind == b"\0\3" and len(octets) > 4:
        return int.from_bytes(octets[2:4], "big"), octets[4:]
    return None


def hardware_of_address6(address: int) -> bytes:
    """Return the 48-bit address inside a modified EUI-64 link-local address, else b"". RFC 4291 appendix A."""
    identifier = address & 0xFFFFFFFFFFFFFFFF
    if address >> 118 != 0x3FA or identifier >> 24 & 0xFFFF != 0xFFFE:
        return b""
    return ((identifier >> 40 ^ 0x020000) << 24 | identifier & 0xFFFFFF).to_bytes(6, "big")
