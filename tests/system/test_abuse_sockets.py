"""Mutated octets at every socket of a server at once, with every debug line made: no exception, no growth, and service.

UDP, the connection between the two servers, and the control socket; raw sockets have :mod:`.test_abuse_packets`.
"""

from __future__ import annotations

import json
import random
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.wire.over6 import wrap
from kea_twisted.wire.v6 import DHCPV4_QUERY, DHCPV4_RESPONSE, Packet6
from tests.support.hostile import mutants
from tests.support.kea import resident_kib
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
from tests.system.test_abuse_packets import MAY_GROW_KIB, _messages4, _messages6
from tests.system.test_daemon import FAMILIES, Daemon, _end

ROUNDS = 3
PACKETS = 700
COMMANDS = 300
CONNECTIONS = 1500
SERVER_ID = bytes.fromhex("000200000009abcd")
CLASSES = (
    "substring(option[60].hex, 0, 6) == 'docsis' or option[82].option[1].exists",
    "pkt4.mac == 0x020000000101 and not member('KNOWN')",
    "hexstring(pkt4.giaddr, ':') == '7f:00:00:01' and vendor[4491].exists",
)
CLASSES6 = (
    "relay6[0].option[18].hex == 'port' or vendor-class[4491].data[0] == 'abc'",
    "substring(option[1].hex, 2, all) == 0x0001 and pkt6.msgtype == 1",
    "split(option[39].hex, '.', 1) == 'host' or relay6[-1].linkaddr == ::1",
)
LINES = ("Traceback", "STD_EXCEPTION", "PACKET_PROCESS_EXCEPTION", "KEA_TWISTED_CRITICAL", "KEA_TWISTED_ERROR", "FATAL")
"""What must not be in the log."""


@pytest.fixture(params=FAMILIES, ids=["dhcp4", "dhcp6"])
def daemon(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Daemon]:
    made = Daemon(request.param, tmp_path)
    family = made.family
    tests = CLASSES if family == 4 else CLASSES6
    prefix, pool = {4: ("192.0.2.0/24", "192.0.2.1-192.0.2.99"), 6: ("2001:db8:1::/64", "2001:db8:1::-2001:db8:1::99")}[
        family
    ]
    way = {
        4: {"relay": {"ip-addresses": ["127.0.0.1"]}, "4o6-interface": "lo"},
        6: {"relay": {"ip-addresses": ["::1", "2001:db8:9::1"]}, "interface": "lo"},
    }[family]
    made.write(
        **{
            f"subnet{family}": [{"id": 1, "subnet": prefix, "pools": [{"pool": pool}], **way}],
            "client-classes": [{"name": f"c{number}", "test": test} for number, test in enumerate(tests)],
            "dhcp-ddns": {"enable-updates": True},
            "dhcp4o6-port": made.port + 10,
            "loggers": [{"name": f"kea-dhcp{family}", "severity": "DEBUG", "debuglevel": 99}],
        }
    )
    made.start("-P", str(made.port + 1))
    made.expect(f"DHCP{family}_STARTED")
    yield made
    _end(made)


class Attacker:
    """Sends octets to the UDP port of a server and to its end of the connection with the other server."""

    def __init__(self, daemon: Daemon) -> None:
        self.daemon = daemon
        kind, self.host = (socket.AF_INET, "127.0.0.1") if daemon.family == 4 else (socket.AF_INET6, "::1")
        self.client = socket.socket(kind, socket.SOCK_DGRAM)
        self.client.bind((self.host, daemon.port + 1))
        self.client.settimeout(5)
        own, other = (
            (daemon.port + 11, daemon.port + 10) if daemon.family == 4 else (daemon.port + 10, daemon.port + 11)
        )
        self.partner = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        self.partner.bind(("::1", other))
        self.partner.connect(("::1", own))

    def packets(self, seed: int) -> None:
        """Send mutants of all messages to both sockets."""
        if self.daemon.family == 4:
            plain = [parse4(octets) for octets in _messages4()]
            messages = [each.pack() for each in (*plain, *(replace(each, giaddr=self.host, hops=1) for each in plain))]
        else:
            messages = _messages6(SERVER_ID)
        kind = DHCPV4_QUERY if self.daemon.family == 4 else DHCPV4_RESPONSE
        inner = [_between(kind, octets) for octets in _messages4()]
        pairs = zip(mutants(messages, PACKETS, seed), mutants(inner, PACKETS, seed), strict=True)
        for number, (octets, between) in enumerate(pairs):
            self.client.sendto(octets, (self.host, self.daemon.port))
            self.partner.send(between)
            if number % 50 == 0:
                time.sleep(0.05)

    def served(self) -> None:
        """Have a client ask and be answered."""
        family, host = self.daemon.family, self.host
        self.client.setblocking(False)
        try:
            while self.client.recv(65536):
                pass
        except BlockingIOError:
            self.client.settimeout(5)
        if family == 4:
            octets = query4(DISCOVER, 77, giaddr=host, hops=1, xid=7777).pack()
        else:
            octets = relayed6(query6(SOLICIT, 77, ia_na(1)), host, host).pack()
        self.client.sendto(octets, (host, self.daemon.port))
        answer = self.client.recv(65536)
        if family == 4:
            assert (parse4(answer).type, parse4(answer).xid) == (OFFER, 7777)
        else:
            relayed = parse6(answer)
            assert isinstance(relayed, Relay6) and relayed.type == RELAY_REPL

    def __enter__(self) -> Attacker:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self.partner.close()


def _between(kind: int, octets: bytes) -> bytes:
    """Return a DHCPv4 message as one server passes it to the other."""
    packet = Packet6(kind)
    packet.ifname, packet.remote_address, packet.remote_port = "lo", 1, 546
    packet.options = {87: [octets]}
    return wrap(packet)


def _requests(daemon: Daemon) -> list[bytes]:
    """Return commands that do no harm if they are understood."""
    root = f"Dhcp{daemon.family}"
    name = {"name": f"pkt{daemon.family}-received"}
    commands: list[tuple[str, Any]] = [
        ("config-get", None),
        ("config-test", daemon.configuration()),
        ("config-test", {root: {"option-data": [{"code": 222, "data": "00ff"}], "valid-lifetime": 9}}),
        ("dhcp-enable", {"origin": "user"}),
        ("leases-reclaim", {"remove": True}),
        ("list-commands", None),
        ("statistic-get", name),
        ("statistic-sample-age-set", {**name, "duration": 60}),
        ("statistic-sample-count-set", {**name, "max-samples": 10}),
        ("status-get", None),
        ("version-get", {}),
    ]
    return [json.dumps({"command": each, "arguments": arguments}).encode() for each, arguments in commands]


def _connected(daemon: Daemon) -> socket.socket:
    """Return a connection to the control socket; it waits while the backlog is full, but not for ever."""
    channel = socket.socket(socket.AF_UNIX)
    channel.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 15, 0))
    channel.connect(str(daemon.socket))
    channel.settimeout(15)
    return channel


def _talk(daemon: Daemon, octets: bytes, chance: random.Random, kept: list[socket.socket]) -> None:
    """Say *octets* to the control socket, in one of the ways in which clients misbehave."""
    how = chance.choice(("says all", "in pieces", "half", "never reads", "reads a bit", "goes away"))
    channel = _connected(daemon)
    try:
        said = octets[: len(octets) // 2] if how == "half" else octets
        piece = 7 if how == "in pieces" else len(said) or 1
        for at in range(0, len(said), piece):
            channel.sendall(said[at : at + piece])
        if how == "never reads" and len(kept) < 40:
            kept.append(channel)
            return
        channel.shutdown(socket.SHUT_WR)
        if how == "reads a bit":
            channel.recv(3)
        elif how != "goes away":
            while channel.recv(1 << 16):
                pass
    except (BrokenPipeError, ConnectionResetError):
        pass  # it was answered or given up before all was said
    channel.close()


def test_mutated_octets_at_all_sockets_do_no_harm(daemon: Daemon) -> None:
    assert daemon.process is not None
    sizes = []
    with Attacker(daemon) as attacker:
        attacker.served()
        for seed in range(ROUNDS):
            attacker.packets(seed)
            chance = random.Random(seed)
            kept: list[socket.socket] = []
            for octets in mutants(_requests(daemon), COMMANDS, seed):
                _talk(daemon, octets, chance, kept)
            for _ in range(CONNECTIONS // ROUNDS):
                _connected(daemon).close()
            attacker.served()
            for channel in kept:
                channel.close()
            daemon.ask("dhcp-enable")
            sizes.append(resident_kib(daemon.process.pid))
        attacker.served()
    got = f"pkt{daemon.family}-received"
    assert daemon.ask("statistic-get", {"name": got})["arguments"][got][0][0] > ROUNDS * PACKETS // 2
    assert sizes[-1] - sizes[-2] < MAY_GROW_KIB, sizes
    log = daemon.log
    assert [line for line in log.splitlines() if any(word in line for word in LINES)] == []
    assert f"DHCP{daemon.family}_DHCP4O6_PACKET_RECEIVED" in log
