"""The iterative allocator yields each address once, in order, and goes on where it was."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.alloc.allocators.iterative import IterativeAllocator
from kea_twisted.subnets.pool import PdPool, Pool


@dataclass(eq=False)
class Net:
    """A subnet."""

    last: int = 255


NET = Net()


@given(st.lists(st.integers(1, 12), min_size=1, max_size=5), st.integers(0, 100))
def test_every_address_comes_once_wherever_the_allocator_stands(sizes, before):
    pools = []
    first = 100
    for size in sizes:
        pools.append(Pool(first, first + size - 1))
        first += size + 3
    allocator = IterativeAllocator()
    for _ in range(before):
        next(allocator.candidates(NET, pools))
    addresses = [address for address, _ in allocator.candidates(NET, pools)]
    expected = {address for pool in pools for address in range(pool.first, pool.last + 1)}
    assert len(addresses) == len(expected)
    assert set(addresses) == expected


def test_the_next_query_gets_the_next_address():
    allocator = IterativeAllocator()
    pools = [Pool(10, 12), Pool(20, 20)]
    picks = [next(allocator.candidates(NET, pools))[0] for _ in range(6)]
    assert picks == [10, 11, 12, 20, 10, 11]


def test_the_pool_with_the_last_address_of_the_subnet_comes_first():
    allocator = IterativeAllocator()
    pools = [Pool(10, 11), Pool(20, 20), Pool(254, 255), Pool(300, 300)]
    picks = [next(allocator.candidates(NET, pools))[0] for _ in range(7)]
    assert picks == [254, 255, 300, 10, 11, 20, 254]


def test_subnets_have_positions_of_their_own():
    allocator = IterativeAllocator()
    one, two = [Pool(10, 12)], [Pool(30, 32)]
    assert [next(allocator.candidates(key, pools))[0] for key, pools in ((NET, one), (Net(), two), (NET, one))] == [
        10,
        30,
        11,
    ]


def test_prefixes_are_a_delegated_length_apart():
    pool = PdPool(0x20010DB8 << 96, (0x20010DB8 << 96) + (1 << 80) - 1, 48, 50)
    prefixes = [address for address, _ in IterativeAllocator().candidates(NET, [pool])]
    assert prefixes == [pool.first + step * (1 << 78) for step in range(4)]


picks = st.lists(
    st.tuples(st.sampled_from(["take", "round", "skip"]), st.sets(st.integers(0, 3), min_size=1)), max_size=12
)


@given(st.lists(st.integers(1, 5), min_size=4, max_size=4), picks)
def test_going_round_without_looking_ends_where_looking_ends(
    sizes: list[int], steps: list[tuple[str, set[int]]]
) -> None:
    pools = [Pool(100 * place, 100 * place + size - 1) for place, size in enumerate(sizes)]
    looking, jumping = IterativeAllocator(), IterativeAllocator()
    for step, open_to in steps:
        allowed = [pools[place] for place in sorted(open_to)]
        if step == "skip":
            list(looking.candidates(NET, allowed))
            jumping.skip(NET, allowed)
        elif step == "round":
            assert list(looking.candidates(NET, allowed)) == list(jumping.candidates(NET, allowed))
        else:
            assert next(looking.candidates(NET, allowed)) == next(jumping.candidates(NET, allowed))
        assert looking.last_turn(NET) == jumping.last_turn(NET)
