"""From a model to the snapshot that a server works from: everything checked, inherited, encoded, compiled, once.

Pure: what needs a look at the machine comes in as an argument. All mistakes are reported together, each with its place.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kea_twisted.config.build_classes import build_classes
from kea_twisted.config.build_context import MAX_FILE, MAX_SNAME, Building
from kea_twisted.config.build_hosts import build_hosts
from kea_twisted.config.build_options import build_definitions, options_of
from kea_twisted.config.build_scope import check_scope
from kea_twisted.config.build_subnets import Built, build_all
from kea_twisted.config.checks import (
    check_globals,
    check_server_id,
    mac_sources,
    relay_supplied_options,
    reservations_used,
)
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.inherit import ddns_parameters, global_values, triplet
from kea_twisted.config.problems import Problems
from kea_twisted.config.server_config import ExpiredLeasesProcessing, ServerConfig4, ServerConfig6
from kea_twisted.config.v4 import Dhcp4
from kea_twisted.config.v6 import Dhcp6
from kea_twisted.family import V4, V6, Family
from kea_twisted.hosts.configured import ConfiguredHosts
from kea_twisted.hosts.host import IdentifierType
from kea_twisted.hosts.report import log_host
from kea_twisted.log.logger import HOSTS
from kea_twisted.log.message import DBG_BASIC
from kea_twisted.options.spaces import STANDARD_OF, Definitions
from kea_twisted.subnets.select import SubnetIndex4, SubnetIndex6

_IDENTIFIERS = {kind.keyword: kind for kind in IdentifierType}


def build4(model: Dhcp4, interfaces: Collection[str] | None = None) -> ServerConfig4:
    """Return the snapshot of a DHCPv4 configuration.

    interfaces: the names of this machine's interfaces; with None any name goes. Raises ConfigErrors with all mistakes.
    """
    building = start(model, V4, interfaces)
    next_server = building.next_server(model.next_server, (), broadcast=True)
    server_hostname = building.boot_field(model, "server_hostname", (), MAX_SNAME)
    boot_file_name = building.boot_field(model, "boot_file_name", (), MAX_FILE)
    built, common = _common(building, model)
    values = common.pop("values")
    building.problems.raise_if_any()
    subnets = tuple(built.subnets)
    return ServerConfig4(
        **common,
        subnets=subnets,
        index=SubnetIndex4(subnets),
        valid=triplet(values, "valid"),
        authoritative=values["authoritative"],
        echo_client_id=model.echo_client_id,
        match_client_id=values["match_client_id"],
        next_server=next_server,
        server_hostname=server_hostname,
        boot_file_name=boot_file_name,
    )


def build6(model: Dhcp6, server_id: bytes = b"", interfaces: Collection[str] | None = None) -> ServerConfig6:
    """Return the snapshot of a DHCPv6 configuration.

    server_id: the server's DUID, which the daemon keeps or makes. interfaces: as for build4. Raises ConfigErrors.
    """
    building = start(model, V6, interfaces)
    built, common = _common(building, model)
    values = common.pop("values")
    sources = mac_sources(building, model)
    supplied = relay_supplied_options(building, building.definitions, model)
    check_server_id(building, model)
    building.problems.raise_if_any()
    subnets = tuple(built.subnets)
    return ServerConfig6(
        **common,
        subnets=subnets,
        index=SubnetIndex6(subnets),
        server_id=server_id,
        preferred=triplet(values, "preferred"),
        valid=triplet(values, "valid"),
        mac_sources=sources,
        relay_supplied_options=supplied,
    )


def start(model: DhcpServer, family: Family, interfaces: Collection[str] | None) -> Building:
    """Return what the building of a snapshot starts from."""
    problems = Problems(model.document, family.root)
    return Building(family, model, problems, interfaces, STANDARD_OF[family.number])


def _common(building: Building, model: Dhcp4 | Dhcp6) -> tuple[Built, dict[str, Any]]:
    """Return the subnets, and the fields that both families have; `values` are those of the global scope."""
    check_globals(building, model)
    custom = build_definitions(building, model.option_def)
    building.definitions = Definitions(custom, building.family) if custom else building.definitions
    values = global_values(model, building.family.number)
    check_scope(building, model, values, (), heirs=(*model.shared_networks, *model.subnets))
    build_classes(building, model.client_classes)
    options = options_of(building, model.option_data, ())
    built = build_all(building, model.shared_networks, model.subnets, values)
    global_hosts = build_hosts(building, model.reservations, 0, None, "", ())
    hosts = [*global_hosts, *built.hosts]
    if HOSTS.rank >= DBG_BASIC:
        for host in hosts:
            log_host(host)
    in_subnet, in_global = reservations_used(built.subnets, values)
    stored = bool(model.all_hosts_databases)
    expired = model.expired_leases_processing
    return built, {
        "values": values,
        "hosts": ConfiguredHosts(building.family, hosts, model.ip_reservations_unique),
        "identifiers": tuple(_IDENTIFIERS[word] for word in model.host_reservation_identifiers),
        "networks": tuple(built.networks),
        "classes": building.classes,
        "options": options,
        "definitions": custom,
        "decline_probation_period": model.decline_probation_period,
        "reservations_lookup_first": model.reservations_lookup_first or model.multi_threaded,
        "early_global_reservations_lookup": model.early_global_reservations_lookup,
        "reservations_in_use": in_subnet and (stored or bool(built.hosts)),
        "global_reservations_in_use": (in_global or model.early_global_reservations_lookup)
        and (stored or bool(global_hosts)),
        "ip_reservations_unique": model.ip_reservations_unique,
        "lenient_option_parsing": model.compatibility.lenient_option_parsing is True,
        "parked_packet_limit": model.parked_packet_limit,
        "store_extended_info": values["store_extended_info"],
        "lease_checks": model.sanity_checks.lease_checks,
        "expired": ExpiredLeasesProcessing(**expired.model_dump()),
        "ddns": ddns_parameters(values),
        "ddns_enabled": model.dhcp_ddns is not None and model.dhcp_ddns.enable_updates,
        "server_tag": model.server_tag,
        "dhcp4o6_port": model.dhcp4o6_port,
        "user_context": model.context,
    }
