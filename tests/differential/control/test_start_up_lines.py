"""What a start, a reload and a stop say at INFO and above: the same lines as Kea's, under the same loggers."""

from __future__ import annotations

import re
import signal
import time
from typing import Any

import pytest

from tests.differential.cases import client4, client6
from tests.differential.pair import ADDRESSES
from tests.support.kea import Json, Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

LINE = re.compile(r"\S+ \S+ (?P<severity>\w+) +\[(?P<logger>[a-z0-9.-]+)/[^]]*\] (?P<id>\S+)")

REOPENED = {"DHCPSRV_MEMFILE_DB", "DHCPSRV_MEMFILE_LEASE_FILE_LOAD"}
"""Kea reads its leases again at every reload; ours stay open."""

OLD_NAMES = {"enable-updates": True, "generated-prefix": "old", "qualifying-suffix": "old."}

CONFIGURATIONS: dict[str, tuple[int, Json]] = {
    "dhcp4": (4, {**client4.network(), "interfaces-config": {"interfaces": ["srv0"], "dhcp-socket-type": "raw"}}),
    "dhcp4-ddns": (
        4,
        client4.network(
            dhcp_ddns=OLD_NAMES,
            ddns_generated_prefix="new",
            shared_networks=[{"name": "n", "subnet4": [{"id": 2, "subnet": "198.51.100.0/24"}]}],
        ),
    ),
    "dhcp6-ddns": (
        6,
        client6.network(
            dhcp_ddns=OLD_NAMES,
            ddns_generated_prefix="new",
            shared_networks=[{"name": "n", "subnet6": [{"id": 2, "subnet": "2001:db8:2::/64"}]}],
        ),
    ),
}


def lines(text: str) -> set[tuple[str, str, str]]:
    """Return severity, logger and id of every line."""
    return {(found["severity"], found["logger"], found["id"]) for found in map(LINE.match, text.splitlines()) if found}


def said(kind: type[Server], family: int, configuration: Json) -> list[Any]:
    """Return the lines of a start, of a reload and of a stop."""
    link = Link("says", *ADDRESSES[family])
    server = kind(family, link)
    try:
        server.start(configuration)
        time.sleep(0.1)
        start = server.log.read_text(errors="replace")
        assert server.process is not None
        server.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 10
        while "_DYNAMIC_RECONFIGURATION_SUCCESS" not in (reload := server.log.read_text(errors="replace")):
            assert time.monotonic() < deadline, reload
            time.sleep(0.05)
        server.stop()
        stop = server.log.read_text(errors="replace")
        return [lines(part) for part in (start, reload[len(start) :], stop[len(reload) :])]
    finally:
        server.close()
        link.close()


@pytest.mark.arm("V4-355", "V6-290")
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_daemon_says_what_kea_says(name: str) -> None:
    require("kea-dhcp4", "kea-dhcp6")
    require_namespaces()
    family, configuration = CONFIGURATIONS[name]
    start, reload, stop = said(Kea, family, configuration)
    ours = said(Ours, family, configuration)
    assert ours == [start, {line for line in reload if line[2] not in REOPENED}, stop]
