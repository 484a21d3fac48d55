"""DHCPv6 subnets: what only they have."""

from __future__ import annotations

from dataclasses import dataclass

from kea_twisted.base.lifetimes import Triplet
from kea_twisted.subnets.pool import PdPool
from kea_twisted.subnets.subnet import Subnet


@dataclass(slots=True, eq=False)
class Subnet6(Subnet):
    """One DHCPv6 subnet. interface_id: octets of option 18 that select it, b"" if none."""

    preferred: Triplet = Triplet(0, 0, 0)
    pd_pools: tuple[PdPool, ...] = ()
    rapid_commit: bool = False
    interface_id: bytes = b""
