"""The subnet that serves a query: the step and the hook point. Which one it is, each family finds by itself."""

from __future__ import annotations

from kea_twisted.hooks.callout import DROP, SKIP, CalloutHandle
from kea_twisted.log.logger import DHCPSRV, HOOKS, PACKETS
from kea_twisted.log.message import DBG_BASIC_DATA, DBG_DETAIL, DBG_DETAIL_DATA, Message
from kea_twisted.server.exchange import AnyExchange
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.subnets.subnet import Subnet


def select_subnet(exchange: AnyExchange) -> Outcome | None:
    """Step: note the subnet that serves the query, if any, unless it was found when the query was accepted."""
    words = exchange.server.words
    subnet = exchange.subnet
    if subnet is None:
        exchange.subnet = subnet = words.find_subnet(exchange.config.index, exchange.query)
    if subnet is None:
        if PACKETS.rank >= DBG_DETAIL:
            PACKETS.log(words.subnet_selection_failed, exchange.label)
    elif PACKETS.rank >= DBG_BASIC_DATA:
        PACKETS.log(words.subnet_selected, exchange.label, subnet.id)
        if PACKETS.rank >= DBG_DETAIL_DATA:
            PACKETS.log(words.subnet_data, exchange.label, subnet.text)
    return None


def log_choice(subnet: Subnet | None, chosen: Message, missed: Message, what: str) -> None:
    """Say which subnet one way of selecting has chosen by *what*, or that it has *missed*; the rank was looked at."""
    if subnet is None:
        DHCPSRV.log(missed, what)
    else:
        DHCPSRV.log(chosen, *(subnet.text, what)[: chosen.places])


def selection_arguments(exchange: AnyExchange) -> list[dict[str, object]]:
    """Return the arguments of the selection points."""
    words = exchange.server.words
    return [{words.query: exchange.query, words.subnet: exchange.subnet, words.subnets: exchange.config.subnets}]


def settle_selection(exchange: AnyExchange, handle: CalloutHandle) -> Outcome | None:
    """Take the subnet that the callouts left; SKIP means none."""
    words = exchange.server.words
    if handle.status == DROP:
        HOOKS.log(words.subnet_select_drop, exchange.label)
        return Drop(f"{handle.point} callout")
    if handle.status == SKIP:
        HOOKS.log(words.subnet_select_skip, exchange.label)
        exchange.subnet = None
    else:
        exchange.subnet = handle[words.subnet]
    return None
