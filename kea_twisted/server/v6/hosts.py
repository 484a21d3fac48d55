"""Who the client is: its identifiers, its reservations, and the classes that follow. ARM host-reservation-v6."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.engine import GLOBAL, current_host, subnets_to_try
from kea_twisted.hooks.callout import CONTINUE, CalloutHandle
from kea_twisted.hosts.host import Identifier, IdentifierType
from kea_twisted.log.logger import BAD_PACKETS
from kea_twisted.log.message import DBG_PACKET
from kea_twisted.log.messages.dhcp6 import (
    DHCP6_PACKET_DROP_DROP_CLASS,
    DHCP6_PACKET_DROP_DROP_CLASS2,
    DHCP6_PACKET_DROP_DROP_CLASS_EARLY,
)
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import HookPoint
from kea_twisted.server.v6.exchange import Exchange6
from kea_twisted.server.v6.hwaddr import find_hwaddr


def identify(exchange: Exchange6) -> Outcome | None:
    """Step: note the client's identifiers, in the configured order; a flexible one comes from host6_identifier."""
    config = exchange.config
    if not config.reservations_in_use and not config.global_reservations_in_use:
        return None
    identifiers: list[Identifier] = []
    for kind in config.identifiers:
        if kind is IdentifierType.DUID:
            value = exchange.client_id
        elif kind is IdentifierType.HW_ADDRESS:
            value = find_hwaddr(exchange)
        else:
            continue
        if value:
            identifiers.append((kind, value))
    exchange.identifiers = tuple(identifiers)
    return None


def find_global_early(exchange: Exchange6) -> Outcome | None:
    """Step of `early-global-reservations-lookup`: a global reservation may decide the classes, and so the subnet."""
    config = exchange.config
    if not config.early_global_reservations_lookup:
        return None
    host = config.hosts.by_identifiers(GLOBAL, exchange.identifiers)
    if host is not None:
        exchange.hosts[GLOBAL] = host
        if host.classes:
            _classify_again(exchange, host.classes)
        if "DROP" in exchange.query.classes:
            if BAD_PACKETS.rank >= DBG_PACKET:
                BAD_PACKETS.log(DHCP6_PACKET_DROP_DROP_CLASS_EARLY, exchange.label)
            exchange.server.counters.dropped.add(1, exchange.now)
            return Drop("class DROP")
    return None


def find_hosts(exchange: Exchange6) -> Outcome | None:
    """Step: look up reservations in all subnets of the link, then evaluate the classes that depend on them."""
    config = exchange.config
    query = exchange.query
    subnet = exchange.subnet
    classes = query.classes
    hosts = exchange.hosts
    if subnet is not None and exchange.identifiers:
        source = config.hosts
        identifiers = exchange.identifiers
        if subnet.reservations_global and GLOBAL not in hosts:
            host = source.by_identifiers(GLOBAL, identifiers)
            if host is not None:
                hosts[GLOBAL] = host
        for member in subnets_to_try(subnet, classes):
            if member.reservations_in_subnet:
                host = source.by_identifiers(member.id, identifiers)
                if host is not None:
                    hosts[member.id] = host
        if hosts:
            early = config.early_global_reservations_lookup
            global_host = exchange.global_host
            host = current_host(subnet, hosts)
            if not early and global_host is not None and global_host.classes:
                _classify_again(exchange, global_host.classes)
            elif subnet.network is None and host is not None and host.classes:
                _classify_again(exchange, host.classes)
    classes["KNOWN" if hosts else "UNKNOWN"] = None
    exchange.server.classes.after_hosts(query)
    if "DROP" in classes:
        if BAD_PACKETS.rank >= DBG_PACKET:
            BAD_PACKETS.log(DHCP6_PACKET_DROP_DROP_CLASS2, exchange.label)
        exchange.server.counters.dropped.add(1, exchange.now)
        return Drop("class DROP")
    return None


def classify(exchange: Exchange6) -> Outcome | None:
    """Step: put the query into the classes that do not depend on reservations."""
    query = exchange.query
    exchange.server.classes.before_hosts(query)
    if "DROP" in query.classes:
        if BAD_PACKETS.rank >= DBG_PACKET:
            BAD_PACKETS.log(DHCP6_PACKET_DROP_DROP_CLASS, exchange.label)
        exchange.server.counters.dropped.add(1, exchange.now)
        return Drop("class DROP")
    return None


def _classify_again(exchange: Exchange6, reserved: tuple[str, ...]) -> None:
    """Evaluate the classes anew with the reserved ones in place, which other classes may depend on."""
    exchange.server.classes.with_reserved(exchange.query, reserved)


def add_reserved_classes(exchange: Exchange6) -> None:
    """Add the classes of the reservation in the subnet that the leases came from.

    Only in a shared network, where that subnet was not known when classes were evaluated.
    """
    subnet = exchange.subnet
    if subnet is None or subnet.network is None or not exchange.hosts:
        return
    if exchange.global_host is None or not exchange.global_host.classes:
        host = exchange.host
        if host is not None:
            for name in host.classes:
                exchange.query.classes[name] = None


def _identifier_arguments(exchange: Exchange6) -> list[dict[str, object]]:
    """Return the arguments of host6_identifier, if a flexible identifier is among the configured ones."""
    if IdentifierType.FLEX_ID not in exchange.config.identifiers:
        return []
    return [{"query6": exchange.query, "id_type": IdentifierType.FLEX_ID, "id_value": b""}]


def _identifier_settle(exchange: Exchange6, handle: CalloutHandle) -> Outcome | None:
    """Put the identifier that the callouts computed into its place in the configured order."""
    if handle.status == CONTINUE and handle["id_value"]:
        order = exchange.config.identifiers
        found = {*exchange.identifiers, (IdentifierType(handle["id_type"]), bytes(handle["id_value"]))}
        exchange.identifiers = tuple(sorted(found, key=lambda pair: order.index(pair[0]) if pair[0] in order else 99))
    return None


HOST6_IDENTIFIER: Final[HookPoint[Exchange6]] = HookPoint("host6_identifier", _identifier_arguments, _identifier_settle)
