"""REBIND: extend leases that may be from any server of the link. RFC 8415 §18.3.5."""

from __future__ import annotations

from typing import Final

from kea_twisted.server import scopes
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v6 import lease, names, reply
from kea_twisted.server.v6.committed import LEASES6_COMMITTED
from kea_twisted.server.v6.exchange import Exchange6
from kea_twisted.wire.v6 import REPLY


def start(exchange: Exchange6) -> Outcome | None:
    """Step: begin the REPLY."""
    exchange.start_reply(REPLY)
    return None


STEPS: Final[Rows[Exchange6]] = (
    start,
    lease.make_request,
    names.choose_name,
    names.DDNS6_UPDATE,
    lease.EXTEND,
    names.move_name,
    names.complete_name,
    names.update_dns,
    scopes.evaluate_required,
    reply.add_options,
    *reply.ADDRESSING,
    LEASES6_COMMITTED,
    *reply.SENDING,
)
