"""What SOLICIT, REQUEST, RENEW and REBIND have in common: the steps before leases are decided, and those after."""

from __future__ import annotations

from typing import Final

from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v6 import lease, names, reply
from kea_twisted.server.v6.committed import LEASES6_COMMITTED
from kea_twisted.server.v6.exchange import Exchange6

ASKING: Final[Rows[Exchange6]] = (
    lease.make_request,
    names.choose_name,
    names.DDNS6_UPDATE,
)
"""From the query to what the allocation engine is asked."""

ANSWERING: Final[Rows[Exchange6]] = (
    names.move_name,
    names.complete_name,
    names.update_dns,
    *reply.CONFIGURED,
    *reply.ADDRESSING,
    LEASES6_COMMITTED,
    *reply.SENDING,
)
"""From the leases to the answer on its way."""
