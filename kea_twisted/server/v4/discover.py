"""DHCPDISCOVER: offer a lease, store nothing. RFC 2131 §4.3.1."""

from __future__ import annotations

from typing import Final

from kea_twisted.server import scopes
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v4 import lease, names, reply
from kea_twisted.server.v4.exchange import Exchange4
from kea_twisted.wire.v4 import DHCPOFFER


def start(exchange: Exchange4) -> Outcome | None:
    """Step: begin the DHCPOFFER."""
    exchange.start_reply(DHCPOFFER)
    return None


STEPS: Final[Rows[Exchange4]] = (
    start,
    lease.make_request,
    names.choose_name,
    names.DDNS4_UPDATE,
    lease.offer,
    lease.LEASE4_SELECT,
    lease.LEASE4_RENEW,
    lease.fill_lease,
    scopes.evaluate_required,
    reply.add_options,
    reply.set_fixed_fields,
    reply.address_reply,
    *reply.SENDING,
)
