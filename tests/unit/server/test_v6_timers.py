"""T1 and T2 of an IA, and what the IAs of a reply agree on."""

from __future__ import annotations

import pytest

from kea_twisted.alloc.request6 import Association
from kea_twisted.base.lifetimes import Triplet
from kea_twisted.leases.lease import IA_NA, IA_PD, Lease6
from kea_twisted.server.v6.timers import agree, timers
from kea_twisted.subnets.v6 import Subnet6
from kea_twisted.wire.v6 import OptionMap, build_ia, parse_ia

Timers = tuple[int, int]


def subnet(t1: int | None = None, t2: int | None = None, calculated: bool = True) -> Subnet6:
    lifetime = Triplet(1, 1, 1)
    return Subnet6(1, 0, 1, 64, lifetime, t1=t1, t2=t2, calculate_tee_times=calculated, t2_percent=0.8)


@pytest.mark.arm("V6-243", "V6-245", "V6-247", "V6-249")
@pytest.mark.parametrize(
    ("given", "preferred", "expected"),
    [
        (subnet(), 1000, (500, 800)),
        (subnet(), 0, (0, 0)),
        (subnet(), 0xFFFFFFFF, (0x80000000, 0xCCCCCCCC)),
        (subnet(calculated=False), 1000, (0, 0)),
        (subnet(t1=100), 1000, (100, 800)),
        (subnet(t1=900), 1000, (0, 800)),
        (subnet(t1=900, t2=900, calculated=False), 1000, (0, 900)),
        (subnet(t2=0), 1000, (0, 0)),
    ],
)
def test_timers_of_one_ia(given: Subnet6, preferred: int, expected: Timers) -> None:
    assert timers(given, preferred) == expected


@pytest.mark.arm("V6-250", "V6-424")
@pytest.mark.rfc("8415", "18.3.2")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([(3, 500, 800), (25, 100, 900)], [(100, 800), (100, 800)]),
        ([(3, 500, 800)], [(500, 800)]),
        ([(3, 0, 0), (3, 500, 800)], [(500, 800), (500, 800)]),
        ([(3, None, None), (3, 500, 800), (25, 400, 700)], [(0, 0), (400, 700), (400, 700)]),
        ([(25, 0, 300), (3, 400, 800)], [(0, 300), (0, 300)]),
        ([(25, 0, 0), (3, 0, 0)], [(0, 0), (0, 0)]),
        ([(3, None, None), (25, None, None)], [(0, 0), (0, 0)]),
    ],
)
def test_ias_with_leases_agree_on_the_lowest(
    before: list[tuple[int, int | None, int | None]], after: list[Timers]
) -> None:
    options: OptionMap = {}
    associations = []
    for iaid, (code, t1, t2) in enumerate(before):
        association = Association(IA_NA if code == 3 else IA_PD, iaid, [])
        if t1 is not None:
            association.leases = [Lease6(association.kind, 1, 128, b"d", iaid, 1, 1, 1, 1)]
        associations.append(association)
        options.setdefault(code, []).append(build_ia(iaid, t1 or 0, t2 or 0, b"inside"))
    agree(options, associations)
    found = {ia.iaid: (ia.t1, ia.t2) for bodies in options.values() for ia in map(parse_ia, bodies)}
    assert [found[iaid] for iaid in range(len(before))] == after
    assert all(body.endswith(b"inside") for bodies in options.values() for body in bodies)
