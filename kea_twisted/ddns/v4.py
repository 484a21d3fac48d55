"""Name change requests of DHCPv4 leases. RFC 4702."""

from __future__ import annotations

from kea_twisted.ddns.dhcid import of_client_id, of_hardware
from kea_twisted.ddns.updates import Updates
from kea_twisted.family import V4
from kea_twisted.leases.lease import HWTYPE_ETHERNET, Lease4


class Updates4(Updates[Lease4]):
    """The name change requests of a DHCPv4 server."""

    __slots__ = ()

    family = V4

    def identify(self, lease: Lease4) -> bytes:
        """Return the DHCID of the client of *lease*: by its client identifier, else by its link-layer address."""
        if lease.client_id:
            return of_client_id(lease.client_id, lease.hostname)
        # A lease does not know the type of the address; entries must be removed under the DHCID they were added with.
        return of_hardware(HWTYPE_ETHERNET, lease.hwaddr, lease.hostname)
