"""RELEASE: the client gives leases back. RFC 8415 §18.3.7."""

from __future__ import annotations

from typing import Final

from kea_twisted.base.address import text6
from kea_twisted.base.octets import colon_hex
from kea_twisted.hooks.callout import CONTINUE
from kea_twisted.leases.lease import IA_NA, IA_PD, Lease6
from kea_twisted.log.logger import HOOKS, LEASES
from kea_twisted.log.message import DBG_DETAIL
from kea_twisted.log.messages.dhcp6 import (
    DHCP6_HOOK_LEASE6_RELEASE_NA_SKIP,
    DHCP6_HOOK_LEASE6_RELEASE_PD_SKIP,
    DHCP6_PROCESS_IA_NA_RELEASE,
    DHCP6_RELEASE_NA,
    DHCP6_RELEASE_NA_FAIL,
    DHCP6_RELEASE_NA_FAIL_WRONG_DUID,
    DHCP6_RELEASE_NA_FAIL_WRONG_IAID,
    DHCP6_RELEASE_PD,
    DHCP6_RELEASE_PD_FAIL,
    DHCP6_RELEASE_PD_FAIL_WRONG_DUID,
    DHCP6_RELEASE_PD_FAIL_WRONG_IAID,
)
from kea_twisted.server.pipeline import Rows
from kea_twisted.server.procedure import Course, Procedure
from kea_twisted.server.v6 import reply
from kea_twisted.server.v6.committed import LEASES6_COMMITTED
from kea_twisted.server.v6.exchange import (
    OPTION_IA_PD,
    OPTION_IAADDR,
    OPTION_IAPREFIX,
    OPTION_STATUS_CODE,
    Exchange6,
)
from kea_twisted.server.v6.status import say_status, say_summary
from kea_twisted.wire.v6 import (
    NO_BINDING,
    REPLY,
    SUCCESS,
    UNSPEC_FAIL,
    Ia6,
    build_ia,
    build_status,
    parse_iaaddr,
    parse_iaprefix,
)

_RELEASED: Final = build_status(SUCCESS, "Lease released. Thank you, please come again.")
_NO_ADDRESS: Final = build_status(NO_BINDING, "You did not include an address in your RELEASE")
_NO_PREFIX: Final = build_status(NO_BINDING, "You did not include a prefix in your RELEASE")
_NO_LEASE: Final = build_status(NO_BINDING, "Sorry, no known leases for this duid/iaid, can't release.")
_OTHER_DUID: Final = build_status(NO_BINDING, "This address does not belong to you, you can't release it")
_OTHER_IAID: Final = build_status(NO_BINDING, "This is your address, but you used wrong IAID")
_FAILED: Final = build_status(UNSPEC_FAIL, "Server failed to release a lease")
_SUMMARY: Final = "Summary status for all processed IA_NAs"


def _release(exchange: Exchange6) -> Course:
    """Answer each IA; the status of the whole message is that of the last one that failed."""
    exchange.start_reply(REPLY)
    asks = exchange.server.callouts.has("lease6_release")
    summary = SUCCESS
    for code, ia in exchange.ias:
        is_pd = code == OPTION_IA_PD
        if not is_pd and LEASES.rank >= DBG_DETAIL:
            LEASES.log(DHCP6_PROCESS_IA_NA_RELEASE, exchange.label, ia.iaid)
        lease, status = _find(exchange, is_pd, ia)
        if lease is not None:
            status = _RELEASED
            if asks:
                handle = yield "lease6_release", {"query6": exchange.query, "lease6": lease}
                if handle.status != CONTINUE:
                    skipped = DHCP6_HOOK_LEASE6_RELEASE_PD_SKIP if is_pd else DHCP6_HOOK_LEASE6_RELEASE_NA_SKIP
                    HOOKS.log(skipped, exchange.label)
                    status = _FAILED
            if status is _RELEASED and not exchange.server.store.remove(lease, exchange.now):
                status = _FAILED
            _log_end(exchange, lease, status is _RELEASED)
            if status is _RELEASED:
                exchange.deleted.append(lease)
        if status is not _RELEASED:
            summary = int.from_bytes(status[4:6], "big")
        say_status(exchange, ia.iaid, status)
        exchange.add(code, build_ia(ia.iaid, 0, 0, status))
    whole = build_status(summary, _SUMMARY)
    say_summary(exchange, whole)
    exchange.options[OPTION_STATUS_CODE] = [whole[4:]]
    return None


def _find(exchange: Exchange6, is_pd: bool, ia: Ia6) -> tuple[Lease6 | None, bytes]:
    """Return the lease that an IA gives back, or the status that says why there is none."""
    bodies = ia.options.get(OPTION_IAPREFIX if is_pd else OPTION_IAADDR)
    if not bodies:
        return None, _NO_PREFIX if is_pd else _NO_ADDRESS
    if is_pd:
        address = parse_iaprefix(bodies[0])[0] if bodies[0][8] <= 128 else 0
    else:
        address = parse_iaaddr(bodies[0])[0]
    lease = exchange.server.store.leases.get(IA_PD if is_pd else IA_NA, address)
    if lease is None:
        return None, _NO_LEASE
    what = (text6(address), lease.prefix_length) if is_pd else (text6(address),)
    if lease.duid != exchange.client_id:
        message = DHCP6_RELEASE_PD_FAIL_WRONG_DUID if is_pd else DHCP6_RELEASE_NA_FAIL_WRONG_DUID
        LEASES.log(message, exchange.label, *what, colon_hex(lease.duid))
        return None, _OTHER_DUID
    if lease.iaid != ia.iaid:
        message = DHCP6_RELEASE_PD_FAIL_WRONG_IAID if is_pd else DHCP6_RELEASE_NA_FAIL_WRONG_IAID
        LEASES.log(message, exchange.label, *what, lease.iaid, ia.iaid)
        return None, _OTHER_IAID
    return lease, b""


def _log_end(exchange: Exchange6, lease: Lease6, released: bool) -> None:
    """Say whether a lease was released."""
    if lease.lease_type == IA_PD:
        message = DHCP6_RELEASE_PD if released else DHCP6_RELEASE_PD_FAIL
        LEASES.log(message, exchange.label, text6(lease.address), lease.prefix_length, lease.iaid)
    else:
        message = DHCP6_RELEASE_NA if released else DHCP6_RELEASE_NA_FAIL
        LEASES.log(message, exchange.label, text6(lease.address), lease.iaid)


RELEASE: Final[Procedure[Exchange6]] = Procedure(_release)

STEPS: Final[Rows[Exchange6]] = (RELEASE, *reply.ADDRESSING, LEASES6_COMMITTED, *reply.SENDING)
