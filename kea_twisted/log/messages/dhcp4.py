"""Messages of the DHCPv4 server.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import (
    DBG_BASIC,
    DBG_BASIC_DATA,
    DBG_COMMAND,
    DBG_DETAIL,
    DBG_DETAIL_DATA,
    DBG_PACKET,
    DBG_START,
    ERROR,
    FATAL,
    INFO,
    WARN,
    Message,
)

# fmt: off
DHCP4_ACTIVATE_INTERFACE: Final = Message("DHCP4_ACTIVATE_INTERFACE", DBG_BASIC, "interface {} is now in use",
    "The server listens on this interface from now on.")
DHCP4_ALREADY_RUNNING: Final = Message("DHCP4_ALREADY_RUNNING", FATAL, "{} already running? {}",
    "The pid file names a living process; a second server with the same configuration is not started.")
DHCP4_BUFFER_RECEIVED: Final = Message("DHCP4_BUFFER_RECEIVED", DBG_BASIC,
    "received buffer from {}:{} to {}:{} over interface {}",
    "A datagram arrived; nothing of it has been looked at yet.")
DHCP4_BUFFER_RECEIVE_FAIL: Final = Message("DHCP4_BUFFER_RECEIVE_FAIL", ERROR, "a datagram could not be read: {}",
    "A datagram is too short for a DHCPv4 message.")
DHCP4_BUFFER_UNPACK: Final = Message("DHCP4_BUFFER_UNPACK", DBG_DETAIL,
    "parsing the buffer received from {} to {} over interface {}",
    "The server begins to parse a datagram.")
DHCP4_BUFFER_WAIT_SIGNAL: Final = Message("DHCP4_BUFFER_WAIT_SIGNAL", DBG_DETAIL, "a signal ended the wait for packets",
    "The wait for packets was interrupted by a signal, which is handled now.")
DHCP4_CB_ON_DEMAND_FETCH_UPDATES_FAIL: Final = Message("DHCP4_CB_ON_DEMAND_FETCH_UPDATES_FAIL", ERROR,
    "fetching configuration updates on demand failed: {}",
    "A config-backend-pull command found an error in what the backends hold; the running configuration is kept.")
DHCP4_CB_PERIODIC_FETCH_UPDATES_FAIL: Final = Message("DHCP4_CB_PERIODIC_FETCH_UPDATES_FAIL", ERROR,
    "periodic fetch of configuration updates failed: {}",
    "The configuration backends could not be asked, or hold something wrong; the server will try again.")
DHCP4_CB_PERIODIC_FETCH_UPDATES_RETRIES_EXHAUSTED: Final = Message(
    "DHCP4_CB_PERIODIC_FETCH_UPDATES_RETRIES_EXHAUSTED", ERROR,
    "periodic fetch of configuration updates failed too often and is given up",
    "After ten failures in a row the server no longer polls the configuration backends.")
DHCP4_CLASS_ASSIGNED: Final = Message("DHCP4_CLASS_ASSIGNED", DBG_BASIC, "{}: packet is a member of these classes: {}",
    "The classes a packet belongs to once they are all evaluated.")
DHCP4_CLASS_UNCONFIGURED: Final = Message("DHCP4_CLASS_UNCONFIGURED", DBG_BASIC,
    "{}: packet belongs to a class without configuration: {}",
    "A packet got a class that no client class of the configuration describes.")
DHCP4_CLASS_UNDEFINED: Final = Message("DHCP4_CLASS_UNDEFINED", DBG_BASIC, "required class {} is not defined",
    "A subnet, network or pool requires a class that the configuration does not define.")
DHCP4_CLASS_UNTESTABLE: Final = Message("DHCP4_CLASS_UNTESTABLE", DBG_BASIC, "required class {} has no test",
    "A required class cannot be evaluated because it has no test expression.")
DHCP4_CLIENTID_IGNORED_FOR_LEASES: Final = Message("DHCP4_CLIENTID_IGNORED_FOR_LEASES", DBG_DETAIL,
    "{}: client identifier is not used to find leases in subnet {}",
    "The subnet has match-client-id false, so that only the hardware address counts.")
DHCP4_CLIENT_FQDN_DATA: Final = Message("DHCP4_CLIENT_FQDN_DATA", DBG_DETAIL_DATA,
    "{}: client sent the FQDN option: {}",
    "The Client FQDN option of the query.")
DHCP4_CLIENT_FQDN_PROCESS: Final = Message("DHCP4_CLIENT_FQDN_PROCESS", DBG_DETAIL,
    "{}: processing the client's FQDN option",
    "The server works out the names from the Client FQDN option.")
DHCP4_CLIENT_HOSTNAME_DATA: Final = Message("DHCP4_CLIENT_HOSTNAME_DATA", DBG_DETAIL_DATA,
    "{}: client sent the hostname option: {}",
    "The Hostname option of the query.")
DHCP4_CLIENT_HOSTNAME_MALFORMED: Final = Message("DHCP4_CLIENT_HOSTNAME_MALFORMED", DBG_DETAIL,
    "{}: client sent a malformed hostname option: {}",
    "The Hostname option is not a valid name and is left aside.")
DHCP4_CLIENT_HOSTNAME_PROCESS: Final = Message("DHCP4_CLIENT_HOSTNAME_PROCESS", DBG_DETAIL,
    "{}: processing the client's hostname option",
    "The server works out the names from the Hostname option.")
DHCP4_CLIENT_NAME_PROC_FAIL: Final = Message("DHCP4_CLIENT_NAME_PROC_FAIL", DBG_DETAIL_DATA,
    "{}: the name sent by the client cannot be used: {}",
    "The name in the Client FQDN or Hostname option cannot be processed; it is left aside.")
DHCP4_COMMAND_RECEIVED: Final = Message("DHCP4_COMMAND_RECEIVED", DBG_COMMAND, "received command {}, arguments: {}",
    "A command for the server, before it is carried out.")
DHCP4_CONFIG_COMPLETE: Final = Message("DHCP4_CONFIG_COMPLETE", INFO, "DHCPv4 server has completed configuration: {}",
    "A new configuration is in force; the text sums it up.")
DHCP4_CONFIG_FETCH: Final = Message("DHCP4_CONFIG_FETCH", INFO,
    "fetching configuration data from the configuration backends",
    "The server asks its configuration backends.")
DHCP4_CONFIG_LOAD_FAIL: Final = Message("DHCP4_CONFIG_LOAD_FAIL", ERROR,
    "configuration error using file: {}, reason: {}",
    "The configuration was refused. At start the server stops; later the former configuration stays in force.")
DHCP4_CONFIG_NEW_SUBNET: Final = Message("DHCP4_CONFIG_NEW_SUBNET", INFO, "new subnet: {}",
    "The configuration contains this subnet.")
DHCP4_CONFIG_OPTION_DUPLICATE: Final = Message("DHCP4_CONFIG_OPTION_DUPLICATE", WARN,
    "option code {} more than once in subnet {}",
    "A subnet gives the same option several times.")
DHCP4_CONFIG_PACKET_QUEUE: Final = Message("DHCP4_CONFIG_PACKET_QUEUE", INFO,
    "DHCPv4 packet queue after configuration: {}",
    "How the packet queue is set up.")
DHCP4_CONFIG_RECEIVED: Final = Message("DHCP4_CONFIG_RECEIVED", DBG_COMMAND, "received configuration {}",
    "A configuration arrived and will be checked.")
DHCP4_CONFIG_START: Final = Message("DHCP4_CONFIG_START", DBG_COMMAND,
    "DHCPv4 server is processing this configuration: {}",
    "Secrets in the configuration are hidden.")
DHCP4_CONFIG_SYNTAX_WARNING: Final = Message("DHCP4_CONFIG_SYNTAX_WARNING", WARN, "configuration syntax warning: {}",
    "The configuration can be read, but uses a form that will not be accepted forever.")
DHCP4_CONFIG_UNRECOVERABLE_ERROR: Final = Message("DHCP4_CONFIG_UNRECOVERABLE_ERROR", FATAL,
    "a new configuration failed half-way and the old one is gone",
    "The server cannot go on and has to be restarted with a correct configuration.")
DHCP4_CONFIG_UNSUPPORTED_OBJECT: Final = Message("DHCP4_CONFIG_UNSUPPORTED_OBJECT", ERROR,
    "DHCPv4 configuration has an unsupported object: {}",
    "The keyword is known but cannot be used here.")
DHCP4_CONFIG_UPDATE: Final = Message("DHCP4_CONFIG_UPDATE", DBG_COMMAND, "updated configuration: {}",
    "Part of the configuration is replaced.")
DHCP4_DB_RECONNECT_DISABLED: Final = Message("DHCP4_DB_RECONNECT_DISABLED", INFO,
    "no reconnection to the database: retries left: {}, wait time: {}",
    "A database connection broke, and the configuration does not ask for reconnection.")
DHCP4_DB_RECONNECT_FAILED: Final = Message("DHCP4_DB_RECONNECT_FAILED", INFO,
    "no connection to the database after {} attempts",
    "All attempts to reconnect to a database are used up; the server stops if it is told to.")
DHCP4_DB_RECONNECT_LOST_CONNECTION: Final = Message("DHCP4_DB_RECONNECT_LOST_CONNECTION", INFO,
    "database connection lost",
    "The connection to a lease, host or configuration database broke.")
DHCP4_DB_RECONNECT_NO_DB_CTL: Final = Message("DHCP4_DB_RECONNECT_NO_DB_CTL", ERROR,
    "a database connection is lost and nothing is known about reconnecting",
    "An error of the program: the database has no reconnect settings.")
DHCP4_DB_RECONNECT_SUCCEEDED: Final = Message("DHCP4_DB_RECONNECT_SUCCEEDED", INFO, "database connection recovered",
    "The connection to a database that was lost is back.")
DHCP4_DDNS_REQUEST_SEND_FAILED: Final = Message("DHCP4_DDNS_REQUEST_SEND_FAILED", ERROR,
    "failed to send a request to kea-dhcp-ddns, error: {}, request: {}",
    "The name change request did not leave; DNS is not updated for this lease.")
DHCP4_DEACTIVATE_INTERFACE: Final = Message("DHCP4_DEACTIVATE_INTERFACE", DBG_BASIC, "interface {} is no longer in use",
    "The server does not listen on this interface any more.")
DHCP4_DECLINE_FAIL: Final = Message("DHCP4_DECLINE_FAIL", ERROR,
    "{}: error while declining the lease for address {}: {}",
    "A DHCPDECLINE could not be carried out because the lease store failed.")
DHCP4_DECLINE_LEASE: Final = Message("DHCP4_DECLINE_LEASE", INFO,
    "received DHCPDECLINE for address {} from client {}. The lease will be unavailable for {} seconds.",
    "The client found the address in use on its link.")
DHCP4_DECLINE_LEASE_MISMATCH: Final = Message("DHCP4_DECLINE_LEASE_MISMATCH", WARN,
    "received DHCPDECLINE for address {} from client {}, but the lease is another client's: received hardware "
    "address: {}, lease hardware address: {}, received client-id: {}, lease client-id: {}",
    "The query is left unanswered: a client may only decline its own lease.")
DHCP4_DECLINE_LEASE_NOT_FOUND: Final = Message("DHCP4_DECLINE_LEASE_NOT_FOUND", WARN,
    "received DHCPDECLINE for address {} from client {}, but there is no such lease",
    "The query is ignored.")
DHCP4_DEFERRED_OPTION_MISSING: Final = Message("DHCP4_DEFERRED_OPTION_MISSING", DBG_DETAIL,
    "deferred option {} is not in the query",
    "An option whose parsing was put off until the classes are known is not there.")
DHCP4_DEFERRED_OPTION_UNPACK_FAIL: Final = Message("DHCP4_DEFERRED_OPTION_UNPACK_FAIL", DBG_DETAIL,
    "deferred option {} cannot be parsed: {}",
    "The option is used as it came.")
DHCP4_DEVELOPMENT_VERSION: Final = Message("DHCP4_DEVELOPMENT_VERSION", WARN,
    "this is a development version and not meant for production",
    "Use a stable release where it matters.")
DHCP4_DHCP4O6_BAD_PACKET: Final = Message("DHCP4_DHCP4O6_BAD_PACKET", DBG_DETAIL,
    "malformed DHCPv4-over-DHCPv6 packet: {}",
    "A message from the DHCPv6 server's side cannot be used.")
DHCP4_DHCP4O6_PACKET_RECEIVED: Final = Message("DHCP4_DHCP4O6_PACKET_RECEIVED", DBG_BASIC,
    "DHCPv4-over-DHCPv6 packet from the DHCPv6 server (type {}) for {} on interface {}",
    "The DHCPv6 server passed on a DHCPv4-query.")
DHCP4_DHCP4O6_PACKET_SEND: Final = Message("DHCP4_DHCP4O6_PACKET_SEND", DBG_BASIC,
    "{}: sending packet {} (type {}) to {} port {} on interface {} with {}: {} (type {})",
    "A DHCPv4-response goes to the DHCPv6 server.")
DHCP4_DHCP4O6_PACKET_SEND_FAIL: Final = Message("DHCP4_DHCP4O6_PACKET_SEND_FAIL", ERROR,
    "{}: failed to send a DHCPv4-over-DHCPv6 packet: {}",
    "The response could not be handed to the DHCPv6 server.")
DHCP4_DHCP4O6_RECEIVE_FAIL: Final = Message("DHCP4_DHCP4O6_RECEIVE_FAIL", DBG_DETAIL,
    "failed to receive a DHCPv4-over-DHCPv6 packet: {}",
    "The socket between the two servers reported an error.")
DHCP4_DHCP4O6_RECEIVING: Final = Message("DHCP4_DHCP4O6_RECEIVING", DBG_DETAIL, "receiving from the DHCPv6 server",
    "The socket between the two servers has something to read.")
DHCP4_DHCP4O6_RESPONSE_DATA: Final = Message("DHCP4_DHCP4O6_RESPONSE_DATA", DBG_DETAIL_DATA,
    "{}: responding with packet {} (type {}), packet details: {}",
    "The DHCPv4 part of the response in full.")
DHCP4_DYNAMIC_RECONFIGURATION: Final = Message("DHCP4_DYNAMIC_RECONFIGURATION", INFO,
    "server reconfiguration starts, using file: {}, after SIGHUP or a config-reload command",
    "The configuration file is read again.")
DHCP4_DYNAMIC_RECONFIGURATION_FAIL: Final = Message("DHCP4_DYNAMIC_RECONFIGURATION_FAIL", FATAL,
    "dynamic server reconfiguration failed with file: {}",
    "The file holds an error; the former configuration stays in force.")
DHCP4_DYNAMIC_RECONFIGURATION_SUCCESS: Final = Message("DHCP4_DYNAMIC_RECONFIGURATION_SUCCESS", INFO,
    "dynamic server reconfiguration succeeded with file: {}",
    "The configuration that was read again is in force.")
DHCP4_EMPTY_HOSTNAME: Final = Message("DHCP4_EMPTY_HOSTNAME", DBG_DETAIL,
    "{}: the client sent an empty hostname option; it is ignored",
    "A Hostname option has to have at least one octet.")
DHCP4_FLEX_ID: Final = Message("DHCP4_FLEX_ID", DBG_BASIC, "flexible identifier of the packet: {}",
    "What the flex-id library made of the packet.")
DHCP4_GENERATE_FQDN: Final = Message("DHCP4_GENERATE_FQDN", DBG_DETAIL_DATA,
    "{}: client sent no name; one will be generated",
    "The client sent neither a Client FQDN nor a Hostname option, and the configuration asks for a name.")
DHCP4_HANDLE_SIGNAL_EXCEPTION: Final = Message("DHCP4_HANDLE_SIGNAL_EXCEPTION", ERROR,
    "error while handling a signal: {}",
    "A signal could not be carried out.")
DHCP4_HOOKS_LIBS_RELOAD_FAIL: Final = Message("DHCP4_HOOKS_LIBS_RELOAD_FAIL", ERROR,
    "reloading the hook libraries failed",
    "A libreload command failed; look for the reason in the lines before.")
DHCP4_HOOK_BUFFER_RCVD_DROP: Final = Message("DHCP4_HOOK_BUFFER_RCVD_DROP", DBG_PACKET,
    "buffer from {} to {} over interface {} dropped by a callout",
    "A buffer4_receive callout asked to drop the packet.")
DHCP4_HOOK_BUFFER_RCVD_SKIP: Final = Message("DHCP4_HOOK_BUFFER_RCVD_SKIP", DBG_DETAIL,
    "buffer from {} to {} over interface {} is not parsed because a callout asked to skip it",
    "The callout has to have parsed the packet itself.")
DHCP4_HOOK_BUFFER_SEND_SKIP: Final = Message("DHCP4_HOOK_BUFFER_SEND_SKIP", DBG_BASIC,
    "{}: response not sent because a callout asked to skip it",
    "A buffer4_send callout asked the server not to send.")
DHCP4_HOOK_DDNS_UPDATE: Final = Message("DHCP4_HOOK_DDNS_UPDATE", DBG_PACKET,
    "a callout changed the DNS update: hostname from {} to {}, forward update from {} to {}, reverse update "
    "from {} to {}",
    "A ddns4_update callout changed what goes to DNS.")
DHCP4_HOOK_DECLINE_SKIP: Final = Message("DHCP4_HOOK_DECLINE_SKIP", DBG_PACKET,
    "decline skipped because a callout asked for it",
    "A lease4_decline callout asked to skip or drop; the lease stays as it is.")
DHCP4_HOOK_LEASE4_RELEASE_SKIP: Final = Message("DHCP4_HOOK_LEASE4_RELEASE_SKIP", DBG_PACKET,
    "{}: lease not released because a callout asked to skip it",
    "A lease4_release callout asked to leave the lease as it is.")
DHCP4_HOOK_LEASES4_COMMITTED_DROP: Final = Message("DHCP4_HOOK_LEASES4_COMMITTED_DROP", DBG_PACKET,
    "{}: packet dropped by a leases4_committed callout",
    "The leases are stored, but no answer is sent.")
DHCP4_HOOK_LEASES4_COMMITTED_PARK: Final = Message("DHCP4_HOOK_LEASES4_COMMITTED_PARK", DBG_BASIC,
    "{}: packet parked by a leases4_committed callout",
    "The answer waits until a hook library lets it go.")
DHCP4_HOOK_LEASES4_PARKING_LOT_FULL: Final = Message("DHCP4_HOOK_LEASES4_PARKING_LOT_FULL", DBG_PACKET,
    "parked-packet-limit {} reached, dropping query: {}",
    "Too many packets wait for hook libraries already.")
DHCP4_HOOK_PACKET_RCVD_SKIP: Final = Message("DHCP4_HOOK_PACKET_RCVD_SKIP", DBG_BASIC,
    "{}: packet dropped because a callout asked to skip it",
    "A pkt4_receive callout asked to skip the packet.")
DHCP4_HOOK_PACKET_SEND_DROP: Final = Message("DHCP4_HOOK_PACKET_SEND_DROP", DBG_PACKET,
    "{}: response dropped by a callout",
    "A pkt4_send callout asked to drop the response.")
DHCP4_HOOK_PACKET_SEND_SKIP: Final = Message("DHCP4_HOOK_PACKET_SEND_SKIP", DBG_BASIC,
    "{}: response not packed because a callout asked to skip it",
    "The pkt4_send callout has to have filled the buffer itself.")
DHCP4_HOOK_SUBNET4_SELECT_DROP: Final = Message("DHCP4_HOOK_SUBNET4_SELECT_DROP", DBG_BASIC,
    "{}: packet dropped by a subnet4_select callout",
    "A callout asked to drop the packet while a subnet was chosen.")
DHCP4_HOOK_SUBNET4_SELECT_SKIP: Final = Message("DHCP4_HOOK_SUBNET4_SELECT_SKIP", DBG_BASIC,
    "{}: no subnet selected because a callout asked to skip it",
    "A subnet4_select callout asked that no subnet be used.")
DHCP4_INFORM_DIRECT_REPLY: Final = Message("DHCP4_INFORM_DIRECT_REPLY", DBG_DETAIL,
    "{}: the DHCPACK for a DHCPINFORM goes directly to {} over {}",
    "RFC 2131 lets the answer go straight to the client address.")
DHCP4_INIT_FAIL: Final = Message("DHCP4_INIT_FAIL", ERROR, "failed to initialize Kea server: {}",
    "The server could not start; the text tells why.")
DHCP4_INIT_REBOOT: Final = Message("DHCP4_INIT_REBOOT", INFO,
    "{}: client is in INIT-REBOOT state and requests address {}",
    "The client wants to keep an address it remembers.")
DHCP4_LEASE_ADVERT: Final = Message("DHCP4_LEASE_ADVERT", INFO, "{}: lease {} will be advertised",
    "A DHCPOFFER with this address is made.")
DHCP4_LEASE_ALLOC: Final = Message("DHCP4_LEASE_ALLOC", INFO, "{}: lease {} has been allocated for {} seconds",
    "A DHCPACK with this address is made.")
DHCP4_LEASE_REUSE: Final = Message("DHCP4_LEASE_REUSE", INFO, "{}: lease {} has been reused for {} seconds",
    "The lease is young enough to be given again without a write, by cache-threshold or cache-max-age.")
DHCP4_MULTI_THREADING_INFO: Final = Message("DHCP4_MULTI_THREADING_INFO", WARN,
    "enabled: {}, number of threads: {}, queue size: {}",
    "The settings of multi-threading.")
DHCP4_NCR_CREATION_FAILED: Final = Message("DHCP4_NCR_CREATION_FAILED", ERROR,
    "{}: failed to make name change requests for DNS: {}",
    "DNS is not updated for this lease.")
DHCP4_NOT_RUNNING: Final = Message("DHCP4_NOT_RUNNING", WARN, "DHCPv4 server is not running",
    "A command needs a running server.")
DHCP4_NO_LEASE_INIT_REBOOT: Final = Message("DHCP4_NO_LEASE_INIT_REBOOT", DBG_DETAIL,
    "{}: no lease for address {} requested by INIT-REBOOT client",
    "The server stays silent unless it is authoritative.")
DHCP4_NO_SOCKETS_OPEN: Final = Message("DHCP4_NO_SOCKETS_OPEN", WARN, "no interface is open for packets",
    "The configuration opened no socket; the server cannot serve anyone.")
DHCP4_OPEN_CONFIG_DB: Final = Message("DHCP4_OPEN_CONFIG_DB", INFO, "opening configuration database: {}",
    "A configuration backend is being opened; passwords are hidden.")
DHCP4_OPEN_SOCKET: Final = Message("DHCP4_OPEN_SOCKET", DBG_START, "opening service sockets on port {}",
    "The server opens its sockets.")
DHCP4_OPEN_SOCKETS_FAILED: Final = Message("DHCP4_OPEN_SOCKETS_FAILED", INFO,
    "service sockets could not be opened in {} attempts",
    "The retries of interfaces-config are used up.")
DHCP4_OPEN_SOCKETS_NO_RECONNECT_CTL: Final = Message("DHCP4_OPEN_SOCKETS_NO_RECONNECT_CTL", ERROR,
    "sockets cannot be opened and nothing is known about retrying",
    "An error of the program: the retry settings are missing.")
DHCP4_OPEN_SOCKET_FAIL: Final = Message("DHCP4_OPEN_SOCKET_FAIL", WARN, "failed to open socket: {}",
    "A service socket could not be opened on one interface or address.")
DHCP4_PACKET_DROP_0001: Final = Message("DHCP4_PACKET_DROP_0001", DBG_PACKET,
    "failed to parse packet from {} to {}, received over interface {}, reason: {}",
    "The datagram is not a DHCPv4 message and is dropped.")
DHCP4_PACKET_DROP_0002: Final = Message("DHCP4_PACKET_DROP_0002", DBG_PACKET,
    "{}, from interface {}: no subnet for a client on this link",
    "The packet was not relayed, and no subnet fits the interface.")
DHCP4_PACKET_DROP_0003: Final = Message("DHCP4_PACKET_DROP_0003", DBG_PACKET,
    "{}, from interface {}: the server identifier is another server's",
    "The client speaks to another server.")
DHCP4_PACKET_DROP_0004: Final = Message("DHCP4_PACKET_DROP_0004", DBG_PACKET,
    "{}, from interface {}: message type option missing",
    "The packet has no option 53.")
DHCP4_PACKET_DROP_0005: Final = Message("DHCP4_PACKET_DROP_0005", DBG_PACKET, "{}: unknown type {} in option 53",
    "The message type is none the standards know.")
DHCP4_PACKET_DROP_0006: Final = Message("DHCP4_PACKET_DROP_0006", DBG_PACKET,
    "{}: DHCPv4 message type {} is not served",
    "The message type is known, but not one a server answers.")
DHCP4_PACKET_DROP_0007: Final = Message("DHCP4_PACKET_DROP_0007", DBG_PACKET, "{}: failed to process the packet: {}",
    "Something in the packet makes it impossible to answer.")
DHCP4_PACKET_DROP_0008: Final = Message("DHCP4_PACKET_DROP_0008", DBG_PACKET, "{}: DHCP service is disabled",
    "A dhcp-disable command or a hook library has switched the service off.")
DHCP4_PACKET_DROP_0009: Final = Message("DHCP4_PACKET_DROP_0009", DBG_PACKET,
    "{}: option 53 missing, perhaps a BOOTP packet",
    "BOOTP clients are served only with the bootp hook library.")
DHCP4_PACKET_DROP_0010: Final = Message("DHCP4_PACKET_DROP_0010", DBG_PACKET,
    "{}: dropped as a member of the class 'DROP'",
    "The class DROP is evaluated right after parsing.")
DHCP4_PACKET_DROP_0011: Final = Message("DHCP4_PACKET_DROP_0011", DBG_PACKET,
    "{}: {} dropped because of another message of the client that is being processed: {}, {}",
    "The same client id; the client repeats itself faster than it can be answered.")
DHCP4_PACKET_DROP_0012: Final = Message("DHCP4_PACKET_DROP_0012", DBG_PACKET,
    "{}: {} dropped because of another message of the client that is being processed: {}, {}",
    "The same hardware address; the client repeats itself faster than it can be answered.")
DHCP4_PACKET_DROP_0013: Final = Message("DHCP4_PACKET_DROP_0013", DBG_PACKET,
    "{}: dropped as a member of the class 'DROP' after the host reservation was found",
    "The reservation put the client into the class DROP.")
DHCP4_PACKET_DROP_0014: Final = Message("DHCP4_PACKET_DROP_0014", DBG_PACKET,
    "{}: dropped as a member of the class 'DROP' after the early lookup of global reservations",
    "The global reservation put the client into the class DROP.")
DHCP4_PACKET_NAK_0001: Final = Message("DHCP4_PACKET_NAK_0001", ERROR,
    "{}: no subnet for the packet, source {}, type {}",
    "Without a subnet there is no address; the client gets a DHCPNAK where the protocol has one.")
DHCP4_PACKET_NAK_0002: Final = Message("DHCP4_PACKET_NAK_0002", DBG_DETAIL,
    "{}: INIT-REBOOT client requested the wrong address {}",
    "The address is not the client's.")
DHCP4_PACKET_NAK_0003: Final = Message("DHCP4_PACKET_NAK_0003", DBG_DETAIL,
    "{}: no lease to offer, client sent ciaddr {}, requested address {}",
    "No address could be offered; look for the reason in the lines of the allocation engine.")
DHCP4_PACKET_NAK_0004: Final = Message("DHCP4_PACKET_NAK_0004", DBG_DETAIL,
    "{}: no lease to grant, client sent ciaddr {}, requested address {}",
    "The request cannot be granted; look for the reason in the lines of the allocation engine.")
DHCP4_PACKET_OPTIONS_SKIPPED: Final = Message("DHCP4_PACKET_OPTIONS_SKIPPED", DBG_DETAIL,
    "an option cannot be parsed and the options after it are skipped: {}",
    "What comes after the broken option is unknown to the server.")
DHCP4_PACKET_OPTION_UNPACK_FAIL: Final = Message("DHCP4_PACKET_OPTION_UNPACK_FAIL", DBG_DETAIL,
    "option {} cannot be parsed: {}",
    "The option is used as it came.")
DHCP4_PACKET_PACK: Final = Message("DHCP4_PACKET_PACK", DBG_DETAIL, "{}: packing the response",
    "The response is put into octets.")
DHCP4_PACKET_PACK_FAIL: Final = Message("DHCP4_PACKET_PACK_FAIL", ERROR, "{}: the response cannot be packed: {}",
    "No response is sent.")
DHCP4_PACKET_PROCESS_EXCEPTION: Final = Message("DHCP4_PACKET_PROCESS_EXCEPTION", ERROR,
    "unknown error while a packet was processed",
    "The packet is dropped, and the server goes on.")
DHCP4_PACKET_PROCESS_STD_EXCEPTION: Final = Message("DHCP4_PACKET_PROCESS_STD_EXCEPTION", ERROR,
    "error while a packet was processed: {}",
    "The packet is dropped, and the server goes on. This is worth a report.")
DHCP4_PACKET_QUEUE_FULL: Final = Message("DHCP4_PACKET_QUEUE_FULL", DBG_BASIC, "the packet queue is full",
    "More packets arrive than can be answered; the oldest are dropped.")
DHCP4_PACKET_RECEIVED: Final = Message("DHCP4_PACKET_RECEIVED", DBG_BASIC_DATA,
    "{}: {} (type {}) received from {} to {} on interface {}",
    "A packet was parsed.")
DHCP4_PACKET_SEND: Final = Message("DHCP4_PACKET_SEND", DBG_BASIC,
    "{}: trying to send packet {} (type {}) from {}:{} to {}:{} on interface {}",
    "The response goes to the network.")
DHCP4_PACKET_SEND_FAIL: Final = Message("DHCP4_PACKET_SEND_FAIL", ERROR, "{}: failed to send DHCPv4 packet: {}",
    "The operating system refused to send.")
DHCP4_PARSER_COMMIT_EXCEPTION: Final = Message("DHCP4_PARSER_COMMIT_EXCEPTION", ERROR,
    "unknown error while a configuration was put in force",
    "The former configuration stays in force.")
DHCP4_PARSER_COMMIT_FAIL: Final = Message("DHCP4_PARSER_COMMIT_FAIL", ERROR,
    "the configuration cannot be put in force: {}",
    "The former configuration stays in force.")
DHCP4_PARSER_EXCEPTION: Final = Message("DHCP4_PARSER_EXCEPTION", ERROR, "unknown error in configuration element {}",
    "The configuration is refused.")
DHCP4_PARSER_FAIL: Final = Message("DHCP4_PARSER_FAIL", ERROR, "configuration element {} is wrong: {}",
    "The configuration is refused.")
DHCP4_POST_ALLOCATION_NAME_UPDATE_FAIL: Final = Message("DHCP4_POST_ALLOCATION_NAME_UPDATE_FAIL", ERROR,
    "{}: failed to store hostname {} in the lease after its address was chosen: {}",
    "The lease keeps its former name.")
DHCP4_QUERY_DATA: Final = Message("DHCP4_QUERY_DATA", DBG_DETAIL_DATA, "{}, packet details: {}",
    "The query in full.")
DHCP4_RECLAIM_EXPIRED_LEASES_FAIL: Final = Message("DHCP4_RECLAIM_EXPIRED_LEASES_FAIL", ERROR,
    "failed to reclaim expired leases: {}",
    "The next cycle tries again.")
DHCP4_RELEASE: Final = Message("DHCP4_RELEASE", INFO, "{}: address {} was released properly",
    "The client gave its address back.")
DHCP4_RELEASE_EXCEPTION: Final = Message("DHCP4_RELEASE_EXCEPTION", ERROR, "{}: error while releasing address {}: {}",
    "The lease store failed; the lease stays.")
DHCP4_RELEASE_FAIL: Final = Message("DHCP4_RELEASE_FAIL", ERROR, "{}: failed to remove the lease for address {}",
    "The lease was gone before it could be removed.")
DHCP4_RELEASE_FAIL_NO_LEASE: Final = Message("DHCP4_RELEASE_FAIL_NO_LEASE", DBG_DETAIL,
    "{}: client tries to release {}, for which there is no lease",
    "The release is ignored.")
DHCP4_RELEASE_FAIL_WRONG_CLIENT: Final = Message("DHCP4_RELEASE_FAIL_WRONG_CLIENT", DBG_DETAIL,
    "{}: client tries to release {}, which is another client's",
    "The release is ignored.")
DHCP4_RESERVATIONS_LOOKUP_FIRST_ENABLED: Final = Message("DHCP4_RESERVATIONS_LOOKUP_FIRST_ENABLED", WARN,
    "reservations are always looked up first",
    "With multi-threading they are looked up before leases, whatever reservations-lookup-first says.")
DHCP4_RESERVED_HOSTNAME_ASSIGNED: Final = Message("DHCP4_RESERVED_HOSTNAME_ASSIGNED", DBG_DETAIL_DATA,
    "{}: server assigned reserved hostname {}",
    "The name is the one of the client's reservation.")
DHCP4_RESPONSE_DATA: Final = Message("DHCP4_RESPONSE_DATA", DBG_DETAIL_DATA,
    "{}: responding with packet {} (type {}), packet details: {}",
    "The response in full.")
DHCP4_RESPONSE_FQDN_DATA: Final = Message("DHCP4_RESPONSE_FQDN_DATA", DBG_DETAIL_DATA,
    "{}: response has the FQDN option: {}",
    "The Client FQDN option of the response.")
DHCP4_RESPONSE_HOSTNAME_DATA: Final = Message("DHCP4_RESPONSE_HOSTNAME_DATA", DBG_DETAIL_DATA,
    "{}: response has the hostname option: {}",
    "The Hostname option of the response.")
DHCP4_RESPONSE_HOSTNAME_GENERATE: Final = Message("DHCP4_RESPONSE_HOSTNAME_GENERATE", DBG_DETAIL,
    "{}: server made hostname {} for the client",
    "The name is made from the address.")
DHCP4_SERVER_FAILED: Final = Message("DHCP4_SERVER_FAILED", FATAL, "server failed: {}",
    "The server stops because of an error it cannot handle.")
DHCP4_SHUTDOWN: Final = Message("DHCP4_SHUTDOWN", INFO, "server shutdown",
    "The server has stopped.")
DHCP4_SHUTDOWN_REQUEST: Final = Message("DHCP4_SHUTDOWN_REQUEST", DBG_BASIC, "shutdown of server requested",
    "A command or a signal asks the server to stop.")
DHCP4_SRV_CONSTRUCT_ERROR: Final = Message("DHCP4_SRV_CONSTRUCT_ERROR", ERROR, "the server cannot be set up: {}",
    "Something needed at start is missing.")
DHCP4_SRV_D2STOP_ERROR: Final = Message("DHCP4_SRV_D2STOP_ERROR", ERROR, "error while stopping DNS updates: {}",
    "The connection to kea-dhcp-ddns did not close cleanly at shutdown.")
DHCP4_SRV_DHCP4O6_ERROR: Final = Message("DHCP4_SRV_DHCP4O6_ERROR", ERROR,
    "error while stopping DHCPv4-over-DHCPv6: {}",
    "The connection to the DHCPv6 server did not close cleanly.")
DHCP4_SRV_UNLOAD_LIBRARIES_ERROR: Final = Message("DHCP4_SRV_UNLOAD_LIBRARIES_ERROR", ERROR,
    "error while unloading the hook libraries: {}",
    "A library reported an error at shutdown.")
DHCP4_STARTED: Final = Message("DHCP4_STARTED", INFO, "Kea DHCPv4 server version {} started",
    "The server is ready to answer.")
DHCP4_STARTING: Final = Message("DHCP4_STARTING", INFO, "Kea DHCPv4 server version {} ({}) starting",
    "The first line of a server.")
DHCP4_START_INFO: Final = Message("DHCP4_START_INFO", DBG_START,
    "pid: {}, server port: {}, client port: {}, verbose: {}",
    "How the server was called.")
DHCP4_SUBNET_DATA: Final = Message("DHCP4_SUBNET_DATA", DBG_DETAIL_DATA, "{}: selected subnet: {}",
    "The selected subnet in full.")
DHCP4_SUBNET_DYNAMICALLY_CHANGED: Final = Message("DHCP4_SUBNET_DYNAMICALLY_CHANGED", DBG_BASIC_DATA,
    "{}: changed from subnet {} to subnet {} of shared network {} for the assignment",
    "The first subnet of the network could not serve the client.")
DHCP4_SUBNET_SELECTED: Final = Message("DHCP4_SUBNET_SELECTED", DBG_BASIC_DATA,
    "{}: the subnet with ID {} was selected for client assignments",
    "The subnet that answers the client.")
DHCP4_SUBNET_SELECTION_FAILED: Final = Message("DHCP4_SUBNET_SELECTION_FAILED", DBG_DETAIL, "{}: no subnet selected",
    "No subnet fits the packet.")
DHCP4_TESTING_MODE_SEND_TO_SOURCE_ENABLED: Final = Message("DHCP4_TESTING_MODE_SEND_TO_SOURCE_ENABLED", WARN,
    "all answers go to the source address of the query",
    "KEA_TEST_SEND_RESPONSES_TO_SOURCE is set in the environment; never use this in production.")
DHCP4_UNKNOWN_ADDRESS_REQUESTED: Final = Message("DHCP4_UNKNOWN_ADDRESS_REQUESTED", DBG_DETAIL,
    "{}: client requested an unknown address, client sent ciaddr {}, requested address {}",
    "The server is not authoritative and leaves the request to others.")
