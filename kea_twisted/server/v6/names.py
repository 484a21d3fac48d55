"""The client's name in DHCPv6: option 39. RFC 4704; ARM dhcpv6-d2-rules-config."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.v6 import current_host
from kea_twisted.base.labels import pack_partial, unpack_partial
from kea_twisted.ddns.names import (
    FLAG_S,
    REPLACES_MISSING,
    REPLACES_SENT,
    answer_flags,
    generate,
    qualify,
    sanitize_labels,
)
from kea_twisted.errors import WireError
from kea_twisted.family import V6
from kea_twisted.leases.lease import IA_NA
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.v6.exchange import OPTION_FQDN, Exchange6
from kea_twisted.wire.v6 import REPLY

FLAG_N: Final = 0x04


def choose_name(exchange: Exchange6) -> Outcome | None:
    """Step: answer the client's name and note it for the leases; a name to be generated waits for an address."""
    subnet = exchange.subnet
    bodies = exchange.query.options.get(OPTION_FQDN)
    if subnet is None and bodies is None:
        return None
    parameters = subnet.ddns if subnet is not None else exchange.config.ddns
    enabled = exchange.config.ddns_enabled and parameters.send_updates
    request = exchange.request
    host = current_host(subnet, exchange.hosts)
    if bodies is not None:
        sent = bodies[0][0]
        name = unpack_partial(bodies[0][1:]).lower()
    else:
        if not enabled or parameters.replace_client_name not in REPLACES_MISSING:
            if request is not None and host is not None and host.hostname:
                request.hostname = qualify(host.hostname, parameters, False).lower()
            return None
        sent = FLAG_S
        name = ""
    flags = answer_flags(sent, FLAG_N, parameters, enabled)
    if flags is None:
        return None
    if host is not None and host.hostname:
        name = qualify(host.hostname, parameters, True).lower()
    elif parameters.replace_client_name in REPLACES_SENT:
        name = ""
    elif name and name != ".":
        partial = not name.endswith(".")
        name = sanitize_labels(name, parameters)
        name = qualify(name, parameters, True) if partial else name
    if request is not None:
        request.hostname = name
        request.fqdn_fwd = bool(flags & FLAG_S)
        request.fqdn_rev = not flags & FLAG_N
    exchange.options[OPTION_FQDN] = [_body(flags, name)]
    return None


def _body(flags: int, name: str) -> bytes:
    """Return the body of option 39."""
    try:
        return bytes((flags,)) + (b"\0" if name == "." else pack_partial(name))
    except (ValueError, WireError):
        return bytes((flags,))


def complete_name(exchange: Exchange6) -> Outcome | None:
    """Step: generate the name that waited for an address, in the reply and in the leases."""
    request = exchange.request
    bodies = exchange.options.get(OPTION_FQDN)
    subnet = exchange.subnet
    if bodies is None or len(bodies[0]) > 1 or request is None or subnet is None:
        return None
    for association in exchange.associations:
        if association.kind != IA_NA or not association.leases:
            continue
        lease = association.leases[0]
        name = generate(lease.address, V6, subnet.ddns, True)
        exchange.options[OPTION_FQDN] = [_body(bodies[0][0], name)]
        if exchange.reply is not None and exchange.reply.message_type == REPLY:
            named = lease.copy()
            named.hostname = name
            exchange.server.store.leases.update(named)
            association.leases[0] = named
        break
    return None
