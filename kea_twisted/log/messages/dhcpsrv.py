"""Messages of what both DHCP servers share: configuration, lease stores, timers, DNS requests, subnet selection.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import DBG_BASIC, DBG_DETAIL, DBG_DETAIL_DATA, ERROR, INFO, WARN, Message

# fmt: off
DHCPSRV_CFGMGR_ADD_IFACE: Final = Message("DHCPSRV_CFGMGR_ADD_IFACE", INFO, "listening on interface {}",
    "The configuration names this interface.")
DHCPSRV_CFGMGR_ADD_SUBNET4: Final = Message("DHCPSRV_CFGMGR_ADD_SUBNET4", DBG_BASIC, "adding subnet {}",
    "The configuration has this subnet.")
DHCPSRV_CFGMGR_ADD_SUBNET6: Final = Message("DHCPSRV_CFGMGR_ADD_SUBNET6", DBG_BASIC, "adding subnet {}",
    "The configuration has this subnet.")
DHCPSRV_CFGMGR_ALL_IFACES_ACTIVE: Final = Message("DHCPSRV_CFGMGR_ALL_IFACES_ACTIVE", DBG_BASIC,
    "listening on all interfaces",
    "The configuration asks for every interface with \"*\".")
DHCPSRV_CFGMGR_CFG_DHCP_DDNS: Final = Message("DHCPSRV_CFGMGR_CFG_DHCP_DDNS", DBG_BASIC, "settings of DNS updates: {}",
    "How the server reaches kea-dhcp-ddns.")
DHCPSRV_CFGMGR_CLEAR_ACTIVE_IFACES: Final = Message("DHCPSRV_CFGMGR_CLEAR_ACTIVE_IFACES", DBG_BASIC,
    "no longer listening on any interface",
    "The list of interfaces is emptied before a new one is made.")
DHCPSRV_CFGMGR_CONFIG4_MERGED: Final = Message("DHCPSRV_CFGMGR_CONFIG4_MERGED", INFO,
    "configuration merged with what the configuration backends hold",
    "The result is in force.")
DHCPSRV_CFGMGR_CONFIG6_MERGED: Final = Message("DHCPSRV_CFGMGR_CONFIG6_MERGED", INFO,
    "configuration merged with what the configuration backends hold",
    "The result is in force.")
DHCPSRV_CFGMGR_CONFIGURE_SERVERID: Final = Message("DHCPSRV_CFGMGR_CONFIGURE_SERVERID", WARN,
    "the server identifier changes only when the server restarts",
    "Clients know the server by its identifier.")
DHCPSRV_CFGMGR_DDNS_PARAMETER_IGNORED: Final = Message("DHCPSRV_CFGMGR_DDNS_PARAMETER_IGNORED", INFO,
    "global {} is used; dhcp-ddns/{} is ignored",
    "The same setting is given twice; remove it from dhcp-ddns.")
DHCPSRV_CFGMGR_DDNS_PARAMETER_MOVED: Final = Message("DHCPSRV_CFGMGR_DDNS_PARAMETER_MOVED", INFO,
    "dhcp-ddns/{} is taken as global {}",
    "The setting has moved; write it at the global level.")
DHCPSRV_CFGMGR_DEL_SUBNET4: Final = Message("DHCPSRV_CFGMGR_DEL_SUBNET4", DBG_BASIC, "IPv4 subnet {} removed",
    "A command or a configuration backend removed the subnet.")
DHCPSRV_CFGMGR_DEL_SUBNET6: Final = Message("DHCPSRV_CFGMGR_DEL_SUBNET6", DBG_BASIC, "IPv6 subnet {} removed",
    "A command or a configuration backend removed the subnet.")
DHCPSRV_CFGMGR_IPV4_RESERVATIONS_NON_UNIQUE_IGNORED: Final = Message(
    "DHCPSRV_CFGMGR_IPV4_RESERVATIONS_NON_UNIQUE_IGNORED", WARN,
    "ip-reservations-unique is ignored because a host database cannot do it",
    "Reservations of one address for several clients are refused.")
DHCPSRV_CFGMGR_IPV6_RESERVATIONS_NON_UNIQUE_IGNORED: Final = Message(
    "DHCPSRV_CFGMGR_IPV6_RESERVATIONS_NON_UNIQUE_IGNORED", WARN,
    "ip-reservations-unique is ignored because a host database cannot do it",
    "Reservations of one address or prefix for several clients are refused.")
DHCPSRV_CFGMGR_IP_RESERVATIONS_UNIQUE_DUPLICATES_POSSIBLE: Final = Message(
    "DHCPSRV_CFGMGR_IP_RESERVATIONS_UNIQUE_DUPLICATES_POSSIBLE", WARN,
    "ip-reservations-unique is true again; reservations made before may share addresses",
    "Look for duplicates in the host databases.")
DHCPSRV_CFGMGR_NEW_SUBNET4: Final = Message("DHCPSRV_CFGMGR_NEW_SUBNET4", INFO,
    "a new subnet has been added to configuration: {}",
    "The subnet with its lifetimes.")
DHCPSRV_CFGMGR_NEW_SUBNET6: Final = Message("DHCPSRV_CFGMGR_NEW_SUBNET6", INFO,
    "a new subnet has been added to configuration: {}",
    "The subnet with its lifetimes.")
DHCPSRV_CFGMGR_NO_SUBNET4: Final = Message("DHCPSRV_CFGMGR_NO_SUBNET4", DBG_BASIC, "no IPv4 subnet for address {}",
    "No subnet has this address.")
DHCPSRV_CFGMGR_NO_SUBNET6: Final = Message("DHCPSRV_CFGMGR_NO_SUBNET6", DBG_BASIC, "no IPv6 subnet for address {}",
    "No subnet has this address.")
DHCPSRV_CFGMGR_ONLY_SUBNET4: Final = Message("DHCPSRV_CFGMGR_ONLY_SUBNET4", DBG_BASIC,
    "the only IPv4 subnet {} is used for address {}",
    "Nothing had to be chosen.")
DHCPSRV_CFGMGR_ONLY_SUBNET6: Final = Message("DHCPSRV_CFGMGR_ONLY_SUBNET6", DBG_BASIC,
    "the only IPv6 subnet {} is used for address {}",
    "Nothing had to be chosen.")
DHCPSRV_CFGMGR_OPTION_DUPLICATE: Final = Message("DHCPSRV_CFGMGR_OPTION_DUPLICATE", WARN,
    "option code {} more than once in subnet {}",
    "The last one counts.")
DHCPSRV_CFGMGR_RELAY_IP_ADDRESS_DEPRECATED: Final = Message("DHCPSRV_CFGMGR_RELAY_IP_ADDRESS_DEPRECATED", DBG_DETAIL,
    "relay uses the old keyword ip-address: {}",
    "Write ip-addresses, which takes a list.")
DHCPSRV_CFGMGR_SOCKET_RAW_UNSUPPORTED: Final = Message("DHCPSRV_CFGMGR_SOCKET_RAW_UNSUPPORTED", WARN,
    "raw sockets are not available here; UDP sockets are used",
    "Clients without an address can then be served only through relays.")
DHCPSRV_CFGMGR_SOCKET_TYPE_DEFAULT: Final = Message("DHCPSRV_CFGMGR_SOCKET_TYPE_DEFAULT", INFO,
    "dhcp-socket-type is not given; '{}' is used",
    "The default.")
DHCPSRV_CFGMGR_SOCKET_TYPE_SELECT: Final = Message("DHCPSRV_CFGMGR_SOCKET_TYPE_SELECT", INFO, "using socket type {}",
    "The configuration names the type.")
DHCPSRV_CFGMGR_SUBNET4: Final = Message("DHCPSRV_CFGMGR_SUBNET4", DBG_BASIC, "subnet {} for address {}",
    "The subnet was found.")
DHCPSRV_CFGMGR_SUBNET4_ADDR: Final = Message("DHCPSRV_CFGMGR_SUBNET4_ADDR", DBG_BASIC,
    "selected subnet {} for packet from address {}",
    "The subnet has the address of the packet.")
DHCPSRV_CFGMGR_SUBNET4_IFACE: Final = Message("DHCPSRV_CFGMGR_SUBNET4_IFACE", DBG_BASIC,
    "selected subnet {} for packet over interface {}",
    "The subnet is bound to the interface or has its address.")
DHCPSRV_CFGMGR_SUBNET4_RELAY: Final = Message("DHCPSRV_CFGMGR_SUBNET4_RELAY", DBG_BASIC,
    "selected subnet {} for packet from relay {}",
    "The subnet names the relay.")
DHCPSRV_CFGMGR_SUBNET6: Final = Message("DHCPSRV_CFGMGR_SUBNET6", DBG_BASIC, "subnet {} for address {}",
    "The subnet was found.")
DHCPSRV_CFGMGR_SUBNET6_IFACE: Final = Message("DHCPSRV_CFGMGR_SUBNET6_IFACE", DBG_BASIC,
    "selected subnet {} for packet over interface {}",
    "The subnet is bound to the interface.")
DHCPSRV_CFGMGR_SUBNET6_IFACE_ID: Final = Message("DHCPSRV_CFGMGR_SUBNET6_IFACE_ID", DBG_BASIC,
    "selected subnet {} by the interface-id of the relay",
    "The subnet names the Interface-Id option.")
DHCPSRV_CFGMGR_SUBNET6_RELAY: Final = Message("DHCPSRV_CFGMGR_SUBNET6_RELAY", DBG_BASIC,
    "selected subnet {} for packet from relay {}",
    "The subnet names the relay.")
DHCPSRV_CFGMGR_UNICAST_LINK_LOCAL: Final = Message("DHCPSRV_CFGMGR_UNICAST_LINK_LOCAL", WARN,
    "link-local unicast address {} configured on interface {}",
    "Link-local addresses may belong to several interfaces at once.")
DHCPSRV_CFGMGR_UPDATE_SUBNET4: Final = Message("DHCPSRV_CFGMGR_UPDATE_SUBNET4", DBG_BASIC,
    "subnet {} updated (result {})",
    "A command or a configuration backend changed the subnet.")
DHCPSRV_CFGMGR_UPDATE_SUBNET6: Final = Message("DHCPSRV_CFGMGR_UPDATE_SUBNET6", DBG_BASIC,
    "subnet {} updated (result {})",
    "A command or a configuration backend changed the subnet.")
DHCPSRV_CFGMGR_USE_ADDRESS: Final = Message("DHCPSRV_CFGMGR_USE_ADDRESS", INFO,
    "listening on address {}, on interface {}",
    "The configuration names an address beside the interface.")
DHCPSRV_CFGMGR_USE_UNICAST: Final = Message("DHCPSRV_CFGMGR_USE_UNICAST", INFO,
    "listening on unicast address {}, on interface {}",
    "The configuration names a unicast address beside the interface.")
DHCPSRV_CLOSE_DB: Final = Message("DHCPSRV_CLOSE_DB", DBG_BASIC, "closing currently open {} database",
    "The lease store is closed.")
DHCPSRV_DEPRECATED: Final = Message("DHCPSRV_DEPRECATED", WARN, "deprecated: {}",
    "Still works, but will not be accepted forever.")
DHCPSRV_DHCP4O6_RECEIVED_BAD_PACKET: Final = Message("DHCPSRV_DHCP4O6_RECEIVED_BAD_PACKET", WARN,
    "bad DHCPv4-over-DHCPv6 packet: {}",
    "The other server sent something that cannot be used.")
DHCPSRV_DHCP_DDNS_ERROR_EXCEPTION: Final = Message("DHCPSRV_DHCP_DDNS_ERROR_EXCEPTION", ERROR,
    "error in the handler of send errors: {}",
    "An error of the program; DNS updates go on.")
DHCPSRV_DHCP_DDNS_HANDLER_NULL: Final = Message("DHCPSRV_DHCP_DDNS_HANDLER_NULL", ERROR,
    "a send error occurred and nobody handles it",
    "An error of the program; DNS updates go on.")
DHCPSRV_DHCP_DDNS_NCR_REJECTED: Final = Message("DHCPSRV_DHCP_DDNS_NCR_REJECTED", ERROR,
    "kea-dhcp-ddns cannot be given a request: {}, request: {}",
    "DNS is not updated for this lease.")
DHCPSRV_DHCP_DDNS_NCR_SENT: Final = Message("DHCPSRV_DHCP_DDNS_NCR_SENT", DBG_DETAIL,
    "name change request sent to kea-dhcp-ddns: {}",
    "DNS will be updated.")
DHCPSRV_DHCP_DDNS_SENDER_STARTED: Final = Message("DHCPSRV_DHCP_DDNS_SENDER_STARTED", INFO,
    "sending to kea-dhcp-ddns has been started: {}",
    "DNS updates are on.")
DHCPSRV_DHCP_DDNS_SENDER_STOPPED: Final = Message("DHCPSRV_DHCP_DDNS_SENDER_STOPPED", INFO,
    "sending to kea-dhcp-ddns has been stopped",
    "DNS updates are off.")
DHCPSRV_DHCP_DDNS_SUSPEND_UPDATES: Final = Message("DHCPSRV_DHCP_DDNS_SUSPEND_UPDATES", WARN,
    "DNS updates are suspended",
    "Too many errors; updates come back with the next configuration.")
DHCPSRV_HOOK_LEASE4_RECOVER_SKIP: Final = Message("DHCPSRV_HOOK_LEASE4_RECOVER_SKIP", DBG_BASIC,
    "declined lease {} not recovered because a callout asked to skip it",
    "The lease stays declined.")
DHCPSRV_HOOK_LEASE4_RENEW_SKIP: Final = Message("DHCPSRV_HOOK_LEASE4_RENEW_SKIP", DBG_BASIC,
    "lease not extended because a callout asked to skip it",
    "A lease4_renew callout asked for it.")
DHCPSRV_HOOK_LEASE4_SELECT_SKIP: Final = Message("DHCPSRV_HOOK_LEASE4_SELECT_SKIP", DBG_BASIC,
    "lease not made because a callout asked to skip it",
    "A lease4_select callout asked for it.")
DHCPSRV_HOOK_LEASE6_EXTEND_SKIP: Final = Message("DHCPSRV_HOOK_LEASE6_EXTEND_SKIP", DBG_BASIC,
    "lease not extended because a callout asked to skip it for message {}",
    "A lease6_renew or lease6_rebind callout asked for it.")
DHCPSRV_HOOK_LEASE6_RECOVER_SKIP: Final = Message("DHCPSRV_HOOK_LEASE6_RECOVER_SKIP", DBG_BASIC,
    "declined lease {} not recovered because a callout asked to skip it",
    "The lease stays declined.")
DHCPSRV_HOOK_LEASE6_SELECT_SKIP: Final = Message("DHCPSRV_HOOK_LEASE6_SELECT_SKIP", DBG_BASIC,
    "lease not made because a callout asked to skip it",
    "A lease6_select callout asked for it.")
DHCPSRV_INVALID_ACCESS: Final = Message("DHCPSRV_INVALID_ACCESS", ERROR, "invalid database access string: {}",
    "The settings of a database cannot be understood.")
DHCPSRV_LEASE_SANITY_FAIL: Final = Message("DHCPSRV_LEASE_SANITY_FAIL", WARN,
    "lease {} has subnet-id {}, which does not exist or is wrong ({})",
    "The lease is kept as it is: sanity-checks is warn, or it is fix and no subnet fits.")
DHCPSRV_LEASE_SANITY_FAIL_DISCARD: Final = Message("DHCPSRV_LEASE_SANITY_FAIL_DISCARD", INFO,
    "lease {} has subnet-id {}, which does not exist or is wrong ({}), and is dropped",
    "sanity-checks is del, or it is fix-del and no subnet fits. The lease file keeps the row.")
DHCPSRV_LEASE_SANITY_FIXED: Final = Message("DHCPSRV_LEASE_SANITY_FIXED", INFO,
    "lease {} had subnet-id {}, which is corrected to subnet-id {}",
    "sanity-checks is fix or fix-del. The lease file keeps the row until the lease changes.")
DHCPSRV_MEMFILE_ADD_ADDR4: Final = Message("DHCPSRV_MEMFILE_ADD_ADDR4", DBG_DETAIL,
    "memory file: adding IPv4 lease with address {}",
    "A write to the lease store.")
DHCPSRV_MEMFILE_ADD_ADDR6: Final = Message("DHCPSRV_MEMFILE_ADD_ADDR6", DBG_DETAIL,
    "memory file: adding IPv6 lease with address {}",
    "A write to the lease store.")
DHCPSRV_MEMFILE_BEGIN_TRANSACTION: Final = Message("DHCPSRV_MEMFILE_BEGIN_TRANSACTION", DBG_DETAIL,
    "memory file backend: begin of transaction",
    "Has no effect in this store.")
DHCPSRV_MEMFILE_COMMIT: Final = Message("DHCPSRV_MEMFILE_COMMIT", DBG_DETAIL, "memory file backend: commit",
    "Has no effect in this store.")
DHCPSRV_MEMFILE_CONVERTING_LEASE_FILES: Final = Message("DHCPSRV_MEMFILE_CONVERTING_LEASE_FILES", WARN,
    "lease files of version {} are converted to version {}",
    "The files of an older server are read; a cleanup rewrites them.")
DHCPSRV_MEMFILE_DB: Final = Message("DHCPSRV_MEMFILE_DB", INFO, "opening memory file lease database: {}",
    "The lease store with its settings.")
DHCPSRV_MEMFILE_DELETE_ADDR: Final = Message("DHCPSRV_MEMFILE_DELETE_ADDR", DBG_DETAIL,
    "memory file: deleting lease for address {}",
    "A write to the lease store.")
DHCPSRV_MEMFILE_DELETE_EXPIRED_RECLAIMED4: Final = Message("DHCPSRV_MEMFILE_DELETE_EXPIRED_RECLAIMED4", DBG_DETAIL,
    "memory file: deleting reclaimed IPv4 leases that expired more than {} seconds ago",
    "A write to the lease store.")
DHCPSRV_MEMFILE_DELETE_EXPIRED_RECLAIMED6: Final = Message("DHCPSRV_MEMFILE_DELETE_EXPIRED_RECLAIMED6", DBG_DETAIL,
    "memory file: deleting reclaimed IPv6 leases that expired more than {} seconds ago",
    "A write to the lease store.")
DHCPSRV_MEMFILE_DELETE_EXPIRED_RECLAIMED_START: Final = Message(
    "DHCPSRV_MEMFILE_DELETE_EXPIRED_RECLAIMED_START", DBG_DETAIL,
    "memory file: deleting {} reclaimed leases",
    "A write to the lease store.")
DHCPSRV_MEMFILE_GET4: Final = Message("DHCPSRV_MEMFILE_GET4", DBG_DETAIL, "memory file: getting all IPv4 leases",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET6: Final = Message("DHCPSRV_MEMFILE_GET6", DBG_DETAIL, "memory file: getting all IPv6 leases",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET6_DUID: Final = Message("DHCPSRV_MEMFILE_GET6_DUID", DBG_DETAIL,
    "memory file: getting IPv6 leases for DUID {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_ADDR4: Final = Message("DHCPSRV_MEMFILE_GET_ADDR4", DBG_DETAIL,
    "memory file: getting IPv4 lease for address {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_ADDR6: Final = Message("DHCPSRV_MEMFILE_GET_ADDR6", DBG_DETAIL,
    "memory file: getting IPv6 lease for address {} and lease type {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_CLIENTID: Final = Message("DHCPSRV_MEMFILE_GET_CLIENTID", DBG_DETAIL,
    "memory file: getting IPv4 leases for client ID {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_EXPIRED4: Final = Message("DHCPSRV_MEMFILE_GET_EXPIRED4", DBG_DETAIL,
    "memory file: getting at most {} expired IPv4 leases",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_EXPIRED6: Final = Message("DHCPSRV_MEMFILE_GET_EXPIRED6", DBG_DETAIL,
    "memory file: getting at most {} expired IPv6 leases",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_HOSTNAME4: Final = Message("DHCPSRV_MEMFILE_GET_HOSTNAME4", DBG_DETAIL,
    "memory file: getting IPv4 leases for hostname {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_HOSTNAME6: Final = Message("DHCPSRV_MEMFILE_GET_HOSTNAME6", DBG_DETAIL,
    "memory file: getting IPv6 leases for hostname {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_HWADDR: Final = Message("DHCPSRV_MEMFILE_GET_HWADDR", DBG_DETAIL,
    "memory file: getting IPv4 leases for hardware address {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_IAID_DUID: Final = Message("DHCPSRV_MEMFILE_GET_IAID_DUID", DBG_DETAIL,
    "memory file: getting IPv6 leases for IAID {}, DUID {} and lease type {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_IAID_SUBID_DUID: Final = Message("DHCPSRV_MEMFILE_GET_IAID_SUBID_DUID", DBG_DETAIL,
    "memory file: getting IPv6 leases for IAID {}, subnet ID {}, DUID {} and lease type {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_PAGE4: Final = Message("DHCPSRV_MEMFILE_GET_PAGE4", DBG_DETAIL,
    "memory file: getting at most {} IPv4 leases after address {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_PAGE6: Final = Message("DHCPSRV_MEMFILE_GET_PAGE6", DBG_DETAIL,
    "memory file: getting at most {} IPv6 leases after address {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_SUBID4: Final = Message("DHCPSRV_MEMFILE_GET_SUBID4", DBG_DETAIL,
    "memory file: getting IPv4 leases for subnet ID {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_SUBID6: Final = Message("DHCPSRV_MEMFILE_GET_SUBID6", DBG_DETAIL,
    "memory file: getting IPv6 leases for subnet ID {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_SUBID_CLIENTID: Final = Message("DHCPSRV_MEMFILE_GET_SUBID_CLIENTID", DBG_DETAIL,
    "memory file: getting IPv4 lease for subnet ID {} and client ID {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_SUBID_HWADDR: Final = Message("DHCPSRV_MEMFILE_GET_SUBID_HWADDR", DBG_DETAIL,
    "memory file: getting IPv4 lease for subnet ID {} and hardware address {}",
    "A query to the lease store.")
DHCPSRV_MEMFILE_GET_VERSION: Final = Message("DHCPSRV_MEMFILE_GET_VERSION", DBG_DETAIL,
    "asking for the version of the lease file format",
    "Leases have a format version.")
DHCPSRV_MEMFILE_LEASE_FILE_LOAD: Final = Message("DHCPSRV_MEMFILE_LEASE_FILE_LOAD", INFO, "loading leases from file {}",
    "The file is read at start.")
DHCPSRV_MEMFILE_LEASE_LOAD: Final = Message("DHCPSRV_MEMFILE_LEASE_LOAD", DBG_DETAIL_DATA, "loading lease {}",
    "One row of the file.")
DHCPSRV_MEMFILE_LEASE_LOAD_ROW_ERROR: Final = Message("DHCPSRV_MEMFILE_LEASE_LOAD_ROW_ERROR", ERROR,
    "lease at row {} cannot be read: {}",
    "The row is left out.")
DHCPSRV_MEMFILE_LFC_EXECUTE: Final = Message("DHCPSRV_MEMFILE_LFC_EXECUTE", INFO,
    "executing Lease File Cleanup using: {}",
    "A separate process starts.")
DHCPSRV_MEMFILE_LFC_LEASE_FILE_RENAME_FAIL: Final = Message("DHCPSRV_MEMFILE_LFC_LEASE_FILE_RENAME_FAIL", ERROR,
    "failed to rename the current lease file {} to {}: {}",
    "There is no cleanup now; the next one tries again.")
DHCPSRV_MEMFILE_LFC_LEASE_FILE_REOPEN_FAIL: Final = Message("DHCPSRV_MEMFILE_LFC_LEASE_FILE_REOPEN_FAIL", ERROR,
    "failed to reopen lease file {} after it was set aside for cleanup: {}",
    "New leases are kept in memory only. Restart the server.")
DHCPSRV_MEMFILE_LFC_SETUP: Final = Message("DHCPSRV_MEMFILE_LFC_SETUP", INFO,
    "setting up the Lease File Cleanup interval to {} sec",
    "How often the lease file is cleaned.")
DHCPSRV_MEMFILE_LFC_SPAWN_FAIL: Final = Message("DHCPSRV_MEMFILE_LFC_SPAWN_FAIL", ERROR,
    "lease file cleanup cannot be started",
    "The next one tries again.")
DHCPSRV_MEMFILE_LFC_START: Final = Message("DHCPSRV_MEMFILE_LFC_START", INFO, "starting Lease File Cleanup",
    "The lease file is set aside, and a new one begun.")
DHCPSRV_MEMFILE_LFC_UNREGISTER_TIMER_FAILED: Final = Message("DHCPSRV_MEMFILE_LFC_UNREGISTER_TIMER_FAILED", DBG_BASIC,
    "the timer of lease file cleanup cannot be removed: {}",
    "The server goes on.")
DHCPSRV_MEMFILE_NEEDS_DOWNGRADING: Final = Message("DHCPSRV_MEMFILE_NEEDS_DOWNGRADING", WARN,
    "lease file {} is newer than version {}",
    "Columns this server does not know are dropped when the file is cleaned.")
DHCPSRV_MEMFILE_NEEDS_UPGRADING: Final = Message("DHCPSRV_MEMFILE_NEEDS_UPGRADING", WARN,
    "lease file {} is older than version {}",
    "Missing columns get their defaults.")
DHCPSRV_MEMFILE_NO_STORAGE: Final = Message("DHCPSRV_MEMFILE_NO_STORAGE", WARN,
    "leases are kept in memory only and are lost when the server stops",
    "By persist false; not for production.")
DHCPSRV_MEMFILE_READ_HWADDR_FAIL: Final = Message("DHCPSRV_MEMFILE_READ_HWADDR_FAIL", WARN,
    "the hardware address of a lease cannot be read: {}",
    "The lease is used without it.")
DHCPSRV_MEMFILE_ROLLBACK: Final = Message("DHCPSRV_MEMFILE_ROLLBACK", DBG_DETAIL, "memory file backend: rollback",
    "Has no effect in this store.")
DHCPSRV_MEMFILE_UPDATE_ADDR4: Final = Message("DHCPSRV_MEMFILE_UPDATE_ADDR4", DBG_DETAIL,
    "memory file: updating IPv4 lease for address {}",
    "A write to the lease store.")
DHCPSRV_MEMFILE_UPDATE_ADDR6: Final = Message("DHCPSRV_MEMFILE_UPDATE_ADDR6", DBG_DETAIL,
    "memory file: updating IPv6 lease for address {}",
    "A write to the lease store.")
DHCPSRV_MEMFILE_WIPE_LEASES4: Final = Message("DHCPSRV_MEMFILE_WIPE_LEASES4", INFO,
    "removing all IPv4 leases from subnet {}",
    "A lease4-wipe command.")
DHCPSRV_MEMFILE_WIPE_LEASES4_FINISHED: Final = Message("DHCPSRV_MEMFILE_WIPE_LEASES4_FINISHED", INFO,
    "removed all IPv4 leases from subnet {}: {} leases",
    "A lease4-wipe command ended.")
DHCPSRV_MEMFILE_WIPE_LEASES6: Final = Message("DHCPSRV_MEMFILE_WIPE_LEASES6", INFO,
    "removing all IPv6 leases from subnet {}",
    "A lease6-wipe command.")
DHCPSRV_MEMFILE_WIPE_LEASES6_FINISHED: Final = Message("DHCPSRV_MEMFILE_WIPE_LEASES6_FINISHED", INFO,
    "removed all IPv6 leases from subnet {}: {} leases",
    "A lease6-wipe command ended.")
DHCPSRV_MULTIPLE_RAW_SOCKETS_PER_IFACE: Final = Message("DHCPSRV_MULTIPLE_RAW_SOCKETS_PER_IFACE", WARN,
    "raw sockets are used and an interface has several addresses: answers may be sent twice",
    "Use dhcp-socket-type udp, or one address an interface.")
DHCPSRV_MYSQL_ADD_ADDR4: Final = Message("DHCPSRV_MYSQL_ADD_ADDR4", DBG_DETAIL,
    "MySQL: adding IPv4 lease with address {}",
    "A write to the lease store.")
DHCPSRV_MYSQL_ADD_ADDR6: Final = Message("DHCPSRV_MYSQL_ADD_ADDR6", DBG_DETAIL,
    "MySQL: adding IPv6 lease with address {}, lease type {}",
    "A write to the lease store.")
DHCPSRV_MYSQL_BEGIN_TRANSACTION: Final = Message("DHCPSRV_MYSQL_BEGIN_TRANSACTION", DBG_DETAIL,
    "MySQL: beginning a transaction",
    "Several statements belong together.")
DHCPSRV_MYSQL_COMMIT: Final = Message("DHCPSRV_MYSQL_COMMIT", DBG_DETAIL, "MySQL: committing",
    "A transaction is made durable.")
DHCPSRV_MYSQL_DB: Final = Message("DHCPSRV_MYSQL_DB", INFO, "MySQL: opening lease database: {}",
    "Passwords are hidden.")
DHCPSRV_MYSQL_DELETED_EXPIRED_RECLAIMED: Final = Message("DHCPSRV_MYSQL_DELETED_EXPIRED_RECLAIMED", DBG_DETAIL,
    "MySQL: deleted {} reclaimed leases",
    "A write to the lease store.")
DHCPSRV_MYSQL_DELETE_ADDR: Final = Message("DHCPSRV_MYSQL_DELETE_ADDR", DBG_DETAIL,
    "MySQL: deleting lease for address {}",
    "A write to the lease store.")
DHCPSRV_MYSQL_DELETE_EXPIRED_RECLAIMED4: Final = Message("DHCPSRV_MYSQL_DELETE_EXPIRED_RECLAIMED4", DBG_DETAIL,
    "MySQL: deleting reclaimed IPv4 leases that expired more than {} seconds ago",
    "A write to the lease store.")
DHCPSRV_MYSQL_DELETE_EXPIRED_RECLAIMED6: Final = Message("DHCPSRV_MYSQL_DELETE_EXPIRED_RECLAIMED6", DBG_DETAIL,
    "MySQL: deleting reclaimed IPv6 leases that expired more than {} seconds ago",
    "A write to the lease store.")
DHCPSRV_MYSQL_FATAL_ERROR: Final = Message("DHCPSRV_MYSQL_FATAL_ERROR", ERROR,
    "MySQL: unrecoverable error: {} for <{}>, reason: {} (error code: {})",
    "The connection is lost, or the database cannot serve.")
DHCPSRV_MYSQL_GET4: Final = Message("DHCPSRV_MYSQL_GET4", DBG_DETAIL, "MySQL: getting all IPv4 leases",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET6: Final = Message("DHCPSRV_MYSQL_GET6", DBG_DETAIL, "MySQL: getting all IPv6 leases",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_ADDR4: Final = Message("DHCPSRV_MYSQL_GET_ADDR4", DBG_DETAIL,
    "MySQL: getting IPv4 lease for address {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_ADDR6: Final = Message("DHCPSRV_MYSQL_GET_ADDR6", DBG_DETAIL,
    "MySQL: getting IPv6 lease for address {} and lease type {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_CLIENTID: Final = Message("DHCPSRV_MYSQL_GET_CLIENTID", DBG_DETAIL,
    "MySQL: getting IPv4 leases for client ID {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_DUID: Final = Message("DHCPSRV_MYSQL_GET_DUID", DBG_DETAIL, "MySQL: getting IPv6 leases for DUID {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_EXPIRED4: Final = Message("DHCPSRV_MYSQL_GET_EXPIRED4", DBG_DETAIL,
    "MySQL: getting at most {} expired IPv4 leases",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_EXPIRED6: Final = Message("DHCPSRV_MYSQL_GET_EXPIRED6", DBG_DETAIL,
    "MySQL: getting at most {} expired IPv6 leases",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_HOSTNAME4: Final = Message("DHCPSRV_MYSQL_GET_HOSTNAME4", DBG_DETAIL,
    "MySQL: getting IPv4 leases for hostname {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_HOSTNAME6: Final = Message("DHCPSRV_MYSQL_GET_HOSTNAME6", DBG_DETAIL,
    "MySQL: getting IPv6 leases for hostname {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_HWADDR: Final = Message("DHCPSRV_MYSQL_GET_HWADDR", DBG_DETAIL,
    "MySQL: getting IPv4 leases for hardware address {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_IAID_DUID: Final = Message("DHCPSRV_MYSQL_GET_IAID_DUID", DBG_DETAIL,
    "MySQL: getting IPv6 leases for IAID {}, DUID {} and lease type {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_IAID_SUBID_DUID: Final = Message("DHCPSRV_MYSQL_GET_IAID_SUBID_DUID", DBG_DETAIL,
    "MySQL: getting IPv6 leases for IAID {}, subnet ID {}, DUID {} and lease type {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_PAGE4: Final = Message("DHCPSRV_MYSQL_GET_PAGE4", DBG_DETAIL,
    "MySQL: getting at most {} IPv4 leases after address {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_PAGE6: Final = Message("DHCPSRV_MYSQL_GET_PAGE6", DBG_DETAIL,
    "MySQL: getting at most {} IPv6 leases after address {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_SUBID4: Final = Message("DHCPSRV_MYSQL_GET_SUBID4", DBG_DETAIL,
    "MySQL: getting IPv4 leases for subnet ID {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_SUBID6: Final = Message("DHCPSRV_MYSQL_GET_SUBID6", DBG_DETAIL,
    "MySQL: getting IPv6 leases for subnet ID {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_SUBID_CLIENTID: Final = Message("DHCPSRV_MYSQL_GET_SUBID_CLIENTID", DBG_DETAIL,
    "MySQL: getting IPv4 lease for subnet ID {} and client ID {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_SUBID_HWADDR: Final = Message("DHCPSRV_MYSQL_GET_SUBID_HWADDR", DBG_DETAIL,
    "MySQL: getting IPv4 lease for subnet ID {} and hardware address {}",
    "A query to the lease store.")
DHCPSRV_MYSQL_GET_VERSION: Final = Message("DHCPSRV_MYSQL_GET_VERSION", DBG_DETAIL,
    "MySQL: asking for the version of the schema",
    "A query to the lease store.")
DHCPSRV_MYSQL_HOST_DB: Final = Message("DHCPSRV_MYSQL_HOST_DB", INFO, "MySQL: opening host database: {}",
    "The host database holds reservations.")
DHCPSRV_MYSQL_HOST_DB_GET_VERSION: Final = Message("DHCPSRV_MYSQL_HOST_DB_GET_VERSION", DBG_DETAIL,
    "MySQL: asking for the version of the schema of the host database",
    "The host database holds reservations.")
DHCPSRV_MYSQL_HOST_DB_READONLY: Final = Message("DHCPSRV_MYSQL_HOST_DB_READONLY", INFO,
    "MySQL: host database is used read-only",
    "The host database holds reservations.")
DHCPSRV_MYSQL_HOST_DB_RECONNECT_ATTEMPT_FAILED: Final = Message("DHCPSRV_MYSQL_HOST_DB_RECONNECT_ATTEMPT_FAILED", ERROR,
    "MySQL: failed to reconnect to the host database: {}",
    "The host database holds reservations.")
DHCPSRV_MYSQL_HOST_DB_RECONNECT_ATTEMPT_SCHEDULE: Final = Message(
    "DHCPSRV_MYSQL_HOST_DB_RECONNECT_ATTEMPT_SCHEDULE", INFO,
    "MySQL: trying to reconnect to the host database, attempt {} of {}, in {} milliseconds",
    "The host database holds reservations.")
DHCPSRV_MYSQL_HOST_DB_RECONNECT_FAILED: Final = Message("DHCPSRV_MYSQL_HOST_DB_RECONNECT_FAILED", ERROR,
    "MySQL: giving up the host database after {} attempts",
    "The host database holds reservations.")
DHCPSRV_MYSQL_LEASE_DB_RECONNECT_ATTEMPT_FAILED: Final = Message(
    "DHCPSRV_MYSQL_LEASE_DB_RECONNECT_ATTEMPT_FAILED", ERROR,
    "MySQL: failed to reconnect to the lease database: {}",
    "While the lease database is away no client is served.")
DHCPSRV_MYSQL_LEASE_DB_RECONNECT_ATTEMPT_SCHEDULE: Final = Message(
    "DHCPSRV_MYSQL_LEASE_DB_RECONNECT_ATTEMPT_SCHEDULE", INFO,
    "MySQL: trying to reconnect to the lease database, attempt {} of {}, in {} milliseconds",
    "While the lease database is away no client is served.")
DHCPSRV_MYSQL_LEASE_DB_RECONNECT_FAILED: Final = Message("DHCPSRV_MYSQL_LEASE_DB_RECONNECT_FAILED", ERROR,
    "MySQL: giving up the lease database after {} attempts",
    "While the lease database is away no client is served.")
DHCPSRV_MYSQL_NEGATIVE_LEASES_STAT: Final = Message("DHCPSRV_MYSQL_NEGATIVE_LEASES_STAT", WARN,
    "MySQL: the database counts less than no leases in some state",
    "The counters of the database are wrong; recount them with kea-admin.")
DHCPSRV_MYSQL_NO_TLS: Final = Message("DHCPSRV_MYSQL_NO_TLS", ERROR, "MySQL: TLS was asked for and is not in use",
    "The connection is not secret.")
DHCPSRV_MYSQL_ROLLBACK: Final = Message("DHCPSRV_MYSQL_ROLLBACK", DBG_DETAIL, "MySQL: rolling back",
    "A transaction is undone.")
DHCPSRV_MYSQL_START_TRANSACTION: Final = Message("DHCPSRV_MYSQL_START_TRANSACTION", DBG_DETAIL,
    "MySQL: starting a transaction",
    "Several statements belong together.")
DHCPSRV_MYSQL_TLS_CIPHER: Final = Message("DHCPSRV_MYSQL_TLS_CIPHER", DBG_BASIC, "MySQL: TLS cipher: {}",
    "How the connection is protected.")
DHCPSRV_MYSQL_UPDATE_ADDR4: Final = Message("DHCPSRV_MYSQL_UPDATE_ADDR4", DBG_DETAIL,
    "MySQL: updating IPv4 lease for address {}",
    "A write to the lease store.")
DHCPSRV_MYSQL_UPDATE_ADDR6: Final = Message("DHCPSRV_MYSQL_UPDATE_ADDR6", DBG_DETAIL,
    "MySQL: updating IPv6 lease for address {}, lease type {}",
    "A write to the lease store.")
DHCPSRV_NOTYPE_DB: Final = Message("DHCPSRV_NOTYPE_DB", ERROR, "no 'type' in the database settings: {}",
    "The settings have to name the kind of store.")
DHCPSRV_NO_SOCKETS_OPEN: Final = Message("DHCPSRV_NO_SOCKETS_OPEN", WARN,
    "no interface configured to listen to DHCP traffic",
    "The server cannot serve anyone.")
DHCPSRV_OPEN_SOCKET_FAIL: Final = Message("DHCPSRV_OPEN_SOCKET_FAIL", WARN, "failed to open socket: {}",
    "A service socket could not be opened; the others stay.")
DHCPSRV_PGSQL_ADD_ADDR4: Final = Message("DHCPSRV_PGSQL_ADD_ADDR4", DBG_DETAIL,
    "PostgreSQL: adding IPv4 lease with address {}",
    "A write to the lease store.")
DHCPSRV_PGSQL_ADD_ADDR6: Final = Message("DHCPSRV_PGSQL_ADD_ADDR6", DBG_DETAIL,
    "PostgreSQL: adding IPv6 lease with address {}, lease type {}",
    "A write to the lease store.")
DHCPSRV_PGSQL_BEGIN_TRANSACTION: Final = Message("DHCPSRV_PGSQL_BEGIN_TRANSACTION", DBG_DETAIL,
    "PostgreSQL: beginning a transaction",
    "Several statements belong together.")
DHCPSRV_PGSQL_COMMIT: Final = Message("DHCPSRV_PGSQL_COMMIT", DBG_DETAIL, "PostgreSQL: committing",
    "A transaction is made durable.")
DHCPSRV_PGSQL_DB: Final = Message("DHCPSRV_PGSQL_DB", INFO, "PostgreSQL: opening lease database: {}",
    "Passwords are hidden.")
DHCPSRV_PGSQL_DEALLOC_ERROR: Final = Message("DHCPSRV_PGSQL_DEALLOC_ERROR", ERROR,
    "PostgreSQL: error while prepared statements were freed: {}",
    "The connection did not close cleanly.")
DHCPSRV_PGSQL_DELETE_ADDR: Final = Message("DHCPSRV_PGSQL_DELETE_ADDR", DBG_DETAIL,
    "PostgreSQL: deleting lease for address {}",
    "A write to the lease store.")
DHCPSRV_PGSQL_DELETE_EXPIRED_RECLAIMED4: Final = Message("DHCPSRV_PGSQL_DELETE_EXPIRED_RECLAIMED4", DBG_DETAIL,
    "PostgreSQL: deleting reclaimed IPv4 leases that expired more than {} seconds ago",
    "A write to the lease store.")
DHCPSRV_PGSQL_DELETE_EXPIRED_RECLAIMED6: Final = Message("DHCPSRV_PGSQL_DELETE_EXPIRED_RECLAIMED6", DBG_DETAIL,
    "PostgreSQL: deleting reclaimed IPv6 leases that expired more than {} seconds ago",
    "A write to the lease store.")
DHCPSRV_PGSQL_FATAL_ERROR: Final = Message("DHCPSRV_PGSQL_FATAL_ERROR", ERROR,
    "PostgreSQL: unrecoverable error for <{}>, reason: {} (error code: {})",
    "The connection is lost, or the database cannot serve.")
DHCPSRV_PGSQL_GET4: Final = Message("DHCPSRV_PGSQL_GET4", DBG_DETAIL, "PostgreSQL: getting all IPv4 leases",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET6: Final = Message("DHCPSRV_PGSQL_GET6", DBG_DETAIL, "PostgreSQL: getting all IPv6 leases",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_ADDR4: Final = Message("DHCPSRV_PGSQL_GET_ADDR4", DBG_DETAIL,
    "PostgreSQL: getting IPv4 lease for address {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_ADDR6: Final = Message("DHCPSRV_PGSQL_GET_ADDR6", DBG_DETAIL,
    "PostgreSQL: getting IPv6 lease for address {} and lease type {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_CLIENTID: Final = Message("DHCPSRV_PGSQL_GET_CLIENTID", DBG_DETAIL,
    "PostgreSQL: getting IPv4 leases for client ID {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_DUID: Final = Message("DHCPSRV_PGSQL_GET_DUID", DBG_DETAIL,
    "PostgreSQL: getting IPv6 leases for DUID {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_EXPIRED4: Final = Message("DHCPSRV_PGSQL_GET_EXPIRED4", DBG_DETAIL,
    "PostgreSQL: getting at most {} expired IPv4 leases",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_EXPIRED6: Final = Message("DHCPSRV_PGSQL_GET_EXPIRED6", DBG_DETAIL,
    "PostgreSQL: getting at most {} expired IPv6 leases",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_HOSTNAME4: Final = Message("DHCPSRV_PGSQL_GET_HOSTNAME4", DBG_DETAIL,
    "PostgreSQL: getting IPv4 leases for hostname {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_HOSTNAME6: Final = Message("DHCPSRV_PGSQL_GET_HOSTNAME6", DBG_DETAIL,
    "PostgreSQL: getting IPv6 leases for hostname {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_HWADDR: Final = Message("DHCPSRV_PGSQL_GET_HWADDR", DBG_DETAIL,
    "PostgreSQL: getting IPv4 leases for hardware address {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_IAID_DUID: Final = Message("DHCPSRV_PGSQL_GET_IAID_DUID", DBG_DETAIL,
    "PostgreSQL: getting IPv6 leases for IAID {}, DUID {} and lease type {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_IAID_SUBID_DUID: Final = Message("DHCPSRV_PGSQL_GET_IAID_SUBID_DUID", DBG_DETAIL,
    "PostgreSQL: getting IPv6 leases for IAID {}, subnet ID {}, DUID {} and lease type {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_PAGE4: Final = Message("DHCPSRV_PGSQL_GET_PAGE4", DBG_DETAIL,
    "PostgreSQL: getting at most {} IPv4 leases after address {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_PAGE6: Final = Message("DHCPSRV_PGSQL_GET_PAGE6", DBG_DETAIL,
    "PostgreSQL: getting at most {} IPv6 leases after address {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_SUBID4: Final = Message("DHCPSRV_PGSQL_GET_SUBID4", DBG_DETAIL,
    "PostgreSQL: getting IPv4 leases for subnet ID {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_SUBID6: Final = Message("DHCPSRV_PGSQL_GET_SUBID6", DBG_DETAIL,
    "PostgreSQL: getting IPv6 leases for subnet ID {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_SUBID_CLIENTID: Final = Message("DHCPSRV_PGSQL_GET_SUBID_CLIENTID", DBG_DETAIL,
    "PostgreSQL: getting IPv4 lease for subnet ID {} and client ID {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_SUBID_HWADDR: Final = Message("DHCPSRV_PGSQL_GET_SUBID_HWADDR", DBG_DETAIL,
    "PostgreSQL: getting IPv4 lease for subnet ID {} and hardware address {}",
    "A query to the lease store.")
DHCPSRV_PGSQL_GET_VERSION: Final = Message("DHCPSRV_PGSQL_GET_VERSION", DBG_DETAIL,
    "PostgreSQL: asking for the version of the schema",
    "A query to the lease store.")
DHCPSRV_PGSQL_HOST_DB: Final = Message("DHCPSRV_PGSQL_HOST_DB", INFO, "PostgreSQL: opening host database: {}",
    "The host database holds reservations.")
DHCPSRV_PGSQL_HOST_DB_GET_VERSION: Final = Message("DHCPSRV_PGSQL_HOST_DB_GET_VERSION", DBG_DETAIL,
    "PostgreSQL: asking for the version of the schema of the host database",
    "The host database holds reservations.")
DHCPSRV_PGSQL_HOST_DB_READONLY: Final = Message("DHCPSRV_PGSQL_HOST_DB_READONLY", INFO,
    "PostgreSQL: host database is used read-only",
    "The host database holds reservations.")
DHCPSRV_PGSQL_HOST_DB_RECONNECT_ATTEMPT_FAILED: Final = Message("DHCPSRV_PGSQL_HOST_DB_RECONNECT_ATTEMPT_FAILED", ERROR,
    "PostgreSQL: failed to reconnect to the host database: {}",
    "The host database holds reservations.")
DHCPSRV_PGSQL_HOST_DB_RECONNECT_ATTEMPT_SCHEDULE: Final = Message(
    "DHCPSRV_PGSQL_HOST_DB_RECONNECT_ATTEMPT_SCHEDULE", INFO,
    "PostgreSQL: trying to reconnect to the host database, attempt {} of {}, in {} milliseconds",
    "The host database holds reservations.")
DHCPSRV_PGSQL_HOST_DB_RECONNECT_FAILED: Final = Message("DHCPSRV_PGSQL_HOST_DB_RECONNECT_FAILED", ERROR,
    "PostgreSQL: giving up the host database after {} attempts",
    "The host database holds reservations.")
DHCPSRV_PGSQL_LEASE_DB_RECONNECT_ATTEMPT_FAILED: Final = Message(
    "DHCPSRV_PGSQL_LEASE_DB_RECONNECT_ATTEMPT_FAILED", ERROR,
    "PostgreSQL: failed to reconnect to the lease database: {}",
    "While the lease database is away no client is served.")
DHCPSRV_PGSQL_LEASE_DB_RECONNECT_ATTEMPT_SCHEDULE: Final = Message(
    "DHCPSRV_PGSQL_LEASE_DB_RECONNECT_ATTEMPT_SCHEDULE", INFO,
    "PostgreSQL: trying to reconnect to the lease database, attempt {} of {}, in {} milliseconds",
    "While the lease database is away no client is served.")
DHCPSRV_PGSQL_LEASE_DB_RECONNECT_FAILED: Final = Message("DHCPSRV_PGSQL_LEASE_DB_RECONNECT_FAILED", ERROR,
    "PostgreSQL: giving up the lease database after {} attempts",
    "While the lease database is away no client is served.")
DHCPSRV_PGSQL_NEGATIVE_LEASES_STAT: Final = Message("DHCPSRV_PGSQL_NEGATIVE_LEASES_STAT", WARN,
    "PostgreSQL: the database counts less than no leases in some state",
    "The counters of the database are wrong; recount them with kea-admin.")
DHCPSRV_PGSQL_NO_TLS_SUPPORT: Final = Message("DHCPSRV_PGSQL_NO_TLS_SUPPORT", ERROR,
    "PostgreSQL: TLS is not available: {}",
    "The connection is not secret.")
DHCPSRV_PGSQL_ROLLBACK: Final = Message("DHCPSRV_PGSQL_ROLLBACK", DBG_DETAIL, "PostgreSQL: rolling back",
    "A transaction is undone.")
DHCPSRV_PGSQL_START_TRANSACTION: Final = Message("DHCPSRV_PGSQL_START_TRANSACTION", DBG_DETAIL,
    "PostgreSQL: starting a transaction",
    "Several statements belong together.")
DHCPSRV_PGSQL_TLS_SUPPORT: Final = Message("DHCPSRV_PGSQL_TLS_SUPPORT", INFO, "PostgreSQL: TLS: {}",
    "How the connection is protected.")
DHCPSRV_PGSQL_UPDATE_ADDR4: Final = Message("DHCPSRV_PGSQL_UPDATE_ADDR4", DBG_DETAIL,
    "PostgreSQL: updating IPv4 lease for address {}",
    "A write to the lease store.")
DHCPSRV_PGSQL_UPDATE_ADDR6: Final = Message("DHCPSRV_PGSQL_UPDATE_ADDR6", DBG_DETAIL,
    "PostgreSQL: updating IPv6 lease for address {}, lease type {}",
    "A write to the lease store.")
DHCPSRV_QUEUE_NCR: Final = Message("DHCPSRV_QUEUE_NCR", DBG_DETAIL_DATA,
    "{}: name change request to {} DNS entries queued: {}",
    "It is sent to kea-dhcp-ddns at once.")
DHCPSRV_QUEUE_NCR_FAILED: Final = Message("DHCPSRV_QUEUE_NCR_FAILED", ERROR,
    "{}: failed to queue a name change request to {} DNS entries for lease {}: {}",
    "DNS is not updated for this lease.")
DHCPSRV_QUEUE_NCR_SKIP: Final = Message("DHCPSRV_QUEUE_NCR_SKIP", DBG_DETAIL,
    "{}: no name change request for lease {}: neither direction is to be updated",
    "The client or the configuration does not want it.")
DHCPSRV_SUBNET4O6_SELECT_FAILED: Final = Message("DHCPSRV_SUBNET4O6_SELECT_FAILED", DBG_BASIC,
    "no IPv4 subnet for the DHCPv4-over-DHCPv6 packet",
    "Set 4o6-interface, 4o6-interface-id or 4o6-subnet.")
DHCPSRV_SUBNET4_SELECT_BY_ADDRESS_NO_MATCH: Final = Message("DHCPSRV_SUBNET4_SELECT_BY_ADDRESS_NO_MATCH", DBG_BASIC,
    "no subnet has address {}",
    "The next way to select a subnet is tried.")
DHCPSRV_SUBNET4_SELECT_BY_INTERFACE_NO_MATCH: Final = Message("DHCPSRV_SUBNET4_SELECT_BY_INTERFACE_NO_MATCH", DBG_BASIC,
    "no subnet matches the interface {}",
    "The next way to select a subnet is tried.")
DHCPSRV_SUBNET4_SELECT_BY_RELAY_ADDRESS_NO_MATCH: Final = Message(
    "DHCPSRV_SUBNET4_SELECT_BY_RELAY_ADDRESS_NO_MATCH", DBG_BASIC,
    "no subnet matches the relay address {}",
    "The next way to select a subnet is tried.")
DHCPSRV_SUBNET4_SELECT_NO_RAI_OPTIONS: Final = Message("DHCPSRV_SUBNET4_SELECT_NO_RAI_OPTIONS", DBG_BASIC,
    "the packet has no usable Relay Agent Information",
    "The next way to select a subnet is tried.")
DHCPSRV_SUBNET4_SELECT_NO_RELAY_ADDRESS: Final = Message("DHCPSRV_SUBNET4_SELECT_NO_RELAY_ADDRESS", DBG_BASIC,
    "the packet has no relay address",
    "The next way to select a subnet is tried.")
DHCPSRV_SUBNET4_SELECT_NO_USABLE_ADDRESS: Final = Message("DHCPSRV_SUBNET4_SELECT_NO_USABLE_ADDRESS", DBG_BASIC,
    "the packet has no address by which a subnet could be selected",
    "No subnet is selected.")
DHCPSRV_SUBNET6_SELECT_BY_ADDRESS_NO_MATCH: Final = Message("DHCPSRV_SUBNET6_SELECT_BY_ADDRESS_NO_MATCH", DBG_BASIC,
    "no subnet has address {}",
    "The next way to select a subnet is tried.")
DHCPSRV_SUBNET6_SELECT_BY_INTERFACE_ID_NO_MATCH: Final = Message(
    "DHCPSRV_SUBNET6_SELECT_BY_INTERFACE_ID_NO_MATCH", DBG_BASIC,
    "no subnet matches the interface-id {}",
    "The next way to select a subnet is tried.")
DHCPSRV_SUBNET6_SELECT_BY_INTERFACE_NO_MATCH: Final = Message("DHCPSRV_SUBNET6_SELECT_BY_INTERFACE_NO_MATCH", DBG_BASIC,
    "no subnet matches the interface {}",
    "The next way to select a subnet is tried.")
DHCPSRV_TIMERMGR_CALLBACK_FAILED: Final = Message("DHCPSRV_TIMERMGR_CALLBACK_FAILED", ERROR, "error in timer {}: {}",
    "The timer goes on.")
DHCPSRV_TIMERMGR_REGISTER_TIMER: Final = Message("DHCPSRV_TIMERMGR_REGISTER_TIMER", DBG_BASIC,
    "registering timer: {}, using interval: {} ms",
    "A timer is known, but does not run yet.")
DHCPSRV_TIMERMGR_RUN_TIMER_OPERATION: Final = Message("DHCPSRV_TIMERMGR_RUN_TIMER_OPERATION", DBG_DETAIL,
    "running timer {}",
    "The time of the timer has come.")
DHCPSRV_TIMERMGR_START_TIMER: Final = Message("DHCPSRV_TIMERMGR_START_TIMER", DBG_BASIC, "starting timer: {}",
    "The timer counts.")
DHCPSRV_TIMERMGR_STOP_TIMER: Final = Message("DHCPSRV_TIMERMGR_STOP_TIMER", DBG_BASIC, "stopping timer: {}",
    "The timer no longer counts.")
DHCPSRV_TIMERMGR_UNREGISTER_ALL_TIMERS: Final = Message("DHCPSRV_TIMERMGR_UNREGISTER_ALL_TIMERS", DBG_BASIC,
    "unregistering all timers",
    "The server is stopping or reconfiguring.")
DHCPSRV_TIMERMGR_UNREGISTER_TIMER: Final = Message("DHCPSRV_TIMERMGR_UNREGISTER_TIMER", DBG_BASIC,
    "unregistering timer: {}",
    "The timer is no longer known.")
DHCPSRV_UNEXPECTED_NAME: Final = Message("DHCPSRV_UNEXPECTED_NAME", ERROR,
    "database settings with an unexpected name: {}",
    "The settings of a database cannot be understood.")
DHCPSRV_UNKNOWN_DB: Final = Message("DHCPSRV_UNKNOWN_DB", ERROR, "unknown database type: {}",
    "The kind of store does not exist.")
