"""Reservations by what a hook library says about a client."""

from __future__ import annotations

import pytest

from kea_twisted.config.build import build4
from kea_twisted.config.parse import load_object
from kea_twisted.family import V4
from kea_twisted.hooks.callout import CalloutHandle, Callouts
from kea_twisted.leases.memfile.manager import Memfile4
from kea_twisted.server.outcome import Send
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.stats.registry import Statistics
from tests.support.hostile import LOCAL4, NOW
from tests.support.packets import DISCOVER, parse4, query4

SUBNET = {
    "subnet": "192.0.2.0/24",
    "pools": [{"pool": "192.0.2.10-192.0.2.19"}],
    "reservations": [{"flex-id": "'room 7'", "ip-address": "192.0.2.77"}],
}


def _fail(error: Exception) -> None:
    raise error


@pytest.mark.arm("V4-431")
@pytest.mark.parametrize(
    ("identifiers", "address"), [(["hw-address", "flex-id"], "192.0.2.77"), (["hw-address"], "192.0.2.10")]
)
def test_a_callout_may_identify_a_dhcpv4_client(identifiers: list[str], address: str) -> None:
    def identify(handle: CalloutHandle) -> None:
        handle["id_value"] = b"room 7"

    entries = {"host-reservation-identifiers": identifiers, "subnet4": [SUBNET]}
    config = build4(load_object({"Dhcp4": entries}, V4).model)
    callouts = Callouts({"host4_identifier": (("library", identify),)}, _fail)
    server = Dhcp4Server(config, Memfile4(None), Statistics(), callouts, NOW)
    found = server.receive(query4(DISCOVER, 1).pack(), LOCAL4, NOW)
    assert isinstance(found, Send)
    assert parse4(found.octets).yiaddr == address
