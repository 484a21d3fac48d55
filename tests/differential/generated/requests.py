"""The name change requests of both servers side by side: which of them only one has sent.

They are compared without the ends of leases, which may lie a second apart. Not here: which of them ought to be the
same, of which :mod:`tests.differential.accepted` has the exceptions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from tests.support.kea import Json

REMOVAL = 1
"""The change type of a request that takes entries away."""


def only_one_has(
    kea: Sequence[Json], ours: Sequence[Json], refused: Collection[str]
) -> Iterator[tuple[str, Json | None, Json | None]]:
    """Yield (kind, Kea's, ours) for each request that only one of them has sent at its place.

    refused: the addresses that clients were told they had not got. Kinds that are named have their exceptions: a
    `request of a move` is one (named once) of the two by which ours follow a client to another address, see
    v4-dns-moves; `removal` one that only ours have sent, see v6-dns-name-no-longer-sent; a `repeated request` adds what
    Kea has added already, perhaps after it has removed the same, see v6-dns-leased-again-cached and
    v6-dns-reserved-in-a-network; a `request without lease` adds what no client has, see v6-dns-without-a-lease.
    """
    matcher = SequenceMatcher(None, [_marks(each) for each in kea], [_marks(each) for each in ours], autojunk=False)
    extra: list[Json] = []
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind != "equal":
            yield from ((_kind_of(kea, place, first, refused), kea[place], None) for place in range(first, last))
            extra += ours[begin:end]
    while extra:
        one = extra.pop(0)
        other = next((each for each in extra if _is_move(one, each)), None)
        if other is not None:
            extra.remove(other)
        alone = "removal" if one["change-type"] == REMOVAL else "request"
        yield alone if other is None else "request of a move", None, one


def _marks(request: Json, *but: str) -> str:
    without = ("lease-expires-on", *but)
    return " ".join(f"{name}={value}" for name, value in sorted(request.items()) if name not in without)


def _is_move(one: Json, other: Json) -> bool:
    """Return whether a name is taken from one address and given to another."""
    kinds = one["change-type"] != other["change-type"]
    return kinds and one["fqdn"] == other["fqdn"] and one["ip-address"] != other["ip-address"]


def _kind_of(kea: Sequence[Json], place: int, first: int, refused: Collection[str]) -> str:
    """Return what kind of request the one at *place* is, that only Kea sends. first: as from where only Kea sends."""
    request = kea[place]
    whose = [(each["ip-address"], each["fqdn"].lower()) for each in kea]
    # Of two that are the same there is no telling which one ours have sent as well.
    places = [each for each in range(len(kea)) if whose[each][0] == whose[place][0]]
    at = places.index(place)
    before, after = places[max(at - 1, 0) : at], places[at + 1 : at + 2]
    if any(_marks(kea[each], "lease-length") == _marks(request, "lease-length") for each in (*before, *after)):
        return "repeated request"
    if request["change-type"] == REMOVAL:
        again = any(whose[each] == whose[place] and kea[each]["change-type"] != REMOVAL for each in after)
        return "repeated request" if again else "request"
    if place > first and place - 1 in before and whose[place - 1] == whose[place]:
        return "repeated request"
    return "request without lease" if request["ip-address"] in refused else "request"
