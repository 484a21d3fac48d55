"""`re-detect`: whether a new configuration is checked against the interfaces there are now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kea_twisted.config.parse import load_object
from kea_twisted.daemons.dhcp import DhcpDaemon
from kea_twisted.family import V4


class Running(DhcpDaemon):
    """A daemon that started when there was one interface, of which only the name matters."""

    def __init__(self) -> None:
        self.candidate: Any = type("Candidate", (), {"interfaces": {"gone0": None}})()


@pytest.mark.arm("V6-067")
@pytest.mark.parametrize("wanted", [True, False])
def test_without_re_detect_the_interfaces_are_those_of_the_start(wanted: bool) -> None:
    model = load_object({"Dhcp4": {"interfaces-config": {"interfaces": [], "re-detect": wanted}}}, V4).model
    found = set(Running().interfaces(model))
    assert found == ({path.name for path in Path("/sys/class/net").iterdir()} if wanted else {"gone0"})
