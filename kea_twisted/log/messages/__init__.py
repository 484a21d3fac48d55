"""The message tables, one module an area, and all of their rows by id."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from kea_twisted.log.message import Message, messages_of

AREAS: Final = (
    "alloc_engine",
    "command",
    "database",
    "dhcp4",
    "dhcp6",
    "dhcp_ddns",
    "dhcpsrv",
    "eval",
    "hooks",
    "hosts",
    "lfc",
    "logging",
    "twisted",
)


def catalogue() -> dict[str, Message]:
    """Return every message by id, in the order of the areas; loads all tables."""
    found: dict[str, Message] = {}
    for area in AREAS:
        for message in messages_of(vars(import_module(f"{__name__}.{area}"))):
            if message.id in found:
                raise ValueError(f"message id {message.id} is defined twice")
            found[message.id] = message
    return found
