"""Who the client is: identifiers, reservations, and the classes that follow from them. ARM host-reservations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kea_twisted.alloc.engine import GLOBAL, current_host, subnets_to_try
from kea_twisted.hooks.callout import CONTINUE, CalloutHandle
from kea_twisted.hosts.host import Identifier, IdentifierType
from kea_twisted.log.logger import BAD_PACKETS
from kea_twisted.log.message import DBG_PACKET
from kea_twisted.log.messages.dhcp4 import DHCP4_PACKET_DROP_0013, DHCP4_PACKET_DROP_0014
from kea_twisted.options.suboptions import parse4
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import HookPoint
from kea_twisted.server.v4.exchange import OPTION_RELAY_AGENT, Exchange4

_CIRCUIT_ID: Final = 1
_DUID_CLIENT_ID: Final = 255
_DUID_OFFSET: Final = 5
"""A client identifier of type 255 holds an IAID of four octets and a DUID. RFC 4361 §6.1."""


def _hw_address(exchange: Exchange4) -> bytes:
    """Return the link-layer address."""
    return exchange.query.chaddr


def _duid(exchange: Exchange4) -> bytes:
    """Return the DUID inside the client identifier, if it is of that kind."""
    client_id = exchange.client_id
    if len(client_id) > _DUID_OFFSET and client_id[0] == _DUID_CLIENT_ID:
        return client_id[_DUID_OFFSET:]
    return b""


def _circuit_id(exchange: Exchange4) -> bytes:
    """Return the circuit identifier that a relay agent added."""
    relay_agent = exchange.query.options.get(OPTION_RELAY_AGENT)
    return parse4(relay_agent).get(_CIRCUIT_ID, b"") if relay_agent else b""


def _client_id(exchange: Exchange4) -> bytes:
    """Return the client identifier."""
    return exchange.client_id


_READERS: Final[dict[IdentifierType, Callable[[Exchange4], bytes]]] = {
    IdentifierType.HW_ADDRESS: _hw_address,
    IdentifierType.DUID: _duid,
    IdentifierType.CIRCUIT_ID: _circuit_id,
    IdentifierType.CLIENT_ID: _client_id,
}
"""How to read each identifier out of a query; a flexible one comes from callouts of host4_identifier."""


def identify(exchange: Exchange4) -> Outcome | None:
    """Step: note the client's identifiers, in the configured order."""
    config = exchange.config
    if not (config.reservations_in_use or config.global_reservations_in_use):
        return None
    identifiers: list[Identifier] = []
    for kind in config.identifiers:
        reader = _READERS.get(kind)
        value = reader(exchange) if reader is not None else b""
        if value:
            identifiers.append((kind, value))
    exchange.identifiers = tuple(identifiers)
    return None


def find_global_early(exchange: Exchange4) -> Outcome | None:
    """Step, under `early-global-reservations-lookup`: a global reservation may decide classes, and so the subnet."""
    config = exchange.config
    if not config.early_global_reservations_lookup:
        return None
    host = config.hosts.by_identifiers(GLOBAL, exchange.identifiers)
    if host is not None:
        exchange.hosts[GLOBAL] = host
        if host.classes:
            _classify_again(exchange, host.classes)
            exchange.subnet = None
        if "DROP" in exchange.query.classes:
            if BAD_PACKETS.rank >= DBG_PACKET:
                BAD_PACKETS.log(DHCP4_PACKET_DROP_0014, exchange.label)
            exchange.server.counters.dropped.add(1, exchange.now)
            return Drop("class DROP")
    return None


def find_hosts(exchange: Exchange4) -> Outcome | None:
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
            BAD_PACKETS.log(DHCP4_PACKET_DROP_0013, exchange.label)
        exchange.server.counters.dropped.add(1, exchange.now)
        return Drop("class DROP")
    return None


def classify(exchange: Exchange4) -> Outcome | None:
    """Step: put the query into the classes that do not depend on reservations."""
    exchange.server.classes.before_hosts(exchange.query)
    return None


def _classify_again(exchange: Exchange4, reserved: tuple[str, ...]) -> None:
    """Evaluate the classes anew with the reserved ones in place, which other classes may depend on."""
    exchange.server.classes.with_reserved(exchange.query, reserved)


def add_reserved_classes(exchange: Exchange4) -> None:
    """Add the classes of the reservation in the subnet that the lease came from.

    Only in a shared network, where that subnet was not known when classes were evaluated.
    """
    subnet = exchange.subnet
    if subnet is not None and subnet.network is not None and exchange.hosts:
        if exchange.global_host is None or not exchange.global_host.classes:
            host = current_host(subnet, exchange.hosts)
            if host is not None:
                for name in host.classes:
                    exchange.query.classes[name] = None


def _identifier_arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return the arguments of host4_identifier, if a flexible identifier is among the configured ones."""
    if IdentifierType.FLEX_ID not in exchange.config.identifiers:
        return []
    return [{"query4": exchange.query, "id_type": IdentifierType.FLEX_ID, "id_value": b""}]


def _identifier_settle(exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """Put the identifier that the callouts computed into its place in the configured order."""
    if handle.status == CONTINUE and handle["id_value"]:
        order = exchange.config.identifiers
        found = {*exchange.identifiers, (IdentifierType(handle["id_type"]), bytes(handle["id_value"]))}
        exchange.identifiers = tuple(sorted(found, key=lambda pair: order.index(pair[0]) if pair[0] in order else 99))
    return None


HOST4_IDENTIFIER: Final[HookPoint[Exchange4]] = HookPoint("host4_identifier", _identifier_arguments, _identifier_settle)
