"""CONFIRM: say whether the client's addresses fit the link it is on now. RFC 8415 §18.3.3."""

from __future__ import annotations

from typing import Final

from kea_twisted.base.address import text6
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import Rows
from kea_twisted.server.v6 import reply
from kea_twisted.server.v6.exchange import OPTION_IA_NA, OPTION_IAADDR, OPTION_STATUS_CODE, Exchange6
from kea_twisted.server.v6.status import say_summary
from kea_twisted.wire.v6 import NOT_ON_LINK, REPLY, SUCCESS, build_status, parse_iaaddr


def start(exchange: Exchange6) -> Outcome | None:
    """Step: begin the REPLY; without addresses there is nothing to confirm, and nothing to answer."""
    addresses = [
        parse_iaaddr(body)[0]
        for code, ia in exchange.ias
        if code == OPTION_IA_NA
        for body in ia.options.get(OPTION_IAADDR, ())
    ]
    if not addresses:
        return Drop("no addresses to confirm")
    exchange.start_reply(REPLY)
    subnet = exchange.subnet
    if subnet is None:
        status = build_status(NOT_ON_LINK, "No subnet selected")
    else:
        strange = next((address for address in addresses if not subnet.first <= address <= subnet.last), None)
        if strange is None:
            status = build_status(SUCCESS, "All addresses are on-link")
        else:
            status = build_status(NOT_ON_LINK, f"Address {text6(strange)} is not on link.")
    say_summary(exchange, status)
    exchange.options[OPTION_STATUS_CODE] = [status[4:]]
    return None


STEPS: Final[Rows[Exchange6]] = (start, *reply.CONFIGURED, *reply.ADDRESSING, *reply.SENDING)
