"""The client's name in DHCPv4: option 81, else option 12. RFC 4702, RFC 2132 §3.14."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kea_twisted.base.labels import labels_text, pack_name, parse_labels, unpack_labels
from kea_twisted.ddns.names import (
    FLAG_E,
    FLAG_O,
    FLAG_S,
    GENERATE,
    REPLACES_MISSING,
    REPLACES_SENT,
    answer_flags,
    client_fqdn,
    generate,
    host_name,
    qualify,
)
from kea_twisted.errors import WireError
from kea_twisted.family import V4
from kea_twisted.hooks.callout import CalloutHandle
from kea_twisted.log.logger import DDNS, HOOKS
from kea_twisted.log.message import DBG_DETAIL, DBG_DETAIL_DATA, DBG_PACKET
from kea_twisted.log.messages.dhcp4 import (
    DHCP4_CLIENT_FQDN_DATA,
    DHCP4_CLIENT_FQDN_PROCESS,
    DHCP4_CLIENT_HOSTNAME_DATA,
    DHCP4_CLIENT_HOSTNAME_MALFORMED,
    DHCP4_CLIENT_HOSTNAME_PROCESS,
    DHCP4_CLIENT_NAME_PROC_FAIL,
    DHCP4_EMPTY_HOSTNAME,
    DHCP4_GENERATE_FQDN,
    DHCP4_HOOK_DDNS_UPDATE,
    DHCP4_RESERVED_HOSTNAME_ASSIGNED,
    DHCP4_RESPONSE_FQDN_DATA,
    DHCP4_RESPONSE_HOSTNAME_DATA,
    DHCP4_RESPONSE_HOSTNAME_GENERATE,
)
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import HookPoint
from kea_twisted.server.v4.exchange import OPTION_FQDN, OPTION_HOST_NAME, Exchange4
from kea_twisted.subnets.v4 import Subnet4

FLAG_N: Final = 0x08
_FLAG_NAMES: Final = (("N", FLAG_N), ("E", FLAG_E), ("O", FLAG_O), ("S", FLAG_S))


def choose_name(exchange: Exchange4) -> Outcome | None:
    """Step: answer the client's name and note it for the lease; a name to be generated waits for the address."""
    options = exchange.query.options
    subnet = exchange.subnet
    if subnet is None:
        return None
    if OPTION_FQDN in options:
        _answer_fqdn(exchange, options[OPTION_FQDN])
        return None
    _answer_host_name(exchange, subnet)
    return None


def _answer_host_name(exchange: Exchange4, subnet: Subnet4) -> None:
    """Answer option 12, or its absence: the reserved name, else the client's, or one that is left to generate."""
    request = exchange.request
    assert request is not None
    parameters = subnet.ddns
    detailed = DDNS.rank >= DBG_DETAIL
    if detailed:
        DDNS.log(DHCP4_CLIENT_HOSTNAME_PROCESS, exchange.label)
    # As in Kea, an option of nothing but zeros is none.
    sent = exchange.query.options.get(OPTION_HOST_NAME, b"").rstrip(b"\0")
    if sent and DDNS.rank >= DBG_DETAIL_DATA:
        DDNS.log(DHCP4_CLIENT_HOSTNAME_DATA, exchange.label, _text(sent))
    host = exchange.host if exchange.hosts else None
    if host is not None and host.hostname:
        name: str | None = qualify(host.hostname, parameters, False).lower()
        if DDNS.rank >= DBG_DETAIL_DATA:
            DDNS.log(DHCP4_RESERVED_HOSTNAME_ASSIGNED, exchange.label, name)
    elif sent:
        name = host_name(sent, parameters)
        if detailed:
            _say_answered(exchange, sent, name)
    else:
        if parameters.replace_client_name not in REPLACES_MISSING:
            return
        name = GENERATE
        if DDNS.rank >= DBG_DETAIL_DATA:
            DDNS.log(DHCP4_GENERATE_FQDN, exchange.label)
    if not name:
        return
    exchange.options[OPTION_HOST_NAME] = name.encode("utf-8", "surrogateescape")
    request.hostname = name
    request.fqdn_fwd = request.fqdn_rev = exchange.server.updates.enabled and parameters.send_updates


def _say_answered(exchange: Exchange4, sent: bytes, name: str | None) -> None:
    """Say which *name* answers the one that the client *sent*, or why none does."""
    if name is None:
        message = DHCP4_CLIENT_HOSTNAME_MALFORMED if sent.strip() else DHCP4_EMPTY_HOSTNAME
        DDNS.log(message, *(exchange.label, _text(sent))[: message.places])
    elif DDNS.rank >= DBG_DETAIL_DATA:
        if name:
            DDNS.log(DHCP4_RESPONSE_HOSTNAME_DATA, exchange.label, name)
        else:
            DDNS.log(DHCP4_CLIENT_NAME_PROC_FAIL, exchange.label, "nothing is left of it after cleaning")


def _text(octets: bytes) -> str:
    return octets.decode("ascii", "backslashreplace")


def rename(exchange: Exchange4) -> None:
    """Choose the name again, because the lease came from another subnet of the link, with parameters of its own."""
    exchange.options.pop(OPTION_HOST_NAME, None)
    exchange.options.pop(OPTION_FQDN, None)
    request, choice = exchange.request, exchange.choice
    assert request is not None and choice is not None
    if request.hostname == GENERATE:
        request.hostname = ""  # other names stay unless another one takes their place
    choose_name(exchange)
    choice.lease.hostname = request.hostname
    choice.lease.fqdn_fwd = request.fqdn_fwd
    choice.lease.fqdn_rev = request.fqdn_rev


def problem(options: Mapping[int, bytes]) -> str:
    """Return why the FQDN option of a query cannot be understood, "" if it can or there is none. RFC 4702 §2."""
    body = options.get(OPTION_FQDN)
    if body is None:
        return ""
    if body[0] & FLAG_S and body[0] & FLAG_N:
        return "flags S and N both set in the FQDN option"
    try:
        _sent_labels(body)
    except (WireError, ValueError) as error:
        return str(error)
    return ""


def _sent_labels(body: bytes) -> tuple[tuple[bytes, ...], bool]:
    """Return the labels of the name in an FQDN option, and whether it is whole. Raises WireError or ValueError."""
    octets = body[3:]
    if not octets:
        return (), False
    if not body[0] & FLAG_E:
        return parse_labels(octets.decode("utf-8", "surrogateescape"))
    labels, _end, _absolute = unpack_labels(octets)
    # Kea takes the last octet for what tells a partial name, even if the name has ended before.
    return labels, octets.endswith(b"\0")


def _answer_fqdn(exchange: Exchange4, body: bytes) -> None:
    """Answer option 81: flags by the client's wish and the configuration, the name qualified or left to generate."""
    subnet = exchange.subnet
    request = exchange.request
    assert subnet is not None and request is not None
    parameters = subnet.ddns
    if DDNS.rank >= DBG_DETAIL:
        DDNS.log(DHCP4_CLIENT_FQDN_PROCESS, exchange.label)
        if DDNS.rank >= DBG_DETAIL_DATA:
            DDNS.log(DHCP4_CLIENT_FQDN_DATA, exchange.label, _fqdn_text(body[0], labels_text(*_sent_labels(body))))
    sent = body[0]
    enabled = exchange.server.updates.enabled and parameters.send_updates
    flags = answer_flags(sent, FLAG_N, parameters, enabled)
    if flags is None:
        return
    labels, absolute = _sent_labels(body)
    host = exchange.host if exchange.hosts else None
    if host is not None and host.hostname:
        name = qualify(host.hostname, parameters, True).lower()
    elif parameters.replace_client_name in REPLACES_SENT or not (labels or absolute):
        name = GENERATE
    else:
        name = client_fqdn(labels, absolute, parameters)
    try:
        answered = _fqdn_body(flags | sent & FLAG_E, body[1:3], name)
    except ValueError:
        return  # nothing is left of the name that could be written
    exchange.options[OPTION_FQDN] = answered
    request.hostname = name
    request.fqdn_fwd = bool(flags & FLAG_S)
    request.fqdn_rev = not flags & FLAG_N
    if DDNS.rank >= DBG_DETAIL_DATA:
        DDNS.log(DHCP4_RESPONSE_FQDN_DATA, exchange.label, _fqdn_text(answered[0], name))


def _fqdn_text(flags: int, name: str) -> str:
    """Return an FQDN option for the log; the name has a dot at the end if it is whole."""
    bits = " ".join(f"{letter}={int(bool(flags & bit))}" for letter, bit in _FLAG_NAMES)
    return f"flags {bits}, name '{name}'"


def _fqdn_body(flags: int, rcodes: bytes, name: str) -> bytes:
    """Return the body of option 81; ValueError if *name* is none. The two RCODE octets come back as they were sent."""
    wire = b"" if name == GENERATE else pack_name(name)
    return bytes((flags,)) + rcodes + (wire if flags & FLAG_E else name.encode("utf-8", "surrogateescape"))


def complete_name(exchange: Exchange4) -> None:
    """Generate the name that waited for the address, in the lease and in the reply."""
    choice = exchange.choice
    subnet = exchange.subnet
    if choice is None or subnet is None or choice.lease.hostname != GENERATE:
        return
    fqdn = exchange.options.get(OPTION_FQDN)
    name = generate(choice.lease.address, V4, subnet.ddns, fqdn is not None)
    choice.lease.hostname = name
    if DDNS.rank >= DBG_DETAIL:
        DDNS.log(DHCP4_RESPONSE_HOSTNAME_GENERATE, exchange.label, name)
    if fqdn is not None:
        exchange.options[OPTION_FQDN] = _fqdn_body(fqdn[0], fqdn[1:3], name)
    else:
        exchange.options[OPTION_HOST_NAME] = name.encode("utf-8", "surrogateescape")


def _decided(exchange: Exchange4) -> tuple[str, bool, bool]:
    """Return what goes to DNS: the name, "" if it waits for the address, and the directions."""
    request = exchange.request
    assert request is not None
    return "" if request.hostname == GENERATE else request.hostname, request.fqdn_fwd, request.fqdn_rev


def _update_arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return the arguments of ddns4_update."""
    subnet = exchange.subnet
    if exchange.request is None or subnet is None:
        return []
    name, forward, reverse = _decided(exchange)
    return [
        {
            "query4": exchange.query,
            "response4": exchange.reply,
            "subnet4": subnet,
            "hostname": name,
            "fwd-update": forward,
            "rev-update": reverse,
            "ddns-params": subnet.ddns,
        }
    ]


def _update_settle(exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """Take over what the callouts made of the name and the directions, into the answer as well."""
    request = exchange.request
    assert request is not None
    before = _decided(exchange)
    after = str(handle["hostname"]), bool(handle["fwd-update"]), bool(handle["rev-update"])
    if after == before:
        return None
    if HOOKS.rank >= DBG_PACKET:
        HOOKS.log(DHCP4_HOOK_DDNS_UPDATE, before[0], after[0], before[1], after[1], before[2], after[2])
    name, request.fqdn_fwd, request.fqdn_rev = after
    options = exchange.options
    request.hostname = name or (GENERATE if OPTION_FQDN in options or OPTION_HOST_NAME in options else "")
    if OPTION_HOST_NAME in options:
        options[OPTION_HOST_NAME] = request.hostname.encode("utf-8", "surrogateescape")
    body = options.get(OPTION_FQDN)
    if body is not None:
        flags = body[0]
        if not request.fqdn_fwd and not request.fqdn_rev:
            flags = flags & ~FLAG_S | FLAG_N
        full = request.hostname if not name or name.endswith(".") else name + "."
        try:
            options[OPTION_FQDN] = _fqdn_body(flags, body[1:3], full)
        except ValueError:
            del options[OPTION_FQDN]  # the callout's name cannot be written
    return None


DDNS4_UPDATE: Final[HookPoint[Exchange4]] = HookPoint("ddns4_update", _update_arguments, _update_settle)
