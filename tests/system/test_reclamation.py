"""While a hundred thousand expired leases are reclaimed, clients go on to be served."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from tests.support.client import Wire, frame4, frame6
from tests.support.kea import Json, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.packets import DISCOVER, SOLICIT, ia_na, query4, query6
from tests.support.requirements import require_namespaces

EXPIRED = 100_000
DEFAULT_MAX_RECLAIM_TIME = 0.25
"""Seconds that a cycle may hold packets up unless configured otherwise; here, cycles are not limited at all."""

SUBNET: dict[int, Json] = {
    4: {"id": 1, "subnet": "10.0.0.0/8", "interface": "srv0", "pools": [{"pool": "10.200.0.0/16"}]},
    6: {"id": 1, "subnet": "2001:db8:1::/64", "interface": "srv0", "pools": [{"pool": "2001:db8:1::f:0/112"}]},
}


def lease_file(family: int) -> str:
    """Return a lease file of leases that ended in one and the same minute."""
    ended = int(time.time()) - 100
    if family == 4:
        rows = (
            f"10.{number >> 16}.{number >> 8 & 255}.{number & 255},02:01:{number >> 16:02x}:{number >> 8 & 255:02x}:"
            f"{number & 255:02x}:00,,3600,{ended - number % 60},1,0,0,,0,"
            for number in range(EXPIRED)
        )
        return "\n".join([SCHEMA4.header, *rows, ""])
    rows = (
        f"2001:db8:1::{number >> 16:x}:{number & 65535:x},00:02:{number >> 16:02x}:{number >> 8 & 255:02x}:"
        f"{number & 255:02x},3600,{ended - number % 60},1,1800,0,1,128,0,0,,,0,,,"
        for number in range(EXPIRED)
    )
    return "\n".join([SCHEMA6.header, *rows, ""])


def reclaimed(server: Server) -> int:
    return int(server.control.ask("statistic-get", {"name": "reclaimed-leases"})["arguments"]["reclaimed-leases"][0][0])


@pytest.mark.arm("LE-016", "LE-020", "LE-022")
@pytest.mark.parametrize("family", [4, 6])
@pytest.mark.parametrize("by_command", [False, True])
def test_packets_are_served_while_many_leases_are_reclaimed(family: int, by_command: bool) -> None:
    require_namespaces()
    addresses = (("10.0.0.1/8",), ("10.0.0.2/8",)) if family == 4 else (("2001:db8:1::1/64",), ("2001:db8:1::2/64",))
    with Link("recl", *addresses) as link:
        server, wire = Ours(family, link), Wire(link)
        try:
            server.lease_file.write_text(lease_file(family))
            section = {
                "reclaim-timer-wait-time": 0 if by_command else 1,
                "flush-reclaimed-timer-wait-time": 0,
                "max-reclaim-leases": 0,
                "max-reclaim-time": 0,
            }
            server.start(
                {
                    "interfaces-config": {"interfaces": ["srv0"]},
                    f"subnet{family}": [SUBNET[family]],
                    "expired-leases-processing": section,
                },
                timeout=60,
            )
            waits = serve(server, wire, family, by_command)
            during = [wait for wait, progress in waits if 0 < progress < EXPIRED]
            print(f"{len(during)} answers meanwhile, the slowest after {max(during) * 1000:.1f} ms")
            assert len(during) > 10
            assert max(wait for wait, _progress in waits) < DEFAULT_MAX_RECLAIM_TIME
            assert server.lease_file.read_text().count("\n") == 1 + 2 * EXPIRED  # each has a row that removes it
        finally:
            server.close()
            wire.close()


def serve(server: Server, wire: Wire, family: int, by_command: bool) -> list[tuple[float, int]]:
    """Ask for addresses until all leases are reclaimed; return how long each answer took, and how many were by then."""
    waits: list[tuple[float, int]] = []
    deadline = time.monotonic() + 30
    reclaim: Future[Json] | None = None
    number = progress = 0
    while progress < EXPIRED:
        assert time.monotonic() < deadline, f"{progress} reclaimed"
        number += 1
        octets = (
            frame4(query4(DISCOVER, number).pack()) if family == 4 else frame6(query6(SOLICIT, number, ia_na(1)).pack())
        )
        wire.drain()
        begun = time.monotonic()
        wire.send(octets)
        assert wire.receive(5) is not None
        waits.append((time.monotonic() - begun, progress))
        if by_command and number == 20:
            reclaim = ThreadPoolExecutor(1).submit(server.control.ask, "leases-reclaim", {"remove": True}, 30)
        if number % 10 == 0:
            progress = reclaimed(server)
    if reclaim is not None:
        assert reclaim.result(30)["result"] == 0
    return waits
