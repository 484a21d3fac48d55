"""Reservations by what a hook library says about a client."""

from __future__ import annotations

import pytest

from kea_twisted.config.build import build4
from kea_twisted.config.parse import load_object
from kea_twisted.expression.compile import compile_string
from kea_twisted.family import V4
from kea_twisted.hooks.callout import CalloutHandle, Callouts
from kea_twisted.leases.memfile.manager import Memfile4
from kea_twisted.options.spaces import STANDARD4
from kea_twisted.server.outcome import Send
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.stats.registry import Statistics
from tests.support.hostile import LOCAL4, NOW
from tests.support.packets import DISCOVER, parse4, query4, tlv4

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


@pytest.mark.arm("V4-265", "V4-267", "V4-270")
@pytest.mark.parametrize(
    ("expression", "sub_options", "address"),
    [
        ("relay4[2].hex", {2: b"room 7"}, "192.0.2.77"),
        ("relay4[6].hex", {2: b"other", 6: b"room 7"}, "192.0.2.77"),
        ("relay4[151].hex + ' ' + relay4[152].hex", {151: b"room", 152: b"7"}, "192.0.2.77"),
        ("relay4[2].hex", {1: b"room 7"}, "192.0.2.10"),
    ],
)
def test_what_a_relay_adds_may_identify_a_client(expression: str, sub_options: dict[int, bytes], address: str) -> None:
    identifier = compile_string(expression, V4, STANDARD4, lambda _name: False).value

    def identify(handle: CalloutHandle) -> None:
        handle["id_value"] = identifier(handle["query4"])

    entries = {"host-reservation-identifiers": ["flex-id"], "subnet4": [SUBNET]}
    config = build4(load_object({"Dhcp4": entries}, V4).model)
    callouts = Callouts({"host4_identifier": (("library", identify),)}, _fail)
    server = Dhcp4Server(config, Memfile4(None), Statistics(), callouts, NOW)
    query = query4(DISCOVER, 1, (82, tlv4(sub_options.items())), giaddr="192.0.2.2", hops=1)
    found = server.receive(query.pack(), LOCAL4, NOW)
    assert isinstance(found, Send)
    assert parse4(found.octets).yiaddr == address
