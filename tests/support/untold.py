"""Ids of Kea's messages that our daemons do not write, by pattern, each group with the reason.

Every other id of the tables stands somewhere in the code; a test sees to that, and that no row here is out of date.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Untold(NamedTuple):
    """A group of messages that are not written. pattern: of their ids."""

    pattern: str
    reason: str


UNTOLD: Final[tuple[Untold, ...]] = (
    # What is not there yet.
    Untold(
        r"DHCPSRV_(MYSQL|PGSQL)_.*|DATABASE_.*|DHCP[46]_DB_(RECONNECT|BACKEND)_.*|DHCPSRV_(NOTYPE|UNKNOWN)_DB"
        r"|DHCPSRV_(INVALID_ACCESS|UNEXPECTED_NAME)|DHCP[46]_OPEN_SOCKETS_NO_RECONNECT_CTL",
        "there are no databases of leases or reservations yet",
    ),
    Untold(
        r"HOSTS_BACKEND_(DE)?REGISTER|HOSTS_CFG_(CACHE|CLOSE)_HOST_DATA_SOURCE|HOSTS_MGR_ALTERNATE_.*"
        r"|HOSTS_MGR_NON_UNIQUE_IP_UNSUPPORTED|DHCPSRV_CFGMGR_(IPV[46]_RESERVATIONS_NON_UNIQUE_IGNORED"
        r"|IP_RESERVATIONS_UNIQUE_DUPLICATES_POSSIBLE)",
        "there are no databases of reservations yet, to be looked into after the configuration",
    ),
    Untold(
        r"DHCP[46]_CB_.*|DHCP4_(CONFIG_FETCH|OPEN_CONFIG_DB)|DHCPSRV_CFGMGR_CONFIG[46]_MERGED|DHCP[46]_CONFIG_UPDATE",
        "there are no configuration backends yet",
    ),
    Untold(
        r"DHCPSRV_CFGMGR_(DEL|UPDATE)_SUBNET[46]|HOSTS_CFG_DEL_ALL_SUBNET[46]|HOSTS_CFG_GET_ALL(_COUNT|_HOST)?"
        r"|HOSTS_CFG_GET_ALL_(ADDRESS6|HOSTNAME|HOSTNAME_SUBNET_ID[46]|SUBNET_ID[46])(_COUNT|_HOST)?"
        r"|DHCPSRV_MEMFILE_GET[46]|DHCPSRV_MEMFILE_GET_PAGE[46]|COMMAND_EXTENDED_REGISTERED",
        "only commands of hook libraries that are not there yet change subnets, or ask for many at once",
    ),
    Untold(
        r"COMMAND_HTTP_LISTENER_.*", "the servers have no control channel over HTTP; in Kea 2.2.0 it is kea-dhcp-ddns's"
    ),
    # What is done in another way.
    Untold(
        r"HOSTS_CFG_GET_ALL_(IDENTIFIER|ADDRESS4)(_COUNT|_HOST)?|HOSTS_CFG_GET_ONE_PREFIX(_HOST|_NULL)?",
        "reservations are found by subnet and identifier, or subnet and address, at once; Kea goes through all subnets",
    ),
    Untold(
        r"DHCPSRV_MEMFILE_(GET_IAID_SUBID_DUID|GET_SUBID_(CLIENTID|HWADDR))",
        "leases are found by the client first; of which subnet they are is looked at afterwards",
    ),
    Untold(
        r"DHCPSRV_MEMFILE_(BEGIN_TRANSACTION|COMMIT|ROLLBACK|GET_VERSION)",
        "the lease file knows no transactions and no version of a schema; Kea does not ask for them either",
    ),
    Untold(
        r"DHCPSRV_MEMFILE_DELETE_EXPIRED_RECLAIMED[46]",
        "the store is told until when leases are old, not for how many seconds; how many go is told",
    ),
    Untold(
        r"DHCP[46]_COMMAND_RECEIVED|DHCP[46]_BUFFER_WAIT_SIGNAL|DHCP[46]_HANDLE_SIGNAL_EXCEPTION",
        "a signal interrupts no wait for packets and becomes no command",
    ),
    Untold(
        r"DHCPSRV_TIMERMGR_(CALLBACK_FAILED|STOP_TIMER)|DHCPSRV_MEMFILE_LFC_UNREGISTER_TIMER_FAILED",
        "a timer is stopped by being unregistered, which cannot fail; what its work cannot do is told by the work",
    ),
    Untold(
        r"DHCP4_DEFERRED_OPTION_(MISSING|UNPACK_FAIL)|DHCP4_PACKET_OPTION_UNPACK_FAIL",
        "options stay octets until something asks what they mean: none is unpacked late",
    ),
    Untold(
        r"DHCP[46]_CONFIG_UNRECOVERABLE_ERROR",
        "a configuration is refused before anything is changed, so that there is nothing to recover",
    ),
    Untold(
        r"ALLOC_ENGINE_V6_(ALLOC|EXTEND)_ERROR|ALLOC_ENGINE_REMOVAL_NCR_FAILED|DHCP[46]_PACKET_PROCESS_EXCEPTION"
        r"|DHCP4_(RELEASE_EXCEPTION|NCR_CREATION_FAILED|POST_ALLOCATION_NAME_UPDATE_FAIL|SRV_DHCP4O6_ERROR)"
        r"|DHCP[46]_DECLINE_FAIL|DHCP6_PACKET_RECEIVE_FAIL",
        "what nobody expected is told as DHCP4_PACKET_PROCESS_STD_EXCEPTION or DHCP6_PACKET_PROCESS_STD_EXCEPTION, "
        "with the place where it happened",
    ),
    Untold(
        r"DHCP[46]_(PARSER_EXCEPTION|PARSER_COMMIT_EXCEPTION|PARSER_COMMIT_FAIL|SRV_CONSTRUCT_ERROR"
        r"|SRV_D2STOP_ERROR|SRV_UNLOAD_LIBRARIES_ERROR|HOOKS_LIBS_RELOAD_FAIL|NOT_RUNNING)",
        "each start, reconfiguration and stop that fails is told by one of few other ids, with the reason",
    ),
    Untold(
        r"DHCP[46]_(NO_SOCKETS_OPEN|OPEN_SOCKET|OPEN_SOCKET_FAIL|(DE)?ACTIVATE_INTERFACE)|DHCP6_(SOCKET_UNICAST|"
        r"NO_INTERFACES)|DHCPSRV_CFGMGR_CLEAR_ACTIVE_IFACES",
        "sockets are told of by ids of DHCPSRV, in Kea as well",
    ),
    Untold(
        r"DHCP6_LEASE_(NA|PD)_WITHOUT_DUID|DHCP6_DECLINE_FAIL_LEASE_WITHOUT_DUID",
        "a lease without a DUID is nobody's: it is told as one of another client",
    ),
    Untold(
        r"DHCPSRV_CFGMGR_(NO|ONLY)_SUBNET[46]|DHCPSRV_CFGMGR_SUBNET4|ALLOC_ENGINE_V6_(ALLOC_NO_V6_HR"
        r"|RENEW_REMOVE_UNRESERVED)|DHCP6_DDNS_(REMOVE_OLD_LEASE|SEND)_FQDN|DHCP[46]_FLEX_ID"
        r"|DHCP4_CONFIG_(NEW_SUBNET|OPTION_DUPLICATE|UNSUPPORTED_OBJECT)|DHCP6_CONFIG_UNSUPPORTED_OBJECT"
        r"|DHCPSRV_(CFGMGR_OPTION_DUPLICATE|DEPRECATED)|DHCP6_STANDALONE",
        "in Kea 2.2.0 nothing that was tried makes them appear either",
    ),
    Untold(r"DHCP[46]_DEVELOPMENT_VERSION|DHCP4_TESTING_MODE_.*", "neither a development version nor a mode for tests"),
    Untold(
        r"COMMAND_SOCKET_(CONNECTION_(CANCEL|CLOSE|SHUTDOWN)|READ|WRITE)_FAIL|COMMAND_WATCH_SOCKET_.*",
        "connections are Twisted's: one that breaks is a closed one, and no socket watches another",
    ),
    Untold(
        r"DHCP_DDNS_(INVALID_NCR|NCR_FLUSH_IO_ERROR|NCR_(LISTEN|SEND)_CLOSE_ERROR|NCR_(RECV|SEND)_NEXT_ERROR"
        r"|NCR_UDP_(CLEAR_READY_ERROR|RECV_CANCELED|RECV_ERROR|SEND_CANCELED)|UDP_SENDER_WATCH_SOCKET_CLOSE_ERROR"
        r"|UNCAUGHT_NCR_(RECV|SEND)_HANDLER_ERROR)|DHCPSRV_DHCP_DDNS_(ERROR_EXCEPTION|HANDLER_NULL)",
        "kea-dhcp-ddns is not there yet; a server that only sends has no watch sockets and no handlers to miss, and an "
        "error of its socket is told as DHCP_DDNS_NCR_UDP_SEND_ERROR",
    ),
    Untold(
        r"HOOKS_(ALL_CALLOUTS_DEREGISTERED|CALLOUTS_REMOVED|CALLOUT_DEREGISTERED|CALLOUT_ERROR|CLOSE_ERROR"
        r"|HOOK_LIST_RESET|INCORRECT_VERSION|LIBRARY_MULTI_THREADING_NOT_COMPATIBLE|LIBRARY_VERSION|LOAD_ERROR"
        r"|LOAD_EXCEPTION|NO_VERSION|UNLOAD_ERROR|UNLOAD_EXCEPTION|VERSION_EXCEPTION)",
        "libraries are Python: they have no version of an interface, no numbers for failure, and all that goes wrong "
        "is an exception, told with the library's name",
    ),
    Untold(
        r"LOGIMPL_.*|LOG_(BAD_(DESTINATION|SEVERITY|STREAM)|DUPLICATE_.*|INPUT_OPEN_FAIL|INVALID_MESSAGE_ID|NAMESPACE_.*"
        r"|NO_.*|PREFIX_.*|READ(ING_LOCAL_FILE|_ERROR)|UNRECOGNIZED_DIRECTIVE)",
        "what loggers may be is checked with the configuration; files of messages are read by nobody",
    ),
)

_GROUPS: Final = tuple((re.compile(group.pattern), group.reason) for group in UNTOLD)


def why_untold(name: str) -> str:
    """Return the reason why our daemons do not write the message *name*, "" if they do."""
    return next((reason for pattern, reason in _GROUPS if pattern.fullmatch(name)), "")


def is_untold(name: str) -> bool:
    """Return whether there is a reason why our daemons do not write the message *name*."""
    return bool(why_untold(name))
