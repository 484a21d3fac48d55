"""Leases in answers: what the allocation engine is asked for each IA, and what the reply says of it.

Used by SOLICIT, REQUEST, RENEW and REBIND. RFC 8415 §18.3; ARM dhcp6-t1-t2-times, lease-caching, pd-exclude-option.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import Any, Final

from kea_twisted.alloc.engine import members
from kea_twisted.alloc.request6 import Association, Choice, Choices, Hint, Kind, Request6
from kea_twisted.base.address import text6
from kea_twisted.base.lifetimes import INFINITE, Triplet
from kea_twisted.base.octets import colon_hex
from kea_twisted.hooks.callout import SKIP, CalloutHandle
from kea_twisted.leases.lease import IA_NA, IA_PD, Lease6
from kea_twisted.log.logger import BAD_PACKETS, DHCPSRV, LEASES, PACKETS
from kea_twisted.log.message import DBG_BASIC, DBG_BASIC_DATA, DBG_DETAIL, DBG_DETAIL_DATA, INFO
from kea_twisted.log.messages.dhcp6 import (
    DHCP6_LEASE_ADVERT,
    DHCP6_LEASE_ADVERT_FAIL,
    DHCP6_LEASE_ALLOC,
    DHCP6_LEASE_ALLOC_FAIL,
    DHCP6_LEASE_DATA,
    DHCP6_LEASE_RENEW,
    DHCP6_LEASE_REUSE,
    DHCP6_PACKET_PROCESS_FAIL,
    DHCP6_PD_LEASE_ADVERT,
    DHCP6_PD_LEASE_ADVERT_FAIL,
    DHCP6_PD_LEASE_ALLOC,
    DHCP6_PD_LEASE_ALLOC_FAIL,
    DHCP6_PD_LEASE_RENEW,
    DHCP6_PD_LEASE_REUSE,
    DHCP6_PROCESS_IA_NA_EXTEND,
    DHCP6_PROCESS_IA_NA_REQUEST,
    DHCP6_PROCESS_IA_PD_EXTEND,
    DHCP6_PROCESS_IA_PD_REQUEST,
    DHCP6_SUBNET_DYNAMICALLY_CHANGED,
)
from kea_twisted.log.messages.dhcpsrv import DHCPSRV_HOOK_LEASE6_EXTEND_SKIP, DHCPSRV_HOOK_LEASE6_SELECT_SKIP
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.procedure import Call, Course, Procedure
from kea_twisted.server.reception import dropped
from kea_twisted.server.v6.exchange import (
    OPTION_IA_NA,
    OPTION_IA_PD,
    OPTION_IAADDR,
    OPTION_IAPREFIX,
    OPTION_PD_EXCLUDE,
    OPTION_REQUEST_LIST,
    Exchange6,
)
from kea_twisted.server.v6.extended_info import remember_relays
from kea_twisted.server.v6.hwaddr import find_hwaddr
from kea_twisted.server.v6.status import say_status
from kea_twisted.server.v6.timers import agree, timers
from kea_twisted.subnets.pool import PdPool
from kea_twisted.subnets.v6 import Subnet6
from kea_twisted.wire.v6 import (
    ADVERTISE,
    NO_ADDRS_AVAIL,
    NO_BINDING,
    NO_PREFIX_AVAIL,
    REBIND,
    RENEW,
    Ia6,
    build_ia,
    build_iaaddr,
    build_iaprefix,
    build_status,
    parse_iaaddr,
    parse_iaprefix,
)

_PD_EXCLUDE: Final = OPTION_PD_EXCLUDE.to_bytes(2, "big")
_NO_SUBNET_NA: Final = build_status(NO_ADDRS_AVAIL, "Server could not select subnet for this client")
_NO_SUBNET_PD: Final = build_status(NO_PREFIX_AVAIL, "Sorry, no subnet available.")
_NOTHING_NA: Final = build_status(NO_ADDRS_AVAIL, "Sorry, no address could be allocated.")
_NOTHING_PD: Final = build_status(NO_PREFIX_AVAIL, "Sorry, no prefixes could be allocated.")
_UNKNOWN_NA: Final = build_status(NO_BINDING, "Sorry, no known leases for this duid/iaid.")
_UNKNOWN_PD: Final = build_status(NO_BINDING, "Sorry, no known PD leases for this duid/iaid.")
_NOT_EXTENDED_NA: Final = build_status(NO_ADDRS_AVAIL, "Sorry, no addresses could be assigned at this time.")
_NOT_EXTENDED_PD: Final = build_status(NO_PREFIX_AVAIL, "Sorry, no prefixes could be assigned at this time.")
"""Status options as Kea words them, octet for octet: scripts look at clients' logs."""

_LEASE_TYPES: Final = {OPTION_IA_NA: IA_NA, OPTION_IA_PD: IA_PD}


def make_request(exchange: Exchange6) -> Outcome | None:
    """Step: say what the client wants, for the allocation engine. Without a subnet there is nothing to ask."""
    subnet = exchange.subnet
    if subnet is None:
        return None
    query = exchange.query
    server = exchange.server
    reply = exchange.reply
    assert reply is not None
    fake = reply.message_type == ADVERTISE
    exchange.request = request = Request6(
        subnet, query.classes, exchange.client_id, exchange.hosts, exchange.now, fake, query
    )
    callouts = server.callouts
    request.asks_select = callouts.has("lease6_select")
    if not fake or request.asks_select:
        request.hwaddr = find_hwaddr(exchange)
        request.hwtype = exchange.hwtype
        request.hwaddr_source = exchange.hwaddr_source
    if server.classes_with_lifetimes:
        _limit_by_classes(exchange, request)
    if query.relays:
        request.remember = partial(remember_relays, query.relays, server.forms.definitions)
    kind = query.message_type
    if kind == RENEW or kind == REBIND:
        request.asks_extend = callouts.has("lease6_renew" if kind == RENEW else "lease6_rebind")
    return None


def _limit_by_classes(exchange: Exchange6, request: Request6) -> None:
    """Take each lifetime of the first of the query's classes that has one."""
    limited = exchange.server.classes_with_lifetimes
    preferred: Triplet | None = None
    valid: Triplet | None = None
    for name in exchange.query.classes:
        found = limited.get(name)
        if found is not None:
            preferred = preferred or found[0]
            valid = valid or found[1]
    request.class_preferred = preferred
    request.class_valid = valid


def _association(code: int, ia: Ia6) -> Association:
    """Return what the engine is asked for an IA: addresses and prefixes in it are wishes."""
    if not ia.options:
        hints = []
    elif code == OPTION_IA_PD:
        hints = [Hint(*parse_iaprefix(body)) for body in ia.options.get(OPTION_IAPREFIX, ()) if body[8] <= 128]
    else:
        hints = []
        for body in ia.options.get(OPTION_IAADDR, ()):
            address, preferred, valid = parse_iaaddr(body)
            hints.append(Hint(address, 128, preferred, valid))
    return Association(_LEASE_TYPES[code], ia.iaid, hints)


def _decide(exchange: Exchange6, choices: Choices, ia: Ia6) -> Generator[Call, CalloutHandle, None]:
    """Carry out the engine's choices, each after the callouts that want to see it."""
    request = exchange.request
    assert request is not None
    try:
        choice = next(choices)
        while True:
            point, arguments = _call(exchange, request, choice, ia)
            handle = yield point, arguments
            if handle.status == SKIP:
                if choice.kind is Kind.EXTENDED:
                    DHCPSRV.log(DHCPSRV_HOOK_LEASE6_EXTEND_SKIP, exchange.query.name)
                else:
                    DHCPSRV.log(DHCPSRV_HOOK_LEASE6_SELECT_SKIP)
                choice = choices.send(False)
            else:
                choice.lease = handle["lease6"]
                choice = choices.send(True)
    except StopIteration:
        return


def _call(exchange: Exchange6, request: Request6, choice: Choice, ia: Ia6) -> Call:
    """Return the hook point for a choice, and its arguments."""
    arguments: dict[str, Any] = {"query6": exchange.query, "lease6": choice.lease}
    if choice.kind is not Kind.EXTENDED:
        arguments["subnet6"] = request.subnet
        arguments["fake_allocation"] = request.fake
        return "lease6_select", arguments
    arguments["ia_pd" if choice.lease.lease_type == IA_PD else "ia_na"] = ia
    return "lease6_renew" if exchange.query.message_type == RENEW else "lease6_rebind", arguments


def _assign(exchange: Exchange6) -> Course:
    """Answer each IA of a SOLICIT or REQUEST."""
    request = exchange.request
    if request is None:
        for code, ia in exchange.ias:
            if LEASES.rank >= DBG_DETAIL:
                _log_wish(exchange, code, _association(code, ia))
            status = _NO_SUBNET_PD if code == OPTION_IA_PD else _NO_SUBNET_NA
            say_status(exchange, ia.iaid, status)
            exchange.add(code, build_ia(ia.iaid, 0, 0, status))
        return None
    engine = exchange.server.engine
    selected = request.subnet
    for code, ia in exchange.ias:
        association = _association(code, ia)
        if LEASES.rank >= DBG_DETAIL:
            _log_wish(exchange, code, association)
        choices = engine.allocate(request, association)
        if request.asks_select:
            yield from _decide(exchange, choices, ia)
        else:
            for _choice in choices:
                pass
        exchange.subnet = request.subnet
        exchange.associations.append(association)
        exchange.add(code, _answer_assigned(exchange, request, code, association))
    if len(exchange.associations) > 1:
        agree(exchange.options, exchange.associations)
    _log_moved(exchange, selected)
    return None


def _answer_assigned(exchange: Exchange6, request: Request6, code: int, association: Association) -> bytes:
    """Return the body of the IA that answers one of a SOLICIT or REQUEST."""
    leases = association.leases
    if not leases:
        if LEASES.rank >= DBG_DETAIL:
            failures = (DHCP6_LEASE_ADVERT_FAIL, DHCP6_PD_LEASE_ADVERT_FAIL)
            if not request.fake:
                failures = (DHCP6_LEASE_ALLOC_FAIL, DHCP6_PD_LEASE_ALLOC_FAIL)
            LEASES.log(failures[code == OPTION_IA_PD], exchange.label, association.iaid)
        status = _NOTHING_PD if code == OPTION_IA_PD else _NOTHING_NA
        say_status(exchange, association.iaid, status)
        return build_ia(association.iaid, 0, 0, status)
    if LEASES.rank >= INFO:
        for lease in leases:
            _log_lease(exchange, request, association, lease, False)
    if code == OPTION_IA_NA and len(leases) > 1:
        leases = leases[:1]
    return _granted(exchange, request.subnet, association, leases, b"")


def _granted(
    exchange: Exchange6, subnet: Subnet6, association: Association, leases: list[Lease6], withdrawn: bytes
) -> bytes:
    """Return the body of an IA with *leases* and the packed options *withdrawn*; T1 and T2 by the shortest lease.

    A preferred lifetime of 0 counts only if there is no other.
    """
    options = b""
    shortest = 0
    remaining = association.remaining
    for lease in leases:
        preferred, valid = lease.preferred_lifetime, lease.valid_lifetime
        if remaining and lease.address in remaining:
            preferred, valid = remaining[lease.address]
        if not shortest or 0 < preferred < shortest:
            shortest = preferred
        if lease.lease_type == IA_PD:
            excluded = _excluded(exchange, subnet, lease)
            options += build_iaprefix(lease.address, lease.prefix_length, preferred, valid, excluded)
        else:
            options += build_iaaddr(lease.address, preferred, valid)
    return build_ia(association.iaid, *timers(subnet, shortest), options + withdrawn)


def _excluded(exchange: Exchange6, subnet: Subnet6, lease: Lease6) -> bytes:
    """Return the PD_EXCLUDE option for a delegated prefix, b"" if its pool excludes none or the client asks for none.

    RFC 6603 §4.2: the length of the excluded prefix, then its bits after those of the delegated one, left-justified.
    """
    requested = exchange.query.options.get(OPTION_REQUEST_LIST)
    if not requested:
        return b""
    codes = requested[0]
    if _PD_EXCLUDE not in codes or _PD_EXCLUDE not in (codes[at : at + 2] for at in range(0, len(codes), 2)):
        return b""
    for member in members(subnet):
        if member.id == lease.subnet_id:
            for pool in member.pd_pools:
                if pool.first <= lease.address <= pool.last:
                    return exclude_option(pool) if pool.excluded is not None else b""
    return b""


def exclude_option(pool: PdPool) -> bytes:
    """Return the whole PD_EXCLUDE option of a pool that has an excluded prefix."""
    assert pool.excluded is not None
    first, length = pool.excluded
    bits = length - pool.delegated_length
    octets = (bits + 7) // 8
    subnet_id = (first >> (128 - length) & ((1 << bits) - 1)) << (octets * 8 - bits)
    body = bytes((length,)) + subnet_id.to_bytes(octets, "big")
    return _PD_EXCLUDE + len(body).to_bytes(2, "big") + body


def _extend(exchange: Exchange6) -> Course:
    """Answer each IA of a RENEW or REBIND."""
    request = exchange.request
    query = exchange.query
    if request is None:
        for code, ia in exchange.ias:
            _log_extending(exchange, code, ia)
            if code == OPTION_IA_PD and query.message_type == REBIND:
                return _unanswered(exchange, ia)
            status = _UNKNOWN_PD if code == OPTION_IA_PD else _UNKNOWN_NA
            say_status(exchange, ia.iaid, status)
            exchange.add(code, build_ia(ia.iaid, 0, 0, status))
        return None
    engine = exchange.server.engine
    selected = request.subnet
    asks = request.asks_extend or request.asks_select
    for code, ia in exchange.ias:
        association = _association(code, ia)
        _log_extending(exchange, code, ia)
        choices = engine.extend(request, association)
        if asks:
            yield from _decide(exchange, choices, ia)
        else:
            for _choice in choices:
                pass
        exchange.subnet = request.subnet
        exchange.associations.append(association)
        exchange.add(code, _answer_extended(exchange, request, code, association))
    if len(exchange.associations) > 1:
        agree(exchange.options, exchange.associations)
    _log_moved(exchange, selected)
    return None


def _unanswered(exchange: Exchange6, ia: Ia6) -> Outcome:
    """Drop a REBIND for a prefix from a link without subnet: another server may know better. RFC 8415 §18.3.5."""
    if BAD_PACKETS.rank >= DBG_BASIC:
        BAD_PACKETS.log(
            DHCP6_PACKET_PROCESS_FAIL,
            exchange.query.name,
            text6(exchange.query.remote_address),
            f"no subnet for the prefix of DUID {colon_hex(exchange.client_id)}, IAID {ia.iaid}",
        )
    return dropped(exchange, "no subnet to rebind a prefix in")


def _answer_extended(exchange: Exchange6, request: Request6, code: int, association: Association) -> bytes:
    """Return the body of the IA that answers one of a RENEW or REBIND: what the client lost has zero lifetimes."""
    leases = association.leases
    if leases and LEASES.rank >= INFO:
        for lease in leases:
            _log_lease(exchange, request, association, lease, True)
    settled = {(lease.address, lease.prefix_length) for lease in leases}
    gone: list[tuple[int, int]] = []
    for lease in association.given_up:
        settled.add((lease.address, lease.prefix_length))
        if lease.duid == request.duid:
            gone.append((lease.address, lease.prefix_length))
    is_pd = code == OPTION_IA_PD
    for hint in association.hints:
        # A prefix of zero is a wish for a length, and nothing that the client could lose.
        if (hint.address, hint.prefix_length) not in settled and (hint.address or not is_pd):
            gone.append((hint.address, hint.prefix_length))
    withdrawn = b"".join(
        build_iaprefix(address, length, 0, 0) if is_pd else build_iaaddr(address, 0, 0) for address, length in gone
    )
    if leases:
        return _granted(exchange, request.subnet, association, leases, withdrawn)
    say_status(exchange, association.iaid, _NOT_EXTENDED_PD if is_pd else _NOT_EXTENDED_NA)
    if is_pd:
        return build_ia(association.iaid, 0, 0, _NOT_EXTENDED_PD + withdrawn)
    return build_ia(association.iaid, 0, 0, withdrawn + _NOT_EXTENDED_NA)


def _log_wish(exchange: Exchange6, code: int, association: Association) -> None:
    """Say which IA is worked on, and what the client wishes."""
    hints = association.hints
    hint = "(no hint)"
    if hints:
        hint = text6(hints[0].address) + (f"/{hints[0].prefix_length}" if code == OPTION_IA_PD else "")
    message = DHCP6_PROCESS_IA_PD_REQUEST if code == OPTION_IA_PD else DHCP6_PROCESS_IA_NA_REQUEST
    LEASES.log(message, exchange.label, association.iaid, hint)


def _log_extending(exchange: Exchange6, code: int, ia: Ia6) -> None:
    """Say which IA a client wants to keep."""
    if LEASES.rank >= DBG_DETAIL:
        extends = DHCP6_PROCESS_IA_PD_EXTEND if code == OPTION_IA_PD else DHCP6_PROCESS_IA_NA_EXTEND
        LEASES.log(extends, exchange.label, ia.iaid)


def _log_lease(exchange: Exchange6, request: Request6, association: Association, lease: Lease6, extended: bool) -> None:
    """Say which lease goes into the reply, and why."""
    is_pd = lease.lease_type == IA_PD
    what: tuple[object, ...] = (text6(lease.address), lease.prefix_length) if is_pd else (text6(lease.address),)
    left = association.remaining.get(lease.address)
    if request.fake:
        LEASES.log(DHCP6_PD_LEASE_ADVERT if is_pd else DHCP6_LEASE_ADVERT, exchange.label, *what, lease.iaid)
    elif left is not None:
        message = DHCP6_PD_LEASE_REUSE if is_pd else DHCP6_LEASE_REUSE
        LEASES.log(message, exchange.label, *what, lease.iaid, _lifetime_text(left[1]))
    elif extended:
        LEASES.log(DHCP6_PD_LEASE_RENEW if is_pd else DHCP6_LEASE_RENEW, exchange.label, *what, lease.iaid)
    else:
        message = DHCP6_PD_LEASE_ALLOC if is_pd else DHCP6_LEASE_ALLOC
        LEASES.log(message, exchange.label, *what, lease.iaid, _lifetime_text(lease.valid_lifetime))
    if not is_pd and not extended and LEASES.rank >= DBG_DETAIL_DATA:
        LEASES.log(DHCP6_LEASE_DATA, exchange.label, lease.iaid, lease.details)


def _lifetime_text(seconds: int) -> str:
    """Return a lifetime for the log."""
    return "infinity" if seconds == INFINITE else str(seconds)


def _log_moved(exchange: Exchange6, selected: Subnet6) -> None:
    """Say that the leases come from another subnet of the shared network than the selected one."""
    subnet = exchange.subnet
    if subnet is not None and subnet is not selected and PACKETS.rank >= DBG_BASIC_DATA:
        network = subnet.network.name if subnet.network is not None else ""
        PACKETS.log(DHCP6_SUBNET_DYNAMICALLY_CHANGED, exchange.label, selected.text, subnet.text, network)


ASSIGN: Final[Procedure[Exchange6]] = Procedure(_assign)
"""Step of SOLICIT and REQUEST, with hook point lease6_select."""

EXTEND: Final[Procedure[Exchange6]] = Procedure(_extend)
"""Step of RENEW and REBIND, with hook points lease6_renew or lease6_rebind, and lease6_select for what is new."""
