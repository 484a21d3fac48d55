"""What becomes of a query: an answer, nothing, or a wait."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from kea_twisted.hooks.parking import Ticket

if TYPE_CHECKING:
    from kea_twisted.server.exchange import AnyExchange
    from kea_twisted.wire.packet import Packet


class Send:
    """Send *octets*; where to is in *reply*: interface, remote address and port, and the socket of the query."""

    __slots__ = ("octets", "reply")

    def __init__(self, reply: Packet, octets: bytes) -> None:
        self.reply = reply
        self.octets = octets


class Forward:
    """Pass *octets* on to the server of the other family: DHCPv4-over-DHCPv6."""

    __slots__ = ("octets",)

    def __init__(self, octets: bytes) -> None:
        self.octets = octets


class Drop:
    """Send nothing. reason: for tests and debug lines; statistics and logs are done already."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


class Park:
    """Wait, then go on with ``server.resume(exchange, now)``.

    waiting: to be awaited first, or None. ticket: to be waited for (after *waiting*), or None.
    """

    __slots__ = ("exchange", "ticket", "waiting")

    def __init__(self, exchange: AnyExchange, waiting: Awaitable[None] | None, ticket: Ticket | None) -> None:
        self.exchange = exchange
        self.waiting = waiting
        self.ticket = ticket


Outcome = Send | Forward | Drop | Park
