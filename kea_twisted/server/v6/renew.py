"""RENEW: extend the leases that the client has from this server. RFC 8415 §18.3.4, RFC 7550."""

from __future__ import annotations

from typing import Final

from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v6 import lease, reply
from kea_twisted.server.v6.exchange import Exchange6
from kea_twisted.server.v6.leasing import ANSWERING, ASKING

STEPS: Final[Rows[Exchange6]] = (reply.start, *ASKING, lease.EXTEND, *ANSWERING)
