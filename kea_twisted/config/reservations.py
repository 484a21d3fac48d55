"""`reservations`: what is kept for one client. ARM host-reservation-v4, host-reservation-v6."""

# ruff: noqa: RUF012 (pydantic gives each instance its own copy of a default)
from __future__ import annotations

from kea_twisted.config.options import OptionData
from kea_twisted.config.section import Commented, Maybe


class Reservation(Commented):
    """One reservation, both families. Exactly one identifier is needed."""

    hw_address: Maybe[str] = None
    """Identifier: the hardware address."""
    duid: Maybe[str] = None
    """Identifier: the DUID."""
    flex_id: Maybe[str] = None
    """Identifier: what the flex-id hook computes."""
    hostname: Maybe[str] = None
    """The host name."""
    client_classes: list[str] = []
    """Classes the client gets."""
    option_data: list[OptionData] = []
    """Options for this client."""


class Reservation4(Reservation):
    """One DHCPv4 reservation."""

    circuit_id: Maybe[str] = None
    """Identifier: the circuit ID that the relay agent adds."""
    client_id: Maybe[str] = None
    """Identifier: the client identifier option."""
    ip_address: Maybe[str] = None
    """The address."""
    next_server: Maybe[str] = None
    """For the field siaddr."""
    server_hostname: Maybe[str] = None
    """For the field sname."""
    boot_file_name: Maybe[str] = None
    """For the field file."""


class Reservation6(Reservation):
    """One DHCPv6 reservation."""

    ip_addresses: list[str] = []
    """The addresses."""
    prefixes: list[str] = []
    """The prefixes, `address/length`."""
