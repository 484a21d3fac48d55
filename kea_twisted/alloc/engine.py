"""What allocation has in common in both families: reservations, subnets of a link, pools, reuse of fresh leases."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Final, Protocol, TypeVar, cast

from kea_twisted.alloc.allocators.iterative import AnyPool
from kea_twisted.hosts.host import Host
from kea_twisted.leases.lease import DEFAULT, INFINITE, Lease4, Lease6
from kea_twisted.subnets.pool import PdPool, Pool
from kea_twisted.subnets.subnet import Subnet

GLOBAL: Final = 0
"""The subnet id of global reservations."""

S = TypeVar("S", bound=Subnet)
P = TypeVar("P", bound=Pool | PdPool)


class Labelled(Protocol):
    """What says in log lines whose query it is."""

    @property
    def label(self) -> str:
        """The client identifier and the transaction, as text."""
        ...


def admits(client_class: str, classes: Container[str]) -> bool:
    """Return whether a scope limited to *client_class* ("" for none) admits a packet of *classes*."""
    return not client_class or client_class in classes


def admitted(candidates: Iterable[S], classes: Container[str]) -> S | None:
    """Return the first of *candidates* whose own and whose network's class admit a packet of *classes*."""
    for subnet in candidates:
        if admits(subnet.client_class, classes):
            network = subnet.network
            if network is None or admits(network.client_class, classes):
                return subnet
    return None


def current_host(subnet: Subnet | None, hosts: Mapping[int, Host]) -> Host | None:
    """Return the reservation that counts in *subnet*: its own, else the global one, as its flags allow."""
    if not hosts or subnet is None:
        return None
    if subnet.reservations_in_subnet:
        host = hosts.get(subnet.id)
        if host is not None:
            return host
    return hosts.get(GLOBAL) if subnet.reservations_global else None


def members(subnet: S) -> list[S]:
    """Return the subnets of the link: *subnet*, then those after it in its shared network and round again."""
    network = subnet.network
    if network is None:
        return [subnet]
    subnets = cast("list[S]", network.subnets)
    place = next(index for index, member in enumerate(subnets) if member is subnet)
    return subnets[place:] + subnets[:place]


def subnets_to_try(subnet: S, classes: Container[str]) -> Sequence[S]:
    """Return *subnet*, then the other subnets of its link that admit the client, in order and round again."""
    if subnet.network is None:
        return (subnet,)
    return [member for member in members(subnet) if member is subnet or admits(member.client_class, classes)]


def subnet_to_begin_with(subnet: S, turn: Callable[[S], int]) -> S:
    """Return a subnet of the link, of the same class, that was searched later than *subnet*: the last such one.

    turn: when a subnet was searched last, as a number that grows. Picking goes on there: most often that subnet still
    has something, where one that is used up would be searched in vain.
    """
    network = subnet.network
    if network is None:
        return subnet
    preferred = subnet
    threshold = turn(subnet)
    # A subnet without a class of its own has that of the network.
    wanted = subnet.client_class or network.client_class
    for member in cast("list[S]", network.subnets):
        if turn(member) > threshold and (member.client_class or network.client_class) == wanted:
            preferred = member
    return preferred


def in_pools(pools: Iterable[AnyPool], address: int) -> bool:
    """Return whether *address* lies in one of *pools*, whoever may use it."""
    for pool in pools:  # noqa: SIM110 (any() with a generator costs three times as much)
        if pool.first <= address <= pool.last:
            return True
    return False


def allowed_pool(pools: Iterable[P], address: int, classes: Container[str]) -> P | None:
    """Return the one of *pools* that has *address* and admits a packet of *classes*."""
    for pool in pools:
        if pool.first <= address <= pool.last and (not pool.client_class or pool.client_class in classes):
            return pool
    return None


def remaining_if_reusable(lease: Lease4 | Lease6, valid: int, subnet: Subnet, now: int) -> int:
    """Return the seconds left of *lease* if the cache parameters let it be answered with unchanged, else 0.

    valid: the lifetime a renewal would give. ARM lease-caching: `cache-max-age` bounds the age of a lease that is
    answered with unchanged, `cache-threshold` does so as a part of its lifetime; either alone or both.
    """
    if lease.state != DEFAULT:
        return 0
    if lease.valid_lifetime == INFINITE:
        return INFINITE if valid == INFINITE else 0
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
