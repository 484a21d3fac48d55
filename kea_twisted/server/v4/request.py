"""DHCPREQUEST: lease what was offered, prolong what is leased, refuse what the client may not have. RFC 2131 §4.3.2."""

from __future__ import annotations

from typing import Final

from kea_twisted.server import scopes
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v4 import lease, names, reply
from kea_twisted.server.v4.committed import LEASES4_COMMITTED
from kea_twisted.server.v4.exchange import Exchange4
from kea_twisted.wire.v4 import DHCPACK


def start(exchange: Exchange4) -> Outcome | None:
    """Step: begin the DHCPACK; ciaddr comes back in it."""
    exchange.start_reply(DHCPACK).ciaddr = exchange.query.ciaddr
    return None


STEPS: Final[Rows[Exchange4]] = (
    start,
    lease.make_request,
    lease.check_reboot,
    names.choose_name,
    names.DDNS4_UPDATE,
    lease.assign,
    lease.LEASE4_SELECT,
    lease.LEASE4_RENEW,
    lease.fill_lease,
    lease.commit,
    scopes.evaluate_required,
    reply.add_options,
    reply.set_fixed_fields,
    reply.address_reply,
    LEASES4_COMMITTED,
    *reply.SENDING,
)

REFUSAL: Final[Rows[Exchange4]] = (
    reply.address_reply,
    *reply.SENDING,
)
"""What is left to do once the answer has become a DHCPNAK."""
