"""A DHCPv4 client for conversations: what it says, in the words of RFC 2131; and short configurations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.namespaces import SERVER_MAC
from tests.support.packets import (
    ACK,
    DECLINE,
    DISCOVER,
    INFORM,
    RELEASE,
    REQUEST,
    TYPES4,
    Dhcp4,
    Option,
    ip4,
    query4,
    u32,
)

SERVER = "192.0.2.1"
RELAY: Json = {"giaddr": "192.0.2.2", "hops": 1}


def network(pool: str | None = "192.0.2.10-192.0.2.19", subnet: Json | None = None, **rest: Any) -> Json:
    """Return a configuration with one subnet; keywords in Python's spelling (underscores) go to the top level."""
    first: Json = {"id": 1, "subnet": "192.0.2.0/24"}
    if pool:
        first["pools"] = [{"pool": pool}]
    first.update(subnet or {})
    whole: Json = {"interfaces-config": {"interfaces": ["srv0"]}, "subnet4": [first]}
    whole.update({name.replace("_", "-"): value for name, value in rest.items()})
    return whole


def option(name: str, data: str, **rest: Any) -> Json:
    """Return one `option-data` entry."""
    return {"name": name, "data": data, **{key.replace("_", "-"): value for key, value in rest.items()}}


def asks(*codes: int) -> Option:
    """Return a parameter request list."""
    return 55, bytes(codes)


def wants(address: str) -> Option:
    """Return a requested address option."""
    return 50, ip4(address)


def server_id(address: str = SERVER) -> Option:
    """Return a server identifier option."""
    return 54, ip4(address)


def lifetime(seconds: int) -> Option:
    """Return a lease time option."""
    return 51, u32(seconds)


class Client:
    """Test client *number*; options and fields given here go into all of its messages."""

    def __init__(self, talk: Talk, number: int = 1, *options: Option, **fields: Any) -> None:
        self.talk = talk
        self.number = number
        self.options = options
        self.fields = fields
        self.address = "0.0.0.0"
        self.server = SERVER

    def say(self, kind: int | None, *options: Option, around: Json | None = None, **fields: Any) -> Dhcp4 | None:
        """Send one message and return the answer."""
        message = query4(kind, self.number, *options, *self.options)
        message = replace(message, **{**self.fields, **fields})
        label = f"{'BOOTP' if kind is None else TYPES4[kind] if kind < len(TYPES4) else kind} client {self.number}"
        label += "".join(f" {code}={body.hex()}" for code, body in message.options if code != 53)
        label += "".join(f" {name}={value}" for name, value in {**self.fields, **fields, **(around or {})}.items())
        return self.talk.ask4(message, label, **(around or {}))

    def discover(self, *options: Option, **rest: Any) -> Dhcp4 | None:
        """Look for servers; remember what is offered."""
        offer = self.say(DISCOVER, *options, **rest)
        if offer is not None:
            self.address = offer.yiaddr
        return offer

    def select(
        self, address: str | None = None, *options: Option, server: str | None = None, **rest: Any
    ) -> Dhcp4 | None:
        """Request the offered (or another) address of the server: SELECTING."""
        return self.say(REQUEST, server_id(server or self.server), wants(address or self.address), *options, **rest)

    def lease(self, *options: Option, **rest: Any) -> Dhcp4 | None:
        """Discover and select."""
        offer = self.discover(*options, **rest)
        if offer is None:
            return None
        chosen = offer.option(54)
        self.server = ".".join(map(str, chosen)) if chosen else SERVER
        answer = self.select(None, *(each for each in options if each[0] != 50), **rest)
        return answer if answer is not None and answer.type == ACK else None

    def reboot(self, address: str | None = None, *options: Option, **rest: Any) -> Dhcp4 | None:
        """Ask whether an old address still holds: INIT-REBOOT."""
        return self.say(REQUEST, wants(address or self.address), *options, **rest)

    def renew(self, address: str | None = None, *options: Option, **rest: Any) -> Dhcp4 | None:
        """Extend the lease by unicast: RENEWING."""
        mine = address or self.address
        around = {"source": mine, "destination": SERVER, "destination_mac": SERVER_MAC}
        return self.say(REQUEST, *options, ciaddr=mine, around=around, **rest)

    def rebind(self, address: str | None = None, *options: Option, **rest: Any) -> Dhcp4 | None:
        """Extend the lease by broadcast: REBINDING."""
        mine = address or self.address
        return self.say(REQUEST, *options, ciaddr=mine, around={"source": mine}, **rest)

    def release(self, address: str | None = None, *options: Option, **rest: Any) -> Dhcp4 | None:
        """Give the lease back."""
        return self.say(RELEASE, server_id(), *options, ciaddr=address or self.address, **rest)

    def decline(self, address: str | None = None, *options: Option, **rest: Any) -> Dhcp4 | None:
        """Say that somebody else uses the address."""
        return self.say(DECLINE, server_id(), wants(address or self.address), *options, **rest)

    def inform(self, address: str = "192.0.2.50", *options: Option, **rest: Any) -> Dhcp4 | None:
        """Ask for configuration only."""
        return self.say(INFORM, *options, ciaddr=address, around={"source": address}, **rest)
