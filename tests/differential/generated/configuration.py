"""What random configurations of both families have in common; :mod:`.configuration4` and :mod:`.configuration6` add
what each protocol has of its own. Mostly valid ones, dense enough that a dozen clients meet everything in them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final, TypeVar

from tests.differential.generated.dice import Dice
from tests.differential.generated.scopes import (
    Entry,
    caching,
    lifetimes,
    names,
    option_data,
    put,
    reservation_flags,
    timers,
)
from tests.support.kea import Json

CLIENTS: Final = 10
CLASS_NAMES: Final = ("red", "green", "blue", "white", "SKIP_DDNS")
HOST_NAMES: Final = ("host-a", "host-b.example.org", "UPPER", "h")
VENDORS: Final = (4491, 4491, 25506)
INFINITE: Final = 0xFFFFFFFF
NOTHING_DUE: Final[Json] = {"reclaim-timer-wait-time": 0, "flush-reclaimed-timer-wait-time": 0}
"""No reclamation by the clock: clients ask for it when both servers are at the same place."""


class Configuration(ABC):
    """Makes one random configuration; `made` is it, and the other attributes what clients like to know about it.

    addresses: some that mean something. prefixes: of the subnets; numbers: their subnet identifiers.
    """

    family: ClassVar[int]
    options: ClassVar[Sequence[Entry]]
    own: ClassVar[Sequence[Entry]]
    """Options of DEFINITIONS, the last with a space of its own inside, whose option 1 is `inner`."""
    definitions: ClassVar[Sequence[Json]]
    inner: ClassVar[str]
    tests: ClassVar[Sequence[str]]
    drops: ClassVar[Sequence[str]]
    """Tests of the class DROP."""
    identifiers: ClassVar[dict[str, int]]
    """Kinds of identifiers in reservations, and how often they are used."""
    passing: ClassVar[tuple[str, ...]] = ()
    """Those of them that a client has in some of its messages only."""
    first_host: ClassVar[int]
    """Number of the first address in a pool of most subnets."""
    last_host: ClassVar[int]
    """Number of the last address in a subnet."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.addresses: list[str] = []
        self.prefixes: list[str] = []
        self.numbers: dict[str, int] = {}
        self.classes: list[str] = []
        self.unique = True
        self.valid = dice.choice((800, 3600, 4000, 86400, 100000000))
        self.updating = dice.chance(0.4)
        self._own = self.own if dice.chance(0.4) else ()
        self._begin()
        self.made = self._make()

    # What the protocols have of their own.

    @abstractmethod
    def _begin(self) -> None:
        """Choose what holds for the whole configuration."""

    @abstractmethod
    def _more_options(self, found: list[Json]) -> None:
        """Add vendors' options to those of a scope."""

    @abstractmethod
    def _more_scope(self, scope: Json, alone: bool) -> None:
        """Add what may stand in the global scope, in networks and in subnets (alone: not in those of a network)."""

    @abstractmethod
    def _identifier(self, number: int, kind: str) -> Json:
        """Return an identifier under which a reservation may be for client *number*."""

    @abstractmethod
    def _more_host(self, host: Json, number: int, prefix: str | None) -> list[str]:
        """Reserve something for client *number*, and return it."""

    @abstractmethod
    def _more_class(self, made: Json) -> None:
        """Add what a class may have in this protocol only."""

    @abstractmethod
    def _more_globals(self, whole: Json) -> None:
        """Add global parameters."""

    @abstractmethod
    def _finish(self, whole: Json) -> None:
        """Change what does not go together."""

    @abstractmethod
    def _prefix(self, link: int, place: int) -> str:
        """Return what addresses of a subnet begin with: of the *place*-th of link *link*, the first being our own."""

    @abstractmethod
    def _subnet_text(self, prefix: str) -> str:
        """Return the whole subnet of *prefix*."""

    @abstractmethod
    def address(self, prefix: str, number: int) -> str:
        """Return the address with *number* in the subnet of *prefix*."""

    @abstractmethod
    def _more_subnet(self, subnet: Json, link: int, prefix: str, network: bool) -> None:
        """Add what a subnet may have in this protocol only, *network*: as a member of a shared one."""

    @abstractmethod
    def _more_network(self, network: Json, link: int) -> None:
        """Add what a shared network may have in this protocol only."""

    # What they share.

    def _options(self, most: int = 3) -> Json:
        found = option_data(self.dice, (*self.options, *self._own, *self._own), f"dhcp{self.family}", most)
        if self._own and self.dice.chance(0.4):
            found.append({"space": "held", "code": 1, "data": self.inner})
        self._more_options(found)
        return {"option-data": found}

    def _some_classes(self, most: int = 2) -> list[str]:
        builtin = ("KNOWN", "UNKNOWN", "ALL", "VENDOR_CLASS_foo")
        return self.dice.some((*self.classes, *self.classes, *builtin), most, 1)

    def _limit(self, scope: Json, guarded: float, required: float) -> None:
        dice = self.dice
        if dice.chance(guarded):
            scope["client-class"] = dice.choice(self._some_classes())
        if self.classes and dice.chance(required):
            scope["require-client-classes"] = list(dict.fromkeys(dice.some(self.classes, 3, 1)))

    def _scope(self, scope: Json, alone: bool = True) -> None:
        dice = self.dice
        if dice.chance(0.4):
            scope.update(lifetimes(dice, "valid-lifetime", self.valid))
        put(dice, scope, 0.3, timers)
        put(dice, scope, 0.25, names)
        put(dice, scope, 0.15, caching)
        put(dice, scope, 0.25, reservation_flags)
        if dice.chance(0.4):
            scope.update(self._options())
        if dice.chance(0.15):
            scope["store-extended-info"] = dice.chance(0.8)
        self._more_scope(scope, alone)

    def _finish_pool(self, pool: Json, guarded: float) -> Json:
        self._limit(pool, guarded, 0.15)
        if self.dice.chance(0.2):
            pool.update(self._options(2))
        return pool

    def _pools(self, prefix: str) -> list[Json]:
        dice = self.dice
        pools = []
        low = self.first_host if dice.chance(0.9) else 0
        for _ in range(dice.choice((0, 1, 1, 1, 2, 2, 3))):
            size = dice.choice((1, 1, 2, 3, 5, 8))
            whole = dice.chance(0.1)
            if whole:
                low, size = -(-low // 4) * 4, 4
            first, last = self.address(prefix, low), self.address(prefix, low + size - 1)
            block = f"{first}/{30 if self.family == 4 else 126}"
            text = block if whole else f"{first}{dice.choice((' - ', '-'))}{last}"
            self.addresses += [self.address(prefix, each) for each in range(low, low + size)]
            low += size + dice.choice((0, 0, 2))
            pools.append(self._finish_pool({"pool": text}, 0.2))
        return self._far_pools(prefix, pools) if dice.chance(0.12) else pools

    def _far_pools(self, prefix: str, pools: list[Json]) -> list[Json]:
        """Return *pools* and one at the end of the subnet of *prefix*."""
        last = self.last_host
        bounds = self.address(prefix, last - 3), self.address(prefix, last)
        self.addresses += bounds
        return [*pools, self._finish_pool({"pool": "-".join(bounds)}, 0.2)]

    def _host(self, number: int, kind: str, prefix: str | None, several: bool) -> tuple[Json, list[str]]:
        """Return a reservation for client *number*, and what it reserves. several: in a network of several subnets."""
        dice = self.dice
        host = self._identifier(number, kind)
        reserved = self._more_host(host, number, prefix)
        # Of a name that comes from another subnet than the lease and then goes, Kea's file knows later than its memory.
        named = bool(reserved) or kind not in self.passing
        # See the cases v4-dns-reserved-in-another-subnet and v6-dns-reserved-in-another-subnet.
        named = named and not (several and self.updating)
        if dice.chance(0.35) and named:
            host["hostname"] = dice.choice(HOST_NAMES)
        if self.classes and dice.chance(0.3):
            host["client-classes"] = dice.some((*self.classes, "reserved"), 2, 1)
        if dice.chance(0.25):
            host.update(self._options(2))
        if not {"hostname", "option-data"} & set(host) and not reserved:
            options = [{"name": "domain-search", "data": "alone"}]
            host.update({"hostname": "alone"} if named else {"option-data": options})
        return host, reserved

    def _hosts(self, prefix: str | None, members: int = 0) -> list[Json]:
        found: list[Json] = []
        seen: set[str] = set()
        kind = self.dice.weighted(self.identifiers)
        for number in self.dice.some(range(1, CLIENTS + 1), 5):
            # Kea prefers the last of a client's identifiers in networks that have more subnets than it has identifiers.
            kind = kind if members > 2 else self.dice.weighted(self.identifiers)
            host, reserved = self._host(number, kind, prefix, members > 1)
            marks = {kind + str(host[kind]).replace(":", ""), *reserved}
            if marks & seen and self.dice.chance(0.95 if self.unique else 0.4):
                continue
            seen |= marks
            found.append(host)
        return found

    def _subnet(self, link: int, place: int, members: int = 0) -> Json:
        """Return a subnet; *members*: how many the shared network has that it is in, if it is in one."""
        network = members > 0
        dice = self.dice
        prefix = self._prefix(link, place)
        self.prefixes.append(prefix)
        self.numbers[prefix] = len(self.prefixes)
        subnet: Json = {"id": self.numbers[prefix], "subnet": self._subnet_text(prefix)}
        subnet["pools"] = self._pools(prefix)
        self._scope(subnet, not network)
        self._limit(subnet, 0.15, 0.2)
        self._more_subnet(subnet, link, prefix, network)
        if dice.chance(0.55):
            subnet["reservations"] = self._hosts(prefix, members)
        return subnet

    def _network(self, link: int, count: int) -> Json:
        subnets = [self._subnet(link, place, count) for place in range(count)]
        network: Json = {"name": f"net{link}", f"subnet{self.family}": subnets}
        self._scope(network)
        self._limit(network, 0.1, 0.2)
        self._more_network(network, link)
        return network

    def _client_class(self, name: str) -> Json:
        dice = self.dice
        made: Json = {"name": name}
        if dice.chance(0.9):
            # Not SKIP_DDNS: the manual lets a test name it without its being configured; Kea wants it configured.
            others = [f"member('{each}')" for each in self.classes if each != "SKIP_DDNS"]
            made["test"] = dice.choice((*self.tests, *others))
        if dice.chance(0.25):
            made["only-if-required"] = dice.chance(0.8)
        if dice.chance(0.5):
            made.update(self._options())
        self._more_class(made)
        return made

    def _classes(self) -> Iterable[Json]:
        for name in self.dice.some(CLASS_NAMES, 4):
            yield self._client_class(name)
            self.classes.append(name)
        if self.dice.chance(0.1):
            yield {"name": "DROP", "test": self.dice.choice(self.drops)}

    def _make(self) -> Json:
        dice = self.dice
        whole: Json = {"interfaces-config": {"interfaces": ["srv0"]}, "expired-leases-processing": NOTHING_DUE}
        if dice.chance(0.1):
            self.unique = whole["ip-reservations-unique"] = dice.chance(0.3)
        if self._own:
            whole["option-def"] = list(self.definitions)
        classes = list(self._classes())
        if classes:
            whole["client-classes"] = classes
        self._scope(whole)
        if self.updating:
            whole["dhcp-ddns"] = {"enable-updates": True}
        whole.setdefault("valid-lifetime", INFINITE if dice.chance(0.05) else self.valid)
        if dice.chance(0.15):
            whole["early-global-reservations-lookup"] = dice.chance(0.5)
        if dice.chance(0.15):
            whole["reservations-lookup-first"] = dice.chance(0.8)
        if dice.chance(0.2):
            whole["host-reservation-identifiers"] = dice.some(tuple(self.identifiers), len(self.identifiers), 1)
        if dice.chance(0.1):
            whole["compatibility"] = {"lenient-option-parsing": dice.chance(0.8)}
        if dice.chance(0.1):
            whole["decline-probation-period"] = dice.choice((300, 86400))
        if dice.chance(0.3):
            checks = dice.choice(("none", "warn", "fix", "fix-del", "del"))
            whole["sanity-checks"] = {"lease-checks": checks}
        self._more_globals(whole)
        for link in (0, *dice.some((1, 2), 2)):
            count = dice.choice((1, 1, 2, 2, 3))
            if count > 1 or dice.chance(0.3):
                whole.setdefault("shared-networks", []).append(self._network(link, count))
            else:
                whole.setdefault(f"subnet{self.family}", []).append(self._subnet(link, 0))
        if dice.chance(0.3):
            whole["reservations"] = self._hosts(None)
        self._finish(whole)
        return whole


AnyConfiguration = TypeVar("AnyConfiguration", bound=Configuration)
