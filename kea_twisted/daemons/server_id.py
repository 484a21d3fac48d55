"""The DUID of a DHCPv6 server: from the configuration, from the file of an earlier run, or made now.

Each part is resolved by itself: zero or empty in the configuration means the stored part if the stored DUID has the
same type, and a generated one otherwise. RFC 8415 §11, RFC 6355; ARM dhcp6-serverid.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from kea_twisted.base.octets import colon_hex, parse_colon_hex
from kea_twisted.errors import KeaError
from kea_twisted.net.interfaces import Interface
from kea_twisted.wire.identifiers import MAX_DUID

FILE_NAME: Final = "kea-dhcp6-serverid"

_LLT: Final = 1
_EN: Final = 2
_LL: Final = 3
_UUID: Final = 4
_TYPES: Final = {"LLT": _LLT, "EN": _EN, "LL": _LL, "UUID": _UUID}
_FIXED: Final = {_LLT: 8, _EN: 6, _LL: 4, _UUID: 2}
"""How many octets stand before the link-layer address or identifier, without which a DUID is none."""

_EPOCH_2000: Final = 946_684_800
_ISC: Final = 2495


@dataclass(frozen=True, slots=True)
class ServerIdSpec:
    """`server-id` as configured; the defaults mean "any"."""

    type: str = "LLT"
    identifier: str = ""
    htype: int = 0
    time: int = 0
    enterprise_id: int = 0
    persist: bool = True


def read(path: Path) -> bytes:
    """Return the DUID stored in *path*, b"" if there is none that makes sense."""
    try:
        stored = parse_colon_hex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return b""
    return stored if 3 <= len(stored) <= MAX_DUID else b""


def write(path: Path, duid: bytes) -> None:
    """Store a DUID. Raises KeaError if that cannot be done: a server whose name changes at each start serves badly."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.tmp")
        temporary.write_text(colon_hex(duid), encoding="ascii")
        temporary.replace(path)
    except OSError as error:
        raise KeaError(f"the server identifier cannot be stored in {path}: {error.strerror}") from error


def resolve(spec: ServerIdSpec, stored: bytes, interfaces: Iterable[Interface], now: float) -> bytes:
    """Return the DUID that *spec* means. now: seconds of the epoch. Raises KeaError without a MAC to borrow."""
    kind = _TYPES[spec.type]
    fixed = _FIXED[kind]
    same = stored if int.from_bytes(stored[:2], "big") == kind and len(stored) > fixed else b""
    identifier = bytes.fromhex(spec.identifier.replace(":", ""))
    if kind == _EN:
        enterprise = spec.enterprise_id or int.from_bytes(same[2:6], "big") or _ISC
        return _u16(kind) + enterprise.to_bytes(4, "big") + (identifier or same[6:] or os.urandom(6))
    if kind == _UUID:
        return _u16(kind) + (identifier or same[fixed:] or uuid4().bytes)
    htype = spec.htype or int.from_bytes(same[2:4], "big")
    identifier = identifier or same[fixed:]
    if not htype or not identifier:
        lender = _lender(interfaces)
        htype = htype or lender.link_type
        identifier = identifier or lender.mac
    if kind == _LL:
        return _u16(kind) + _u16(htype) + identifier
    seconds = spec.time or int.from_bytes(same[4:8], "big") or max(0, int(now) - _EPOCH_2000)
    return _u16(kind) + _u16(htype) + (seconds & 0xFFFFFFFF).to_bytes(4, "big") + identifier


def server_duid(spec: ServerIdSpec, directory: str, interfaces: Iterable[Interface], now: float) -> tuple[bytes, Path]:
    """Return the server's DUID and its file, which holds it afterwards if `persist` is set."""
    path = Path(directory) / FILE_NAME
    stored = read(path)
    duid = resolve(spec, stored, interfaces, now)
    if len(duid) > MAX_DUID:
        raise KeaError(f"the server identifier has {len(duid)} octets, more than the {MAX_DUID} of a DUID")
    if spec.persist and duid != stored:
        write(path, duid)
    return duid, path


def _lender(interfaces: Iterable[Interface]) -> Interface:
    """Return the interface whose link-layer address names the server: the first real one."""
    for interface in sorted(interfaces, key=lambda candidate: candidate.index):
        if not interface.is_loopback and len(interface.mac) >= 6 and any(interface.mac):
            return interface
    raise KeaError("no interface has a link-layer address for the server identifier; configure server-id")


def _u16(value: int) -> bytes:
    return value.to_bytes(2, "big")
