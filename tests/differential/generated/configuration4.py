"""Random DHCPv4 configurations: mostly valid ones, dense enough that a dozen clients meet everything in them."""

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
from tests.support.packets import mac

CLIENTS = 10
RELAYS = ("192.0.2.2", "10.1.0.1", "10.2.0.1", "10.3.0.1")
"""The first is on the server's own link."""

OPTIONS: tuple[Entry, ...] = (
    ("routers", 3, ("192.0.2.1", "10.1.0.1, 10.1.0.2", "")),
    ("domain-name-servers", 6, ("192.0.2.53", "192.0.2.53,192.0.2.54 , 10.0.0.53")),
    ("domain-name", 15, ("example.org", "a.b.c")),
    ("time-offset", 2, ("3600", "-7200")),
    ("ntp-servers", 42, ("10.9.9.9",)),
    ("domain-search", 119, ("example.org, sub.example.org",)),
    ("interface-mtu", 26, ("1400", "9000")),
    ("boot-file-name", 67, ("boot.img",)),
    ("tftp-server-name", 66, ("tftp.example.org",)),
    ("static-routes", 33, ("10.0.0.0, 10.0.0.1",)),
    ("ip-forwarding", 19, ("true", "false", "0")),
    ("host-name", 12, ("named-by-option",)),
    ("dhcp-server-identifier", 54, ("192.0.2.1", "10.99.0.1")),
    ("subnet-mask", 1, ("255.255.0.0",)),
    ("v6-only-preferred", 108, ("1800",)),
    ("vendor-class-identifier", 60, ("srv",)),
    ("www-server", 72, ("192.0.2.80", "192.0.2.80, 192.0.2.81")),
    ("tcode", 101, ("Europe/Zurich",)),
    ("rdnss-selection", 146, ("1, 192.0.2.5, 192.0.2.6, example.com",)),
    ("uap-servers", 98, ("http://a.example, http://b.example",)),
)
OWN: tuple[Entry, ...] = (
    ("frob", 224, ("7", "65535")),
    ("pairs", 225, ("192.0.2.7, 5, true", "0.0.0.0, 0, false")),
    ("words", 226, ("one.example, two.example", "three.example.org")),
    ("holder", 227, ("9", "0")),
    ("nets", 228, ("7, 9",)),
)
DEFINITIONS: tuple[Json, ...] = (
    {"name": "frob", "code": 224, "type": "uint16"},
    {"name": "pairs", "code": 225, "type": "record", "record-types": "ipv4-address, uint8, boolean"},
    {"name": "words", "code": 226, "type": "fqdn", "array": True},
    {"name": "holder", "code": 227, "type": "uint8", "encapsulate": "held"},
    {"name": "inner", "code": 1, "space": "held", "type": "ipv4-address"},
    {"name": "nets", "code": 228, "type": "record", "record-types": "uint32, uint32"},
)
TESTS = (
    "option[60].exists",
    "substring(option[60].hex,0,3) == 'foo'",
    "option[60].text == 'bar'",
    "option[77].hex == 0x0375736572",
    "option[12].exists or option[81].exists",
    "not option[61].exists",
    "substring(pkt4.mac,5,1) == 0x03 or substring(pkt4.mac,5,1) == 0x04",
    "relay4[1].exists",
    "relay4[1].hex == 'port1'",
    "pkt4.giaddr == 10.1.0.1",
    "pkt4.msgtype == 1",
    "member('KNOWN')",
    "not member('KNOWN')",
    "member('UNKNOWN') and option[60].exists",
    "member('ALL')",
    "member('VENDOR_CLASS_foo')",
    "pkt.iface == 'srv0'",
    "hexstring(substring(option[61].hex,0,1),'') == '01'",
    "ifelse(option[93].exists, substring(option[93].hex,1,1), 'x') == 0x07",
    "option[55].exists and pkt4.hlen == 6",
)
CLASS_NAMES = ("red", "green", "blue", "white")
VENDOR_CLASSES = (b"foo", b"foobar", b"bar", b"other")
HOST_NAMES = ("host-a", "host-b.example.org", "UPPER", "h")


def client_identifier(number: int) -> bytes | None:
    """Return option 61 of client *number*, which some do not have."""
    kind = number % 5
    if kind == 0:
        return None
    if kind == 1:
        return b"\1" + mac(number)
    if kind == 2:
        return b"\xff" + number.to_bytes(4, "big") + b"\0\3\0\1" + mac(number)
    if kind == 3:
        return b"\0client" + bytes((48 + number,))
    return b"\x00\x11" + bytes((number,))


def identifier(dice: Dice, number: int) -> Json:
    """Return one of the identifiers under which a reservation may be for client *number*."""
    kind = dice.weighted({"hw-address": 6, "client-id": 3, "duid": 2, "circuit-id": 1, "flex-id": 1})
    if kind == "client-id":
        return {kind: (client_identifier(number) or b"\1" + mac(number)).hex(":")}
    if kind == "duid":
        return {kind: (b"\0\3\0\1" + mac(number)).hex(":")}
    if kind in ("circuit-id", "flex-id"):
        return {kind: dice.choice(("'port1'", "'port2'", "70:6f:72:74:33"))}
    return {kind: mac(number).hex(":") if dice.chance(0.7) else mac(number).hex()}


class Configuration4:
    """Makes one random configuration; `made` is it, and the other attributes what clients like to know about it."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.addresses: list[str] = []
        self.prefixes: list[str] = []
        self.classes: list[str] = []
        self.valid = dice.choice((800, 3600, 4000, 86400, 100000000))
        self._subnet_id = 0
        self._own = OWN if dice.chance(0.4) else ()
        self._containers = dice.chance(0.4)
        self.made = self._make()

    def _options(self, most: int = 3) -> Json:
        entries = (*OPTIONS, *self._own, *self._own)
        found = option_data(self.dice, entries, "dhcp4", most)
        if self._own and self.dice.chance(0.4):
            found.append({"space": "held", "code": 1, "data": "192.0.2.99"})
        if self.dice.chance(0.15):
            # Kea adds sub-options to a configured container for good: the two do not go together in one configuration.
            if self._containers:
                found.append({"name": "vivso-suboptions", "data": "4491"})
            else:
                code = self.dice.choice((2, 51))
                found.append({"space": "vendor-4491", "code": code, "csv-format": False, "data": "0a2c5b01"})
                if self.dice.chance(0.5):
                    found[-1]["always-send"] = True
        if self.dice.chance(0.1):
            space = "vendor-encapsulated-options-space"
            found.append({"space": space, "code": 5, "data": "0102", "csv-format": False})
            found.append({"name": "vendor-encapsulated-options"})
        return {"option-data": found}

    def _boot(self) -> Json:
        dice = self.dice
        whole = {
            "next-server": dice.choice(("192.0.2.9", "0.0.0.0", "10.9.0.9")),
            "server-hostname": dice.choice(("boot.example.org", "", "s")),
            "boot-file-name": dice.choice(("pxelinux.0", "", "f" * 60)),
        }
        return {key: whole[key] for key in dice.some(tuple(whole), 3, 1)}

    def _some_classes(self, most: int = 2) -> list[str]:
        return self.dice.some((*self.classes, *self.classes, "KNOWN", "UNKNOWN", "ALL", "VENDOR_CLASS_foo"), most, 1)

    def _limit(self, scope: Json, guarded: float, required: float) -> None:
        dice = self.dice
        if dice.chance(guarded):
            scope["client-class"] = dice.choice(self._some_classes())
        if self.classes and dice.chance(required):
            scope["require-client-classes"] = list(dict.fromkeys(dice.some(self.classes, 3, 1)))

    def _scope(self, scope: Json, alone: bool = True) -> None:
        """Add what may stand in the global scope, in networks and in subnets (alone: not in those of a network)."""
        dice = self.dice
        if dice.chance(0.4):
            scope.update(lifetimes(dice, "valid-lifetime", self.valid))
        put(dice, scope, 0.3, timers)
        put(dice, scope, 0.25, names)
        put(dice, scope, 0.15, caching)
        put(dice, scope, 0.25, reservation_flags)
        if dice.chance(0.25):
            scope.update(self._boot())
        if dice.chance(0.4):
            scope.update(self._options())
        if dice.chance(0.25):
            scope["match-client-id"] = dice.chance(0.4)
        if alone and dice.chance(0.3):
            scope["authoritative"] = dice.chance(0.7)
        if dice.chance(0.15):
            scope["store-extended-info"] = dice.chance(0.8)

    def _pools(self, prefix: str) -> list[Json]:
        dice, pools, low = self.dice, [], 10
        for _ in range(dice.choice((0, 1, 1, 1, 2, 2, 3))):
            size = dice.choice((1, 1, 2, 3, 5, 8))
            pool: Json = {"pool": f"{prefix}.{low}{dice.choice((' - ', '-'))}{prefix}.{low + size - 1}"}
            if dice.chance(0.1):
                low, size = -(-low // 4) * 4, 4
                pool = {"pool": f"{prefix}.{low}/30"}
            self.addresses += [f"{prefix}.{each}" for each in range(low, low + size)]
            low += size + dice.choice((0, 0, 2))
            self._limit(pool, 0.2, 0.15)
            if dice.chance(0.2):
                pool.update(self._options(2))
            pools.append(pool)
        return pools

    def _host(self, number: int, prefix: str | None) -> Json:
        dice = self.dice
        host = identifier(dice, number)
        if dice.chance(0.6):
            base = prefix or dice.choice(self.prefixes or ["192.0.2"])
            host["ip-address"] = f"{base}.{dice.choice((10, 11, 12, 13, 14, 100 + number, 100 + number, 200))}"
            self.addresses.append(host["ip-address"])
        if dice.chance(0.35):
            host["hostname"] = dice.choice(HOST_NAMES)
        if self.classes and dice.chance(0.3):
            host["client-classes"] = dice.some((*self.classes, "reserved"), 2, 1)
        if dice.chance(0.25):
            host.update(self._options(2))
        if dice.chance(0.15):
            host.update(self._boot())
        if set(host) <= {"duid", "hw-address", "client-id", "circuit-id", "flex-id", "client-classes"}:
            host["hostname"] = "alone"
        return host

    def _hosts(self, prefix: str | None) -> list[Json]:
        found, seen = [], set()
        for number in self.dice.some(range(1, CLIENTS + 1), 4):
            host = self._host(number, prefix)
            kind = next(iter(host))
            marks = {(kind, str(host[kind]).replace(":", "")), ("ip-address", host.get("ip-address", number))}
            if marks & seen and self.dice.chance(0.95):
                continue
            seen |= marks
            found.append(host)
        return found

    def _subnet(self, prefix: str, network: bool) -> Json:
        dice = self.dice
        self._subnet_id += 1
        self.prefixes.append(prefix)
        subnet: Json = {"id": self._subnet_id * dice.choice((1, 1, 1)), "subnet": f"{prefix}.0/24"}
        subnet["pools"] = self._pools(prefix)
        self._scope(subnet, not network)
        self._limit(subnet, 0.15, 0.2)
        if dice.chance(0.1) and not network:
            subnet["relay"] = {"ip-addresses": dice.some(("10.9.0.1", *RELAYS), 2, 1)}
        if dice.chance(0.05):
            subnet["interface"] = "srv0"
        if dice.chance(0.55):
            subnet["reservations"] = self._hosts(prefix)
        return subnet

    def _network(self, link: int, prefixes: list[str]) -> Json:
        dice = self.dice
        network: Json = {"name": f"net{link}", "subnet4": [self._subnet(each, True) for each in prefixes]}
        self._scope(network)
        self._limit(network, 0.1, 0.2)
        if dice.chance(0.15):
            network["relay"] = {"ip-addresses": [dice.choice(RELAYS)]}
        if link == 0 and dice.chance(0.2):
            network["interface"] = "srv0"
        return network

    def _client_class(self, name: str) -> Json:
        dice = self.dice
        made: Json = {"name": name}
        if dice.chance(0.9):
            others = [f"member('{each}')" for each in self.classes]
            made["test"] = dice.choice((*TESTS, *others))
        if dice.chance(0.25):
            made["only-if-required"] = dice.chance(0.8)
        if dice.chance(0.5):
            made.update(self._options())
        if dice.chance(0.3):
            made.update(lifetimes(dice, "valid-lifetime", self.valid))
        if dice.chance(0.2):
            made.update(self._boot())
        if dice.chance(0.1):
            made["option-def"] = [{"name": "local", "code": 250, "type": "uint8"}]
            made.setdefault("option-data", []).append({"code": 250, "name": "local", "data": "77"})
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
            classes.append({"name": "DROP", "test": dice.choice(("option[60].text == 'other'", *TESTS[6:8]))})
        if classes:
            whole["client-classes"] = classes
        self._scope(whole)
        if dice.chance(0.4):
            whole["dhcp-ddns"] = {"enable-updates": True}  # nobody listens there
        whole.setdefault("valid-lifetime", self.valid)
        for key, probability in (("echo-client-id", 0.1), ("early-global-reservations-lookup", 0.15)):
            if dice.chance(probability):
                whole[key] = dice.chance(0.5)
        if dice.chance(0.15):
            whole["reservations-lookup-first"] = dice.chance(0.8)
        if dice.chance(0.1):
            whole["ip-reservations-unique"] = dice.chance(0.3)
        if dice.chance(0.2):
            kinds = ("hw-address", "duid", "circuit-id", "client-id", "flex-id")
            whole["host-reservation-identifiers"] = dice.some(kinds, 5, 1)
        if dice.chance(0.1):
            whole["compatibility"] = {"lenient-option-parsing": dice.chance(0.8)}
        if dice.chance(0.1):
            whole["decline-probation-period"] = dice.choice((300, 86400))
        for link in (0, *dice.some((1, 2), 2)):
            base = "192.0.2" if link == 0 else f"10.{link}.0"
            more = [f"10.{link}.{10 + each}" for each in range(dice.choice((0, 1, 1, 2)))]
            if more or dice.chance(0.3):
                whole.setdefault("shared-networks", []).append(self._network(link, [base, *more]))
            else:
                whole.setdefault("subnet4", []).append(self._subnet(base, False))
        if dice.chance(0.3):
            whole["reservations"] = self._hosts(None)
        return whole
