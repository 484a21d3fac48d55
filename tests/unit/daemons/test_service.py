"""How a daemon is run."""

from __future__ import annotations

from typing import Any

import pytest
from twisted.internet.testing import MemoryReactor

from kea_twisted.daemons.dhcp import DhcpDaemon
from kea_twisted.daemons.service import TwistdDaemon


def test_twistd_has_it_serve_once_the_reactor_takes_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[object] = []

    def serve(daemon: DhcpDaemon) -> None:
        served.append(daemon)

    monkeypatch.setattr(DhcpDaemon, "startService", serve)
    daemon: Any = object.__new__(TwistdDaemon)
    daemon.reactor = MemoryReactor()
    daemon.startService()
    assert not served
    daemon.reactor.run()
    assert served == [daemon]
