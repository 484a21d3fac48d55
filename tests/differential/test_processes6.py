"""The DHCPv6 daemons as processes, Kea's and ours side by side: switches, ports, busy sockets, logs."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.differential.cases.client6 import NA, PD, Client, address, network
from tests.differential.talk import Talk
from tests.support.client import Wire
from tests.support.kea import Json, Kea, Server
from tests.support.namespaces import Link, entered
from tests.support.ours import Ours
from tests.support.packets import (
    CONFIRM,
    INFORMATION_REQUEST,
    RELEASE6,
    SOLICIT,
    Dhcp6,
    duid,
    ia_na,
    ia_pd,
    iaprefix,
    query6,
    relayed6,
    tlv6,
    u32,
)
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

SIDES: tuple[type[Server], ...] = (Kea, Ours)
LINK_LOCAL = "fe80::fe01"


@pytest.fixture(params=SIDES, ids=lambda side: side.name)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A DHCPv6 server that was not started yet, in a link of its own."""
    require("kea-dhcp6")
    require_namespaces()
    with Link(f"p{request.param.name}", ("2001:db8:1::1/64",), ("2001:db8:1::2/64",)) as link:
        made = request.param(6, link)
        try:
            yield made
        finally:
            made.close()


def start(server: Server, configuration: Json, *switches: str, **logging: Any) -> str:
    """Start *server* with more switches; return its log."""
    command = server.command
    server.command = lambda *arguments: command(*arguments, *switches)  # type: ignore[method-assign]
    server.start(configuration, **logging)
    return server.log.read_text()


@contextmanager
def taken(link: Link) -> Iterator[None]:
    """Hold the DHCPv6 port of the server's link-local address."""
    with link.socket(link.server, socket.AF_INET6, socket.SOCK_DGRAM) as opened:
        with entered(link.server):
            index = socket.if_nametoindex("srv0")
        opened.bind((LINK_LOCAL, 547, 0, index))
        yield


def ids(text: str) -> set[str]:
    """Return the message ids in a log."""
    return set(re.findall(r"\b(?:DHCP6|DHCPSRV|ALLOC_ENGINE)_[A-Z0-9_]+", text))


@pytest.mark.arm("V6-003")
def test_the_debug_switch_wins_over_the_loggers(server: Server) -> None:
    log = start(server, network(), "-d", severity="ERROR")
    assert " DEBUG " in log
    assert " INFO " in log


@pytest.mark.arm("V6-004")
@pytest.mark.arm("V6-005")
def test_ports_may_be_others_for_tests(server: Server) -> None:
    start(server, network(), "-p", "1547", "-P", "1546")
    wire = Wire(server.link)
    try:
        talk = Talk(server, wire)
        query = query6(SOLICIT, 1, NA)
        answers = []
        for message, port in ((query, 1547), (query, 547), (relayed6(query, "2001:db8:1::2"), 1547)):
            talk.ask6(message, destination_port=port)
            frame = talk.record.steps[-1].frame
            answers.append(frame and (frame.source_port, frame.destination_port))
        assert answers == [(1547, 1546), None, (1547, 1546)]
    finally:
        wire.close()


@pytest.mark.arm("V6-002")
@pytest.mark.arm("V6-006")
def test_a_check_tells_by_its_exit_code_and_starts_nothing(server: Server, tmp_path: Path) -> None:
    found = []
    for text in ('{"Dhcp6": {"valid-lifetime": 7}}', '{"Dhcp6": {"nosuch": 7}}'):
        file = tmp_path / "file.conf"
        file.write_text(text)
        done = subprocess.run(
            server.command("-t", str(file)),
            env={**server.environment(), "PATH": "/usr/sbin:/usr/bin"},
            capture_output=True,
            text=True,
            timeout=20,
        )
        found.append((done.returncode, bool(done.stderr), "DHCP6_STARTED" in done.stdout))
    assert found == [(0, False, False), (1, True, False)]
    bare = subprocess.run(server.command(), env=server.environment(), capture_output=True, text=True, timeout=20)
    assert bare.returncode == 1
    assert "Usage: " in bare.stderr


@pytest.mark.arm("V6-059")
@pytest.mark.arm("V6-010")
def test_a_server_that_listens_nowhere_says_so(server: Server) -> None:
    log = start(server, {**network(), "interfaces-config": {"interfaces": []}})
    assert "DHCPSRV_NO_SOCKETS_OPEN" in log
    assert "DHCP6_STARTED" in log


@pytest.mark.arm("V6-011")
@pytest.mark.arm("V6-059")
@pytest.mark.arm("V6-069")
def test_a_port_that_is_taken_is_told_and_the_rest_is_served(server: Server) -> None:
    whole = {**network(), "interfaces-config": {"interfaces": ["srv0", "srv0/2001:db8:1::1"]}}
    with taken(server.link):
        log = start(server, whole)
        assert "DHCPSRV_OPEN_SOCKET_FAIL" in log
        wire = Wire(server.link)
        try:
            talk = Talk(server, wire)
            message = query6(3, 1, (2, bytes.fromhex("0002000004d2abcdef")), NA)
            answer = talk.ask6(message, source="2001:db8:1::2", destination="2001:db8:1::1")
            assert answer is not None
        finally:
            wire.close()


@pytest.mark.arm("V6-069")
@pytest.mark.arm("V6-072")
@pytest.mark.parametrize("retries", [0, 1])
def test_with_require_all_a_taken_port_ends_the_start(server: Server, retries: int) -> None:
    section = {
        "interfaces": ["srv0"],
        "service-sockets-require-all": True,
        "service-sockets-max-retries": retries,
        "service-sockets-retry-wait-time": 100,
    }
    with taken(server.link):
        path = server.directory / "config.json"

        path.write_text(json.dumps(server.complete({**network(), "interfaces-config": section})))
        with server.log.open("wb") as log:
            process = server.link.start(
                server.link.server, server.command("-c", str(path)), log.fileno(), server.environment()
            )
        assert process.wait(20) != 0
        assert "OPEN_SOCKET" in server.log.read_text()


@pytest.mark.arm("V6-059")
@pytest.mark.arm("V6-070")
@pytest.mark.arm("V6-071")
@pytest.mark.arm("V6-072")
@pytest.mark.parametrize("freed", [False, True])
def test_sockets_are_tried_again(server: Server, freed: bool) -> None:
    section = {"interfaces": ["srv0"], "service-sockets-max-retries": 2, "service-sockets-retry-wait-time": 300}
    with taken(server.link):
        start(server, {**network(), "interfaces-config": section})
        if not freed:
            _await(server, "DHCP6_OPEN_SOCKETS_FAILED")
            assert server.control.ask("status-get")["result"] == 0
            return
    deadline = time.monotonic() + 5
    wire = Wire(server.link)
    try:
        talk = Talk(server, wire)
        while talk.ask6(query6(SOLICIT, 1, NA)) is None:
            assert time.monotonic() < deadline
    finally:
        wire.close()


def _await(server: Server, word: str) -> None:
    deadline = time.monotonic() + 10
    while word not in server.log.read_text():
        assert time.monotonic() < deadline, server.log.read_text()[-2000:]
        time.sleep(0.02)


MISTAKES: tuple[Json, ...] = (
    network("2001:db8:2::/80"),
    {**network(), "subnet6": [{"subnet": "2001:db8:1::/64", "pools": [{"pool": "2001:db8:1::/80"}] * 2}]},
    {**network(), "option-data": [{"name": "nosuch", "data": "1"}]},
)


@pytest.mark.arm("V6-028")
@pytest.mark.arm("V6-085")
@pytest.mark.arm("V6-086")
def test_mistakes_end_the_start_and_leave_what_runs(server: Server) -> None:
    for mistake in MISTAKES:
        with pytest.raises(RuntimeError, match="DHCP6_PARSER_FAIL"):
            server.start(mistake)
    server.start(network())
    before = server.control.ask("config-get")
    for mistake in MISTAKES:
        answer = server.control.ask("config-set", server.complete(mistake))
        assert answer["result"] == 1
    assert server.control.ask("config-get") == before


WANTED = (
    *("DHCP6_PACKET_DROP_UNICAST", "DHCP6_REQUIRED_OPTIONS_CHECK_FAIL", "DHCP6_PACKET_DROP_SERVERID_MISMATCH"),
    *("DHCP6_PACKET_DROP_DROP_CLASS", "DHCP6_PACKET_DROP_DROP_CLASS2", "DHCP6_PACKET_DROP_DROP_CLASS_EARLY"),
    *("DHCP6_PACKET_DROP_DHCP_DISABLED", "DHCP6_PACKET_OPTIONS_SKIPPED", "DHCP6_PACKET_DROP_PARSE_FAIL"),
    *("DHCP6_RELEASE_NA_FAIL_WRONG_DUID", "DHCP6_RELEASE_NA_FAIL_WRONG_IAID"),
    *("DHCP6_RELEASE_PD_FAIL_WRONG_DUID", "DHCP6_RELEASE_PD_FAIL_WRONG_IAID", "DHCP6_RELEASE_NA", "DHCP6_RELEASE_PD"),
    *("DHCP6_LEASE_REUSE", "DHCP6_PD_LEASE_REUSE", "DHCP6_SUBNET_DYNAMICALLY_CHANGED", "DHCP6_USING_SERVERID"),
    *("DHCP6_CLASS_UNDEFINED", "DHCP6_CLASS_UNTESTABLE", "DHCP6_CLASS_UNCONFIGURED", "DHCP6_CLASS_ASSIGNED"),
    *("DHCP6_DECLINE_FAIL_NO_LEASE", "DHCP6_DECLINE_FAIL_DUID_MISMATCH", "DHCP6_DECLINE_FAIL_IAID_MISMATCH"),
    *("DHCP6_DECLINE_LEASE", "DHCP6_SUBNET_SELECTION_FAILED", "DHCP6_SUBNET_SELECTED", "DHCP6_LEASE_ADVERT"),
    *("DHCP6_LEASE_ALLOC", "DHCP6_PD_LEASE_ALLOC", "DHCP6_LEASE_ALLOC_FAIL", "DHCP6_PD_LEASE_ALLOC_FAIL"),
    *("DHCP6_LEASE_RENEW", "DHCP6_PD_LEASE_RENEW", "DHCP6_UNKNOWN_MSG_RECEIVED", "DHCP6_RAPID_COMMIT"),
)
"""What the conversation below makes Kea say, and must make us say."""


def _told() -> Json:
    """Return a configuration in which all of WANTED may happen."""
    whole = network(
        "2001:db8:1::10-2001:db8:1::12",
        {"prefix": "2001:db8:8::", "prefix-len": 55, "delegated-len": 56},
        cache_threshold=0.9,
        min_valid_lifetime=100,
        valid_lifetime=4000,
        early_global_reservations_lookup=True,
        reservations_global=True,
        reservations=[{"duid": duid(21).hex(":"), "client-classes": ["DROP", "unknown-class"]}],
        client_classes=[
            {"name": "DROP", "test": "option[1].hex == 0x00030001020000010016"},
            {"name": "untested"},
            {"name": "late", "test": "member('ALL')", "only-if-required": True},
        ],
    )
    subnet = whole.pop("subnet6")[0]
    subnet.update({"require-client-classes": ["nosuch", "untested", "late"]})
    del subnet["interface"]
    other = {"id": 2, "subnet": "2001:db8:2::/64", "pools": [{"pool": "2001:db8:2::10-2001:db8:2::10"}]}
    whole["shared-networks"] = [{"name": "n", "interface": "srv0", "subnet6": [subnet, other], "rapid-commit": True}]
    whole["subnet6"] = [
        {
            "id": 3,
            "subnet": "2001:db8:3::/64",
            "reservations": [
                {"duid": duid(23).hex(":"), "client-classes": ["DROP"]},
                {"duid": duid(24).hex(":"), "client-classes": ["unknown"]},
            ],
        }
    ]
    return whole


def _provoke(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease(NA, PD)
    one.renew()
    two.lease(NA, PD)
    two.release(ia_na(1, address("10")), ia_pd(1, iaprefix("2001:db8:8::/56")))
    one.release(ia_na(9, address("10")), ia_pd(9, iaprefix("2001:db8:8::/56")))
    two.decline(ia_na(1, address("10")))
    one.decline(ia_na(9, address("10")))
    one.decline(ia_na(1, address("99")))
    two.decline(ia_na(1, address("11")))
    Client(talk, 3).solicit(NA, PD, (14, b""))
    Client(talk, 4).lease(NA)
    Client(talk, 5).request(NA, PD)
    Client(talk, 6).solicit(NA, PD)
    one.say(SOLICIT, NA, around={"source": "2001:db8:1::2", "destination": "2001:db8:1::1"})
    one.say(CONFIRM, NA, around={"source": "2001:db8:1::2", "destination": "2001:db8:1::1"})
    one.say(RELEASE6, NA)
    one.say(RELEASE6, (2, b"\0\2\0\0\0\x09other"), NA)
    for number in (21, 22):
        Client(talk, number).solicit(NA)
    for number in (23, 24):
        Client(talk, number).solicit(NA, via=("2001:db8:3::1",))
    one.renew(ia_na(1, address("10", 50, 200)), ia_pd(1, iaprefix("2001:db8:8::/56", 50, 200)))
    one.release()
    one.solicit(NA, (17, u32(4491) + tlv6([(2, b"a")]) + b"\0"))
    talk.raw(b"\1\2\3", "three octets")
    talk.ask6(Dhcp6(99, 7, [(1, duid(1))]), "type 99")
    one.information(via=("3001:db8::1",))
    talk.command("dhcp-disable")
    one.say(INFORMATION_REQUEST)
    talk.command("dhcp-enable")


@pytest.mark.parametrize("name", WANTED)
@pytest.mark.arm("V6-524")
@pytest.mark.arm("V6-525")
@pytest.mark.arm("V6-526")
@pytest.mark.arm("V6-527")
@pytest.mark.arm("V6-528")
def test_what_happens_is_told_under_keas_ids(name: str, told: dict[str, set[str]]) -> None:
    assert name in told["kea"], "the conversation does not provoke it"
    assert name in told["ours"]


@pytest.fixture(scope="module")
def told() -> dict[str, set[str]]:
    """The message ids that each side logs of one conversation."""
    require("kea-dhcp6")
    require_namespaces()
    found = {}
    for side in SIDES:
        with Link(f"l{side.name}", ("2001:db8:1::1/64",), ("2001:db8:1::2/64",)) as link:
            server = side(6, link)
            wire = Wire(link)
            try:
                whole = {**_told(), "interfaces-config": {"interfaces": ["srv0", "srv0/2001:db8:1::1"]}}
                server.start(whole, severity="DEBUG", debuglevel=99)
                _provoke(Talk(server, wire))
                found[side.name] = ids(server.log.read_text(errors="replace"))
            finally:
                server.close()
                wire.close()
    return found
