"""INFORMATION-REQUEST: parameters for a client that wants no leases. RFC 8415 §18.3.6."""

from __future__ import annotations

from typing import Final

from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v6 import reply
from kea_twisted.server.v6.exchange import Exchange6

STEPS: Final[Rows[Exchange6]] = (reply.start, *reply.CONFIGURED, *reply.ADDRESSING, *reply.SENDING)
