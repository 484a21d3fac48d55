"""A query leaves nothing behind that only the garbage collector could free: at thousands a second that is memory."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kea_twisted.config.build import build4
from kea_twisted.config.parse import load_object
from kea_twisted.family import V4
from kea_twisted.hooks.callout import NO_CALLOUTS
from kea_twisted.leases.memfile.manager import Memfile4
from kea_twisted.server.outcome import Send
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.stats.registry import Statistics
from kea_twisted.wire.packet import Receipt
from tests.support.packets import DISCOVER, RENEW, REQUEST, SOLICIT, ia_na, ip4, query4, query6
from tests.support.server6 import Server6

SUBNET4 = {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.200"}]}
SUBNET6 = {"id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [{"pool": "2001:db8:1::/80"}]}


@contextmanager
def collected() -> Iterator[Counter[str]]:
    """Give a counter that holds, when the block is left, the types of what only the collector could free."""
    found: Counter[str] = Counter()
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield found
        gc.collect()
        found.update(type(each).__name__ for each in gc.garbage)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


def _ask4() -> Callable[[int], None]:
    model = load_object({"Dhcp4": {"lease-database": {"type": "memfile", "persist": False}, "subnet4": [SUBNET4]}}, V4)
    leases = Memfile4()
    server = Dhcp4Server(build4(model.model), leases, Statistics(), NO_CALLOUTS, 1.0)
    receipt = Receipt("eth0", 2, 0xFFFFFFFF, 67, 0, 68, b"\2" * 6, None, 0xC0000201)

    def ask(number: int) -> None:
        address = f"192.0.2.{10 + number}"
        for query in (query4(DISCOVER, number), query4(REQUEST, number, (50, ip4(address)), (54, ip4("192.0.2.1")))):
            assert isinstance(server.receive(query.pack(), receipt, 2.0), Send)
        leases.commit()

    return ask


def _ask6() -> Callable[[int], None]:
    server = Server6({"subnet6": [SUBNET6]})

    def ask(number: int) -> None:
        assert server.send(query6(SOLICIT, number, ia_na(1)).pack()) is not None
        server.send(query6(RENEW, number, ia_na(1)).pack())

    return ask


@pytest.mark.parametrize("make", [_ask4, _ask6])
def test_a_query_leaves_no_cycles(make: Callable[[], Callable[[int], None]]) -> None:
    ask = make()
    ask(1)
    with collected() as found:
        for number in range(2, 20):
            ask(number)
    assert sum(found.values()) == 0, found.most_common(5)
