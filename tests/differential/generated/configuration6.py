"""What random DHCPv6 configurations have that DHCPv4 has not, or has otherwise."""

from __future__ import annotations

from typing import ClassVar

from tests.differential.generated.configuration import INFINITE, VENDORS, Configuration
from tests.differential.generated.scopes import Entry, lifetimes
from tests.support.kea import Json
from tests.support.packets import duid, mac

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
SOFTWIRE = (
    ("s46-cont-mape", "s46-rule", "1, 0, 24, 192.0.2.0, 2001:db8:1::/64"),
    ("s46-cont-lw", "s46-v4v6bind", "192.0.2.3, 2001:db8:1::/64"),
)
"""Containers, something in them that holds options itself, and its data."""

HUGE = (
    ((0, (1 << 64) - 1),),
    ((1 << 16, 1 << 32),),
    ((1 << 32, (1 << 64) - 1),),
    ((1 << 32, (1 << 63) - 1), (1 << 63, (1 << 64) - 1)),
)
"""Pools with more addresses than a small number counts, by their first and last one in a subnet."""


class Configuration6(Configuration):
    """One random DHCPv6 configuration.

    delegated: prefixes that mean something, with their lengths. global_address: whether the server listens at one.
    """

    family = 6
    options = OPTIONS
    own = OWN
    definitions = DEFINITIONS
    inner = "2001:db8::99"
    tests = TESTS
    drops = (TESTS[1], TESTS[9], TESTS[12], TESTS[13])
    identifiers: ClassVar = {"duid": 7, "hw-address": 4, "flex-id": 1}
    first_host = 0x10
    last_host = (1 << 64) - 1

    def _begin(self) -> None:
        self.delegated: list[tuple[str, int]] = []
        self.global_address = False

    def _more_options(self, found: list[Json]) -> None:
        dice = self.dice
        if dice.chance(0.15):
            space = f"vendor-{dice.choice(VENDORS)}"
            found.append({"space": space, "code": dice.choice((1, 99)), "data": "0a2c", "csv-format": False})
            if dice.chance(0.5):
                found.append({"name": "vendor-opts", "data": str(dice.choice(VENDORS))})
        if dice.chance(0.1):
            # Softwire containers three deep: RFC 7598.
            container, inner, data = dice.choice(SOFTWIRE)
            found.append({"name": container})
            found.append({"name": "s46-br", "space": f"{container}-options", "data": "2001:db8:cafe::1"})
            found.append({"name": inner, "space": f"{container}-options", "data": data})
            if dice.chance(0.5):
                found.append({"name": "s46-portparams", "space": f"{inner}-options", "data": "2, 3/4"})

    def _more_scope(self, scope: Json, alone: bool) -> None:
        if self.dice.chance(0.4):
            scope.update(lifetimes(self.dice, "preferred-lifetime", self.valid * 5 // 8))

    def _far_pools(self, prefix: str, pools: list[Json]) -> list[Json]:
        if self.dice.chance(0.2):
            return super()._far_pools(prefix, pools)
        # Beside the small pools, or instead of them, what takes many bits to count.
        for first, last in self.dice.choice(HUGE):
            bounds = f"{self.address(prefix, first)} - {self.address(prefix, last)}"
            pool = self._finish_pool({"pool": bounds if first else f"{prefix}/64"}, 0.2)
            pools = [*pools, pool] if first else [pool]
            self.addresses += [self.address(prefix, first + 7), self.address(prefix, last)]
        return pools

    def _prefix_pools(self, number: int) -> list[Json]:
        # Not /128: Kea takes such a prefix for an address, and looks for its options and classes in other pools.
        dice, pools = self.dice, []
        for each in range(dice.choice((0, 1, 1, 2))):
            length, delegated = dice.choice(
                (*((46, 48), (47, 48), (48, 48), (54, 56), (55, 56), (62, 64)) * 3, (48, 64), (48, 112), (48, 127))
            )
            base = 0x1000 * number + 0x100 * each
            pool: Json = {"prefix": f"2001:db8:{base:x}::", "prefix-len": length, "delegated-len": delegated}
            if length < 48:
                pool["prefix"] = f"2001:db8:{base & 0xFFF0:x}::"
            step = 1 << (128 - delegated)
            first = (0x20010DB8 << 96) | (int(pool["prefix"].split(":")[2], 16) << 80)
            for place in range(min(1 << (delegated - length), 4)):
                words = f"{first + place * step:032x}"
                self.delegated.append((":".join(words[at : at + 4] for at in range(0, 32, 4)), delegated))
            if dice.chance(0.15) and delegated < 64:
                pool["excluded-prefix"] = pool["prefix"]
                pool["excluded-prefix-len"] = dice.choice((72, delegated + 1, 96))
            pools.append(self._finish_pool(pool, 0.15))
        return pools

    def _identifier(self, number: int, kind: str) -> Json:
        if kind == "duid":
            return {kind: duid(number).hex(":") if self.dice.chance(0.7) else duid(number).hex()}
        if kind == "flex-id":
            return {kind: "'flexible'"}
        return {kind: mac(number).hex(":")}

    def _more_host(self, host: Json, number: int, prefix: str | None) -> list[str]:
        dice = self.dice
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
        return [*host.get("ip-addresses", ()), *host.get("prefixes", ())]

    def _more_class(self, made: Json) -> None:
        """Add nothing: Kea gives lifetimes of classes at REQUEST and forgets them at RENEW (see accepted.py)."""

    def _more_globals(self, whole: Json) -> None:
        dice = self.dice
        whole.setdefault("preferred-lifetime", INFINITE if dice.chance(0.05) else self.valid * 5 // 8)
        if dice.chance(0.15):
            kinds = ("any", "duid", "ipv6-link-local", "client-link-addr-option", "rfc6939", "remote-id", "rfc4649")
            whole["mac-sources"] = dice.some((*kinds, "subscriber-id", "docsis-cmts", "docsis-modem"), 3, 1)
        if dice.chance(0.15):
            whole["relay-supplied-options"] = dice.some(("110", "23", "dns-servers", "120"), 2, 1)
        self.global_address = dice.chance(0.1)
        if self.global_address:
            whole["interfaces-config"] = {"interfaces": ["srv0", "srv0/2001:db8:1::1"]}

    def _finish(self, whole: Json) -> None:
        """Change nothing."""

    def _prefix(self, link: int, place: int) -> str:
        return f"2001:db8:{link + 1}::" if place == 0 else f"2001:db8:{link + 1}:{place}::"

    def _subnet_text(self, prefix: str) -> str:
        return f"{prefix}/64"

    def address(self, prefix: str, number: int) -> str:
        """Return the address with *number* in the subnet of *prefix*."""
        if number < 1 << 16:
            return f"{prefix}{number:x}"
        words = [*prefix.removesuffix("::").split(":"), "0", "0"][:4]
        return ":".join((*words, *(f"{number >> shift & 0xFFFF:x}" for shift in (48, 32, 16, 0))))

    def _more_subnet(self, subnet: Json, link: int, prefix: str, network: bool) -> None:
        subnet["pd-pools"] = self._prefix_pools(subnet["id"])
        if not network:
            self._where(subnet, link)
            if self.dice.chance(0.3):
                subnet["rapid-commit"] = self.dice.chance(0.8)

    def _where(self, scope: Json, link: int) -> None:
        dice = self.dice
        if link == 0:
            if dice.chance(0.9):
                scope["interface"] = "srv0"
        elif dice.chance(0.2):
            scope["interface-id"] = dice.choice(("port1", "port2"))
        elif dice.chance(0.15):
            scope["relay"] = {"ip-addresses": dice.some(("2001:db8:9::1", *LINKS[:3]), 2, 1)}

    def _more_network(self, network: Json, link: int) -> None:
        self._where(network, link)
        if self.dice.chance(0.3):
            for each in (network, *network["subnet6"]):
                each["rapid-commit"] = True
