"""The port to where reservations are kept: configuration, databases, caches, RADIUS."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from kea_twisted.hosts.host import Host, Identifier


class HostDataSource(ABC):
    """Where reservations are looked up. Methods are synchronous and may raise StoreError.

    subnet_id 0 means the global reservations.
    """

    @abstractmethod
    def by_identifiers(self, subnet_id: int, identifiers: Sequence[Identifier]) -> Host | None:
        """Return the reservation of the first of *identifiers* that has one in the subnet."""

    @abstractmethod
    def by_address4(self, subnet_id: int, address: int) -> Iterable[Host]:
        """Return the reservations of an IPv4 address in a subnet (several if they need not be unique)."""

    @abstractmethod
    def by_address6(self, subnet_id: int, address: int) -> Iterable[Host]:
        """Return the reservations of an IPv6 address, or of a prefix of any length that begins there, in a subnet."""

    @abstractmethod
    def by_subnet(self, subnet_id: int) -> Iterable[Host]:
        """Return all reservations of a subnet."""

    @abstractmethod
    def by_hostname(self, subnet_id: int, hostname: str) -> Iterable[Host]:
        """Return the reservations of a host name in a subnet, ignoring case."""
