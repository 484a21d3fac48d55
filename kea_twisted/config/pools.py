"""Pools of addresses and of prefixes. ARM dhcp4-address-config, dhcp6-address-config, dhcp6-prefix-config."""

# ruff: noqa: RUF012 (pydantic gives each instance its own copy of a default)
from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kea_twisted.config.options import OptionData
from kea_twisted.config.section import Commented, Maybe, Name

Length6 = Annotated[int, Field(ge=1, le=128)]


class PoolParameters(Commented):
    """What all pools have."""

    option_data: list[OptionData] = []
    """Options for the clients of this pool."""
    client_class: Maybe[str] = None
    """The class a client must be in to use the pool."""
    require_client_classes: list[Name] = []
    """Classes to evaluate once the pool is chosen."""


class Pool(PoolParameters):
    """One entry of `pools`."""

    pool: str
    """`first - last` or `prefix/length`."""


class PdPool(PoolParameters):
    """One entry of `pd-pools`."""

    prefix: str
    """The first address of the prefix that is divided."""
    prefix_len: Length6
    """Its length."""
    delegated_len: Length6
    """The length of the prefixes that clients get."""
    excluded_prefix: Maybe[str] = None
    """The prefix to exclude from delegated ones, RFC 6603."""
    excluded_prefix_len: Maybe[Annotated[int, Field(ge=0, le=128)]] = None
    """The length of the excluded prefix."""
