"""All clients of one conversation, and the operator who does something now and then: what both families share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from tests.differential.generated.configuration import CLIENTS, AnyConfiguration
from tests.differential.generated.dice import Dice
from tests.differential.generated.leases import Row
from tests.differential.generated.places import places
from tests.differential.generated.said import Act, Ordered, Said

Client = TypeVar("Client")

KEPT = frozenset(("interfaces-config", "expired-leases-processing"))
"""What the operator leaves as it is."""


class Clients(ABC, Generic[Client, AnyConfiguration]):
    """The clients, numbered from 1.

    leases: what is in the lease file at the beginning; some conversations begin without. restless: whether the
    operator changes the configuration now and then.
    """

    def __init__(self, dice: Dice, configuration: AnyConfiguration) -> None:
        self.dice = dice
        self.configuration = configuration
        self.step = 0
        self.clients: list[Client] = [self._born(number) for number in range(1, CLIENTS + 1)]
        self.leases: list[Row] = []
        free = self._may_begin_with_leases()
        if dice.chance(0.4) and free:
            for client in dice.some(self.clients, 8, 1):
                for row in self._leased(client):
                    if self._is_new(row):
                        self.leases.append(row)
        self.restless = dice.chance(0.2) and free

    @abstractmethod
    def _born(self, number: int) -> Client:
        """Return client *number*."""

    @abstractmethod
    def _leased(self, client: Client) -> list[Row]:
        """Return leases that *client* has at the beginning, whether it knows of them or not."""

    def _may_begin_with_leases(self) -> bool:
        """Return whether both servers make the same of leases in a file, at the beginning and after a change."""
        return True

    def _is_new(self, row: Row) -> bool:
        """Return whether no lease has the address of *row* yet, and its client no other lease in the subnet."""
        whose = [name for name in ("client_id", "hwaddr") if row.get(name)] if self.configuration.family == 4 else []
        for other in self.leases:
            if row["address"] == other["address"]:
                return False
            if row["subnet_id"] == other["subnet_id"] and any(row[name] == other.get(name) for name in whose):
                return False
        return True

    @abstractmethod
    def _next(self, client: Client) -> Said:
        """Return what *client* says next."""

    @abstractmethod
    def hear(self, said: Said, octets: bytes) -> None:
        """Let the client remember the answer to what it said."""

    def batch(self, count: int) -> list[Act]:
        """Return what *count* different clients say next, all before any of them hears an answer."""
        speakers = self.dice.sample(self.clients, min(count, len(self.clients)))
        acts: list[Act] = [self._next(client) for client in speakers]
        if self.leases and self.dice.chance(0.15):
            acts.insert(self.dice.randrange(count), Ordered("leases-reclaim", {"remove": self.dice.chance(0.5)}))
        if self.restless and self.dice.chance(0.3):
            acts.insert(self.dice.randrange(count), self._change())
        return acts

    def _change(self) -> Ordered:
        """Return a change of the configuration, always seen from the first one, or the return to that."""
        known = [place for place in places(self.configuration.made) if place[0] not in KEPT]
        return Ordered("config-set", places=tuple(self.dice.some(known, 4)))
