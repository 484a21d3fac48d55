"""Whether the server answers clients: who has switched it off, and until when. ARM command-dhcp-disable.

Not here: the timer. Who owns a clock calls :meth:`NetworkState.expire` at :attr:`NetworkState.deadline`.
"""

from __future__ import annotations

from typing import Final

USER: Final = "user"
HA: Final = "ha-partner"
DATABASE: Final = "database"
"""Origins: a command of a user, a command of a failover partner, a lost database connection."""

COMMAND_ORIGINS: Final = frozenset({USER, HA})


class NetworkState:
    """On while no origin has it switched off.

    USER and HA switch once, however often they ask; DATABASE counts, because each lost connection has to come back.
    Periods are measured by a clock that nobody sets.
    enabled: the state, cheap to read for every packet.
    """

    __slots__ = ("_databases", "_off", "_until", "enabled")

    def __init__(self) -> None:
        self.enabled = True
        self._off: set[str] = set()
        self._until: dict[str, float] = {}
        self._databases = 0

    def disable(self, origin: str, now: float = 0.0, period: float | None = None) -> None:
        """Switch off for *origin*; with *period* for so many seconds from *now* on."""
        if origin == DATABASE:
            self._databases += 1
        self._off.add(origin)
        if period is not None:
            self._until[origin] = now + period
        self.enabled = False

    def enable(self, origin: str) -> None:
        """Switch on again for *origin*; the others count on."""
        if origin == DATABASE and self._databases > 0:
            self._databases -= 1
            if self._databases:
                return
        self._off.discard(origin)
        self._until.pop(origin, None)
        self.enabled = not self._off

    def reset(self, origin: str) -> None:
        """Forget all that *origin* has switched off, as after a new configuration."""
        if origin == DATABASE:
            self._databases = 0
        self.enable(origin)

    @property
    def disabled_by(self) -> frozenset[str]:
        """The origins that have it switched off."""
        return frozenset(self._off)

    @property
    def deadline(self) -> float | None:
        """When the next period ends, or None."""
        return min(self._until.values(), default=None)

    def expire(self, now: float) -> None:
        """Switch on for the origins whose period is over."""
        for origin in [origin for origin, until in self._until.items() if until <= now]:
            self.enable(origin)
