"""DECLINE: the client found an address in use; nobody gets it for a while. RFC 8415 §18.3.8; ARM dhcp6-decline."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

from kea_twisted.base.address import text6
from kea_twisted.base.octets import colon_hex
from kea_twisted.hooks.callout import DROP, SKIP, CalloutHandle
from kea_twisted.leases.lease import IA_NA, Lease6
from kea_twisted.log.logger import HOOKS, LEASES
from kea_twisted.log.message import DBG_DETAIL
from kea_twisted.log.messages.dhcp6 import (
    DHCP6_DECLINE_FAIL_DUID_MISMATCH,
    DHCP6_DECLINE_FAIL_IAID_MISMATCH,
    DHCP6_DECLINE_FAIL_NO_LEASE,
    DHCP6_DECLINE_LEASE,
    DHCP6_DECLINE_PROCESS_IA,
    DHCP6_HOOK_DECLINE_DROP,
    DHCP6_HOOK_DECLINE_SKIP,
)
from kea_twisted.server.outcome import Drop
from kea_twisted.server.pipeline import Rows
from kea_twisted.server.procedure import Call, Course, Procedure
from kea_twisted.server.v6 import reply
from kea_twisted.server.v6.committed import LEASES6_COMMITTED
from kea_twisted.server.v6.exchange import OPTION_IA_NA, OPTION_IAADDR, Exchange6
from kea_twisted.server.v6.status import say_status
from kea_twisted.wire.v6 import NO_BINDING, REPLY, SUCCESS, Ia6, build_ia, build_status, parse_iaaddr

_DECLINED: Final = build_status(SUCCESS, "Lease declined. Hopefully the next one will be better.")
_NO_ADDRESS: Final = build_status(NO_BINDING, "No addresses sent in IA_NA")
_NO_LEASE: Final = build_status(NO_BINDING, "Server does not know about such an address.")
_OTHER_DUID: Final = build_status(NO_BINDING, "This address does not belong to you, you can't decline it")
_OTHER_IAID: Final = build_status(NO_BINDING, "This is your address, but you used wrong IAID")


def _decline(exchange: Exchange6) -> Course:
    """Answer each IA_NA with a status for each address; prefixes cannot be declined.

    As in Kea, the status of an unknown address, or of one of another IA, takes the place of the first one before it.
    """
    exchange.start_reply(REPLY)
    for code, ia in exchange.ias:
        if code != OPTION_IA_NA:
            continue
        if LEASES.rank >= DBG_DETAIL:
            LEASES.log(DHCP6_DECLINE_PROCESS_IA, ia.iaid, exchange.label)
        bodies = ia.options.get(OPTION_IAADDR)
        statuses: list[bytes] = []
        if not bodies:
            statuses.append(_NO_ADDRESS)
            say_status(exchange, ia.iaid, _NO_ADDRESS)
        for body in bodies or ():
            lease, status = _find(exchange, ia, parse_iaaddr(body)[0])
            if lease is not None:
                answered = yield from _end(exchange, lease)
                if answered is None:
                    return Drop("lease6_decline callout")
                status = answered
            if status is _NO_LEASE or status is _OTHER_IAID:
                del statuses[:1]
            statuses.append(status)
            if status:
                say_status(exchange, ia.iaid, status)
        exchange.add(code, build_ia(ia.iaid, 0, 0, b"".join(statuses)))
    return None


def _find(exchange: Exchange6, ia: Ia6, address: int) -> tuple[Lease6 | None, bytes]:
    """Return the client's lease of *address*, or the status that says why there is none."""
    lease = exchange.server.store.leases.get(IA_NA, address)
    label = exchange.label
    if lease is None:
        LEASES.log(DHCP6_DECLINE_FAIL_NO_LEASE, label, text6(address))
        return None, _NO_LEASE
    if lease.duid != exchange.client_id:
        LEASES.log(DHCP6_DECLINE_FAIL_DUID_MISMATCH, label, text6(address), colon_hex(lease.duid))
        return None, _OTHER_DUID
    if lease.iaid != ia.iaid:
        LEASES.log(DHCP6_DECLINE_FAIL_IAID_MISMATCH, label, text6(address), ia.iaid, lease.iaid)
        return None, _OTHER_IAID
    return lease, b""


def _end(exchange: Exchange6, lease: Lease6) -> Generator[Call, CalloutHandle, bytes | None]:
    """Put an address on probation; return the status, None if a callout drops the message."""
    if exchange.server.callouts.has("lease6_decline"):
        handle = yield "lease6_decline", {"query6": exchange.query, "lease6": lease}
        where = (exchange.label, exchange.query.ifname, text6(lease.address))
        if handle.status == DROP:
            HOOKS.log(DHCP6_HOOK_DECLINE_DROP, *where)
            return None
        if handle.status == SKIP:
            HOOKS.log(DHCP6_HOOK_DECLINE_SKIP, *where)
            return b""
    period = exchange.config.decline_probation_period
    exchange.declined.append(exchange.server.store.decline(lease, period, exchange.now))
    LEASES.log(DHCP6_DECLINE_LEASE, exchange.label, text6(lease.address), period)
    return _DECLINED


DECLINE: Final[Procedure[Exchange6]] = Procedure(_decline)

STEPS: Final[Rows[Exchange6]] = (DECLINE, *reply.ADDRESSING, LEASES6_COMMITTED, *reply.SENDING)
