"""Messages of lease allocation and reclamation.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import DBG_BASIC, DBG_DETAIL, DBG_DETAIL_DATA, ERROR, INFO, WARN, Message

# fmt: off
ALLOC_ENGINE_LEASE_RECLAIMED: Final = Message("ALLOC_ENGINE_LEASE_RECLAIMED", DBG_BASIC, "lease {} reclaimed",
    "An expired lease was taken back: its DNS entries are to be removed and its address is free.")
ALLOC_ENGINE_REMOVAL_NCR_FAILED: Final = Message("ALLOC_ENGINE_REMOVAL_NCR_FAILED", ERROR,
    "failed to send the request that removes the DNS entries of lease {}: {}",
    "The DNS entries of this lease stay.")
ALLOC_ENGINE_V4_ALLOC_ERROR: Final = Message("ALLOC_ENGINE_V4_ALLOC_ERROR", ERROR,
    "{}: error while an IPv4 address was allocated: {}",
    "Something unexpected happened, for instance in the lease store.")
ALLOC_ENGINE_V4_ALLOC_FAIL: Final = Message("ALLOC_ENGINE_V4_ALLOC_FAIL", WARN,
    "{}: no IPv4 address after {} attempt(s)",
    "All addresses that were tried are in use or reserved. See the line before for the subnet.")
ALLOC_ENGINE_V4_ALLOC_FAIL_CLASSES: Final = Message("ALLOC_ENGINE_V4_ALLOC_FAIL_CLASSES", WARN,
    "{}: no IPv4 address for a packet with classes: {}",
    "The classes are listed because pools and subnets may be restricted to some of them.")
ALLOC_ENGINE_V4_ALLOC_FAIL_NO_POOLS: Final = Message("ALLOC_ENGINE_V4_ALLOC_FAIL_NO_POOLS", WARN,
    "{}: no pools were available for the address allocation",
    "No pool of the subnet or network is open to the client's classes.")
ALLOC_ENGINE_V4_ALLOC_FAIL_SHARED_NETWORK: Final = Message("ALLOC_ENGINE_V4_ALLOC_FAIL_SHARED_NETWORK", WARN,
    "{}: no IPv4 address in the shared network {}: {} subnets have no available addresses, {} subnets have no "
    "matching pools",
    "The whole network is used up for this client.")
ALLOC_ENGINE_V4_ALLOC_FAIL_SUBNET: Final = Message("ALLOC_ENGINE_V4_ALLOC_FAIL_SUBNET", WARN,
    "{}: no IPv4 address in the subnet {}, subnet-id {}, shared network {}",
    "The subnet is used up for this client.")
ALLOC_ENGINE_V4_DECLINED_RECOVERED: Final = Message("ALLOC_ENGINE_V4_DECLINED_RECOVERED", INFO,
    "address {} is free again after it was declined (subnet-id {})",
    "The probation period is over.")
ALLOC_ENGINE_V4_DISCOVER_ADDRESS_CONFLICT: Final = Message("ALLOC_ENGINE_V4_DISCOVER_ADDRESS_CONFLICT", WARN,
    "{}: reserved address {} is in use by {}",
    "The client that has the reservation gets another address until the other lease ends.")
ALLOC_ENGINE_V4_DISCOVER_HR: Final = Message("ALLOC_ENGINE_V4_DISCOVER_HR", DBG_BASIC,
    "{}: offering the reserved address {}",
    "The client has a reservation.")
ALLOC_ENGINE_V4_LEASES_RECLAMATION_COMPLETE: Final = Message("ALLOC_ENGINE_V4_LEASES_RECLAMATION_COMPLETE", DBG_BASIC,
    "reclaimed {} leases in {}",
    "A reclamation cycle ended.")
ALLOC_ENGINE_V4_LEASES_RECLAMATION_SLOW: Final = Message("ALLOC_ENGINE_V4_LEASES_RECLAMATION_SLOW", WARN,
    "expired leases are left after {} reclamation cycles in a row",
    "Leases expire faster than they are reclaimed; allow more leases or more time a cycle.")
ALLOC_ENGINE_V4_LEASES_RECLAMATION_START: Final = Message("ALLOC_ENGINE_V4_LEASES_RECLAMATION_START", DBG_BASIC,
    "reclaiming expired leases (limit = {} leases or {} milliseconds)",
    "A reclamation cycle begins.")
ALLOC_ENGINE_V4_LEASES_RECLAMATION_TIMEOUT: Final = Message("ALLOC_ENGINE_V4_LEASES_RECLAMATION_TIMEOUT", DBG_BASIC,
    "reclamation stopped after {} milliseconds, its limit",
    "The rest is left to the next cycle.")
ALLOC_ENGINE_V4_LEASE_RECLAIM: Final = Message("ALLOC_ENGINE_V4_LEASE_RECLAIM", DBG_BASIC,
    "{}: reclaiming the expired lease of address {}",
    "One lease of a reclamation cycle.")
ALLOC_ENGINE_V4_LEASE_RECLAMATION_FAILED: Final = Message("ALLOC_ENGINE_V4_LEASE_RECLAMATION_FAILED", ERROR,
    "failed to reclaim the lease {}: {}",
    "The next cycle tries again.")
ALLOC_ENGINE_V4_NO_MORE_EXPIRED_LEASES: Final = Message("ALLOC_ENGINE_V4_NO_MORE_EXPIRED_LEASES", DBG_BASIC,
    "all expired leases are reclaimed",
    "Nothing is left for the next cycle.")
ALLOC_ENGINE_V4_OFFER_EXISTING_LEASE: Final = Message("ALLOC_ENGINE_V4_OFFER_EXISTING_LEASE", DBG_BASIC,
    "offering the existing lease to the client {}",
    "The client has a lease and is offered the same address.")
ALLOC_ENGINE_V4_OFFER_NEW_LEASE: Final = Message("ALLOC_ENGINE_V4_OFFER_NEW_LEASE", DBG_BASIC,
    "offering a new lease to the client {}",
    "The client has neither lease nor reservation nor a wish that can be met.")
ALLOC_ENGINE_V4_OFFER_REQUESTED_LEASE: Final = Message("ALLOC_ENGINE_V4_OFFER_REQUESTED_LEASE", DBG_BASIC,
    "offering the requested address {} to the client {}",
    "The address the client wishes is free.")
ALLOC_ENGINE_V4_RECLAIMED_LEASES_DELETE: Final = Message("ALLOC_ENGINE_V4_RECLAIMED_LEASES_DELETE", DBG_BASIC,
    "deleting reclaimed leases that expired more than {} seconds ago",
    "The flush of reclaimed leases begins.")
ALLOC_ENGINE_V4_RECLAIMED_LEASES_DELETE_COMPLETE: Final = Message(
    "ALLOC_ENGINE_V4_RECLAIMED_LEASES_DELETE_COMPLETE", DBG_BASIC,
    "deleted {} reclaimed leases",
    "The flush of reclaimed leases ended.")
ALLOC_ENGINE_V4_RECLAIMED_LEASES_DELETE_FAILED: Final = Message("ALLOC_ENGINE_V4_RECLAIMED_LEASES_DELETE_FAILED", ERROR,
    "failed to delete reclaimed leases: {}",
    "The next flush tries again.")
ALLOC_ENGINE_V4_REQUEST_ADDRESS_RESERVED: Final = Message("ALLOC_ENGINE_V4_REQUEST_ADDRESS_RESERVED", DBG_BASIC,
    "{}: requested address {} is reserved for another client",
    "The client gets a DHCPNAK.")
ALLOC_ENGINE_V4_REQUEST_ALLOC_REQUESTED: Final = Message("ALLOC_ENGINE_V4_REQUEST_ALLOC_REQUESTED", DBG_BASIC,
    "{}: allocating the requested address {}",
    "The address the client requests is free.")
ALLOC_ENGINE_V4_REQUEST_EXTEND_LEASE: Final = Message("ALLOC_ENGINE_V4_REQUEST_EXTEND_LEASE", DBG_BASIC,
    "{}: extending the lease of address {}",
    "The client keeps its address.")
ALLOC_ENGINE_V4_REQUEST_INVALID: Final = Message("ALLOC_ENGINE_V4_REQUEST_INVALID", DBG_BASIC,
    "client {} has a reservation for address {} and requests {}",
    "The client gets a DHCPNAK and will then be offered its reservation.")
ALLOC_ENGINE_V4_REQUEST_IN_USE: Final = Message("ALLOC_ENGINE_V4_REQUEST_IN_USE", DBG_BASIC,
    "{}: requested address {} is in use",
    "The client gets a DHCPNAK.")
ALLOC_ENGINE_V4_REQUEST_OUT_OF_POOL: Final = Message("ALLOC_ENGINE_V4_REQUEST_OUT_OF_POOL", DBG_BASIC,
    "client {} requested address {}, which is neither reserved for it nor in a pool",
    "The client gets a DHCPNAK.")
ALLOC_ENGINE_V4_REQUEST_PICK_ADDRESS: Final = Message("ALLOC_ENGINE_V4_REQUEST_PICK_ADDRESS", DBG_BASIC,
    "client {} requests no address; one will be picked",
    "The server chooses the address.")
ALLOC_ENGINE_V4_REQUEST_REMOVE_LEASE: Final = Message("ALLOC_ENGINE_V4_REQUEST_REMOVE_LEASE", DBG_BASIC,
    "{}: removing the former lease of address {}",
    "The client has changed its address.")
ALLOC_ENGINE_V4_REQUEST_USE_HR: Final = Message("ALLOC_ENGINE_V4_REQUEST_USE_HR", DBG_BASIC,
    "client {} requests no address; its reserved address {} is used",
    "The client has a reservation.")
ALLOC_ENGINE_V4_REUSE_EXPIRED_LEASE_DATA: Final = Message("ALLOC_ENGINE_V4_REUSE_EXPIRED_LEASE_DATA", DBG_DETAIL_DATA,
    "{}: reusing an expired lease, new values: {}",
    "The address of an expired lease is given away.")
ALLOC_ENGINE_V6_ALLOC_ERROR: Final = Message("ALLOC_ENGINE_V6_ALLOC_ERROR", ERROR,
    "{}: error while an IPv6 lease was allocated: {}",
    "Something unexpected happened, for instance in the lease store.")
ALLOC_ENGINE_V6_ALLOC_FAIL: Final = Message("ALLOC_ENGINE_V6_ALLOC_FAIL", WARN, "{}: no IPv6 lease after {} attempt(s)",
    "All addresses or prefixes that were tried are in use or reserved. See the line before for the subnet.")
ALLOC_ENGINE_V6_ALLOC_FAIL_CLASSES: Final = Message("ALLOC_ENGINE_V6_ALLOC_FAIL_CLASSES", WARN,
    "{}: no IPv6 lease for a packet with classes: {}",
    "The classes are listed because pools and subnets may be restricted to some of them.")
ALLOC_ENGINE_V6_ALLOC_FAIL_NO_POOLS: Final = Message("ALLOC_ENGINE_V6_ALLOC_FAIL_NO_POOLS", WARN,
    "{}: no pools were available for the lease allocation",
    "No pool of the subnet or network is open to the client's classes.")
ALLOC_ENGINE_V6_ALLOC_FAIL_SHARED_NETWORK: Final = Message("ALLOC_ENGINE_V6_ALLOC_FAIL_SHARED_NETWORK", WARN,
    "{}: no IPv6 lease in the shared network {}: {} subnets have no available leases, {} subnets have no "
    "matching pools",
    "The whole network is used up for this client.")
ALLOC_ENGINE_V6_ALLOC_FAIL_SUBNET: Final = Message("ALLOC_ENGINE_V6_ALLOC_FAIL_SUBNET", WARN,
    "{}: no IPv6 lease in the subnet {}, subnet-id {}, shared network {}",
    "The subnet is used up for this client.")
ALLOC_ENGINE_V6_ALLOC_HR_LEASE_EXISTS: Final = Message("ALLOC_ENGINE_V6_ALLOC_HR_LEASE_EXISTS", DBG_BASIC,
    "{}: lease of type {} for the reserved {} exists already and is reused",
    "The client has a reservation and holds it.")
ALLOC_ENGINE_V6_ALLOC_LEASES_HR: Final = Message("ALLOC_ENGINE_V6_ALLOC_LEASES_HR", DBG_BASIC,
    "leases and reservations found for client {}",
    "The client's leases are compared with its reservations.")
ALLOC_ENGINE_V6_ALLOC_LEASES_NO_HR: Final = Message("ALLOC_ENGINE_V6_ALLOC_LEASES_NO_HR", DBG_BASIC,
    "leases and no reservations found for client {}",
    "The client keeps its leases unless they are reserved for others.")
ALLOC_ENGINE_V6_ALLOC_NO_LEASES_HR: Final = Message("ALLOC_ENGINE_V6_ALLOC_NO_LEASES_HR", DBG_BASIC,
    "no leases but reservations found for client {}",
    "The client gets its reservations.")
ALLOC_ENGINE_V6_ALLOC_NO_V6_HR: Final = Message("ALLOC_ENGINE_V6_ALLOC_NO_V6_HR", DBG_BASIC,
    "{}: the reservation has neither address nor prefix",
    "The client gets dynamic leases.")
ALLOC_ENGINE_V6_ALLOC_UNRESERVED: Final = Message("ALLOC_ENGINE_V6_ALLOC_UNRESERVED", DBG_BASIC,
    "no reservations to use for client {}; allocating dynamically",
    "The server chooses the lease.")
ALLOC_ENGINE_V6_DECLINED_RECOVERED: Final = Message("ALLOC_ENGINE_V6_DECLINED_RECOVERED", INFO,
    "address {} is free again after it was declined (subnet-id {})",
    "The probation period is over.")
ALLOC_ENGINE_V6_EXPIRED_HINT_RESERVED: Final = Message("ALLOC_ENGINE_V6_EXPIRED_HINT_RESERVED", DBG_BASIC,
    "{}: the wished lease {} has expired and is reserved for another client",
    "The client gets another lease.")
ALLOC_ENGINE_V6_EXTEND_ALLOC_UNRESERVED: Final = Message("ALLOC_ENGINE_V6_EXTEND_ALLOC_UNRESERVED", DBG_BASIC,
    "allocating new leases for the renewing client {}",
    "None of the client's leases could be extended.")
ALLOC_ENGINE_V6_EXTEND_ERROR: Final = Message("ALLOC_ENGINE_V6_EXTEND_ERROR", ERROR,
    "{}: error while a lease was extended: {}",
    "Something unexpected happened, for instance in the lease store.")
ALLOC_ENGINE_V6_EXTEND_LEASE: Final = Message("ALLOC_ENGINE_V6_EXTEND_LEASE", DBG_DETAIL,
    "{}: extending the lease of type {}, address {}",
    "The client keeps its lease.")
ALLOC_ENGINE_V6_EXTEND_LEASE_DATA: Final = Message("ALLOC_ENGINE_V6_EXTEND_LEASE_DATA", DBG_DETAIL_DATA,
    "{}: lease before it is extended: {}",
    "The lease in full.")
ALLOC_ENGINE_V6_EXTEND_NEW_LEASE_DATA: Final = Message("ALLOC_ENGINE_V6_EXTEND_NEW_LEASE_DATA", DBG_DETAIL_DATA,
    "{}: lease after it was extended: {}",
    "The lease in full.")
ALLOC_ENGINE_V6_HINT_RESERVED: Final = Message("ALLOC_ENGINE_V6_HINT_RESERVED", DBG_BASIC,
    "{}: the wished lease {} is reserved for another client",
    "The client gets another lease.")
ALLOC_ENGINE_V6_HR_ADDR_GRANTED: Final = Message("ALLOC_ENGINE_V6_HR_ADDR_GRANTED", INFO,
    "reserved address {} was assigned to client {}",
    "The client has a reservation.")
ALLOC_ENGINE_V6_HR_PREFIX_GRANTED: Final = Message("ALLOC_ENGINE_V6_HR_PREFIX_GRANTED", INFO,
    "reserved prefix {}/{} was assigned to client {}",
    "The client has a reservation.")
ALLOC_ENGINE_V6_LEASES_RECLAMATION_COMPLETE: Final = Message("ALLOC_ENGINE_V6_LEASES_RECLAMATION_COMPLETE", DBG_BASIC,
    "reclaimed {} leases in {}",
    "A reclamation cycle ended.")
ALLOC_ENGINE_V6_LEASES_RECLAMATION_SLOW: Final = Message("ALLOC_ENGINE_V6_LEASES_RECLAMATION_SLOW", WARN,
    "expired leases are left after {} reclamation cycles in a row",
    "Leases expire faster than they are reclaimed; allow more leases or more time a cycle.")
ALLOC_ENGINE_V6_LEASES_RECLAMATION_START: Final = Message("ALLOC_ENGINE_V6_LEASES_RECLAMATION_START", DBG_BASIC,
    "reclaiming expired leases (limit = {} leases or {} milliseconds)",
    "A reclamation cycle begins.")
ALLOC_ENGINE_V6_LEASES_RECLAMATION_TIMEOUT: Final = Message("ALLOC_ENGINE_V6_LEASES_RECLAMATION_TIMEOUT", DBG_BASIC,
    "reclamation stopped after {} milliseconds, its limit",
    "The rest is left to the next cycle.")
ALLOC_ENGINE_V6_LEASE_RECLAIM: Final = Message("ALLOC_ENGINE_V6_LEASE_RECLAIM", DBG_BASIC,
    "{}: reclaiming the expired lease of {}/{}",
    "One lease of a reclamation cycle.")
ALLOC_ENGINE_V6_LEASE_RECLAMATION_FAILED: Final = Message("ALLOC_ENGINE_V6_LEASE_RECLAMATION_FAILED", ERROR,
    "failed to reclaim the lease {}: {}",
    "The next cycle tries again.")
ALLOC_ENGINE_V6_NO_MORE_EXPIRED_LEASES: Final = Message("ALLOC_ENGINE_V6_NO_MORE_EXPIRED_LEASES", DBG_BASIC,
    "all expired leases are reclaimed",
    "Nothing is left for the next cycle.")
ALLOC_ENGINE_V6_RECLAIMED_LEASES_DELETE: Final = Message("ALLOC_ENGINE_V6_RECLAIMED_LEASES_DELETE", DBG_BASIC,
    "deleting reclaimed leases that expired more than {} seconds ago",
    "The flush of reclaimed leases begins.")
ALLOC_ENGINE_V6_RECLAIMED_LEASES_DELETE_COMPLETE: Final = Message(
    "ALLOC_ENGINE_V6_RECLAIMED_LEASES_DELETE_COMPLETE", DBG_BASIC,
    "deleted {} reclaimed leases",
    "The flush of reclaimed leases ended.")
ALLOC_ENGINE_V6_RECLAIMED_LEASES_DELETE_FAILED: Final = Message("ALLOC_ENGINE_V6_RECLAIMED_LEASES_DELETE_FAILED", ERROR,
    "failed to delete reclaimed leases: {}",
    "The next flush tries again.")
ALLOC_ENGINE_V6_RENEW_HR: Final = Message("ALLOC_ENGINE_V6_RENEW_HR", DBG_BASIC,
    "allocating reserved leases for the renewing client {}",
    "The client has reservations it does not hold yet.")
ALLOC_ENGINE_V6_RENEW_REMOVE_RESERVED: Final = Message("ALLOC_ENGINE_V6_RENEW_REMOVE_RESERVED", DBG_BASIC,
    "{}: removing leases that are reserved for other clients",
    "The client loses what is reserved for others.")
ALLOC_ENGINE_V6_RENEW_REMOVE_UNRESERVED: Final = Message("ALLOC_ENGINE_V6_RENEW_REMOVE_UNRESERVED", DBG_BASIC,
    "removing dynamic leases of the renewing client {}, which has reservations",
    "Reserved leases take their place.")
ALLOC_ENGINE_V6_REUSE_EXPIRED_LEASE_DATA: Final = Message("ALLOC_ENGINE_V6_REUSE_EXPIRED_LEASE_DATA", DBG_DETAIL_DATA,
    "{}: reusing an expired lease, new values: {}",
    "The address or prefix of an expired lease is given away.")
ALLOC_ENGINE_V6_REVOKED_ADDR_LEASE: Final = Message("ALLOC_ENGINE_V6_REVOKED_ADDR_LEASE", INFO,
    "address {} revoked from client {} because it is reserved for client {}",
    "The client gets another address when it renews.")
ALLOC_ENGINE_V6_REVOKED_PREFIX_LEASE: Final = Message("ALLOC_ENGINE_V6_REVOKED_PREFIX_LEASE", INFO,
    "prefix {}/{} revoked from client {} because it is reserved for client {}",
    "The client gets another prefix when it renews.")
ALLOC_ENGINE_V6_REVOKED_SHARED_ADDR_LEASE: Final = Message("ALLOC_ENGINE_V6_REVOKED_SHARED_ADDR_LEASE", INFO,
    "address {} revoked from client {} because {} other client(s) have it reserved",
    "The client gets another address when it renews.")
ALLOC_ENGINE_V6_REVOKED_SHARED_PREFIX_LEASE: Final = Message("ALLOC_ENGINE_V6_REVOKED_SHARED_PREFIX_LEASE", INFO,
    "prefix {}/{} revoked from client {} because {} other client(s) have it reserved",
    "The client gets another prefix when it renews.")
