"""Name change requests of DHCPv6 leases. RFC 4704."""

from __future__ import annotations

from typing import Final

from kea_twisted.ddns.dhcid import of_duid
from kea_twisted.ddns.ncr import Change, NameChangeRequest
from kea_twisted.ddns.updates import Updates
from kea_twisted.family import V6
from kea_twisted.leases.lease import IA_PD, Lease6
from kea_twisted.log.logger import DDNS
from kea_twisted.log.message import DBG_DETAIL
from kea_twisted.log.messages.dhcp6 import DHCP6_DDNS_CREATE_ADD_NAME_CHANGE_REQUEST

_NO_DUID: Final = b"\0"


class Updates6(Updates[Lease6]):
    """The name change requests of a DHCPv6 server. Delegated prefixes have no entries."""

    __slots__ = ()

    family = V6

    def identify(self, lease: Lease6) -> bytes:
        """Return the DHCID of the client of *lease*; of a declined one, which has none, what Kea makes of no DUID."""
        return of_duid(lease.duid or _NO_DUID, lease.hostname)

    def name_of(self, change: Change, lease: Lease6) -> str:
        """Return the name in a request: what is added is named as in the answer to the client."""
        return lease.hostname.lower() if change is Change.ADD else lease.hostname

    def add(self, lease: Lease6, conflict_resolution: bool) -> None:
        """Ask for the entries of *lease*, if it wants any; that it wants none is not worth a line."""
        if lease.hostname and (lease.fqdn_fwd or lease.fqdn_rev):
            Updates.add(self, lease, conflict_resolution)

    def log_made(self, lease: Lease6, request: NameChangeRequest) -> None:
        """Say that a request was made; Kea has a message of its own for what DHCPv6 adds."""
        if request.change is Change.REMOVE:
            Updates.log_made(self, lease, request)
        elif DDNS.rank >= DBG_DETAIL:
            DDNS.log(DHCP6_DDNS_CREATE_ADD_NAME_CHANGE_REQUEST, request)

    def remove(self, lease: Lease6) -> None:
        """Ask for the removal of the entries of *lease*, if it has any."""
        if lease.lease_type != IA_PD:
            Updates.remove(self, lease)

    def _expires(self, lease: Lease6) -> int:
        """Return no end at all, as Kea does for what it adds; kea-dhcp-ddns does not look at it."""
        return 0
