"""What the servers do not do, seen on the wire. ARM dhcp4-limit."""

from __future__ import annotations

import socket

import pytest

from tests.differential.cases.client4 import Client, network
from tests.differential.pair import ADDRESSES
from tests.differential.talk import Talk
from tests.support.client import Wire
from tests.support.kea import Kea, Server
from tests.support.namespaces import CLIENT_INTERFACE, Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

ETH_P_ALL = 3


@pytest.mark.peer("kea")
@pytest.mark.parametrize("kind", [Kea, Ours], ids=["kea", "ours"])
@pytest.mark.arm("V4-600")
def test_an_address_in_use_is_offered_without_a_probe(kind: type[Server]) -> None:
    """The only free address is the client machine's own, which would answer ARP and echo requests."""
    require("kea-dhcp4")
    require_namespaces()
    with Link("lim", *ADDRESSES[4]) as link:
        server, wire = kind(4, link), Wire(link)
        try:
            server.start(network("192.0.2.2-192.0.2.2"))
            everything = link.socket(link.client, socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
            with everything:
                everything.bind((CLIENT_INTERFACE, ETH_P_ALL))
                everything.setblocking(False)
                answer = Client(Talk(server, wire)).lease()
                assert answer is not None and answer.yiaddr == "192.0.2.2"
                frames = []
                while True:
                    try:
                        frames.append(everything.recv(2048))
                    except BlockingIOError:
                        break
        finally:
            server.close()
            wire.close()
    kinds = {frame[12:14].hex() + (frame[23:24].hex() if frame[12:14] == b"\x08\x00" else "") for frame in frames}
    assert "080011" in kinds  # DHCP itself was seen,
    assert not kinds & {"0806", "080001"}  # but neither ARP nor ICMP.
