"""The statistics that the DHCPv4 server counts, looked up once. ARM dhcp4-stats."""

from __future__ import annotations

from typing import Final

from kea_twisted.server.counters import Counters
from kea_twisted.stats.registry import Observations, Statistics
from kea_twisted.wire.v4 import (
    DHCPACK,
    DHCPDECLINE,
    DHCPDISCOVER,
    DHCPINFORM,
    DHCPNAK,
    DHCPOFFER,
    DHCPRELEASE,
    DHCPREQUEST,
)

RECEIVED: Final = {
    DHCPDISCOVER: "pkt4-discover-received",
    DHCPOFFER: "pkt4-offer-received",
    DHCPREQUEST: "pkt4-request-received",
    DHCPACK: "pkt4-ack-received",
    DHCPNAK: "pkt4-nak-received",
    DHCPRELEASE: "pkt4-release-received",
    DHCPDECLINE: "pkt4-decline-received",
    DHCPINFORM: "pkt4-inform-received",
}
SENT: Final = {DHCPOFFER: "pkt4-offer-sent", DHCPACK: "pkt4-ack-sent", DHCPNAK: "pkt4-nak-sent"}


class Counters4(Counters):
    """Those of packets, and those of leases by subnet, which are looked up when they are first counted."""

    __slots__ = ("_statistics", "_subnets")

    def __init__(self, statistics: Statistics, now: float) -> None:
        Counters.__init__(self, statistics, now, "pkt4", RECEIVED, SENT)
        self._statistics = statistics
        self._subnets: dict[int, Observations] = {}

    def _subnet(self, subnet_id: int, now: float) -> Observations:
        """Return assigned and cumulative of a subnet, and cumulative of all."""
        found = self._subnets.get(subnet_id)
        if found is None:
            get = self._statistics.get
            found = self._subnets[subnet_id] = (
                get(f"subnet[{subnet_id}].assigned-addresses", now),
                get(f"subnet[{subnet_id}].cumulative-assigned-addresses", now),
                get("cumulative-assigned-addresses", now),
            )
        return found

    def assigned(self, subnet_id: int, now: float) -> None:
        """Count an address that went to a client."""
        self._statistics.count(self._subnet(subnet_id, now), 1, now)

    def unassigned(self, subnet_id: int, now: float) -> None:
        """Count an address that came back."""
        self._statistics.count(self._subnet(subnet_id, now)[:1], -1, now)

    def declined(self, subnet_id: int, now: float) -> None:
        """Count an address that a client declined; it stays assigned until its probation ends."""
        get = self._statistics.get
        counted = get(f"subnet[{subnet_id}].declined-addresses", now), get("declined-addresses", now)
        self._statistics.count(counted, 1, now)

    def reservation_conflict(self, subnet_id: int, now: float) -> None:
        """Count a reserved address that could not be offered because another client has it."""
        self._statistics.get(f"subnet[{subnet_id}].v4-reservation-conflicts", now).add(1, now)
        self._statistics.get("v4-reservation-conflicts", now).add(1, now)

    def count_allocation_failure(self, subnet_id: int, shared: bool, no_pools: bool, classes: bool, now: float) -> None:
        """Count a query for which no address could be picked, for all subnets and for the one tried last."""
        names = [f"v4-allocation-fail-{'shared-network' if shared else 'subnet'}"]
        names.append("v4-allocation-fail-no-pools" if no_pools else "v4-allocation-fail")
        if classes:
            names.append("v4-allocation-fail-classes")
        for name in names:
            self._statistics.get(name, now).add(1, now)
            self._statistics.get(f"subnet[{subnet_id}].{name}", now).add(1, now)
