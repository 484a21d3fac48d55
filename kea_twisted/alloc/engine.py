"""What allocation has in common in both families: subnets of a shared network, pools, reuse of fresh leases."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TypeVar, cast

from kea_twisted.leases.lease import DEFAULT, INFINITE, Lease4, Lease6
from kea_twisted.subnets.subnet import Subnet

S = TypeVar("S", bound=Subnet)


def admits(client_class: str, classes: Container[str]) -> bool:
    """Return whether a scope limited to *client_class* ("" for none) admits a packet of *classes*."""
    return not client_class or client_class in classes


def subnets_to_try(subnet: S, classes: Container[str]) -> Sequence[S]:
    """Return *subnet*, then the other subnets of its shared network that admit the client, in order and round again."""
    network = subnet.network
    if network is None:
        return (subnet,)
    members = cast("list[S]", network.subnets)
    place = next(index for index, member in enumerate(members) if member is subnet)
    others = members[place + 1 :] + members[:place]
    return [subnet, *[member for member in others if admits(member.client_class, classes)]]


def in_pool(subnet: Subnet, address: int) -> bool:
    """Return whether *address* lies in a pool of addresses of *subnet*, whoever may use the pool."""
    return any(pool.first <= address <= pool.last for pool in subnet.pools)


def in_allowed_pool(subnet: Subnet, address: int, classes: Container[str]) -> bool:
    """Return whether *address* lies in a pool of *subnet* that admits a packet of *classes*."""
    for pool in subnet.pools:
        if pool.first <= address <= pool.last and (not pool.client_class or pool.client_class in classes):
            return True
    return False


def remaining_if_reusable(lease: Lease4 | Lease6, valid: int, subnet: Subnet, now: int) -> int:
    """Return the seconds left of *lease* if the cache parameters let it be answered with unchanged, else 0.

    valid: the lifetime a renewal would give. ARM lease-caching: `cache-max-age` bounds the age of a lease that is
    answered with unchanged, `cache-threshold` does so as a part of its lifetime; either alone or both.
    """
    if lease.state != DEFAULT:
        return 0
    if valid == INFINITE:
        return INFINITE
    age = now - lease.cltt
    if age < 0 or age >= lease.valid_lifetime:
        return 0
    limit = 0.0
    if subnet.cache_max_age is not None:
        limit = float(subnet.cache_max_age)
        if limit == 0 or age > limit:
            return 0
    if subnet.cache_threshold is not None:
        if not 0.0 < subnet.cache_threshold <= 1.0:
            return 0
        limit = valid * subnet.cache_threshold
        if age > limit:
            return 0
    return lease.valid_lifetime - age if limit else 0
