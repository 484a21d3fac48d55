"""What happens to DHCPv4 packets is told under Kea's message ids, by the same loggers and with the same severity."""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests.differential.cases.client4 import Client, asks, network, wants
from tests.differential.talk import Talk
from tests.support.client import Wire
from tests.support.kea import Json, Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.packets import DISCOVER, REQUEST, Dhcp4, query4
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

SIDES: Final[tuple[type[Server], ...]] = (Kea, Ours)
LINE: Final = re.compile(r"^\S+ \S+ (?P<severity>[A-Z]+) +\[(?P<logger>[^/]+)/\S+\] (?P<id>[A-Z0-9_]+)", re.MULTILINE)

WANTED: Final = (
    *("DHCP4_BUFFER_RECEIVED", "DHCP4_BUFFER_UNPACK", "DHCP4_PACKET_RECEIVED", "DHCP4_QUERY_DATA"),
    *("DHCP4_PACKET_DROP_0001", "DHCP4_PACKET_DROP_0003", "DHCP4_PACKET_DROP_0005"),
    *("DHCP4_PACKET_DROP_0006", "DHCP4_PACKET_DROP_0007", "DHCP4_PACKET_DROP_0008", "DHCP4_PACKET_DROP_0009"),
    *("DHCP4_PACKET_DROP_0010", "DHCP4_PACKET_DROP_0013", "DHCP4_PACKET_NAK_0001", "DHCP4_PACKET_NAK_0002"),
    *("DHCP4_PACKET_NAK_0003", "DHCP4_PACKET_NAK_0004", "DHCP4_NO_LEASE_INIT_REBOOT", "DHCP4_INIT_REBOOT"),
    *("DHCP4_SUBNET_SELECTED", "DHCP4_SUBNET_DATA", "DHCP4_SUBNET_DYNAMICALLY_CHANGED"),
    *("DHCP4_CLASS_ASSIGNED", "DHCP4_CLIENTID_IGNORED_FOR_LEASES", "DHCP4_UNKNOWN_ADDRESS_REQUESTED"),
    *("DHCP4_LEASE_ADVERT", "DHCP4_LEASE_ALLOC", "DHCP4_LEASE_REUSE", "DHCP4_RELEASE", "DHCP4_RELEASE_FAIL_NO_LEASE"),
    *("DHCP4_RELEASE_FAIL_WRONG_CLIENT", "DHCP4_DECLINE_LEASE", "DHCP4_DECLINE_LEASE_NOT_FOUND"),
    *("DHCP4_DECLINE_LEASE_MISMATCH", "DHCP4_INFORM_DIRECT_REPLY", "DHCP4_PACKET_SEND", "DHCP4_RESPONSE_DATA"),
    *("DHCP4_CLIENT_FQDN_PROCESS", "DHCP4_CLIENT_FQDN_DATA", "DHCP4_RESPONSE_FQDN_DATA", "DHCP4_GENERATE_FQDN"),
    *("DHCP4_CLIENT_HOSTNAME_PROCESS", "DHCP4_CLIENT_HOSTNAME_DATA", "DHCP4_RESPONSE_HOSTNAME_DATA"),
    *("DHCP4_RESPONSE_HOSTNAME_GENERATE", "DHCP4_RESERVED_HOSTNAME_ASSIGNED", "DHCP4_CLIENT_HOSTNAME_MALFORMED"),
)
"""What the conversation below makes Kea say, and must make us say."""


def _told() -> Json:
    """Return a configuration in which all of WANTED may happen."""
    whole = network(
        cache_threshold=0.9,
        match_client_id=False,
        ddns_replace_client_name="when-not-present",
        client_classes=[
            {"name": "DROP", "test": "option[60].hex == 'drop'"},
            {"name": "closed", "test": "option[60].hex == 'closed'"},
        ],
    )
    first = whole.pop("subnet4")[0]
    first["pools"] = [{"pool": "192.0.2.10-192.0.2.12"}]
    first["reservations"] = [{"hw-address": "02:00:00:01:00:09", "hostname": "reserved", "ip-address": "192.0.2.99"}]
    second = {"id": 2, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.0.10-10.1.0.10"}]}
    third = {"id": 3, "subnet": "10.3.0.0/16", "client-class": "closed", "pools": [{"pool": "10.3.0.10-10.3.0.10"}]}
    whole["shared-networks"] = [{"name": "n", "subnet4": [first, second]}]
    dropped = {"hw-address": "02:00:00:01:00:08", "client-classes": ["DROP"]}
    whole["subnet4"] = [third, {"id": 4, "subnet": "10.4.0.0/16", "reservations": [dropped]}]
    return whole


def _provoke(talk: Talk) -> None:
    one, two = Client(talk, 1, (61, b"\1one")), Client(talk, 2, (12, b"two"))
    one.lease()
    one.renew()
    two.lease()
    two.renew()
    two.reboot("192.0.2.99")
    Client(talk, 3).reboot("192.0.2.99")
    Client(talk, 3).select("203.0.113.1")
    Client(talk, 3).select(one.address)
    two.release("192.0.2.77")
    Client(talk, 3).release(one.address)
    two.decline("192.0.2.77")
    Client(talk, 3).decline(one.address)
    Client(talk, 3, (81, b"\1\0\0three")).lease()
    for number in (4, 5):
        Client(talk, number).lease()
    two.release()
    one.decline()
    Client(talk, 9, (12, b"mine")).lease()
    Client(talk, 6, (12, b"a..b")).lease()
    one.inform("192.0.2.50", asks(6))
    Client(talk, 9, (60, b"drop")).discover()
    Client(talk, 8, giaddr="10.4.0.1", hops=1).discover()
    relayed: Json = {"giaddr": "10.3.0.1", "hops": 1}
    Client(talk, 7, **relayed).lease()
    Client(talk, 7, (50, b"\x0a\3\0\x0a"), **relayed).say(REQUEST)
    one.select(server="192.0.2.200")
    one.say(DISCOVER, (54, b"\xc0\0\2\1"))
    talk.ask4(query4(None, 1), "no type")
    for kind in (6, 200):
        talk.ask4(Dhcp4(options=[(53, bytes((kind,)))]), f"type {kind}")
    talk.ask4(query4(DISCOVER, 1, (6, b"abc")), "an option of a wrong length")
    talk.raw(query4(DISCOVER, 1, wants("10.9.0.1")).pack(), source="10.9.0.9", destination="192.0.2.1")
    talk.command("dhcp-disable")
    one.discover()
    talk.command("dhcp-enable")


Said = dict[str, tuple[str, str]]
"""Severity and logger by message id."""


@pytest.fixture(scope="module")
def told() -> dict[str, Said]:
    """What each side logs of one conversation."""
    require("kea-dhcp4")
    require_namespaces()
    found = {}
    for side in SIDES:
        with Link(f"t{side.name}", ("192.0.2.1/24",), ("192.0.2.2/24",)) as link:
            server = side(4, link)
            wire = Wire(link)
            try:
                server.start(_told(), severity="DEBUG", debuglevel=99)
                _provoke(Talk(server, wire))
                text = server.log.read_text(errors="replace")
                found[side.name] = {each["id"]: (each["severity"], each["logger"]) for each in LINE.finditer(text)}
            finally:
                server.close()
                wire.close()
    return found


@pytest.mark.parametrize("name", WANTED)
@pytest.mark.arm("V4-524")
def test_what_happens_is_told_under_keas_ids(name: str, told: dict[str, Said]) -> None:
    assert name in told["kea"], "the conversation does not provoke it"
    assert told["ours"].get(name) == told["kea"][name]
