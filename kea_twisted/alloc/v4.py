"""Which DHCPv4 address a client gets: what Kea's allocation engine decides for DISCOVER and for REQUEST.

Pure decisions: :meth:`Engine4.offer` and :meth:`Engine4.assign` return a :class:`Choice`, and change nothing but the
allocator's position and the request's subnet. The server carries a choice out; before it does lies the hook point
``lease4_select`` or ``lease4_renew``. RFC 2131 §4.3.1 and §4.3.2; ARM dhcp4-srv.
"""

from __future__ import annotations

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
from kea_twisted.alloc.request4 import Choice, Failure, Kind, Request4, belongs_to, valid_lifetime
from kea_twisted.alloc.used_up import UsedUp
from kea_twisted.base.address import text4
from kea_twisted.base.lifetimes import INFINITE
from kea_twisted.hosts.source import HostDataSource
from kea_twisted.leases.lease import DEFAULT, EXPIRED_RECLAIMED, Lease4
from kea_twisted.leases.manager import LeaseManager4
from kea_twisted.log.logger import ALLOC_ENGINE
from kea_twisted.log.message import DBG_BASIC, DBG_DETAIL_DATA
from kea_twisted.log.messages.alloc_engine import (
    ALLOC_ENGINE_V4_ALLOC_ERROR,
    ALLOC_ENGINE_V4_DISCOVER_HR,
    ALLOC_ENGINE_V4_OFFER_EXISTING_LEASE,
    ALLOC_ENGINE_V4_OFFER_NEW_LEASE,
    ALLOC_ENGINE_V4_OFFER_REQUESTED_LEASE,
    ALLOC_ENGINE_V4_REQUEST_ADDRESS_RESERVED,
    ALLOC_ENGINE_V4_REQUEST_ALLOC_REQUESTED,
    ALLOC_ENGINE_V4_REQUEST_EXTEND_LEASE,
    ALLOC_ENGINE_V4_REQUEST_IN_USE,
    ALLOC_ENGINE_V4_REQUEST_INVALID,
    ALLOC_ENGINE_V4_REQUEST_OUT_OF_POOL,
    ALLOC_ENGINE_V4_REQUEST_PICK_ADDRESS,
    ALLOC_ENGINE_V4_REQUEST_USE_HR,
    ALLOC_ENGINE_V4_REUSE_EXPIRED_LEASE_DATA,
)


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
            if ALLOC_ENGINE.rank >= DBG_BASIC:
                ALLOC_ENGINE.log(ALLOC_ENGINE_V4_DISCOVER_HR, request.who.label, text4(reserved))
            if lease is not None and lease.address == reserved:
                return self._renew(request, lease)
            choice = self._take(request, reserved)
            if choice is None:
                request.conflict = self.leases.get(reserved)
        if choice is None and lease is not None:
            if self._in_allowed_pool(request, lease.address) and not self._reserved_for_other(request, lease.address):
                if ALLOC_ENGINE.rank >= DBG_BASIC:
                    ALLOC_ENGINE.log(ALLOC_ENGINE_V4_OFFER_EXISTING_LEASE, request.who.label)
                return self._renew(request, lease)
        requested = request.requested
        if choice is None and requested and self._in_allowed_pool(request, requested):
            if not self._reserved_for_other(request, requested):
                if ALLOC_ENGINE.rank >= DBG_BASIC:
                    ALLOC_ENGINE.log(ALLOC_ENGINE_V4_OFFER_REQUESTED_LEASE, text4(requested), request.who.label)
                choice = self._take(request, requested)
        if choice is not None:
            return choice
        if ALLOC_ENGINE.rank >= DBG_BASIC:
            ALLOC_ENGINE.log(ALLOC_ENGINE_V4_OFFER_NEW_LEASE, request.who.label)
        return self._pick(request)

    def assign(self, request: Request4) -> Choice | Failure:
        """Choose what to lease to a REQUEST: the requested address if the client may have it, else nothing."""
        if not self._enter(request):
            return Failure.NO_SUBNET
        lease = self.client_lease(request)
        requested = request.requested
        reserved = 0
        if requested:
            if self._reserved_for_other(request, requested):
                if ALLOC_ENGINE.rank >= DBG_BASIC:
                    ALLOC_ENGINE.log(ALLOC_ENGINE_V4_REQUEST_ADDRESS_RESERVED, request.who.label, text4(requested))
                return Failure.RESERVED
        else:
            requested = reserved = self._reserved_address(request)
            if reserved and ALLOC_ENGINE.rank >= DBG_BASIC:
                ALLOC_ENGINE.log(ALLOC_ENGINE_V4_REQUEST_USE_HR, request.who.label, text4(reserved))
        if requested:
            existing = self.leases.get(requested)
            if existing is not None and not self._ended(existing, request.now):
                client_id = request.client_id if request.subnet.match_client_id else b""
                if not belongs_to(existing, request.hwaddr, client_id):
                    if ALLOC_ENGINE.rank >= DBG_BASIC:
                        ALLOC_ENGINE.log(ALLOC_ENGINE_V4_REQUEST_IN_USE, request.who.label, text4(requested))
                    return Failure.IN_USE
            # Only now: this moves the request to the subnet of the reservation, which may identify clients otherwise.
            reserved = self._reserved_address(request)
            if reserved and reserved != requested:
                holder = self.leases.get(reserved)
                if holder is None or self._ended(holder, request.now):
                    if ALLOC_ENGINE.rank >= DBG_BASIC:
                        ALLOC_ENGINE.log(
                            ALLOC_ENGINE_V4_REQUEST_INVALID, request.who.label, text4(reserved), text4(requested)
                        )
                    return Failure.RESERVATION_FREE
            if reserved != requested and not self._in_allowed_pool(request, requested):
                if ALLOC_ENGINE.rank >= DBG_BASIC:
                    ALLOC_ENGINE.log(ALLOC_ENGINE_V4_REQUEST_OUT_OF_POOL, request.who.label, text4(requested))
                return Failure.OUT_OF_POOL
        if lease is not None and (not requested or lease.address == requested):
            if reserved or self._in_allowed_pool(request, lease.address):
                if ALLOC_ENGINE.rank >= DBG_BASIC:
                    ALLOC_ENGINE.log(ALLOC_ENGINE_V4_REQUEST_EXTEND_LEASE, request.who.label, text4(lease.address))
                return self._renew(request, lease)
        if requested:
            if ALLOC_ENGINE.rank >= DBG_BASIC:
                ALLOC_ENGINE.log(ALLOC_ENGINE_V4_REQUEST_ALLOC_REQUESTED, request.who.label, text4(requested))
            choice = self._take(request, requested) or Failure.IN_USE
        else:
            if ALLOC_ENGINE.rank >= DBG_BASIC:
                ALLOC_ENGINE.log(ALLOC_ENGINE_V4_REQUEST_PICK_ADDRESS, request.who.label)
            choice = self._pick(request)
        if isinstance(choice, Choice):
            if not choice.lease.hwaddr and not choice.lease.client_id:
                ALLOC_ENGINE.log(ALLOC_ENGINE_V4_ALLOC_ERROR, request.who.label, Failure.NAMELESS.value)
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
        ALLOC_ENGINE.log(ALLOC_ENGINE_V4_ALLOC_ERROR, request.who.label, "no subnet of the link is open to the client")
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
            return self._reuse(request, existing)
        return None

    def _reuse(self, request: Request4, ended: Lease4) -> Choice:
        """Return a choice of the address of a lease that has ended."""
        lease = self._new_lease(request, ended.address, ended)
        if ALLOC_ENGINE.rank >= DBG_DETAIL_DATA:
            ALLOC_ENGINE.log(ALLOC_ENGINE_V4_REUSE_EXPIRED_LEASE_DATA, request.who.label, lease.details)
        return Choice(Kind.REUSED, lease, ended)

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
                if existing is not None:
                    return self._reuse(request, existing)
                return Choice(Kind.NEW, self._new_lease(request, address, None), None)
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
