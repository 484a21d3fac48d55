"""What the lease store tells in the log: at the start, and at debug level 55 while it is asked and written to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.differential.cases import client4, client6
from tests.differential.talk import Talk
from tests.support.client import Wire
from tests.support.kea import Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

ADDRESSES = {4: ("192.0.2.1/24", "192.0.2.2/24"), 6: ("2001:db8:1::1/64", "2001:db8:1::2/64")}
ROWS = {
    4: "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context\n"
    "192.0.2.77,02:00:00:00:00:07,,3600,4000000000,1,0,0,,0,\n",
    6: "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,"
    "hostname,hwaddr,state,user_context,hwtype,hwaddr_source\n2001:db8:1::77,01:02:03,3600,4000000000,1,1800,0,1,128,0,0,,,0,,,\n",
}
LINE = re.compile(r"(DEBUG|INFO|WARN|ERROR) +\[[^]]*\] DHCPSRV_MEMFILE_(\w+) (.*)")


@pytest.fixture(params=[4, 6])
def link(request: pytest.FixtureRequest) -> Iterator[tuple[int, Link]]:
    require("kea-dhcp4", "kea-dhcp6")
    require_namespaces()
    server, client = ADDRESSES[request.param]
    with Link("mem", [server], [client]) as made:
        yield request.param, made


def told(kind: type[Server], family: int, link: Link) -> list[tuple[str, ...]]:
    """Return severity, id and addresses of the store's lines about one client's life."""
    server = kind(family, link)
    wire = Wire(link)
    try:
        server.lease_file.write_text(ROWS[family])
        module: Any = client4 if family == 4 else client6
        quiet = {"reclaim-timer-wait-time": 0, "flush-reclaimed-timer-wait-time": 0}
        server.start(module.network(expired_leases_processing=quiet), severity="DEBUG", debuglevel=99)
        client = module.Client(Talk(server, wire))
        client.lease()
        client.renew()
        client.release()
        log = server.log.read_text(errors="replace")
    finally:
        server.close()
        wire.close()
    place = re.compile(r"2001:db8:[0-9a-f:]+|192\.0\.2\.\d+")
    # One question of ours stands for two of Kea's: with a subnet for RENEW, without one elsewhere.
    found = LINE.findall(log.replace("GET_IAID_SUBID_DUID", "GET_IAID_DUID"))
    return [(severity, name, *(place.findall(text) if name != "LEASE_LOAD" else ())) for severity, name, text in found]


def test_the_lines_of_the_store_are_those_of_kea(link: tuple[int, Link]) -> None:
    family, place = link
    kea, ours = told(Kea, family, place), told(Ours, family, place)
    assert [line[:2] for line in ours[:3]] == [("INFO", "DB"), ("INFO", "LEASE_FILE_LOAD"), ("DEBUG", "LEASE_LOAD")]
    assert ours == kea
