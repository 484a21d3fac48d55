"""`sanity-checks`: the same lease file under each `lease-checks`, read by Kea and by ours: leases, statistics, log."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from glob import glob
from typing import Any

import pytest

from kea_twisted.base.address import parse4, parse6
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from tests.support.kea import Json, Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

SUBNETS: dict[int, list[Json]] = {
    4: [
        {"id": 7, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.20"}]},
        {"id": 2, "subnet": "192.0.3.0/24"},
        {"id": 8, "subnet": "192.0.0.0/16"},
        {"id": 3, "subnet": "198.51.100.0/24", "client-class": "KNOWN"},
    ],
    6: [
        {"id": 7, "subnet": "2001:db8:1::/64", "pools": [{"pool": "2001:db8:1::10-2001:db8:1::20"}]},
        {"id": 2, "subnet": "2001:db8:2::/64"},
        {"id": 8, "subnet": "2001:db8::/32"},
        {"id": 3, "subnet": "3000::/16", "client-class": "KNOWN"},
    ],
}
# Address, subnet id, valid lifetime, state; % is the end of a lease.
FOUND4 = (
    ("192.0.2.10", 7, 7200, 0),
    ("192.0.2.11", 2, 7200, 0),
    ("192.0.3.12", 99, 7200, 0),
    ("192.0.4.13", 99, 7200, 0),
    ("203.0.113.1", 99, 7200, 0),
    ("203.0.113.2", 7, 7200, 0),
    ("198.51.100.3", 99, 7200, 0),
    ("192.0.2.16", 7, 7200, 0),
    ("192.0.2.16", 99, 7000, 0),
    ("192.0.2.17", 7, 7200, 0),
    ("192.0.2.17", 99, 0, 0),
    ("203.0.113.3", 7, 7200, 0),
    ("203.0.113.3", 7, 0, 0),
    ("192.0.2.19", 99, 7200, 1),
    ("192.0.2.20", 99, 7200, 2),
    ("192.0.2.255", 7, 4294967295, 0),
)
FOUND6 = (
    ("2001:db8:1::10", 7, 7200, 0),
    ("2001:db8:1::11", 2, 7200, 0),
    ("2001:db8:2::12", 99, 7200, 0),
    ("2001:db8:4::13", 99, 7200, 0),
    ("2002::1", 99, 7200, 0),
    ("2002::2", 7, 7200, 0),
    ("3000::3", 99, 7200, 0),
    ("2001:db8:1::16", 7, 7200, 0),
    ("2001:db8:1::16", 99, 7000, 0),
    ("2001:db8:1::17", 7, 7200, 0),
    ("2001:db8:1::17", 99, 0, 0),
    ("2001:db8:1::19", 99, 7200, 1),
    ("2001:db8:1::20", 99, 7200, 2),
    ("2001:db8:8::", 99, 7200, "prefix"),
)
LISTER = """
def load(library):
    leases = library.service("leases")

    @library.command("leases-list")
    def listed(request):
        found = [[lease.address, lease.subnet_id, lease.state, lease.valid_lifetime] for lease in leases]
        return {"result": 0, "arguments": {"leases": found}}
"""


def rows(family: int) -> str:
    """Return the lease file."""
    end = int(time.time()) + 5000
    if family == 4:
        lines = [
            f"{address},{'' if state == 1 else '02:00:00:00:00:01'},,{valid},{end},{subnet},0,0,,{state},"
            for address, subnet, valid, state in FOUND4
        ]
        return "\n".join([SCHEMA4.header, *lines, ""])
    lines = []
    for address, subnet, valid, state in FOUND6:
        kind, length, number = (2, 64, 0) if state == "prefix" else (0, 128, state)
        duid = "00" if state == 1 else "00:01:02"
        lines.append(f"{address},{duid},{valid},{end},{subnet},3600,{kind},1,{length},0,0,,,{number},,,")
    return "\n".join([SCHEMA6.header, *lines, ""])


class Side:
    """One server with the lease file and a way to list its leases."""

    def __init__(self, server: Server, library: str) -> None:
        self.server = server
        self.library = library
        self.read = 0
        self.text = rows(server.family)
        server.lease_file.write_text(self.text)

    def configuration(self, mode: str | None, subnets: list[Json] | None = None) -> Json:
        family = self.server.family
        made: Json = {
            "interfaces-config": {"interfaces": []},
            f"subnet{family}": SUBNETS[family] if subnets is None else subnets,
            "expired-leases-processing": {"reclaim-timer-wait-time": 0, "flush-reclaimed-timer-wait-time": 0},
            "hooks-libraries": [{"library": self.library}],
        }
        if mode is not None:
            made["sanity-checks"] = {"lease-checks": mode}
        return made

    def leases(self) -> list[list[Any]]:
        """Return address, subnet, state and lifetime of the leases in memory."""
        if isinstance(self.server, Ours):
            return self.server.control.ask("leases-list")["arguments"]["leases"]  # type: ignore[no-any-return]
        parse = parse4 if self.server.family == 4 else parse6
        found = self.server.control.ask(f"lease{self.server.family}-get-all")["arguments"]["leases"]
        return sorted(
            [parse(lease["ip-address"]), lease["subnet-id"], lease["state"], lease["valid-lft"]] for lease in found
        )

    def said(self) -> list[tuple[str, str, list[str]]]:
        """Return message id, address and subnet ids of the lines logged since the last call."""
        text = self.server.log.read_text()[self.read :]
        self.read += len(text)
        found = re.findall(r"(DHCPSRV_LEASE_SANITY_\w+) .*?[lL]ease (\S+) (.*)", text)
        return [(name, address, re.findall(r"id (\d+)", rest)) for name, address, rest in found]

    def counted(self) -> dict[str, object]:
        """Return the statistics of leases of the configured subnets."""
        names = r"subnet\[[2378]\]\.(assigned|declined)-.*|declined-addresses"
        return {name: value for name, value in self.server.statistics().items() if re.fullmatch(names, name)}


Sides = tuple[Side, Side]


@pytest.fixture(scope="module", params=[4, 6])
def sides(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    """Kea and ours of one family, not started yet."""
    family: int = request.param
    require(f"kea-dhcp{family}")
    require_namespaces()
    library = next(iter(glob("/usr/lib/*/kea/hooks/libdhcp_lease_cmds.so")), None)
    if library is None:
        pytest.skip("libdhcp_lease_cmds.so not installed: run `make test-deps`")
    lister = tmp_path_factory.mktemp("library") / "lister.py"
    lister.write_text(LISTER)
    with Link("sank") as first, Link("sano") as second:
        kea, ours = Kea(family, first), Ours(family, second)
        try:
            yield Side(kea, library), Side(ours, str(lister))
        finally:
            kea.close()
            ours.close()


def compare(sides: Sides) -> None:
    kea, ours = sides
    assert ours.leases() == kea.leases()
    assert ours.counted() == kea.counted()
    assert ours.said() == kea.said()
    for side in sides:
        assert side.server.lease_file.read_text() == side.text


@pytest.mark.arm("V4-410", "V4-411", "V4-412", "V4-413", "V4-414", "V4-415", "V4-416")
@pytest.mark.arm("V6-329", "V6-330", "V6-331")
def test_leases_in_wrong_subnets_are_judged_as_by_kea(sides: Sides) -> None:
    for side in sides:
        side.server.start(side.configuration(None))
    compare(sides)
    for mode in ("none", "fix", "warn", "del", "fix-del", "none"):
        for side in sides:
            assert side.server.reconfigure(side.configuration(mode))["result"] == 0
        compare(sides)


@pytest.mark.arm("V4-410", "V6-330")
def test_leases_that_were_refused_come_back_with_their_subnets(sides: Sides) -> None:
    fewer = [subnet for subnet in SUBNETS[sides[0].server.family] if subnet["id"] == 2]
    counts = []
    for subnets in (None, fewer, None):
        for side in sides:
            assert side.server.reconfigure(side.configuration("del", subnets))["result"] == 0
        compare(sides)
        counts.append(len(sides[1].leases()))
    assert counts[0] == counts[2] > counts[1]
