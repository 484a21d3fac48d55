"""DHCPDECLINE: the client found its address in use; nobody gets it for a while. RFC 2131 §4.3.3; ARM dhcp4-decline."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.request4 import belongs_to
from kea_twisted.base.address import text4
from kea_twisted.base.octets import colon_hex
from kea_twisted.hooks.callout import CONTINUE, CalloutHandle
from kea_twisted.leases.lease import DECLINED, Lease4
from kea_twisted.log.logger import BAD_PACKETS, DHCP4, HOOKS, LEASES
from kea_twisted.log.messages.dhcp4 import (
    DHCP4_DECLINE_LEASE,
    DHCP4_DECLINE_LEASE_MISMATCH,
    DHCP4_DECLINE_LEASE_NOT_FOUND,
    DHCP4_HOOK_DECLINE_SKIP,
    DHCP4_PACKET_DROP_0007,
)
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import HookPoint, Rows
from kea_twisted.server.v4.committed import LEASES4_COMMITTED
from kea_twisted.server.v4.exchange import OPTION_REQUESTED_ADDRESS, Exchange4
from kea_twisted.server.v4.release import silence


def find_lease(exchange: Exchange4) -> Outcome | None:
    """Step: the lease of the requested address, if it is the client's."""
    query = exchange.query
    requested = query.options.get(OPTION_REQUESTED_ADDRESS)
    if requested is None:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0007, exchange.label, "no requested address in DHCPDECLINE")
        exchange.server.counters.dropped.add(1, exchange.now)
        return Drop("no address to decline")
    address = int.from_bytes(requested[:4], "big")
    lease = exchange.server.leases.get(address)
    if lease is None:
        DHCP4.log(DHCP4_DECLINE_LEASE_NOT_FOUND, text4(address), exchange.label)
        return Drop("no lease to decline")
    if not belongs_to(lease, query.chaddr, exchange.client_id):
        DHCP4.log(
            DHCP4_DECLINE_LEASE_MISMATCH,
            text4(address),
            exchange.label,
            colon_hex(query.chaddr),
            colon_hex(lease.hwaddr),
            colon_hex(exchange.client_id),
            colon_hex(lease.client_id),
        )
        return Drop("lease of another client")
    exchange.deleted = lease
    return None


def decline_lease(exchange: Exchange4) -> Outcome | None:
    """Step: take the lease from the client and keep the address for the probation period."""
    lease = exchange.deleted
    assert lease is not None
    period = exchange.config.decline_probation_period
    declined = Lease4(
        lease.address,
        b"",
        b"",
        period,
        exchange.seconds,
        lease.subnet_id,
        False,
        False,
        "",
        DECLINED,
        lease.user_context,
    )
    exchange.server.updates.remove(lease)
    exchange.server.leases.update(declined)
    exchange.server.counters.declined(lease.subnet_id, exchange.now)
    exchange.lease = declined
    exchange.deleted = None
    LEASES.log(DHCP4_DECLINE_LEASE, text4(lease.address), exchange.label, period)
    return None


def _arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return the arguments of lease4_decline."""
    return [{"query4": exchange.query, "lease4": exchange.deleted}]


def _settle(_exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """SKIP and DROP both leave the lease alone."""
    if handle.status != CONTINUE:
        HOOKS.log(DHCP4_HOOK_DECLINE_SKIP)
        return Drop("lease4_decline callout")
    return None


LEASE4_DECLINE: Final[HookPoint[Exchange4]] = HookPoint("lease4_decline", _arguments, _settle)

STEPS: Final[Rows[Exchange4]] = (find_lease, LEASE4_DECLINE, decline_lease, LEASES4_COMMITTED, silence)
