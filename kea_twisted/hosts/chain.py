"""Several sources of reservations asked one after the other: caches, the configuration, databases.

Not here: the sources. ARM hosts4-storage: the configuration is searched first, databases only if it knows nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kea_twisted.hosts.host import Host, Identifier
from kea_twisted.hosts.source import HostDataSource


class HostChain(HostDataSource):
    """Ask *sources* in order. Of one client the first reservation counts; of addresses and names all are returned."""

    __slots__ = ("sources",)

    def __init__(self, sources: Iterable[HostDataSource]) -> None:
        self.sources = tuple(sources)

    def by_identifiers(self, subnet_id: int, identifiers: Sequence[Identifier]) -> Host | None:
        """Return the reservation of the first source that has one for any of *identifiers*."""
        for source in self.sources:
            found = source.by_identifiers(subnet_id, identifiers)
            if found is not None:
                return found
        return None

    def by_address4(self, subnet_id: int, address: int) -> Iterable[Host]:
        """Return the reservations of an IPv4 address from all sources."""
        return [host for source in self.sources for host in source.by_address4(subnet_id, address)]

    def by_address6(self, subnet_id: int, address: int) -> Iterable[Host]:
        """Return the reservations of an IPv6 address or prefix from all sources."""
        return [host for source in self.sources for host in source.by_address6(subnet_id, address)]

    def by_subnet(self, subnet_id: int) -> Iterable[Host]:
        """Return the reservations of a subnet from all sources."""
        return [host for source in self.sources for host in source.by_subnet(subnet_id)]

    def by_hostname(self, subnet_id: int, hostname: str) -> Iterable[Host]:
        """Return the reservations of a host name from all sources."""
        return [host for source in self.sources for host in source.by_hostname(subnet_id, hostname)]
