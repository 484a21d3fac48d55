"""DHCPINFORM: parameters for a client that has its address from elsewhere. RFC 2131 §4.3.5."""

from __future__ import annotations

from typing import Final

from kea_twisted.server import scopes
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v4 import reply
from kea_twisted.server.v4.exchange import Exchange4
from kea_twisted.wire.v4 import DHCPACK


def start(exchange: Exchange4) -> Outcome | None:
    """Step: begin the DHCPACK; it has no address, and ciaddr comes back in it."""
    exchange.start_reply(DHCPACK).ciaddr = exchange.query.ciaddr
    return None


STEPS: Final[Rows[Exchange4]] = (
    start,
    scopes.evaluate_required,
    reply.add_options,
    reply.set_fixed_fields,
    reply.address_reply,
    *reply.SENDING,
)
