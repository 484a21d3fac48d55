"""What receiving a query means in both families: log lines, drops, and the hook points around parsing."""

from __future__ import annotations

from kea_twisted.hooks.callout import CONTINUE, DROP, SKIP, CalloutHandle
from kea_twisted.log.logger import BAD_PACKETS, HOOKS, OPTIONS, PACKETS
from kea_twisted.log.message import DBG_BASIC_DATA, DBG_DETAIL_DATA, DBG_PACKET
from kea_twisted.server.exchange import AnyExchange
from kea_twisted.server.outcome import Drop, Outcome


def dropped(exchange: AnyExchange, reason: str) -> Outcome:
    """Count and drop."""
    exchange.server.counters.dropped.add(1, exchange.now)
    return Drop(reason)


def malformed(exchange: AnyExchange, reason: str) -> Outcome:
    """Count and drop what cannot be read."""
    if BAD_PACKETS.rank >= DBG_PACKET:
        BAD_PACKETS.log(exchange.server.words.malformed, *_where(exchange), reason)
    return unreadable(exchange)


def unreadable(exchange: AnyExchange) -> Outcome:
    """Count and drop what cannot be read, of which the log has been told."""
    exchange.server.counters.parse_failed.add(1, exchange.now)
    return dropped(exchange, "malformed")


def log_arrival(exchange: AnyExchange) -> None:
    """Say that a datagram came in, of which nothing is known yet."""
    query = exchange.query
    words = exchange.server.words
    source = words.text(query.remote_address), query.remote_port
    PACKETS.log(words.arrived, *source, words.text(query.local_address), query.local_port, query.ifname)


def log_unpacking(exchange: AnyExchange) -> None:
    """Say that a query is about to be read."""
    OPTIONS.log(exchange.server.words.unpacking, *_where(exchange))


def log_query(exchange: AnyExchange) -> None:
    """Say that a query for this server came in."""
    if PACKETS.rank >= DBG_BASIC_DATA:
        query = exchange.query
        words = exchange.server.words
        PACKETS.log(words.received, exchange.label, query.name, query.message_type, *_where(exchange))
        if PACKETS.rank >= DBG_DETAIL_DATA:
            PACKETS.log(words.query_data, exchange.label, words.describe(query))


def _where(exchange: AnyExchange) -> tuple[str, str, str]:
    """Return where a query came from and to, as log lines have it."""
    query = exchange.query
    text = exchange.server.words.text
    return text(query.remote_address), text(query.local_address), query.ifname


def query_arguments(exchange: AnyExchange) -> list[dict[str, object]]:
    """Return the only argument of the receive points."""
    return [{exchange.server.words.query: exchange.query}]


def settle_buffer(exchange: AnyExchange, handle: CalloutHandle) -> Outcome | None:
    """DROP ends the packet; SKIP says that the callout has parsed it."""
    if handle.status == CONTINUE:
        return None
    words = exchange.server.words
    if handle.status == DROP:
        HOOKS.log(words.buffer_receive_drop, *_where(exchange))
        return dropped(exchange, f"{handle.point} callout")
    HOOKS.log(words.buffer_receive_skip, *_where(exchange))
    exchange.parsed = True
    exchange.read_again()
    return None


def settle_packet(exchange: AnyExchange, handle: CalloutHandle) -> Outcome | None:
    """SKIP and DROP both end the packet; what was read of it is read anew, a callout may have changed it."""
    words = exchange.server.words
    if handle.status in (SKIP, DROP):
        HOOKS.log(words.packet_receive_skip, exchange.label)
        return dropped(exchange, f"{handle.point} callout")
    exchange.query = handle[words.query]
    exchange.read_again()
    return None
