"""Random DHCPv6 configurations: mostly valid ones, dense enough that a dozen clients meet everything in them."""

from __future__ import annotations

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
from tests.support.packets import duid, mac

CLIENTS = 10
LINKS = ("2001:db8:1::2", "2001:db8:2::1", "2001:db8:3::1", "::")
"""Link addresses of relays; the first is on the server's own link."""

OPTIONS: tuple[Entry, ...] = (
    ("dns-servers", 23, ("2001:db8::53", "2001:db8::53, 2001:db8::54")),
    ("domain-search", 24, ("example.org", "a.example, b.example")),
    ("sntp-servers", 31, ("2001:db8::123",)),
    ("information-refresh-time", 32, ("3600",)),
    ("preference", 7, ("255", "10")),
    ("bootfile-url", 59, ("tftp://[2001:db8::1]/x",)),
    ("bootfile-param", 60, ("a, b",)),
    ("unicast", 12, ("2001:db8:1::1",)),
    ("new-posix-timezone", 41, ("CET-1CEST",)),
    ("sip-server-dns", 21, ("sip.example.org",)),
    ("solmax-rt", 82, ("600",)),
    ("aftr-name", 64, ("aftr.example.org",)),
    ("nis-servers", 27, ("2001:db8::7",)),
    ("v6-captive-portal", 103, ("https://portal.example",)),
    ("rdnss-selection", 74, ("2001:db8::53, 1, example.org",)),
)
OWN: tuple[Entry, ...] = (
    ("frob", 2024, ("7", "65535")),
    ("pairs", 2025, ("2001:db8::7, 5, true", "::, 0, false")),
    ("words", 2026, ("one.example, two.example", "three.example.org")),
    ("holder", 2027, ("9", "0")),
    ("nets", 2028, ("2001:db8::/32", "2001:db8:1::/56")),
)
DEFINITIONS: tuple[Json, ...] = (
    {"name": "frob", "code": 2024, "type": "uint16"},
    {"name": "pairs", "code": 2025, "type": "record", "record-types": "ipv6-address, uint8, boolean"},
    {"name": "words", "code": 2026, "type": "fqdn", "array": True},
    {"name": "holder", "code": 2027, "type": "uint8", "encapsulate": "held"},
    {"name": "inner", "code": 1, "space": "held", "type": "ipv6-address"},
    {"name": "nets", "code": 2028, "type": "ipv6-prefix"},
)
TESTS = (
    "option[16].exists",
    "vendor-class[4491].exists",
    "option[15].exists",
    "option[39].exists",
    "option[25].exists",
    "not option[3].exists",
    "substring(option[1].hex,9,1) == 0x03 or substring(option[1].hex,9,1) == 0x04",
    "relay6[0].option[18].hex == 'port1'",
    "relay6[0].linkaddr == 2001:db8:2::1",
    "relay6[0].option[37].exists",
    "pkt6.msgtype == 1",
    "pkt6.msgtype == 3 or pkt6.msgtype == 5",
    "member('KNOWN')",
    "not member('KNOWN')",
    "member('UNKNOWN') and option[6].exists",
    "member('ALL')",
    "vendor[4491].exists",
    "pkt.iface == 'srv0'",
    "option[14].exists",
    "option[59].text == 'x'",
)
CLASS_NAMES = ("red", "green", "blue", "white")
HOST_NAMES = ("host-a", "host-b.example.org", "UPPER", "h")


def identifier(dice: Dice, number: int) -> Json:
    """Return one of the identifiers under which a reservation may be for client *number*."""
    kind = dice.weighted({"duid": 7, "hw-address": 4, "flex-id": 1})
    if kind == "duid":
        return {kind: duid(number).hex(":") if dice.chance(0.7) else duid(number).hex()}
    if kind == "flex-id":
        return {kind: "'flexible'"}
    return {kind: mac(number).hex(":")}


class Configuration6:
    """Makes one random configuration; `made` is it, and the other attributes what clients like to know about it."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.addresses: list[str] = []
        self.delegated: list[tuple[str, int]] = []
        self.prefixes: list[str] = []
        self.classes: list[str] = []
        self.valid = dice.choice((800, 3600, 4000, 86400, 100000000))
        self._subnet_id = 0
        self._own = OWN if dice.chance(0.4) else ()
        self.made = self._make()

    def _options(self, most: int = 3) -> Json:
        found = option_data(self.dice, (*OPTIONS, *self._own, *self._own), "dhcp6", most)
        if self._own and self.dice.chance(0.4):
            found.append({"space": "held", "code": 1, "data": "2001:db8::99"})
        if self.dice.chance(0.15):
            space = f"vendor-{self.dice.choice((4491, 4491, 25506))}"
            found.append({"space": space, "code": self.dice.choice((1, 99)), "data": "0a2c", "csv-format": False})
            if self.dice.chance(0.5):
                found.append({"name": "vendor-opts", "data": self.dice.choice(("4491", "25506"))})
        return {"option-data": found}

    def _some_classes(self, most: int = 2) -> list[str]:
        return self.dice.some((*self.classes, *self.classes, "KNOWN", "UNKNOWN", "ALL", "VENDOR_CLASS_foo"), most, 1)

    def _limit(self, scope: Json, guarded: float, required: float) -> None:
        dice = self.dice
        if dice.chance(guarded):
            scope["client-class"] = dice.choice(self._some_classes())
        if self.classes and dice.chance(required):
            scope["require-client-classes"] = list(dict.fromkeys(dice.some(self.classes, 3, 1)))

    def _scope(self, scope: Json) -> None:
        """Add what may stand in the global scope, in networks and in subnets."""
        dice = self.dice
        if dice.chance(0.4):
            scope.update(lifetimes(dice, "valid-lifetime", self.valid))
        if dice.chance(0.4):
            scope.update(lifetimes(dice, "preferred-lifetime", self.valid * 5 // 8))
        put(dice, scope, 0.3, timers)
        put(dice, scope, 0.25, names)
        put(dice, scope, 0.15, caching)
        put(dice, scope, 0.25, reservation_flags)
        if dice.chance(0.4):
            scope.update(self._options())
        if dice.chance(0.15):
            scope["store-extended-info"] = dice.chance(0.8)

    def _pools(self, prefix: str) -> list[Json]:
        dice, pools, low = self.dice, [], 0x10
        for _ in range(dice.choice((0, 1, 1, 1, 2, 2, 3))):
            size = dice.choice((1, 1, 2, 3, 5, 8))
            pool: Json = {"pool": f"{prefix}{low:x}{dice.choice((' - ', '-'))}{prefix}{low + size - 1:x}"}
            if dice.chance(0.1):
                low, size = -(-low // 4) * 4, 4
                pool = {"pool": f"{prefix}{low:x}/126"}
            self.addresses += [f"{prefix}{each:x}" for each in range(low, low + size)]
            low += size + dice.choice((0, 0, 2))
            self._limit(pool, 0.2, 0.15)
            if dice.chance(0.2):
                pool.update(self._options(2))
            pools.append(pool)
        return pools

    def _prefix_pools(self) -> list[Json]:
        dice, pools = self.dice, []
        for each in range(dice.choice((0, 1, 1, 2))):
            length, delegated = dice.choice(((46, 48), (47, 48), (48, 48), (54, 56), (55, 56), (62, 64)))
            base = 0x1000 * self._subnet_id + 0x100 * each
            pool: Json = {"prefix": f"2001:db8:{base:x}::", "prefix-len": length, "delegated-len": delegated}
            if length < 48:
                pool["prefix"] = f"2001:db8:{base & 0xFFF0:x}::"
            step = 1 << (128 - delegated)
            first = (0x20010DB8 << 96) | (int(pool["prefix"].split(":")[2], 16) << 80)
            for place in range(1 << (delegated - length)):
                words = f"{first + place * step:032x}"
                text = ":".join(words[at : at + 4] for at in range(0, 16, 4))
                self.delegated.append((f"{text}::", delegated))
            if dice.chance(0.15) and delegated < 64:
                pool["excluded-prefix"] = pool["prefix"]
                pool["excluded-prefix-len"] = 72
            self._limit(pool, 0.15, 0.15)
            if dice.chance(0.2):
                pool.update(self._options(2))
            pools.append(pool)
        return pools

    def _host(self, number: int, prefix: str | None) -> Json:
        dice = self.dice
        host = identifier(dice, number)
        base = prefix or dice.choice(self.prefixes or ["2001:db8:1::"])
        if dice.chance(0.55):
            spots = dice.some((0x10, 0x11, 0x12, 0x13, 0x14, 0x100 + number, 0x100 + number, 0x200), 2, 1)
            host["ip-addresses"] = list(dict.fromkeys(f"{base}{each:x}" for each in spots))
            self.addresses += host["ip-addresses"]
        if dice.chance(0.3):
            other = ("2001:db8:abc::", 48), ("2001:db8:def:100::", 56)
            chosen = dice.some((*self.delegated, *other), dice.choice((1, 1, 2)), 1)
            host["prefixes"] = list(dict.fromkeys(f"{text}/{length}" for text, length in chosen))
            self.delegated += chosen
        if dice.chance(0.35):
            host["hostname"] = dice.choice(HOST_NAMES)
        if self.classes and dice.chance(0.3):
            host["client-classes"] = dice.some((*self.classes, "reserved"), 2, 1)
        if dice.chance(0.25):
            host.update(self._options(2))
        if set(host) <= {"duid", "hw-address", "client-id", "circuit-id", "flex-id", "client-classes"}:
            host["hostname"] = "alone"
        return host

    def _hosts(self, prefix: str | None) -> list[Json]:
        found: list[Json] = []
        seen: set[str] = set()
        for number in self.dice.some(range(1, CLIENTS + 1), 5):
            host = self._host(number, prefix)
            kind = next(iter(host))
            marks = {kind + str(host[kind]).replace(":", ""), *host.get("ip-addresses", ()), *host.get("prefixes", ())}
            if marks & seen and self.dice.chance(0.95):
                continue
            seen |= marks
            found.append(host)
        return found

    def _subnet(self, link: int, place: int, network: bool) -> Json:
        dice = self.dice
        self._subnet_id += 1
        prefix = f"2001:db8:{link}::" if place == 0 else f"2001:db8:{link}:{place}::"
        self.prefixes.append(prefix)
        subnet: Json = {"id": self._subnet_id, "subnet": f"{prefix}/64"}
        subnet["pools"] = self._pools(prefix)
        subnet["pd-pools"] = self._prefix_pools()
        self._scope(subnet)
        self._limit(subnet, 0.15, 0.2)
        if not network:
            self._where(subnet, link)
        if dice.chance(0.3) and not network:
            subnet["rapid-commit"] = dice.chance(0.8)
        if dice.chance(0.55):
            subnet["reservations"] = self._hosts(prefix)
        return subnet

    def _where(self, scope: Json, link: int) -> None:
        dice = self.dice
        if link == 1:
            if dice.chance(0.9):
                scope["interface"] = "srv0"
        elif dice.chance(0.2):
            scope["interface-id"] = dice.choice(("port1", "port2"))
        elif dice.chance(0.15):
            scope["relay"] = {"ip-addresses": dice.some(("2001:db8:9::1", *LINKS[:3]), 2, 1)}

    def _network(self, link: int, count: int) -> Json:
        dice = self.dice
        network: Json = {"name": f"net{link}", "subnet6": [self._subnet(link, each, True) for each in range(count)]}
        self._scope(network)
        self._limit(network, 0.1, 0.2)
        self._where(network, link)
        if dice.chance(0.3):
            for each in (network, *network["subnet6"]):
                each["rapid-commit"] = True
        return network

    def _client_class(self, name: str) -> Json:
        dice = self.dice
        # No lifetimes: Kea gives those of classes at REQUEST and forgets them at RENEW (see accepted.py).
        made: Json = {"name": name}
        if dice.chance(0.9):
            others = [f"member('{each}')" for each in self.classes]
            made["test"] = dice.choice((*TESTS, *others))
        if dice.chance(0.25):
            made["only-if-required"] = dice.chance(0.8)
        if dice.chance(0.5):
            made.update(self._options())
        return made

    def _make(self) -> Json:
        dice = self.dice
        whole: Json = {"interfaces-config": {"interfaces": ["srv0"]}}
        if self._own:
            whole["option-def"] = list(DEFINITIONS)
        classes = []
        for name in dice.some(CLASS_NAMES, 4):
            classes.append(self._client_class(name))
            self.classes.append(name)
        if dice.chance(0.1):
            classes.append({"name": "DROP", "test": dice.choice((TESTS[1], TESTS[9], TESTS[12], TESTS[13]))})
        if classes:
            whole["client-classes"] = classes
        self._scope(whole)
        if dice.chance(0.4):
            whole["dhcp-ddns"] = {"enable-updates": True}  # nobody listens there
        whole.setdefault("valid-lifetime", self.valid)
        whole.setdefault("preferred-lifetime", self.valid * 5 // 8)
        if dice.chance(0.15):
            whole["early-global-reservations-lookup"] = dice.chance(0.5)
        if dice.chance(0.15):
            whole["reservations-lookup-first"] = dice.chance(0.8)
        if dice.chance(0.1):
            whole["ip-reservations-unique"] = dice.chance(0.3)
        if dice.chance(0.2):
            whole["host-reservation-identifiers"] = dice.some(("hw-address", "duid", "flex-id"), 3, 1)
        if dice.chance(0.15):
            whole["mac-sources"] = dice.some(
                ("any", "duid", "ipv6-link-local", "client-link-addr-option", "rfc6939"), 2, 1
            )
        if dice.chance(0.15):
            whole["relay-supplied-options"] = dice.some(("110", "23", "dns-servers", "120"), 2, 1)
        if dice.chance(0.1):
            whole["compatibility"] = {"lenient-option-parsing": dice.chance(0.8)}
        if dice.chance(0.1):
            whole["decline-probation-period"] = dice.choice((300, 86400))
        for link in (1, *dice.some((2, 3), 2)):
            count = dice.choice((1, 1, 2, 2, 3))
            if count > 1 or dice.chance(0.3):
                whole.setdefault("shared-networks", []).append(self._network(link, count))
            else:
                whole.setdefault("subnet6", []).append(self._subnet(link, 0, False))
        if dice.chance(0.3):
            whole["reservations"] = self._hosts(None)
        return whole
