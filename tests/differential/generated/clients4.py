"""Random DHCPv4 clients: what each says next, given what it was told before. Some are rude, and some are broken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from tests.differential.cases.client4 import SERVER, lifetime, server_id, wants
from tests.differential.generated.clients import Clients
from tests.differential.generated.configuration import CLIENTS, HOST_NAMES, INFINITE
from tests.differential.generated.configuration4 import (
    RELAYS,
    VENDOR_CLASSES,
    Configuration4,
    client_identifier,
)
from tests.differential.generated.dice import Dice
from tests.differential.generated.leases import DECLINED, Row, life, named
from tests.differential.generated.said import Said
from tests.support.client import frame4
from tests.support.namespaces import SERVER_MAC
from tests.support.packets import (
    ACK,
    DECLINE,
    DISCOVER,
    INFORM,
    OFFER,
    RELEASE,
    REQUEST,
    TYPES4,
    Option,
    ip4,
    mac,
    parse4,
    query4,
    tlv4,
)

NOTHING = "0.0.0.0"
ASKED = (1, 2, 3, 6, 12, 15, 26, 33, 42, 43, 51, 54, 58, 59, 60, 66, 67, 72, 81, 101, 108, 119, 125, 224, 225, 226, 227)
VENDOR_IDENTITIES = (
    (124, b"\0\0\x11\x8b\5\4docs"),
    (124, b"\0\0\x11\x8b\4docs"),
    (124, b"\0\0\x63\xa2\4\3wtf\0\0\x11\x8b\3\2ab"),
)
"""Option 124 of one vendor, without its inner length, and of two."""
VENDOR_REQUESTS = (
    (125, b"\0\0\x11\x8b\4\1\2\x02\x33"),
    (125, b"\0\0\x11\x8b\0"),
    (125, b"\0\0\x63\xa2\3\7\1x\0\0\x11\x8b\3\1\1\2"),
    (125, b"\0\0\x63\xa2\3\1\1\x33"),
)
"""Option 125 that asks for sub-options 2 and 51 of a cable modem, or for nothing, or of another vendor."""
SPOILT = (
    *((125, b"\0\0\0\1\5a"), (125, b"\0\0"), (125, b"\0\0\x11\x8b\7\1\5\2\3abc"), (124, b"\0\0\0\1\5a")),
    *((2, b""), (119, b"\3abc"), (81, b"\4\0\0\x3fabc"), (6, b"abc"), (55, b"\1\3"), (12, b"fine"), (60, b"foo")),
)
"""Options that are cut short or malformed, and some that are not, to stand before or after them."""
AGENT_PARTS = (
    (6, b"subscriber"),
    (9, b"\0\0\x11\x8b\3\1\1x"),
    (10, b"\x80"),
    (12, b"relay"),
    (19, b""),
    (151, b"\0vpn"),
    (152, b""),
    (200, b"\1\2\3"),
)
"""Sub-options of option 82 that most relays do not send."""
KINDS = {
    "discover": 10,
    "select": 10,
    "renew": 6,
    "rebind": 2,
    "reboot": 4,
    "release": 3,
    "decline": 2,
    "inform": 2,
    "greedy": 3,
    "other server": 1,
    "steal": 3,
    "odd": 2,
    "broken": 2,
    "roam": 3,
}
"""What clients do next, and how often."""


@dataclass
class Client:
    """One client and what it remembers. relay: its giaddr, 0.0.0.0 on the server's own link."""

    number: int
    hardware: bytes
    identifier: bytes | None
    relay: str = NOTHING
    agent: bytes = b""
    habits: list[Option] = field(default_factory=list)
    offered: str = NOTHING
    leased: str = NOTHING
    server: str = SERVER


def fqdn(dice: Dice) -> Option:
    """Return a client FQDN option, in wire format or in the old ASCII one."""
    flags = dice.choice((0, 1, 4, 4, 5, 8, 12, 3, 2))
    name = dice.choice((*HOST_NAMES, "", "a_b.c!d"))
    if flags & 4:
        body = b"".join(bytes((len(part),)) + part.encode() for part in name.split(".") if part)
        body += b"\0" if "." in name else b""
    else:
        body = name.encode()
    return 81, bytes((flags, 0, 0)) + body


class Clients4(Clients[Client, Configuration4]):
    """All clients of one conversation."""

    def __init__(self, dice: Dice, configuration: Configuration4) -> None:
        self.declined = False
        self.sharing = dice.choice(("hardware", "identifier"))
        super().__init__(dice, configuration)

    def _born(self, number: int) -> Client:
        dice = self.dice
        hardware = mac(number)
        identifier = client_identifier(number)
        # Some share an address or an identifier, but not both in one conversation: a lease that passes to another
        # hardware address, which has a lease itself, may come first or last of the two in Kea.
        if dice.chance(0.15):
            if self.sharing == "hardware":
                hardware = mac(dice.randint(1, CLIENTS))
            else:
                identifier = client_identifier(dice.randint(1, CLIENTS))
        client = Client(number, hardware, identifier)
        if dice.chance(0.4):
            client.habits.append((60, dice.choice(VENDOR_CLASSES)))
        if dice.chance(0.2):
            client.habits.append((77, b"\x03usr" if dice.chance(0.3) else b"\3user"[:5]))
        if dice.chance(0.15):
            client.habits.append((93, dice.choice((b"\0\0", b"\0\7"))))
        if dice.chance(0.35):
            client.habits.append((12, dice.choice((*HOST_NAMES, "a_b", "x.y.z.")).encode()))
        if dice.chance(0.3):
            client.habits.append(fqdn(dice))
        if dice.chance(0.6):
            client.habits.append((55, bytes(dice.some(ASKED, 12, 1))))
        if dice.chance(0.1):
            client.habits.append(lifetime(dice.choice((1, 60, 1000, 3500, 100000, 0xFFFFFFFF))))
        if dice.chance(0.12):
            client.habits.append(dice.choice(VENDOR_IDENTITIES))
        if dice.chance(0.12):
            client.habits.append(dice.choice(VENDOR_REQUESTS))
        self._move(client)
        return client

    def _move(self, client: Client) -> None:
        dice = self.dice
        client.relay = NOTHING if dice.chance(0.5) else dice.choice((*RELAYS, *RELAYS, "10.9.0.1"))
        client.agent = b""
        if client.relay != NOTHING and dice.chance(0.6):
            parts = [(1, dice.choice((b"port1", b"port2", b"port3")))]
            if dice.chance(0.3):
                parts.append((2, b"remote"))
            if dice.chance(0.1):
                parts.append((5, ip4(dice.choice((*RELAYS, "10.1.10.0", "172.16.0.0")))))
            if dice.chance(0.08):
                parts.append((11, ip4("203.0.113.9")))
            if dice.chance(0.2):
                parts.append(dice.choice(AGENT_PARTS))
            # In order and each once: Kea sorts and joins what it sends back (RFC 3046 has it sent back as it was).
            client.agent = tlv4(sorted(parts))

    def _may_begin_with_leases(self) -> bool:
        """Return False where lifetimes are infinite: Kea does not store what a lease that ends is prolonged to then."""
        return bool(self.configuration.made["valid-lifetime"] != INFINITE)

    def _leased(self, client: Client) -> list[Row]:
        dice = self.dice
        address = self._anything()
        number = self.configuration.numbers.get(address.rpartition(".")[0], 99)
        if dice.chance(0.1):
            number = dice.choice((*self.configuration.numbers.values(), 99))
        row: Row = {"address": address, "subnet_id": number, **named(dice, HOST_NAMES)}
        row.update(life(dice, self.configuration.valid))
        if row["state"] == DECLINED:
            self.declined = True
        if row["state"] != DECLINED or dice.chance(0.2):
            row["hwaddr"] = client.hardware.hex(":")
            row["client_id"] = (client.identifier or b"").hex(":")
            client.leased = address
        if dice.chance(0.1):
            row["user_context"] = '{ "a": 1 }'
        return [row]

    def hear(self, said: Said, octets: bytes) -> None:
        """Let the client remember the answer to what it said."""
        client = self.clients[said.client - 1]
        answer = parse4(octets)
        server = answer.option(54)
        if answer.type == OFFER:
            client.offered = answer.yiaddr
        elif answer.type == ACK and answer.yiaddr != NOTHING:
            client.leased = answer.yiaddr
        elif answer.type not in (OFFER, ACK):
            client.leased = NOTHING
        if server and len(server) == 4:
            client.server = ".".join(map(str, server))

    def _anything(self) -> str:
        """Return some address that means something to the configuration, or nothing."""
        dice = self.dice
        held = [each.leased for each in self.clients if each.leased != NOTHING]
        prefix = dice.choice(self.configuration.prefixes)
        places = (*self.configuration.addresses, *held, *held, f"{prefix}.{dice.randint(0, 255)}", "172.16.0.7")
        return dice.choice(places)

    def _next(self, client: Client) -> Said:
        dice = self.dice
        kind = dice.weighted(KINDS)
        if kind in ("renew", "rebind", "release", "decline") and client.leased == NOTHING and dice.chance(0.8):
            kind = "discover" if client.offered == NOTHING else "select"
        if kind == "select" and client.offered == NOTHING:
            kind = "discover"
        if kind == "roam":
            self._move(client)
            kind = dice.choice(("discover", "reboot", "rebind", "renew", "release"))
        return getattr(self, f"_{kind.replace(' ', '_')}")(client)  # type: ignore[no-any-return]

    def _say(
        self,
        client: Client,
        kind: int | None,
        *options: Option,
        direct: bool = False,
        tail: bytes = b"\xff",
        **more: Any,
    ) -> Said:
        """Make one message. direct: by unicast past the relay."""
        dice = self.dice
        self.step += 1
        self.declined = self.declined or kind == DECLINE
        fields: dict[str, Any] = {"chaddr": client.hardware, "xid": self.step, "tail": tail, **more}
        around: dict[str, Any] = {}
        extra: list[Option] = [] if client.identifier is None else [(61, client.identifier)]
        own = {code for code, _ in options}
        extra += [each for each in client.habits if each[0] not in own]
        if client.relay != NOTHING and not direct:
            fields = {"giaddr": client.relay, "hops": 1, **fields}
            around = {"source": client.relay, "source_port": 67, "destination": SERVER, "destination_mac": SERVER_MAC}
            if client.agent:
                extra.append((82, client.agent))
        elif direct:
            around = {"source": fields.get("ciaddr", NOTHING), "destination": SERVER, "destination_mac": SERVER_MAC}
        elif fields.get("ciaddr", NOTHING) != NOTHING:
            around = {"source": fields["ciaddr"]}
        if dice.chance(0.15):
            fields.setdefault("flags", dice.choice((0x8000, 0x8000, 0x4000)))
        if dice.chance(0.1):
            fields.update(secs=dice.choice((1, 255, 0xFFFF)), sname=b"asked", file=b"wanted.img")
        message = query4(kind, client.number, *options, *extra)
        message = replace(message, **fields)
        name = "BOOTP" if kind is None else TYPES4[kind] if kind < len(TYPES4) else str(kind)
        label = f"{name} client {client.number}"
        label += "".join(f" {code}={body.hex()}" for code, body in message.options if code != 53)
        label += "".join(f" {name}={value}" for name, value in fields.items() if name not in ("xid",))
        octets = message.pack()
        return Said(label, client.number, frame4(octets, **around), octets, self.step.to_bytes(4, "big"))

    def _discover(self, client: Client) -> Said:
        dice = self.dice
        options = []
        if dice.chance(0.4):
            options.append(wants(client.leased if client.leased != NOTHING and dice.chance(0.6) else self._anything()))
        if dice.chance(0.05):
            options.append((118, ip4(f"{dice.choice(self.configuration.prefixes)}.0")))
        return self._say(client, DISCOVER, *options)

    def _select(self, client: Client) -> Said:
        return self._say(client, REQUEST, server_id(client.server), wants(client.offered))

    def _greedy(self, client: Client) -> Said:
        """Take an address that nobody offered."""
        return self._say(client, REQUEST, server_id(client.server), wants(self._anything()))

    def _other_server(self, client: Client) -> Said:
        """Choose the offer of another server."""
        return self._say(client, REQUEST, server_id("192.0.2.77"), wants(self._anything()))

    def _reboot(self, client: Client) -> Said:
        mine = client.leased != NOTHING and self.dice.chance(0.7)
        return self._say(client, REQUEST, wants(client.leased if mine else self._anything()))

    def _renew(self, client: Client) -> Said:
        mine = client.leased if client.leased != NOTHING else self._anything()
        direct = self.dice.chance(0.7)
        return self._say(client, REQUEST, ciaddr=mine, direct=direct)

    def _rebind(self, client: Client) -> Said:
        mine = client.leased if client.leased != NOTHING else self._anything()
        return self._say(client, REQUEST, ciaddr=mine)

    def _release(self, client: Client) -> Said:
        mine, client.leased = client.leased, NOTHING
        options = [server_id(client.server)] if self.dice.chance(0.8) else []
        return self._say(client, RELEASE, *options, ciaddr=mine, direct=self.dice.chance(0.6))

    def _decline(self, client: Client) -> Said:
        mine, client.leased = client.leased, NOTHING
        return self._say(client, DECLINE, server_id(client.server), wants(mine))

    def _steal(self, client: Client) -> Said:
        """Act upon the lease of somebody else."""
        dice = self.dice
        theirs = self._anything()
        kind = dice.choice((RELEASE, DECLINE, REQUEST, REQUEST))
        if kind == DECLINE:
            return self._say(client, kind, server_id(client.server), wants(theirs))
        return self._say(client, kind, *([server_id(client.server)] if kind == RELEASE else []), ciaddr=theirs)

    def _inform(self, client: Client) -> Said:
        address = client.leased if client.leased != NOTHING else self._anything()
        if self.dice.chance(0.15):
            return self._say(client, INFORM)
        return self._say(client, INFORM, ciaddr=address)

    def _odd(self, client: Client) -> Said:
        """Say what no client says."""
        dice = self.dice
        which = dice.randrange(7)
        if which == 0:
            return self._say(client, dice.choice((0, 2, 5, 6, 9, 10, 13, 18, 200)))
        if which == 1:
            return self._say(client, None)
        if which == 2:
            return self._say(client, DISCOVER, op=2)
        if which == 3:
            return self._say(client, REQUEST)
        if which == 4:
            return self._say(client, REQUEST, server_id(client.server), ciaddr=self._anything())
        if which == 5:
            return self._say(client, REQUEST, wants(self._anything()), ciaddr=self._anything())
        return self._say(client, dice.choice((RELEASE, DECLINE)))

    def _broken(self, client: Client) -> Said:
        """Say something with a malformed part."""
        dice = self.dice
        which = dice.randrange(9)
        if which == 8:
            kind = dice.choice((DISCOVER, DISCOVER, REQUEST, RELEASE, INFORM, None, 0, 18))
            return self._say(client, kind, *{code: (code, body) for code, body in dice.some(SPOILT, 3, 1)}.values())
        if which == 0:
            return self._say(client, DISCOVER, cookie=b"\x63\x82\x53\x64")
        if which == 1:
            return self._say(client, DISCOVER, tail=bytes((dice.choice((50, 12, 81, 82, 200)), 40, 1, 2)))
        if which == 2:
            return self._say(client, DISCOVER, tail=b"")
        if which == 3:
            # Not a second option 82: parts of one are joined here, and Kea joins them by content.
            empty = (50, 51, 54, 12, 81, 60, 55, 61, 77, 118, 93, 124, 125, *(() if client.agent else (82,)))
            return self._say(client, DISCOVER, (dice.choice(empty), b""))
        if which == 4:
            return self._say(client, REQUEST, (dice.choice((50, 54)), dice.choice((b"\1", b"\0" * 5))))
        if which == 5:
            # Kea takes the lease of a declined address, which has no owner, for that of a client without hardware.
            return self._say(client, DISCOVER, **({} if self.declined else {"chaddr": b""}))
        if which == 6:
            return self._say(
                client, DISCOVER, (81, dice.choice((b"\1", b"\4\0\0\x09abc", b"\0\0\0..", b"\4\0\0\xc0\x0c")))
            )
        return self._say(client, DISCOVER, (61, dice.choice((b"\1", b"", b"\xff\1"))))
