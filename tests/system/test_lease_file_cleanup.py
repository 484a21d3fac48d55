"""The servers clean up their lease files by the clock, through kea-lfc, and lose no lease and no moment of service."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.base.address import text4, text6
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from tests.support import packets
from tests.support.packets import ACK, REPLY, Dhcp4, Relay6, ia_na, ip4, parse4, parse6, query4, query6, relayed6
from tests.system.test_daemon import FAMILIES, Daemon, _end
from tests.system.test_daemon_hooks import obtain, serve, serving_loopback

SERVER_ID6 = b"\0\2\0\0\0\x09\xab\xcd"
WINDOW = 32
HEADERS = {4: SCHEMA4.header + "\n", 6: SCHEMA6.header + "\n"}
OLD = {
    4: "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname\n"
    "192.0.2.7,02:00:00:00:00:07,,3600,2000000000,1,0,0,old\n",
    6: "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,"
    "fqdn_fwd,fqdn_rev,hostname\n"
    "2001:db8:1::7,01:02:03,3600,2000000000,1,1800,0,1,128,0,0,old\n",
}
NEW = {
    4: "192.0.2.7,02:00:00:00:00:07,,3600,2000000000,1,0,0,old,0,\n",
    6: "2001:db8:1::7,01:02:03,3600,2000000000,1,1800,0,1,128,0,0,old,,0,,,\n",
}


@pytest.fixture(params=FAMILIES, ids=["dhcp4", "dhcp6"])
def daemon(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Daemon]:
    made = Daemon(request.param, tmp_path)
    yield made
    _end(made)


def database(daemon: Daemon, **parameters: Any) -> dict[str, Any]:
    return {"lease-database": {"type": "memfile", "name": str(daemon.directory / "leases.csv"), **parameters}}


def lines(daemon: Daemon, message: str) -> list[str]:
    """Return the arguments of each line of a message."""
    return [line.split(f"{message} ", 1)[1] for line in daemon.log.splitlines() if f"{message} " in line]


def eventually(found: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def leases(directory: Path, family: int) -> dict[str, str]:
    """Return what a server would load: address → name."""
    path = str(directory / "leases.csv")
    if family == 4:
        manager4 = Memfile4(path)
        manager4.close()
        return {text4(lease.address): lease.hostname for lease in manager4}
    manager6 = Memfile6(path)
    manager6.close()
    return {text6(lease.address): lease.hostname for lease in manager6}


def script(daemon: Daemon, text: str) -> str:
    """Return an executable in the place of kea-lfc."""
    path = daemon.directory / "cleaner-lfc"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.arm("LE-035")
@pytest.mark.arm("LE-045")
@pytest.mark.arm("LE-058")
@pytest.mark.arm("V4-046")
@pytest.mark.arm("V4-049")
@pytest.mark.arm("V6-033")
@pytest.mark.arm("V6-036")
def test_files_are_cleaned_up_by_the_clock(daemon: Daemon) -> None:
    live = daemon.directory / "leases.csv"
    serve(daemon, **database(daemon, **{"lfc-interval": 1}))
    obtain(daemon)
    obtain(daemon)
    header = HEADERS[daemon.family]
    result = daemon.directory / "leases.csv.2"
    eventually(lambda: result.exists() and len(result.read_text().splitlines()) == 2)
    assert live.read_text() == header
    assert lines(daemon, "DHCPSRV_MEMFILE_LFC_SETUP")[0].endswith(" 1 sec")
    command = lines(daemon, "DHCPSRV_MEMFILE_LFC_EXECUTE")[0]
    path = str(live)
    assert command.endswith(
        f"-{daemon.family} -x {path}.2 -i {path}.1 -o {path}.output -f {path}.completed -p {path}.pid -c ignored-path"
    )
    assert daemon.log.index("LFC_START") < daemon.log.index("LFC_EXECUTE")
    daemon.write(**serving_loopback(daemon, **database(daemon, **{"lfc-interval": 0})))
    assert daemon.ask("config-reload")["result"] == 0
    started = len(lines(daemon, "DHCPSRV_MEMFILE_LFC_START"))
    time.sleep(1.2)
    assert len(lines(daemon, "DHCPSRV_MEMFILE_LFC_START")) == started
    daemon.send(signal.SIGTERM)
    assert daemon.exit_code() == 0
    eventually(lambda: not (daemon.directory / "leases.csv.pid").exists())
    assert len(leases(daemon.directory, daemon.family)) == 1
    assert "KEA_TWISTED_WARN" not in daemon.log


@pytest.mark.arm("V4-043")
@pytest.mark.arm("V4-046")
@pytest.mark.arm("V6-030")
@pytest.mark.arm("V6-032")
@pytest.mark.arm("V6-033")
def test_the_store_and_its_settings_are_told_at_the_start(daemon: Daemon) -> None:
    family = daemon.family
    live = daemon.directory / f"kea-leases{family}.csv"
    serve(daemon, **{"lease-database": {"type": "memfile", "password": "secret", "persist": True, "max-row-errors": 3}})
    told = lines(daemon, "DHCPSRV_MEMFILE_DB")
    wanted = f"max-row-errors=3 password=***** persist=true type=memfile universe={family}"
    assert [line.partition(": ")[2] for line in told] == [wanted]
    assert lines(daemon, "DHCPSRV_MEMFILE_LEASE_FILE_LOAD") == [f"loading leases from file {live}"]
    assert live.read_text() == HEADERS[family]
    assert lines(daemon, "DHCPSRV_MEMFILE_LFC_SETUP")[0].endswith(" 3600 sec")
    daemon.write(**serving_loopback(daemon, **{"lease-database": {"type": "memfile", "lfc-interval": 7}}))
    assert daemon.ask("config-reload")["result"] == 0
    daemon.write(**serving_loopback(daemon, **{"lease-database": {"type": "memfile", "persist": False}}))
    assert daemon.ask("config-reload")["result"] == 0
    daemon.write(**serving_loopback(daemon, **{"lease-database": {"type": "memfile", "persist": False}}))
    assert daemon.ask("config-reload")["result"] == 0
    assert [line.split()[-2] for line in lines(daemon, "DHCPSRV_MEMFILE_LFC_SETUP")] == ["3600", "7"]
    assert len(lines(daemon, "DHCPSRV_MEMFILE_NO_STORAGE")) == 1
    assert lines(daemon, "DHCPSRV_MEMFILE_DB")[-1].endswith(f": persist=false type=memfile universe={family}")


@pytest.mark.parametrize("daemon", [4], indirect=True)
def test_a_kea_lfc_that_is_not_there_is_told_at_the_start(daemon: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEA_LFC_EXECUTABLE", "/nonexistent/kea-lfc")
    daemon.write(**database(daemon, **{"lfc-interval": 1}))
    daemon.start()
    assert daemon.exit_code() == 1
    assert "KEA_LFC_EXECUTABLE: file not found: /nonexistent/kea-lfc" in daemon.log


@pytest.mark.arm("LE-052")
@pytest.mark.arm("V4-050")
@pytest.mark.parametrize("daemon", [4], indirect=True)
def test_service_goes_on_while_a_cleanup_takes_its_time(daemon: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
    count = daemon.directory / "count"
    monkeypatch.setenv("KEA_LFC_EXECUTABLE", script(daemon, f"echo $$ >> {count}; exec sleep 3.2"))
    serve(daemon, **database(daemon, **{"lfc-interval": 1}))
    obtain(daemon)
    eventually(count.exists)
    began = time.monotonic()
    obtain(daemon)
    assert time.monotonic() - began < 1
    eventually(lambda: "is still at work" in daemon.log)
    assert len(count.read_text().split()) == 1
    assert len(leases(daemon.directory, daemon.family)) == 1
    os.kill(int(count.read_text()), signal.SIGKILL)
    eventually(lambda: "has not cleaned up" in daemon.log)
    eventually(lambda: len(count.read_text().split()) == 2)
    assert len(leases(daemon.directory, daemon.family)) == 1


@pytest.mark.arm("LE-053")
@pytest.mark.arm("V6-047")
def test_files_of_an_older_version_are_converted_at_the_start(daemon: Daemon) -> None:
    family = daemon.family
    (daemon.directory / "leases.csv").write_text(OLD[family])
    serve(daemon, **database(daemon, **{"lfc-interval": 0}))
    result = daemon.directory / "leases.csv.2"
    eventually(lambda: result.exists() and result.read_text() == HEADERS[family] + NEW[family])
    obtain(daemon)
    order = ["NEEDS_UPGRADING", "CONVERTING_LEASE_FILES", "LFC_START", "LFC_EXECUTE"]
    places = [daemon.log.index(f"DHCPSRV_MEMFILE_{name} ") for name in order]
    assert places == sorted(places)
    assert len(leases(daemon.directory, family)) == 2


class Clients:
    """Many clients behind one relay on the loopback interface. acknowledged: the addresses they were given."""

    def __init__(self, daemon: Daemon) -> None:
        self.daemon = daemon
        self.acknowledged: set[str] = set()
        kind, self.host = (socket.AF_INET, "127.0.0.1") if daemon.family == 4 else (socket.AF_INET6, "::1")
        self.socket = socket.socket(kind, socket.SOCK_DGRAM)
        self.socket.bind((self.host, daemon.port + 1))
        self.socket.settimeout(0.5)

    def query(self, number: int) -> bytes:
        if self.daemon.family == 4:
            address = f"10.0.{16 + (number >> 8)}.{number & 255}"
            options = ((54, ip4("127.0.0.1")), (50, ip4(address)))
            return query4(packets.REQUEST, number, *options, giaddr="127.0.0.1", hops=1).pack()
        inner = query6(packets.REQUEST6, number, (2, SERVER_ID6), ia_na(1))
        return relayed6(inner, "2001:db8:1::ffff").pack()

    def work(self, enough: Callable[[], bool]) -> None:
        """Let one client after the other ask for a lease, WINDOW at a time, until that is enough."""
        end = time.monotonic() + 30
        number = 0
        while not enough():
            assert time.monotonic() < end
            for _ in range(WINDOW):
                number = number % 20000 + 1
                self.socket.sendto(self.query(number), (self.host, self.daemon.port))
            for _ in range(WINDOW):
                try:
                    self.note(self.socket.recv(4096))
                except TimeoutError:
                    break

    def note(self, octets: bytes) -> None:
        message: Dhcp4 | Any = parse4(octets) if self.daemon.family == 4 else parse6(octets)
        if isinstance(message, Dhcp4):
            assert message.type == ACK
            self.acknowledged.add(message.yiaddr)
        else:
            assert isinstance(message, Relay6)
            inner = message.inner
            assert inner.type == REPLY
            body = dict(inner.options)[3]
            self.acknowledged.add(socket.inet_ntop(socket.AF_INET6, body[16:32]))

    def close(self) -> None:
        self.socket.close()


@pytest.mark.arm("LE-048")
@pytest.mark.arm("V4-048")
@pytest.mark.arm("V6-035")
def test_no_lease_is_lost_by_cleanups_under_load_and_a_server_that_is_killed(daemon: Daemon) -> None:
    family = daemon.family
    prefix, pool = {4: ("10.0.0.0/16", "10.0.16.0-10.0.200.255"), 6: ("2001:db8:1::/64", "2001:db8:1::/64")}[family]
    subnet = {"id": 1, "subnet": prefix, "pools": [{"pool": pool}], "relay": {"ip-addresses": ["127.0.0.1"]}}
    if family == 6:
        del subnet["relay"]
    serve(daemon, **database(daemon, **{"lfc-interval": 1}), **{f"subnet{family}": [subnet]})
    clients = Clients(daemon)
    clients.work(lambda: len(clients.acknowledged) > 500 and len(lines(daemon, "DHCPSRV_MEMFILE_LFC_EXECUTE")) >= 2)
    _end(daemon)
    clients.close()
    eventually(lambda: not (daemon.directory / "leases.csv.pid").exists())
    assert clients.acknowledged <= set(leases(daemon.directory, family))
    assert "Traceback" not in daemon.log
