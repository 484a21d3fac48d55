"""What the switches of the DHCP servers do to a running daemon, and what a configuration file may look like."""

from __future__ import annotations

import importlib
import os
import pwd
import socket
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.packets import (
    DISCOVER,
    OFFER,
    RELAY_REPL,
    SOLICIT,
    Relay6,
    ia_na,
    parse4,
    parse6,
    query4,
    query6,
    relayed6,
)
from tests.system.test_daemon import FAMILIES, ROOT, Daemon, _end
from tests.system.test_daemon_hooks import serving_loopback

MINIMAL = """{
# DHCPv4 configuration starts on the next line
"Dhcp4": {

# First we set up global values
    "valid-lifetime": 4000,
    "renew-timer": 1000,
    "rebind-timer": 2000,

# Next we set up the interfaces to be used by the server.
    "interfaces-config": {
        "interfaces": [ "eth0" ]
    },

# And we specify the type of lease database
    "lease-database": {
        "type": "memfile",
        "persist": true,
        "name": "/var/lib/kea/dhcp4.leases"
    },

# Finally, we list the subnets from which we will be leasing addresses.
    "subnet4": [
        {
            "subnet": "192.0.2.0/24",
            "pools": [
                {
                    "pool": "192.0.2.1 - 192.0.2.200"
                }
            ]
        }
    ]
# DHCPv4 configuration ends with the next line
}

}
"""
"""The manual's first example. Its interface may be missing here: the server starts all the same, and waits for it."""


@pytest.fixture(params=FAMILIES, ids=["dhcp4", "dhcp6"])
def daemon(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Daemon]:
    made = Daemon(request.param, tmp_path)
    made.write()
    yield made
    _end(made)


@pytest.mark.arm("V4-001")
@pytest.mark.parametrize("family", FAMILIES)
def test_there_is_a_program_of_keas_name(family: int) -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    module, _, function = scripts[f"kea-dhcp{family}"].partition(":")
    assert callable(getattr(importlib.import_module(module), function))


@pytest.mark.arm("V4-003")
def test_debugging_shows_everything_whatever_is_configured(daemon: Daemon) -> None:
    loggers = [{"name": f"kea-dhcp{daemon.family}", "severity": "FATAL", "debuglevel": 0}]
    daemon.write(loggers=loggers)
    daemon.start("-d")
    daemon.expect(f"INFO  [kea-dhcp{daemon.family}.dhcp{daemon.family}/")
    daemon.expect(f"DHCP{daemon.family}_STARTED")
    assert f"DEBUG [kea-dhcp{daemon.family}" in daemon.log


@pytest.mark.arm("V4-004")
@pytest.mark.arm("V4-005")
def test_queries_come_to_one_given_port_and_answers_go_to_another(daemon: Daemon) -> None:
    daemon.write(**serving_loopback(daemon))
    daemon.start("-P", str(daemon.port + 1))
    daemon.expect(f"DHCP{daemon.family}_STARTED")
    kind, host = (socket.AF_INET, "127.0.0.1") if daemon.family == 4 else (socket.AF_INET6, "::1")
    with socket.socket(kind, socket.SOCK_DGRAM) as asks, socket.socket(kind, socket.SOCK_DGRAM) as hears:
        hears.bind((host, daemon.port + 1))
        hears.settimeout(10)
        if daemon.family == 4:
            asks.sendto(query4(DISCOVER, 1, giaddr=host, hops=1).pack(), (host, daemon.port))
            assert parse4(hears.recv(2000)).type == OFFER
        else:
            query = relayed6(query6(SOLICIT, 1, ia_na(1)), "2001:db8:1::1", host)
            asks.sendto(query.pack(), (host, daemon.port))
            answer = parse6(hears.recv(2000))
            assert isinstance(answer, Relay6) and answer.type == RELAY_REPL


@pytest.mark.arm("V4-011")
@pytest.mark.parametrize("family", FAMILIES)
def test_without_privilege_the_standard_port_cannot_be_opened(family: int) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else: run the tests as root (`sudo make test`)")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        directory = Path(name)
        nobody = pwd.getpwnam("nobody")
        os.chown(directory, nobody.pw_uid, nobody.pw_gid)
        daemon = Daemon(family, directory)
        section = daemon.configuration()[f"Dhcp{family}"]["interfaces-config"]
        daemon.write(**{"interfaces-config": {**section, "service-sockets-require-all": True}})
        become = ("setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")
        done = subprocess.run(
            [*become, *daemon.command("-c", str(daemon.config_file))],
            env=daemon.environment(),
            capture_output=True,
            text=True,
            timeout=30,
            cwd=ROOT,
        )
        assert done.returncode == 1
        assert "DHCPSRV_OPEN_SOCKET_FAIL" in done.stdout
        assert "ermission denied" in done.stdout


@pytest.mark.arm("V4-105", "V4-107", "V6-085", "V6-086")
@pytest.mark.parametrize("mistake", ["overlapping", "outside"])
def test_wrong_pools_keep_it_from_starting_and_are_told_as_keas_log_does(daemon: Daemon, mistake: str) -> None:
    prefix, first = {4: ("192.0.2.0/24", "192.0.2."), 6: ("2001:db8::/64", "2001:db8::")}[daemon.family]
    outside = {4: "192.0.3.1-192.0.3.9", 6: "2001:db8:1::1-2001:db8:1::9"}[daemon.family]
    pools = [{"pool": f"{first}1-{first}9"}, {"pool": outside if mistake == "outside" else f"{first}5-{first}20"}]
    subnets = f"subnet{daemon.family}"
    daemon.write(**{subnets: [{"subnet": prefix, "pools": pools}]})
    done = daemon.run("-c", str(daemon.config_file))
    assert done.returncode == 1
    assert f"DHCP{daemon.family}_PARSER_FAIL configuration element {subnets}" in done.stdout


@pytest.mark.arm("V4-018", "V4-022", "V4-023")
def test_the_first_example_of_the_manual_serves_unchanged(tmp_path: Path) -> None:
    daemon = Daemon(4, tmp_path)
    leases = tmp_path / "dhcp4.leases"
    daemon.config_file.write_text(MINIMAL.replace("/var/lib/kea/dhcp4.leases", str(leases)))
    try:
        daemon.start()
        daemon.expect("DHCP4_STARTED")
        assert leases.exists()
        assert "added IPv4 subnets: 1" in daemon.log
    finally:
        _end(daemon)
