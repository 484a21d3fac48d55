"""Random DHCPv6 clients: what each says next, given what it was told before. Some are rude, and some are broken."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from ipaddress import IPv6Address, IPv6Network
from typing import Any

from tests.differential.cases.client6 import SERVER_ID
from tests.differential.cases.v6_malformed import CUT, WRONG, holding
from tests.differential.generated.clients import Clients
from tests.differential.generated.configuration import HOST_NAMES, VENDORS
from tests.differential.generated.configuration6 import LINKS, Configuration6
from tests.differential.generated.dice import Dice
from tests.differential.generated.leases import DECLINED, RECLAIMED, Row, life, named
from tests.differential.generated.said import Said
from tests.support.client import frame6
from tests.support.namespaces import SERVER_LINK_LOCAL
from tests.support.packets import (
    CONFIRM,
    DECLINE6,
    INFORMATION_REQUEST,
    REBIND,
    RELEASE6,
    RENEW,
    REPLY,
    REQUEST6,
    SOLICIT,
    TYPES6,
    Dhcp6,
    Option,
    Relay6,
    duid,
    ia_na,
    ia_pd,
    ia_ta,
    iaaddr,
    iaprefix,
    innermost,
    mac,
    options6,
    oro,
    parse6,
    relayed6,
    tlv6,
    u16,
    u32,
)

KINDS = {
    SOLICIT: 12,
    REQUEST6: 12,
    RENEW: 7,
    REBIND: 5,
    CONFIRM: 2,
    RELEASE6: 4,
    DECLINE6: 2,
    INFORMATION_REQUEST: 2,
}
ASKED = (
    *(7, 12, 17, 21, 23, 24, 27, 31, 32, 39, 41, 59, 60, 64, 67, 74, 82, 94, 96, 103, 2024, 2025, 2026, 2027, 2028),
)
SPOILT = (*CUT, *WRONG, *holding(CUT[0]), *holding(CUT[2]), *holding(WRONG[0]), *holding((37, u32(9))))
"""Options that are cut short or malformed, alone and in others."""
GLOBAL = "2001:db8:1::1"
"""An address of the server that some configurations have it listen at."""
Key = tuple[int, int]
"""Code of the IA option and IAID."""


@dataclass
class Client:
    """One client. held: what the server last said of each IA, as (text, prefix length or 128). relays: its path."""

    number: int
    identity: bytes
    relays: list[tuple[str, list[Option]]] = field(default_factory=list)
    habits: list[Option] = field(default_factory=list)
    ias: list[Key] = field(default_factory=list)
    held: dict[Key, list[tuple[str, int]]] = field(default_factory=dict)


def fqdn(dice: Dice) -> Option:
    """Return a client FQDN option."""
    name = dice.choice((*HOST_NAMES, "", "a_b.c"))
    body = b"".join(bytes((len(part),)) + part.encode() for part in name.split(".") if part)
    body += b"\0" if "." in name else b""
    return 39, bytes((dice.choice((0, 1, 1, 4, 5, 2, 3)),)) + body


class Clients6(Clients[Client, Configuration6]):
    """All clients of one conversation."""

    def _born(self, number: int) -> Client:
        dice = self.dice
        kind = number % 4
        identity = duid(number)
        if kind == 2:
            identity = b"\0\1\0\1" + b"\x2a\x2b\x2c\x2d" + mac(number)
        elif kind == 3:
            identity = b"\0\2\0\0\x11\x8b" + bytes((number,)) * 6
        if dice.chance(0.7):
            identity = duid(number)
        client = Client(number, identity)
        if dice.chance(0.3):
            client.habits.append((16, u32(dice.choice((4491, 4491, 25506))) + u16(3) + dice.choice((b"foo", b"bar"))))
        if dice.chance(0.15):
            asked = tlv6([(1, u16(dice.choice((1, 32, 99))) + u16(1023)), (36, mac(number))])
            client.habits.append((17, u32(dice.choice(VENDORS)) + dice.choice((asked, asked, b""))))
        if dice.chance(0.15):
            client.habits.append((15, u16(4) + b"user"))
        if dice.chance(0.3):
            client.habits.append(fqdn(dice))
        if dice.chance(0.6):
            client.habits.append(oro(*dice.some(ASKED, 8, 1)))
        if dice.chance(0.1):
            client.habits.append((59, b"x"))
        if dice.chance(0.1):
            client.habits.append((20, b""))
        kinds = dice.choice(
            ((3,), (3,), (25,), (3, 25), (3, 25), (3, 3, 25), (3, 25, 25), (3, 4), (3, 3, 3, 3), (3, 3, 25, 25, 25))
        )
        if self._tells_dns():
            kinds = (3,)  # of several IAs Kea tells DNS something else, see v6-dns-of-several-ias
        first = dice.choice((1, 1, 1, 1, 0, 0xFFFFFFF0))
        client.ias = [(code, first + place) for place, code in enumerate(kinds)]
        self._move(client)
        return client

    def _move(self, client: Client) -> None:
        dice = self.dice
        client.relays = []
        for _ in range(dice.choice((0, 0, 0, 0, 1, 1, 1, 2))):
            extra: list[Option] = []
            if dice.chance(0.3):
                extra.append((18, dice.choice((b"port1", b"port2", b"other"))))
            if dice.chance(0.2):
                remote = b"remote" if dice.chance(0.5) else mac(client.number)
                extra.append((37, u32(dice.choice((9, 4491))) + remote))
            if dice.chance(0.1):
                extra.append((38, dice.choice((b"subscriber", mac(client.number)))))
            if dice.chance(0.1):
                extra.append((17, u32(4491) + tlv6([(1026, mac(client.number)), (36, mac(client.number))])))
            if dice.chance(0.08):
                extra.append((135, u16(dice.choice((0, 1547, 1547)))))
            if dice.chance(0.1):
                extra.append((79, u16(1) + mac(client.number)))
            if dice.chance(0.1):
                extra.append((66, tlv6(dice.choice(([(65, b"\0")], [(110, b"x"), (23, bytes(16))], [])))))
            if dice.chance(0.06):
                extra.insert(dice.randrange(len(extra) + 1), dice.choice(SPOILT))
            client.relays.append((dice.choice((*LINKS, *LINKS[:3], "2001:db8:9::1")), extra))

    def _tells_dns(self) -> bool:
        return "dhcp-ddns" in self.configuration.made

    def _may_begin_with_leases(self) -> bool:
        """Return False under lease caching.

        Kea takes the age of a lease in a file from when it reads that, and tells clients more than is left (V6-348).
        """
        return "cache-" not in json.dumps(self.configuration.made)

    def _leased(self, client: Client) -> list[Row]:
        dice = self.dice
        rows: list[Row] = []
        for code, iaid in client.ias:
            if code == 4:
                continue
            text, length = self._anything(code)
            address = IPv6Address(text)
            numbers = self.configuration.numbers
            inside = [number for prefix, number in numbers.items() if address in IPv6Network(f"{prefix}/64")]
            if code == 25:
                inside = [int(address) >> 92 & 0xF or 99]  # see Configuration6._prefix_pools
            number = inside[0] if inside else dice.choice((*numbers.values(), 99))
            row: Row = {"address": address, "subnet_id": number, **named(dice, HOST_NAMES)}
            row.update(life(dice, self.configuration.valid), lease_type=2 if code == 25 else 0, iaid=iaid)
            row.update(
                prefix_len=length, duid=client.identity.hex(":"), pref_lifetime=self.configuration.valid * 5 // 8
            )
            if row["state"] == RECLAIMED and self._tells_dns():
                row.update(hostname="", fqdn_fwd=0, fqdn_rev=0)  # its entries went when it was
            if row["state"] == DECLINED:
                if code == 25:
                    continue  # nobody declines a prefix
                row.update(duid="00", pref_lifetime=0)
            else:
                client.held[(code, iaid)] = [(text, length)]
            if dice.chance(0.5):
                row.update(hwaddr=mac(client.number).hex(":"), hwtype=1, hwaddr_source=2)
            if dice.chance(0.1):
                row["user_context"] = '{ "a": 1 }'
            rows.append(row)
        return rows

    def hear(self, said: Said, octets: bytes) -> None:
        """Let the client remember the answer to what it said."""
        client = self.clients[said.client - 1]
        try:
            answer = innermost(parse6(octets))
            for code, body in answer.options:
                if code in (3, 4, 25):
                    self._learn(client, code, body)
        except ValueError:
            pass

    @staticmethod
    def _learn(client: Client, code: int, body: bytes) -> None:
        found = []
        for inner, what in options6(body[4 if code == 4 else 12 :]):
            if inner == 5:
                found.append((":".join(what[at : at + 2].hex() for at in range(0, 16, 2)), 128))
            elif inner == 26:
                found.append((":".join(what[9 + at : 11 + at].hex() for at in range(0, 16, 2)), what[8]))
        if found:
            client.held[(code, int.from_bytes(body[:4], "big"))] = found

    def _anything(self, code: int) -> tuple[str, int]:
        """Return some address or prefix that means something to the configuration, or nothing."""
        dice = self.dice
        held = [
            each for client in self.clients for key, found in client.held.items() if key[0] == code for each in found
        ]
        if code != 25:
            prefix = dice.choice(self.configuration.prefixes)
            known = [(each, 128) for each in self.configuration.addresses]
            return dice.choice(
                (*known, *held, *held, (f"{prefix}{dice.randint(0, 0x20):x}", 128), ("2001:db8:9::7", 128))
            )
        strange = (("::", 48), ("::", 56), ("::", 60), ("2001:db8:9::", 56), ("2001:db8:1000::", 64))
        return dice.choice((*self.configuration.delegated, *held, *held, *strange))

    def _ia(self, client: Client, key: Key, filled: float) -> Option:
        dice = self.dice
        code, iaid = key
        inner: list[tuple[str, int]] = []
        if dice.chance(filled):
            inner = list(client.held.get(key, ())) if dice.chance(0.8) else []
            if (not inner or dice.chance(0.1)) and not (inner and self._tells_dns()):
                inner.append(self._anything(code))
        times = dice.choice(((0, 0), (0, 0), (0, 0), (100, 200), (5000, 9000), (0xFFFFFFFF, 0xFFFFFFFF), (300, 200)))
        if code == 25:
            found = tuple(iaprefix(f"{text}/{length}", *times) for text, length in inner)
            return ia_pd(iaid, *found)
        addresses = tuple(iaaddr(text, *times) for text, _ in inner)
        return ia_ta(iaid, *addresses) if code == 4 else ia_na(iaid, *addresses, t1=dice.choice((0, 0, 0, 50)))

    def _ias(self, client: Client, filled: float) -> list[Option]:
        dice = self.dice
        keys = list(client.ias)
        if dice.chance(0.2):
            keys = dice.some(keys, len(keys))
        if dice.chance(0.1) and not self._tells_dns():
            keys.append((dice.choice((3, 3, 25, 4)), dice.randint(1, 4)))
        return [self._ia(client, key, filled) for key in keys]

    def _next(self, client: Client) -> Said:
        dice = self.dice
        if dice.chance(0.06):
            self._move(client)
        if dice.chance(0.06):
            return self._odd(client)
        kind = dice.weighted(KINDS)
        if kind in (RENEW, REBIND, CONFIRM, RELEASE6, DECLINE6) and not client.held and dice.chance(0.8):
            kind = dice.choice((SOLICIT, REQUEST6))
        options: list[Option] = []
        if kind in (REQUEST6, RENEW, RELEASE6, DECLINE6) and dice.chance(0.97):
            options.append(SERVER_ID)
        if kind == INFORMATION_REQUEST:
            options += [SERVER_ID] if dice.chance(0.2) else []
            options += self._ias(client, 0.5) if dice.chance(0.1) else []
        else:
            options += self._ias(client, {SOLICIT: 0.3, REQUEST6: 0.7}.get(kind, 0.95))
        if kind == SOLICIT and dice.chance(0.2):
            options.append((14, b""))
        if dice.chance(0.2):
            options.append((8, b"\0\x0a"))
        made = self._say(client, kind, *options)
        if kind in (RELEASE6, DECLINE6):
            client.held.clear()
        return made

    def _say(
        self,
        client: Client,
        kind: int,
        *options: Option,
        tail: bytes = b"",
        identity: bytes | None = None,
        **around: Any,
    ) -> Said:
        self.step += 1
        whose = client.identity if identity is None else identity
        inner = Dhcp6(kind, self.step, [*([(1, whose)] if whose else []), *options, *client.habits], tail)
        message: Dhcp6 | Relay6 = inner
        if "destination" not in around:
            for hops, (link, extra) in enumerate(client.relays):
                message = relayed6(message, link, f"fe80::{hops + 1:x}", *extra, hops=hops)
        label = f"{TYPES6[kind] if kind < len(TYPES6) else kind} client {client.number}"
        label += "".join(f" {code}={body.hex()}" for code, body in inner.options[1:])
        label += "".join(
            f" via {link}" + "".join(f" {code}={body.hex()}" for code, body in extra) for link, extra in client.relays
        )
        label += "".join(f" {name}={value}" for name, value in around.items())
        if isinstance(message, Relay6):
            around = {"source_port": 547, **around}
        octets = message.pack()
        xid = self.step.to_bytes(3, "big")
        return Said(label, client.number, frame6(octets, **around), octets, xid, "destination" in around)

    def _odd(self, client: Client) -> Said:
        """Say what no client says, or something with a malformed part."""
        dice = self.dice
        which = dice.randrange(12)
        ias = self._ias(client, 0.8)
        if which > 9:
            kind = dice.choice((SOLICIT, SOLICIT, REQUEST6, REBIND, INFORMATION_REQUEST, REPLY, 36))
            mixed = [*ias, *dice.some(SPOILT, 3, 1), *([SERVER_ID] if kind == REQUEST6 else [])]
            return self._say(client, kind, *dice.sample(mixed, len(mixed)))
        if which == 0:
            return self._say(client, dice.choice((0, 2, REPLY, 10, 14, 20, 36, 100, 255)), *ias)
        if which == 1:
            return self._say(client, dice.choice((REQUEST6, RENEW, RELEASE6, DECLINE6)), (2, b"\0\2other"), *ias)
        if which == 2:
            return self._say(client, dice.choice((SOLICIT, REBIND, CONFIRM)), SERVER_ID, *ias)
        if which == 3:
            return self._say(client, dice.choice((SOLICIT, REQUEST6, CONFIRM, INFORMATION_REQUEST)), *ias, identity=b"")
        if which == 4:
            return self._say(
                client, SOLICIT, *ias, tail=dice.choice((b"\0\x17\0\x10abc", b"\0", struct.pack("!HH", 6, 9)))
            )
        if which == 5:
            return self._say(client, SOLICIT, (3, b"\0\0\0\1\0\0"), *ias)
        if which == 6:
            cut = dice.choice(
                ((3, bytes(12) + b"\0\5\0\x04abcd"), (25, bytes(12) + b"\0\x1a\0\3abc"), (3, bytes(12) + b"\0\5"))
            )
            return self._say(client, dice.choice((SOLICIT, REQUEST6)), cut, *([SERVER_ID] if dice.chance(0.5) else []))
        if which == 7:
            bad = dice.choice(
                ((39, b""), (39, b"\0\x09abc"), (6, b"\0"), (16, b"\0\0"), (15, b"\0\x09a"), (17, b"\0"), (8, b"\0"))
            )
            return self._say(client, SOLICIT, bad, *ias)
        if which == 8:
            return self._say(client, REQUEST6, SERVER_ID, SERVER_ID, *ias)
        where = dice.choice((SERVER_LINK_LOCAL, GLOBAL if self.configuration.global_address else SERVER_LINK_LOCAL))
        kind = dice.choice((REQUEST6, RENEW, RELEASE6, INFORMATION_REQUEST, SOLICIT))
        return self._say(client, kind, SERVER_ID, *(ias if kind != INFORMATION_REQUEST else ()), destination=where)
