"""Reservations of the configuration file, in memory, and which of them contradict one another.

Not here: which identifiers of a packet are looked up, and in which subnets. ARM host-reservation-v4,
multiple-reservations-same-ip4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kea_twisted.base.address import to_text
from kea_twisted.base.octets import colon_hex
from kea_twisted.family import Family
from kea_twisted.hosts.host import Host, Identifier, IdentifierType
from kea_twisted.hosts.report import log_by_address, log_by_identifiers
from kea_twisted.hosts.source import HostDataSource
from kea_twisted.log.logger import HOSTS
from kea_twisted.log.message import DBG_BASIC

Key = tuple[int, int, bytes]
"""Subnet, identifier type, identifier."""


class ConfiguredHosts(HostDataSource):
    """The reservations of one configuration, never changed. Of two for one identifier in a subnet the first counts.

    unique: no two reserve one address in a subnet (`ip-reservations-unique`).
    """

    __slots__ = ("_addresses", "_by_identifier", "_by_subnet", "_names", "family", "unique")

    def __init__(self, family: Family, hosts: Iterable[Host] = (), unique: bool = True) -> None:
        self.family = family
        self.unique = unique
        self._by_identifier: dict[Key, Host] = {}
        self._by_subnet: dict[int, list[Host]] = {}
        self._addresses: dict[tuple[int, int], list[Host]] = {}
        self._names: dict[tuple[int, str], list[Host]] | None = None
        by_identifier = self._by_identifier
        by_subnet = self._by_subnet
        for host in hosts:
            subnet = host.subnet_id
            by_identifier.setdefault((subnet, host.identifier_type, host.identifier), host)
            same_subnet = by_subnet.get(subnet)
            if same_subnet is None:
                by_subnet[subnet] = [host]
            else:
                same_subnet.append(host)
            if host.address:
                self._addresses.setdefault((subnet, host.address), []).append(host)
            elif host.addresses or host.prefixes:
                for address in reserved6(host):
                    self._addresses.setdefault((subnet, address), []).append(host)

    def __len__(self) -> int:
        """Return the number of reservations."""
        return sum(map(len, self._by_subnet.values()))

    def __iter__(self) -> Iterator[Host]:
        """Yield every reservation, subnet by subnet."""
        for hosts in self._by_subnet.values():
            yield from hosts

    def has_subnet(self, subnet_id: int) -> bool:
        """Return whether there is any reservation in a subnet (0: any global one)."""
        return subnet_id in self._by_subnet

    def by_identifiers(self, subnet_id: int, identifiers: Sequence[Identifier]) -> Host | None:
        """Return the reservation of the first of *identifiers* that has one in the subnet."""
        found: Host | None = None
        if subnet_id in self._by_subnet:
            by_identifier = self._by_identifier
            for kind, octets in identifiers:
                found = by_identifier.get((subnet_id, kind, octets))
                if found is not None:
                    break
        if HOSTS.rank >= DBG_BASIC:
            log_by_identifiers(self.family, subnet_id, identifiers, found)
        return found

    def by_address4(self, subnet_id: int, address: int) -> Iterable[Host]:
        """Return the reservations of an IPv4 address in a subnet (several if they need not be unique)."""
        found = self._addresses.get((subnet_id, address), ())
        if HOSTS.rank >= DBG_BASIC:
            log_by_address(self.family, self.unique, subnet_id, address, found)
        return found

    def by_address6(self, subnet_id: int, address: int) -> Iterable[Host]:
        """Return the reservations of an IPv6 address, or of a prefix of any length that begins there, in a subnet."""
        found = self._addresses.get((subnet_id, address), ())
        if HOSTS.rank >= DBG_BASIC:
            log_by_address(self.family, self.unique, subnet_id, address, found)
        return found

    def by_subnet(self, subnet_id: int) -> Iterable[Host]:
        """Return all reservations of a subnet."""
        return self._by_subnet.get(subnet_id, ())

    def by_hostname(self, subnet_id: int, hostname: str) -> Iterable[Host]:
        """Return the reservations of a host name in a subnet, ignoring case."""
        names = self._names
        if names is None:
            names = {}
            for hosts in self._by_subnet.values():
                for host in hosts:
                    if host.hostname:
                        names.setdefault((host.subnet_id, host.hostname.lower()), []).append(host)
            self._names = names
        return names.get((subnet_id, hostname.lower()), ())


def reserved6(host: Host) -> list[int]:
    """Return the IPv6 addresses, and the first addresses of the prefixes, that are reserved for *host*."""
    return [*host.addresses, *(first for first, _length in host.prefixes)]


def describe(host: Host) -> str:
    """Return whom a reservation is for, as in ``hw-address 02:00:00:00:00:01``."""
    return f"{host.identifier_type.keyword} {colon_hex(host.identifier)}"


_UNCHECKED: Final = {4: frozenset[IdentifierType](), 6: frozenset({IdentifierType.FLEX_ID})}
"""Identifiers that Kea lets stand twice in one subnet, by family."""


class Duplicate(NamedTuple):
    """A reservation that contradicts an earlier one. address: what both reserve; None: they are for one identifier."""

    host: Host
    reason: str
    address: int | None = None


def duplicates(hosts: Sequence[Host], family: Family, unique: bool = True) -> list[Duplicate]:
    """Return every reservation that contradicts an earlier one, and why.

    No identifier may have two reservations in one subnet. Unless *unique* is false (`ip-reservations-unique`), no
    address and no prefix, whatever its length, may have two either. The same in another subnet, or globally, is right.
    """
    out: list[Duplicate] = []
    if len(hosts) < 2:
        return out
    unchecked = _UNCHECKED[family.number]
    owners: dict[Key, Host] = {}
    addresses: dict[tuple[int, int], Host] = {}
    for host in hosts:
        subnet = host.subnet_id
        key = (subnet, host.identifier_type, host.identifier)
        if owners.setdefault(key, host) is not host and host.identifier_type not in unchecked:
            out.append(Duplicate(host, f"{describe(host)} has a reservation already{_in(subnet)}"))
        elif unique:
            for address in (host.address,) if host.address else reserved6(host):
                owner = addresses.setdefault((subnet, address), host)
                if owner is not host:
                    reason = f"there is already a reservation for {to_text(address, family)}{_in(subnet)}"
                    out.append(Duplicate(host, f"{reason}, for {describe(owner)}", address))
    return out


def _in(subnet_id: int) -> str:
    return f" in the subnet with id {subnet_id}" if subnet_id else " among the global ones"
