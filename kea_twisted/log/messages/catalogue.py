"""All message tables together: every row by its id, for the reference and the tests. The code imports rows by name."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from kea_twisted.log.message import Message, messages_of

PACKAGE: Final = "kea_twisted.log.messages"

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
        for message in messages_of(vars(import_module(f"{PACKAGE}.{area}"))):
            if message.id in found:
                raise ValueError(f"message id {message.id} is defined twice")
            found[message.id] = message
    return found
