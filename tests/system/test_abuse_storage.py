"""Lease files that are damaged, and a disk that fills up under a server: what was promised is kept."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.client import Wire, frame4
from tests.support.kea import Json
from tests.support.namespaces import Link
from tests.support.ours import Twistd
from tests.support.packets import ACK, REQUEST, ip4, mac, parse4, query4
from tests.support.requirements import require_namespaces

HEADER = "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context\n"
NEVER = 4_000_000_000


def _configuration(file: Path, **database: object) -> Json:
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "valid-lifetime": 4000,
        "lease-database": {"type": "memfile", "name": str(file), "lfc-interval": 0, **database},
        "subnet4": [{"id": 1, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.16.0-10.1.240.255"}]}],
    }


def _row(number: int) -> str:
    return f"{_address(number)},{mac(number).hex(':')},,4000,{NEVER},1,0,0,,0,\n"


def _address(number: int) -> str:
    return f"10.1.{16 + (number >> 8)}.{number & 255}"


def _requested(wire: Wire, number: int, patience: float = 5) -> str:
    """Ask for an address; return it if it was acknowledged, "" if there was no answer."""
    wire.drain()
    query = query4(REQUEST, number, (54, ip4("10.1.0.1")), (50, ip4(_address(number))))
    wire.send(frame4(query.pack()))
    frame = wire.receive(patience)
    if frame is None:
        return ""
    answer = parse4(frame.payload)
    assert (answer.type, answer.xid) == (ACK, query.xid)
    return answer.yiaddr


@pytest.fixture
def server() -> Iterator[Twistd]:
    require_namespaces()
    with Link("disk", ["10.1.0.1/16"], ["10.1.0.2/16"]) as link:
        made = Twistd(4, link)
        try:
            yield made
        finally:
            made.close()


@pytest.fixture
def disk(server: Twistd) -> Iterator[Path]:
    """A disk of 32 KiB."""
    place = server.directory / "disk"
    place.mkdir()
    made = subprocess.run(("mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(place)), capture_output=True)
    if made.returncode:
        pytest.skip("a tmpfs cannot be mounted here: run the tests on a machine or container that allows it")
    yield place
    server.stop()
    subprocess.run(("umount", str(place)), check=True)


@pytest.mark.arm("V4-526", "V4-527", "V4-528", "ST-003")
def test_a_full_disk_costs_answers_but_no_acknowledged_lease(server: Twistd, disk: Path) -> None:
    file = disk / "leases.csv"
    server.start(_configuration(file))
    wire = Wire(server.link)
    acknowledged = set()
    number = unanswered = 0
    while unanswered < 3:
        number += 1
        assert number < 5000
        address = _requested(wire, number, 0.3)
        if address:
            acknowledged.add(address)
        else:
            unanswered += 1
    stored = {line.partition(",")[0] for line in file.read_text().splitlines()[1:]}
    assert acknowledged == stored
    assert file.read_text().endswith("\n")
    subprocess.run(("mount", "-o", "remount,size=1m", str(disk)), check=True)
    for late in (number, number + 1):
        assert _requested(wire, late) == _address(late)
        acknowledged.add(_address(late))
    statistics = server.statistics()
    assert int(str(statistics["pkt4-ack-sent"])) == len(acknowledged)
    assert int(str(statistics["pkt4-receive-drop"])) == 3
    for name in (
        "subnet[1].assigned-addresses",
        "subnet[1].cumulative-assigned-addresses",
        "cumulative-assigned-addresses",
    ):
        assert statistics[name] == len(acknowledged)
    assert "No space left on device" in server.log.read_text()
    assert "Traceback" not in server.log.read_text()
    assert server.process is not None
    server.process.kill()
    server.process.wait()
    server.start(_configuration(file))
    statistics = server.statistics()
    assert int(str(statistics["subnet[1].assigned-addresses"])) == len(acknowledged)
    assert statistics["pkt4-ack-sent"] == statistics["cumulative-assigned-addresses"] == 0
    wire.close()


def test_damaged_rows_are_left_out_and_the_rest_is_served(server: Twistd) -> None:
    file = server.directory / "damaged.csv"
    damage = (
        "garbage\n,,,,\n"
        + "x" * 3_000_000
        + "\n"
        + "10.1.16.5,zz,,1,2,3\n\0\1\2\n\u00ff\ufffd,\n"
        + "," * 50_000
        + "\n"
    )
    text = HEADER + _row(1) + damage + _row(2) + _row(3)
    file.write_bytes(text.encode() + b"\xff\xfe\x80\n" + _row(4).encode()[:25])
    server.start(_configuration(file))
    assert int(str(server.statistics()["subnet[1].assigned-addresses"])) == 3
    wire = Wire(server.link)
    assert _requested(wire, 2) == _address(2)
    assert _requested(wire, 4) == _address(4)
    log = server.log.read_text(errors="replace")
    assert "DHCPSRV_MEMFILE_LEASE_LOAD_ROW_ERROR" in log
    assert "Traceback" not in log
    wire.close()
    server.stop()
    server.start(_configuration(file))
    assert int(str(server.statistics()["subnet[1].assigned-addresses"])) == 4


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"this,is,no,lease,file\n1,2,3,4,5\n", "header"),
        (bytes(range(256)) * 40, "header"),
        ((HEADER + "bad\n" * 5).encode(), "exceeded maximum number of failures 3"),
    ],
)
def test_a_file_that_holds_no_leases_keeps_the_running_configuration(
    server: Twistd, content: bytes, reason: str
) -> None:
    file = server.directory / "good.csv"
    wrong = server.directory / "wrong.csv"
    wrong.write_bytes(content)
    server.start(_configuration(file))
    wire = Wire(server.link)
    assert _requested(wire, 1) == _address(1)
    answer = server.control.ask("config-set", server.complete(_configuration(wrong, **{"max-row-errors": 3})))
    assert answer["result"] == 1
    assert reason in answer["text"]
    assert wrong.read_bytes() == content
    for place in (Path("/proc/nowhere/leases.csv"), server.directory):
        answer = server.control.ask("config-set", server.complete(_configuration(place)))
        assert answer["result"] == 1
        assert str(place) in answer["text"]
    assert _requested(wire, 1) == _address(1)
    assert _requested(wire, 2) == _address(2)
    assert file.read_text().count("\n") == 4
    wire.close()
