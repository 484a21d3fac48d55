"""The top level of a server's configuration: what `Dhcp4` and `Dhcp6` have in common. ARM dhcp4-configuration."""

# ruff: noqa: RUF012 (pydantic gives each instance its own copy of a default)
from __future__ import annotations

from typing import Annotated

from pydantic import Field, PrivateAttr

from kea_twisted.base.kea_json.parse import Document
from kea_twisted.config.control import ControlSocket
from kea_twisted.config.database import ConfigControl, HostsDatabase, LeaseDatabase
from kea_twisted.config.ddns import DhcpDdns
from kea_twisted.config.hooks import HooksLibrary
from kea_twisted.config.loggers import Logger
from kea_twisted.config.network import NetworkParameters, ReplaceClientName
from kea_twisted.config.options import OptionDef
from kea_twisted.config.processing import (
    Compatibility,
    ExpiredLeasesProcessing,
    MultiThreading,
    QueueControl,
    SanityChecks,
)
from kea_twisted.config.section import Maybe, Real, Uint32


class DhcpServer(NetworkParameters):
    """The keywords of the global scope that both families have."""

    lease_database: LeaseDatabase = LeaseDatabase(type="memfile")
    """Where leases are kept."""
    hosts_database: Maybe[HostsDatabase] = None
    """A database of reservations."""
    hosts_databases: list[HostsDatabase] = []
    """Several databases of reservations."""
    config_control: Maybe[ConfigControl] = None
    """Configuration that comes from a database."""
    server_tag: str = ""
    """The name under which the configuration database knows this server."""
    control_socket: Maybe[ControlSocket] = None
    """Where commands come in."""
    hooks_libraries: list[HooksLibrary] = []
    """Libraries to load, in this order."""
    loggers: list[Logger] = []
    """What is logged and where to."""
    dhcp_ddns: Maybe[DhcpDdns] = None
    """The connection to the DDNS daemon."""
    expired_leases_processing: ExpiredLeasesProcessing = ExpiredLeasesProcessing()
    """When expired leases are reclaimed."""
    multi_threading: Maybe[MultiThreading] = None
    """Whether packets are handled in parallel."""
    sanity_checks: SanityChecks = SanityChecks()
    """What happens to leases that are not in their subnet."""
    dhcp_queue_control: Maybe[QueueControl] = None
    """Whether packets are queued before they are handled."""
    compatibility: Compatibility = Compatibility()
    """Deviations from standards."""
    option_def: list[OptionDef] = []
    """Formats of options."""
    decline_probation_period: Uint32 = 86400
    """Seconds for which a declined address is not used."""
    dhcp4o6_port: Annotated[int, Field(ge=0, le=0xFFFE)] = 0
    """DHCPv4-over-DHCPv6: the first of two ports between the servers; 0 for none."""
    parked_packet_limit: Uint32 = 256
    """How many packets may wait for hooks; 0 for any number."""
    statistic_default_sample_count: Uint32 = 20
    """How many samples a statistic keeps; 0 to go by age."""
    statistic_default_sample_age: Uint32 = 0
    """For how many seconds a statistic keeps samples."""
    early_global_reservations_lookup: bool = False
    """Whether global reservations are looked up before the subnet is chosen."""
    ip_reservations_unique: bool = True
    """Whether an address may be reserved once only."""
    reservations_lookup_first: bool = False
    """Whether reservations are looked up before leases."""
    valid_lifetime: Maybe[Uint32] = 7200
    """Valid lifetime of leases, seconds."""
    calculate_tee_times: Maybe[bool] = False
    """Whether T1 and T2 are fractions of the lifetime where they are not given."""
    t1_percent: Maybe[Real] = 0.5
    """T1 as a fraction."""
    t2_percent: Maybe[Real] = 0.875
    """T2 as a fraction."""
    store_extended_info: Maybe[bool] = False
    """Whether what relay agents add is kept with leases."""
    ddns_send_updates: Maybe[bool] = True
    """Whether DNS is updated."""
    ddns_override_no_update: Maybe[bool] = False
    """Whether DNS is updated for clients that ask for no update."""
    ddns_override_client_update: Maybe[bool] = False
    """Whether the server updates DNS for clients that want to do so themselves."""
    ddns_replace_client_name: Maybe[ReplaceClientName] = "never"
    """When a generated name replaces the client's."""
    ddns_generated_prefix: Maybe[str] = "myhost"
    """How generated names begin."""
    ddns_qualifying_suffix: Maybe[str] = ""
    """What is appended to partial names."""
    ddns_update_on_renew: Maybe[bool] = False
    """Whether DNS is updated when a lease is renewed unchanged."""
    ddns_use_conflict_resolution: Maybe[bool] = True
    """Whether DNS entries of others are respected, RFC 4703."""
    hostname_char_set: Maybe[str] = "[^A-Za-z0-9.-]"
    """Regular expression of the characters that are not allowed in host names."""
    hostname_char_replacement: Maybe[str] = ""
    """What replaces those characters."""

    _document: Document | None = PrivateAttr(default=None)

    @property
    def document(self) -> Document | None:
        """The text this came from, None for a configuration that never was text or is in force already."""
        return self._document

    def forget_text(self) -> None:
        """Keep no text any more: nothing will be said about places in it."""
        self._document = None

    @property
    def multi_threaded(self) -> bool:
        """Whether multi-threading is enabled."""
        return self.multi_threading is not None and self.multi_threading.enable_multi_threading

    @property
    def all_hosts_databases(self) -> list[HostsDatabase]:
        """The databases of reservations, in the order of search."""
        return self.hosts_databases or ([self.hosts_database] if self.hosts_database else [])
