"""DHCPV4-QUERY: a DHCPv4 message of a client that has only IPv6 goes on to the DHCPv4 server. RFC 7341 §7.

And DHCPV4-RESPONSE, the way back: what the DHCPv4 server sends goes on to the client. Not here: the connection between
the two servers (:mod:`kea_twisted.daemons.over6`).
"""

from __future__ import annotations

from typing import Final

from kea_twisted.server import sending
from kea_twisted.server.outcome import Drop, Forward, Outcome
from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v6.exchange import Exchange6
from kea_twisted.server.v6.reply import BUFFER6_SEND
from kea_twisted.wire.over6 import OPTION_DHCPV4_MSG, wrap


def forward(exchange: Exchange6) -> Outcome | None:
    """Step: pass the query on, if it holds a DHCPv4 message and there is a DHCPv4 server to pass it to."""
    query = exchange.query
    if OPTION_DHCPV4_MSG not in query.options:
        return Drop("DHCPv4-query without a DHCPv4 message")
    if not exchange.config.dhcp4o6_port:
        return Drop("DHCPv4-query without a DHCPv4 server")
    return Forward(wrap(query))


STEPS: Final[Rows[Exchange6]] = (forward,)
"""The steps after those of every query."""

RESPONSE: Final[Rows[Exchange6]] = (sending.pack, BUFFER6_SEND, sending.deliver)
"""The steps of a response; pkt6_send is left out, because nobody knows the query any more. ARM hooks-dhcpv6."""
