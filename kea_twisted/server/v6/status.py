"""What the log says of the statuses that an answer carries. RFC 8415 §21.13."""

from __future__ import annotations

from typing import Final

from kea_twisted.log.logger import OPTIONS
from kea_twisted.log.message import DBG_DETAIL
from kea_twisted.log.messages.dhcp6 import DHCP6_ADD_GLOBAL_STATUS_CODE, DHCP6_ADD_STATUS_CODE_FOR_IA
from kea_twisted.server.v6.exchange import Exchange6

_HEADER: Final = 4
"""Octets of an option before its body."""


def _text(status: bytes) -> str:
    """Return a status option, from its header on, as text."""
    code = int.from_bytes(status[_HEADER : _HEADER + 2], "big")
    return f'{code} "{status[_HEADER + 2 :].decode("utf-8", "replace")}"'


def say_status(exchange: Exchange6, iaid: int, status: bytes) -> None:
    """Say that the answer's IA has a status."""
    if OPTIONS.rank >= DBG_DETAIL:
        OPTIONS.log(DHCP6_ADD_STATUS_CODE_FOR_IA, exchange.label, iaid, _text(status))


def say_summary(exchange: Exchange6, status: bytes) -> None:
    """Say that the answer as a whole has a status."""
    if OPTIONS.rank >= DBG_DETAIL:
        OPTIONS.log(DHCP6_ADD_GLOBAL_STATUS_CODE, exchange.label, _text(status))
