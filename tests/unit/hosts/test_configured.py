"""Reservations of the configuration: how they are found, and which contradict one another."""

from __future__ import annotations

import pytest

from kea_twisted.base.address import parse4, parse6
from kea_twisted.family import V4, V6
from kea_twisted.hosts.chain import HostChain
from kea_twisted.hosts.configured import ConfiguredHosts, duplicates
from kea_twisted.hosts.host import Host, IdentifierType

MAC, DUID, CIRCUIT = IdentifierType.HW_ADDRESS, IdentifierType.DUID, IdentifierType.CIRCUIT_ID
CLIENT, FLEX = IdentifierType.CLIENT_ID, IdentifierType.FLEX_ID
ONE, TWO = b"\2\0\0\0\0\1", b"\2\0\0\0\0\2"
A4, B4 = parse4("192.0.2.5"), parse4("192.0.2.6")
A6, P6 = parse6("2001:db8::5"), parse6("3000::")


def host(kind: IdentifierType, octets: bytes, subnet: int = 1, address: int = 0, **more: object) -> Host:
    return Host(kind, octets, subnet, address, **more)  # type: ignore[arg-type]


@pytest.mark.arm("V4-467")
def test_the_first_identifier_that_has_a_reservation_counts() -> None:
    by_mac, by_client = host(MAC, ONE, address=A4), host(CLIENT, b"c", address=B4)
    hosts = ConfiguredHosts(V4, [by_mac, by_client])
    assert hosts.by_identifiers(1, [(MAC, ONE), (CLIENT, b"c")]) is by_mac
    assert hosts.by_identifiers(1, [(CLIENT, b"c"), (MAC, ONE)]) is by_client
    assert hosts.by_identifiers(1, [(DUID, ONE), (CIRCUIT, b"c")]) is None
    assert hosts.by_identifiers(1, []) is None


@pytest.mark.arm("V4-435")
@pytest.mark.arm("V4-468")
def test_subnets_and_global_reservations_are_apart() -> None:
    everywhere, here = host(MAC, ONE, 0, A4), host(MAC, ONE, 7, B4)
    hosts = ConfiguredHosts(V4, [everywhere, here])
    assert hosts.by_identifiers(0, [(MAC, ONE)]) is everywhere
    assert hosts.by_identifiers(7, [(MAC, ONE)]) is here
    assert hosts.by_identifiers(1, [(MAC, ONE)]) is None
    assert list(hosts.by_subnet(7)) == [here]
    assert list(hosts.by_subnet(1)) == []
    assert hosts.has_subnet(0)
    assert not hosts.has_subnet(1)
    assert len(hosts) == 2
    assert list(hosts) == [everywhere, here]


def test_addresses_prefixes_and_names_find_their_reservations() -> None:
    v4 = ConfiguredHosts(V4, [host(MAC, ONE, address=A4, hostname="Alpha"), host(MAC, TWO, address=A4)])
    assert [found.identifier for found in v4.by_address4(1, A4)] == [ONE, TWO]
    assert list(v4.by_address4(2, A4)) == []
    assert [found.identifier for found in v4.by_hostname(1, "aLPHA")] == [ONE]
    assert list(v4.by_hostname(2, "alpha")) == []
    v6 = ConfiguredHosts(
        V6, [host(DUID, ONE, addresses=(A6,), prefixes=((P6, 48),)), host(DUID, TWO, prefixes=((P6, 56),))]
    )
    assert [found.identifier for found in v6.by_address6(1, A6)] == [ONE]
    assert [found.identifier for found in v6.by_address6(1, P6)] == [ONE, TWO]
    assert list(v6.by_address6(2, P6)) == []


@pytest.mark.arm("V4-435")
@pytest.mark.parametrize("unique", [True, False])
def test_an_identifier_has_one_reservation_in_a_subnet(unique: bool) -> None:
    second = host(MAC, ONE, address=B4)
    found = duplicates([host(MAC, ONE, address=A4), second, host(MAC, ONE, 2, A4), host(MAC, ONE, 0, A4)], V4, unique)
    why = "hw-address 02:00:00:00:00:01 has a reservation already in the subnet with id 1"
    assert found == [(second, why, None)]


@pytest.mark.parametrize("kind", list(IdentifierType))
def test_the_rule_holds_for_every_identifier_of_dhcpv4(kind: IdentifierType) -> None:
    assert len(duplicates([host(kind, b"x", hostname="a"), host(kind, b"x", hostname="b")], V4)) == 1
    assert duplicates([host(kind, b"x", hostname="a"), host(kind, b"y", hostname="a")], V4) == []


def test_dhcpv6_lets_a_flexible_identifier_stand_twice() -> None:
    assert duplicates([host(FLEX, b"x"), host(FLEX, b"x")], V6) == []
    assert len(duplicates([host(DUID, b"x"), host(DUID, b"x")], V6)) == 1


@pytest.mark.arm("V4-472")
def test_an_address_has_one_owner_in_a_subnet_unless_it_need_not() -> None:
    hosts = [host(MAC, ONE, address=A4), host(MAC, TWO, address=A4), host(MAC, TWO, 2, A4)]
    where = "in the subnet with id 1, for hw-address 02:00:00:00:00:01"
    assert duplicates(hosts, V4) == [(hosts[1], f"there is already a reservation for 192.0.2.5 {where}", A4)]
    assert duplicates(hosts, V4, unique=False) == []


def test_ipv6_addresses_and_prefixes_of_any_length_have_one_owner() -> None:
    hosts = [
        host(DUID, ONE, addresses=(A6,), prefixes=((P6, 48),)),
        host(DUID, TWO, addresses=(A6,)),
        host(DUID, b"3", prefixes=((P6, 56),)),
    ]
    assert [found.host for found in duplicates(hosts, V6)] == hosts[1:]
    assert duplicates(hosts, V6, unique=False) == []


@pytest.mark.arm("V6-051")
@pytest.mark.arm("V6-053")
@pytest.mark.arm("V4-066")
def test_the_chain_asks_the_next_source_only_for_what_the_first_does_not_know() -> None:
    first, second = host(MAC, ONE, address=A4, hostname="a"), host(MAC, ONE, address=B4, hostname="a")
    other = host(MAC, TWO, address=A4)
    chain = HostChain([ConfiguredHosts(V4, [first]), ConfiguredHosts(V4, [second, other])])
    assert chain.by_identifiers(1, [(MAC, ONE)]) is first
    assert chain.by_identifiers(1, [(MAC, TWO)]) is other
    assert chain.by_identifiers(2, [(MAC, ONE)]) is None
    assert list(chain.by_address4(1, A4)) == [first, other]
    assert list(chain.by_subnet(1)) == [first, second, other]
    assert list(chain.by_hostname(1, "A")) == [first, second]
    six = ConfiguredHosts(V6, [host(DUID, ONE, prefixes=((P6, 48),))])
    assert len(list(HostChain([six, six]).by_address6(1, P6))) == 2
    assert HostChain([]).by_identifiers(1, [(MAC, ONE)]) is None
