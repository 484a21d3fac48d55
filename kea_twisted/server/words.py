"""What the two servers call the same things: one row a family, read by the steps that both share.

Not here: the rows (:mod:`.v4.words`, :mod:`.v6.words`) and the steps (:mod:`.reception`, :mod:`.reservations`,
:mod:`.selection`, :mod:`.scopes`, :mod:`.sending`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kea_twisted.hosts.host import IdentifierType
from kea_twisted.log.message import Message

Client = tuple[Callable[[Any], object], Message]
"""Something that a query has of its client alone, false for nothing; and what is said of one that is too many."""


@dataclass(frozen=True, slots=True)
class Words:
    """Names of hook arguments, functions of the family, and log messages."""

    query: str
    response: str
    subnet: str
    subnets: str
    """The names of the arguments of hook points."""
    space: str
    """The top-level option space."""
    basic_options: tuple[int, ...]
    """Options that go out whether the client asks for them or not."""
    readers: Mapping[IdentifierType, Callable[[Any], bytes]]
    """How to read each identifier out of an exchange; a flexible one comes from callouts."""
    selected_decides: bool
    """Whether a selected subnet without reservations keeps those of its whole link from being used, as in kea-dhcp4."""
    clients: tuple[Client, ...]
    """By what two queries are recognised as those of one client."""
    find_subnet: Callable[[Any, Any], Any]
    """The subnet for a query, given the index of subnets."""
    pack: Callable[[Any], bytes]
    """The octets of a packet."""
    text: Callable[[int], str]
    """An address as text."""
    describe: Callable[[Any], str]
    """All of a packet on one line."""
    response_data: Callable[[Any, str], tuple[object, ...]]
    """What goes into the message *logs_response_data*, given the exchange and the description of the reply."""

    arrived: Message
    unpacking: Message
    malformed: Message
    received: Message
    query_data: Message
    buffer_receive_drop: Message
    buffer_receive_skip: Message
    packet_receive_skip: Message
    drop_class: Message
    drop_class_early: Message
    drop_class_late: Message
    subnet_selected: Message
    subnet_data: Message
    subnet_selection_failed: Message
    subnet_select_drop: Message
    subnet_select_skip: Message
    committed_drop: Message
    packet_send_drop: Message
    packet_send_skip: Message
    buffer_send_skip: Message
    packing: Message | None
    """What is said before a reply is packed; None where Kea says nothing."""
    pack_failed: Message
    sending: Message
    logs_response_data: Message
