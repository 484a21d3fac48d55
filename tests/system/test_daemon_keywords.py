"""Keywords that packets do not show: change one, and the running daemon does something else."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.packets import DISCOVER, SOLICIT, ia_na, query4, query6, relayed6
from tests.system.test_daemon import FAMILIES, Daemon, _end
from tests.system.test_daemon_hooks import LIBRARY, library, obtain, serve, serving_loopback

WAITING = """
import asyncio

def load(library):
    @library.callout("pkt%(number)d_receive")
    async def wait(handle):
        from twisted.internet import reactor, task
        await task.deferLater(reactor, 60)

def unload(library):
    pass
"""


@pytest.fixture(params=FAMILIES, ids=["dhcp4", "dhcp6"])
def daemon(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Daemon]:
    made = Daemon(request.param, tmp_path)
    (tmp_path / "library.py").write_text(LIBRARY % {"number": request.param})
    yield made
    _end(made)


def send(daemon: Daemon, times: int) -> None:
    """Send so many queries that nobody waits for an answer to."""
    kind, host = (socket.AF_INET, "127.0.0.1") if daemon.family == 4 else (socket.AF_INET6, "::1")
    with socket.socket(kind, socket.SOCK_DGRAM) as opened:
        for number in range(times):
            if daemon.family == 4:
                octets = query4(DISCOVER, number, giaddr="127.0.0.1", hops=1).pack()
            else:
                octets = relayed6(query6(SOLICIT, number, ia_na(1)), "2001:db8:1::1").pack()
            opened.sendto(octets, (host, daemon.port))


def eventually(found: Callable[[], Any], wanted: Any, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while (seen := found()) != wanted:
        assert time.monotonic() < deadline, f"{seen}, not {wanted}"
        time.sleep(0.05)


def statistic(daemon: Daemon, name: str) -> list[Any]:
    return list(daemon.ask("statistic-get", {"name": name})["arguments"].get(name, []))


def test_the_server_tag_is_told(daemon: Daemon) -> None:
    serve(daemon, **{"server-tag": "north"})
    assert daemon.ask("server-tag-get")["arguments"] == {"server-tag": "north"}


@pytest.mark.parametrize("severity", ["INFO", "ERROR"])
def test_loggers_say_what_is_shown_where_and_how(daemon: Daemon, severity: str) -> None:
    file = daemon.directory / "log"
    logger = {
        "name": f"kea-dhcp{daemon.family}",
        "severity": severity,
        "output_options": [{"output": str(file), "pattern": "<%p> %m\n"}],
    }
    daemon.write(**serving_loopback(daemon, loggers=[logger]))
    daemon.start()
    eventually(daemon.listens, True, 20)
    assert daemon.ask("status-get")["result"] == 0
    assert (f"<INFO> DHCP{daemon.family}_STARTED" in file.read_text()) is (severity == "INFO")
    assert f"DHCP{daemon.family}_STARTED" not in daemon.log


@pytest.mark.arm("LE-005")
@pytest.mark.parametrize("seconds", [1, 0])
def test_expired_leases_are_reclaimed_by_the_clock(daemon: Daemon, seconds: int) -> None:
    section = {
        "reclaim-timer-wait-time": seconds,
        "flush-reclaimed-timer-wait-time": seconds,
        "hold-reclaimed-time": 1,
    }
    lifetimes = {"valid-lifetime": 1} if daemon.family == 4 else {"valid-lifetime": 1, "preferred-lifetime": 1}
    changes = {"expired-leases-processing": section, "hooks-libraries": library(daemon), **lifetimes}
    serve(daemon, **changes)
    obtain(daemon)

    def left() -> int:
        return int(daemon.ask("seen-get")["arguments"]["leases"])

    assert left() >= 1
    if seconds:
        eventually(left, 0)
    else:
        time.sleep(4.5)
        assert left() >= 1


@pytest.mark.arm("V6-340")
@pytest.mark.parametrize(("limit", "dropped"), [(1, 2), (2, 1), (256, 0)])
def test_packets_beyond_the_limit_do_not_wait(daemon: Daemon, limit: int, dropped: int) -> None:
    (daemon.directory / "waiting.py").write_text(WAITING % {"number": daemon.family})
    libraries = [{"library": str(daemon.directory / "waiting.py")}]
    serve(daemon, **{"hooks-libraries": libraries, "parked-packet-limit": limit})
    send(daemon, 3)
    eventually(lambda: statistic(daemon, f"pkt{daemon.family}-received")[0][0], 3)
    assert statistic(daemon, f"pkt{daemon.family}-receive-drop")[0][0] == dropped


@pytest.mark.parametrize(("count", "kept"), [(2, 2), (20, 4)])
def test_statistics_keep_as_many_samples_as_configured(daemon: Daemon, count: int, kept: int) -> None:
    serve(daemon, **{"statistic-default-sample-count": count})
    name = f"pkt{daemon.family}-received"
    send(daemon, 3)
    eventually(lambda: statistic(daemon, name)[0][0], 3)
    assert len(statistic(daemon, name)) == kept


def test_statistics_keep_samples_as_long_as_configured(daemon: Daemon) -> None:
    serve(daemon, **{"statistic-default-sample-count": 0, "statistic-default-sample-age": 1})
    name = f"pkt{daemon.family}-received"
    send(daemon, 2)
    eventually(lambda: statistic(daemon, name)[0][0], 2)
    time.sleep(1.5)
    send(daemon, 1)
    eventually(lambda: statistic(daemon, name)[0][0], 3)
    assert [value for value, _ in statistic(daemon, name)] == [3]


@pytest.mark.parametrize(("errors", "code"), [(1, 1), (2, 0)])
def test_a_lease_file_may_have_as_many_bad_rows_as_configured(daemon: Daemon, errors: int, code: int) -> None:
    file = daemon.directory / "leases.csv"
    serve(daemon)
    daemon.ask("shutdown")
    assert daemon.exit_code() == 0
    file.write_text(f"{file.read_text()}bad\nworse\n")
    database = {"type": "memfile", "name": str(file), "max-row-errors": errors}
    daemon.write(**serving_loopback(daemon, **{"lease-database": database}))
    daemon.start()
    if code:
        assert daemon.exit_code() == code
        assert "exceeded maximum number of failures 1" in daemon.log
    else:
        daemon.expect(f"DHCP{daemon.family}_STARTED")


@pytest.mark.parametrize("persist", [True, False])
def test_a_lease_file_is_written_if_leases_persist(daemon: Daemon, persist: bool) -> None:
    file = daemon.directory / "leases.csv"
    serve(daemon, **{"lease-database": {"type": "memfile", "name": str(file), "persist": persist}})
    obtain(daemon)
    assert file.exists() is persist
    assert ("DHCPSRV_MEMFILE_NO_STORAGE" in daemon.log) is not persist


@pytest.mark.arm("V6-408")
@pytest.mark.arm("V6-396")
def test_the_data_directory_holds_duid_and_leases(tmp_path: Path) -> None:
    daemon = Daemon(6, tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    changes = {
        "data-directory": str(elsewhere),
        "lease-database": {"type": "memfile"},
        "server-id": {"type": "EN", "enterprise-id": 9, "identifier": "ABCD"},
    }
    try:
        serve(daemon, **changes)
        assert sorted(os.listdir(elsewhere)) == ["kea-dhcp6-serverid", "kea-leases6.csv"]
        assert (elsewhere / "kea-dhcp6-serverid").read_text() == "00:02:00:00:00:09:ab:cd"
    finally:
        _end(daemon)
