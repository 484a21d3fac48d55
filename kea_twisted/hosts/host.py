"""A host reservation of either family: an identifier, and what its owner gets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from kea_twisted.options.definition import OptionSet


class IdentifierType(IntEnum):
    """What identifies a client; the numbers are those of the databases (ARM host-identifiers)."""

    HW_ADDRESS = 0
    DUID = 1
    CIRCUIT_ID = 2
    CLIENT_ID = 3
    FLEX_ID = 4

    @property
    def keyword(self) -> str:
        """The configuration keyword."""
        return self.name.lower().replace("_", "-")


Identifier = tuple[IdentifierType, bytes]


@dataclass(slots=True)
class Host:
    """One reservation.

    subnet_id: 0 for a global one. address: the reserved IPv4 address, 0 for none. addresses: reserved IPv6
    addresses; prefixes: reserved (first address, length). next_server: int, 0 for none.
    """

    identifier_type: IdentifierType
    identifier: bytes
    subnet_id: int
    address: int = 0
    addresses: tuple[int, ...] = ()
    prefixes: tuple[tuple[int, int], ...] = ()
    hostname: str = ""
    classes: tuple[str, ...] = ()
    options: OptionSet = ()
    next_server: int = 0
    server_hostname: bytes = b""
    boot_file_name: bytes = b""
    user_context: dict[str, object] | None = None
