"""Which configured options go into an answer: scopes merged once, selected once for each request list.

A plan belongs to one combination of (pool, subnet, classes). It is made on first use and kept; a packet pays for one
dictionary lookup and one copy. Scopes come in order of precedence: host, pool, subnet, shared network, classes in the
order of their assignment, global. The first scope that has a code wins, whatever its other
options are; `always-send` in any scope asks for the code in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Generic, TypeVar

from kea_twisted.options.definition import ConfiguredOption, OptionSet
from kea_twisted.options.nested import nest

B = TypeVar("B")

_KEPT_SELECTIONS: Final = 256
"""How many request lists a plan remembers: clients of one make send the same one, hostile ones send any."""


class OptionPlan:
    """The options that one combination of scopes offers.

    bodies: code → body. persistent: codes that go out unasked. basic: codes that go out if configured at all.
    vendors: enterprise number → code → (body, whether it goes out unasked).
    """

    __slots__ = ("_selections", "basic", "bodies", "persistent", "vendors")

    def __init__(
        self,
        bodies: dict[int, bytes],
        persistent: frozenset[int],
        basic: tuple[int, ...],
        vendors: Mapping[int, Mapping[int, tuple[bytes, bool]]],
    ) -> None:
        self.bodies = bodies
        self.persistent = persistent
        self.basic = basic
        self.vendors = vendors
        self._selections: dict[bytes, dict[int, bytes]] = {}

    def select(self, requested: bytes) -> dict[int, bytes]:
        """Return the options for a request list, by code. The dictionary is shared: copy it before changing it.

        requested: the codes as one octet each (option 55) or as two octets each (option 6).
        """
        found = self._selections.get(requested)
        return self._remember(requested, requested) if found is None else found

    def select_codes(self, key: bytes, codes: Iterable[int]) -> dict[int, bytes]:
        """Return the options for *codes*; *key* stands for them in the memory of selections."""
        found = self._selections.get(key)
        return self._remember(key, codes) if found is None else found

    def _remember(self, key: bytes, codes: Iterable[int]) -> dict[int, bytes]:
        """Select, and keep the selection."""
        bodies = self.bodies
        chosen = {code: bodies[code] for code in codes if code in bodies}
        for code in (*self.persistent, *self.basic):
            if code in bodies:
                chosen[code] = bodies[code]
        if len(self._selections) >= _KEPT_SELECTIONS:
            self._selections.clear()
        self._selections[key] = chosen
        return chosen


def merge(scopes: Iterable[OptionSet], space: str, basic: tuple[int, ...]) -> OptionPlan:
    """Return the plan of *scopes*, the most specific first.

    As in Kea, of two entries of one scope for an option the last counts, of two for a sub-option the first.
    """
    bodies: dict[int, bytes] = {}
    persistent: set[int] = set()
    vendors: dict[int, dict[int, tuple[bytes, bool]]] = {}
    for scope in scopes:
        first: dict[str, dict[int, ConfiguredOption]] = {}
        last: dict[str, dict[int, ConfiguredOption]] = {}
        for option in scope:
            if option.persistent and option.space == space:
                persistent.add(option.code)
            first.setdefault(option.space, {}).setdefault(option.code, option)
            last.setdefault(option.space, {})[option.code] = option
        for code, option in last.get(space, {}).items():
            if code not in bodies:
                bodies[code] = nest(option, first)
        for options in last.values():
            for code, option in options.items():
                if option.vendor_id:
                    offered = vendors.setdefault(option.vendor_id, {})
                    body, asked = offered.get(code) or (nest(option, first), False)
                    offered[code] = body, asked or option.persistent
    return OptionPlan(bodies, frozenset(persistent), basic, vendors)


class PlanCache(Generic[B]):
    """Plans by key, forgotten all at once when there are too many: class combinations can be many."""

    __slots__ = ("_limit", "_plans")

    def __init__(self, limit: int = 4096) -> None:
        self._plans: dict[B, OptionPlan] = {}
        self._limit = limit

    def get(self, key: B) -> OptionPlan | None:
        """Return the plan of *key*, or None if it has to be made."""
        return self._plans.get(key)

    def put(self, key: B, plan: OptionPlan) -> OptionPlan:
        """Keep *plan* and return it."""
        if len(self._plans) >= self._limit:
            self._plans.clear()
        self._plans[key] = plan
        return plan
