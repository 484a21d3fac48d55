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

UNSAID = re.compile(
    r"HOSTS_CFG_.*|DHCP[46]_COMMAND_RECEIVED|DHCP[46]_BUFFER_WAIT_SIGNAL|DHCPSRV_CLOSE_DB|COMMAND_DEREGISTERED"
)
"""What Kea says at debug levels and we do not, as we do not do it: reservations are checked without being looked up one
by one, signals wait for no buffer and become no command, leases stay open over a reload and commands until the end."""

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


def said(kind: type[Server], family: int, configuration: Json, **logging: Any) -> list[Any]:
    """Return the lines of a start, of a reload and of a stop."""
    link = Link("says", *ADDRESSES[family])
    server = kind(family, link)
    try:
        server.start(configuration, **logging)
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


@pytest.mark.parametrize("family", [4, 6])
def test_a_daemon_says_at_debug_levels_what_kea_says_but_for_what_it_does_not_do(family: int) -> None:
    require("kea-dhcp4", "kea-dhcp6")
    require_namespaces()
    configuration = (client4 if family == 4 else client6).network()
    theirs = said(Kea, family, configuration, severity="DEBUG", debuglevel=99)
    ours = said(Ours, family, configuration, severity="DEBUG", debuglevel=99)
    for kea, own in zip(theirs, ours, strict=True):
        missing = {line for line in kea - own if line[2] not in REOPENED}
        assert not [line for line in missing if UNSAID.fullmatch(line[2]) is None]
