"""What DNS has to be told of leases: the name change requests of a server, in the order in which they are made.

They wait in the server until the leases of the batch are stored; then they are handed over to who sends them
(:mod:`.io`), or forgotten if the leases could not be stored. ARM dhcpv4-d2-rules-config, dhcpv6-d2-rules-config.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

from kea_twisted.base.address import to_text
from kea_twisted.ddns.ncr import Change, NameChangeRequest
from kea_twisted.family import Family
from kea_twisted.leases.lease import Lease4, Lease6
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.message import DBG_DETAIL, DBG_DETAIL_DATA
from kea_twisted.log.messages.dhcpsrv import DHCPSRV_QUEUE_NCR, DHCPSRV_QUEUE_NCR_FAILED, DHCPSRV_QUEUE_NCR_SKIP
from kea_twisted.subnets.subnet import DdnsParameters, Subnet

L = TypeVar("L", Lease4, Lease6)

SHORTEST_TTL: Final = 600
"""Seconds, RFC 4702 §5."""


def time_to_live(valid_lifetime: int) -> int:
    """Return how long the DNS entries of a lease are good for: a third of it, at least ten minutes. RFC 4702 §5."""
    return max(valid_lifetime // 3, SHORTEST_TTL)


def _nobody(_requests: list[NameChangeRequest]) -> None:
    """Drop requests: nobody sends them."""


class Updates(Generic[L]):
    """The name change requests of one server.

    enabled: whether any are made; others look at it first, so that a server without updates pays one comparison.
    pending: made but not handed over yet. hand_over: called with them by :meth:`flush`.
    """

    __slots__ = ("_overwriting", "enabled", "hand_over", "pending")

    family: Family

    def __init__(self) -> None:
        self.enabled = False
        self.pending: list[NameChangeRequest] = []
        self.hand_over: Callable[[list[NameChangeRequest]], None] = _nobody
        self._overwriting: frozenset[int] = frozenset()

    def configure(self, enabled: bool, subnets: Iterable[Subnet]) -> None:
        """Begin with a new configuration."""
        self.enabled = enabled
        self._overwriting = frozenset(each.id for each in subnets if not each.ddns.use_conflict_resolution)

    def leased(self, lease: L, former: L | None, parameters: DdnsParameters) -> None:
        """Ask for the entries of a lease that a client got or renewed.

        former: what DNS knows of the client, its lease before or one that ends by this one; None for a new lease.
        parameters: those of the subnet of *lease*; where it sends no updates, former entries stay as they are, too.
        """
        if not parameters.send_updates:
            return
        if former is not None:
            if not parameters.update_on_renew and not changes(former, lease):
                return
            self.remove(former)
        self.add(lease, lease.subnet_id not in self._overwriting)

    def add(self, lease: L, conflict_resolution: bool) -> None:
        """Ask for the entries of *lease*, if it wants any."""
        self._queue(Change.ADD, lease, self._expires(lease), conflict_resolution)

    def remove(self, lease: L) -> None:
        """Ask for the removal of the entries of *lease*, if it has any."""
        if self.enabled:
            expires = lease.cltt + time_to_live(lease.valid_lifetime)
            self._queue(Change.REMOVE, lease, expires, lease.subnet_id not in self._overwriting)
        elif DHCPSRV.rank >= DBG_DETAIL:
            self._log_skipped(lease)

    def flush(self) -> None:
        """Hand over what is pending: the leases that it is about are stored."""
        if self.pending:
            requests, self.pending = self.pending, []
            self.hand_over(requests)

    def forget(self) -> None:
        """Throw away what is pending: the leases that it is about could not be stored."""
        self.pending = []

    def _expires(self, lease: L) -> int:
        """Return the end that an added entry is given."""
        return lease.cltt + time_to_live(lease.valid_lifetime)

    def _queue(self, change: Change, lease: L, expires: int, conflict_resolution: bool) -> None:
        """Make one request."""
        if not lease.hostname or not (lease.fqdn_fwd or lease.fqdn_rev):
            if DHCPSRV.rank >= DBG_DETAIL:
                self._log_skipped(lease)
            return
        address = to_text(lease.address, self.family)
        verb = change.name.lower()
        try:
            identifier = self.identify(lease)
        except ValueError as error:
            DHCPSRV.log(DHCPSRV_QUEUE_NCR_FAILED, lease.client_label, verb, address, error)
            return
        name = self.name_of(change, lease)
        request = NameChangeRequest(
            change,
            lease.fqdn_fwd,
            lease.fqdn_rev,
            name if name.endswith(".") else name + ".",
            address,
            identifier,
            expires,
            time_to_live(lease.valid_lifetime),
            conflict_resolution,
        )
        self.log_made(lease, request)
        self.pending.append(request)

    def log_made(self, lease: L, request: NameChangeRequest) -> None:
        """Say that a request was made."""
        if DHCPSRV.rank >= DBG_DETAIL_DATA:
            DHCPSRV.log(DHCPSRV_QUEUE_NCR, lease.client_label, request.change.name.lower(), request)

    def _log_skipped(self, lease: L) -> None:
        """Say that a lease has no entries, or that nobody would be told of them."""
        DHCPSRV.log(DHCPSRV_QUEUE_NCR_SKIP, lease.client_label, to_text(lease.address, self.family))

    def name_of(self, change: Change, lease: L) -> str:
        """Return the name in a request."""
        return lease.hostname

    @abstractmethod
    def identify(self, lease: L) -> bytes:
        """Return the DHCID of the client of *lease*. Raises ValueError."""


def changes(former: Lease4 | Lease6, lease: Lease4 | Lease6) -> bool:
    """Return whether DNS says something else of *lease* than it did of *former*."""
    return (
        former.address != lease.address
        or former.fqdn_fwd != lease.fqdn_fwd
        or former.fqdn_rev != lease.fqdn_rev
        or (former.hostname != lease.hostname and former.hostname.lower() != lease.hostname.lower())
    )
