"""`client-classes`. ARM classification-configuring, dhcp4-client-classifier."""

# ruff: noqa: RUF012 (pydantic gives each instance its own copy of a default)
from __future__ import annotations

from kea_twisted.config.options import OptionData, OptionDef
from kea_twisted.config.section import ANYTHING, Commented, Maybe, Name, Uint32


class ClientClass(Commented):
    """One client class, both families."""

    overlooked = ANYTHING

    name: Name
    """The name, unique among the classes."""
    test: Maybe[str] = None
    """The expression that puts a packet into the class."""
    only_if_required: bool = False
    """Whether the expression is evaluated only where a network, subnet or pool requires the class."""
    option_data: list[OptionData] = []
    """Options for the members."""
    valid_lifetime: Maybe[Uint32] = None
    """Valid lifetime for the members, seconds."""
    min_valid_lifetime: Maybe[Uint32] = None
    """Lower bound of the valid lifetime."""
    max_valid_lifetime: Maybe[Uint32] = None
    """Upper bound of the valid lifetime."""


class ClientClass4(ClientClass):
    """One DHCPv4 client class."""

    option_def: list[OptionDef] = []
    """Formats of options 43 and 224 to 254 for the members."""
    next_server: Maybe[str] = None
    """For the field siaddr."""
    server_hostname: Maybe[str] = None
    """For the field sname."""
    boot_file_name: Maybe[str] = None
    """For the field file."""


class ClientClass6(ClientClass):
    """One DHCPv6 client class."""

    preferred_lifetime: Maybe[Uint32] = None
    """Preferred lifetime for the members, seconds."""
    min_preferred_lifetime: Maybe[Uint32] = None
    """Lower bound of the preferred lifetime."""
    max_preferred_lifetime: Maybe[Uint32] = None
    """Upper bound of the preferred lifetime."""
