"""Name change requests: what they say, when they are handed over, and what is no reason for one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kea_twisted.ddns.ncr import Change, NameChangeRequest
from kea_twisted.ddns.updates import time_to_live
from kea_twisted.ddns.v4 import Updates4
from kea_twisted.ddns.v6 import Updates6
from kea_twisted.leases.lease import IA_NA, IA_PD, Lease4, Lease6
from kea_twisted.subnets.subnet import DdnsParameters

REQUEST = NameChangeRequest(
    Change.REMOVE, True, False, "myhost.example.com.", "192.168.2.1", b"\1\2\3\4", 1_358_774_645, 1300, True
)
PARAMETERS = DdnsParameters()


def lease4(address: int = 0xC000020A, hostname: str = "one.example.", forward: bool = True) -> Lease4:
    """Return a lease with a name."""
    return Lease4(address, b"\2\0\0\0\0\1", b"", 7200, 1_700_000_000, 1, forward, True, hostname)


def updates4() -> Updates4:
    """Return what a server notes down that sends updates."""
    made = Updates4()
    made.configure(True, ())
    return made


def said(updates: Updates4 | Updates6) -> list[str]:
    """Return what is pending, briefly."""
    return [f"{each.change.name} {each.fqdn} {each.address}" for each in updates.pending]


@pytest.mark.arm("DD-114", "DD-115", "V4-356")
def test_a_request_is_its_length_and_json() -> None:
    octets = REQUEST.pack()
    assert int.from_bytes(octets[:2], "big") == len(octets) - 2
    assert octets[2:] == (
        b'{"change-type":1,"forward-change":true,"reverse-change":false,"fqdn":"myhost.example.com.",'
        b'"ip-address":"192.168.2.1","dhcid":"01020304","lease-expires-on":"20130121132405","lease-length":1300,'
        b'"use-conflict-resolution":true}'
    )


def test_names_in_json_are_the_octets_that_clients_sent() -> None:
    octets = replace(REQUEST, fqdn='q"\udcff\n.').pack()
    assert b'"fqdn":"q\\"\xff\\n."' in octets
    assert json.loads(octets[2:].decode("latin-1"))["fqdn"] == 'q"\xff\n.'


@pytest.mark.rfc("4702", "5")
@pytest.mark.arm("V4-356", "V6-297")
@pytest.mark.parametrize(
    ("lifetime", "seconds"), [(1, 600), (1799, 600), (1800, 600), (1803, 601), (7200, 2400), (0xFFFFFFFF, 1431655765)]
)
def test_entries_are_good_for_a_third_of_the_lease_but_ten_minutes(lifetime: int, seconds: int) -> None:
    assert time_to_live(lifetime) == seconds


def test_what_does_not_change_is_no_news() -> None:
    updates = updates4()
    updates.leased(lease4(), lease4(hostname="ONE.example."), PARAMETERS)
    assert said(updates) == []
    updates.leased(lease4(), lease4(), DdnsParameters(update_on_renew=True))
    assert said(updates) == ["REMOVE one.example. 192.0.2.10", "ADD one.example. 192.0.2.10"]


def test_another_address_is_news() -> None:
    updates = updates4()
    updates.leased(lease4(0xC000020B), lease4(), PARAMETERS)
    assert said(updates) == ["REMOVE one.example. 192.0.2.10", "ADD one.example. 192.0.2.11"]


def test_a_name_without_a_direction_or_a_direction_without_a_name_is_not_told() -> None:
    updates = updates4()
    nameless, undirected = lease4(hostname=""), lease4(forward=False)
    undirected.fqdn_rev = False
    for each in (nameless, undirected):
        updates.leased(each, None, PARAMETERS)
        updates.remove(each)
    assert said(updates) == []


def test_a_client_without_dhcid_costs_its_request_only() -> None:
    updates = updates4()
    odd = lease4()
    odd.client_id = b"\xff\0"
    updates.leased(odd, None, PARAMETERS)
    updates.leased(lease4(hostname="a..b"), None, PARAMETERS)
    updates.leased(lease4(), None, PARAMETERS)
    assert said(updates) == ["ADD one.example. 192.0.2.10"]


@pytest.mark.arm("V6-284")
def test_prefixes_have_no_entries() -> None:
    updates = Updates6()
    updates.configure(True, ())
    for kind in (IA_NA, IA_PD):
        lease = Lease6(kind, 1, 128, b"\0\1duid", 1, 100, 200, 0, 1, True, True, "six.example.")
        updates.remove(lease)
    assert said(updates) == ["REMOVE six.example. ::1"]


def test_requests_wait_until_the_leases_are_stored() -> None:
    updates = updates4()
    seen: list[NameChangeRequest] = []
    updates.hand_over = seen.extend
    updates.add(lease4(), True)
    assert not seen
    updates.flush()
    assert [each.fqdn for each in seen] == ["one.example."]
    updates.add(lease4(), True)
    updates.forget()
    updates.flush()
    assert len(seen) == 1


@pytest.mark.arm("V4-335")
def test_without_updates_nothing_is_made() -> None:
    updates = updates4()
    updates.configure(False, ())
    updates.remove(lease4())
    assert said(updates) == []
