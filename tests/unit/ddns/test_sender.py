"""The sender of name change requests: bursts, a queue with a limit, and what happens when sending fails."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.task import Clock

from kea_twisted.config.ddns import DhcpDdns
from kea_twisted.daemons.name_changes import NameChanges
from kea_twisted.ddns.io import BURST, RETRY, Connection, Sender
from kea_twisted.ddns.ncr import Change, NameChangeRequest
from kea_twisted.ddns.v4 import Updates4
from kea_twisted.errors import KeaError
from kea_twisted.leases.lease import Lease4
from kea_twisted.log import logger as log
from kea_twisted.log.message import DBG_ALL
from kea_twisted.log.messages.dhcp4 import DHCP4_DDNS_REQUEST_SEND_FAILED


class Transport:
    """A socket that keeps what it sends. error: what it answers with instead."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.error: int | None = None
        self.closed = False

    def sendto(self, octets: bytes, target: tuple[str, int]) -> None:
        """Send, or fail."""
        if self.error is not None:
            raise OSError(self.error, "no")
        self.sent.append(octets)

    def close(self) -> None:
        """Note that it is closed."""
        self.closed = True


@contextmanager
def logged() -> Iterator[list[str]]:
    """Collect the ids of the log's lines."""
    found: list[str] = []

    def adopt(each: log.Logger) -> None:
        each.rank = DBG_ALL
        each.emit = lambda _logger, message, arguments: found.append(message.id)

    log.install(adopt)
    try:
        yield found
    finally:
        log.uninstall()


def candidate(section: DhcpDdns | None) -> Any:
    """Return a configuration as far as it matters here."""
    return SimpleNamespace(model=SimpleNamespace(dhcp_ddns=section))


class Way:
    """A whole way from leases to a socket."""

    def __init__(self, limit: int = 10, **section: Any) -> None:
        self.clock = Clock()
        self.updates = Updates4()
        self.updates.configure(True, ())
        self.changes = NameChanges(self.clock, DHCP4_DDNS_REQUEST_SEND_FAILED)
        self.section = DhcpDdns(**{"enable-updates": True, "max-queue-size": limit, **section})
        self.changes.prepare(candidate(self.section))
        self.changes.adopt(candidate(self.section), self.updates)
        assert self.changes._sender is not None
        self.changes._sender.transport.close()
        self.transport = Transport()
        self.changes._sender.transport = self.transport  # type: ignore[assignment]

    def lease(self, count: int = 1) -> None:
        """Store leases with names."""
        for number in range(count):
            if self.updates.enabled:
                self.updates.add(Lease4(1, b"\2\0\0\0\0\1", b"", 7200, 0, 1, True, True, f"n{number}.example."), True)
        self.updates.flush()


def test_requests_leave_at_once_and_in_order() -> None:
    with logged() as lines:
        way = Way()
        way.lease(3)
        assert [b"n%d." % n in octets for n, octets in enumerate(way.transport.sent)] == [True] * 3
        assert lines.count("DHCPSRV_DHCP_DDNS_NCR_SENT") == 3
        assert "DHCPSRV_DHCP_DDNS_SENDER_STARTED" in lines


def test_many_requests_leave_in_bursts() -> None:
    way = Way(limit=1000)
    way.lease(BURST * 3)
    assert len(way.transport.sent) == BURST
    way.clock.pump([0.01] * 2)
    assert len(way.transport.sent) == BURST * 3
    assert not way.clock.getDelayedCalls()


def test_what_the_socket_does_not_take_is_sent_later() -> None:
    way = Way()
    way.transport.error = errno.EAGAIN
    way.lease(2)
    assert way.updates.enabled
    way.transport.error = None
    way.clock.advance(RETRY)
    assert len(way.transport.sent) == 2


@pytest.mark.arm("V4-340", "V6-288")
def test_a_full_queue_suspends_updates_until_half_of_it_is_sent() -> None:
    with logged() as lines:
        way = Way(limit=4)
        way.transport.error = errno.EAGAIN
        way.lease(4)
        assert way.updates.enabled
        way.lease(3)
        assert not way.updates.enabled
        assert lines.count("DHCPSRV_DHCP_DDNS_NCR_REJECTED") == 1
        assert lines.count("DHCP4_DDNS_REQUEST_SEND_FAILED") == 1
        assert lines.count("DHCPSRV_DHCP_DDNS_SUSPEND_UPDATES") == 1
        way.transport.error = None
        way.clock.advance(RETRY)
        assert way.updates.enabled
        assert len(way.transport.sent) == 4
        way.lease()
        assert len(way.transport.sent) == 5


def test_an_error_of_the_socket_suspends_updates_until_the_next_configuration() -> None:
    with logged() as lines:
        way = Way()
        way.transport.error = errno.ENETUNREACH
        way.lease(2)
        assert not way.updates.enabled
        assert lines[-4:] == [
            "DHCP_DDNS_NCR_UDP_SEND_ERROR",
            "DHCP4_DDNS_REQUEST_SEND_FAILED",
            "DHCPSRV_DHCP_DDNS_SUSPEND_UPDATES",
            "DHCPSRV_DHCP_DDNS_SENDER_STOPPED",
        ]
        way.transport.error = None
        way.clock.advance(60)
        assert not way.transport.sent
        way.updates.configure(True, ())
        way.changes.prepare(candidate(way.section))
        way.changes.adopt(candidate(way.section), way.updates)
        way.clock.advance(1)
        assert len(way.transport.sent) == 2  # those that waited, too


def test_the_same_configuration_leaves_the_sender_alone() -> None:
    with logged() as lines:
        way = Way()
        del lines[:]
        way.changes.prepare(candidate(way.section))
        way.changes.adopt(candidate(way.section), way.updates)
        way.lease()
        assert len(way.transport.sent) == 1
        assert "DHCPSRV_DHCP_DDNS_SENDER_STOPPED" not in lines


def test_what_waits_goes_out_under_a_new_configuration() -> None:
    way = Way()
    way.transport.error = errno.EAGAIN
    way.lease(2)
    way.transport.error = None
    section = DhcpDdns(**{"enable-updates": True, "server-port": 53002})
    way.changes.prepare(candidate(section))
    way.changes.adopt(candidate(section), way.updates)
    way.clock.advance(RETRY)
    assert len(way.transport.sent) == 2
    assert not way.transport.closed


def test_updates_switched_off_close_the_socket() -> None:
    with logged() as lines:
        way = Way()
        way.changes.prepare(candidate(None))
        way.updates.configure(False, ())
        way.changes.adopt(candidate(None), way.updates)
        assert way.transport.closed
        assert lines[-2:] == ["DHCPSRV_DHCP_DDNS_SENDER_STOPPED", "DHCPSRV_CFGMGR_CFG_DHCP_DDNS"]
        way.lease()
        assert not way.transport.sent


def test_an_address_that_the_machine_does_not_have_is_an_error() -> None:
    changes = NameChanges(Clock(), DHCP4_DDNS_REQUEST_SEND_FAILED)
    with pytest.raises(KeaError, match="Error starting DHCP_DDNS client"):
        changes.prepare(candidate(DhcpDdns(**{"enable-updates": True, "sender-ip": "203.0.113.77"})))


def test_a_queue_of_none_takes_nothing() -> None:
    with logged() as lines:
        way = Way(limit=0)
        way.lease()
        assert not way.transport.sent
        assert "DHCPSRV_DHCP_DDNS_NCR_REJECTED" in lines


def test_a_stopped_sender_keeps_what_waits() -> None:
    clock, transport = Clock(), Transport()
    transport.error = errno.ENOBUFS
    way = Way()
    sender = Sender(clock, Connection(), transport, way.changes)  # type: ignore[arg-type]
    sender.send([NameChangeRequest(Change.ADD, True, True, "a.", "192.0.2.1", b"\1", 0, 600, True)])
    sender.close()
    assert transport.closed
    assert len(sender.queue) == 1
    assert not clock.getDelayedCalls()
