"""Who the client is: identifiers, reservations, and the classes that follow from them. ARM host-reservations."""

from __future__ import annotations

from kea_twisted.alloc.engine import GLOBAL, subnets_to_try
from kea_twisted.hooks.callout import CONTINUE, CalloutHandle
from kea_twisted.hosts.host import Identifier, IdentifierType
from kea_twisted.log.logger import PACKETS
from kea_twisted.log.message import DBG_BASIC, DBG_PACKET, Message
from kea_twisted.server.exchange import AnyExchange
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.reception import dropped
from kea_twisted.subnets.subnet import Subnet


def identify(exchange: AnyExchange) -> Outcome | None:
    """Step: note the client's identifiers, in the configured order."""
    config = exchange.config
    if not (config.reservations_in_use or config.global_reservations_in_use):
        return None
    readers = exchange.server.words.readers
    identifiers: list[Identifier] = []
    for kind in config.identifiers:
        reader = readers.get(kind)
        value = reader(exchange) if reader is not None else b""
        if value:
            identifiers.append((kind, value))
    exchange.identifiers = tuple(identifiers)
    return None


def early_identifier_arguments(exchange: AnyExchange) -> list[dict[str, object]]:
    """Return the arguments of the identifier points where reservations are looked up before the subnet is selected."""
    return _identifier_arguments(exchange) if exchange.config.early_global_reservations_lookup else []


def identifier_arguments(exchange: AnyExchange) -> list[dict[str, object]]:
    """Return the arguments of the identifier points where reservations are looked up in the selected subnet only."""
    return [] if exchange.config.early_global_reservations_lookup else _identifier_arguments(exchange)


def _identifier_arguments(exchange: AnyExchange) -> list[dict[str, object]]:
    """Return the query and a value to fill in, if a flexible identifier is among the configured ones."""
    if IdentifierType.FLEX_ID not in exchange.config.identifiers:
        return []
    words = exchange.server.words
    return [{words.query: exchange.query, "id_type": IdentifierType.FLEX_ID, "id_value": b""}]


def settle_identifier(exchange: AnyExchange, handle: CalloutHandle) -> Outcome | None:
    """Put the identifier that the callouts computed into its place in the configured order."""
    if handle.status == CONTINUE and handle["id_value"]:
        order = exchange.config.identifiers
        found = {*exchange.identifiers, (IdentifierType(handle["id_type"]), bytes(handle["id_value"]))}
        exchange.identifiers = tuple(sorted(found, key=lambda pair: order.index(pair[0]) if pair[0] in order else 99))
    return None


def classify(exchange: AnyExchange) -> Outcome | None:
    """Step: put the query into the classes that do not depend on reservations."""
    exchange.server.classes.before_hosts(exchange.query)
    return None


def drop_class(exchange: AnyExchange) -> Outcome | None:
    """Step: drop the query if its contents put it into the class DROP."""
    if "DROP" in exchange.query.classes:
        return _drop_member(exchange, exchange.server.words.drop_class)
    return None


def find_global_early(exchange: AnyExchange) -> Outcome | None:
    """Step, under `early-global-reservations-lookup`: a global reservation may decide classes, and so the subnet."""
    config = exchange.config
    if not config.early_global_reservations_lookup:
        return None
    host = config.hosts.by_identifiers(GLOBAL, exchange.identifiers)
    if host is not None:
        exchange.hosts[GLOBAL] = host
        classes = exchange.query.classes
        evaluator = exchange.server.classes
        if host.classes:
            evaluator.with_reserved(exchange.query, host.classes)
        classes["KNOWN"] = None
        evaluator.after_hosts(exchange.query)
        exchange.subnet = None
        if "DROP" in classes:
            return _drop_member(exchange, exchange.server.words.drop_class_early)
    return None


def find_hosts(exchange: AnyExchange) -> Outcome | None:
    """Step: look up reservations in all subnets of the link, then evaluate the classes that depend on them."""
    query = exchange.query
    classes = query.classes
    hosts = exchange.hosts
    evaluator = exchange.server.classes
    if exchange.identifiers and exchange.subnet is not None:
        _look_up(exchange, exchange.subnet)
        if hosts:
            global_host = exchange.global_host
            host = exchange.host
            early = exchange.config.early_global_reservations_lookup
            globally = not early and global_host is not None and global_host.classes
            # The classes of a global reservation count only where there is none in the subnet.
            if host is not None and (globally or (exchange.subnet.network is None and host.classes)):
                evaluator.with_reserved(query, host.classes)
    classes["KNOWN" if hosts else "UNKNOWN"] = None
    evaluator.after_hosts(query)
    if evaluator.server_logger.rank >= DBG_BASIC:
        evaluator.log_classes(query, exchange.label)
    if "DROP" in classes:
        return _drop_member(exchange, exchange.server.words.drop_class_late)
    return None


def _look_up(exchange: AnyExchange, subnet: Subnet) -> None:
    """Note the client's reservations in the subnets of its link, and its global one.

    A selected subnet whose flags leave out its own reservations may leave out those of the whole link with them; where
    nothing was looked up before, the client then is not known by any identifier either.
    """
    hosts = exchange.hosts
    own = subnet.reservations_in_subnet
    if not own:
        if exchange.config.early_global_reservations_lookup:
            return
        if exchange.server.words.selected_decides and not subnet.reservations_global:
            exchange.identifiers = ()
            return
    by_identifiers = exchange.config.hosts.by_identifiers
    identifiers = exchange.identifiers
    if subnet.reservations_global and GLOBAL not in hosts:
        host = by_identifiers(GLOBAL, identifiers)
        if host is not None:
            hosts[GLOBAL] = host
            if not own:
                return
    for member in subnets_to_try(subnet, exchange.query.classes):
        if member.reservations_in_subnet:
            host = by_identifiers(member.id, identifiers)
            if host is not None:
                hosts[member.id] = host


def add_reserved_classes(exchange: AnyExchange) -> None:
    """Add the classes of the reservation in the subnet that the leases came from.

    Only in a shared network, where that subnet was not known when classes were evaluated.
    """
    subnet = exchange.subnet
    if subnet is not None and subnet.network is not None and exchange.hosts:
        if exchange.global_host is None or not exchange.global_host.classes:
            host = exchange.host
            if host is not None:
                for name in host.classes:
                    exchange.query.classes[name] = None


def _drop_member(exchange: AnyExchange, message: Message) -> Outcome:
    """Drop a member of the class DROP."""
    if PACKETS.rank >= DBG_PACKET:
        PACKETS.log(message, exchange.label)
    return dropped(exchange, "class DROP")
