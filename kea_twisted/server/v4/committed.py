"""The hook point leases4_committed, common to the messages that change leases. ARM hooks; HA answers through it."""

from __future__ import annotations

from typing import Final

from kea_twisted.log.messages.dhcp4 import DHCP4_HOOK_LEASES4_COMMITTED_PARK
from kea_twisted.server.pipeline import HookPoint
from kea_twisted.server.sending import settle_committed
from kea_twisted.server.v4.exchange import Exchange4


def _arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return what was stored and what was deleted by this query."""
    choice = exchange.choice
    stored = [exchange.lease] if exchange.lease is not None and (choice is None or not choice.remaining) else []
    deleted = [exchange.deleted] if exchange.deleted is not None else []
    return [{"query4": exchange.query, "leases4": stored, "deleted_leases4": deleted}]


LEASES4_COMMITTED: Final[HookPoint[Exchange4]] = HookPoint(
    "leases4_committed", _arguments, settle_committed, DHCP4_HOOK_LEASES4_COMMITTED_PARK
)
