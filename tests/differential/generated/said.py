"""One message of a conversation, ready to be sent: it can be repeated without what led to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One message.

    client: who says it. frame, octets: all of it, and its DHCP part. xid: how its answer is known. alone: it goes to
    another socket of the server than most, so that the order is only sure if nothing is sent around it.
    """

    label: str
    client: int
    frame: bytes
    octets: bytes
    xid: bytes
    alone: bool = False
