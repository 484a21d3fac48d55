"""Which DHCPv4 address a client gets: what Kea's allocation engine decides for DISCOVER and for REQUEST.

Pure decisions: :meth:`Engine4.offer` and :meth:`Engine4.assign` return a :class:`Choice`, and change nothing but the
allocator's position and the request's subnet. The server carries a choice out; before it does lies the hook point
``lease4_select`` or ``lease4_renew``. RFC 2131 §4.3.1 and §4.3.2; ARM dhcp4-srv.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from enum import Enum

from kea_twisted.alloc.allocators.iterative import IterativeAllocator
from kea_twisted.alloc.engine import (
    GLOBAL,
    admits,
    allowed_pool,
    current_host,
    in_pools,
    members,
    remaining_if_reusable,
    subnet_to_begin_with,
    subnets_to_try,
)
from kea_twisted.alloc.used_up import UsedUp
from kea_twisted.base.lifetimes import INFINITE, Triplet
from kea_twisted.hosts.host import Host, Identifier
from kea_twisted.hosts.source import HostDataSource
from kea_twisted.leases.lease import DEFAULT, EXPIRED_RECLAIMED, Lease4
from kea_twisted.leases.manager import LeaseManager4
from kea_twisted.subnets.v4 import Subnet4


class Kind(Enum):
    """What a choice does to the store."""

    NEW = "new"
    """The address has no lease yet."""
    REUSED = "reused"
    """The address has a lease that ended; it changes hands."""
    RENEWED = "renewed"
    """The client has the lease already."""


class Choice:
    """A lease for the client, not stored yet.

    lease: as it shall be. replaced: the lease of the same address as it is, None if new. given_up: another lease of the
    client, which ends when this one is stored. remaining: seconds left if the stored lease is fresh enough to be
    answered with unchanged (lease caching), else 0.
    """

    __slots__ = ("given_up", "kind", "lease", "remaining", "replaced")

    def __init__(self, kind: Kind, lease: Lease4, replaced: Lease4 | None, remaining: int = 0) -> None:
        self.kind = kind
        self.lease = lease
        self.replaced = replaced
        self.given_up: Lease4 | None = None
        self.remaining = remaining


class Failure(Enum):
    """Why there is no choice; the caller logs it and decides between a NAK and silence."""

    RESERVED = "the address is reserved for another client"
    IN_USE = "another client has the address"
    RESERVATION_FREE = "the client has a reservation that is free"
    OUT_OF_POOL = "the address is in no pool that admits the client"
    EXHAUSTED = "no address is free"
    NO_POOLS = "no pool admits the client"
    NO_SUBNET = "no subnet of the link admits the client"
    NAMELESS = "the client has nothing that its lease could be found by"


class Request4:
    """What the engine knows of one query.

    subnet: the selected one; the engine moves it to another one of the shared network if that is where the lease
    is. requested: the address the client asks for, 0 for none. wished: the lifetime of option 51, 0 for none.
    class_valid: the lifetime that a class gives, if any. infinite: a BOOTP client, whose leases do not end.
    conflict: set by the engine to the lease that keeps the client from its reserved address. remember: turns a lease's
    user context into the one to store under `store-extended-info`; None if there is nothing to remember of the query.
    """

    __slots__ = (
        "class_valid",
        "classes",
        "client_id",
        "conflict",
        "fqdn_fwd",
        "fqdn_rev",
        "hostname",
        "hosts",
        "hwaddr",
        "identifiers",
        "infinite",
        "now",
        "remember",
        "requested",
        "subnet",
        "wished",
    )

    def __init__(
        self,
        subnet: Subnet4,
        classes: Container[str],
        hwaddr: bytes,
        client_id: bytes,
        requested: int,
        hosts: Mapping[int, Host],
        identifiers: tuple[Identifier, ...],
        now: int,
        wished: int = 0,
        class_valid: Triplet | None = None,
        infinite: bool = False,
    ) -> None:
        self.subnet = subnet
        self.classes = classes
        self.hwaddr = hwaddr
        self.client_id = client_id
        self.requested = requested
        self.hosts = hosts
        self.identifiers = identifiers
        self.now = now
        self.wished = wished
        self.class_valid = class_valid
        self.infinite = infinite
        self.hostname = ""
        self.fqdn_fwd = False
        self.fqdn_rev = False
        self.conflict: Lease4 | None = None
        self.remember: Callable[[str], str] | None = None


def belongs_to(lease: Lease4, hwaddr: bytes, client_id: bytes) -> bool:
    """Return whether *lease* is the client's: by client identifier if both have one, else by link-layer address."""
    if client_id and lease.client_id:
        return client_id == lease.client_id
    return bool(hwaddr) and hwaddr == lease.hwaddr


def valid_lifetime(request: Request4) -> int:
    """Return the lifetime granted: the first class that has one, else the subnet's, and the client's wish within it."""
    if request.infinite:
        return INFINITE
    triplet = request.class_valid or request.subnet.valid
    return triplet.clamp(request.wished) if request.wished else triplet.default


class Engine4:
    """The allocation engine of one configuration: allocator positions last as long as it does."""

    __slots__ = ("allocator", "hosts", "leases", "reservations_first", "reservations_in_use", "used_up")

    def __init__(
        self, leases: LeaseManager4, hosts: HostDataSource, reservations_in_use: bool, reservations_first: bool
    ) -> None:
        self.leases = leases
        self.hosts = hosts
        self.reservations_in_use = reservations_in_use
        self.reservations_first = reservations_first
        self.allocator = IterativeAllocator()
        self.used_up = UsedUp(self._ended)

    def offer(self, request: Request4) -> Choice | Failure:
        """Choose what to offer to a DISCOVER: reservation, else the client's lease, else its wish, else any address."""
        if not self._enter(request):
            return Failure.NO_SUBNET
        lease = self.client_lease(request)
        choice: Choice | Failure | None = None
        reserved = self._reserved_address(request)
        if reserved:
            if lease is not None and lease.address == reserved:
                return self._renew(request, lease)
            choice = self._take(request, reserved)
            if choice is None:
                request.conflict = self.leases.get(reserved)
        if choice is None and lease is not None:
            if self._in_allowed_pool(request, lease.address) and not self._reserved_for_other(request, lease.address):
                return self._renew(request, lease)
        requested = request.requested
        if choice is None and requested and self._in_allowed_pool(request, requested):
            if not self._reserved_for_other(request, requested):
                choice = self._take(request, requested)
        return choice if choice is not None else self._pick(request)

    def assign(self, request: Request4) -> Choice | Failure:
        """Choose what to lease to a REQUEST: the requested address if the client may have it, else nothing."""
        if not self._enter(request):
            return Failure.NO_SUBNET
        lease = self.client_lease(request)
        requested = request.requested
        reserved = 0
        if requested:
            if self._reserved_for_other(request, requested):
                return Failure.RESERVED
        else:
            requested = reserved = self._reserved_address(request)
        if requested:
            existing = self.leases.get(requested)
            if existing is not None and not self._ended(existing, request.now):
                client_id = request.client_id if request.subnet.match_client_id else b""
                if not belongs_to(existing, request.hwaddr, client_id):
                    return Failure.IN_USE
            # Only now: this moves the request to the subnet of the reservation, which may identify clients otherwise.
            reserved = self._reserved_address(request)
            if reserved and reserved != requested:
                holder = self.leases.get(reserved)
                if holder is None or self._ended(holder, request.now):
                    return Failure.RESERVATION_FREE
            if reserved != requested and not self._in_allowed_pool(request, requested):
                return Failure.OUT_OF_POOL
        if lease is not None and (not requested or lease.address == requested):
            if reserved or self._in_allowed_pool(request, lease.address):
                return self._renew(request, lease)
        choice = (self._take(request, requested) or Failure.IN_USE) if requested else self._pick(request)
        if isinstance(choice, Choice):
            if not choice.lease.hwaddr and not choice.lease.client_id:
                return Failure.NAMELESS
            if lease is not None and lease.address != choice.lease.address:
                choice.given_up = lease
        return choice

    def _enter(self, request: Request4) -> bool:
        """Move the request on if the selected subnet admits it no longer; return whether there is one that does.

        A reservation may have brought classes, and taken others away, since the subnet was selected.
        """
        subnet = request.subnet
        if not subnet.client_class or subnet.client_class in request.classes:
            return True
        for member in members(subnet):
            if admits(member.client_class, request.classes):
                request.subnet = member
                return True
        return False

    def client_lease(self, request: Request4) -> Lease4 | None:
        """Return the lease that the client has on its link, and move the request to that lease's subnet."""
        client_id = request.client_id
        if client_id:
            leases = self.leases.by_client_id(client_id)
            if leases:
                for subnet in subnets_to_try(request.subnet, request.classes):
                    if subnet.match_client_id:
                        for lease in leases:
                            if lease.subnet_id == subnet.id:
                                request.subnet = subnet
                                return lease
        if request.hwaddr:
            leases = self.leases.by_hwaddr(request.hwaddr)
            if leases:
                for subnet in subnets_to_try(request.subnet, request.classes):
                    identifier = client_id if subnet.match_client_id else b""
                    for lease in leases:
                        if lease.subnet_id == subnet.id and belongs_to(lease, request.hwaddr, identifier):
                            request.subnet = subnet
                            return lease
        return None

    def _reserved_address(self, request: Request4) -> int:
        """Return the address reserved for the client on its link, 0 for none; move the request to its subnet."""
        hosts = request.hosts
        if not hosts:
            return 0
        for subnet in subnets_to_try(request.subnet, request.classes):
            if subnet.reservations_in_subnet:
                host = hosts.get(subnet.id)
                if host is not None and host.address:
                    if not subnet.reservations_out_of_pool or not in_pools(subnet.pools, host.address):
                        request.subnet = subnet
                        return host.address
            if subnet.reservations_global:
                host = hosts.get(GLOBAL)
                if host is not None and host.address:
                    request.subnet = subnet
                    current = current_host(subnet, hosts)
                    return current.address if current is not None else 0
        return 0

    def _reserved_for_other(self, request: Request4, address: int) -> bool:
        """Return whether another client has a reservation of *address* in the request's subnet."""
        if not self.reservations_in_use:
            return False
        subnet = request.subnet
        if not subnet.reservations_in_subnet or (subnet.reservations_out_of_pool and in_pools(subnet.pools, address)):
            return False
        found = False
        for host in self.hosts.by_address4(subnet.id, address):
            if (host.identifier_type, host.identifier) in request.identifiers:
                return False
            found = True
        return found

    def _in_allowed_pool(self, request: Request4, address: int) -> bool:
        """Return whether a pool of the link that admits the client has *address*; move the request to its subnet."""
        for subnet in subnets_to_try(request.subnet, request.classes):
            if allowed_pool(subnet.pools, address, request.classes) is not None:
                request.subnet = subnet
                return True
        return False

    @staticmethod
    def _ended(lease: Lease4, now: int) -> bool:
        """Return whether a lease no longer binds its address."""
        return lease.state == EXPIRED_RECLAIMED or lease.expired(now)

    def _take(self, request: Request4, address: int) -> Choice | None:
        """Return a choice of exactly *address*; None if a lease binds it."""
        existing = self.leases.get(address)
        if existing is None:
            return Choice(Kind.NEW, self._new_lease(request, address, None), None)
        if self._ended(existing, request.now):
            return Choice(Kind.REUSED, self._new_lease(request, address, existing), existing)
        return None

    def _pick(self, request: Request4) -> Choice | Failure:
        """Return a choice of any free address of the link."""
        tried = False
        leases = self.leases
        reservations_first = self.reservations_first and self.reservations_in_use
        for subnet in subnets_to_try(subnet_to_begin_with(request.subnet, self.allocator.last_turn), request.classes):
            request.subnet = subnet
            pools = [pool for pool in subnet.pools if admits(pool.client_class, request.classes)]
            if not pools:
                continue
            tried = True
            only = self.used_up.recall(pools, leases, request.now) if self.used_up.searches else None
            if only is not None and not any(self._free(request, address) for address, _pool in only):
                self.allocator.skip(subnet, pools)
                continue
            for address, _pool in self.allocator.candidates(subnet, pools):
                if reservations_first and self._reserved_for_other(request, address):
                    continue
                existing = leases.get(address)
                if existing is not None and not self._ended(existing, request.now):
                    continue
                if self._reserved_for_other(request, address):
                    continue
                kind = Kind.NEW if existing is None else Kind.REUSED
                return Choice(kind, self._new_lease(request, address, existing), existing)
            self.used_up.remember(pools, leases, request.now, leases.get)
        return Failure.EXHAUSTED if tried else Failure.NO_POOLS

    def _free(self, request: Request4, address: int) -> bool:
        """Return whether the client may have *address*, of which is known only that it was no lease some time ago."""
        existing = self.leases.get(address)
        if existing is not None and not self._ended(existing, request.now):
            return False
        return not self._reserved_for_other(request, address)

    def _new_lease(self, request: Request4, address: int, former: Lease4 | None) -> Lease4:
        """Return the lease of *address* as the client shall have it; the user context of a *former* one stays."""
        subnet = request.subnet
        return Lease4(
            address,
            request.hwaddr,
            request.client_id if subnet.match_client_id else b"",
            valid_lifetime(request),
            request.now,
            subnet.id,
            request.fqdn_fwd,
            request.fqdn_rev,
            request.hostname,
            DEFAULT,
            self._context(request, former.user_context if former is not None else ""),
        )

    @staticmethod
    def _context(request: Request4, context: str) -> str:
        """Return the user context of a lease that had *context*."""
        if request.remember is None or not request.subnet.store_extended_info:
            return context
        return request.remember(context)

    def _renew(self, request: Request4, lease: Lease4) -> Choice:
        """Return the choice that prolongs the client's own lease, or answers with it unchanged if it is fresh."""
        renewed = self._new_lease(request, lease.address, lease)
        changed = (
            lease.subnet_id != renewed.subnet_id
            or lease.hwaddr != renewed.hwaddr
            or lease.client_id != renewed.client_id
            or renewed.valid_lifetime < lease.valid_lifetime
            or renewed.valid_lifetime == INFINITE != lease.valid_lifetime
            or lease.fqdn_fwd != renewed.fqdn_fwd
            or lease.fqdn_rev != renewed.fqdn_rev
            or lease.hostname != renewed.hostname
            or lease.user_context != renewed.user_context
        )
        remaining = 0 if changed else remaining_if_reusable(lease, renewed.valid_lifetime, request.subnet, request.now)
        return Choice(Kind.RENEWED, renewed, lease, remaining)
