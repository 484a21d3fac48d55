"""A lease that was acknowledged is in the file, whatever happens to the server a moment later."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.client import Wire, frame4, frame6
from tests.support.kea import Json, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.packets import (
    ACK,
    REPLY,
    REQUEST,
    REQUEST6,
    SOLICIT,
    duid,
    ia_na,
    iaaddr,
    innermost,
    ip4,
    ip6,
    mac,
    parse4,
    parse6,
    query4,
    query6,
)
from tests.support.requirements import require_namespaces

BURST = 40
ENOUGH = 800
"""Acknowledged leases after which the server is killed, with the next burst on its way."""

CONFIGURATION: dict[int, Json] = {
    4: {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet4": [{"id": 1, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.16.0-10.1.240.255"}]}],
    },
    6: {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet6": [
            {"id": 1, "subnet": "2001:db8:1::/64", "interface": "srv0", "pools": [{"pool": "2001:db8:1::/96"}]}
        ],
    },
}


def _address4(number: int) -> str:
    return f"10.1.{16 + (number >> 8)}.{number & 255}"


def _address6(number: int) -> str:
    return f"2001:db8:1::1:{number:x}"


def _request4(number: int, _server: bytes) -> bytes:
    query = query4(REQUEST, number, (54, ip4("10.1.0.1")), (50, ip4(_address4(number))))
    return frame4(query.pack())


def _request6(number: int, server: bytes) -> bytes:
    return frame6(query6(REQUEST6, number, (2, server), ia_na(1, iaaddr(_address6(number)))).pack())


def _acknowledged4(payload: bytes) -> tuple[str, str] | None:
    answer = parse4(payload)
    return (answer.yiaddr, answer.chaddr.hex(":")) if answer.type == ACK else None


def _acknowledged6(payload: bytes) -> tuple[str, str] | None:
    answer = innermost(parse6(payload))
    if answer.type != REPLY:
        return None
    association = answer.option(3) or b""
    address = association[16:32]
    number = int.from_bytes(address[-2:], "big")
    assert address == ip6(_address6(number))
    return _address6(number), (answer.option(1) or b"").hex(":")


def _server_duid(wire: Wire) -> bytes:
    wire.send(frame6(query6(SOLICIT, 1, ia_na(1)).pack()))
    frame = wire.receive(5)
    assert frame is not None
    return innermost(parse6(frame.payload)).option(2) or b""


def _load_until_killed(
    server: Server,
    wire: Wire,
    request: Callable[[int, bytes], bytes],
    acknowledged: Callable[[bytes], tuple[str, str] | None],
    identity: bytes,
) -> dict[str, str]:
    """Ask for leases in bursts, kill the server in the middle; return who was told to have which address."""
    leases: dict[str, str] = {}

    def collect(timeout: float) -> bool:
        frame = wire.receive(timeout)
        if frame is None:
            return False
        lease = acknowledged(frame.payload)
        if lease is not None:
            leases[lease[0]] = lease[1]
        return True

    number = 0
    assert server.process is not None
    while len(leases) < ENOUGH:
        for _ in range(BURST):
            number += 1
            wire.send(request(number, identity))
        while len(leases) < number - BURST // 2 and collect(0.5):
            pass
        assert number < 4 * ENOUGH, "the server does not keep up"
    for _ in range(BURST):
        number += 1
        wire.send(request(number, identity))
    while len(leases) < number - BURST + 5 and collect(0.5):
        pass
    server.process.kill()
    server.process.wait()
    while collect(0.05):
        pass
    return leases


@pytest.mark.parametrize("family", [4, 6])
def test_kill_under_load_loses_no_acknowledged_lease(family: int) -> None:
    require_namespaces()
    with Link("crash", ["10.1.0.1/16", "2001:db8:1::1/64"], ["10.1.0.2/16", "2001:db8:1::2/64"]) as link:
        server = Ours(family, link)
        wire = Wire(link)
        try:
            server.start(CONFIGURATION[family])
            if family == 4:
                leases = _load_until_killed(server, wire, _request4, _acknowledged4, b"")
            else:
                leases = _load_until_killed(server, wire, _request6, _acknowledged6, _server_duid(wire))
            assert len(leases) > ENOUGH
            column = "hwaddr" if family == 4 else "duid"
            stored = {row["address"]: row[column] for row in server.leases() if column in row}
            lost = {address: owner for address, owner in leases.items() if stored.get(address) != owner}
            assert not lost
            server.start(CONFIGURATION[family])
            last = max(leases, key=lambda address: int(address.replace(":", ".").rpartition(".")[2], 16))
            owner = leases[last]
            statistics = server.statistics()
            name = "subnet[1].assigned-addresses" if family == 4 else "subnet[1].assigned-nas"
            assert int(str(statistics[name])) >= len(leases)
            wire.drain()
            if family == 4:
                number = int(owner.replace(":", "")[-4:], 16)
                assert owner == mac(number).hex(":")
                wire.send(frame4(query4(REQUEST, number, (50, ip4(last))).pack()))
                frame = wire.receive(5)
                assert frame is not None
                assert _acknowledged4(frame.payload) == (last, owner)
            else:
                number = int(owner.replace(":", "")[-4:], 16)
                assert owner == duid(number).hex(":")
                wire.send(frame6(query6(SOLICIT, number, ia_na(1)).pack()))
                frame = wire.receive(5)
                assert frame is not None
                assert (innermost(parse6(frame.payload)).option(3) or b"")[16:32] == ip6(last)
        finally:
            wire.close()
            server.close()
