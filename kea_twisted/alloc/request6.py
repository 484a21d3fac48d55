"""What the DHCPv6 allocation engine is asked and what it answers: requests, IAs, choices; comparisons, no decisions."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from enum import Enum
from typing import NamedTuple

from kea_twisted.alloc.engine import Labelled
from kea_twisted.base.lifetimes import Triplet
from kea_twisted.hosts.host import Host
from kea_twisted.leases.lease import DEFAULT, IA_PD, Lease6
from kea_twisted.subnets.subnet import DdnsParameters
from kea_twisted.subnets.v6 import Subnet6


class Kind(Enum):
    """What a choice does to the store."""

    NEW = "new"
    """The address or prefix has no lease yet."""
    REUSED = "reused"
    """It has a lease that ended; it changes hands."""
    EXTENDED = "extended"
    """The client has the lease already and renews or rebinds it."""


class Choice:
    """A lease for the client, not stored yet. lease: as it shall be; replaced: as it is, None if new."""

    __slots__ = ("kind", "lease", "replaced")

    def __init__(self, kind: Kind, lease: Lease6, replaced: Lease6 | None) -> None:
        self.kind = kind
        self.lease = lease
        self.replaced = replaced


Choices = Generator[Choice, bool, None]


class Hint(NamedTuple):
    """What a client wishes in an IA; 0 means no wish."""

    address: int
    prefix_length: int
    preferred: int
    valid: int


class Association:
    """One IA of a query, and what the engine decided for it.

    leases: what the client has from now on. former: address → lease as it was, where it was in force. new: addresses of
    leases made by this query. given_up: leases that it had. remaining: address → (preferred, valid) seconds left of a
    lease that is answered with unchanged (lease caching).
    """

    __slots__ = ("former", "given_up", "hints", "iaid", "kind", "leases", "new", "remaining")

    def __init__(self, kind: int, iaid: int, hints: list[Hint]) -> None:
        self.kind = kind
        self.iaid = iaid
        self.hints = hints
        self.leases: list[Lease6] = []
        self.former: dict[int, Lease6] = {}
        self.new: set[int] = set()
        self.given_up: list[Lease6] = []
        self.remaining: dict[int, tuple[int, int]] = {}


def _unqualified(_parameters: DdnsParameters, name: str) -> str:
    """Return *name*: nobody said what to add."""
    return name


class Request6:
    """What the engine knows of one query.

    selected: the subnet that was selected for the query. subnet: the same, but the engine moves it to another one of
    the shared network if that is where the lease is.
    now: seconds of the epoch, as leases count them. time: the same with a fraction, as statistics have it.
    host_subnet: the one whose reservation the client got something of; its other contents count, too.
    fake: nothing is stored (SOLICIT without rapid commit). asks_select, asks_extend: whether callouts want to see
    choices to lease and to extend. allocated: (address, length) of what earlier IAs of the query got.
    searched: lease type → what a search in vain found; the query's further IAs of that type are spared another one.
    class_valid, class_preferred: lifetimes that classes give. qualify: makes a name for leases of a reserved one.
    remember: adds what is stored under `store-extended-info` to a user context. who: names the client in log lines.
    """

    __slots__ = (
        "allocated",
        "asks_extend",
        "asks_select",
        "class_preferred",
        "class_valid",
        "classes",
        "duid",
        "fake",
        "fqdn_fwd",
        "fqdn_rev",
        "host_subnet",
        "hostname",
        "hosts",
        "hwaddr",
        "hwaddr_source",
        "hwtype",
        "now",
        "qualify",
        "remember",
        "searched",
        "selected",
        "subnet",
        "time",
        "who",
    )

    def __init__(
        self,
        subnet: Subnet6,
        classes: Mapping[str, None],
        duid: bytes,
        hosts: Mapping[int, Host],
        time: float,
        fake: bool,
        who: Labelled,
    ) -> None:
        self.selected = subnet
        self.subnet = subnet
        self.classes = classes
        self.duid = duid
        self.hosts = hosts
        self.now = int(time)
        self.time = time
        self.fake = fake
        self.who = who
        self.host_subnet: Subnet6 | None = None
        self.hwaddr = b""
        self.hwtype = 0
        self.hwaddr_source = 0
        self.class_valid: Triplet | None = None
        self.class_preferred: Triplet | None = None
        self.hostname = ""
        self.fqdn_fwd = False
        self.fqdn_rev = False
        self.qualify: Callable[[DdnsParameters, str], str] = _unqualified
        self.remember: Callable[[str], str] | None = None
        self.asks_select = False
        self.asks_extend = False
        self.allocated: set[tuple[int, int]] = set()
        self.searched: dict[int, tuple[int, int]] = {}


def is_reserved(host: Host | None, lease: Lease6) -> bool:
    """Return whether *host* reserves exactly the address or prefix of *lease*."""
    if host is None:
        return False
    if lease.lease_type == IA_PD:
        return (lease.address, lease.prefix_length) in host.prefixes
    return lease.address in host.addresses


def same_names(lease: Lease6, other: Lease6) -> bool:
    """Return whether two leases say the same to DNS, where capital letters are as good as small ones."""
    return (
        lease.fqdn_fwd == other.fqdn_fwd
        and lease.fqdn_rev == other.fqdn_rev
        and (lease.hostname == other.hostname or lease.hostname.lower() == other.hostname.lower())
    )


def unchanged(lease: Lease6, extended: Lease6) -> bool:
    """Return whether an extension changes nothing but times, and shortens none."""
    return (
        extended.preferred_lifetime >= lease.preferred_lifetime
        and extended.valid_lifetime >= lease.valid_lifetime
        and lease.hostname == extended.hostname
        and lease.fqdn_fwd == extended.fqdn_fwd
        and lease.fqdn_rev == extended.fqdn_rev
        and lease.hwaddr == extended.hwaddr
        and lease.state == DEFAULT
        and lease.user_context == extended.user_context
    )
