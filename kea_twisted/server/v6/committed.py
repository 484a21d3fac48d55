"""The hook point leases6_committed, common to the messages that change leases. ARM hooks; HA answers through it."""

from __future__ import annotations

from typing import Final

from kea_twisted.log.messages.dhcp6 import DHCP6_HOOK_LEASES6_COMMITTED_PARK
from kea_twisted.server.pipeline import HookPoint
from kea_twisted.server.sending import settle_committed
from kea_twisted.server.v6.exchange import Exchange6
from kea_twisted.wire.v6 import REPLY


def _arguments(exchange: Exchange6) -> list[dict[str, object]]:
    """Return what was stored and what was deleted by this query; nothing is stored for an ADVERTISE."""
    if exchange.reply is not None and exchange.reply.message_type != REPLY:
        return []
    stored = list(exchange.declined)
    deleted = list(exchange.deleted)
    for association in exchange.associations:
        stored += [lease for lease in association.leases if lease.address not in association.remaining]
        kept = {lease.address for lease in association.leases}
        deleted += [lease for lease in association.given_up if lease.address not in kept]
    return [{"query6": exchange.query, "leases6": stored, "deleted_leases6": deleted}]


LEASES6_COMMITTED: Final[HookPoint[Exchange6]] = HookPoint(
    "leases6_committed", _arguments, settle_committed, DHCP6_HOOK_LEASES6_COMMITTED_PARK
)
