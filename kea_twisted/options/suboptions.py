"""Options inside options: sub-option containers of both families, and the blocks of vendor options.

Layout only; what the sub-options mean is a matter of definitions. A sub-option that runs past the end of its container
ends the container, and what came before it stays: relays exist that cut option 82 short, and Kea is as lenient.
RFC 2132 §8.4 (option 43), RFC 3046 §2.0 (82), RFC 3396 (long ones), RFC 3925 (124, 125), RFC 8415 §21 (DHCPv6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kea_twisted.errors import WireError

CIRCUIT_ID: Final = 1
REMOTE_ID: Final = 2
LINK_SELECTION: Final = 5
SUBSCRIBER_ID: Final = 6
SERVER_ID_OVERRIDE: Final = 11
RELAY_ID: Final = 12
RELAY_SOURCE_PORT: Final = 19

RELAY_AGENT_NAMES: Final[dict[int, str]] = {
    CIRCUIT_ID: "circuit-id",
    REMOTE_ID: "remote-id",
    LINK_SELECTION: "link-selection",
    SUBSCRIBER_ID: "subscriber-id",
    SERVER_ID_OVERRIDE: "server-id-override",
    RELAY_ID: "relay-id",
    RELAY_SOURCE_PORT: "relay-source-port",
}
"""The sub-options of option 82 that a server looks at; no definitions, configurations do not know them by name.
ARM dhcp-types; RFC 3046, 3527, 3993, 5107, 6925, 8357."""


def parse4(body: bytes, padded: bool = False) -> dict[int, bytes]:
    """Return the DHCPv4 sub-options of *body* by code, those of one code joined (RFC 3396 §7).

    padded: the codes 0 and 255 are a pad and the end, as in option 43 without definitions of them; elsewhere they are
    codes like others.
    """
    found: dict[int, bytes] = {}
    at = 0
    end = len(body)
    while at < end:
        code = body[at]
        if padded:
            if code == 0:
                at += 1
                continue
            if code == 255:
                break
        start = at + 2
        if start > end:
            break
        at = start + body[at + 1]
        if at > end:
            break
        if code in found:
            found[code] += body[start:at]
        else:
            found[code] = body[start:at]
    return found


def parse4_length(body: bytes) -> int:
    """Return how many octets of *body* whole DHCPv4 sub-options fill, from its start on."""
    at = 0
    end = len(body)
    while at + 2 <= end and at + 2 + body[at + 1] <= end:
        at += 2 + body[at + 1]
    return at


def pack4(options: Mapping[int, bytes]) -> bytes:
    """Return the octets of DHCPv4 sub-options, by code; one over 255 octets is split (RFC 3396 §5)."""
    out = bytearray()
    for code in sorted(options):
        body = options[code]
        length = len(body)
        if length > 255:
            for start in range(0, length, 255):
                part = body[start : start + 255]
                out.append(code)
                out.append(len(part))
                out += part
        else:
            out.append(code)
            out.append(length)
            out += body
    return bytes(out)


def parse6(body: bytes, offset: int = 0) -> list[tuple[int, bytes]]:
    """Return the DHCPv6 options of *body* from *offset* on, in their order: any may occur more than once."""
    found = []
    end = len(body)
    at = offset
    while at + 4 <= end:
        start = at + 4
        stop = start + (body[at + 2] << 8 | body[at + 3])
        if stop > end:
            break
        found.append((body[at] << 8 | body[at + 1], body[start:stop]))
        at = stop
    return found


def pack6(options: Iterable[tuple[int, bytes]]) -> bytes:
    """Return the octets of DHCPv6 options in the order given; OverflowError for a body over 65535 octets."""
    out = bytearray()
    for code, body in options:
        out += (code << 16 | _length(body, 0xFFFF)).to_bytes(4, "big")
        out += body
    return bytes(out)


def parse_vendor4(body: bytes) -> list[tuple[int, bytes]]:
    """Return (enterprise number, octets) of each block of option 124 or 125; WireError if one is cut short.

    A bare enterprise number at the end is a block without octets. RFC 3925 §3 and §4.
    """
    blocks = []
    at = 0
    end = len(body)
    while at < end:
        if at + 4 > end:
            raise WireError("enterprise number cut short", at)
        enterprise = int.from_bytes(body[at : at + 4], "big")
        start = at + 5
        if start > end:
            blocks.append((enterprise, b""))
            break
        at = start + body[start - 1]
        if at > end:
            raise WireError(f"vendor block of {at - start} octets, {end - start} left", start)
        blocks.append((enterprise, body[start:at]))
    return blocks


def pack_vendor4(enterprise: int, octets: bytes) -> bytes:
    """Return one block of option 125: enterprise number, length, sub-options packed by :func:`pack4`.

    Sub-options over 255 octets in all go into several blocks of the same number, none of them cut.
    """
    head = enterprise.to_bytes(4, "big")
    out = bytearray()
    block = bytearray()
    at = 0
    while at < len(octets):
        stop = at + 2 + octets[at + 1] if at + 2 <= len(octets) else len(octets)
        part = octets[at:stop]
        if len(block) + len(part) > 255:
            if block:
                out += head
                out.append(len(block))
                out += block
            block.clear()
            if len(part) > 255:  # as long as a sub-option can be, 257 octets do not fit: carry it as two
                first = bytes((part[0], 253)) + part[2:255]
                out += head
                out.append(255)
                out += first
                part = bytes((part[0], len(part) - 255)) + part[255:]
        block += part
        at = stop
    out += head
    out.append(len(block))
    out += block
    return bytes(out)


def parse_vendor6(body: bytes) -> tuple[int, bytes]:
    """Return the enterprise number of option 17 of DHCPv6 and its sub-options' octets; WireError if cut short."""
    if len(body) < 4:
        raise WireError("enterprise number cut short", 0)
    return int.from_bytes(body[:4], "big"), body[4:]


def check_vendor6(body: bytes) -> None:
    """Raise WireError unless *body* is an enterprise number and whole sub-options, as option 17 of DHCPv6 has them."""
    _, rest = parse_vendor6(body)
    if len(whole6(rest)) != len(rest):
        raise WireError("vendor option cut short", 4)


def pack_vendor6(enterprise: int, octets: bytes) -> bytes:
    """Return the body of option 17 of DHCPv6. RFC 8415 §21.17."""
    return enterprise.to_bytes(4, "big") + octets


def parse_vendor_class6(body: bytes) -> tuple[int, list[bytes]]:
    """Return the enterprise number and the data of option 16 of DHCPv6; WireError if cut short. RFC 8415 §21.16."""
    enterprise, rest = parse_vendor6(body)
    return enterprise, parse_tuples(rest, 2)


def parse_tuples(octets: bytes, prefix: int) -> list[bytes]:
    """Return the tuples that fill *octets*, each after its length of *prefix* octets; WireError if one is cut short."""
    found = []
    at = 0
    end = len(octets)
    while at < end:
        start = at + prefix
        stop = start + int.from_bytes(octets[at:start], "big")
        if start > end or stop > end:
            raise WireError("tuple cut short", at)
        found.append(octets[start:stop])
        at = stop
    return found


def whole4(body: bytes, padded: bool = False) -> bytes:
    """Return the whole DHCPv4 sub-options of *body* as a configured option sends them: by code, none joined."""
    found: list[tuple[int, bytes]] = []
    at = 0
    end = len(body)
    while at < end:
        code = body[at]
        if padded and code == 0:
            at += 1
            continue
        stop = at + 2 + body[at + 1] if at + 2 <= end else end + 1
        if stop > end or (padded and code == 255):
            break
        found.append((code, body[at:stop]))
        at = stop
    return b"".join(octets for _, octets in sorted(found, key=lambda pair: pair[0]))


def whole6(body: bytes, _padded: bool = False) -> bytes:
    """Return the whole DHCPv6 options of *body* as a configured option sends them: by code."""
    return pack6(sorted(parse6(body), key=lambda pair: pair[0]))


def _length(body: bytes, maximum: int) -> int:
    if len(body) > maximum:
        raise OverflowError(f"a body of {len(body)} octets, at most {maximum} fit")
    return len(body)
