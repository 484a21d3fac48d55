"""What the DHCPv4 allocation engine is asked and what it answers: requests, choices, failures; no decisions."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from enum import Enum

from kea_twisted.alloc.engine import Labelled
from kea_twisted.base.lifetimes import INFINITE, Triplet
from kea_twisted.hosts.host import Host, Identifier
from kea_twisted.leases.lease import Lease4
from kea_twisted.subnets.v4 import Subnet4


class Kind(Enum):
    """What a choice does to the store."""

    NEW = "new"
    """The address has no lease yet."""
    REUSED = "reused"
    """The address has a lease that ended; it changes hands."""
    RENEWED = "renewed"
    """The client has the lease already."""


class Choice:
    """A lease for the client, not stored yet.

    lease: as it shall be. replaced: the lease of the same address as it is, None if new. given_up: another lease of the
    client, which ends when this one is stored. remaining: seconds left if the stored lease is fresh enough to be
    answered with unchanged (lease caching), else 0.
    """

    __slots__ = ("given_up", "kind", "lease", "remaining", "replaced")

    def __init__(self, kind: Kind, lease: Lease4, replaced: Lease4 | None, remaining: int = 0) -> None:
        self.kind = kind
        self.lease = lease
        self.replaced = replaced
        self.given_up: Lease4 | None = None
        self.remaining = remaining


class Failure(Enum):
    """Why there is no choice; the caller logs it and decides between a NAK and silence."""

    RESERVED = "the address is reserved for another client"
    IN_USE = "another client has the address"
    RESERVATION_FREE = "the client has a reservation that is free"
    OUT_OF_POOL = "the address is in no pool that admits the client"
    EXHAUSTED = "no address is free"
    NO_POOLS = "no pool admits the client"
    NO_SUBNET = "no subnet of the link admits the client"
    NAMELESS = "the client has nothing that its lease could be found by"


class Request4:
    """What the engine knows of one query.

    subnet: the selected one; the engine moves it to another one of the shared network if that is where the lease
    is. requested: the address the client asks for, 0 for none. who: names the client in log lines. wished: the lifetime
    of option 51, 0 for none. class_valid: the lifetime that a class gives, if any. infinite: a BOOTP client, whose
    leases do not end. conflict: set by the engine to the lease that keeps the client from its reserved address.
    remember: turns a lease's user context into the one to store under `store-extended-info`; None if there is nothing
    to remember of the query.
    """

    __slots__ = (
        "class_valid",
        "classes",
        "client_id",
        "conflict",
        "fqdn_fwd",
        "fqdn_rev",
        "hostname",
        "hosts",
        "hwaddr",
        "identifiers",
        "infinite",
        "now",
        "remember",
        "requested",
        "subnet",
        "who",
        "wished",
    )

    def __init__(
        self,
        subnet: Subnet4,
        classes: Container[str],
        hwaddr: bytes,
        client_id: bytes,
        requested: int,
        hosts: Mapping[int, Host],
        identifiers: tuple[Identifier, ...],
        now: int,
        who: Labelled,
        wished: int = 0,
        class_valid: Triplet | None = None,
        infinite: bool = False,
    ) -> None:
        self.subnet = subnet
        self.classes = classes
        self.hwaddr = hwaddr
        self.client_id = client_id
        self.requested = requested
        self.hosts = hosts
        self.identifiers = identifiers
        self.now = now
        self.who = who
        self.wished = wished
        self.class_valid = class_valid
        self.infinite = infinite
        self.hostname = ""
        self.fqdn_fwd = False
        self.fqdn_rev = False
        self.conflict: Lease4 | None = None
        self.remember: Callable[[str], str] | None = None


def belongs_to(lease: Lease4, hwaddr: bytes, client_id: bytes) -> bool:
    """Return whether *lease* is the client's: by client identifier if both have one, else by link-layer address."""
    if client_id and lease.client_id:
        return client_id == lease.client_id
    return bool(hwaddr) and hwaddr == lease.hwaddr


def valid_lifetime(request: Request4) -> int:
    """Return the lifetime granted: the first class that has one, else the subnet's, and the client's wish within it."""
    if request.infinite:
        return INFINITE
    triplet = request.class_valid or request.subnet.valid
    return triplet.clamp(request.wished) if request.wished else triplet.default
