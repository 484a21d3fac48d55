"""What every lease manager promises, run on each backend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kea_twisted.errors import LeaseError
from kea_twisted.leases.lease import DECLINED, EXPIRED_RECLAIMED, IA_NA, IA_PD, INFINITE, Lease4, Lease6
from kea_twisted.leases.manager import LeaseManager4, LeaseManager6
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6

Open4 = Callable[[], LeaseManager4]
Open6 = Callable[[], LeaseManager6]
BACKENDS4: dict[str, Callable[[Path], LeaseManager4]] = {
    "memfile": lambda directory: Memfile4(str(directory / "leases4.csv")),
}
BACKENDS6: dict[str, Callable[[Path], LeaseManager6]] = {
    "memfile": lambda directory: Memfile6(str(directory / "leases6.csv")),
}
NOW = 1_700_000_000


@pytest.fixture(params=sorted(BACKENDS4))
def open4(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open4]:
    """A function that opens the same store anew, closing the one before."""
    opened: list[LeaseManager4] = []

    def reopen() -> LeaseManager4:
        while opened:
            opened.pop().close()
        opened.append(BACKENDS4[request.param](tmp_path))
        return opened[-1]

    yield reopen
    for manager in opened:
        manager.close()


@pytest.fixture(params=sorted(BACKENDS6))
def open6(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open6]:
    """The same for DHCPv6."""
    opened: list[LeaseManager6] = []

    def reopen() -> LeaseManager6:
        while opened:
            opened.pop().close()
        opened.append(BACKENDS6[request.param](tmp_path))
        return opened[-1]

    yield reopen
    for manager in opened:
        manager.close()


def lease4(number: int, **other: object) -> Lease4:
    fields: dict[str, object] = {
        "address": 0xC0000200 + number,
        "hwaddr": bytes((2, 0, 0, 0, 0, number)),
        "client_id": b"",
        "valid_lifetime": 3600,
        "cltt": NOW,
        "subnet_id": 1,
    }
    return Lease4(**{**fields, **other})  # type: ignore[arg-type]


def lease6(number: int, **other: object) -> Lease6:
    fields: dict[str, object] = {
        "lease_type": IA_NA,
        "address": (0x20010DB8 << 96) + number,
        "prefix_length": 128,
        "duid": bytes((0, 3, 0, 1, number)),
        "iaid": 1,
        "preferred_lifetime": 1800,
        "valid_lifetime": 3600,
        "cltt": NOW,
        "subnet_id": 1,
    }
    return Lease6(**{**fields, **other})  # type: ignore[arg-type]


def test_a_new_lease_is_found_in_every_way(open4: Open4) -> None:
    manager = open4()
    lease = lease4(1, client_id=b"\xff\x01\x02", hostname="a.example")
    assert manager.add(lease)
    assert manager.get(lease.address) == lease
    assert list(manager.by_hwaddr(lease.hwaddr)) == [lease]
    assert list(manager.by_client_id(b"\xff\x01\x02")) == [lease]
    assert list(manager.by_subnet(1)) == [lease]
    assert list(manager.by_hostname("a.example")) == [lease]
    assert len(manager) == 1
    assert manager.get(lease.address + 1) is None
    assert list(manager.by_hwaddr(b"\x02")) == []
    assert list(manager.by_client_id(b"\xff")) == []


def test_an_address_has_one_lease(open4: Open4) -> None:
    manager = open4()
    assert manager.add(lease4(1))
    assert not manager.add(lease4(1, hwaddr=b"other!"))
    assert list(manager.by_hwaddr(b"other!")) == []


def test_client_ids_made_of_the_hardware_address_are_found(open4: Open4) -> None:
    manager = open4()
    mac = bytes((2, 0, 0, 0, 0, 1))
    manager.add(lease4(1, hwaddr=mac, client_id=b"\x01" + mac))
    manager.add(lease4(2, hwaddr=mac, client_id=b""))
    manager.add(lease4(3, hwaddr=b"\x03" * 6, client_id=b"\x01" + mac))
    assert {lease.address & 255 for lease in manager.by_client_id(b"\x01" + mac)} == {1, 3}
    assert {lease.address & 255 for lease in manager.by_hwaddr(mac)} == {1, 2}


def test_an_update_moves_the_lease_to_its_new_holder(open4: Open4) -> None:
    manager = open4()
    manager.add(lease4(1, client_id=b"\xff\x01"))
    manager.update(lease4(1, hwaddr=b"newmac", client_id=b"\xff\x02"))
    assert list(manager.by_hwaddr(bytes((2, 0, 0, 0, 0, 1)))) == []
    assert list(manager.by_client_id(b"\xff\x01")) == []
    assert [lease.address & 255 for lease in manager.by_hwaddr(b"newmac")] == [1]
    assert [lease.address & 255 for lease in manager.by_client_id(b"\xff\x02")] == [1]
    with pytest.raises(LeaseError):
        manager.update(lease4(2))


def test_a_deleted_lease_is_gone(open4: Open4) -> None:
    manager = open4()
    manager.add(lease4(1))
    assert manager.delete(lease4(1))
    assert not manager.delete(lease4(1))
    assert manager.get(lease4(1).address) is None
    assert list(manager.by_hwaddr(lease4(1).hwaddr)) == []
    assert len(manager) == 0


def test_leases_come_in_the_order_of_addresses(open4: Open4) -> None:
    manager = open4()
    for number in (9, 3, 7):
        manager.add(lease4(number))
    assert [lease.address & 255 for lease in manager] == [3, 7, 9]


@pytest.mark.arm("LE-003")
def test_expired_leases_come_oldest_first_and_no_more_than_asked_for(open4: Open4) -> None:
    manager = open4()
    for number, age in ((1, 50), (2, 5000), (3, 700), (4, 1)):
        manager.add(lease4(number, cltt=NOW - 3600 - age))
    manager.add(lease4(5))
    assert [lease.address & 255 for lease in manager.expired(NOW, 0)] == [2, 3, 1, 4]
    assert [lease.address & 255 for lease in manager.expired(NOW, 2)] == [2, 3]
    manager.update(lease4(2))
    manager.delete(lease4(3))
    assert [lease.address & 255 for lease in manager.expired(NOW, 0)] == [1, 4]


@pytest.mark.arm("LE-001")
def test_a_lease_expires_after_its_last_second(open4: Open4) -> None:
    manager = open4()
    manager.add(lease4(1, cltt=NOW - 3600))
    assert list(manager.expired(NOW, 0)) == []
    assert len(manager.expired(NOW + 0.5, 0)) == 1


@pytest.mark.arm("LE-063")
def test_infinite_leases_never_expire(open4: Open4) -> None:
    manager = open4()
    manager.add(lease4(1, cltt=1, valid_lifetime=INFINITE))
    assert list(manager.expired(1 << 40, 0)) == []
    manager.update(lease4(1, cltt=1, valid_lifetime=1))
    assert len(manager.expired(NOW, 0)) == 1


@pytest.mark.arm("LE-028")
def test_only_reclaimed_leases_whose_hold_is_over_are_deleted(open4: Open4) -> None:
    manager = open4()
    manager.add(lease4(1, cltt=NOW - 10000, state=EXPIRED_RECLAIMED))
    manager.add(lease4(2, cltt=NOW - 4000, state=EXPIRED_RECLAIMED))
    manager.add(lease4(3, cltt=NOW - 10000))
    assert [lease.address & 255 for lease in manager.expired(NOW, 0)] == [3]
    assert manager.delete_reclaimed(NOW - 1000) == 1
    assert [lease.address & 255 for lease in manager] == [2, 3]


def test_wiping_a_subnet_spares_the_others(open4: Open4) -> None:
    manager = open4()
    for number in range(1, 5):
        manager.add(lease4(number, subnet_id=number % 2))
    assert manager.wipe(1) == 2
    assert {lease.subnet_id for lease in manager} == {0}


def test_states_are_counted(open4: Open4) -> None:
    manager = open4()
    manager.add(lease4(1))
    manager.add(lease4(2, state=DECLINED))
    manager.add(lease4(3, subnet_id=7))
    assert manager.count_states() == {(1, 0): 1, (1, 1): 1, (7, 0): 1}


@pytest.mark.arm("V4-048")
def test_what_was_committed_is_there_after_reopening(open4: Open4) -> None:
    manager = open4()
    kept = lease4(
        1, client_id=b"\x01\x02", hostname="a,b&c\n\r", user_context='{ "x": "1,2" }', fqdn_fwd=True, state=DECLINED
    )
    manager.add(kept)
    manager.add(lease4(2))
    manager.add(lease4(3))
    manager.commit()
    manager.update(lease4(2, cltt=NOW + 1))
    manager.delete(lease4(3))
    manager.commit()
    again = open4()
    assert list(again) == [kept, lease4(2, cltt=NOW + 1)]


def test_many_renewals_keep_the_order_of_expiry(open4: Open4) -> None:
    manager = open4()
    for number in range(50):
        manager.add(lease4(number))
    for round_ in range(200):
        for number in range(50):
            manager.update(lease4(number, cltt=NOW + round_ * 100 + number))
        manager.commit()
    expired = manager.expired(NOW + 10**6, 0)
    assert [lease.address & 255 for lease in expired] == list(range(50))


def test_dhcpv6_leases_are_found_by_duid_and_by_association(open6: Open6) -> None:
    manager = open6()
    duid = b"\x00\x03\x00\x01\xaa"
    manager.add(lease6(1, duid=duid, iaid=1))
    manager.add(lease6(2, duid=duid, iaid=2))
    manager.add(lease6(3, duid=duid, iaid=1, lease_type=IA_PD, prefix_length=64))
    manager.add(lease6(4))
    assert {lease.address & 255 for lease in manager.by_duid(duid)} == {1, 2, 3}
    assert [lease.address & 255 for lease in manager.by_ia(IA_NA, duid, 1)] == [1]
    assert [lease.address & 255 for lease in manager.by_ia(IA_PD, duid, 1)] == [3]
    assert list(manager.by_ia(IA_PD, duid, 2)) == []
    manager.delete(lease6(1))
    manager.delete(lease6(3))
    assert [lease.address & 255 for lease in manager.by_duid(duid)] == [2]
    manager.update(lease6(2, duid=duid, iaid=9))
    assert list(manager.by_ia(IA_NA, duid, 2)) == []
    assert [lease.address & 255 for lease in manager.by_ia(IA_NA, duid, 9)] == [2]


def test_a_lease_of_another_type_is_not_found(open6: Open6) -> None:
    manager = open6()
    manager.add(lease6(1))
    assert manager.get(IA_NA, lease6(1).address) == lease6(1)
    assert manager.get(IA_PD, lease6(1).address) is None


def test_dhcpv6_leases_are_found_by_hardware_address_subnet_and_name(open6: Open6) -> None:
    manager = open6()
    lease = lease6(1, hwaddr=b"abcdef", hwtype=1, hwaddr_source=2, hostname="h", subnet_id=5)
    manager.add(lease)
    manager.add(lease6(2))
    assert list(manager.by_hwaddr(b"abcdef")) == [lease]
    assert list(manager.by_subnet(5)) == [lease]
    assert list(manager.by_hostname("h")) == [lease]
    assert manager.count_states() == {(5, IA_NA, 0): 1, (1, IA_NA, 0): 1}


def test_dhcpv6_leases_survive_reopening(open6: Open6) -> None:
    manager = open6()
    leases = [
        lease6(1, hwaddr=b"abcdef", hwtype=6, hwaddr_source=2, hostname="h,&", user_context='{ "a": [ 1, 2 ] }'),
        lease6(2, duid=b"", state=DECLINED),
        lease6(3, lease_type=IA_PD, prefix_length=56, iaid=0xFFFFFFFF),
    ]
    for lease in leases:
        manager.add(lease)
    manager.add(lease6(4))
    manager.commit()
    manager.delete(lease6(4))
    manager.commit()
    assert list(open6()) == leases
