"""SOLICIT: offer leases and store nothing, or with rapid commit lease at once. RFC 8415 §18.3.1."""

from __future__ import annotations

from typing import Final

from kea_twisted.log.logger import OPTIONS
from kea_twisted.log.message import DBG_DETAIL
from kea_twisted.log.messages.dhcp6 import DHCP6_RAPID_COMMIT
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v6 import lease
from kea_twisted.server.v6.exchange import OPTION_RAPID_COMMIT, Exchange6
from kea_twisted.server.v6.leasing import ANSWERING, ASKING
from kea_twisted.wire.v6 import ADVERTISE, REPLY


def start(exchange: Exchange6) -> Outcome | None:
    """Step: begin the ADVERTISE, or the REPLY if client and subnet want rapid commit. RFC 8415 §21.14."""
    subnet = exchange.subnet
    if subnet is not None and subnet.rapid_commit and OPTION_RAPID_COMMIT in exchange.query.options:
        if OPTIONS.rank >= DBG_DETAIL:
            OPTIONS.log(DHCP6_RAPID_COMMIT, exchange.label)
        exchange.start_reply(REPLY)
        exchange.options[OPTION_RAPID_COMMIT] = [b""]
    else:
        exchange.start_reply(ADVERTISE)
    return None


STEPS: Final[Rows[Exchange6]] = (start, *ASKING, lease.ASSIGN, *ANSWERING)
