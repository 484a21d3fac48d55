"""REQUEST: lease what was offered, or as near to it as can be. RFC 8415 §18.3.2."""

from __future__ import annotations

from typing import Final

from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v6 import lease, reply
from kea_twisted.server.v6.exchange import Exchange6
from kea_twisted.server.v6.leasing import ANSWERING, ASKING

STEPS: Final[Rows[Exchange6]] = (reply.start, *ASKING, lease.ASSIGN, *ANSWERING)
