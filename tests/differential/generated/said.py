"""One message of a conversation, or something that the operator does meanwhile; both can be repeated by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from tests.differential.generated.places import Place
from tests.support.kea import Json


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


@dataclass(frozen=True)
class Ordered:
    """One command of the operator. `config-set` is given the configuration again, without what stands at *places*."""

    command: str
    arguments: Json | None = None
    places: tuple[Place, ...] = ()

    @property
    def label(self) -> str:
        """What it is called in reports."""
        left_out = " without " + ", ".join("/".join(map(str, place)) for place in self.places) if self.places else ""
        return f"command {self.command} {self.arguments or ''}{left_out}"


Act = Said | Ordered
