"""The client's name in DHCPv6: option 39. RFC 4704; ARM dhcpv6-d2-rules-config."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.request6 import Association
from kea_twisted.base.address import text6
from kea_twisted.base.labels import labels_text, pack_partial, unpack_labels
from kea_twisted.ddns.names import (
    FLAG_O,
    FLAG_S,
    REPLACES_MISSING,
    REPLACES_SENT,
    answer_flags,
    client_fqdn,
    generate,
    qualify,
)
from kea_twisted.ddns.updates import changes
from kea_twisted.family import V6
from kea_twisted.hooks.callout import CalloutHandle
from kea_twisted.leases.lease import IA_NA
from kea_twisted.log.logger import BAD_PACKETS, DDNS, HOOKS
from kea_twisted.log.message import DBG_BASIC, DBG_DETAIL, DBG_DETAIL_DATA, DBG_PACKET
from kea_twisted.log.messages.dhcp6 import (
    DHCP6_DDNS_FQDN_GENERATED,
    DHCP6_DDNS_GENERATE_FQDN,
    DHCP6_DDNS_GENERATED_FQDN_UPDATE_FAIL,
    DHCP6_DDNS_RECEIVE_FQDN,
    DHCP6_DDNS_RESPONSE_FQDN_DATA,
    DHCP6_HOOK_DDNS_UPDATE,
    DHCP6_PACKET_PROCESS_FAIL,
)
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import HookPoint
from kea_twisted.server.reception import dropped
from kea_twisted.server.v6.exchange import OPTION_FQDN, OPTION_IA_NA, OPTION_IAADDR, Exchange6
from kea_twisted.subnets.subnet import DdnsParameters
from kea_twisted.wire.v6 import SOLICIT, parse_ia, parse_iaaddr

FLAG_N: Final = 0x04
_FLAG_NAMES: Final = (("N", FLAG_N), ("O", FLAG_O), ("S", FLAG_S))

_NOWHERE: Final = DdnsParameters(send_updates=False, hostname_char_set="")
"""For a client without a subnet."""


def choose_name(exchange: Exchange6) -> Outcome | None:
    """Step: answer the client's name and note it for the leases; a name to be generated waits for an address."""
    subnet = exchange.subnet
    bodies = exchange.query.options.get(OPTION_FQDN)
    parameters = subnet.ddns if subnet is not None else _NOWHERE
    enabled = exchange.server.updates.enabled and parameters.send_updates
    if bodies is None and not enabled and not exchange.hosts:
        return None
    request = exchange.request
    host = exchange.host
    if request is not None and (host is not None or exchange.hosts):
        request.qualify = _qualify_whole if bodies is not None else _qualify_partial
    if bodies is not None:
        if DDNS.rank >= DBG_DETAIL:
            DDNS.log(DHCP6_DDNS_RECEIVE_FQDN, exchange.label, _option_text(bodies[0]))
        sent = bodies[0][0]
        labels, _after, _terminated = unpack_labels(bodies[0], 1)
        # Kea takes a zero octet at the end of the option for the end of a whole name.
        name = client_fqdn(labels, len(bodies[0]) > 1 and not bodies[0][-1], parameters)
    else:
        if not enabled or parameters.replace_client_name not in REPLACES_MISSING:
            if request is not None and host is not None:
                request.hostname = host.hostname
            return None
        if DDNS.rank >= DBG_DETAIL:
            DDNS.log(DHCP6_DDNS_GENERATE_FQDN, exchange.label)
        sent = FLAG_S
        name = ""
    flags = answer_flags(sent, FLAG_N, parameters, enabled)
    if flags is None:
        return None
    if host is not None and host.hostname:
        name = _qualify_whole(parameters, host.hostname).lower()
    elif parameters.replace_client_name in REPLACES_SENT:
        name = ""
    try:
        body = _body(flags, name)
    except ValueError as error:
        return _unanswered(exchange, str(error))
    if request is not None:
        request.hostname = name
        request.fqdn_fwd = bool(flags & FLAG_S)
        request.fqdn_rev = not flags & FLAG_N
    if DDNS.rank >= DBG_DETAIL:
        DDNS.log(DHCP6_DDNS_RESPONSE_FQDN_DATA, exchange.label, _option_text(body))
    exchange.options[OPTION_FQDN] = [body]
    return None


def _option_text(body: bytes) -> str:
    """Return an option 39 for the log; the name has a dot at the end if it is whole."""
    flags = " ".join(f"{letter}={int(bool(body[0] & bit))}" for letter, bit in _FLAG_NAMES)
    labels, _after, whole = unpack_labels(body, 1)
    return f"flags {flags}, name '{labels_text(labels, whole)}'"


def _unanswered(exchange: Exchange6, reason: str) -> Outcome:
    """Drop a query whose name is none, or nothing is left of it after cleaning."""
    if BAD_PACKETS.rank >= DBG_BASIC:
        query = exchange.query
        BAD_PACKETS.log(DHCP6_PACKET_PROCESS_FAIL, query.name, text6(query.remote_address), reason)
    return dropped(exchange, "a name that is no domain name")


def _qualify_whole(parameters: DdnsParameters, name: str) -> str:
    """Return the domain name of a reserved host name, for the lease of a client that speaks of domain names."""
    return qualify(name.rstrip("."), parameters, True)


def _qualify_partial(parameters: DdnsParameters, name: str) -> str:
    """Return a reserved host name with the suffix, for the lease of a client that sent no name."""
    return qualify(name.rstrip("."), parameters, False)


def _body(flags: int, name: str) -> bytes:
    """Return the body of option 39. ValueError if *name* is no domain name."""
    return bytes((flags,)) + (b"\0" if name == "." else pack_partial(name))


def move_name(exchange: Exchange6) -> Outcome | None:
    """Step: the leases may come from another subnet of the network than was selected, where other names apply."""
    request = exchange.request
    if request is None or request.subnet is request.selected:
        return None
    before = (request.hostname, request.fqdn_fwd, request.fqdn_rev)
    exchange.options.pop(OPTION_FQDN, None)
    outcome = choose_name(exchange)
    if outcome is not None:
        return outcome
    if request.fake or before == (request.hostname, request.fqdn_fwd, request.fqdn_rev):
        return None
    for association in exchange.associations:
        for place, lease in enumerate(association.leases):
            if (
                lease.hostname != request.hostname
                or lease.fqdn_fwd != request.fqdn_fwd
                or lease.fqdn_rev != request.fqdn_rev
            ):
                _rename(exchange, association, place, request.hostname)
    return None


def _rename(exchange: Exchange6, association: Association, place: int, name: str) -> None:
    """Store a lease of the reply under another name; one that was to stay as it was gets what is left of its time."""
    request = exchange.request
    assert request is not None
    lease = association.leases[place].copy()
    if exchange.server.store.leases.get(lease.lease_type, lease.address) is None:
        return  # a later IA of the same query has taken it away
    lease.hostname = name
    lease.fqdn_fwd = request.fqdn_fwd
    lease.fqdn_rev = request.fqdn_rev
    left = association.remaining.get(lease.address)
    if left is not None:
        lease.preferred_lifetime, lease.valid_lifetime = left
    exchange.server.store.leases.update(lease)
    association.leases[place] = lease


def complete_name(exchange: Exchange6) -> Outcome | None:
    """Step: now that the leases are known, take the name of their reservation, or generate one (not for a SOLICIT)."""
    request = exchange.request
    bodies = exchange.options.get(OPTION_FQDN)
    subnet = exchange.subnet
    if bodies is not None and exchange.hosts and subnet is not None:
        host = exchange.host
        if host is not None and host.hostname:
            exchange.options[OPTION_FQDN] = [_body(bodies[0][0], _qualify_whole(subnet.ddns, host.hostname).lower())]
            return None
    if bodies is None or len(bodies[0]) > 1 or request is None or subnet is None:
        return None
    if exchange.query.message_type == SOLICIT:
        return None  # not even with rapid commit
    address = _first_address(exchange)
    if address is None:
        return None
    name = generate(address, V6, subnet.ddns, True)
    if DDNS.rank >= DBG_DETAIL_DATA:
        DDNS.log(DHCP6_DDNS_FQDN_GENERATED, exchange.label, name)
    for association in exchange.associations:
        for place, lease in enumerate(association.leases):
            if lease.address == address and exchange.server.store.leases.get(IA_NA, address) is not None:
                exchange.options[OPTION_FQDN] = [_body(bodies[0][0], name.lower())]
                _rename(exchange, association, place, name)
                return None
    # A later IA of the same query has taken the address away.
    DDNS.log(DHCP6_DDNS_GENERATED_FQDN_UPDATE_FAIL, exchange.label, text6(address), name)
    return None


def _first_address(exchange: Exchange6) -> int | None:
    """Return the first address in the first IA_NA of the reply, be it granted or withdrawn; None if there is none."""
    bodies = exchange.options.get(OPTION_IA_NA)
    found = parse_ia(bodies[0]).options.get(OPTION_IAADDR) if bodies else None
    return parse_iaaddr(found[0])[0] if found else None


def update_dns(exchange: Exchange6) -> Outcome | None:
    """Step: have DNS told of the leases. A name has the entries of one address, that of the first IA that changed.

    Where the subnet sends no updates, former entries stay as they are, too.
    """
    updates = exchange.server.updates
    request = exchange.request
    if not updates.enabled or request is None or request.fake:
        return None
    parameters = request.subnet.ddns
    if not parameters.send_updates:
        return None
    answered = exchange.options.get(OPTION_FQDN)
    if answered is not None and len(answered[0]) <= 1:
        return _unanswered(exchange, "there is no address to make the client's name of")  # as in Kea
    added = False
    for association in exchange.associations:
        if association.kind != IA_NA:
            continue
        for lease in association.leases:
            former = association.former.get(lease.address)
            if former is not None:
                same = not changes(former, lease) and former.hostname == lease.hostname
                if same and not parameters.update_on_renew:
                    continue
                updates.remove(former)
            if not added:
                updates.add(lease, parameters.use_conflict_resolution)
                added = True
    return None


def _update_arguments(exchange: Exchange6) -> list[dict[str, object]]:
    """Return the arguments of ddns6_update; only for answers with a name."""
    request, subnet = exchange.request, exchange.subnet
    if request is None or subnet is None or OPTION_FQDN not in exchange.options:
        return []
    return [
        {
            "query6": exchange.query,
            "response6": exchange.reply,
            "subnet6": subnet,
            "hostname": request.hostname,
            "fwd-update": request.fqdn_fwd,
            "rev-update": request.fqdn_rev,
            "ddns-params": subnet.ddns,
        }
    ]


def _update_settle(exchange: Exchange6, handle: CalloutHandle) -> Outcome | None:
    """Take over what the callouts made of the name and the directions, into the answer as well."""
    request = exchange.request
    assert request is not None
    before = request.hostname, request.fqdn_fwd, request.fqdn_rev
    after = str(handle["hostname"]), bool(handle["fwd-update"]), bool(handle["rev-update"])
    if after == before:
        return None
    if HOOKS.rank >= DBG_PACKET:
        HOOKS.log(DHCP6_HOOK_DDNS_UPDATE, before[0], after[0], before[1], after[1], before[2], after[2])
    name, request.fqdn_fwd, request.fqdn_rev = after
    request.hostname = name if not name or name.endswith(".") else name + "."
    flags = exchange.options[OPTION_FQDN][0][0]
    if not request.fqdn_fwd and not request.fqdn_rev:
        flags = flags & ~FLAG_S | FLAG_N
    exchange.options[OPTION_FQDN] = [_body(flags, request.hostname)]
    return None


DDNS6_UPDATE: Final[HookPoint[Exchange6]] = HookPoint("ddns6_update", _update_arguments, _update_settle)
