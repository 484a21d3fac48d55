"""Name change requests, as a DHCP server sends them to kea-dhcp-ddns: one UDP datagram each, JSON after its length.

Not here: when a request is made (:mod:`.updates`), and sockets (:mod:`.io`). ARM dhcp-ddns; ledger DD-114..DD-116.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum


class Change(IntEnum):
    """What is to be done to DNS entries, under the number it has in a request."""

    ADD = 0
    REMOVE = 1


@dataclass(frozen=True, slots=True)
class NameChangeRequest:
    """One request.

    forward, reverse: which entries it is about. fqdn: with a dot at the end. address: as text. dhcid: octets of the
    DHCID record. expires: seconds of the epoch. length: seconds that the entries are good for. conflict_resolution:
    entries of other clients are respected (RFC 4703).
    """

    change: Change
    forward: bool
    reverse: bool
    fqdn: str
    address: str
    dhcid: bytes
    expires: int
    length: int
    conflict_resolution: bool

    def pack(self) -> bytes:
        """Return the datagram: two octets of length and the text, members in Kea's order."""
        text = json.dumps(
            {
                "change-type": int(self.change),
                "forward-change": self.forward,
                "reverse-change": self.reverse,
                "fqdn": self.fqdn,
                "ip-address": self.address,
                "dhcid": self.dhcid.hex().upper(),
                "lease-expires-on": datetime.fromtimestamp(self.expires, UTC).strftime("%Y%m%d%H%M%S"),
                "lease-length": self.length,
                "use-conflict-resolution": self.conflict_resolution,
            },
            separators=(",", ":"),
            ensure_ascii=False,
        ).encode("utf-8", "surrogateescape")
        return len(text).to_bytes(2, "big") + text

    def __str__(self) -> str:
        """Say all of it on one line, for the log."""
        directions = " and ".join(
            name for name, wanted in (("forward", self.forward), ("reverse", self.reverse)) if wanted
        )
        resolution = "with" if self.conflict_resolution else "without"
        return (
            f"{self.change.name.lower()} {directions} of {self.fqdn} at {self.address}, "
            f"DHCID {self.dhcid.hex().upper()}, lease length {self.length}, {resolution} conflict resolution"
        )
