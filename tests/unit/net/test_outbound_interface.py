"""`outbound-interface`: answers leave where the query came in, or as the kernel routes them."""

from __future__ import annotations

import socket

import pytest

from kea_twisted.base.address import parse4
from kea_twisted.net.reader import Endpoint
from kea_twisted.net.v4 import UdpSocket4
from kea_twisted.wire.v4 import Packet4

NO_INTERFACE = 0x7FFFFFFF


class NoReactor:
    def addReader(self, reader: object) -> None: ...

    def removeReader(self, reader: object) -> None: ...


@pytest.mark.parametrize("routed", [True, False])
def test_only_routed_answers_do_not_care_for_the_interface_of_the_query(routed: bool) -> None:
    endpoint = Endpoint("udp", "lo", 1, b"", parse4("127.0.0.1"), "lo/127.0.0.1")
    server = UdpSocket4(endpoint, 0, NoReactor(), lambda _batch: None, routed)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as relay:
        relay.bind(("127.0.0.1", 0))
        relay.settimeout(2)
        reply = Packet4(2)
        reply.ifindex, reply.remote_address, reply.remote_port = (
            NO_INTERFACE,
            parse4("127.0.0.1"),
            relay.getsockname()[1],
        )
        if routed:
            server.send(b"answer", reply)
            assert relay.recv(100) == b"answer"
        else:
            with pytest.raises(OSError):
                server.send(b"answer", reply)
    server.close()
