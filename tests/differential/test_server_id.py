"""The DHCPv6 server's DUID: what Kea and we make of a configuration and of what an earlier run left in the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.differential.talk import Talk
from tests.support.client import Wire
from tests.support.kea import Json, Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.packets import INFORMATION_REQUEST, Dhcp6, query6
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

FILE = "kea-dhcp6-serverid"
LLT = "00:01:00:01:12:34:56:78:0a:0b:0c:0d:0e:0f"
LL = "00:03:00:06:0a:0b:0c:0d:0e:0f"
EN = "00:02:00:00:09:bf:01:02:03:04"
UUID = "00:04:" + ":".join(f"{each:02x}" for each in range(16))

CASES: tuple[tuple[str, Json, str, tuple[str, ...]], ...] = (
    # name, server-id, what the file holds before, rows
    ("nothing stored", {"type": "LLT"}, "", ("V6-396", "V6-397")),
    ("stored LLT", {"type": "LLT"}, LLT, ("V6-396", "V6-400")),
    ("stored LL for LLT", {"type": "LLT"}, LL, ("V6-399", "V6-400")),
    ("stored EN for LLT", {"type": "LLT"}, EN, ("V6-399",)),
    ("stored UUID for LLT", {"type": "LLT"}, UUID, ("V6-399",)),
    ("zeros mean any", {"type": "LLT", "htype": 0, "time": 0, "identifier": ""}, LLT, ("V6-400",)),
    ("another time", {"type": "LLT", "time": 12345}, LLT, ("V6-400", "V6-405")),
    ("another type of hardware", {"type": "LLT", "htype": 8}, LLT, ("V6-400",)),
    ("another address", {"type": "LLT", "identifier": "A65DC7410F05"}, LLT, ("V6-400",)),
    (
        "the manual's LLT",
        {"type": "LLT", "htype": 8, "identifier": "A65DC7410F05", "time": 2518920166},
        "",
        ("V6-401",),
    ),
    ("LL", {"type": "LL"}, "", ("V6-400", "V6-403")),
    ("stored LL", {"type": "LL"}, LL, ("V6-400",)),
    ("LL with a time", {"type": "LL", "htype": 8, "identifier": "A65DC7410F05", "time": 5}, LL, ("V6-403",)),
    ("stored LLT for LL", {"type": "LL"}, LLT, ("V6-399",)),
    ("EN", {"type": "EN"}, "", ("V6-404",)),
    ("stored EN", {"type": "EN"}, EN, ("V6-404",)),
    ("another enterprise", {"type": "EN", "enterprise-id": 9}, EN, ("V6-404",)),
    ("another identifier", {"type": "EN", "identifier": "87ABEF7A5BB545"}, EN, ("V6-404",)),
    ("the manual's EN", {"type": "EN", "enterprise-id": 2495, "identifier": "87ABEF7A5BB545"}, "", ("V6-402",)),
    ("not to be stored", {"type": "EN", "enterprise-id": 7, "identifier": "0102", "persist": False}, LLT, ("V6-406",)),
    ("a damaged file", {"type": "LLT"}, "not a DUID", ("V6-396",)),
    ("a short file", {"type": "LLT"}, "00:01", ("V6-396",)),
    ("a stored LLT without address", {"type": "LLT"}, LLT[:23], ("V6-396",)),
    ("a stored EN without identifier", {"type": "EN"}, EN[:17], ("V6-396",)),
    ("capitals", {"type": "LLT"}, LLT.upper(), ("V6-396",)),
)

THE_MANUALS = {"another type of hardware": "00:01:00:08:12:34:56:78:0a:0b:0c:0d:0e:0f"}
"""Where we do what the manual says: Kea takes `htype` only together with `identifier`."""


class Side:
    """One server whose data directory can be looked into."""

    def __init__(self, side: type[Server]) -> None:
        self.link = Link(f"id{side.name}", ("2001:db8:1::1/64",), ("2001:db8:1::2/64",))
        self.server = side(6, self.link)
        self.wire = Wire(self.link)
        self.file = Path(self.server.directory) / FILE

    def serve(self, server_id: Json, stored: str) -> tuple[str, str]:
        """Return the identifier that answers carry, and what the file holds then."""
        self.file.unlink(missing_ok=True)
        if stored:
            self.file.write_text(stored)
        self.server.load(
            {
                "interfaces-config": {"interfaces": ["srv0"]},
                "data-directory": str(self.server.directory),
                "server-id": server_id,
            }
        )
        answer = Talk(self.server, self.wire).ask6(query6(INFORMATION_REQUEST, 1))
        assert isinstance(answer, Dhcp6)
        found = answer.option(2)
        assert found is not None
        return found.hex(":"), self.file.read_text() if self.file.exists() else ""

    def close(self) -> None:
        """Stop the server and remove the link."""
        self.server.close()
        self.wire.close()
        self.link.close()


@pytest.fixture(scope="module")
def sides() -> Iterator[tuple[Side, Side]]:
    """Kea and ours."""
    require("kea-dhcp6")
    require_namespaces()
    both = Side(Kea), Side(Ours)
    yield both
    for side in both:
        side.close()


def _known(duid: str, server_id: Json, stored: str) -> str:
    """Return *duid* without what is made up anew: the time, or six random octets."""
    same_type = stored.lower()[:5] == duid[:5] and len(stored) > {"00:01": 23, "00:02": 17}.get(duid[:5], 11)
    if duid.startswith("00:01") and not server_id.get("time") and not same_type:
        return duid[:12] + duid[23:]
    if duid.startswith("00:02") and not server_id.get("identifier") and not same_type:
        return duid[:18] + f"and {duid.count(':') - 5} octets"
    return duid


@pytest.mark.parametrize(
    ("name", "server_id", "stored"),
    [
        pytest.param(name, given, stored, id=name, marks=[pytest.mark.arm(row) for row in rows])
        for name, given, stored, rows in CASES
    ],
)
def test_the_duid_is_keas(sides: tuple[Side, Side], name: str, server_id: Json, stored: str) -> None:
    found = [side.serve(server_id, stored) for side in sides]
    (keas, _), (ours, _) = found
    if name in THE_MANUALS:
        assert (ours, keas) == (THE_MANUALS[name], stored)
    else:
        assert _known(ours, server_id, stored) == _known(keas, server_id, stored)
    for duid, file in found:
        assert file.lower() == (stored if server_id.get("persist") is False else duid)
