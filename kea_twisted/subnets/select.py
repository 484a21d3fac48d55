"""Which subnet serves a query: sorted ranges and maps, made once a configuration.

Not here: which of the candidates' classes fit; the caller passes the packet's classes. ARM dhcp4-subnet-selection,
dhcp6-subnet-selection.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from kea_twisted.subnets.subnet import Subnet
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.subnets.v6 import Subnet6

S = TypeVar("S", bound=Subnet)


class SubnetIndex(Generic[S]):
    """Find subnets by address, relay, interface and id. Subnets are tried in the order of their ids, as Kea does."""

    __slots__ = ("_by_address", "_by_interface", "_by_relay", "_starts", "by_id", "subnets")

    def __init__(self, subnets: Iterable[S] = ()) -> None:
        self.subnets: tuple[S, ...] = tuple(subnets)
        self.by_id: dict[int, S] = {subnet.id: subnet for subnet in self.subnets}
        self._by_relay: dict[int, list[S]] = {}
        self._by_interface: dict[str, list[S]] = {}
        for subnet in self.subnets:
            relays = subnet.relays or (subnet.network.relays if subnet.network else frozenset())
            for relay in relays:
                self._by_relay.setdefault(relay, []).append(subnet)
            interface = subnet.interface or (subnet.network.interface if subnet.network else "")
            if interface:
                self._by_interface.setdefault(interface, []).append(subnet)
        self._by_address: list[list[S]] = []
        self._starts: list[int] = []
        self._index_ranges()

    def _index_ranges(self) -> None:
        """Cut the address space into stretches, each with the subnets that cover it."""
        edges = sorted({edge for subnet in self.subnets for edge in (subnet.first, subnet.last + 1)})
        covering: dict[int, list[S]] = {edge: [] for edge in edges}
        position = {edge: place for place, edge in enumerate(edges)}
        for subnet in self.subnets:
            for place in range(position[subnet.first], position[subnet.last + 1]):
                covering[edges[place]].append(subnet)
        self._starts = edges
        self._by_address = [covering[edge] for edge in edges]

    def by_address(self, address: int) -> Sequence[S]:
        """Return the subnets whose prefix contains *address*."""
        place = bisect_right(self._starts, address) - 1
        return self._by_address[place] if place >= 0 else ()

    def by_relay(self, address: int) -> Sequence[S]:
        """Return the subnets with *address* among their relays."""
        return self._by_relay.get(address, ())

    def by_interface(self, name: str) -> Sequence[S]:
        """Return the subnets configured for the interface *name*."""
        return self._by_interface.get(name, ())


class SubnetIndex4(SubnetIndex[Subnet4]):
    """DHCPv4 subnets. over6: those that clients of DHCPv4-over-DHCPv6 may have."""

    __slots__ = ("over6",)

    def __init__(self, subnets: Iterable[Subnet4] = ()) -> None:
        super().__init__(subnets)
        self.over6: tuple[Subnet4, ...] = tuple(subnet for subnet in self.subnets if subnet.is_over6)


class SubnetIndex6(SubnetIndex[Subnet6]):
    """DHCPv6 subnets, also found by the interface-id option of a relay."""

    __slots__ = ("_by_interface_id",)

    def __init__(self, subnets: Iterable[Subnet6] = ()) -> None:
        super().__init__(subnets)
        self._by_interface_id: dict[bytes, list[Subnet6]] = {}
        for subnet in self.subnets:
            interface_id = subnet.interface_id or (subnet.network.interface_id if subnet.network else b"")
            if interface_id:
                self._by_interface_id.setdefault(interface_id, []).append(subnet)

    def by_interface_id(self, interface_id: bytes) -> Sequence[Subnet6]:
        """Return the subnets with this `interface-id`."""
        return self._by_interface_id.get(interface_id, ())
