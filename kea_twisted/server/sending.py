"""The end of every query that is answered: options complete, packed, counted and sent, with hook points between."""

from __future__ import annotations

from typing import Any

from kea_twisted.errors import WireError
from kea_twisted.hooks.callout import DROP, SKIP, CalloutHandle
from kea_twisted.log.logger import HOOKS, OPTIONS, PACKETS
from kea_twisted.log.message import DBG_BASIC, DBG_DETAIL, DBG_DETAIL_DATA
from kea_twisted.server.exchange import AnyExchange
from kea_twisted.server.outcome import Drop, Outcome, Send


def settle_committed(exchange: AnyExchange, handle: CalloutHandle) -> Outcome | None:
    """SKIP and DROP keep the answer back; what is stored stays stored."""
    if handle.status in (SKIP, DROP):
        HOOKS.log(exchange.server.words.committed_drop, exchange.label)
        return Drop(f"{handle.point} callout")
    return None


def finish(exchange: AnyExchange) -> Outcome | None:
    """Step: the reply's options are complete."""
    reply = exchange.reply
    assert reply is not None
    reply.options = exchange.options
    return None


def packet_arguments(exchange: AnyExchange) -> list[dict[str, object]]:
    """Return the arguments of the send points."""
    words = exchange.server.words
    return [{words.query: exchange.query, words.response: exchange.reply, words.subnet: exchange.subnet}]


def settle_packet(exchange: AnyExchange, handle: CalloutHandle) -> Outcome | None:
    """DROP ends the packet; SKIP says that the callout packed the reply into ``octets``."""
    words = exchange.server.words
    if handle.status == DROP:
        HOOKS.log(words.packet_send_drop, exchange.label)
        return Drop(f"{handle.point} callout")
    exchange.reply = handle[words.response]
    if handle.status == SKIP:
        HOOKS.log(words.packet_send_skip, exchange.label)
        if exchange.reply is None or not exchange.reply.octets:
            return Drop(f"{handle.point} callout left nothing to send")
    return None


def pack(exchange: AnyExchange) -> Outcome | None:
    """Step: pack, unless a callout did."""
    reply = exchange.reply
    assert reply is not None
    if not reply.octets:
        words = exchange.server.words
        if OPTIONS.rank >= DBG_DETAIL and words.packing is not None:
            OPTIONS.log(words.packing, exchange.label)
        try:
            reply.octets = words.pack(reply)
        except WireError as error:
            PACKETS.log(words.pack_failed, *(exchange.label, error)[: words.pack_failed.places])
            return Drop("cannot be packed")
    return None


def buffer_arguments(exchange: AnyExchange) -> list[dict[str, object]]:
    """Return the argument of the buffer points."""
    return [{exchange.server.words.response: exchange.reply}]


def settle_buffer(exchange: AnyExchange, handle: CalloutHandle) -> Outcome | None:
    """SKIP and DROP both keep the reply back."""
    words = exchange.server.words
    if handle.status in (SKIP, DROP):
        HOOKS.log(words.buffer_send_skip, exchange.label)
        return Drop(f"{handle.point} callout")
    exchange.reply = handle[words.response]
    return None


def deliver(exchange: AnyExchange) -> Outcome | None:
    """Step: count the reply and give it to the network."""
    reply = exchange.reply
    assert reply is not None
    server = exchange.server
    if PACKETS.rank >= DBG_BASIC:
        _log_reply(exchange, reply)
    counters = server.counters
    now = exchange.now
    counters.sent.add(1, now)
    counters.sent_type(reply.message_type).add(1, now)
    return Send(reply, reply.octets)


def _log_reply(exchange: AnyExchange, reply: Any) -> None:
    """Say what is sent, and where to."""
    words = exchange.server.words
    PACKETS.log(
        words.sending,
        exchange.label,
        reply.name,
        reply.message_type,
        words.text(reply.local_address),
        reply.local_port,
        words.text(reply.remote_address),
        reply.remote_port,
        reply.ifname,
    )
    if PACKETS.rank >= DBG_DETAIL_DATA:
        PACKETS.log(words.logs_response_data, *words.response_data(exchange, words.describe(reply)))
