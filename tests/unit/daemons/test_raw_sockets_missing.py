"""`dhcp-socket-type` raw where the system has no raw sockets: a warning, and UDP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kea_twisted.config.parse import load_object
from kea_twisted.daemons.dhcp4 import Parts4
from kea_twisted.family import V4
from kea_twisted.log.logger import DHCPSRV, Logger
from kea_twisted.log.message import Message
from kea_twisted.net.selection import parse_entries
from kea_twisted.net.v4 import SocketRules4


class PartsWithoutRaw(Parts4):
    """Parts as they are on a system that has no packet sockets."""

    raw_supported = False


@pytest.fixture
def lines() -> Iterator[list[str]]:
    told: list[str] = []

    def note(_logger: Logger, message: Message, _arguments: tuple[object, ...]) -> None:
        told.append(message.id)

    before, DHCPSRV.emit = DHCPSRV.emit, note
    yield told
    DHCPSRV.emit = before


@pytest.mark.arm("V4-079")
@pytest.mark.arm("V4-084")
@pytest.mark.parametrize(
    ("parts", "kind", "raw", "warned"),
    [
        (Parts4(), "raw", True, False),
        (Parts4(), "udp", False, False),
        (PartsWithoutRaw(), "raw", False, True),
        (PartsWithoutRaw(), "udp", False, False),
    ],
)
def test_without_raw_sockets_udp_is_used_and_a_warning_told(
    lines: list[str], parts: Parts4, kind: str, raw: bool, warned: bool
) -> None:
    entries = {"interfaces-config": {"interfaces": ["eth0"], "dhcp-socket-type": kind}}
    model = load_object({"Dhcp4": entries}, V4).model
    selection, _ = parse_entries(["eth0"], V4)
    rules = parts.socket_rules(model, selection, 67)
    assert isinstance(rules, SocketRules4)
    assert rules.raw is raw
    assert lines == (["DHCPSRV_CFGMGR_SOCKET_RAW_UNSUPPORTED"] if warned else [])
