"""What happens to DHCPv6 packets is told under Kea's message ids: by the same loggers, at the same debug levels."""

from __future__ import annotations

from typing import Final

import pytest

from tests.differential.cases.client6 import NA, PD, SERVER_ID, Client, address, network, option, prefix
from tests.differential.talk import Talk
from tests.differential.told import LEVELS, Conversation, differences, tell
from tests.support.kea import Json
from tests.support.log_lines import Told
from tests.support.packets import RENEW, REQUEST6, SOLICIT, Dhcp6, duid, ia_na, ia_pd, iaaddr

pytestmark = pytest.mark.peer("kea")

WANTED: Final = (
    *("DHCP6_BUFFER_RECEIVED", "DHCP6_BUFFER_UNPACK", "DHCP6_PACKET_RECEIVED", "DHCP6_QUERY_DATA"),
    *("DHCP6_PACKET_DROP_PARSE_FAIL", "DHCP6_PACKET_DROP_SERVERID_MISMATCH", "DHCP6_PACKET_DROP_UNICAST"),
    *("DHCP6_PACKET_DROP_DHCP_DISABLED", "DHCP6_PACKET_DROP_DROP_CLASS", "DHCP6_PACKET_DROP_DROP_CLASS2"),
    *("DHCP6_PACKET_OPTIONS_SKIPPED", "DHCP6_PACKET_PROCESS_FAIL", "DHCP6_REQUIRED_OPTIONS_CHECK_FAIL"),
    *("DHCP6_UNKNOWN_MSG_RECEIVED", "DHCP6_CLASS_ASSIGNED", "DHCP6_SUBNET_SELECTED", "DHCP6_SUBNET_DATA"),
    *("DHCP6_SUBNET_SELECTION_FAILED", "DHCP6_SUBNET_DYNAMICALLY_CHANGED", "DHCP6_RAPID_COMMIT"),
    *("DHCP6_PROCESS_IA_NA_REQUEST", "DHCP6_PROCESS_IA_PD_REQUEST", "DHCP6_PROCESS_IA_NA_EXTEND"),
    *("DHCP6_PROCESS_IA_PD_EXTEND", "DHCP6_PROCESS_IA_NA_RELEASE", "DHCP6_DECLINE_PROCESS_IA"),
    *("DHCP6_LEASE_ADVERT", "DHCP6_LEASE_ADVERT_FAIL", "DHCP6_LEASE_ALLOC", "DHCP6_LEASE_ALLOC_FAIL"),
    *("DHCP6_LEASE_DATA", "DHCP6_LEASE_RENEW", "DHCP6_LEASE_REUSE", "DHCP6_PD_LEASE_ADVERT", "DHCP6_PD_LEASE_ALLOC"),
    *("DHCP6_PD_LEASE_ADVERT_FAIL", "DHCP6_PD_LEASE_ALLOC_FAIL", "DHCP6_PD_LEASE_RENEW", "DHCP6_PD_LEASE_REUSE"),
    *("DHCP6_RELEASE_NA", "DHCP6_RELEASE_NA_FAIL_WRONG_DUID", "DHCP6_RELEASE_NA_FAIL_WRONG_IAID"),
    *("DHCP6_RELEASE_PD", "DHCP6_RELEASE_PD_FAIL_WRONG_DUID", "DHCP6_RELEASE_PD_FAIL_WRONG_IAID"),
    *("DHCP6_DECLINE_LEASE", "DHCP6_DECLINE_FAIL_NO_LEASE", "DHCP6_DECLINE_FAIL_DUID_MISMATCH"),
    *("DHCP6_DECLINE_FAIL_IAID_MISMATCH", "DHCP6_ADD_GLOBAL_STATUS_CODE", "DHCP6_ADD_STATUS_CODE_FOR_IA"),
    *("DHCP6_DDNS_RECEIVE_FQDN", "DHCP6_DDNS_RESPONSE_FQDN_DATA", "DHCP6_DDNS_GENERATE_FQDN"),
    *("DHCP6_DDNS_FQDN_GENERATED", "DHCP6_DDNS_CREATE_ADD_NAME_CHANGE_REQUEST", "DHCPSRV_QUEUE_NCR"),
    *("DHCPSRV_QUEUE_NCR_SKIP", "DHCP6_PACKET_SEND", "DHCP6_RESPONSE_DATA"),
    *("DHCPSRV_CFGMGR_SUBNET6", "DHCPSRV_CFGMGR_SUBNET6_IFACE", "DHCPSRV_CFGMGR_SUBNET6_IFACE_ID"),
    *("DHCPSRV_CFGMGR_SUBNET6_RELAY", "DHCPSRV_SUBNET6_SELECT_BY_ADDRESS_NO_MATCH"),
    *("DHCPSRV_SUBNET6_SELECT_BY_INTERFACE_ID_NO_MATCH", "DHCPSRV_TIMERMGR_REGISTER_TIMER"),
    *("DHCPSRV_CFGMGR_UNICAST_LINK_LOCAL", "DHCPSRV_CFGMGR_RELAY_IP_ADDRESS_DEPRECATED"),
    *("HOSTS_CFG_ADD_HOST", "HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER", "HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER_HOST"),
    *("HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER_NULL", "HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6"),
    *("HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6_HOST", "HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6_NULL"),
    *("HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6", "HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6_COUNT"),
    *("HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6_HOST", "ALLOC_ENGINE_V6_ALLOC_UNRESERVED"),
    *("ALLOC_ENGINE_V6_ALLOC_NO_LEASES_HR", "ALLOC_ENGINE_V6_ALLOC_LEASES_NO_HR", "ALLOC_ENGINE_V6_ALLOC_LEASES_HR"),
    *("ALLOC_ENGINE_V6_ALLOC_HR_LEASE_EXISTS", "ALLOC_ENGINE_V6_HR_ADDR_GRANTED", "ALLOC_ENGINE_V6_HR_PREFIX_GRANTED"),
    *("ALLOC_ENGINE_V6_HINT_RESERVED", "ALLOC_ENGINE_V6_RENEW_HR", "ALLOC_ENGINE_V6_RENEW_REMOVE_RESERVED"),
    *("ALLOC_ENGINE_V6_EXTEND_LEASE", "ALLOC_ENGINE_V6_EXTEND_LEASE_DATA", "ALLOC_ENGINE_V6_EXTEND_NEW_LEASE_DATA"),
    *("ALLOC_ENGINE_V6_EXTEND_ALLOC_UNRESERVED", "ALLOC_ENGINE_V6_ALLOC_FAIL", "ALLOC_ENGINE_V6_ALLOC_FAIL_SUBNET"),
)
"""What the conversation below makes Kea say, and must make us say."""


def _configuration() -> Json:
    """Return a configuration in which all of WANTED may happen."""
    whole = network(
        interfaces_config={"interfaces": ["srv0", "srv0/fe80::fe01"]},
        cache_threshold=0.9,
        ddns_replace_client_name="when-not-present",
        dhcp_ddns={"enable-updates": True},
        client_classes=[
            {"name": "DROP", "test": f"option[1].hex == 0x{duid(13).hex()}"},
            {"name": "closed", "test": "option[60].hex == 'closed'"},
        ],
        option_data=[option("dns-servers", "2001:db8::53")],
    )
    first = whole.pop("subnet6")[0]
    first["pools"] = [{"pool": "2001:db8:1::10-2001:db8:1::13"}]
    first["pd-pools"] = [{"prefix": "2001:db8:8::", "prefix-len": 54, "delegated-len": 56}]
    first["rapid-commit"] = True
    first["reservations"] = [
        {
            "duid": duid(9).hex(":"),
            "ip-addresses": ["2001:db8:1::11"],
            "prefixes": ["2001:db8:9::/56"],
            "hostname": "reserved",
        },
    ]
    second: Json = {"id": 2, "subnet": "2001:db8:2::/64", "pools": [{"pool": "2001:db8:2::10-2001:db8:2::10"}]}
    second["rapid-commit"] = True
    whole["shared-networks"] = [{"name": "n", "interface": "srv0", "subnet6": [first, second]}]
    del first["interface"]
    whole["subnet6"] = [
        {"id": 3, "subnet": "2001:db8:3::/64", "relay": {"ip-address": "2001:db8:33::1"}},
        {
            "id": 4,
            "subnet": "2001:db8:4::/64",
            "interface-id": "four",
            "ddns-send-updates": False,
            "pools": [{"pool": "2001:db8:4::/120"}],
        },
        {"id": 5, "subnet": "2001:db8:5::/64", "client-class": "closed"},
        {
            "id": 6,
            "subnet": "2001:db8:6::/64",
            "reservations": [{"duid": duid(8).hex(":"), "client-classes": ["DROP"]}],
        },
    ]
    return whole


def _hold(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2, (39, b"\1\3two\0"))
    one.lease(NA, PD)
    one.renew()
    one.lease(NA, PD)
    two.lease()
    two.rebind()
    two.release()
    Client(talk, 3).say(SOLICIT, NA, (14, b""))
    Client(talk, 4).solicit(ia_na(1, address("11")))
    Client(talk, 9).lease(NA, PD)
    Client(talk, 9).lease(NA, PD)
    Client(talk, 9, (39, b"\1\4mine")).say(RENEW, SERVER_ID, ia_na(1, address("11")), ia_pd(1))
    Client(talk, 4).say(RENEW, SERVER_ID, ia_na(7, address("12")))
    for number in (4, 5, 6, 7):
        Client(talk, number).lease()
        Client(talk, number).lease(PD)
    Client(talk, 10).lease(NA, PD)
    Client(talk, 10).request(NA, PD)
    granted = one.granted
    for client, iaid in ((Client(talk, 5), 1), (one, 77)):
        client.release(*(_with_iaid(each, iaid) for each in granted))
        client.decline(*(_with_iaid(each, iaid) for each in granted))
    one.confirm()
    one.confirm(ia_na(1, iaaddr("2001:db8:77::1")))
    Client(talk, 5).decline(ia_na(1, address("ff")))
    Client(talk, 4).decline(ia_na(1))
    one.decline(granted[0])
    one.release(granted[1])
    one.release(ia_na(1), ia_pd(1, prefix("ff00")))
    one.information((6, b"\0\x17"))
    Client(talk, 13).solicit(NA)
    Client(talk, 8).solicit(NA, via=("2001:db8:6::1",))
    for link in ("2001:db8:33::1", "2001:db8:6::1", "2001:db8:99::1"):
        Client(talk, 11).solicit(NA, PD, via=(link,))
    twelve = Client(talk, 12)
    for name in (b"nowhere", b"four"):
        twelve.lease(NA, via=("2001:db8:77::1",), relay_options=((18, name),))
    twelve.release(via=("2001:db8:77::1",), relay_options=((18, b"four"),))
    twelve.rebind(ia_pd(1), via=("2001:db8:77::1",))
    Client(talk, 1).say(REQUEST6, (2, b"\0\1other"), NA)
    Client(talk, 1).say(REQUEST6, NA)
    Client(talk, 1).say(200, NA)
    Client(talk, 1).say(SOLICIT, NA, around={"destination": "fe80::fe01"})
    talk.ask6(Dhcp6(SOLICIT, 1, [(1, b"")]), "an empty identifier")
    talk.ask6(Dhcp6(SOLICIT, 1, [(1, duid(1)), (3, b"abc")]), "an option of a wrong length")
    talk.ask6(Dhcp6(SOLICIT, 1, [(1, duid(1)), (17, b"\0\0\x11\x8b\0\1\0\x09a")]), "vendor options cut short")
    talk.command("dhcp-disable")
    one.solicit()
    talk.command("dhcp-enable")


def _with_iaid(ia: tuple[int, bytes], iaid: int) -> tuple[int, bytes]:
    """Return an IA with another number."""
    code, body = ia
    return code, iaid.to_bytes(4, "big") + body[4:]


Told6 = dict[int, dict[str, Told]]


@pytest.fixture(scope="module")
def told6() -> Told6:
    """What each side logs of the conversation, by debug level."""
    return tell(Conversation(6, _configuration(), _hold))


@pytest.mark.parametrize("name", WANTED)
def test_what_happens_is_told_under_keas_ids(name: str, told6: Told6) -> None:
    sides = told6[LEVELS[-1]]
    assert name in sides["kea"], "the conversation does not provoke it"
    assert sides["ours"].get(name) == sides["kea"][name]


@pytest.mark.parametrize("level", LEVELS)
def test_each_debug_level_tells_what_keas_does(level: int, told6: Told6) -> None:
    assert differences(told6[level]) == []
