"""What happens to DHCPv4 packets is told under Kea's message ids: by the same loggers, at the same debug levels."""

from __future__ import annotations

from typing import Final

import pytest

from tests.differential.cases.client4 import Client, asks, network, wants
from tests.differential.talk import Talk
from tests.differential.told import LEVELS, Conversation, differences, tell
from tests.support.kea import Json
from tests.support.log_lines import Told
from tests.support.packets import DISCOVER, REQUEST, Dhcp4, query4

pytestmark = pytest.mark.peer("kea")

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
    *("DHCP4_EMPTY_HOSTNAME", "DHCP4_CLIENT_NAME_PROC_FAIL", "DHCP4_PACKET_DROP_0004", "DHCP4_BUFFER_RECEIVE_FAIL"),
    *("DHCP4_SUBNET_SELECTION_FAILED", "DHCP4_PACKET_PACK", "DHCPSRV_QUEUE_NCR_SKIP"),
    *("DHCPSRV_CFGMGR_SUBNET4_ADDR", "DHCPSRV_CFGMGR_SUBNET4_RELAY", "DHCPSRV_SUBNET4_SELECT_BY_ADDRESS_NO_MATCH"),
    *("DHCPSRV_SUBNET4_SELECT_BY_INTERFACE_NO_MATCH", "DHCPSRV_SUBNET4_SELECT_BY_RELAY_ADDRESS_NO_MATCH"),
    *("DHCPSRV_SUBNET4_SELECT_NO_RAI_OPTIONS", "DHCPSRV_SUBNET4_SELECT_NO_RELAY_ADDRESS", "HOSTS_CFG_ADD_HOST"),
    *("DHCPSRV_CFGMGR_RELAY_IP_ADDRESS_DEPRECATED", "DHCPSRV_CFGMGR_NEW_SUBNET4", "DHCPSRV_CFGMGR_ADD_SUBNET4"),
    *("HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER", "HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER_HOST"),
    *("HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER_NULL", "HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4"),
    *("HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4_HOST", "HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4_NULL"),
    *("ALLOC_ENGINE_V4_DISCOVER_HR", "ALLOC_ENGINE_V4_OFFER_EXISTING_LEASE", "ALLOC_ENGINE_V4_OFFER_NEW_LEASE"),
    *("ALLOC_ENGINE_V4_OFFER_REQUESTED_LEASE", "ALLOC_ENGINE_V4_REQUEST_ADDRESS_RESERVED"),
    *("ALLOC_ENGINE_V4_REQUEST_ALLOC_REQUESTED", "ALLOC_ENGINE_V4_REQUEST_EXTEND_LEASE"),
    *("ALLOC_ENGINE_V4_REQUEST_INVALID", "ALLOC_ENGINE_V4_REQUEST_IN_USE", "ALLOC_ENGINE_V4_REQUEST_OUT_OF_POOL"),
    *("ALLOC_ENGINE_V4_REQUEST_PICK_ADDRESS", "ALLOC_ENGINE_V4_REQUEST_REMOVE_LEASE"),
    *("ALLOC_ENGINE_V4_REQUEST_USE_HR", "ALLOC_ENGINE_V4_ALLOC_FAIL", "ALLOC_ENGINE_V4_ALLOC_FAIL_SHARED_NETWORK"),
)
"""What the conversation below makes Kea say, and must make us say."""


def _configuration() -> Json:
    """Return a configuration in which all of WANTED may happen."""
    whole = network(
        cache_threshold=0.9,
        match_client_id=False,
        ddns_replace_client_name="when-not-present",
        hostname_char_set="[^A-Za-z0-9.-]",
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
    fifth = {"id": 5, "subnet": "10.5.0.0/16", "relay": {"ip-address": "10.55.0.1"}}
    whole["shared-networks"] = [{"name": "n", "subnet4": [first, second]}]
    dropped = {"hw-address": "02:00:00:01:00:08", "client-classes": ["DROP"]}
    whole["subnet4"] = [third, {"id": 4, "subnet": "10.4.0.0/16", "reservations": [dropped]}, fifth]
    return whole


def _hold(talk: Talk) -> None:
    nine, ten = Client(talk, 9), Client(talk, 10)
    ten.discover((50, b"\xc0\0\2\x0c"))
    ten.say(REQUEST)
    ten.select("192.0.2.11")
    ten.select("192.0.2.99")
    nine.select("192.0.2.12")
    nine.say(REQUEST)
    ten.release("192.0.2.11")
    nine.release("192.0.2.99")
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
    one.discover()
    for number in (4, 5):
        Client(talk, number).lease()
    two.release()
    one.decline()
    Client(talk, 9, (12, b"mine")).lease()
    for name in (b"a..b", b"  ", b"%%"):
        Client(talk, 6, (12, name)).lease()
    one.inform("192.0.2.50", asks(6))
    Client(talk, 9, (60, b"drop")).discover()
    Client(talk, 8, giaddr="10.4.0.1", hops=1).discover()
    relayed: Json = {"giaddr": "10.3.0.1", "hops": 1}
    Client(talk, 7, **relayed).lease()
    Client(talk, 7, (50, b"\x0a\3\0\x0a"), **relayed).say(REQUEST)
    one.select(server="192.0.2.200")
    one.say(DISCOVER, (54, b"\xc0\0\2\1"))
    talk.ask4(query4(None, 1), "no type")
    one.say(DISCOVER, (53, b"\1"))
    talk.raw(bytes(100), "half a message")
    Client(talk, 1, giaddr="10.55.0.1", hops=1).discover()
    for kind in (6, 200):
        talk.ask4(Dhcp4(options=[(53, bytes((kind,)))]), f"type {kind}")
    talk.ask4(query4(DISCOVER, 1, (6, b"abc")), "an option of a wrong length")
    talk.raw(query4(DISCOVER, 1, wants("10.9.0.1")).pack(), source="10.9.0.9", destination="192.0.2.1")
    talk.command("dhcp-disable")
    one.discover()
    talk.command("dhcp-enable")


Told4 = dict[int, dict[str, Told]]


@pytest.fixture(scope="module")
def told4() -> Told4:
    """What each side logs of the conversation, by debug level."""
    return tell(Conversation(4, _configuration(), _hold))


@pytest.mark.parametrize("name", WANTED)
@pytest.mark.arm("V4-524")
def test_what_happens_is_told_under_keas_ids(name: str, told4: Told4) -> None:
    sides = told4[LEVELS[-1]]
    assert name in sides["kea"], "the conversation does not provoke it"
    assert sides["ours"].get(name) == sides["kea"][name]


@pytest.mark.parametrize("level", LEVELS)
def test_each_debug_level_tells_what_keas_does(level: int, told4: Told4) -> None:
    assert differences(told4[level]) == []
