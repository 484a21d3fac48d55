"""Name change requests between a server, which makes them, and the sender: errors, suspension, new configurations.

A request that the system does not take turns updates off until the next configuration; a queue that is full turns them
off until half of it is sent. ARM dhcpv4-d2-io-config.
"""

from __future__ import annotations

from typing import Any

from kea_twisted.config.ddns import DhcpDdns
from kea_twisted.daemons.candidate import Candidate
from kea_twisted.ddns.io import Connection, Sender, SenderListener, bind
from kea_twisted.ddns.ncr import NameChangeRequest
from kea_twisted.ddns.updates import Updates
from kea_twisted.log.logger import DDNS, DHCPSRV, logger
from kea_twisted.log.message import DBG_DETAIL, Message
from kea_twisted.log.messages import dhcpsrv as messages
from kea_twisted.log.messages.dhcp_ddns import DHCP_DDNS_NCR_UDP_SEND_ERROR

_LIBRARY = logger("libdhcp-ddns")

_FAILED = 3
"""The number under which Kea's log has an error of the sender."""


def connection_of(section: DhcpDdns | None) -> Connection | None:
    """Return how a configuration wants kea-dhcp-ddns reached, None if not at all."""
    if section is None or not section.enable_updates:
        return None
    return Connection(
        section.server_ip,
        section.server_port,
        section.sender_ip,
        section.sender_port,
        section.max_queue_size,
        section.ncr_protocol,
        section.ncr_format,
    )


class NameChanges(SenderListener):
    """The way of name change requests out of one daemon. send_failed: the family's message."""

    def __init__(self, reactor: Any, send_failed: Message) -> None:
        self._reactor = reactor
        self._send_failed = send_failed
        self._updates: Updates[Any] | None = None
        self._sender: Sender | None = None
        self._prepared: Any = None
        self._broken = False

    @property
    def connection(self) -> Connection | None:
        """How kea-dhcp-ddns is reached, None if it is not."""
        return self._sender.connection if self._sender is not None else None

    @property
    def suspended(self) -> bool:
        """Whether no requests are made, although the configuration wants them."""
        return self._sender is not None and self._updates is not None and not self._updates.enabled

    def prepare(self, candidate: Candidate) -> None:
        """Open the socket that a new configuration needs, unless the open one serves. Raises KeaError."""
        wanted, present = connection_of(candidate.model.dhcp_ddns), self._sender
        if wanted is None:
            return
        if present is None or present.connection.sender != wanted.sender:
            self._prepared = bind(wanted)

    def discard(self) -> None:
        """Close what was prepared."""
        if self._prepared is not None:
            self._prepared.close()
            self._prepared = None

    def adopt(self, candidate: Candidate, updates: Updates[Any]) -> None:
        """Send for a new configuration what *updates* hands over; requests that still wait go out, too."""
        self._updates = updates
        updates.hand_over = self._hand_over
        wanted, present = connection_of(candidate.model.dhcp_ddns), self._sender
        if present is not None and (present.connection != wanted or self._broken):
            present.stop()
            if not self._broken:
                DHCPSRV.log(messages.DHCPSRV_DHCP_DDNS_SENDER_STOPPED)
            self._sender = None
        DHCPSRV.log(messages.DHCPSRV_CFGMGR_CFG_DHCP_DDNS, "disabled" if wanted is None else "enabled")
        if wanted is not None and self._sender is None:
            transport = self._prepared
            if transport is None:
                assert present is not None
                transport = present.transport
            queue = present.queue if present is not None else ()
            self._prepared = None
            self._broken = False
            self._sender = Sender(self._reactor, wanted, transport, self, queue)
            DHCPSRV.log(messages.DHCPSRV_DHCP_DDNS_SENDER_STARTED, wanted)
        if present is not None and (self._sender is None or self._sender.transport is not present.transport):
            present.close()

    def close(self) -> None:
        """Send no more, and let go of the sockets."""
        self.discard()
        sender, self._sender = self._sender, None
        if sender is not None:
            sender.close()
            if not self._broken:
                DHCPSRV.log(messages.DHCPSRV_DHCP_DDNS_SENDER_STOPPED)

    def _hand_over(self, requests: list[NameChangeRequest]) -> None:
        if self._sender is not None and not self._broken:
            self._sender.send(requests)

    # What the sender tells.

    def sent(self, request: NameChangeRequest) -> None:
        """Note that a request has left."""
        if DHCPSRV.rank >= DBG_DETAIL:
            DHCPSRV.log(messages.DHCPSRV_DHCP_DDNS_NCR_SENT, request)

    def rejected(self, request: NameChangeRequest, reason: str) -> None:
        """Make no more requests until the queue is shorter."""
        if self._updates is None or not self._updates.enabled:
            return  # of the same batch as the first one, which has been told
        DHCPSRV.log(messages.DHCPSRV_DHCP_DDNS_NCR_REJECTED, reason, request)
        DDNS.log(self._send_failed, _FAILED, request)
        self._suspend()

    def failed(self, request: NameChangeRequest, reason: str) -> None:
        """Make no more requests until there is a new configuration."""
        _LIBRARY.log(DHCP_DDNS_NCR_UDP_SEND_ERROR, reason)
        DDNS.log(self._send_failed, _FAILED, request)
        self._broken = True
        self._suspend()
        DHCPSRV.log(messages.DHCPSRV_DHCP_DDNS_SENDER_STOPPED)

    def relieved(self) -> None:
        """Make requests again."""
        if self._updates is not None and self._sender is not None and not self._broken:
            self._updates.enabled = True
            DHCPSRV.log(messages.DHCPSRV_DHCP_DDNS_SENDER_STARTED, self._sender.connection)

    def _suspend(self) -> None:
        if self._updates is not None:
            self._updates.enabled = False
        DHCPSRV.log(messages.DHCPSRV_DHCP_DDNS_SUSPEND_UPDATES)
