"""The indexes against plain models of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.leases.memfile.index import SLACK, WIDTH_BITS, Associations, Expiry, Holders

small = st.integers(0, 5)


@given(st.lists(st.tuples(st.booleans(), small, small)))
def test_holders_are_a_multimap(steps: list[tuple[bool, int, int]]) -> None:
    holders: Holders[int] = Holders()
    model: dict[int, set[int]] = {}
    for add, key, address in steps:
        if add:
            holders.add(key, address)
            model.setdefault(key, set()).add(address)
        else:
            holders.discard(key, address)
            model.get(key, set()).discard(address)
        for known in range(6):
            assert set(holders.get(known)) == model.get(known, set())
    assert len(holders) == sum(1 for held in model.values() if held)


@given(st.lists(st.tuples(st.booleans(), small, small, small)))
def test_associations_are_found_by_duid_and_by_iaid(steps: list[tuple[bool, int, int, int]]) -> None:
    clients = Associations()
    model: set[tuple[bytes, int, int]] = set()
    for add, client, iaid, address in steps:
        duid = bytes((client,))
        if add:
            clients.add(duid, iaid, address)
            model.add((duid, iaid, address))
        else:
            clients.discard(duid, iaid, address)
            model.discard((duid, iaid, address))
        for known in {held[0] for held in model}:
            assert sorted(clients.of_duid(known)) == sorted(a for d, _i, a in model if d == known)
            for number in range(6):
                expected = {a for d, i, a in model if d == known and i == number}
                assert set(clients.of_ia(known, number)) == expected


@given(st.lists(st.tuples(small, st.integers(0, 500))), st.integers(0, 600), st.integers(0, 4))
def test_due_addresses_are_exact_and_in_order(steps: list[tuple[int, int]], before: int, limit: int) -> None:
    ends: dict[int, int] = {}
    expiry = Expiry(ends.get)
    for address, end in steps:
        ends[address] = end
        expiry.add(address, end, len(ends))
    expected = sorted(end for end in ends.values() if end < before)
    for most in (limit, 0):
        due = expiry.due(before, most)
        assert [ends[address] for address in due] == (expected[:most] if most else expected)
        assert len(due) == len(set(due))


@given(st.lists(st.tuples(small, st.one_of(st.none(), st.integers(0, 300)), st.integers(0, 400), st.integers(0, 3))))
def test_due_addresses_stay_exact_while_leases_change(steps: list[tuple[int, int | None, int, int]]) -> None:
    ends: dict[int, int] = {}
    expiry = Expiry(ends.get)
    for address, end, before, limit in steps:
        old = ends.pop(address, None)
        if end is not None:
            ends[address] = end
            if old is None or old >> WIDTH_BITS != end >> WIDTH_BITS:
                expiry.add(address, end, len(ends))
        due = expiry.due(before, limit)
        expected = {address for address, end in ends.items() if end < before}
        assert len(due) == len(set(due)) == min(len(expected), limit or len(expected))
        assert set(due) <= expected
        buckets = [ends[address] >> WIDTH_BITS for address in due]
        assert buckets == sorted(buckets)


def test_what_ended_long_ago_is_taken_a_little_at_a_time_without_looking_at_all() -> None:
    ends = dict.fromkeys(range(1000), 100)
    looked = 0

    def end_of(address: int) -> int | None:
        nonlocal looked
        looked += 1
        return ends.get(address)

    expiry = Expiry(end_of)
    for address, end in ends.items():
        expiry.add(address, end, 1000)
    taken = []
    while due := expiry.due(1000, 10):
        taken += due
        for address in due:
            del ends[address]
    assert taken == list(range(1000))
    assert looked < 4000
    assert expiry.entries() == 0


def test_renewals_do_not_make_the_expiry_index_grow() -> None:
    ends: dict[int, int] = {}
    expiry = Expiry(ends.get)
    for second in range(0, 400_000, 100):
        for address in range(20):
            ends[address] = second + 3600
            expiry.add(address, second + 3600, 20)
    assert expiry.entries() <= 2 * 20 + SLACK + 20
    assert expiry.due(1 << 40, 0) == list(range(20))
