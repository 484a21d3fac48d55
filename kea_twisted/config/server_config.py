"""The snapshot a server works from: everything that configuration alone decides, computed once.

A snapshot is never changed. A command that changes one subnet makes a new snapshot which shares the rest. What only the
daemons use (sockets, stores, hooks, loggers) stays in the models of :mod:`.v4` and :mod:`.v6`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kea_twisted.base.lifetimes import Triplet
from kea_twisted.classes.client_class import ClientClass
from kea_twisted.hosts.host import IdentifierType
from kea_twisted.hosts.source import HostDataSource
from kea_twisted.options.definition import OptionDefinition, OptionSet
from kea_twisted.subnets.select import SubnetIndex4, SubnetIndex6
from kea_twisted.subnets.subnet import DdnsParameters, SharedNetwork
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.subnets.v6 import Subnet6


@dataclass(frozen=True, slots=True)
class ExpiredLeasesProcessing:
    """`expired-leases-processing`; times in seconds but max_reclaim_time in milliseconds. ARM lease-reclamation."""

    reclaim_timer_wait_time: int = 10
    flush_reclaimed_timer_wait_time: int = 25
    hold_reclaimed_time: int = 3600
    max_reclaim_leases: int = 100
    max_reclaim_time: int = 250
    unwarned_reclaim_cycles: int = 5


@dataclass(slots=True)
class ServerConfig:
    """What both families have.

    classes: in the order of configuration, by name. definitions: custom option definitions by (space, code).
    hosts: the reservations, configured ones first. identifiers: `host-reservation-identifiers` in order.
    reservations_in_use, global_reservations_in_use: whether any lookup in subnets, or of global reservations, can
    ever find something; when false the lookup is skipped.
    """

    hosts: HostDataSource
    identifiers: tuple[IdentifierType, ...]
    networks: tuple[SharedNetwork, ...] = ()
    classes: Mapping[str, ClientClass] = field(default_factory=dict)
    options: OptionSet = ()
    definitions: Mapping[tuple[str, int], OptionDefinition] = field(default_factory=dict)
    decline_probation_period: int = 86400
    reservations_lookup_first: bool = False
    early_global_reservations_lookup: bool = False
    reservations_in_use: bool = True
    global_reservations_in_use: bool = False
    ip_reservations_unique: bool = True
    lenient_option_parsing: bool = False
    parked_packet_limit: int = 256
    store_extended_info: bool = False
    lease_checks: str = "warn"
    expired: ExpiredLeasesProcessing = field(default_factory=ExpiredLeasesProcessing)
    ddns: DdnsParameters = field(default_factory=DdnsParameters)
    ddns_enabled: bool = False
    server_tag: str = ""
    dhcp4o6_port: int = 0
    user_context: dict[str, object] | None = None


@dataclass(slots=True)
class ServerConfig4(ServerConfig):
    """A DHCPv4 server's snapshot. valid, t1, t2, …: the global values, for queries that have no subnet."""

    subnets: tuple[Subnet4, ...] = ()
    index: SubnetIndex4 = field(default_factory=SubnetIndex4)
    valid: Triplet = Triplet(7200, 7200, 7200)
    authoritative: bool = False
    echo_client_id: bool = True
    match_client_id: bool = True
    next_server: int = 0
    server_hostname: bytes = b""
    boot_file_name: bytes = b""


@dataclass(slots=True)
class ServerConfig6(ServerConfig):
    """A DHCPv6 server's snapshot. server_id: the DUID octets. mac_sources: keywords in order."""

    subnets: tuple[Subnet6, ...] = ()
    index: SubnetIndex6 = field(default_factory=SubnetIndex6)
    server_id: bytes = b""
    preferred: Triplet = Triplet(0, 0, 0)
    valid: Triplet = Triplet(7200, 7200, 7200)
    mac_sources: tuple[str, ...] = ("any",)
    relay_supplied_options: frozenset[int] = frozenset({65})
    pd_allocator: str = "iterative"
