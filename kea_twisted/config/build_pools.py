"""Pools: their text, and whether they fit their subnet and one another.

ARM dhcp4-address-config, dhcp6-address-config, dhcp6-prefix-config.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kea_twisted.base.address import Range, mask, parse, prefix_range, to_text
from kea_twisted.config.build_context import Building, strip_space, wide
from kea_twisted.config.build_options import options_of
from kea_twisted.config.pools import PdPool as PdPoolModel
from kea_twisted.config.pools import Pool as PoolModel
from kea_twisted.config.problems import Path
from kea_twisted.subnets.pool import PdPool, Pool


def parse_pool(text: str, building: Building) -> Range:
    """Return the range that `first - last` or `prefix/length` means; ValueError for anything else.

    The prefix form begins at the address as written, host bits and all, and ends where the prefix ends.
    """
    family = building.family
    plain = strip_space(text)
    if "-" in plain:
        low, high = plain.split("-", 1)
        first, last = parse(low, family), parse(high, family)
        if first > last:
            raise ValueError(f"the pool '{text}' ends before it begins")
        return Range(first, last)
    if "/" in plain:
        prefix, length = plain.split("/", 1)
        if not (length.isascii() and length.isdigit() and 1 <= int(length) <= family.bits):
            raise ValueError(f"the pool '{text}' has no prefix length of 1 to {family.bits}")
        first = parse(prefix, family)
        return Range(first, prefix_range(first, int(length), family.bits).last)
    raise ValueError(f"invalid pool definition '{text}', it must be <first - last> or <prefix/length>")


def build_pools(building: Building, models: Sequence[PoolModel], subnet: Range, name: str, path: Path) -> list[Pool]:
    """Return the pools of a subnet; those that are wrong are noted and left out."""
    pools: list[Pool] = []
    for index, model in enumerate(models):
        here = (*path, "pools", index)
        try:
            first, last = parse_pool(model.pool, building)
        except ValueError as error:
            building.problems.add((*here, "pool"), str(error))
            continue
        if first < subnet.first or last > subnet.last:
            message = f"the pool {_span(first, last, building)} does not match the prefix of its subnet {name}"
            building.problems.add((*here, "pool"), message)
            continue
        pools.append(
            Pool(
                first,
                last,
                wide(model.client_class or ""),
                tuple(map(wide, model.require_client_classes)),
                options_of(building, model.option_data, here),
                model.context,
            )
        )
    _check_overlap(building, [(pool.first, pool.last) for pool in pools], name, (*path, "pools"))
    return sorted(pools, key=_first)


def build_pd_pools(
    building: Building, models: Sequence[PdPoolModel], pools: Sequence[Pool], name: str, path: Path
) -> list[PdPool]:
    """Return the prefix pools of a subnet. pools: its address pools, which they must not overlap."""
    pd_pools: list[PdPool] = []
    for index, model in enumerate(models):
        here = (*path, "pd-pools", index)
        address = building.address(model.prefix, (*here, "prefix"))
        if address is None:
            continue
        length, delegated = model.prefix_len, model.delegated_len
        if delegated < length:
            message = f"delegated length ({delegated}) must be at least as long as the prefix length ({length})"
            building.problems.add((*here, "delegated-len"), message)
            continue
        # Bits beyond the length say where in the prefix the pool begins, as in Kea.
        first = address & mask(delegated, 128)
        last = prefix_range(address, length, 128)[1]
        pd_pools.append(
            PdPool(
                first,
                last,
                length,
                delegated,
                _excluded(building, model, address, here),
                wide(model.client_class or ""),
                tuple(map(wide, model.require_client_classes)),
                options_of(building, model.option_data, here),
                model.context,
            )
        )
    # Kea sees no two pools of any kind that overlap within a subnet.
    ranges = [(pool.first, pool.last) for pool in pd_pools]
    _check_overlap(building, ranges, name, (*path, "pd-pools"), [(pool.first, pool.last) for pool in pools])
    return sorted(pd_pools, key=_first)


def _excluded(building: Building, model: PdPoolModel, prefix: int, path: Path) -> tuple[int, int] | None:
    """Return the excluded prefix of a pool, None if it has none. RFC 6603 §4.2.

    prefix: that of the pool as written, host bits and all: its first bits are those of the delegated prefix from which
    the excluded one is cut.
    """
    text, length = model.excluded_prefix, model.excluded_prefix_len
    if not length and (not text or text == "::"):
        return None
    if not text or not length:
        message = "excluded-prefix and excluded-prefix-len must be given together"
        building.problems.add((*path, "excluded-prefix" if text else "excluded-prefix-len"), message)
        return None
    address = building.address(text, (*path, "excluded-prefix"))
    if address is None:
        return None
    delegated = model.delegated_len
    if length <= delegated:
        message = f"excluded-prefix-len ({length}) must be greater than delegated-len ({delegated})"
        building.problems.add((*path, "excluded-prefix-len"), message)
        return None
    if address & mask(delegated, 128) != prefix & mask(delegated, 128):
        message = f"the excluded prefix {text}/{length} is not within {model.prefix}/{delegated}"
        building.problems.add((*path, "excluded-prefix"), message)
        return None
    return address & mask(length, 128), length


def _first(pool: Pool | PdPool) -> int:
    """Return where a pool begins: pools are used in the order of their addresses, not of the configuration."""
    return pool.first


def _check_overlap(
    building: Building,
    ranges: Sequence[tuple[int, int]],
    name: str,
    path: Path,
    taken: Sequence[tuple[int, int]] = (),
) -> None:
    """Note each range that overlaps one before it."""
    if len(ranges) + len(taken) < 2:
        return
    known = sorted(taken)
    for index, (first, last) in enumerate(ranges):
        place = bisect_left(known, (first, last))
        neighbours = known[max(0, place - 1) : place + 1]
        if any(low <= last and high >= first for low, high in neighbours):
            message = f"the pool {_span(first, last, building)} overlaps another pool of the subnet {name}"
            building.problems.add((*path, index), message)
            continue
        known.insert(place, (first, last))


def _span(first: int, last: int, building: Building) -> str:
    return f"{to_text(first, building.family)}-{to_text(last, building.family)}"
