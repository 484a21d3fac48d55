"""The hook points of the DHCP servers as a table: names, arguments, and what SKIP, DROP and PARK mean there.

The reference for authors of hooks, the check of what libraries register, and the tests read it. Not here: where in the
life of a query a point lies; that is in the pipeline tables. Names are Kea's. ARM hooks-libraries; Kea developer guide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DHCP4: Final = "kea-dhcp4"
DHCP6: Final = "kea-dhcp6"
BOTH: Final = (DHCP4, DHCP6)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a point. direction: in (look at it), out (set it) or in/out (replace it if need be)."""

    name: str
    type: str
    direction: str = "in"


@dataclass(frozen=True, slots=True)
class Point:
    """One hook point. skip, drop, park: what the server does then; "" where the status means nothing."""

    name: str
    daemons: tuple[str, ...]
    summary: str
    arguments: tuple[Argument, ...]
    skip: str = ""
    drop: str = ""
    park: str = ""
    source: str = ""

    @property
    def of_packets(self) -> bool:
        """Whether a packet is what the callouts look at, and can wait for them."""
        return any(argument.type.startswith("Packet") for argument in self.arguments)


def _arguments(text: str) -> tuple[Argument, ...]:
    """Return arguments written as ``name: type``, ``name: type (in/out)``, separated by semicolons."""
    found = []
    for part in text.split(";"):
        name, _, kind = part.strip().partition(": ")
        direction = "in"
        if kind.endswith(")"):
            kind, _, direction = kind[:-1].rpartition(" (")
        found.append(Argument(name, kind, direction))
    return tuple(found)


_DROPPED: Final = "drops the query"
_CONFIGURED: Final = _arguments(
    "io_context: IReactorTime; network_state: NetworkState; json_config: dict; server_config: ServerConfig"
)
_PROCESSED: Final = _arguments("name: str; arguments: object; response: dict (in/out)")

# fmt: off
POINTS: Final = (
    Point("dhcp4_srv_configured", (DHCP4,), "A configuration is in force.", _CONFIGURED,
          source="hooks-dhcpv4"),
    Point("dhcp6_srv_configured", (DHCP6,), "A configuration is in force.", _CONFIGURED,
          source="hooks-dhcpv6"),
    Point("cb4_updated", (DHCP4,), "Changes were fetched from the configuration backends.",
          _arguments("audit_entries: list"), source="hooks-dhcpv4"),
    Point("cb6_updated", (DHCP6,), "Changes were fetched from the configuration backends.",
          _arguments("audit_entries: list"), source="hooks-dhcpv6"),
    Point("command_processed", BOTH, "A command was carried out; its answer is about to be sent.", _PROCESSED,
          source="hooks-dhcpv4; hooks-dhcpv6"),

    Point("buffer4_receive", (DHCP4,), "A datagram came in and is not parsed yet.",
          _arguments("query4: Packet4 (in/out)"),
          skip="does not parse the datagram: the callout has done so", drop=_DROPPED, source="hooks-dhcpv4"),
    Point("pkt4_receive", (DHCP4,), "A query was parsed.", _arguments("query4: Packet4 (in/out)"),
          skip=_DROPPED, drop=_DROPPED, source="hooks-dhcpv4"),
    Point("host4_identifier", (DHCP4,), "A reservation is looked up by flexible identifier.",
          _arguments("query4: Packet4; id_type: IdentifierType (in/out); id_value: bytes (in/out)"),
          skip="uses no flexible identifier", drop="uses no flexible identifier", source="hooks-dhcpv4"),
    Point("subnet4_select", (DHCP4,), "A subnet was selected.",
          _arguments("query4: Packet4; subnet4: Subnet4 (in/out); subnet4collection: Sequence[Subnet4]"),
          skip="uses no subnet", drop=_DROPPED, source="hooks-dhcpv4"),
    Point("lease4_select", (DHCP4,), "A new lease was chosen and is about to be stored or offered.",
          _arguments("query4: Packet4; subnet4: Subnet4; fake_allocation: bool; lease4: Lease4 (in/out)"),
          skip="does not assign the lease", source="hooks-dhcpv4"),
    Point("lease4_renew", (DHCP4,), "A lease is about to be extended.",
          _arguments("query4: Packet4; subnet4: Subnet4; clientid: bytes; hwaddr: bytes; lease4: Lease4 (in/out)"),
          skip="does not extend the lease in the store", source="hooks-dhcpv4"),
    Point("lease4_release", (DHCP4,), "A lease is about to be released.",
          _arguments("query4: Packet4; lease4: Lease4"),
          skip="keeps the lease", drop="keeps the lease and drops the query", source="hooks-dhcpv4"),
    Point("lease4_decline", (DHCP4,), "A lease is about to be declined.",
          _arguments("query4: Packet4; lease4: Lease4"),
          skip="keeps the lease as it is", drop="keeps the lease as it is", source="hooks-dhcpv4"),
    Point("ddns4_update", (DHCP4,), "The names for DNS were worked out.",
          _arguments("query4: Packet4; response4: Packet4; subnet4: Subnet4; hostname: str (in/out); "
                     "fwd-update: bool (in/out); rev-update: bool (in/out); ddns-params: DdnsParameters"),
          source="hooks-dhcpv4"),
    Point("leases4_committed", (DHCP4,), "The leases of a query are stored; the answer is not sent yet.",
          _arguments("query4: Packet4; leases4: list[Lease4]; deleted_leases4: list[Lease4]"),
          drop=_DROPPED, park="keeps the answer until the query is unparked", source="hooks-dhcpv4"),
    Point("pkt4_send", (DHCP4,), "The answer is complete and not packed yet.",
          _arguments("query4: Packet4; response4: Packet4 (in/out); subnet4: Subnet4"),
          skip="does not pack the answer: the callout has done so", drop="drops the answer", source="hooks-dhcpv4"),
    Point("buffer4_send", (DHCP4,), "The answer is packed and about to be sent.",
          _arguments("response4: Packet4 (in/out)"),
          skip="does not send the answer", drop="does not send the answer", source="hooks-dhcpv4"),
    Point("lease4_expire", (DHCP4,), "An expired lease is about to be reclaimed.",
          _arguments("lease4: Lease4; remove_lease: bool"),
          skip="leaves the lease to the callout", source="hooks-dhcpv4; lease-reclamation"),
    Point("lease4_recover", (DHCP4,), "The probation period of a declined address is over.",
          _arguments("lease4: Lease4"), skip="leaves the lease declined", source="hooks-dhcpv4"),

    Point("buffer6_receive", (DHCP6,), "A datagram came in and is not parsed yet.",
          _arguments("query6: Packet6 (in/out)"),
          skip="does not parse the datagram: the callout has done so", drop=_DROPPED, source="hooks-dhcpv6"),
    Point("pkt6_receive", (DHCP6,), "A query was parsed.", _arguments("query6: Packet6 (in/out)"),
          skip=_DROPPED, drop=_DROPPED, source="hooks-dhcpv6"),
    Point("host6_identifier", (DHCP6,), "A reservation is looked up by flexible identifier.",
          _arguments("query6: Packet6; id_type: IdentifierType (in/out); id_value: bytes (in/out)"),
          skip="uses no flexible identifier", drop="uses no flexible identifier", source="hooks-dhcpv6"),
    Point("subnet6_select", (DHCP6,), "A subnet was selected.",
          _arguments("query6: Packet6; subnet6: Subnet6 (in/out); subnet6collection: Sequence[Subnet6]"),
          skip="uses no subnet", drop=_DROPPED, source="hooks-dhcpv6"),
    Point("lease6_select", (DHCP6,), "A new lease was chosen and is about to be stored or offered.",
          _arguments("query6: Packet6; subnet6: Subnet6; fake_allocation: bool; lease6: Lease6 (in/out)"),
          skip="does not assign the lease", source="hooks-dhcpv6"),
    Point("lease6_renew", (DHCP6,), "A lease is about to be extended after a Renew.",
          _arguments("query6: Packet6; lease6: Lease6 (in/out); ia_na: object; ia_pd: object"),
          skip="does not extend the lease", source="hooks-dhcpv6"),
    Point("lease6_rebind", (DHCP6,), "A lease is about to be extended after a Rebind.",
          _arguments("query6: Packet6; lease6: Lease6 (in/out); ia_na: object; ia_pd: object"),
          skip="does not extend the lease", source="hooks-dhcpv6"),
    Point("lease6_release", (DHCP6,), "A lease is about to be released.",
          _arguments("query6: Packet6; lease6: Lease6"),
          skip="keeps the lease", drop="keeps the lease and drops the query", source="hooks-dhcpv6"),
    Point("lease6_decline", (DHCP6,), "A lease is about to be declined.",
          _arguments("query6: Packet6; lease6: Lease6"),
          skip="keeps the lease as it is", drop=_DROPPED, source="hooks-dhcpv6"),
    Point("ddns6_update", (DHCP6,), "The names for DNS were worked out.",
          _arguments("query6: Packet6; response6: Packet6; subnet6: Subnet6; hostname: str (in/out); "
                     "fwd-update: bool (in/out); rev-update: bool (in/out); ddns-params: DdnsParameters"),
          source="hooks-dhcpv6"),
    Point("leases6_committed", (DHCP6,), "The leases of a query are stored; the answer is not sent yet.",
          _arguments("query6: Packet6; leases6: list[Lease6]; deleted_leases6: list[Lease6]"),
          drop=_DROPPED, park="keeps the answer until the query is unparked", source="hooks-dhcpv6"),
    Point("pkt6_send", (DHCP6,), "The answer is complete and not packed yet.",
          _arguments("query6: Packet6; response6: Packet6 (in/out)"),
          skip="does not pack the answer: the callout has done so", drop="drops the answer", source="hooks-dhcpv6"),
    Point("buffer6_send", (DHCP6,), "The answer is packed and about to be sent.",
          _arguments("response6: Packet6 (in/out)"),
          skip="does not send the answer", drop="does not send the answer", source="hooks-dhcpv6"),
    Point("lease6_expire", (DHCP6,), "An expired lease is about to be reclaimed.",
          _arguments("lease6: Lease6; remove_lease: bool"),
          skip="leaves the lease to the callout", source="hooks-dhcpv6; lease-reclamation"),
    Point("lease6_recover", (DHCP6,), "The probation period of a declined address is over.",
          _arguments("lease6: Lease6"), skip="leaves the lease declined", source="hooks-dhcpv6"),
)
# fmt: on

BY_NAME: Final = {point.name: point for point in POINTS}


def points_of(daemon: str) -> tuple[Point, ...]:
    """Return the hook points of a daemon."""
    return tuple(point for point in POINTS if daemon in point.daemons)
