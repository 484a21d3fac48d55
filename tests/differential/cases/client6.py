"""A DHCPv6 client for conversations: what it says, in the words of RFC 8415; and short configurations."""

from __future__ import annotations

from typing import Any

from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import (
    CONFIRM,
    DECLINE6,
    INFORMATION_REQUEST,
    REBIND,
    RELEASE6,
    RENEW,
    REQUEST6,
    SOLICIT,
    TYPES6,
    Dhcp6,
    Option,
    Relay6,
    duid,
    ia_na,
    ia_pd,
    iaaddr,
    iaprefix,
    innermost,
    relayed6,
)

NET = "2001:db8:1::"
SERVER_DUID = bytes.fromhex("0002000004d2abcdef")
SERVER_ID: Option = (2, SERVER_DUID)


def network(
    pool: str | None = "2001:db8:1::10-2001:db8:1::1f",
    prefixes: Json | None = None,
    subnet: Json | None = None,
    **rest: Any,
) -> Json:
    """Return a configuration with one subnet on srv0; *prefixes*: a pd-pool, a /48 of /56 unless given, {} for none."""
    first: Json = {"id": 1, "subnet": "2001:db8:1::/64", "interface": "srv0"}
    if pool:
        first["pools"] = [{"pool": pool}]
    if prefixes is None:
        prefixes = {"prefix": "2001:db8:8::", "prefix-len": 48, "delegated-len": 56}
    if prefixes:
        first["pd-pools"] = [prefixes]
    first.update(subnet or {})
    whole: Json = {"interfaces-config": {"interfaces": ["srv0"]}, "subnet6": [first]}
    whole.update({name.replace("_", "-"): value for name, value in rest.items()})
    return whole


def option(name: str, data: str, **rest: Any) -> Json:
    """Return one `option-data` entry."""
    return {"name": name, "data": data, **{key.replace("_", "-"): value for key, value in rest.items()}}


def address(suffix: str, preferred: int = 0, valid: int = 0) -> Option:
    """Return an IAADDR option of an address in the test subnet."""
    return iaaddr(NET + suffix, preferred, valid)


def prefix(middle: str, length: int = 56) -> Option:
    """Return an IAPREFIX option of a prefix in the test pool."""
    return iaprefix(f"2001:db8:8:{middle}::/{length}")


class Client:
    """Test client *number*; options given here go into all of its messages."""

    def __init__(self, talk: Talk, number: int = 1, *options: Option, identity: bytes | None = None) -> None:
        self.talk = talk
        self.number = number
        self.options = options
        self.identity = duid(number) if identity is None else identity
        self.granted: list[Option] = []

    def say(
        self,
        kind: int,
        *options: Option,
        via: tuple[str, ...] = (),
        relay_options: tuple[Option, ...] = (),
        around: Json | None = None,
    ) -> Dhcp6 | None:
        """Send one message, through relays with the link-addresses *via* (the nearest first); return the answer."""
        inner = Dhcp6(kind, 0x10000 + self.number, [(1, self.identity), *self.options, *options])
        message: Dhcp6 | Relay6 = inner
        for hops, link in enumerate(via):
            extra = relay_options if hops == 0 else ()
            message = relayed6(message, link, f"fe80::{hops + 1:x}", *extra, hops=hops)
        label = f"{TYPES6[kind] if kind < len(TYPES6) else kind} client {self.number}"
        label += "".join(f" {code}={body.hex()}" for code, body in inner.options[1:])
        label += "".join(f" via {link}" for link in via)
        label += "".join(f" {name}={value}" for name, value in (around or {}).items())
        if via:
            around = {"source_port": 547, **(around or {})}
        answer = self.talk.ask6(message, label, **(around or {}))
        return None if answer is None else innermost(answer)

    def solicit(self, *ias: Option, **rest: Any) -> Dhcp6 | None:
        """Look for servers with *ias*; remember the IAs of the answer."""
        answer = self.say(SOLICIT, *ias, **rest)
        if answer is not None:
            self._remember(answer)
        return answer

    def request(self, *ias: Option, **rest: Any) -> Dhcp6 | None:
        """Request *ias*, those advertised unless given."""
        return self._with_server(REQUEST6, ias, **rest)

    def lease(self, *ias: Option, **rest: Any) -> Dhcp6 | None:
        """Solicit and request; one IA_NA unless *ias* are given."""
        if self.solicit(*(ias or (ia_na(1),)), **rest) is None:
            return None
        others = [each for each in ias if each[0] not in (3, 4, 25)]
        return self._with_server(REQUEST6, (*self.granted, *others), **rest)

    def _with_server(self, kind: int, ias: tuple[Option, ...], **rest: Any) -> Dhcp6 | None:
        answer = self.say(kind, SERVER_ID, *(ias or self.granted), **rest)
        if answer is not None and kind in (REQUEST6, RENEW):
            self._remember(answer)
        return answer

    def _remember(self, answer: Dhcp6) -> None:
        """Keep the IAs of an answer to say them again; their T1 and T2 are for the client alone."""
        self.granted = [
            (code, body[:4] + bytes(8) + body[12:] if code in (3, 25) else body)
            for code, body in answer.options
            if code in (3, 4, 25)
        ]

    def renew(self, *ias: Option, **rest: Any) -> Dhcp6 | None:
        """Extend *ias*, what was granted last unless given."""
        return self._with_server(RENEW, ias, **rest)

    def rebind(self, *ias: Option, **rest: Any) -> Dhcp6 | None:
        """Extend with whichever server."""
        return self.say(REBIND, *(ias or self.granted), **rest)

    def confirm(self, *ias: Option, **rest: Any) -> Dhcp6 | None:
        """Ask whether the addresses still fit the link."""
        return self.say(CONFIRM, *(ias or self.granted), **rest)

    def release(self, *ias: Option, **rest: Any) -> Dhcp6 | None:
        """Give back *ias*, what was granted last unless given."""
        return self._with_server(RELEASE6, ias, **rest)

    def decline(self, *ias: Option, **rest: Any) -> Dhcp6 | None:
        """Say that somebody else uses the addresses."""
        return self._with_server(DECLINE6, ias, **rest)

    def information(self, *options: Option, **rest: Any) -> Dhcp6 | None:
        """Ask for configuration only."""
        return self.say(INFORMATION_REQUEST, *options, **rest)


NA = ia_na(1)
PD = ia_pd(1)
