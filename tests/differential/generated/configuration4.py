"""What random DHCPv4 configurations have that DHCPv6 has not, or has otherwise."""

from __future__ import annotations

from typing import ClassVar

from tests.differential.generated.configuration import VENDORS, Configuration
from tests.differential.generated.scopes import Entry, lifetimes
from tests.support.kea import Json
from tests.support.packets import mac

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
    {"name": "deep", "code": 1, "space": "inside", "type": "uint16"},
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
VENDOR_CLASSES = (b"foo", b"foobar", b"bar", b"other")


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


class Configuration4(Configuration):
    """One random DHCPv4 configuration."""

    family = 4
    options = OPTIONS
    own = OWN
    definitions = DEFINITIONS
    inner = "192.0.2.99"
    tests = TESTS
    drops = ("option[60].text == 'other'", *TESTS[6:8])
    identifiers: ClassVar = {"hw-address": 6, "client-id": 3, "duid": 2, "circuit-id": 1, "flex-id": 1}
    passing: ClassVar = ("circuit-id", "flex-id")
    first_host = 10
    last_host = 255

    def _begin(self) -> None:
        self._containers = self.dice.chance(0.4)

    def _more_options(self, found: list[Json]) -> None:
        dice = self.dice
        if dice.chance(0.15):
            # Kea adds sub-options to a configured container for good: the two do not go together in one configuration.
            if self._containers:
                found.append({"name": "vivso-suboptions", "data": str(dice.choice(VENDORS))})
            else:
                space, code = f"vendor-{dice.choice(VENDORS)}", dice.choice((2, 51))
                found.append({"space": space, "code": code, "csv-format": False, "data": "0a2c5b01"})
                if dice.chance(0.5):
                    found[-1]["always-send"] = True
        if dice.chance(0.1):
            space = "vendor-encapsulated-options-space"
            found.append({"space": space, "code": 5, "data": "0102", "csv-format": False})
            found.append({"name": "vendor-encapsulated-options"})

    def _boot(self) -> Json:
        dice = self.dice
        whole = {
            "next-server": dice.choice(("192.0.2.9", "0.0.0.0", "10.9.0.9")),
            "server-hostname": dice.choice(("boot.example.org", "", "s")),
            "boot-file-name": dice.choice(("pxelinux.0", "", "f" * 60)),
        }
        return {key: whole[key] for key in dice.some(tuple(whole), 3, 1)}

    def _more_scope(self, scope: Json, alone: bool) -> None:
        dice = self.dice
        if dice.chance(0.25):
            scope.update(self._boot())
        if dice.chance(0.25):
            scope["match-client-id"] = dice.chance(0.4)
        if alone and dice.chance(0.3):
            scope["authoritative"] = dice.chance(0.7)

    def _identifier(self, number: int, kind: str) -> Json:
        dice = self.dice
        if kind == "client-id":
            return {kind: (client_identifier(number) or b"\1" + mac(number)).hex(":")}
        if kind == "duid":
            return {kind: (b"\0\3\0\1" + mac(number)).hex(":")}
        if kind in ("circuit-id", "flex-id"):
            return {kind: dice.choice(("'port1'", "'port2'", "70:6f:72:74:33"))}
        return {kind: mac(number).hex(":") if dice.chance(0.7) else mac(number).hex()}

    def _more_host(self, host: Json, number: int, prefix: str | None) -> list[str]:
        dice = self.dice
        reserved = []
        if dice.chance(0.6):
            base = prefix or dice.choice(self.prefixes or ["192.0.2"])
            host["ip-address"] = f"{base}.{dice.choice((10, 11, 12, 13, 14, 100 + number, 100 + number, 200))}"
            reserved.append(host["ip-address"])
            self.addresses += reserved
        if dice.chance(0.15):
            host.update(self._boot())
        return reserved

    def _more_class(self, made: Json) -> None:
        dice = self.dice
        if dice.chance(0.3):
            made.update(lifetimes(dice, "valid-lifetime", self.valid))
        if dice.chance(0.2):
            made.update(self._boot())
        options = made.setdefault("option-data", [])
        if dice.chance(0.1):
            made["option-def"] = [{"name": "local", "code": 250, "type": "uint8"}]
            options.append({"code": 250, "name": "local", "data": "77"})
        elif dice.chance(0.1):
            # Option 43 means what the class says: here a number, or options of a space of its own.
            empty = bool(self._own) and dice.chance(0.5)
            kind: Json = {"type": "empty", "encapsulate": "inside"} if empty else {"type": "uint32"}
            made["option-def"] = [{"name": "vendor-encapsulated-options", "code": 43, **kind}]
            if empty:
                options.append({"name": "deep", "space": "inside", "data": "513"})
            options[:] = [each for each in options if each.get("name") != "vendor-encapsulated-options"]
            options.append({"name": "vendor-encapsulated-options", **({} if empty else {"data": "305419896"})})

    def _more_globals(self, whole: Json) -> None:
        if self.dice.chance(0.1):
            whole["echo-client-id"] = self.dice.chance(0.5)

    def _finish(self, whole: Json) -> None:
        """Give all hosts an address if one has one globally: see v4-subnet-host-without-address-beside-a-global-one."""
        if not any("ip-address" in host for host in whole.get("reservations", ())):
            return
        scopes = (whole, *whole.get("shared-networks", ()))
        for subnet in (each for scope in scopes for each in scope.get("subnet4", ())):
            for number, host in enumerate(subnet.get("reservations", ()), 150):
                host.setdefault("ip-address", self.address(subnet["subnet"].rpartition(".")[0], number))

    def _prefix(self, link: int, place: int) -> str:
        if place:
            return f"10.{link}.{9 + place}"
        return f"10.{link}.0" if link else "192.0.2"

    def _subnet_text(self, prefix: str) -> str:
        return f"{prefix}.0/24"

    def address(self, prefix: str, number: int) -> str:
        """Return the address with *number* in the subnet of *prefix*."""
        return f"{prefix}.{number}"

    def _more_subnet(self, subnet: Json, link: int, prefix: str, network: bool) -> None:
        dice = self.dice
        if dice.chance(0.1) and not network:
            subnet["relay"] = {"ip-addresses": dice.some(("10.9.0.1", *RELAYS), 2, 1)}
        if dice.chance(0.05):
            subnet["interface"] = "srv0"

    def _more_network(self, network: Json, link: int) -> None:
        dice = self.dice
        if dice.chance(0.15):
            network["relay"] = {"ip-addresses": [dice.choice(RELAYS)]}
        if link == 0 and dice.chance(0.2):
            network["interface"] = "srv0"
