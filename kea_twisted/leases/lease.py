"""One DHCPv4 lease, one DHCPv6 lease. Values: a change is a new object given to the lease manager.

Never change a field of a lease that came out of a manager; call :meth:`Lease4.copy` and change the copy.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.base.address import text4, text6
from kea_twisted.base.octets import colon_hex

DEFAULT: Final = 0
DECLINED: Final = 1
EXPIRED_RECLAIMED: Final = 2

IA_NA: Final = 0
IA_TA: Final = 1
IA_PD: Final = 2
"""Lease types of DHCPv6, as in the lease file."""

TYPE_NAMES: Final = {IA_NA: "IA_NA", IA_TA: "IA_TA", IA_PD: "IA_PD"}
"""Lease types as the log has them."""

HWTYPE_ETHERNET: Final = 1

INFINITE: Final = 0xFFFFFFFF
"""A valid lifetime that never ends."""


class Lease4:
    """A DHCPv4 lease.

    address: int. hwaddr: octets of the link-layer address, b"" if unknown. client_id: octets of option 61 or b"".
    cltt: client last transmission time, seconds of the epoch. valid_lifetime: seconds. state: DEFAULT, DECLINED or
    EXPIRED_RECLAIMED. hostname: lower case, as in the lease file. user_context: JSON text of a map, or "".
    """

    __slots__ = (
        "address",
        "client_id",
        "cltt",
        "fqdn_fwd",
        "fqdn_rev",
        "hostname",
        "hwaddr",
        "state",
        "subnet_id",
        "user_context",
        "valid_lifetime",
    )

    def __init__(
        self,
        address: int,
        hwaddr: bytes,
        client_id: bytes,
        valid_lifetime: int,
        cltt: int,
        subnet_id: int,
        fqdn_fwd: bool = False,
        fqdn_rev: bool = False,
        hostname: str = "",
        state: int = DEFAULT,
        user_context: str = "",
    ) -> None:
        self.address = address
        self.hwaddr = hwaddr
        self.client_id = client_id
        self.valid_lifetime = valid_lifetime
        self.cltt = cltt
        self.subnet_id = subnet_id
        self.fqdn_fwd = fqdn_fwd
        self.fqdn_rev = fqdn_rev
        self.hostname = hostname
        self.state = state
        self.user_context = user_context

    @property
    def expire(self) -> int:
        """The second of the epoch at which the lease ends; meaningless when valid_lifetime is INFINITE."""
        return self.cltt + self.valid_lifetime

    def expired(self, now: float) -> bool:
        """Return whether the lease has ended at *now*."""
        return self.valid_lifetime != INFINITE and self.cltt + self.valid_lifetime < now

    @property
    def client_label(self) -> str:
        """What identifies the client in a log line, in Kea's form."""
        client_id = colon_hex(self.client_id) or "no info"
        return f"[hwtype={HWTYPE_ETHERNET} {colon_hex(self.hwaddr)}], cid=[{client_id}]"

    @property
    def details(self) -> str:
        """All of the lease on one line, for the log."""
        return (
            f"address={text4(self.address)} hwaddr={colon_hex(self.hwaddr) or '(none)'} "
            f"client-id={colon_hex(self.client_id) or '(none)'} subnet-id={self.subnet_id} "
            f"valid-lifetime={self.valid_lifetime} cltt={self.cltt} hostname={self.hostname or '(none)'} "
            f"fqdn-fwd={self.fqdn_fwd} fqdn-rev={self.fqdn_rev} state={self.state} "
            f"user-context={self.user_context or '(none)'}"
        )

    def copy(self) -> Lease4:
        """Return a lease that may be changed."""
        return Lease4(
            self.address,
            self.hwaddr,
            self.client_id,
            self.valid_lifetime,
            self.cltt,
            self.subnet_id,
            self.fqdn_fwd,
            self.fqdn_rev,
            self.hostname,
            self.state,
            self.user_context,
        )

    def __eq__(self, other: object) -> bool:
        """Compare all fields."""
        return isinstance(other, Lease4) and all(getattr(self, f) == getattr(other, f) for f in self.__slots__)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Show what identifies the lease."""
        return f"<Lease4 {text4(self.address)} {colon_hex(self.hwaddr)} subnet {self.subnet_id} state {self.state}>"


class Lease6:
    """A DHCPv6 lease of an address (IA_NA) or of a delegated prefix (IA_PD).

    lease_type: IA_NA, IA_TA or IA_PD. prefix_length: 128 for addresses. hwaddr_source: bit mask of
    where hwaddr came from (HWADDR_SOURCE_*), 0 unknown. The other fields as in :class:`Lease4`.
    """

    __slots__ = (
        "address",
        "cltt",
        "duid",
        "fqdn_fwd",
        "fqdn_rev",
        "hostname",
        "hwaddr",
        "hwaddr_source",
        "hwtype",
        "iaid",
        "lease_type",
        "preferred_lifetime",
        "prefix_length",
        "state",
        "subnet_id",
        "user_context",
        "valid_lifetime",
    )

    def __init__(
        self,
        lease_type: int,
        address: int,
        prefix_length: int,
        duid: bytes,
        iaid: int,
        preferred_lifetime: int,
        valid_lifetime: int,
        cltt: int,
        subnet_id: int,
        fqdn_fwd: bool = False,
        fqdn_rev: bool = False,
        hostname: str = "",
        hwaddr: bytes = b"",
        hwtype: int = 0,
        hwaddr_source: int = 0,
        state: int = DEFAULT,
        user_context: str = "",
    ) -> None:
        self.lease_type = lease_type
        self.address = address
        self.prefix_length = prefix_length
        self.duid = duid
        self.iaid = iaid
        self.preferred_lifetime = preferred_lifetime
        self.valid_lifetime = valid_lifetime
        self.cltt = cltt
        self.subnet_id = subnet_id
        self.fqdn_fwd = fqdn_fwd
        self.fqdn_rev = fqdn_rev
        self.hostname = hostname
        self.hwaddr = hwaddr
        self.hwtype = hwtype
        self.hwaddr_source = hwaddr_source
        self.state = state
        self.user_context = user_context

    @property
    def expire(self) -> int:
        """The second of the epoch at which the lease ends; meaningless when valid_lifetime is INFINITE."""
        return self.cltt + self.valid_lifetime

    def expired(self, now: float) -> bool:
        """Return whether the lease has ended at *now*."""
        return self.valid_lifetime != INFINITE and self.cltt + self.valid_lifetime < now

    @property
    def client_label(self) -> str:
        """What identifies the client in a log line, in Kea's form."""
        hardware = f", [hwtype={self.hwtype} {colon_hex(self.hwaddr)}]" if self.hwaddr else ""
        return f"duid=[{colon_hex(self.duid) or '00'}]{hardware}"

    @property
    def details(self) -> str:
        """All of the lease on one line, for the log."""
        return (
            f"type={TYPE_NAMES[self.lease_type]} address={text6(self.address)}/{self.prefix_length} "
            f"duid={colon_hex(self.duid)} iaid={self.iaid} subnet-id={self.subnet_id} "
            f"preferred-lifetime={self.preferred_lifetime} valid-lifetime={self.valid_lifetime} cltt={self.cltt} "
            f"hwaddr={colon_hex(self.hwaddr) or '(none)'} hostname={self.hostname or '(none)'} "
            f"fqdn-fwd={self.fqdn_fwd} fqdn-rev={self.fqdn_rev} state={self.state} "
            f"user-context={self.user_context or '(none)'}"
        )

    def copy(self) -> Lease6:
        """Return a lease that may be changed."""
        return Lease6(
            self.lease_type,
            self.address,
            self.prefix_length,
            self.duid,
            self.iaid,
            self.preferred_lifetime,
            self.valid_lifetime,
            self.cltt,
            self.subnet_id,
            self.fqdn_fwd,
            self.fqdn_rev,
            self.hostname,
            self.hwaddr,
            self.hwtype,
            self.hwaddr_source,
            self.state,
            self.user_context,
        )

    def __eq__(self, other: object) -> bool:
        """Compare all fields."""
        return isinstance(other, Lease6) and all(getattr(self, f) == getattr(other, f) for f in self.__slots__)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Show what identifies the lease."""
        return f"<Lease6 {text6(self.address)}/{self.prefix_length} {colon_hex(self.duid)} subnet {self.subnet_id}>"
