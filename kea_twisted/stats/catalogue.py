"""Every statistic of the DHCP servers: its name, what it belongs to, when it appears, and what it says.

Not here: who counts, and values. ARM dhcp4-stats, dhcp6-stats.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kea_twisted.family import Family
from kea_twisted.stats.registry import Statistics


class Scope(Enum):
    """What a statistic belongs to."""

    GLOBAL = "global"
    SUBNET = "subnet"
    """Its full name is ``subnet[ID].NAME``."""


class Appears(Enum):
    """When a statistic comes into being."""

    START = "start"
    """With value 0 when the server starts; goes on over reconfigurations."""
    CONFIGURED = "configured"
    """With value 0 at the first configuration; goes on over reconfigurations."""
    RECOUNTED = "recounted"
    """Begun anew at each configuration, from the pools or from the stored leases."""
    COUNTED = "counted"
    """When it is first counted."""


@dataclass(frozen=True, slots=True)
class Statistic:
    """One row: all of them are integers. families: "4", "6" or "46"."""

    name: str
    families: str
    scope: Scope
    appears: Appears
    meaning: str
    source: str


_G, _S = Scope.GLOBAL, Scope.SUBNET
_START, _CONF, _AGAIN, _LATER = Appears.START, Appears.CONFIGURED, Appears.RECOUNTED, Appears.COUNTED

# fmt: off
STATISTICS: Final = (
    Statistic("pkt4-received", "4", _G, _START, "packets received, bad ones included", "V4-509"),
    Statistic("pkt4-discover-received", "4", _G, _START, "DHCPDISCOVER received", "V4-510"),
    Statistic("pkt4-offer-received", "4", _G, _START, "DHCPOFFER received; a misconfigured relay", "V4-511"),
    Statistic("pkt4-request-received", "4", _G, _START, "DHCPREQUEST received", "V4-512"),
    Statistic("pkt4-ack-received", "4", _G, _START, "DHCPACK received; a misconfigured relay", "V4-513"),
    Statistic("pkt4-nak-received", "4", _G, _START, "DHCPNAK received; a misconfigured relay", "V4-514"),
    Statistic("pkt4-release-received", "4", _G, _START, "DHCPRELEASE received", "V4-515"),
    Statistic("pkt4-decline-received", "4", _G, _START, "DHCPDECLINE received", "V4-516"),
    Statistic("pkt4-inform-received", "4", _G, _START, "DHCPINFORM received", "V4-517"),
    Statistic("pkt4-unknown-received", "4", _G, _START, "packets of no or an unsupported message type", "V4-518"),
    Statistic("pkt4-sent", "4", _G, _START, "packets sent", "V4-519"),
    Statistic("pkt4-offer-sent", "4", _G, _START, "DHCPOFFER sent", "V4-520"),
    Statistic("pkt4-ack-sent", "4", _G, _START, "DHCPACK sent", "V4-521"),
    Statistic("pkt4-nak-sent", "4", _G, _START, "DHCPNAK sent", "V4-522"),
    Statistic("pkt4-parse-failed", "4", _G, _START, "packets that are malformed", "V4-523"),
    Statistic("pkt4-receive-drop", "4", _G, _START, "packets received and dropped", "V4-524"),
    Statistic("total-addresses", "4", _S, _AGAIN, "addresses in all pools", "V4-525"),
    Statistic("cumulative-assigned-addresses", "4", _G, _CONF, "addresses ever assigned", "V4-526"),
    Statistic("cumulative-assigned-addresses", "4", _S, _AGAIN, "addresses ever assigned", "V4-527"),
    Statistic("assigned-addresses", "4", _S, _AGAIN, "addresses assigned now, declined ones included", "V4-528"),
    Statistic("pkt4-lease-query-received", "4", _G, _LATER, "DHCPLEASEQUERY received; hook", "V4-535"),
    Statistic("pkt4-lease-query-response-unknown-sent", "4", _G, _LATER, "DHCPLEASEUNKNOWN sent; hook", "V4-536"),
    Statistic("pkt4-lease-query-response-unassigned-sent", "4", _G, _LATER, "DHCPLEASEUNASSIGNED sent; hook", "V4-537"),
    Statistic("pkt4-lease-query-response-active-sent", "4", _G, _LATER, "DHCPLEASEACTIVE sent; hook", "V4-538"),
    Statistic("v4-allocation-fail", "4", _G, _START, "clients that got no address", "V4-539"),
    Statistic("v4-allocation-fail", "4", _S, _LATER, "clients that got no address", "V4-540"),
    Statistic("v4-allocation-fail-shared-network", "4", _G, _START, "of these, clients in a shared network", "V4-541"),
    Statistic("v4-allocation-fail-shared-network", "4", _S, _LATER, "of these, clients in a shared network", "V4-542"),
    Statistic("v4-allocation-fail-subnet", "4", _G, _START, "of these, clients in a single subnet", "V4-543"),
    Statistic("v4-allocation-fail-subnet", "4", _S, _LATER, "of these, clients in a single subnet", "V4-544"),
    Statistic("v4-allocation-fail-no-pools", "4", _G, _START, "of these, for lack of a usable pool", "V4-545"),
    Statistic("v4-allocation-fail-no-pools", "4", _S, _LATER, "of these, for lack of a usable pool", "V4-546"),
    Statistic("v4-allocation-fail-classes", "4", _G, _START, "of these, clients in classes", "V4-547"),
    Statistic("v4-allocation-fail-classes", "4", _S, _LATER, "of these, clients in classes", "V4-548"),
    Statistic("v4-reservation-conflicts", "4", _G, _START, "reserved addresses found leased to others", "V4-549"),
    Statistic("v4-reservation-conflicts", "4", _S, _CONF, "reserved addresses found leased to others", "V4-550"),
    Statistic("pkt6-received", "6", _G, _START, "packets received, bad ones included", "ST-044"),
    Statistic("pkt6-receive-drop", "6", _G, _START, "packets received and dropped", "ST-045"),
    Statistic("pkt6-parse-failed", "6", _G, _START, "packets that are malformed", "ST-046"),
    Statistic("pkt6-solicit-received", "6", _G, _START, "SOLICIT received", "ST-047"),
    Statistic("pkt6-advertise-received", "6", _G, _START, "ADVERTISE received; abnormal", "ST-048"),
    Statistic("pkt6-request-received", "6", _G, _START, "REQUEST received", "ST-049"),
    Statistic("pkt6-reply-received", "6", _G, _START, "REPLY received; abnormal", "ST-050"),
    Statistic("pkt6-renew-received", "6", _G, _START, "RENEW received", "ST-051"),
    Statistic("pkt6-rebind-received", "6", _G, _START, "REBIND received", "ST-052"),
    Statistic("pkt6-release-received", "6", _G, _START, "RELEASE received", "ST-053"),
    Statistic("pkt6-decline-received", "6", _G, _START, "DECLINE received", "ST-054"),
    Statistic("pkt6-infrequest-received", "6", _G, _START, "INFORMATION-REQUEST received", "ST-055"),
    Statistic("pkt6-dhcpv4-query-received", "6", _G, _START, "DHCPV4-QUERY received", "ST-056"),
    Statistic("pkt6-dhcpv4-response-received", "6", _G, _START, "DHCPV4-RESPONSE received; abnormal", "ST-057"),
    Statistic("pkt6-unknown-received", "6", _G, _START, "packets of an unknown message type", "ST-058"),
    Statistic("pkt6-sent", "6", _G, _START, "packets sent", "ST-059"),
    Statistic("pkt6-advertise-sent", "6", _G, _START, "ADVERTISE sent", "ST-060"),
    Statistic("pkt6-reply-sent", "6", _G, _START, "REPLY sent", "ST-061"),
    Statistic("pkt6-dhcpv4-response-sent", "6", _G, _START, "DHCPV4-RESPONSE sent", "ST-062"),
    Statistic("total-nas", "6", _S, _AGAIN, "addresses in all pools", "ST-063"),
    Statistic("cumulative-assigned-nas", "6", _G, _CONF, "addresses ever assigned", "ST-064"),
    Statistic("cumulative-assigned-nas", "6", _S, _AGAIN, "addresses ever assigned", "ST-065"),
    Statistic("assigned-nas", "6", _S, _AGAIN, "addresses assigned now, declined ones included", "ST-066"),
    Statistic("total-pds", "6", _S, _AGAIN, "prefixes in all pools", "ST-067"),
    Statistic("cumulative-assigned-pds", "6", _G, _CONF, "prefixes ever assigned", "ST-068"),
    Statistic("cumulative-assigned-pds", "6", _S, _AGAIN, "prefixes ever assigned", "ST-069"),
    Statistic("assigned-pds", "6", _S, _AGAIN, "prefixes assigned now", "ST-070"),
    Statistic("reclaimed-leases", "46", _G, _CONF, "expired leases reclaimed", "V4-529 ST-071"),
    Statistic("reclaimed-leases", "46", _S, _AGAIN, "expired leases reclaimed", "V4-530 ST-072"),
    Statistic("declined-addresses", "46", _G, _AGAIN, "addresses declined now", "V4-531 ST-073"),
    Statistic("declined-addresses", "46", _S, _AGAIN, "addresses declined now", "V4-532 ST-074"),
    Statistic("reclaimed-declined-addresses", "46", _G, _CONF, "declined addresses that recovered", "V4-533 ST-075"),
    Statistic("reclaimed-declined-addresses", "46", _S, _AGAIN, "declined addresses that recovered", "V4-534 ST-076"),
    Statistic("v6-allocation-fail", "6", _G, _START, "clients that got no lease", "ST-077"),
    Statistic("v6-allocation-fail", "6", _S, _LATER, "clients that got no lease", "ST-078"),
    Statistic("v6-allocation-fail-shared-network", "6", _G, _START, "of these, clients in a shared network", "ST-079"),
    Statistic("v6-allocation-fail-shared-network", "6", _S, _LATER, "of these, clients in a shared network", "ST-080"),
    Statistic("v6-allocation-fail-subnet", "6", _G, _START, "of these, clients in a single subnet", "ST-081"),
    Statistic("v6-allocation-fail-subnet", "6", _S, _LATER, "of these, clients in a single subnet", "ST-082"),
    Statistic("v6-allocation-fail-no-pools", "6", _G, _START, "of these, for lack of a usable pool", "ST-083"),
    Statistic("v6-allocation-fail-no-pools", "6", _S, _LATER, "of these, for lack of a usable pool", "ST-084"),
    Statistic("v6-allocation-fail-classes", "6", _G, _START, "of these, clients in classes", "ST-085"),
    Statistic("v6-allocation-fail-classes", "6", _S, _LATER, "of these, clients in classes", "ST-086"),
)
# fmt: on


def of_family(family: Family) -> tuple[Statistic, ...]:
    """Return the statistics of one server."""
    return tuple(row for row in STATISTICS if str(family.number) in row.families)


def subnet_name(subnet_id: int, name: str) -> str:
    """Return the full name of a subnet's statistic. ST-036."""
    return f"subnet[{subnet_id}].{name}"


def start(statistics: Statistics, family: Family, now: float) -> None:
    """Begin what a server has from its start on. ST-002."""
    for row in of_family(family):
        if row.appears is Appears.START:
            statistics.restart(row.name, 0, now)


def configure(statistics: Statistics, family: Family, subnets: Iterable[int], now: float) -> None:
    """Begin what a configuration brings, all with 0, and drop what belongs to subnets that are gone. ST-037, ST-039.

    subnets: the identifiers of those that are configured. Without any, nothing is recounted.
    """
    rows = of_family(family)
    again = [row.name for row in rows if row.scope is Scope.SUBNET and row.appears is Appears.RECOUNTED]
    once = [row.name for row in rows if row.scope is Scope.SUBNET and row.appears is Appears.CONFIGURED]
    kept = {f"subnet[{subnet_id}]" for subnet_id in subnets}
    for name in [name for name in statistics.observations if name.startswith("subnet[")]:
        if name.partition(".")[0] not in kept:
            statistics.remove(name)
    for subnet in kept:
        for name in again:
            statistics.restart(f"{subnet}.{name}", 0, now)
        for name in once:
            if f"{subnet}.{name}" not in statistics.observations:
                statistics.restart(f"{subnet}.{name}", 0, now)
    for row in rows:
        if row.scope is Scope.GLOBAL and row.appears is Appears.CONFIGURED:
            if row.name not in statistics.observations:
                statistics.restart(row.name, 0, now)
        elif row.scope is Scope.GLOBAL and row.appears is Appears.RECOUNTED:
            if kept or row.name not in statistics.observations:
                statistics.set(row.name, 0, now)
    statistics.share()
