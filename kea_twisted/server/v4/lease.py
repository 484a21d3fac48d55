"""Leases in answers: state of the client, choice of the engine, storage, and what the reply says of the lease.

Used by DHCPDISCOVER and DHCPREQUEST. RFC 2131 §4.3.1, §4.3.2; ARM dhcp4-t1-t2-times, lease-caching, authoritative.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Final

from kea_twisted.alloc.engine import in_pools, subnets_to_try
from kea_twisted.alloc.request4 import Choice, Failure, Kind, Request4, belongs_to
from kea_twisted.base.address import text4
from kea_twisted.base.kea_json.write import to_text
from kea_twisted.base.lifetimes import INFINITE, Triplet
from kea_twisted.base.octets import colon_hex
from kea_twisted.ddns.names import GENERATE
from kea_twisted.hooks.callout import SKIP, CalloutHandle
from kea_twisted.leases.lease import DEFAULT, EXPIRED_RECLAIMED, Lease4
from kea_twisted.log.logger import ALLOC_ENGINE, BAD_PACKETS, DHCP4, DHCPSRV, LEASES, PACKETS
from kea_twisted.log.message import DBG_BASIC, DBG_BASIC_DATA, DBG_DETAIL, INFO
from kea_twisted.log.messages.alloc_engine import (
    ALLOC_ENGINE_V4_ALLOC_FAIL,
    ALLOC_ENGINE_V4_ALLOC_FAIL_CLASSES,
    ALLOC_ENGINE_V4_ALLOC_FAIL_NO_POOLS,
    ALLOC_ENGINE_V4_ALLOC_FAIL_SHARED_NETWORK,
    ALLOC_ENGINE_V4_ALLOC_FAIL_SUBNET,
    ALLOC_ENGINE_V4_DISCOVER_ADDRESS_CONFLICT,
    ALLOC_ENGINE_V4_REQUEST_REMOVE_LEASE,
)
from kea_twisted.log.messages.dhcp4 import (
    DHCP4_CLIENTID_IGNORED_FOR_LEASES,
    DHCP4_INIT_REBOOT,
    DHCP4_LEASE_ADVERT,
    DHCP4_LEASE_ALLOC,
    DHCP4_LEASE_REUSE,
    DHCP4_NO_LEASE_INIT_REBOOT,
    DHCP4_PACKET_NAK_0001,
    DHCP4_PACKET_NAK_0002,
    DHCP4_PACKET_NAK_0003,
    DHCP4_PACKET_NAK_0004,
    DHCP4_SUBNET_DYNAMICALLY_CHANGED,
    DHCP4_UNKNOWN_ADDRESS_REQUESTED,
)
from kea_twisted.log.messages.dhcpsrv import DHCPSRV_HOOK_LEASE4_RENEW_SKIP, DHCPSRV_HOOK_LEASE4_SELECT_SKIP
from kea_twisted.options.suboptions import pack4, parse4
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import HookPoint
from kea_twisted.server.v4.exchange import (
    OPTION_FQDN,
    OPTION_HOST_NAME,
    OPTION_LEASE_TIME,
    OPTION_RELAY_AGENT,
    OPTION_REQUESTED_ADDRESS,
    OPTION_SERVER_ID,
    OPTION_SUBNET_MASK,
    OPTION_T1,
    OPTION_T2,
    Exchange4,
)
from kea_twisted.server.v4.names import complete_name, rename
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.wire.v4 import DHCPDISCOVER, DHCPNAK


def make_request(exchange: Exchange4) -> Outcome | None:
    """Step: say what the client wants, for the allocation engine. Without a subnet there is nothing to ask."""
    subnet = exchange.subnet
    query = exchange.query
    if subnet is None:
        BAD_PACKETS.log(DHCP4_PACKET_NAK_0001, exchange.label, text4(query.remote_address), query.name)
        if query.message_type == DHCPDISCOVER:
            return Drop("no subnet")
        return _refuse(exchange)
    options = query.options
    requested = options.get(OPTION_REQUESTED_ADDRESS)
    wished = options.get(OPTION_LEASE_TIME)
    classes = query.classes
    exchange.request = Request4(
        subnet,
        classes,
        query.chaddr,
        exchange.client_id,
        int.from_bytes(requested[:4], "big") if requested is not None else query.ciaddr,
        exchange.hosts,
        exchange.identifiers,
        exchange.seconds,
        query,
        int.from_bytes(wished[:4], "big") if wished is not None else 0,
        _class_lifetime(exchange),
        "BOOTP" in classes,
    )
    if not subnet.match_client_id and exchange.client_id and DHCP4.rank >= DBG_DETAIL:
        DHCP4.log(DHCP4_CLIENTID_IGNORED_FOR_LEASES, exchange.label, subnet.id)
    if OPTION_RELAY_AGENT in options:
        exchange.request.remember = partial(remember_relay, options[OPTION_RELAY_AGENT])
    return None


def remember_relay(relay_agent: bytes, context: str) -> str:
    """Return the user context *context* of a lease (JSON text or "") with the relay agent option's body in it.

    It goes under the key ISC, in hexadecimal; what others keep in the context stays. V4-417..V4-419.
    """
    kept: dict[str, object] = json.loads(context) if context else {}
    whole = pack4(parse4(relay_agent))
    kept["ISC"] = {"relay-agent-info": f"0x{whole.hex().upper()}" if whole else ""}
    return to_text(kept)


def _class_lifetime(exchange: Exchange4) -> Triplet | None:
    """Return the lifetime of the first of the query's classes that has one."""
    limited = exchange.server.classes_with_lifetime
    if limited:
        for name in exchange.query.classes:
            found = limited.get(name)
            if found is not None:
                return found
    return None


def check_reboot(exchange: Exchange4) -> Outcome | None:
    """Step: a client in INIT-REBOOT state remembers an address; refuse a wrong one, stay silent about strangers."""
    query = exchange.query
    options = query.options
    if OPTION_SERVER_ID in options or OPTION_REQUESTED_ADDRESS not in options:
        return None
    request = exchange.request
    assert request is not None
    if LEASES.rank >= INFO:
        LEASES.log(DHCP4_INIT_REBOOT, exchange.label, text4(request.requested))
    lease = _lease_on_link(exchange, request)
    known = lease is not None and belongs_to(lease, request.hwaddr, request.client_id)
    authoritative = request.subnet.authoritative
    if not known and not authoritative:
        if BAD_PACKETS.rank >= DBG_DETAIL:
            BAD_PACKETS.log(DHCP4_NO_LEASE_INIT_REBOOT, exchange.label, text4(request.requested))
        return Drop("unknown client in INIT-REBOOT")
    if lease is None or not known or lease.address != request.requested:
        if BAD_PACKETS.rank >= DBG_DETAIL:
            BAD_PACKETS.log(DHCP4_PACKET_NAK_0002, exchange.label, text4(request.requested))
        return _refuse(exchange)
    return None


def _lease_on_link(exchange: Exchange4, request: Request4) -> Lease4 | None:
    """Return a lease of the client identifier, else of the link-layer address, on the client's link."""
    leases = exchange.server.leases
    for found in (
        leases.by_client_id(request.client_id) if request.client_id else (),
        leases.by_hwaddr(request.hwaddr) if request.hwaddr else (),
    ):
        for subnet in subnets_to_try(request.subnet, request.classes):
            for lease in found:
                if lease.subnet_id == subnet.id:
                    return lease
    return None


def offer(exchange: Exchange4) -> Outcome | None:
    """Step of DHCPDISCOVER: choose what to offer; silence if there is nothing."""
    request = exchange.request
    assert request is not None
    link = request.subnet
    chosen = exchange.server.engine.offer(request)
    exchange.subnet = request.subnet
    if request.conflict is not None:
        _report_conflict(exchange, request.conflict)
    if isinstance(chosen, Failure):
        _count_failure(exchange, chosen)
        if BAD_PACKETS.rank >= DBG_DETAIL:
            BAD_PACKETS.log(DHCP4_PACKET_NAK_0003, exchange.label, *_wishes(exchange))
        return Drop(chosen.value)
    exchange.choice = chosen
    if request.subnet is not link:
        _move(exchange, link)
    return None


def _move(exchange: Exchange4, selected: Subnet4) -> None:
    """Go on with the subnet of the link that the lease is in, instead of the *selected* one."""
    subnet = exchange.subnet
    if subnet is not None and PACKETS.rank >= DBG_BASIC_DATA:
        network = subnet.network.name if subnet.network is not None else ""
        PACKETS.log(DHCP4_SUBNET_DYNAMICALLY_CHANGED, exchange.label, selected.text, subnet.text, network)
    rename(exchange)


def _report_conflict(exchange: Exchange4, conflict: Lease4) -> None:
    """Log and count that the client's reserved address is another client's."""
    exchange.server.counters.reservation_conflict(conflict.subnet_id, exchange.now)
    holder = f"{colon_hex(conflict.hwaddr) or 'no hardware address'}, {lifetime_text(conflict.valid_lifetime)} s"
    ALLOC_ENGINE.log(
        ALLOC_ENGINE_V4_DISCOVER_ADDRESS_CONFLICT, exchange.label, text4(conflict.address), f"leased to {holder}"
    )


def assign(exchange: Exchange4) -> Outcome | None:
    """Step of DHCPREQUEST: choose what to lease; a NAK if the client may not have what it asks for."""
    request = exchange.request
    assert request is not None
    link = request.subnet
    chosen = exchange.server.engine.assign(request)
    exchange.subnet = request.subnet
    if isinstance(chosen, Failure):
        if chosen is Failure.OUT_OF_POOL and not any(
            in_pools(subnet.pools, request.requested) for subnet in subnets_to_try(link, _EVERY_CLASS)
        ):
            if BAD_PACKETS.rank >= DBG_DETAIL:
                BAD_PACKETS.log(DHCP4_UNKNOWN_ADDRESS_REQUESTED, exchange.label, *_wishes(exchange))
            return Drop(chosen.value)
        _count_failure(exchange, chosen)
        return _not_granted(exchange)
    exchange.choice = chosen
    if request.subnet is not link:
        _move(exchange, link)
    return None


class _EveryClass:
    """The class set of a client that is in every class."""

    def __contains__(self, _name: object) -> bool:
        return True


_EVERY_CLASS: Final = _EveryClass()


def _wishes(exchange: Exchange4) -> tuple[str, str]:
    """Return ciaddr and the requested address, for the log."""
    requested = exchange.query.options.get(OPTION_REQUESTED_ADDRESS)
    asked = text4(int.from_bytes(requested[:4], "big")) if requested is not None else "(no address)"
    return text4(exchange.query.ciaddr), asked


def _not_granted(exchange: Exchange4) -> Outcome | None:
    """Refuse a DHCPREQUEST for which there is no lease."""
    if BAD_PACKETS.rank >= DBG_DETAIL:
        BAD_PACKETS.log(DHCP4_PACKET_NAK_0004, exchange.label, *_wishes(exchange))
    return _refuse(exchange)


def _refuse(exchange: Exchange4) -> Outcome | None:
    """Turn the reply into a DHCPNAK and let the exchange go on with the steps of one. RFC 2131 table 3."""
    reply = exchange.reply
    assert reply is not None
    reply.message_type = DHCPNAK
    reply.ciaddr = reply.yiaddr = 0
    exchange.options.pop(OPTION_HOST_NAME, None)
    exchange.options.pop(OPTION_FQDN, None)
    exchange.choice = None
    exchange.lease = None
    return exchange.server.run_refusal(exchange)


def _count_failure(exchange: Exchange4, failure: Failure) -> None:
    """Count and log that no address could be picked; other failures are the client's and not counted."""
    if failure is not Failure.EXHAUSTED and failure is not Failure.NO_POOLS:
        return
    subnet = exchange.subnet
    assert subnet is not None
    network = subnet.network
    exchange.server.counters.count_allocation_failure(
        subnet.id, network is not None, failure is Failure.NO_POOLS, bool(exchange.query.classes), exchange.now
    )
    label = exchange.label
    tried = sum(pool.capacity for pool in subnet.pools)
    if network is not None:
        ALLOC_ENGINE.log(
            ALLOC_ENGINE_V4_ALLOC_FAIL_SHARED_NETWORK, label, network.name, len(network.subnets), len(network.subnets)
        )
    else:
        ALLOC_ENGINE.log(ALLOC_ENGINE_V4_ALLOC_FAIL_SUBNET, label, subnet.text, subnet.id, "(none)")
    if failure is Failure.NO_POOLS:
        ALLOC_ENGINE.log(ALLOC_ENGINE_V4_ALLOC_FAIL_NO_POOLS, label)
    else:
        ALLOC_ENGINE.log(ALLOC_ENGINE_V4_ALLOC_FAIL, label, tried)
    ALLOC_ENGINE.log(ALLOC_ENGINE_V4_ALLOC_FAIL_CLASSES, label, ", ".join(exchange.query.classes))


def fill_lease(exchange: Exchange4) -> Outcome | None:
    """Step: put address, lifetime and timers of the chosen lease into the reply."""
    choice = exchange.choice
    reply = exchange.reply
    subnet = exchange.subnet
    assert choice is not None and reply is not None and subnet is not None
    if choice.lease.hostname == GENERATE:
        complete_name(exchange)
    exchange.lease = lease = choice.lease
    reply.yiaddr = lease.address
    options = exchange.options
    valid = choice.remaining or lease.valid_lifetime
    options[OPTION_LEASE_TIME] = valid.to_bytes(4, "big")
    if OPTION_SUBNET_MASK not in options:
        options[OPTION_SUBNET_MASK] = exchange.server.netmasks[subnet.prefix_length]
    if subnet.t1 is not None or subnet.t2 is not None or subnet.calculate_tee_times:
        _set_timers(options, subnet, valid)
    if LEASES.rank >= INFO:
        if exchange.query.message_type == DHCPDISCOVER:
            LEASES.log(DHCP4_LEASE_ADVERT, exchange.label, text4(lease.address))
        else:
            seconds = lifetime_text(lease.valid_lifetime)
            LEASES.log(DHCP4_LEASE_ALLOC, exchange.label, text4(lease.address), seconds)
        if choice.remaining:
            LEASES.log(DHCP4_LEASE_REUSE, exchange.label, text4(lease.address), lifetime_text(valid))
    return None


def lifetime_text(seconds: int) -> str:
    """Return a lifetime for the log."""
    return "infinity" if seconds == INFINITE else str(seconds)


def _set_timers(options: dict[int, bytes], subnet: Subnet4, valid: int) -> None:
    """Put T2 and T1 into the reply where they are sane: T1 < T2 < lifetime."""
    ceiling = valid
    t2 = subnet.t2
    if t2 is None and subnet.calculate_tee_times:
        t2 = int(subnet.t2_percent * valid + 0.5)
    if t2 and t2 < ceiling:
        options[OPTION_T2] = t2.to_bytes(4, "big")
        ceiling = t2
    t1 = subnet.t1
    if t1 is None and subnet.calculate_tee_times:
        t1 = int(subnet.t1_percent * valid + 0.5)
    if t1 and t1 < ceiling:
        options[OPTION_T1] = t1.to_bytes(4, "big")


def commit(exchange: Exchange4) -> Outcome | None:
    """Step of DHCPREQUEST: store the lease, end the one it takes the place of, and count."""
    choice = exchange.choice
    assert choice is not None
    server = exchange.server
    leases = server.leases
    lease = choice.lease
    replaced = choice.replaced
    updates = server.updates
    if choice.remaining:
        exchange.choice = choice
        if updates.enabled:
            _update_dns(exchange, choice, replaced)
        return None
    if exchange.parked is not None:
        replaced = leases.get(lease.address)
        if replaced is not None and _is_anothers(exchange, replaced):
            return _not_granted(exchange)
    former = replaced if choice.kind is Kind.RENEWED else None
    if replaced is None:
        if not leases.add(lease):
            return _not_granted(exchange)
        server.counters.assigned(lease.subnet_id, exchange.now)
    else:
        if replaced.state != EXPIRED_RECLAIMED and replaced.expired(exchange.seconds):
            server.reclaimer.passed_on(replaced, exchange.now)
            former = None
        lease.state = DEFAULT
        leases.update(lease)
        if replaced.state == EXPIRED_RECLAIMED or replaced.expired(exchange.seconds):
            server.counters.assigned(lease.subnet_id, exchange.now)
    given_up = choice.given_up
    if given_up is not None and ALLOC_ENGINE.rank >= DBG_BASIC:
        ALLOC_ENGINE.log(ALLOC_ENGINE_V4_REQUEST_REMOVE_LEASE, exchange.label, text4(given_up.address))
    if given_up is not None and leases.delete(given_up):
        exchange.deleted = former = given_up
        if given_up.state != EXPIRED_RECLAIMED:
            server.counters.unassigned(given_up.subnet_id, exchange.now)
    if updates.enabled:
        _update_dns(exchange, choice, former)
    return None


def _is_anothers(exchange: Exchange4, lease: Lease4) -> bool:
    """Return whether *lease*, as it is after the query waited, binds its address to another client."""
    request = exchange.request
    assert request is not None
    if lease.state == EXPIRED_RECLAIMED or lease.expired(exchange.seconds):
        return False
    client_id = request.client_id if request.subnet.match_client_id else b""
    return not belongs_to(lease, request.hwaddr, client_id)


def _update_dns(exchange: Exchange4, choice: Choice, former: Lease4 | None) -> None:
    """Have DNS told of a lease. former: what DNS knows of the client, if anything."""
    subnet = exchange.subnet
    assert subnet is not None
    exchange.server.updates.leased(choice.lease, former, subnet.ddns)


def _select_arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return the arguments of lease4_select; only for leases that are new to the client."""
    choice = exchange.choice
    if choice is None or choice.kind is Kind.RENEWED:
        return []
    return [
        {
            "query4": exchange.query,
            "subnet4": exchange.subnet,
            "fake_allocation": exchange.query.message_type == DHCPDISCOVER,
            "lease4": choice.lease,
        }
    ]


def _select_settle(exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """SKIP takes the lease away; otherwise the lease that the callouts left counts."""
    choice = exchange.choice
    assert choice is not None
    if handle.status == SKIP:
        DHCPSRV.log(DHCPSRV_HOOK_LEASE4_SELECT_SKIP)
        if exchange.query.message_type == DHCPDISCOVER:
            return Drop("lease4_select callout")
        return _not_granted(exchange)
    choice.lease = handle["lease4"]
    return None


def _renew_arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return the arguments of lease4_renew."""
    choice = exchange.choice
    if choice is None or choice.kind is not Kind.RENEWED:
        return []
    return [
        {
            "query4": exchange.query,
            "subnet4": exchange.subnet,
            "clientid": exchange.client_id,
            "hwaddr": exchange.query.chaddr,
            "lease4": choice.lease,
        }
    ]


def _renew_settle(exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """SKIP answers with the lease as it was; otherwise the lease that the callouts left counts."""
    choice = exchange.choice
    assert choice is not None
    if handle.status == SKIP and choice.replaced is not None:
        DHCPSRV.log(DHCPSRV_HOOK_LEASE4_RENEW_SKIP)
        kept = Choice(Kind.RENEWED, choice.replaced, choice.replaced, choice.replaced.valid_lifetime)
        exchange.choice = kept
    else:
        choice.lease = handle["lease4"]
    return None


LEASE4_SELECT: Final[HookPoint[Exchange4]] = HookPoint("lease4_select", _select_arguments, _select_settle)
LEASE4_RENEW: Final[HookPoint[Exchange4]] = HookPoint("lease4_renew", _renew_arguments, _renew_settle)
