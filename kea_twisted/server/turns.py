"""Packets of one client one after another: a second one waits while a first one waits for hook libraries.

A query that needs no waiting is answered at once and never comes here. Not here: how packets wait, see
:mod:`.pipeline`, and who resumes them.
"""

from __future__ import annotations

from typing import Any, Final

from kea_twisted.hooks.parking import Ticket
from kea_twisted.log.logger import BAD_PACKETS
from kea_twisted.log.message import DBG_PACKET, Message
from kea_twisted.server.exchange import AnyExchange
from kea_twisted.server.outcome import Outcome, Park
from kea_twisted.server.reception import dropped
from kea_twisted.server.words import Client

LONGEST: Final = 10.0
"""Seconds for which a query keeps its client waiting; a library may never come back."""

Key = tuple[Message, Any]


class _Turn:
    """A query that waits for hook libraries. next: the query that waits for it to end, and its ticket."""

    __slots__ = ("exchange", "keys", "next", "since")

    def __init__(self, exchange: AnyExchange, keys: list[Key]) -> None:
        self.exchange = exchange
        self.keys = keys
        self.since: float = exchange.now
        self.next: tuple[AnyExchange, Ticket] | None = None


class Turns:
    """The clients with a query that waits.

    clients: what tells one client from another. waiting: the queries that wait for hook libraries.
    """

    def __init__(self, clients: tuple[Client, ...]) -> None:
        self._clients = clients
        self.waiting: dict[AnyExchange, _Turn] = {}
        self._by_client: dict[Key, _Turn] = {}

    def take(self, exchange: AnyExchange) -> None:
        """Note that a query waits, and that the next one of its client has to wait for it."""
        if exchange in self.waiting:
            return
        turn = self.waiting[exchange] = _Turn(exchange, self._keys(exchange))
        self._by_client.update(dict.fromkeys(turn.keys, turn))

    def give(self, exchange: AnyExchange) -> None:
        """Note that a query waits no more, and let the next one of its client go on."""
        turn = self.waiting.pop(exchange, None)
        if turn is None:
            return
        for key in turn.keys:
            if self._by_client.get(key) is turn:
                del self._by_client[key]
        if turn.next is not None:
            turn.next[1].unpark()

    def wait(self, exchange: AnyExchange) -> Outcome | None:
        """Let a query wait if another one of its client does, or drop it if it says nothing new.

        One query may wait for another; the last that came takes the place of one that came before.
        """
        for key in self._keys(exchange):
            turn = self._by_client.get(key)
            if turn is None or not 0 <= exchange.now - turn.since <= LONGEST:  # a clock may be set back
                continue
            before = turn.next
            octets = exchange.query.octets
            if octets == turn.exchange.query.octets or (before is not None and octets == before[0].query.octets):
                self._say_dropped(exchange, turn, key[0])
                return dropped(exchange, "a repetition of what is being processed")
            ticket = Ticket()
            ticket.hold()
            turn.next = (exchange, ticket)
            if before is not None:
                self._say_dropped(before[0], turn, key[0])
                before[1].drop()
            return Park(exchange, None, ticket)
        return None

    def _keys(self, exchange: AnyExchange) -> list[Key]:
        """Return by what others of the client are recognised."""
        found = ((message, read(exchange.query)) for read, message in self._clients)
        return [(message, identity) for message, identity in found if identity]

    @staticmethod
    def _say_dropped(exchange: AnyExchange, turn: _Turn, message: Message) -> None:
        if BAD_PACKETS.rank >= DBG_PACKET:
            holder = turn.exchange
            BAD_PACKETS.log(message, exchange.label, exchange.query.name, holder.label, holder.query.name)


def await_turn(exchange: AnyExchange) -> Outcome | None:
    """Step: let the query wait while another one of its client waits for hook libraries."""
    turns = exchange.server.turns
    return turns.wait(exchange) if turns.waiting else None
