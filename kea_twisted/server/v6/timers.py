"""T1 and T2, when a client shall renew and rebind: those of one IA, and what the IAs of a reply agree on.

RFC 8415 §18.3.2, RFC 7550 §4.3; ARM dhcp6-t1-t2-times, dhcp6-rfc7550.
"""

from __future__ import annotations

from collections.abc import Sequence

from kea_twisted.alloc.request6 import Association
from kea_twisted.leases.lease import IA_PD
from kea_twisted.server.v6.exchange import OPTION_IA_NA, OPTION_IA_PD
from kea_twisted.subnets.v6 import Subnet6
from kea_twisted.wire.v6 import OptionMap


def timers(subnet: Subnet6, preferred: int) -> tuple[int, int]:
    """Return T1 and T2 of an IA: as configured, else parts of its shortest preferred lifetime, else 0.

    T1 is 0, which leaves it to the client, unless it is less than T2.
    """
    t2 = subnet.t2
    if t2 is None:
        t2 = int(subnet.t2_percent * preferred + 0.5) if subnet.calculate_tee_times else 0
    t1 = subnet.t1
    if t1 is None:
        t1 = int(subnet.t1_percent * preferred + 0.5) if subnet.calculate_tee_times else 0
    return t1 if t1 < t2 else 0, t2


def agree(options: OptionMap, associations: Sequence[Association]) -> None:
    """Give all IAs of a reply that hold leases the lowest T1 and T2 of them, so that one message renews them all.

    options: of the reply, with an IA for each of *associations*. 0 counts only if no IA has anything else.
    """
    granted: list[tuple[list[bytes], int]] = []
    found: list[bytes] = []
    addresses = prefixes = 0
    for association in associations:
        if association.kind == IA_PD:
            bodies, place = options[OPTION_IA_PD], prefixes
            prefixes += 1
        else:
            bodies, place = options[OPTION_IA_NA], addresses
            addresses += 1
        if association.leases:
            granted.append((bodies, place))
            found.append(bodies[place][4:12])
    if not found or found.count(found[0]) == len(found):
        return
    t1 = min(filter(None, (int.from_bytes(each[:4], "big") for each in found)), default=0)
    t2 = min(filter(None, (int.from_bytes(each[4:], "big") for each in found)), default=0)
    agreed = (t1 if t1 < t2 else 0).to_bytes(4, "big") + t2.to_bytes(4, "big")
    for bodies, place in granted:
        bodies[place] = bodies[place][:4] + agreed + bodies[place][12:]
