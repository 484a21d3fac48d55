"""What `interfaces-config.interfaces` may say, and what it means on a machine."""

from __future__ import annotations

import pytest

from kea_twisted.base.address import parse4, parse6
from kea_twisted.family import V4, V6, Family
from kea_twisted.net.interfaces import Interface
from kea_twisted.net.selection import check_against, parse_entries
from kea_twisted.net.v4 import SocketRules4
from kea_twisted.net.v6 import SocketRules6

ETH0 = Interface(
    "eth0",
    2,
    b"\x02\0\0\0\0\1",
    0x1003,
    addresses4=(parse4("192.0.2.1"), parse4("192.0.2.2")),
    addresses6=(parse6("fe80::1"), parse6("2001:db8::1")),
)
LO = Interface("lo", 1, bytes(6), 0x9, 772, (parse4("127.0.0.1"),), (parse6("::1"),))
DOWN = Interface("eth1", 3, b"\x02\0\0\0\0\2", 0x1002, addresses4=(parse4("198.51.100.1"),))
BARE = Interface("eth2", 4, b"\x02\0\0\0\0\3", 0x1003)
TUN = Interface("tun0", 5, b"", 0x1003, 65534, (parse4("203.0.113.1"),))
MACHINE = {interface.name: interface for interface in (LO, ETH0, DOWN, BARE, TUN)}


def errors_of(texts: list[str], family: Family = V4) -> list[tuple[str, str]]:
    selection, errors = parse_entries(texts, family)
    return [(error.path, error.message) for error in [*errors, *check_against(selection, MACHINE, family)]]


def labels4(texts: list[str], raw: bool = True) -> list[str]:
    selection, errors = parse_entries(texts, V4)
    assert not errors
    rules = SocketRules4(selection, 67, raw)
    return [endpoint.label for interface in MACHINE.values() for endpoint in rules.endpoints(interface)[0]]


def endpoints6(texts: list[str]) -> list[tuple[str, str]]:
    selection, errors = parse_entries(texts, V6)
    assert not errors
    rules = SocketRules6(selection, 547)
    found = []
    for interface in MACHINE.values():
        found += [(endpoint.kind, endpoint.label) for endpoint in rules.endpoints(interface)[0]]
    return found


@pytest.mark.arm("V4-075")
def test_a_name_means_all_addresses_of_the_interface() -> None:
    assert labels4(["eth0"]) == ["eth0/192.0.2.1", "eth0/192.0.2.2"]


@pytest.mark.arm("V4-077")
@pytest.mark.arm("V4-078")
def test_an_address_means_itself_only_and_may_be_one_of_several() -> None:
    assert labels4(["eth0/192.0.2.2"]) == ["eth0/192.0.2.2"]
    assert labels4(["eth0/192.0.2.2", "eth0/192.0.2.1"]) == ["eth0/192.0.2.2", "eth0/192.0.2.1"]


@pytest.mark.arm("V4-074")
@pytest.mark.arm("V4-087")
def test_the_asterisk_leaves_loopback_and_unusable_interfaces_out() -> None:
    assert labels4(["*"]) == ["eth0/192.0.2.1", "eth0/192.0.2.2"]
    assert labels4(["*"], raw=False) == ["eth0/192.0.2.1", "eth0/192.0.2.2", "tun0/203.0.113.1"]


@pytest.mark.arm("V4-076")
def test_the_asterisk_beside_a_name_means_everything() -> None:
    assert labels4(["eth0", "*"]) == labels4(["*"])
    assert labels4(["eth0/192.0.2.1", "*"]) == labels4(["*"])


@pytest.mark.arm("V4-087")
def test_loopback_is_served_by_name_with_udp_only() -> None:
    assert labels4(["lo"]) == []
    assert labels4(["lo"], raw=False) == ["lo/127.0.0.1"]


def test_what_cannot_be_served_now_has_a_reason() -> None:
    selection, _ = parse_entries(["eth1", "eth2", "lo", "tun0"], V4)
    rules = SocketRules4(selection, 67)
    reasons = {interface.name: rules.endpoints(interface)[1] for interface in MACHINE.values()}
    assert reasons["eth0"] == ""
    assert "down" in reasons["eth1"]
    assert "address" in reasons["eth2"]
    assert "udp" in reasons["lo"]
    assert "udp" in reasons["tun0"]


@pytest.mark.arm("V6-065")
def test_a_name_means_the_link_local_address_in_dhcpv6() -> None:
    assert endpoints6(["eth0"]) == [("link", "eth0/fe80::1")]


@pytest.mark.arm("V6-062")
def test_a_unicast_address_comes_beside_the_link_local_one() -> None:
    expected = [("unicast", "eth0/2001:db8::1"), ("link", "eth0/fe80::1")]
    assert endpoints6(["eth0/2001:db8::1"]) == expected
    assert endpoints6(["eth0/2001:db8::1", "eth0"]) == expected


@pytest.mark.arm("V6-060")
def test_loopback_takes_part_in_dhcpv6_by_name_and_address_only() -> None:
    assert endpoints6(["*"]) == [("link", "eth0/fe80::1")]
    assert endpoints6(["lo"]) == []
    assert endpoints6(["lo/::1"]) == [("unicast", "lo/::1")]


@pytest.mark.arm("V6-061")
def test_an_interface_without_link_local_address_waits_for_one() -> None:
    selection, _ = parse_entries(["eth2"], V6)
    assert SocketRules6(selection, 547).endpoints(BARE) == ([], "the interface has no link-local address")


@pytest.mark.parametrize(
    "texts",
    [
        ["eth9"],
        ["eth0/192.0.2.9"],
        ["eth0", "eth0"],
        ["eth0", "eth0/192.0.2.1"],
        ["*", "*"],
        ["eth0/2001:db8::1"],
        ["eth0/"],
        ["/192.0.2.1"],
        ["*/192.0.2.1"],
        [""],
        ["eth0/192.0.2.1", "eth0/192.0.2.1"],
    ],
)
def test_what_kea_refuses_is_refused_at_the_same_place(texts: list[str]) -> None:
    """The verdicts and places are those of Kea 2.2.0's ``-t``."""
    found = errors_of(texts)
    assert [path for path, _ in found] == [f"Dhcp4/interfaces-config/interfaces[{len(texts) - 1}]"]


@pytest.mark.parametrize("texts", [["lo"], ["lo/127.0.0.1"], [" eth0 "], ["eth0 / 192.0.2.1"], ["*", "eth0"], []])
def test_what_kea_accepts_is_accepted(texts: list[str]) -> None:
    assert errors_of(texts) == []


@pytest.mark.arm("V6-063")
def test_a_second_unicast_address_of_an_interface_is_refused() -> None:
    assert errors_of(["eth0/2001:db8::1", "eth0/2001:db8::2"], V6) != []


def test_all_mistakes_are_told_at_once() -> None:
    paths = [path for path, _ in errors_of(["eth8", "eth0/", "eth9"])]
    assert sorted(paths) == [f"Dhcp4/interfaces-config/interfaces[{place}]" for place in (0, 1, 2)]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("eth0/0.0.0.0", V4),
        ("eth0/224.0.0.1", V4),
        ("eth0/255.255.255.255", V4),
        ("eth0/::", V6),
        ("eth0/ff02::1:2", V6),
    ],
)
def test_an_address_that_no_interface_can_have_is_refused(text: str, family: Family) -> None:
    ((_path, message),) = errors_of([text], family)
    assert message.endswith(f"{text.partition('/')[2]} is no unicast address")
