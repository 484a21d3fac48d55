"""`Dhcp6`: the configuration of a DHCPv6 server. ARM dhcp6-configuration."""

# ruff: noqa: RUF012 (pydantic gives each instance its own copy of a default)
from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kea_twisted.config.classes import ClientClass6
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.interfaces import InterfacesConfig6
from kea_twisted.config.network import NetworkParameters6
from kea_twisted.config.reservations import Reservation6
from kea_twisted.config.section import FileName, Maybe, Real, Uint32
from kea_twisted.config.server_id import ServerId
from kea_twisted.config.subnets import SharedNetwork6, Subnet6

HostIdentifier6 = Literal["hw-address", "duid", "flex-id"]


class Dhcp6(DhcpServer, NetworkParameters6):
    """The configuration of a DHCPv6 server."""

    interfaces_config: InterfacesConfig6 = InterfacesConfig6()
    """Where the server listens."""
    subnet6: list[Subnet6] = []
    """The subnets that are in no shared network."""
    shared_networks: list[SharedNetwork6] = []
    """Links with several subnets."""
    client_classes: list[ClientClass6] = []
    """Classes of clients."""
    reservations: list[Reservation6] = []
    """Global reservations."""
    host_reservation_identifiers: Annotated[list[HostIdentifier6], Field(min_length=1)] = ["hw-address", "duid"]
    """What identifies a client with a reservation, in the order of search."""
    preferred_lifetime: Maybe[Uint32] = 3600
    """Preferred lifetime of leases, seconds."""
    calculate_tee_times: Maybe[bool] = True
    """Whether T1 and T2 are fractions of the lifetime where they are not given."""
    t2_percent: Maybe[Real] = 0.8
    """T2 as a fraction."""
    server_id: Maybe[ServerId] = None
    """How the server's DUID is made."""
    data_directory: Maybe[FileName] = None
    """Where the server keeps its DUID, and leases unless told otherwise."""
    mac_sources: Annotated[list[str], Field(min_length=1)] = ["any"]
    """Where hardware addresses are looked for, in this order."""
    relay_supplied_options: list[str] = ["65"]
    """Options that relay agents may supply, by number or name, RFC 6422."""

    @property
    def subnets(self) -> list[Subnet6]:
        """The subnets outside of shared networks, by a name that both families have."""
        return self.subnet6
