"""DHCPRELEASE: the client gives its address back. Nothing is answered. RFC 2131 §4.3.4."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.request4 import belongs_to
from kea_twisted.base.address import text4
from kea_twisted.hooks.callout import CONTINUE, CalloutHandle
from kea_twisted.leases.lease import EXPIRED_RECLAIMED
from kea_twisted.log.logger import HOOKS, LEASES
from kea_twisted.log.messages.dhcp4 import (
    DHCP4_HOOK_LEASE4_RELEASE_SKIP,
    DHCP4_RELEASE,
    DHCP4_RELEASE_FAIL,
    DHCP4_RELEASE_FAIL_NO_LEASE,
    DHCP4_RELEASE_FAIL_WRONG_CLIENT,
)
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import HookPoint, Rows
from kea_twisted.server.v4.committed import LEASES4_COMMITTED
from kea_twisted.server.v4.exchange import Exchange4


def find_lease(exchange: Exchange4) -> Outcome | None:
    """Step: the lease of ciaddr, if it is the client's."""
    query = exchange.query
    lease = exchange.server.leases.get(query.ciaddr)
    if lease is None:
        LEASES.log(DHCP4_RELEASE_FAIL_NO_LEASE, exchange.label, text4(query.ciaddr))
        return Drop("no lease to release")
    if not belongs_to(lease, query.chaddr, exchange.client_id):
        LEASES.log(DHCP4_RELEASE_FAIL_WRONG_CLIENT, exchange.label, text4(query.ciaddr))
        return Drop("lease of another client")
    exchange.deleted = lease
    return None


def delete_lease(exchange: Exchange4) -> Outcome | None:
    """Step: the address is free again."""
    lease = exchange.deleted
    assert lease is not None
    if not exchange.server.leases.delete(lease):
        LEASES.log(DHCP4_RELEASE_FAIL, exchange.label, text4(lease.address))
        return Drop("lease vanished")
    LEASES.log(DHCP4_RELEASE, exchange.label, text4(lease.address))
    exchange.server.updates.remove(lease)
    if lease.state != EXPIRED_RECLAIMED:
        exchange.server.counters.unassigned(lease.subnet_id, exchange.now)
    return None


def silence(_exchange: Exchange4) -> Outcome:
    """Step: there is no answer to this message."""
    return Drop("nothing to answer")


def _arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return the arguments of lease4_release."""
    return [{"query4": exchange.query, "lease4": exchange.deleted}]


def _settle(exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """SKIP and DROP both leave the lease alone."""
    if handle.status != CONTINUE:
        HOOKS.log(DHCP4_HOOK_LEASE4_RELEASE_SKIP, exchange.label)
        return Drop("lease4_release callout")
    return None


LEASE4_RELEASE: Final[HookPoint[Exchange4]] = HookPoint("lease4_release", _arguments, _settle)

STEPS: Final[Rows[Exchange4]] = (find_lease, LEASE4_RELEASE, delete_lease, LEASES4_COMMITTED, silence)
