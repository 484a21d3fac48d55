"""`Dhcp4`: the configuration of a DHCPv4 server. ARM dhcp4-configuration."""

# ruff: noqa: RUF012 (pydantic gives each instance its own copy of a default)
from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kea_twisted.config.classes import ClientClass4
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.interfaces import InterfacesConfig4
from kea_twisted.config.network import NetworkParameters4
from kea_twisted.config.reservations import Reservation4
from kea_twisted.config.section import Maybe
from kea_twisted.config.subnets import SharedNetwork4, Subnet4

HostIdentifier4 = Literal["hw-address", "duid", "circuit-id", "client-id", "flex-id"]


class Dhcp4(DhcpServer, NetworkParameters4):
    """The configuration of a DHCPv4 server."""

    interfaces_config: InterfacesConfig4 = InterfacesConfig4()
    """Where the server listens."""
    subnet4: list[Subnet4] = []
    """The subnets that are in no shared network."""
    shared_networks: list[SharedNetwork4] = []
    """Links with several subnets."""
    client_classes: list[ClientClass4] = []
    """Classes of clients."""
    reservations: list[Reservation4] = []
    """Global reservations."""
    host_reservation_identifiers: Annotated[list[HostIdentifier4], Field(min_length=1)] = [
        "hw-address",
        "duid",
        "circuit-id",
        "client-id",
    ]
    """What identifies a client with a reservation, in the order of search."""
    echo_client_id: bool = True
    """Whether the client identifier is sent back, RFC 6842."""
    authoritative: Maybe[bool] = False
    """Whether unknown clients that ask for an address they hold are told no."""
    match_client_id: Maybe[bool] = True
    """Whether the client identifier identifies a client."""
    next_server: Maybe[str] = "0.0.0.0"  # noqa: S104 (an address in a packet, nothing is bound to it)
    """For the field siaddr."""
    server_hostname: Maybe[str] = ""
    """For the field sname."""
    boot_file_name: Maybe[str] = ""
    """For the field file."""

    @property
    def subnets(self) -> list[Subnet4]:
        """The subnets outside of shared networks, by a name that both families have."""
        return self.subnet4
