"""Hook libraries in a running daemon, and leases over a reload, with a client on the loopback interface."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.family import V4, V6
from kea_twisted.tools.demo_client import converse
from tests.system.test_daemon import FAMILIES, Daemon, _end

LIBRARY = '''
"""A library that counts, and can be told to fail."""
import asyncio

def load(library):
    seen = []
    if library.parameters.get("fail"):
        raise ValueError("told to fail")

    @library.callout("pkt%(number)d_receive")
    def count(handle):
        seen.append(handle["query%(number)d"].name)

    @library.callout("leases%(number)d_committed")
    async def wait(handle):
        from twisted.internet import reactor, task
        await task.deferLater(reactor, 0.05)

    @library.callout("dhcp%(number)d_srv_configured")
    def configured(handle):
        seen.append("configured")

    @library.command("seen-get")
    def seen_get(request):
        return {"result": 0, "arguments": {"seen": seen, "leases": len(library.service("leases"))}}

def unload(library):
    with open(library.parameters["trace"], "w") as file:
        file.write("unloaded")
'''


@pytest.fixture(params=FAMILIES, ids=["dhcp4", "dhcp6"])
def daemon(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Daemon]:
    made = Daemon(request.param, tmp_path)
    (tmp_path / "library.py").write_text(LIBRARY % {"number": request.param})
    yield made
    _end(made)


def serving_loopback(daemon: Daemon, **changes: Any) -> dict[str, Any]:
    """Return what to change in the configuration so that the small client is served through its relay."""
    subnet = {4: ("192.0.2.0/24", "192.0.2.1-192.0.2.9"), 6: ("2001:db8:1::/64", "2001:db8:1::1-2001:db8:1::9")}
    prefix, pool = subnet[daemon.family]
    relay = {"relay": {"ip-addresses": ["127.0.0.1"]}} if daemon.family == 4 else {}
    return {f"subnet{daemon.family}": [{"subnet": prefix, "pools": [{"pool": pool}], **relay}], **changes}


def library(daemon: Daemon, **parameters: Any) -> list[dict[str, Any]]:
    trace = {"trace": str(daemon.directory / "trace")}
    return [{"library": str(daemon.directory / "library.py"), "parameters": {**trace, **parameters}}]


def obtain(daemon: Daemon) -> list[str]:
    return list(converse(V4 if daemon.family == 4 else V6, daemon.port, daemon.port + 1))


def serve(daemon: Daemon, **changes: Any) -> None:
    daemon.write(**serving_loopback(daemon, **changes))
    daemon.start("-P", str(daemon.port + 1))
    daemon.expect(f"DHCP{daemon.family}_STARTED")


def test_a_library_sees_packets_waits_and_answers_commands(daemon: Daemon) -> None:
    serve(daemon, **{"hooks-libraries": library(daemon)})
    assert "seen-get" in daemon.ask("list-commands")["arguments"]
    assert len(obtain(daemon)) == 4
    found = daemon.ask("seen-get")["arguments"]
    first, second = {4: ("DHCPDISCOVER", "DHCPREQUEST"), 6: ("SOLICIT", "REQUEST")}[daemon.family]
    assert found["seen"] == ["configured", first, second]
    assert found["leases"] >= 1


def test_libraries_are_unloaded_when_the_configuration_drops_them(daemon: Daemon) -> None:
    serve(daemon, **{"hooks-libraries": library(daemon)})
    daemon.write(**serving_loopback(daemon))
    assert daemon.ask("config-reload")["result"] == 0
    assert (daemon.directory / "trace").read_text() == "unloaded"
    assert daemon.ask("seen-get")["result"] == 2


def test_a_library_that_fails_leaves_the_former_ones_and_the_configuration_in_force(daemon: Daemon) -> None:
    serve(daemon, **{"hooks-libraries": library(daemon)})
    before = daemon.ask("config-get")
    daemon.write(**serving_loopback(daemon, **{"hooks-libraries": library(daemon, fail=True), "valid-lifetime": 9}))
    answer = daemon.ask("config-reload")
    assert answer["result"] == 1
    assert "told to fail" in answer["text"]
    assert daemon.ask("config-get") == before
    assert daemon.ask("seen-get")["result"] == 0


def test_a_library_that_cannot_be_found_keeps_the_daemon_from_starting(daemon: Daemon) -> None:
    daemon.write(**{"hooks-libraries": [{"library": "/nonexistent/hooks.py"}]})
    for switch in ("-t", "-T"):
        checked = daemon.run(switch, str(daemon.config_file))
        assert checked.returncode == 1
        assert "Error encountered: hook library '/nonexistent/hooks.py'" in checked.stderr
    done = daemon.run("-c", str(daemon.config_file), "-p", str(daemon.port))
    assert done.returncode == 1
    assert "/nonexistent/hooks.py" in done.stdout


def test_libreload_reads_the_source_again(daemon: Daemon) -> None:
    serve(daemon, **{"hooks-libraries": library(daemon)})
    file = daemon.directory / "library.py"
    file.write_text(file.read_text().replace("seen-get", "seen-get-too"))
    assert daemon.ask("libreload")["result"] == 0
    assert daemon.ask("seen-get-too")["result"] == 0


@pytest.mark.parametrize("persist", [True, False])
def test_leases_survive_a_reload(daemon: Daemon, persist: bool) -> None:
    database = {"type": "memfile", "persist": persist, "name": str(daemon.directory / "leases.csv")}
    serve(daemon, **{"lease-database": database})
    obtain(daemon)
    name = f"subnet[1].assigned-{'addresses' if daemon.family == 4 else 'nas'}"
    for _ in range(2):
        assert daemon.ask("statistic-get", {"name": name})["arguments"][name][0][0] == 1
        assert daemon.ask("config-reload")["result"] == 0


def test_leases_survive_a_restart(daemon: Daemon) -> None:
    serve(daemon)
    address = obtain(daemon)[-1]
    daemon.ask("shutdown")
    assert daemon.exit_code() == 0
    serve(daemon)
    name = f"subnet[1].assigned-{'addresses' if daemon.family == 4 else 'nas'}"
    assert daemon.ask("statistic-get", {"name": name})["arguments"][name][0][0] == 1
    assert obtain(daemon)[-1].split()[3:] == address.split()[3:]
