"""Which DHCPv6 addresses and prefixes a client gets: what Kea's allocation engine decides, one IA at a time.

:meth:`Engine6.allocate` serves SOLICIT and REQUEST, :meth:`Engine6.extend` RENEW and REBIND. Both are generators: what
they yield is a :class:`Choice` that callouts may look at, change, or refuse, before it is carried out; the answer sent
back is True to go on. They yield only if the request asks for it. Unlike in DHCPv4, one query leads to several
decisions, each of which sees what the ones before it left in the store.

RFC 8415 §18.3; ARM dhcp6-srv (reservations, shared networks, prefix delegation, lease caching).
"""

from __future__ import annotations

from functools import partial

from kea_twisted.alloc.allocators.iterative import AnyPool, IterativeAllocator
from kea_twisted.alloc.engine import (
    GLOBAL,
    admits,
    allowed_pool,
    in_pools,
    members,
    remaining_if_reusable,
    subnet_to_begin_with,
)
from kea_twisted.alloc.report6 import log_extended, log_failure, log_granted, log_revoked
from kea_twisted.alloc.request6 import (
    Association,
    Choice,
    Choices,
    Kind,
    Request6,
    is_reserved,
    same_names,
    unchanged,
)
from kea_twisted.alloc.store6 import Store6, pools_of
from kea_twisted.alloc.used_up import UsedUp
from kea_twisted.base.address import text6
from kea_twisted.base.lifetimes import INFINITE
from kea_twisted.hosts.host import Host
from kea_twisted.hosts.source import HostDataSource
from kea_twisted.leases.lease import DEFAULT, EXPIRED_RECLAIMED, IA_NA, IA_PD, TYPE_NAMES, Lease6
from kea_twisted.log.logger import ALLOC_ENGINE
from kea_twisted.log.message import DBG_BASIC, DBG_DETAIL, DBG_DETAIL_DATA
from kea_twisted.log.messages.alloc_engine import (
    ALLOC_ENGINE_V6_ALLOC_HR_LEASE_EXISTS,
    ALLOC_ENGINE_V6_ALLOC_LEASES_HR,
    ALLOC_ENGINE_V6_ALLOC_LEASES_NO_HR,
    ALLOC_ENGINE_V6_ALLOC_NO_LEASES_HR,
    ALLOC_ENGINE_V6_ALLOC_UNRESERVED,
    ALLOC_ENGINE_V6_EXPIRED_HINT_RESERVED,
    ALLOC_ENGINE_V6_EXTEND_ALLOC_UNRESERVED,
    ALLOC_ENGINE_V6_HINT_RESERVED,
    ALLOC_ENGINE_V6_RENEW_HR,
    ALLOC_ENGINE_V6_RENEW_REMOVE_RESERVED,
    ALLOC_ENGINE_V6_REUSE_EXPIRED_LEASE_DATA,
)
from kea_twisted.subnets.v6 import Subnet6


class Engine6:
    """The allocation engine of one configuration: allocator positions last as long as it does."""

    __slots__ = ("_recent", "_turn", "allocators", "hosts", "reservations_in_use", "store", "used_up")

    def __init__(self, store: Store6, hosts: HostDataSource, reservations_in_use: bool) -> None:
        self.store = store
        self.hosts = hosts
        self.reservations_in_use = reservations_in_use
        self.allocators = {IA_NA: IterativeAllocator(), IA_PD: IterativeAllocator()}
        self.used_up: UsedUp[Lease6] = UsedUp(Lease6.expired)
        self._recent: dict[int, dict[int, int]] = {IA_NA: {}, IA_PD: {}}
        self._turn = 0

    def allocate(self, request: Request6, ia: Association) -> Choices:
        """Decide an IA of a SOLICIT or REQUEST: what is reserved, else what the client has, else anything free."""
        leases = self._held(request, ia)
        if request.hosts:
            held = bool(leases)
            if ALLOC_ENGINE.rank >= DBG_BASIC:
                found = ALLOC_ENGINE_V6_ALLOC_LEASES_HR if held else ALLOC_ENGINE_V6_ALLOC_NO_LEASES_HR
                ALLOC_ENGINE.log(found, request.who.label)
            yield from self._take_reserved(request, ia, leases)
            if held:
                self._give_up_unfit(request, ia, leases)
                self._give_up_unreserved(request, ia, leases)
            leases = self._refresh(request, ia, leases)
        elif leases:
            if ALLOC_ENGINE.rank >= DBG_BASIC:
                ALLOC_ENGINE.log(ALLOC_ENGINE_V6_ALLOC_LEASES_NO_HR, request.who.label)
            self._give_up_unfit(request, ia, leases)
            leases = self._refresh(request, ia, leases)
        if not leases:
            if ALLOC_ENGINE.rank >= DBG_BASIC:
                ALLOC_ENGINE.log(ALLOC_ENGINE_V6_ALLOC_UNRESERVED, request.who.label)
            yield from self._take_any(request, ia, leases)
        self._conclude(request, ia, leases)

    def extend(self, request: Request6, ia: Association) -> Choices:
        """Decide an IA of a RENEW or REBIND: extend what the client has and may keep, else as for a REQUEST."""
        leases = self._held(request, ia)
        if leases:
            if ALLOC_ENGINE.rank >= DBG_BASIC:
                ALLOC_ENGINE.log(ALLOC_ENGINE_V6_RENEW_REMOVE_RESERVED, request.who.label)
            self._give_up_unfit(request, ia, leases)
        if request.hosts:
            if ALLOC_ENGINE.rank >= DBG_BASIC:
                ALLOC_ENGINE.log(ALLOC_ENGINE_V6_RENEW_HR, request.who.label)
            yield from self._take_reserved(request, ia, leases)
            self._give_up_unreserved(request, ia, leases)
        if not leases:
            if ALLOC_ENGINE.rank >= DBG_BASIC:
                ALLOC_ENGINE.log(ALLOC_ENGINE_V6_EXTEND_ALLOC_UNRESERVED, request.who.label)
            yield from self._take_any(request, ia, leases)
        kept: list[Lease6] = []
        for lease in leases:
            if lease.address in ia.new:
                kept.append(lease)
            else:
                yield from self._extend(request, ia, lease, kept)
        self._conclude(request, ia, kept)

    def _conclude(self, request: Request6, ia: Association, leases: list[Lease6]) -> None:
        """Note the outcome, so that later IAs of the query get something else."""
        ia.leases = leases
        for lease in leases:
            request.allocated.add((lease.address, lease.prefix_length))

    def _held(self, request: Request6, ia: Association) -> list[Lease6]:
        """Return the leases that the client has for this IA on its link."""
        held = self.store.leases.by_ia(ia.kind, request.duid, ia.iaid)
        if not held:
            return []
        return [lease for subnet in members(request.subnet) for lease in held if lease.subnet_id == subnet.id]

    def _refresh(self, request: Request6, ia: Association, leases: list[Lease6]) -> list[Lease6]:
        """Return the leases of a client that asks anew for what it has: lifetimes stay, time and names change."""
        refreshed = []
        for lease in leases:
            if lease.address in ia.new:
                refreshed.append(lease)
                continue
            ia.former[lease.address] = lease
            fresh = lease.copy()
            fresh.fqdn_fwd = request.fqdn_fwd
            fresh.fqdn_rev = request.fqdn_rev
            fresh.hostname = request.hostname
            refreshed.append(fresh)
            if request.fake:
                continue
            fresh.state = DEFAULT
            fresh.cltt = request.now
            renamed = lease.lease_type != IA_PD and not same_names(lease, fresh)
            if not renamed and self._reuse(request, ia, lease, lease.valid_lifetime):
                continue
            self.store.leases.update(fresh)
            if lease.state == EXPIRED_RECLAIMED:
                self._count_again(request, fresh)
        return refreshed

    def _count_again(self, request: Request6, lease: Lease6) -> None:
        """Count a lease that was reclaimed and is the client's again, if a subnet open to the client has it."""
        for subnet in members(request.subnet):
            if admits(subnet.client_class, request.classes) and in_pools(
                pools_of(subnet, lease.lease_type), lease.address
            ):
                self.store.count_assigned(lease, subnet, request.time)
                return

    def _reuse(self, request: Request6, ia: Association, lease: Lease6, valid: int) -> bool:
        """Return whether the cache parameters let the stored lease be answered with, and note what is left of it."""
        subnet = request.subnet
        if subnet.cache_threshold is None and subnet.cache_max_age is None:
            return False
        left = remaining_if_reusable(lease, valid, subnet, request.now)
        if not left:
            return False
        preferred = lease.preferred_lifetime
        if preferred not in (0, INFINITE):
            preferred -= request.now - lease.cltt
            if preferred <= 0:
                return False
        ia.remaining[lease.address] = (preferred, left)
        return True

    # Reservations.

    def _take_reserved(self, request: Request6, ia: Association, leases: list[Lease6]) -> Choices:
        """Add a lease of something reserved for the client, unless it has such a lease already; globally last."""
        subnet = request.subnet
        hosts = request.hosts
        for lease in leases:
            if is_reserved(hosts.get(lease.subnet_id), lease):
                _log_exists(request, lease)
                if request.host_subnet is None and subnet.network is not None:
                    self._name_after(request, hosts[lease.subnet_id])
                    request.host_subnet = next((each for each in members(subnet) if each.id == lease.subnet_id), None)
                return
        for member in members(subnet):
            host = hosts.get(member.id)
            if host is None or not member.reservations_in_subnet or not admits(member.client_class, request.classes):
                continue
            for address, length in _reserved_of(host, ia.kind):
                if (address, length) in request.allocated:
                    continue
                if member.reservations_out_of_pool and in_pools(pools_of(member, ia.kind), address):
                    continue
                if self.store.leases.get(ia.kind, address) is None:
                    request.subnet = member
                    if request.host_subnet is None:
                        request.host_subnet = member
                        self._name_after(request, host)
                    yield from self._create(request, ia, address, length, leases)
                    if leases and leases[-1].address == address:
                        log_granted(request, leases[-1])
                    return
        host = hosts.get(GLOBAL) if subnet.reservations_global else None
        if host is not None:
            existing = next((lease for lease in leases if is_reserved(host, lease)), None)
            if existing is not None:
                _log_exists(request, existing)
                self._name_after(request, host)
                return
            for address, length in _reserved_of(host, ia.kind):
                if (address, length) not in request.allocated and self.store.leases.get(ia.kind, address) is None:
                    self._name_after(request, host)
                    yield from self._create(request, ia, address, length, leases)
                    if leases and leases[-1].address == address:
                        log_granted(request, leases[-1])
                    return

    def _name_after(self, request: Request6, host: Host) -> None:
        """Give the client the name of the reservation that its lease comes from, as its subnet has names."""
        if host.hostname:
            request.hostname = request.qualify(request.subnet.ddns, host.hostname)

    def _reserved_here(self, subnet: Subnet6, kind: int, address: int) -> bool:
        """Return whether somebody has a reservation of something in *subnet* that dynamic allocation must respect."""
        if not self.reservations_in_use or not subnet.reservations_in_subnet:
            return False
        if subnet.reservations_out_of_pool and in_pools(pools_of(subnet, kind), address):
            return False
        return any(True for _host in self.hosts.by_address6(subnet.id, address))

    def _is_own(self, request: Request6, lease: Lease6) -> bool:
        """Return whether *lease* is reserved for the client."""
        hosts = request.hosts
        if not hosts:
            return False
        if request.subnet.reservations_global and is_reserved(hosts.get(GLOBAL), lease):
            return True
        return is_reserved(hosts.get(lease.subnet_id), lease)

    def _give_up_unfit(self, request: Request6, ia: Association, leases: list[Lease6]) -> None:
        """Take away leases that are reserved for someone else, or lie in no pool open to the client."""
        subnet = request.subnet
        looks = subnet.reservations_global or subnet.reservations_in_subnet
        for lease in tuple(leases):
            if looks and self._is_own(request, lease):
                continue
            # As in Kea, reservations of the subnet are respected here even where only global ones are in use.
            taken = list(self.hosts.by_address6(subnet.id, lease.address)) if looks else []
            if not taken and self._in_allowed_pool(request, ia.kind, lease.address):
                continue
            if taken:
                log_revoked(lease, taken)
            self._give_up(request, ia, lease)
            leases.remove(lease)

    def _give_up_unreserved(self, request: Request6, ia: Association, leases: list[Lease6]) -> None:
        """Take away leases that are not reserved for the client, but leave it at least one."""
        for lease in tuple(leases):
            if len(leases) <= 1:
                return
            if not self._is_own(request, lease):
                self._give_up(request, ia, lease)
                leases.remove(lease)

    def _give_up(self, request: Request6, ia: Association, lease: Lease6) -> None:
        """End a lease of the client; a SOLICIT does so, too, though nothing else is stored for it."""
        self.store.remove(lease, request.time)
        request.searched.clear()
        ia.given_up.append(lease)

    # Dynamic allocation.

    def _in_allowed_pool(self, request: Request6, kind: int, address: int) -> bool:
        """Return whether a pool of the link that admits the client has *address*."""
        classes = request.classes
        for subnet in members(request.subnet):
            if (
                admits(subnet.client_class, classes)
                and allowed_pool(pools_of(subnet, kind), address, classes) is not None
            ):
                return True
        return False

    def _take_any(self, request: Request6, ia: Association, leases: list[Lease6]) -> Choices:
        """Add a lease of what the client hints at, else of anything free on the link."""
        if ia.hints and ia.hints[0].address:
            original = request.subnet
            yield from self._take_hint(request, ia, leases)
            if leases:
                return
            request.subnet = original
        yield from self._pick(request, ia, leases)

    def _take_hint(self, request: Request6, ia: Association, leases: list[Lease6]) -> Choices:
        """Add a lease of the first hint, if it is in a pool, free and not reserved."""
        classes = request.classes
        hinted = ia.hints[0].address
        for subnet in members(request.subnet):
            if not admits(subnet.client_class, classes):
                continue
            pool = allowed_pool(pools_of(subnet, ia.kind), hinted, classes)
            if pool is None:
                continue
            request.subnet = subnet
            length = pool.lease_length
            address = hinted >> (128 - length) << (128 - length)
            existing = self.store.leases.get(ia.kind, address)
            if existing is not None and not existing.expired(request.now):
                continue
            if self._reserved_here(subnet, ia.kind, address):
                if ALLOC_ENGINE.rank >= DBG_BASIC:
                    message = (
                        ALLOC_ENGINE_V6_HINT_RESERVED if existing is None else ALLOC_ENGINE_V6_EXPIRED_HINT_RESERVED
                    )
                    ALLOC_ENGINE.log(message, request.who.label, text6(address))
                continue
            if existing is None:
                yield from self._create(request, ia, address, length, leases)
                if leases:
                    return
            else:
                yield from self._take_over(request, ia, existing, length, leases)
                return

    def _pick(self, request: Request6, ia: Association, leases: list[Lease6]) -> Choices:
        """Add a lease of the next free address or prefix of the link."""
        kind = ia.kind
        classes = request.classes
        allocator = self.allocators[kind]
        held = self.store.leases
        get = held.get
        attempts = without_pools = 0
        recent = self._recent[kind]
        start = request.subnet = subnet_to_begin_with(request.subnet, lambda member: recent.get(member.id, 0))
        # One message may bring thousands of IAs, and a search through a full pool takes milliseconds. A search may miss
        # what the next one finds: the allocator is done with some pools until all are begun anew.
        missed = False
        searched = request.searched.get(kind)
        for subnet in members(start) if start.network is not None else (start,):
            if subnet.client_class and subnet.client_class not in classes:
                continue
            pools: list[AnyPool] = [
                pool
                for pool in (subnet.pd_pools if kind == IA_PD else subnet.pools)
                if not pool.client_class or pool.client_class in classes
            ]
            if not pools:
                without_pools += 1
                continue
            if subnet.network is not None:
                self._turn += 1
                recent[subnet.id] = self._turn
            if searched is not None:
                allocator.skip(subnet, pools)
                continue
            only = self.used_up.recall(pools, held, request.now) if self.used_up.searches else None
            if only is not None and not any(self._free(request, subnet, kind, address) for address, _pool in only):
                attempts += sum(pool.capacity for pool in pools)
                allocator.skip(subnet, pools)
                continue
            for address, picked in allocator.candidates(subnet, pools):
                attempts += 1
                existing = get(kind, address)
                if existing is not None and not existing.expired(request.now):
                    continue
                length = picked.lease_length
                if self.reservations_in_use and self._reserved_here(subnet, kind, address):
                    continue
                request.subnet = subnet
                if existing is None:
                    if request.asks_select:
                        yield from self._create(request, ia, address, length, leases)
                    else:
                        self._store_new(request, ia, self._new_lease(request, ia, address, length), leases)
                    ia.given_up = [] if leases else ia.given_up
                else:
                    yield from self._take_over(request, ia, existing, length, leases)
                return
            self.used_up.remember(pools, held, request.now, partial(get, kind))
            left = self.used_up.recall(pools, held, request.now) or ()
            missed = missed or any(self._free(request, subnet, kind, address) for address, _pool in left)
        if searched is None:
            searched = attempts, without_pools
            if not missed:
                request.searched[kind] = searched
        log_failure(request, *searched)
        self._count_failure(request, searched[0])

    def _free(self, request: Request6, subnet: Subnet6, kind: int, address: int) -> bool:
        """Return whether the client may have *address*, of which is known only that it was no lease some time ago."""
        existing = self.store.leases.get(kind, address)
        if existing is not None and not existing.expired(request.now):
            return False
        return not (self.reservations_in_use and self._reserved_here(subnet, kind, address))

    def _count_failure(self, request: Request6, attempts: int) -> None:
        """Count that nothing could be found."""
        reasons: tuple[str, ...] = (
            "-subnet" if request.subnet.network is None else "-shared-network",
            "" if attempts else "-no-pools",
        )
        if request.classes:
            reasons += ("-classes",)
        self.store.count_failure(request.subnet.id, reasons, request.time)

    # Carrying out.

    def _lifetimes(self, request: Request6, ia: Association) -> tuple[int, int]:
        """Return (preferred, valid) seconds: those of a class, else of the subnet; the hint wishes within bounds."""
        subnet = request.subnet
        preferred = request.class_preferred or subnet.preferred
        valid = request.class_valid or subnet.valid
        if ia.hints:
            hint = ia.hints[0]
            return (
                preferred.clamp(hint.preferred) if hint.preferred else preferred.default,
                valid.clamp(hint.valid) if hint.valid else valid.default,
            )
        return preferred.default, valid.default

    def _create(self, request: Request6, ia: Association, address: int, length: int, leases: list[Lease6]) -> Choices:
        """Add a lease of something that has none."""
        lease = self._new_lease(request, ia, address, length)
        if request.asks_select:
            choice = Choice(Kind.NEW, lease, None)
            if not (yield choice):
                return
            lease = choice.lease
        self._store_new(request, ia, lease, leases)

    def _new_lease(self, request: Request6, ia: Association, address: int, length: int) -> Lease6:
        """Return the lease of *address* as the client shall have it."""
        preferred, valid = self._lifetimes(request, ia)
        return Lease6(
            ia.kind,
            address,
            length,
            request.duid,
            ia.iaid,
            preferred,
            valid,
            request.now,
            request.subnet.id,
            request.fqdn_fwd,
            request.fqdn_rev,
            request.hostname,
            request.hwaddr,
            request.hwtype,
            request.hwaddr_source,
        )

    def _store_new(self, request: Request6, ia: Association, lease: Lease6, leases: list[Lease6]) -> None:
        """Add a lease to those of the client and, unless it is only offered, to the store."""
        if not request.fake:
            if request.remember is not None and request.subnet.store_extended_info:
                lease.user_context = request.remember(lease.user_context)
            if not self.store.add(lease, request.subnet, request.time):
                return
            ia.new.add(lease.address)
        leases.append(lease)

    def _take_over(
        self, request: Request6, ia: Association, ended: Lease6, length: int, leases: list[Lease6]
    ) -> Choices:
        """Add a lease of something whose lease ended. Its link-layer address is renewed by the next renewal only."""
        ia.given_up.append(ended)
        lease = ended.copy()
        lease.iaid = ia.iaid
        lease.duid = request.duid
        lease.preferred_lifetime, lease.valid_lifetime = self._lifetimes(request, ia)
        lease.cltt = request.now
        lease.subnet_id = request.subnet.id
        lease.fqdn_fwd = request.fqdn_fwd
        lease.fqdn_rev = request.fqdn_rev
        lease.hostname = request.hostname
        lease.prefix_length = length
        lease.state = DEFAULT
        if ALLOC_ENGINE.rank >= DBG_DETAIL_DATA:
            ALLOC_ENGINE.log(ALLOC_ENGINE_V6_REUSE_EXPIRED_LEASE_DATA, request.who.label, lease.details)
        if request.asks_select:
            choice = Choice(Kind.REUSED, lease, ended)
            if not (yield choice):
                return
            lease = choice.lease
            # While callouts had their time, it may have been removed, or given to somebody.
            stored = self.store.leases.get(ia.kind, ended.address)
            if stored is None:
                self._store_new(request, ia, lease, leases)
                return
            if not stored.expired(request.now):
                return
            ended = stored
        if not request.fake:
            self.store.reclaim(ended, request.time)
            if request.remember is not None and request.subnet.store_extended_info:
                lease.user_context = request.remember(lease.user_context)
            self.store.leases.update(lease)
            self.store.count_assigned(lease, request.subnet, request.time)
        leases.append(lease)

    def _extend(self, request: Request6, ia: Association, lease: Lease6, kept: list[Lease6]) -> Choices:
        """Extend a lease of the client, or end it if the link or the client's classes no longer allow it."""
        if lease.subnet_id != request.subnet.id:
            for member in members(request.subnet):
                if member.id == lease.subnet_id:
                    request.subnet = member
                    break
        subnet = request.subnet
        hosts = request.hosts
        reserved_globally = bool(hosts) and subnet.reservations_global and is_reserved(hosts.get(GLOBAL), lease)
        if not reserved_globally and (
            (ia.kind != IA_PD and not subnet.first <= lease.address <= subnet.last)
            or not admits(subnet.client_class, request.classes)
        ):
            self._give_up(request, ia, lease)
            return
        extended = lease.copy()
        extended.preferred_lifetime, extended.valid_lifetime = self._lifetimes(request, ia)
        extended.cltt = request.now
        extended.fqdn_fwd = request.fqdn_fwd
        extended.fqdn_rev = request.fqdn_rev
        extended.hostname = request.hostname
        if (extended.hwaddr, extended.hwtype) != (request.hwaddr, request.hwtype):
            extended.hwaddr = request.hwaddr
            extended.hwtype = request.hwtype
            extended.hwaddr_source = request.hwaddr_source
        extended.state = DEFAULT
        if ALLOC_ENGINE.rank >= DBG_DETAIL:
            log_extended(request, lease, extended)
        ia.former[lease.address] = lease
        if request.asks_extend:
            choice = Choice(Kind.EXTENDED, extended, lease)
            if not (yield choice):
                kept.append(lease)
                return
            extended = choice.lease
            stored = self.store.leases.get(lease.lease_type, lease.address)
            if stored is None:
                self._store_new(request, ia, extended, kept)
                return
            if (stored.duid, stored.iaid) != (lease.duid, lease.iaid):
                return
            lease = stored
        kept.append(extended)
        ended = lease.expired(request.now)
        if request.remember is not None and subnet.store_extended_info:
            extended.user_context = request.remember(extended.user_context)
        if not ended and unchanged(lease, extended) and self._reuse(request, ia, lease, extended.valid_lifetime):
            return
        if ended:
            del ia.former[lease.address]
            self.store.reclaim(lease, request.time)
        self.store.leases.update(extended)
        if ended:
            self.store.count_assigned(extended, subnet, request.time)


def _log_exists(request: Request6, lease: Lease6) -> None:
    """Say that the client has what is reserved for it."""
    if ALLOC_ENGINE.rank >= DBG_BASIC:
        what = (TYPE_NAMES[lease.lease_type], text6(lease.address))
        ALLOC_ENGINE.log(ALLOC_ENGINE_V6_ALLOC_HR_LEASE_EXISTS, request.who.label, *what)


def _reserved_of(host: Host, kind: int) -> list[tuple[int, int]]:
    """Return what *host* reserves for IAs of *kind*, as (address, length)."""
    return list(host.prefixes) if kind == IA_PD else [(address, 128) for address in host.addresses]
