"""Messages of the DHCPv6 server.

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
DHCP6_ACTIVATE_INTERFACE: Final = Message("DHCP6_ACTIVATE_INTERFACE", DBG_BASIC, "interface {} is now in use",
    "The server listens on this interface from now on.")
DHCP6_ADD_GLOBAL_STATUS_CODE: Final = Message("DHCP6_ADD_GLOBAL_STATUS_CODE", DBG_DETAIL,
    "{}: adding Status Code to DHCPv6 packet: {}",
    "The whole message gets a status.")
DHCP6_ADD_STATUS_CODE_FOR_IA: Final = Message("DHCP6_ADD_STATUS_CODE_FOR_IA", DBG_DETAIL,
    "{}: adding Status Code to IA with iaid={}: {}",
    "One identity association gets a status.")
DHCP6_ALREADY_RUNNING: Final = Message("DHCP6_ALREADY_RUNNING", FATAL, "{} already running? {}",
    "The pid file names a living process; a second server with the same configuration is not started.")
DHCP6_BUFFER_RECEIVED: Final = Message("DHCP6_BUFFER_RECEIVED", DBG_BASIC,
    "received buffer from {}:{} to {}:{} over interface {}",
    "A datagram arrived; nothing of it has been looked at yet.")
DHCP6_BUFFER_UNPACK: Final = Message("DHCP6_BUFFER_UNPACK", DBG_DETAIL,
    "parsing the buffer received from {} to {} over interface {}",
    "The server begins to parse a datagram.")
DHCP6_BUFFER_WAIT_SIGNAL: Final = Message("DHCP6_BUFFER_WAIT_SIGNAL", DBG_DETAIL, "a signal ended the wait for packets",
    "The wait for packets was interrupted by a signal, which is handled now.")
DHCP6_CB_ON_DEMAND_FETCH_UPDATES_FAIL: Final = Message("DHCP6_CB_ON_DEMAND_FETCH_UPDATES_FAIL", ERROR,
    "fetching configuration updates on demand failed: {}",
    "A config-backend-pull command found an error in what the backends hold; the running configuration is kept.")
DHCP6_CB_PERIODIC_FETCH_UPDATES_FAIL: Final = Message("DHCP6_CB_PERIODIC_FETCH_UPDATES_FAIL", ERROR,
    "periodic fetch of configuration updates failed: {}",
    "The configuration backends could not be asked, or hold something wrong; the server will try again.")
DHCP6_CB_PERIODIC_FETCH_UPDATES_RETRIES_EXHAUSTED: Final = Message(
    "DHCP6_CB_PERIODIC_FETCH_UPDATES_RETRIES_EXHAUSTED", ERROR,
    "periodic fetch of configuration updates failed too often and is given up",
    "After ten failures in a row the server no longer polls the configuration backends.")
DHCP6_CLASS_ASSIGNED: Final = Message("DHCP6_CLASS_ASSIGNED", DBG_BASIC, "{}: packet is a member of these classes: {}",
    "The classes a packet belongs to once they are all evaluated.")
DHCP6_CLASS_UNCONFIGURED: Final = Message("DHCP6_CLASS_UNCONFIGURED", DBG_BASIC,
    "{}: packet belongs to a class without configuration: {}",
    "A packet got a class that no client class of the configuration describes.")
DHCP6_CLASS_UNDEFINED: Final = Message("DHCP6_CLASS_UNDEFINED", DBG_BASIC, "required class {} is not defined",
    "A subnet, network or pool requires a class that the configuration does not define.")
DHCP6_CLASS_UNTESTABLE: Final = Message("DHCP6_CLASS_UNTESTABLE", DBG_BASIC, "required class {} has no test",
    "A required class cannot be evaluated because it has no test expression.")
DHCP6_COMMAND_RECEIVED: Final = Message("DHCP6_COMMAND_RECEIVED", DBG_COMMAND, "received command {}, arguments: {}",
    "A command for the server, before it is carried out.")
DHCP6_CONFIG_COMPLETE: Final = Message("DHCP6_CONFIG_COMPLETE", INFO, "DHCPv6 server has completed configuration: {}",
    "A new configuration is in force; the text sums it up.")
DHCP6_CONFIG_LOAD_FAIL: Final = Message("DHCP6_CONFIG_LOAD_FAIL", ERROR,
    "configuration error using file: {}, reason: {}",
    "The configuration was refused. At start the server stops; later the former configuration stays in force.")
DHCP6_CONFIG_PACKET_QUEUE: Final = Message("DHCP6_CONFIG_PACKET_QUEUE", INFO,
    "DHCPv6 packet queue after configuration: {}",
    "How the packet queue is set up.")
DHCP6_CONFIG_RECEIVED: Final = Message("DHCP6_CONFIG_RECEIVED", DBG_COMMAND, "received configuration {}",
    "A configuration arrived and will be checked.")
DHCP6_CONFIG_START: Final = Message("DHCP6_CONFIG_START", DBG_COMMAND,
    "DHCPv6 server is processing this configuration: {}",
    "Secrets in the configuration are hidden.")
DHCP6_CONFIG_SYNTAX_WARNING: Final = Message("DHCP6_CONFIG_SYNTAX_WARNING", WARN, "configuration syntax warning: {}",
    "The configuration can be read, but uses a form that will not be accepted forever.")
DHCP6_CONFIG_UNRECOVERABLE_ERROR: Final = Message("DHCP6_CONFIG_UNRECOVERABLE_ERROR", FATAL,
    "a new configuration failed half-way and the old one is gone",
    "The server cannot go on and has to be restarted with a correct configuration.")
DHCP6_CONFIG_UNSUPPORTED_OBJECT: Final = Message("DHCP6_CONFIG_UNSUPPORTED_OBJECT", ERROR,
    "DHCPv6 configuration has an unsupported object: {}",
    "The keyword is known but cannot be used here.")
DHCP6_CONFIG_UPDATE: Final = Message("DHCP6_CONFIG_UPDATE", DBG_COMMAND, "updated configuration: {}",
    "Part of the configuration is replaced.")
DHCP6_DB_BACKEND_STARTED: Final = Message("DHCP6_DB_BACKEND_STARTED", INFO,
    "lease database started (type: {}, name: {})",
    "The lease store is ready.")
DHCP6_DB_RECONNECT_DISABLED: Final = Message("DHCP6_DB_RECONNECT_DISABLED", INFO,
    "no reconnection to the database: retries left: {}, wait time: {}",
    "A database connection broke, and the configuration does not ask for reconnection.")
DHCP6_DB_RECONNECT_FAILED: Final = Message("DHCP6_DB_RECONNECT_FAILED", INFO,
    "no connection to the database after {} attempts",
    "All attempts to reconnect to a database are used up; the server stops if it is told to.")
DHCP6_DB_RECONNECT_LOST_CONNECTION: Final = Message("DHCP6_DB_RECONNECT_LOST_CONNECTION", INFO,
    "database connection lost",
    "The connection to a lease, host or configuration database broke.")
DHCP6_DB_RECONNECT_NO_DB_CTL: Final = Message("DHCP6_DB_RECONNECT_NO_DB_CTL", ERROR,
    "a database connection is lost and nothing is known about reconnecting",
    "An error of the program: the database has no reconnect settings.")
DHCP6_DB_RECONNECT_SUCCEEDED: Final = Message("DHCP6_DB_RECONNECT_SUCCEEDED", INFO, "database connection recovered",
    "The connection to a database that was lost is back.")
DHCP6_DDNS_CREATE_ADD_NAME_CHANGE_REQUEST: Final = Message("DHCP6_DDNS_CREATE_ADD_NAME_CHANGE_REQUEST", DBG_DETAIL,
    "name change request: {}",
    "This request will go to kea-dhcp-ddns once the lease is stored.")
DHCP6_DDNS_FQDN_GENERATED: Final = Message("DHCP6_DDNS_FQDN_GENERATED", DBG_DETAIL_DATA,
    "{}: generated FQDN for the client: {}",
    "The name is made from the first address.")
DHCP6_DDNS_GENERATED_FQDN_UPDATE_FAIL: Final = Message("DHCP6_DDNS_GENERATED_FQDN_UPDATE_FAIL", ERROR,
    "{}: failed to update the lease for address {} with its generated name: {}",
    "The lease keeps its former name.")
DHCP6_DDNS_GENERATE_FQDN: Final = Message("DHCP6_DDNS_GENERATE_FQDN", DBG_DETAIL,
    "{}: client sent no name; one will be generated",
    "The client did not send the Client FQDN option, or sent it empty, and the configuration asks for a name.")
DHCP6_DDNS_RECEIVE_FQDN: Final = Message("DHCP6_DDNS_RECEIVE_FQDN", DBG_DETAIL,
    "{}: received DHCPv6 Client FQDN option: {}",
    "The Client FQDN option of the query.")
DHCP6_DDNS_REMOVE_OLD_LEASE_FQDN: Final = Message("DHCP6_DDNS_REMOVE_OLD_LEASE_FQDN", DBG_DETAIL,
    "{}: name of a lease: {} has changed. New values: hostname = {}, reverse mapping = {}, forward mapping = {}",
    "The former name is removed from DNS.")
DHCP6_DDNS_REQUEST_SEND_FAILED: Final = Message("DHCP6_DDNS_REQUEST_SEND_FAILED", ERROR,
    "failed to send a request to kea-dhcp-ddns, error: {}, request: {}",
    "The name change request did not leave; DNS is not updated for this lease.")
DHCP6_DDNS_RESPONSE_FQDN_DATA: Final = Message("DHCP6_DDNS_RESPONSE_FQDN_DATA", DBG_DETAIL,
    "{}: response has the FQDN option: {}",
    "The Client FQDN option of the response.")
DHCP6_DDNS_SEND_FQDN: Final = Message("DHCP6_DDNS_SEND_FQDN", DBG_DETAIL,
    "sending DHCPv6 Client FQDN option to the client: {}",
    "The Client FQDN option of the response.")
DHCP6_DEACTIVATE_INTERFACE: Final = Message("DHCP6_DEACTIVATE_INTERFACE", DBG_BASIC, "interface {} is no longer in use",
    "The server does not listen on this interface any more.")
DHCP6_DECLINE_FAIL: Final = Message("DHCP6_DECLINE_FAIL", ERROR,
    "{}: error while declining the lease for address {}: {}",
    "A Decline could not be carried out because the lease store failed.")
DHCP6_DECLINE_FAIL_DUID_MISMATCH: Final = Message("DHCP6_DECLINE_FAIL_DUID_MISMATCH", INFO,
    "client {} declined address {}, but it belongs to the client with DUID {}",
    "The decline of this address is refused.")
DHCP6_DECLINE_FAIL_IAID_MISMATCH: Final = Message("DHCP6_DECLINE_FAIL_IAID_MISMATCH", INFO,
    "client {} declined address {} with the wrong IAID {} instead of {}",
    "The decline of this address is refused.")
DHCP6_DECLINE_FAIL_LEASE_WITHOUT_DUID: Final = Message("DHCP6_DECLINE_FAIL_LEASE_WITHOUT_DUID", ERROR,
    "client {} declined address {}, whose lease has no DUID",
    "The lease store holds a damaged lease.")
DHCP6_DECLINE_FAIL_NO_LEASE: Final = Message("DHCP6_DECLINE_FAIL_NO_LEASE", INFO,
    "client {} declined address {}, for which there is no lease",
    "The decline of this address is refused.")
DHCP6_DECLINE_LEASE: Final = Message("DHCP6_DECLINE_LEASE", INFO,
    "client {} declined address {}, which the server marked as declined. The lease will be unavailable for {} seconds.",
    "The client found the address in use on its link.")
DHCP6_DECLINE_PROCESS_IA: Final = Message("DHCP6_DECLINE_PROCESS_IA", DBG_DETAIL,
    "processing IA (IAID: {}) declined by client {}",
    "One identity association of a Decline.")
DHCP6_DEVELOPMENT_VERSION: Final = Message("DHCP6_DEVELOPMENT_VERSION", WARN,
    "this is a development version and not meant for production",
    "Use a stable release where it matters.")
DHCP6_DHCP4O6_PACKET_RECEIVED: Final = Message("DHCP6_DHCP4O6_PACKET_RECEIVED", DBG_BASIC,
    "DHCPv4-over-DHCPv6 packet from the DHCPv4 server (type {}) for {} port {} on interface {}",
    "The DHCPv4 server returned a DHCPv4-response, which goes to the client.")
DHCP6_DHCP4O6_RECEIVE_FAIL: Final = Message("DHCP6_DHCP4O6_RECEIVE_FAIL", DBG_DETAIL,
    "failed to receive a DHCPv4-over-DHCPv6 packet: {}",
    "The socket between the two servers reported an error.")
DHCP6_DHCP4O6_RECEIVING: Final = Message("DHCP6_DHCP4O6_RECEIVING", DBG_DETAIL, "receiving from the DHCPv4 server",
    "The socket between the two servers has something to read.")
DHCP6_DHCP4O6_SEND_FAIL: Final = Message("DHCP6_DHCP4O6_SEND_FAIL", ERROR,
    "failed to send a DHCPv4-over-DHCPv6 packet: {}",
    "The response could not be sent to the client.")
DHCP6_DYNAMIC_RECONFIGURATION: Final = Message("DHCP6_DYNAMIC_RECONFIGURATION", INFO,
    "server reconfiguration starts, using file: {}, after SIGHUP or a config-reload command",
    "The configuration file is read again.")
DHCP6_DYNAMIC_RECONFIGURATION_FAIL: Final = Message("DHCP6_DYNAMIC_RECONFIGURATION_FAIL", FATAL,
    "dynamic server reconfiguration failed with file: {}",
    "The file holds an error; the former configuration stays in force.")
DHCP6_DYNAMIC_RECONFIGURATION_SUCCESS: Final = Message("DHCP6_DYNAMIC_RECONFIGURATION_SUCCESS", INFO,
    "dynamic server reconfiguration succeeded with file: {}",
    "The configuration that was read again is in force.")
DHCP6_FLEX_ID: Final = Message("DHCP6_FLEX_ID", DBG_BASIC, "flexible identifier of the packet: {}",
    "What the flex-id library made of the packet.")
DHCP6_HANDLE_SIGNAL_EXCEPTION: Final = Message("DHCP6_HANDLE_SIGNAL_EXCEPTION", ERROR,
    "error while handling a signal: {}",
    "A signal could not be carried out.")
DHCP6_HOOKS_LIBS_RELOAD_FAIL: Final = Message("DHCP6_HOOKS_LIBS_RELOAD_FAIL", ERROR,
    "reloading the hook libraries failed",
    "A libreload command failed; look for the reason in the lines before.")
DHCP6_HOOK_BUFFER_RCVD_DROP: Final = Message("DHCP6_HOOK_BUFFER_RCVD_DROP", DBG_PACKET,
    "buffer from {} to {} over interface {} dropped by a callout",
    "A buffer6_receive callout asked to drop the packet.")
DHCP6_HOOK_BUFFER_RCVD_SKIP: Final = Message("DHCP6_HOOK_BUFFER_RCVD_SKIP", DBG_DETAIL,
    "buffer from {} to {} over interface {} is not parsed because a callout asked to skip it",
    "The callout has to have parsed the packet itself.")
DHCP6_HOOK_BUFFER_SEND_SKIP: Final = Message("DHCP6_HOOK_BUFFER_SEND_SKIP", DBG_BASIC,
    "{}: response not sent because a callout asked to skip it",
    "A buffer6_send callout asked the server not to send.")
DHCP6_HOOK_DDNS_UPDATE: Final = Message("DHCP6_HOOK_DDNS_UPDATE", DBG_PACKET,
    "a callout changed the DNS update: hostname from {} to {}, forward update from {} to {}, reverse update "
    "from {} to {}",
    "A ddns6_update callout changed what goes to DNS.")
DHCP6_HOOK_DECLINE_DROP: Final = Message("DHCP6_HOOK_DECLINE_DROP", DBG_PACKET,
    "while declining (client={}, interface={}, address={}) a callout asked to drop",
    "The whole message is dropped.")
DHCP6_HOOK_DECLINE_SKIP: Final = Message("DHCP6_HOOK_DECLINE_SKIP", DBG_DETAIL,
    "while declining (client={}, interface={}, address={}) a callout asked to skip",
    "The lease stays as it is.")
DHCP6_HOOK_LEASE6_RELEASE_NA_SKIP: Final = Message("DHCP6_HOOK_LEASE6_RELEASE_NA_SKIP", DBG_BASIC,
    "{}: address lease not released because a callout asked to skip it",
    "A lease6_release callout asked to leave the lease as it is.")
DHCP6_HOOK_LEASE6_RELEASE_PD_SKIP: Final = Message("DHCP6_HOOK_LEASE6_RELEASE_PD_SKIP", DBG_BASIC,
    "{}: prefix lease not released because a callout asked to skip it",
    "A lease6_release callout asked to leave the lease as it is.")
DHCP6_HOOK_LEASES6_COMMITTED_DROP: Final = Message("DHCP6_HOOK_LEASES6_COMMITTED_DROP", DBG_PACKET,
    "{}: packet dropped by a leases6_committed callout",
    "The leases are stored, but no answer is sent.")
DHCP6_HOOK_LEASES6_COMMITTED_PARK: Final = Message("DHCP6_HOOK_LEASES6_COMMITTED_PARK", DBG_BASIC,
    "{}: packet parked by a leases6_committed callout",
    "The answer waits until a hook library lets it go.")
DHCP6_HOOK_LEASES6_PARKING_LOT_FULL: Final = Message("DHCP6_HOOK_LEASES6_PARKING_LOT_FULL", DBG_PACKET,
    "parked-packet-limit {} reached, dropping query: {}",
    "Too many packets wait for hook libraries already.")
DHCP6_HOOK_PACKET_RCVD_SKIP: Final = Message("DHCP6_HOOK_PACKET_RCVD_SKIP", DBG_BASIC,
    "{}: packet dropped because a callout asked to skip it",
    "A pkt6_receive callout asked to skip the packet.")
DHCP6_HOOK_PACKET_SEND_DROP: Final = Message("DHCP6_HOOK_PACKET_SEND_DROP", DBG_PACKET,
    "{}: response dropped by a callout",
    "A pkt6_send callout asked to drop the response.")
DHCP6_HOOK_PACKET_SEND_SKIP: Final = Message("DHCP6_HOOK_PACKET_SEND_SKIP", DBG_BASIC,
    "{}: response not packed because a callout asked to skip it",
    "The pkt6_send callout has to have filled the buffer itself.")
DHCP6_HOOK_SUBNET6_SELECT_DROP: Final = Message("DHCP6_HOOK_SUBNET6_SELECT_DROP", DBG_BASIC,
    "{}: packet dropped by a subnet6_select callout",
    "A callout asked to drop the packet while a subnet was chosen.")
DHCP6_HOOK_SUBNET6_SELECT_SKIP: Final = Message("DHCP6_HOOK_SUBNET6_SELECT_SKIP", DBG_BASIC,
    "{}: no subnet selected because a callout asked to skip it",
    "A subnet6_select callout asked that no subnet be used.")
DHCP6_INIT_FAIL: Final = Message("DHCP6_INIT_FAIL", ERROR, "failed to initialize Kea server: {}",
    "The server could not start; the text tells why.")
DHCP6_LEASE_ADVERT: Final = Message("DHCP6_LEASE_ADVERT", INFO,
    "{}: lease for address {} and iaid={} will be advertised",
    "An Advertise with this address is made.")
DHCP6_LEASE_ADVERT_FAIL: Final = Message("DHCP6_LEASE_ADVERT_FAIL", DBG_DETAIL,
    "{}: no address lease to advertise for iaid={}",
    "No address could be found for this identity association.")
DHCP6_LEASE_ALLOC: Final = Message("DHCP6_LEASE_ALLOC", INFO,
    "{}: lease for address {} and iaid={} has been allocated for {} seconds",
    "A Reply with this address is made.")
DHCP6_LEASE_ALLOC_FAIL: Final = Message("DHCP6_LEASE_ALLOC_FAIL", DBG_DETAIL,
    "{}: no address lease to grant for iaid={}",
    "No address could be found for this identity association.")
DHCP6_LEASE_DATA: Final = Message("DHCP6_LEASE_DATA", DBG_DETAIL_DATA, "{}: lease for iaid={} in full: {}",
    "The lease as it is stored.")
DHCP6_LEASE_NA_WITHOUT_DUID: Final = Message("DHCP6_LEASE_NA_WITHOUT_DUID", ERROR,
    "{}: address lease for address {} does not have a DUID",
    "The lease store holds a damaged lease.")
DHCP6_LEASE_PD_WITHOUT_DUID: Final = Message("DHCP6_LEASE_PD_WITHOUT_DUID", ERROR,
    "{}: lease for prefix {}/{} does not have a DUID",
    "The lease store holds a damaged lease.")
DHCP6_LEASE_RENEW: Final = Message("DHCP6_LEASE_RENEW", INFO, "{}: lease for address {} and iaid={} has been allocated",
    "A Renew or Rebind was granted.")
DHCP6_LEASE_REUSE: Final = Message("DHCP6_LEASE_REUSE", INFO,
    "{}: lease for address {} and iaid={} has been reused for {} seconds",
    "The lease is young enough to be given again without a write, by cache-threshold or cache-max-age.")
DHCP6_MULTI_THREADING_INFO: Final = Message("DHCP6_MULTI_THREADING_INFO", WARN,
    "enabled: {}, number of threads: {}, queue size: {}",
    "The settings of multi-threading.")
DHCP6_NOT_RUNNING: Final = Message("DHCP6_NOT_RUNNING", WARN, "DHCPv6 server is not running",
    "A command needs a running server.")
DHCP6_NO_INTERFACES: Final = Message("DHCP6_NO_INTERFACES", ERROR, "no interface can be found",
    "The server cannot serve anyone on a machine without interfaces.")
DHCP6_NO_SOCKETS_OPEN: Final = Message("DHCP6_NO_SOCKETS_OPEN", WARN, "no interface is open for packets",
    "The configuration opened no socket; the server cannot serve anyone.")
DHCP6_OPEN_SOCKET: Final = Message("DHCP6_OPEN_SOCKET", DBG_START, "opening service sockets on port {}",
    "The server opens its sockets.")
DHCP6_OPEN_SOCKETS_FAILED: Final = Message("DHCP6_OPEN_SOCKETS_FAILED", INFO,
    "service sockets could not be opened in {} attempts",
    "The retries of interfaces-config are used up.")
DHCP6_OPEN_SOCKETS_NO_RECONNECT_CTL: Final = Message("DHCP6_OPEN_SOCKETS_NO_RECONNECT_CTL", ERROR,
    "sockets cannot be opened and nothing is known about retrying",
    "An error of the program: the retry settings are missing.")
DHCP6_OPEN_SOCKET_FAIL: Final = Message("DHCP6_OPEN_SOCKET_FAIL", WARN, "failed to open socket: {}",
    "A service socket could not be opened on one interface or address.")
DHCP6_PACKET_DROP_DHCP_DISABLED: Final = Message("DHCP6_PACKET_DROP_DHCP_DISABLED", DBG_PACKET,
    "{}: DHCP service is disabled",
    "A dhcp-disable command or a hook library has switched the service off.")
DHCP6_PACKET_DROP_DROP_CLASS: Final = Message("DHCP6_PACKET_DROP_DROP_CLASS", DBG_PACKET,
    "dropped as a member of the class 'DROP': {}",
    "The class DROP is evaluated right after parsing.")
DHCP6_PACKET_DROP_DROP_CLASS2: Final = Message("DHCP6_PACKET_DROP_DROP_CLASS2", DBG_PACKET,
    "dropped as a member of the class 'DROP' after the host reservation was found: {}",
    "The reservation put the client into the class DROP.")
DHCP6_PACKET_DROP_DROP_CLASS_EARLY: Final = Message("DHCP6_PACKET_DROP_DROP_CLASS_EARLY", DBG_PACKET,
    "dropped as a member of the class 'DROP' after the early lookup of global reservations: {}",
    "The global reservation put the client into the class DROP.")
DHCP6_PACKET_DROP_DUPLICATE: Final = Message("DHCP6_PACKET_DROP_DUPLICATE", DBG_PACKET,
    "{}: {} dropped because of another message of the client that is being processed: {}, {}",
    "The same DUID; the client repeats itself faster than it can be answered.")
DHCP6_PACKET_DROP_PARSE_FAIL: Final = Message("DHCP6_PACKET_DROP_PARSE_FAIL", DBG_PACKET,
    "failed to parse packet from {} to {}, received over interface {}, reason: {}",
    "The datagram is not a DHCPv6 message and is dropped.")
DHCP6_PACKET_DROP_SERVERID_MISMATCH: Final = Message("DHCP6_PACKET_DROP_SERVERID_MISMATCH", DBG_PACKET,
    "{}: dropping packet with server identifier: {}, server is using: {}",
    "The client speaks to another server.")
DHCP6_PACKET_DROP_UNICAST: Final = Message("DHCP6_PACKET_DROP_UNICAST", DBG_PACKET,
    "{}: dropping unicast {}, which has to be sent to multicast",
    "RFC 8415 section 18.4: a client may only use unicast for some messages.")
DHCP6_PACKET_OPTIONS_SKIPPED: Final = Message("DHCP6_PACKET_OPTIONS_SKIPPED", DBG_DETAIL,
    "an option cannot be parsed and the options after it are skipped: {}",
    "What comes after the broken option is unknown to the server.")
DHCP6_PACKET_PROCESS_EXCEPTION: Final = Message("DHCP6_PACKET_PROCESS_EXCEPTION", ERROR,
    "unknown error while a packet was processed",
    "The packet is dropped, and the server goes on.")
DHCP6_PACKET_PROCESS_FAIL: Final = Message("DHCP6_PACKET_PROCESS_FAIL", DBG_BASIC,
    "processing of {} message received from {} failed: {}",
    "The packet is dropped.")
DHCP6_PACKET_PROCESS_STD_EXCEPTION: Final = Message("DHCP6_PACKET_PROCESS_STD_EXCEPTION", ERROR,
    "error while a packet was processed: {}",
    "The packet is dropped, and the server goes on. This is worth a report.")
DHCP6_PACKET_QUEUE_FULL: Final = Message("DHCP6_PACKET_QUEUE_FULL", DBG_BASIC, "the packet queue is full",
    "More packets arrive than can be answered; the oldest are dropped.")
DHCP6_PACKET_RECEIVED: Final = Message("DHCP6_PACKET_RECEIVED", DBG_BASIC_DATA,
    "{}: {} (type {}) received from {} to {} on interface {}",
    "A packet was parsed.")
DHCP6_PACKET_RECEIVE_FAIL: Final = Message("DHCP6_PACKET_RECEIVE_FAIL", ERROR, "a datagram could not be read: {}",
    "The operating system reported an error while the server read from a socket.")
DHCP6_PACKET_SEND: Final = Message("DHCP6_PACKET_SEND", DBG_BASIC,
    "{}: trying to send packet {} (type {}) from [{}]:{} to [{}]:{} on interface {}",
    "The response goes to the network.")
DHCP6_PACKET_SEND_FAIL: Final = Message("DHCP6_PACKET_SEND_FAIL", ERROR, "failed to send DHCPv6 packet: {}",
    "The operating system refused to send.")
DHCP6_PACK_FAIL: Final = Message("DHCP6_PACK_FAIL", ERROR, "the response cannot be packed",
    "No response is sent.")
DHCP6_PARSER_COMMIT_EXCEPTION: Final = Message("DHCP6_PARSER_COMMIT_EXCEPTION", ERROR,
    "unknown error while a configuration was put in force",
    "The former configuration stays in force.")
DHCP6_PARSER_COMMIT_FAIL: Final = Message("DHCP6_PARSER_COMMIT_FAIL", ERROR,
    "the configuration cannot be put in force: {}",
    "The former configuration stays in force.")
DHCP6_PARSER_EXCEPTION: Final = Message("DHCP6_PARSER_EXCEPTION", ERROR, "unknown error in configuration element {}",
    "The configuration is refused.")
DHCP6_PARSER_FAIL: Final = Message("DHCP6_PARSER_FAIL", ERROR, "configuration element {} is wrong: {}",
    "The configuration is refused.")
DHCP6_PD_LEASE_ADVERT: Final = Message("DHCP6_PD_LEASE_ADVERT", INFO,
    "{}: lease for prefix {}/{} and iaid={} will be advertised",
    "An Advertise with this prefix is made.")
DHCP6_PD_LEASE_ADVERT_FAIL: Final = Message("DHCP6_PD_LEASE_ADVERT_FAIL", DBG_DETAIL,
    "{}: no prefix lease to advertise for iaid={}",
    "No prefix could be found for this identity association.")
DHCP6_PD_LEASE_ALLOC: Final = Message("DHCP6_PD_LEASE_ALLOC", INFO,
    "{}: lease for prefix {}/{} and iaid={} has been allocated for {} seconds",
    "A Reply with this prefix is made.")
DHCP6_PD_LEASE_ALLOC_FAIL: Final = Message("DHCP6_PD_LEASE_ALLOC_FAIL", DBG_DETAIL,
    "{}: no prefix lease to grant for iaid={}",
    "No prefix could be found for this identity association.")
DHCP6_PD_LEASE_RENEW: Final = Message("DHCP6_PD_LEASE_RENEW", INFO,
    "{}: lease for prefix {}/{} and iaid={} has been allocated",
    "A Renew or Rebind was granted.")
DHCP6_PD_LEASE_REUSE: Final = Message("DHCP6_PD_LEASE_REUSE", INFO,
    "{}: lease for prefix {}/{} and iaid={} has been reused for {} seconds",
    "The lease is young enough to be given again without a write, by cache-threshold or cache-max-age.")
DHCP6_PROCESS_IA_NA_EXTEND: Final = Message("DHCP6_PROCESS_IA_NA_EXTEND", DBG_DETAIL,
    "{}: extending the leases of the IA_NA option with iaid={}",
    "A Renew or Rebind is worked on.")
DHCP6_PROCESS_IA_NA_RELEASE: Final = Message("DHCP6_PROCESS_IA_NA_RELEASE", DBG_DETAIL,
    "{}: releasing the leases of the IA_NA option with iaid={}",
    "A Release is worked on.")
DHCP6_PROCESS_IA_NA_REQUEST: Final = Message("DHCP6_PROCESS_IA_NA_REQUEST", DBG_DETAIL,
    "{}: processing the IA_NA option with iaid={} and hint={}",
    "A Solicit or Request is worked on.")
DHCP6_PROCESS_IA_PD_EXTEND: Final = Message("DHCP6_PROCESS_IA_PD_EXTEND", DBG_DETAIL,
    "{}: extending the leases of the IA_PD option with iaid={}",
    "A Renew or Rebind is worked on.")
DHCP6_PROCESS_IA_PD_REQUEST: Final = Message("DHCP6_PROCESS_IA_PD_REQUEST", DBG_DETAIL,
    "{}: processing the IA_PD option with iaid={} and hint={}",
    "A Solicit or Request is worked on.")
DHCP6_QUERY_DATA: Final = Message("DHCP6_QUERY_DATA", DBG_DETAIL_DATA, "{}, packet details: {}",
    "The query in full.")
DHCP6_RAPID_COMMIT: Final = Message("DHCP6_RAPID_COMMIT", DBG_DETAIL,
    "{}: Rapid Commit option received, following its two-message exchange",
    "The Solicit is answered with a Reply.")
DHCP6_RECLAIM_EXPIRED_LEASES_FAIL: Final = Message("DHCP6_RECLAIM_EXPIRED_LEASES_FAIL", ERROR,
    "failed to reclaim expired leases: {}",
    "The next cycle tries again.")
DHCP6_RELEASE_NA: Final = Message("DHCP6_RELEASE_NA", INFO,
    "{}: lease for address {} and iaid={} was released properly",
    "The client gave its address back.")
DHCP6_RELEASE_NA_FAIL: Final = Message("DHCP6_RELEASE_NA_FAIL", ERROR,
    "{}: failed to remove the lease for address {} and iaid={}",
    "The lease was gone before it could be removed.")
DHCP6_RELEASE_NA_FAIL_WRONG_DUID: Final = Message("DHCP6_RELEASE_NA_FAIL_WRONG_DUID", INFO,
    "{}: client tries to release address {}, which belongs to the client with DUID {}",
    "The release of this address is refused.")
DHCP6_RELEASE_NA_FAIL_WRONG_IAID: Final = Message("DHCP6_RELEASE_NA_FAIL_WRONG_IAID", WARN,
    "{}: client tries to release address {} with the wrong IAID (expected {}, got {})",
    "The release of this address is refused.")
DHCP6_RELEASE_PD: Final = Message("DHCP6_RELEASE_PD", INFO,
    "{}: lease for prefix {}/{} and iaid={} was released properly",
    "The client gave its prefix back.")
DHCP6_RELEASE_PD_FAIL: Final = Message("DHCP6_RELEASE_PD_FAIL", ERROR,
    "{}: failed to remove the lease for prefix {}/{} and iaid={}",
    "The lease was gone before it could be removed.")
DHCP6_RELEASE_PD_FAIL_WRONG_DUID: Final = Message("DHCP6_RELEASE_PD_FAIL_WRONG_DUID", INFO,
    "{}: client tries to release prefix {}/{}, which belongs to the client with DUID {}",
    "The release of this prefix is refused.")
DHCP6_RELEASE_PD_FAIL_WRONG_IAID: Final = Message("DHCP6_RELEASE_PD_FAIL_WRONG_IAID", WARN,
    "{}: client tries to release prefix {}/{} with the wrong IAID (expected {}, got {})",
    "The release of this prefix is refused.")
DHCP6_REQUIRED_OPTIONS_CHECK_FAIL: Final = Message("DHCP6_REQUIRED_OPTIONS_CHECK_FAIL", DBG_BASIC,
    "{} message received from {} failed this check: {}",
    "An option the message has to have is missing, or one it must not have is there; the packet is dropped.")
DHCP6_RESERVATIONS_LOOKUP_FIRST_ENABLED: Final = Message("DHCP6_RESERVATIONS_LOOKUP_FIRST_ENABLED", WARN,
    "reservations are always looked up first",
    "With multi-threading they are looked up before leases, whatever reservations-lookup-first says.")
DHCP6_RESPONSE_DATA: Final = Message("DHCP6_RESPONSE_DATA", DBG_DETAIL_DATA,
    "responding with packet type {}, packet details: {}",
    "The response in full.")
DHCP6_SERVER_FAILED: Final = Message("DHCP6_SERVER_FAILED", FATAL, "server failed: {}",
    "The server stops because of an error it cannot handle.")
DHCP6_SHUTDOWN: Final = Message("DHCP6_SHUTDOWN", INFO, "server shutdown",
    "The server has stopped.")
DHCP6_SHUTDOWN_REQUEST: Final = Message("DHCP6_SHUTDOWN_REQUEST", DBG_BASIC, "shutdown of server requested",
    "A command or a signal asks the server to stop.")
DHCP6_SOCKET_UNICAST: Final = Message("DHCP6_SOCKET_UNICAST", INFO,
    "opening a unicast socket on address {} of interface {}",
    "The configuration names a unicast address beside the interface.")
DHCP6_SRV_CONSTRUCT_ERROR: Final = Message("DHCP6_SRV_CONSTRUCT_ERROR", ERROR, "the server cannot be set up: {}",
    "Something needed at start is missing.")
DHCP6_SRV_D2STOP_ERROR: Final = Message("DHCP6_SRV_D2STOP_ERROR", ERROR, "error while stopping DNS updates: {}",
    "The connection to kea-dhcp-ddns did not close cleanly at shutdown.")
DHCP6_SRV_UNLOAD_LIBRARIES_ERROR: Final = Message("DHCP6_SRV_UNLOAD_LIBRARIES_ERROR", ERROR,
    "error while unloading the hook libraries: {}",
    "A library reported an error at shutdown.")
DHCP6_STANDALONE: Final = Message("DHCP6_STANDALONE", INFO, "the server runs without a control connection",
    "For tests.")
DHCP6_STARTED: Final = Message("DHCP6_STARTED", INFO, "Kea DHCPv6 server version {} started",
    "The server is ready to answer.")
DHCP6_STARTING: Final = Message("DHCP6_STARTING", INFO, "Kea DHCPv6 server version {} ({}) starting",
    "The first line of a server.")
DHCP6_START_INFO: Final = Message("DHCP6_START_INFO", DBG_START,
    "pid: {}, server port: {}, client port: {}, verbose: {}",
    "How the server was called.")
DHCP6_SUBNET_DATA: Final = Message("DHCP6_SUBNET_DATA", DBG_DETAIL_DATA, "{}: selected subnet: {}",
    "The selected subnet in full.")
DHCP6_SUBNET_DYNAMICALLY_CHANGED: Final = Message("DHCP6_SUBNET_DYNAMICALLY_CHANGED", DBG_BASIC_DATA,
    "{}: changed from subnet {} to subnet {} of shared network {} for the assignment",
    "The first subnet of the network could not serve the client.")
DHCP6_SUBNET_SELECTED: Final = Message("DHCP6_SUBNET_SELECTED", DBG_BASIC_DATA,
    "{}: the subnet with ID {} was selected for client assignments",
    "The subnet that answers the client.")
DHCP6_SUBNET_SELECTION_FAILED: Final = Message("DHCP6_SUBNET_SELECTION_FAILED", DBG_DETAIL, "{}: no subnet selected",
    "No subnet fits the packet.")
DHCP6_UNKNOWN_MSG_RECEIVED: Final = Message("DHCP6_UNKNOWN_MSG_RECEIVED", DBG_BASIC,
    "received unknown message (type {}) on interface {}",
    "The message type is none the standards know; the packet is dropped.")
DHCP6_USING_SERVERID: Final = Message("DHCP6_USING_SERVERID", INFO,
    "server is using server-id {} and stores it in the file {}",
    "The DUID by which clients know this server.")
