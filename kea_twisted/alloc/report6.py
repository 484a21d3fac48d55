"""What the DHCPv6 allocation engine says of what it has decided: granted, revoked, extended, or nothing to be had.

Not here: the lines that tell of a decision on the way, which stand where it is made. ARM logging.
"""

from __future__ import annotations

from collections.abc import Sequence

from kea_twisted.alloc.request6 import Request6
from kea_twisted.base.address import text6
from kea_twisted.base.octets import colon_hex
from kea_twisted.hosts.host import Host
from kea_twisted.leases.lease import IA_PD, TYPE_NAMES, Lease6
from kea_twisted.log.logger import ALLOC_ENGINE
from kea_twisted.log.message import DBG_DETAIL_DATA
from kea_twisted.log.messages.alloc_engine import (
    ALLOC_ENGINE_V6_ALLOC_FAIL,
    ALLOC_ENGINE_V6_ALLOC_FAIL_CLASSES,
    ALLOC_ENGINE_V6_ALLOC_FAIL_NO_POOLS,
    ALLOC_ENGINE_V6_ALLOC_FAIL_SHARED_NETWORK,
    ALLOC_ENGINE_V6_ALLOC_FAIL_SUBNET,
    ALLOC_ENGINE_V6_EXTEND_LEASE,
    ALLOC_ENGINE_V6_EXTEND_LEASE_DATA,
    ALLOC_ENGINE_V6_EXTEND_NEW_LEASE_DATA,
    ALLOC_ENGINE_V6_HR_ADDR_GRANTED,
    ALLOC_ENGINE_V6_HR_PREFIX_GRANTED,
    ALLOC_ENGINE_V6_REVOKED_ADDR_LEASE,
    ALLOC_ENGINE_V6_REVOKED_PREFIX_LEASE,
    ALLOC_ENGINE_V6_REVOKED_SHARED_ADDR_LEASE,
    ALLOC_ENGINE_V6_REVOKED_SHARED_PREFIX_LEASE,
)


def _what(lease: Lease6) -> tuple[object, ...]:
    """Return address, or prefix and its length."""
    return (text6(lease.address), lease.prefix_length) if lease.lease_type == IA_PD else (text6(lease.address),)


def log_granted(request: Request6, lease: Lease6) -> None:
    """Say that a client got what is reserved for it."""
    is_prefix = lease.lease_type == IA_PD
    message = ALLOC_ENGINE_V6_HR_PREFIX_GRANTED if is_prefix else ALLOC_ENGINE_V6_HR_ADDR_GRANTED
    ALLOC_ENGINE.log(message, *_what(lease), request.who.label)


def log_revoked(lease: Lease6, hosts: Sequence[Host]) -> None:
    """Say that a client loses a lease to the *hosts* that it is reserved for."""
    is_prefix = lease.lease_type == IA_PD
    holder: object = len(hosts)
    if len(hosts) == 1:
        message = ALLOC_ENGINE_V6_REVOKED_PREFIX_LEASE if is_prefix else ALLOC_ENGINE_V6_REVOKED_ADDR_LEASE
        holder = f"{hosts[0].identifier_type.keyword}={hosts[0].identifier.hex()}"
    else:
        message = (
            ALLOC_ENGINE_V6_REVOKED_SHARED_PREFIX_LEASE if is_prefix else ALLOC_ENGINE_V6_REVOKED_SHARED_ADDR_LEASE
        )
    ALLOC_ENGINE.log(message, *_what(lease), colon_hex(lease.duid), holder)


def log_extended(request: Request6, lease: Lease6, extended: Lease6) -> None:
    """Say that a client keeps a lease, and how it was and will be."""
    label = request.who.label
    ALLOC_ENGINE.log(ALLOC_ENGINE_V6_EXTEND_LEASE, label, TYPE_NAMES[lease.lease_type], text6(lease.address))
    if ALLOC_ENGINE.rank >= DBG_DETAIL_DATA:
        ALLOC_ENGINE.log(ALLOC_ENGINE_V6_EXTEND_LEASE_DATA, label, lease.details)
        ALLOC_ENGINE.log(ALLOC_ENGINE_V6_EXTEND_NEW_LEASE_DATA, label, extended.details)


def log_failure(request: Request6, attempts: int, without_pools: int) -> None:
    """Say that nothing could be found for a client."""
    subnet = request.subnet
    network = subnet.network
    label = request.who.label
    if network is None:
        ALLOC_ENGINE.log(ALLOC_ENGINE_V6_ALLOC_FAIL_SUBNET, label, subnet.text, subnet.id, "(none)")
    else:
        full = len(network.subnets) - without_pools
        ALLOC_ENGINE.log(ALLOC_ENGINE_V6_ALLOC_FAIL_SHARED_NETWORK, label, network.name, full, without_pools)
    if attempts:
        ALLOC_ENGINE.log(ALLOC_ENGINE_V6_ALLOC_FAIL, label, attempts)
    else:
        ALLOC_ENGINE.log(ALLOC_ENGINE_V6_ALLOC_FAIL_NO_POOLS, label)
    if request.classes:
        ALLOC_ENGINE.log(ALLOC_ENGINE_V6_ALLOC_FAIL_CLASSES, label, ", ".join(request.classes))
