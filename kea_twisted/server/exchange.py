"""One query on its way through the pipeline: what both families note down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kea_twisted.hooks.callout import CalloutHandle
from kea_twisted.hosts.host import Host, Identifier

if TYPE_CHECKING:
    from kea_twisted.server.outcome import Outcome
    from kea_twisted.server.pipeline import Step


class Exchange:
    """The notes of one query.

    now: seconds of the epoch, as a float. hosts: the reservations found, by subnet id (0: global).
    hook_context: what hook libraries keep for the packet. parked, steps, at: the outcome that the pipeline stopped with
    and where it goes on. waiting: the hook point that has to be settled before it does.
    """

    __slots__ = ("at", "hook_context", "hosts", "identifiers", "now", "parked", "steps", "waiting")

    def __init__(self, now: float) -> None:
        self.now = now
        self.hosts: dict[int, Host] = {}
        self.identifiers: tuple[Identifier, ...] = ()
        self.hook_context: dict[str, Any] = {}
        self.steps: Sequence[Step[Any]] = ()
        self.at = 0
        self.parked: Outcome | None = None
        self.waiting: tuple[CalloutHandle, Iterator[dict[str, Any]]] | None = None
