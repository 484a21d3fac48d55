"""INFORMATION-REQUEST: parameters for a client that wants no leases. RFC 8415 §18.3.6."""

from __future__ import annotations

from typing import Final

from kea_twisted.server import scopes
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v6 import reply
from kea_twisted.server.v6.exchange import Exchange6
from kea_twisted.wire.v6 import REPLY


def start(exchange: Exchange6) -> Outcome | None:
    """Step: begin the REPLY."""
    exchange.start_reply(REPLY)
    return None


STEPS: Final[Rows[Exchange6]] = (
    start,
    scopes.evaluate_required,
    reply.add_options,
    *reply.ADDRESSING,
    *reply.SENDING,
)
