"""Messages of name change requests on their way between daemons.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import DBG_BASIC, ERROR, Message

# fmt: off
DHCP_DDNS_INVALID_NCR: Final = Message("DHCP_DDNS_INVALID_NCR", ERROR, "received an invalid name change request: {}",
    "The request is dropped.")
DHCP_DDNS_NCR_FLUSH_IO_ERROR: Final = Message("DHCP_DDNS_NCR_FLUSH_IO_ERROR", ERROR,
    "error while the queue of requests was emptied before reconfiguration: {}",
    "Some requests may be lost.")
DHCP_DDNS_NCR_LISTEN_CLOSE_ERROR: Final = Message("DHCP_DDNS_NCR_LISTEN_CLOSE_ERROR", ERROR,
    "error while the listener for requests was closed: {}",
    "The socket did not close cleanly.")
DHCP_DDNS_NCR_RECV_NEXT_ERROR: Final = Message("DHCP_DDNS_NCR_RECV_NEXT_ERROR", ERROR,
    "the next request cannot be received",
    "The listener stops.")
DHCP_DDNS_NCR_SEND_CLOSE_ERROR: Final = Message("DHCP_DDNS_NCR_SEND_CLOSE_ERROR", ERROR,
    "error while the sender of requests was closed: {}",
    "The socket did not close cleanly.")
DHCP_DDNS_NCR_SEND_NEXT_ERROR: Final = Message("DHCP_DDNS_NCR_SEND_NEXT_ERROR", ERROR,
    "the next request cannot be sent: {}",
    "The sender waits for the next try.")
DHCP_DDNS_NCR_UDP_CLEAR_READY_ERROR: Final = Message("DHCP_DDNS_NCR_UDP_CLEAR_READY_ERROR", ERROR,
    "failed to clear the ready mark of the sender: {}",
    "A wake-up could not be reset.")
DHCP_DDNS_NCR_UDP_RECV_CANCELED: Final = Message("DHCP_DDNS_NCR_UDP_RECV_CANCELED", DBG_BASIC,
    "receiving requests was cancelled",
    "The daemon is stopping or reconfiguring.")
DHCP_DDNS_NCR_UDP_RECV_ERROR: Final = Message("DHCP_DDNS_NCR_UDP_RECV_ERROR", ERROR,
    "UDP socket error while receiving a request: {}",
    "The operating system reported an error.")
DHCP_DDNS_NCR_UDP_SEND_CANCELED: Final = Message("DHCP_DDNS_NCR_UDP_SEND_CANCELED", DBG_BASIC,
    "sending a request to kea-dhcp-ddns was cancelled: {}",
    "The daemon is stopping or reconfiguring.")
DHCP_DDNS_NCR_UDP_SEND_ERROR: Final = Message("DHCP_DDNS_NCR_UDP_SEND_ERROR", ERROR,
    "UDP socket error while sending a request: {}",
    "The operating system reported an error, often because kea-dhcp-ddns is not running.")
DHCP_DDNS_UDP_SENDER_WATCH_SOCKET_CLOSE_ERROR: Final = Message("DHCP_DDNS_UDP_SENDER_WATCH_SOCKET_CLOSE_ERROR", ERROR,
    "failed to close the watch socket of the sender: {}",
    "A wake-up socket did not close cleanly.")
DHCP_DDNS_UNCAUGHT_NCR_RECV_HANDLER_ERROR: Final = Message("DHCP_DDNS_UNCAUGHT_NCR_RECV_HANDLER_ERROR", ERROR,
    "error while a received request was handled: {}",
    "An error of the program; the daemon goes on.")
DHCP_DDNS_UNCAUGHT_NCR_SEND_HANDLER_ERROR: Final = Message("DHCP_DDNS_UNCAUGHT_NCR_SEND_HANDLER_ERROR", ERROR,
    "error after a request was sent: {}",
    "An error of the program; the daemon goes on.")
