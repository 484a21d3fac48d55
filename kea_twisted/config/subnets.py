"""Subnets and shared networks. ARM dhcp4-configuration, shared-network4, dhcp6-configuration, shared-network6."""

# ruff: noqa: RUF012 (pydantic gives each instance its own copy of a default)
from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kea_twisted.config.network import NetworkParameters, NetworkParameters4, NetworkParameters6
from kea_twisted.config.pools import PdPool, Pool
from kea_twisted.config.reservations import Reservation4, Reservation6
from kea_twisted.config.section import ANYTHING, Maybe, Name, Section

SubnetId = Annotated[int, Field(ge=0, le=0xFFFFFFFE)]


class Relay(Section):
    """`relay`: the relay agents of a network."""

    overlooked = ANYTHING

    ip_address: Maybe[str] = None
    """One address; the old form of the list."""
    ip_addresses: Maybe[list[str]] = None
    """The addresses."""

    @property
    def addresses(self) -> list[str]:
        """The addresses of either form."""
        return [self.ip_address] if self.ip_address is not None else self.ip_addresses or []


class Link(NetworkParameters):
    """What subnets and shared networks have in common."""

    interface: Maybe[str] = None
    """The interface whose link this is."""
    client_class: Maybe[str] = None
    """The class a client must be in."""
    require_client_classes: list[Name] = []
    """Classes to evaluate once this is chosen."""
    relay: Maybe[Relay] = None
    """The relay agents that serve it."""


class Subnet(Link):
    """What the subnets of both families have."""

    subnet: str
    """The prefix, `address/length`."""
    id: Maybe[SubnetId] = None
    """The number that ties leases to the subnet; 0 or none to have it assigned."""
    pools: list[Pool] = []
    """Addresses for clients."""


class Subnet4(Subnet, NetworkParameters4):
    """One entry of `subnet4`."""

    reservations: list[Reservation4] = []
    """What is kept for single clients."""
    four_over_six_interface: Maybe[str] = Field(default=None, alias="4o6-interface")
    """DHCPv4-over-DHCPv6: the interface of the DHCPv6 query."""
    four_over_six_interface_id: Maybe[str] = Field(default=None, alias="4o6-interface-id")
    """DHCPv4-over-DHCPv6: the interface-id option of the DHCPv6 query."""
    four_over_six_subnet: Maybe[str] = Field(default=None, alias="4o6-subnet")
    """DHCPv4-over-DHCPv6: the IPv6 prefix that holds the sender of the DHCPv6 query."""


class Subnet6(Subnet, NetworkParameters6):
    """One entry of `subnet6`."""

    pd_pools: list[PdPool] = []
    """Prefixes for clients."""
    reservations: list[Reservation6] = []
    """What is kept for single clients."""
    rapid_commit: Maybe[bool] = None
    """Whether two messages may do instead of four."""
    interface_id: Maybe[str] = None
    """The interface-id option that relay agents of this subnet send."""


class SharedNetwork(Link):
    """What the shared networks of both families have."""

    name: Name
    """The name, unique among shared networks."""


class SharedNetwork4(SharedNetwork, NetworkParameters4):
    """One of `shared-networks` of a DHCPv4 server."""

    subnet4: list[Subnet4] = []
    """The subnets on the link."""

    @property
    def subnets(self) -> list[Subnet4]:
        """The subnets, by a name that both families have."""
        return self.subnet4


class SharedNetwork6(SharedNetwork, NetworkParameters6):
    """One of `shared-networks` of a DHCPv6 server."""

    subnet6: list[Subnet6] = []
    """The subnets on the link."""
    rapid_commit: Maybe[bool] = None
    """Whether two messages may do instead of four."""
    interface_id: Maybe[str] = None
    """The interface-id option that relay agents of this network send."""

    @property
    def subnets(self) -> list[Subnet6]:
        """The subnets, by a name that both families have."""
        return self.subnet6
