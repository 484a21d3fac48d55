"""Name change requests of the running daemons: to Kea's own kea-dhcp-ddns, over sockets, through reconfigurations."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.differential.cases import v4_ddns, v6_ddns
from tests.differential.cases.client4 import Client as Client4
from tests.differential.cases.client6 import Client as Client6
from tests.differential.pair import ADDRESSES
from tests.differential.talk import Talk
from tests.support.client import Wire
from tests.support.kea import ControlSocket, Json
from tests.support.name_changes import Listener
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import find, require, require_namespaces

QUIET = 0.2


class World:
    """One of our daemons in a link, with a client and somebody who listens for requests."""

    def __init__(self, family: int) -> None:
        self.family = family
        self.link = Link("dns", *ADDRESSES[family])
        self.server = Ours(family, self.link)
        self.wire = Wire(self.link)
        self.number = 0

    def configuration(self, **connection: Any) -> Json:
        """Return a configuration that sends updates over *connection*."""
        section = {"enable-updates": True, **{name.replace("_", "-"): value for name, value in connection.items()}}
        return (v4_ddns if self.family == 4 else v6_ddns).updating(dhcp_ddns=section)

    def client(self) -> Client4 | Client6:
        """Return a client of its own name."""
        self.number += 1
        talk = Talk(self.server, self.wire)
        name = f"host{self.number}".encode()
        if self.family == 4:
            return Client4(talk, self.number, v4_ddns.fqdn(name))
        return Client6(talk, self.number, v6_ddns.fqdn(name))

    def shown(self) -> Json:
        """Return what `config-get` has of `dhcp-ddns`."""
        whole: Json = self.server.control.ask("config-get")["arguments"][f"Dhcp{self.family}"]["dhcp-ddns"]
        return whole

    def log(self) -> str:
        """Return the log so far."""
        return self.server.log.read_text(errors="replace")

    def close(self) -> None:
        """Stop everything."""
        self.server.close()
        self.wire.close()
        self.link.close()


@pytest.fixture(params=(4, 6), ids=("dhcp4", "dhcp6"))
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    require_namespaces()
    made = World(request.param)
    yield made
    made.close()


def _start_d2(world: World, directory: Path) -> ControlSocket:
    """Start kea-dhcp-ddns beside the server; return its control socket."""
    control = ControlSocket(directory / "d2.sock")
    configuration = {
        "DhcpDdns": {
            "ip-address": "127.0.0.1",
            "port": 53001,
            "control-socket": {"socket-type": "unix", "socket-name": str(control.path)},
            "tsig-keys": [],
            "forward-ddns": {"ddns-domains": []},
            "reverse-ddns": {"ddns-domains": []},
            "loggers": [{"name": "kea-dhcp-ddns", "severity": "INFO", "output_options": [{"output": "stdout"}]}],
        }
    }
    file = directory / "d2.json"
    file.write_text(json.dumps(configuration))
    program = find("kea-dhcp-ddns")
    assert program is not None
    where = str(directory)
    with (directory / "d2.log").open("wb") as log:
        world.link.start(
            world.link.server,
            (program, "-c", str(file)),
            log.fileno(),
            {"KEA_PIDFILE_DIR": where, "KEA_LOCKFILE_DIR": where},
        )
    deadline = time.monotonic() + 10
    while not control.path.exists():
        assert time.monotonic() < deadline, (directory / "d2.log").read_text()
        time.sleep(0.02)
    return control


@pytest.mark.peer("kea")
@pytest.mark.arm("V4-333", "V4-336", "V4-337", "V6-284", "DD-001", "DD-114")
def test_kea_dhcp_ddns_understands_every_request(world: World, tmp_path: Path) -> None:
    require("kea-dhcp-ddns")
    tmp_path.chmod(0o755)
    control = _start_d2(world, tmp_path)
    world.server.start(world.configuration())
    for _ in range(5):
        client = world.client()
        client.lease()
        client.release()
    deadline = time.monotonic() + 5
    while True:
        samples = control.ask("statistic-get-all")["arguments"]
        figures = {name: samples[name][0][0] for name in ("ncr-received", "ncr-invalid", "ncr-error")}
        if figures["ncr-received"] >= 10 or time.monotonic() > deadline:
            break
        time.sleep(0.05)
    assert figures == {"ncr-received": 10, "ncr-invalid": 0, "ncr-error": 0}


@pytest.mark.arm("V4-334", "V4-336", "V4-337", "V4-338", "V4-339", "V4-343", "V6-285")
def test_requests_go_where_and_come_from_where_the_configuration_says(world: World) -> None:
    places = (("127.0.0.1", 53001), ("127.0.0.9", 900), ("::1", 53001))
    usual, other, six = (Listener(world.link, *place) for place in places)
    world.server.start(world.configuration())
    world.client().lease()
    heard = usual.next(1)
    assert heard is not None
    assert heard.sender[0] == "127.0.0.1"
    steps = (
        ({"server_ip": "127.0.0.9", "server_port": 900, "sender_ip": "127.0.0.5", "sender_port": 5353}, other),
        ({"server_ip": "127.0.0.1", "sender_ip": "127.0.0.5", "sender_port": 5353}, usual),
        ({"server_ip": "127.0.0.1", "sender_port": 5353}, usual),
        ({"server_ip": "127.0.0.1", "sender_ip": "127.0.0.1", "sender_port": 5353}, usual),
        ({"server_ip": "::1", "sender_port": 5353}, six),
    )
    for connection, listener in steps:
        assert world.server.reconfigure(world.configuration(**connection))["result"] == 0
        world.client().lease()
        heard = listener.next(1)
        assert heard is not None
        assert heard.sender == (connection.get("sender_ip") or connection["server_ip"], 5353)
        assert heard.request["fqdn"] == f"host{world.number}.example.org."
    for each in (usual, other, six):
        assert not each.all(QUIET)
        each.close()


def test_a_connection_that_cannot_be_made_changes_nothing(world: World) -> None:
    listener = Listener(world.link)
    world.server.start(world.configuration())
    answer = world.server.reconfigure(world.configuration(sender_ip="203.0.113.77"))
    assert answer["result"] == 1
    assert "Error starting DHCP_DDNS client" in answer["text"]
    world.client().lease()
    assert listener.next(1) is not None


def test_a_server_does_not_start_without_its_connection(world: World) -> None:
    with pytest.raises(RuntimeError, match="Error starting DHCP_DDNS client"):
        world.server.start(world.configuration(sender_ip="203.0.113.77"))


@pytest.mark.arm("V4-335", "V6-292")
def test_requests_that_cannot_be_sent_suspend_updates_but_not_service(world: World) -> None:
    listener = Listener(world.link)
    world.server.start(world.configuration(server_ip="203.0.113.1"))
    first, second = world.client(), world.client()
    assert first.lease() is not None
    assert second.lease() is not None
    log = world.log()
    for line in ("DHCP_DDNS_NCR_UDP_SEND_ERROR", f"DHCP{world.family}_DDNS_REQUEST_SEND_FAILED"):
        assert log.count(line) == 1
    assert log.count("DHCPSRV_DHCP_DDNS_SUSPEND_UPDATES") == 1
    assert world.shown()["enable-updates"] is False
    written = world.server.directory / "written.json"
    assert world.server.control.ask("config-write", {"filename": str(written)})["result"] == 0
    assert json.loads(written.read_text())[f"Dhcp{world.family}"]["dhcp-ddns"]["enable-updates"] is True
    assert world.server.reconfigure(world.configuration())["result"] == 0
    world.client().lease()
    assert [heard.request["fqdn"] for heard in listener.all(QUIET)] == ["host1.example.org.", "host3.example.org."]
    assert world.shown()["enable-updates"] is True


def test_nobody_listening_is_no_error(world: World) -> None:
    world.server.start(world.configuration())
    for _ in range(3):
        assert world.client().lease() is not None
    assert "SUSPEND" not in world.log()
