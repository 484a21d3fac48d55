"""The statistics that a DHCP server counts of packets, looked up once. ARM stats."""

from __future__ import annotations

from collections.abc import Mapping

from kea_twisted.stats.registry import Observation, Statistics


class Counters:
    """Observations by what is counted.

    prefix: what the names begin with. kinds_received, kinds_sent: message type to the name of its statistic.
    """

    __slots__ = ("_received", "_sent", "_unknown", "dropped", "parse_failed", "received", "sent")

    def __init__(
        self,
        statistics: Statistics,
        now: float,
        prefix: str,
        kinds_received: Mapping[int, str],
        kinds_sent: Mapping[int, str],
    ) -> None:
        self.received = statistics.get(f"{prefix}-received", now)
        self.sent = statistics.get(f"{prefix}-sent", now)
        self.dropped = statistics.get(f"{prefix}-receive-drop", now)
        self.parse_failed = statistics.get(f"{prefix}-parse-failed", now)
        self._unknown = statistics.get(f"{prefix}-unknown-received", now)
        self._received = {kind: statistics.get(name, now) for kind, name in kinds_received.items()}
        self._sent = {kind: statistics.get(name, now) for kind, name in kinds_sent.items()}

    def received_type(self, message_type: int) -> Observation:
        """Return the observation of received messages of a type."""
        return self._received.get(message_type, self._unknown)

    def sent_type(self, message_type: int) -> Observation:
        """Return the observation of sent messages of a type."""
        return self._sent.get(message_type, self.sent)
