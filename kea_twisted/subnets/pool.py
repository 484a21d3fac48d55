"""Pools of addresses (both families) and of delegated prefixes (DHCPv6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kea_twisted.options.definition import OptionSet


@dataclass(slots=True, eq=False)
class Pool:
    """A range of addresses, both ends included. client_class "" admits every client.

    step: the distance from one to the next. lease_length: the prefix length of its leases.
    """

    step: ClassVar[int] = 1
    lease_length: ClassVar[int] = 128
    first: int
    last: int
    client_class: str = ""
    require_client_classes: tuple[str, ...] = ()
    options: OptionSet = ()
    user_context: dict[str, object] | None = None

    @property
    def capacity(self) -> int:
        """The number of addresses."""
        return self.last - self.first + 1


@dataclass(slots=True, eq=False)
class PdPool:
    """A prefix out of which prefixes of one length are delegated.

    first, last: the first and the last address of the pool; it may begin inside of the prefix. excluded: (first
    address, length) or None, RFC 6603.
    """

    first: int
    last: int
    prefix_length: int
    delegated_length: int
    excluded: tuple[int, int] | None = None
    client_class: str = ""
    require_client_classes: tuple[str, ...] = ()
    options: OptionSet = ()
    user_context: dict[str, object] | None = None

    @property
    def step(self) -> int:
        """The distance from one prefix to the next."""
        return 1 << (128 - self.delegated_length)

    @property
    def lease_length(self) -> int:
        """The length of the prefixes."""
        return self.delegated_length

    @property
    def capacity(self) -> int:
        """The number of prefixes."""
        return (self.last - self.first + 1) >> (128 - self.delegated_length)

    @property
    def nominal(self) -> int:
        """The number of prefixes that statistics show, as in Kea: that of the whole prefix."""
        return 1 << (self.delegated_length - self.prefix_length)
