"""Messages of host reservations and where they come from.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import DBG_BASIC, DBG_BASIC_DATA, DBG_DETAIL_DATA, INFO, WARN, Message

# fmt: off
HOSTS_BACKENDS_REGISTERED: Final = Message("HOSTS_BACKENDS_REGISTERED", INFO,
    "the following host backend types are available: {}",
    "What hosts-database may name.")
HOSTS_BACKEND_DEREGISTER: Final = Message("HOSTS_BACKEND_DEREGISTER", DBG_BASIC,
    "host backend type {} is no longer available",
    "Its hook library was unloaded.")
HOSTS_BACKEND_REGISTER: Final = Message("HOSTS_BACKEND_REGISTER", DBG_BASIC, "host backend type {} is available",
    "hosts-database may name it.")
HOSTS_CFG_ADD_HOST: Final = Message("HOSTS_CFG_ADD_HOST", DBG_BASIC, "adding the reservation: {}",
    "A reservation of the configuration.")
HOSTS_CFG_CACHE_HOST_DATA_SOURCE: Final = Message("HOSTS_CFG_CACHE_HOST_DATA_SOURCE", INFO,
    "using {} as cache of host reservations",
    "The cache is asked before the databases.")
HOSTS_CFG_CLOSE_HOST_DATA_SOURCE: Final = Message("HOSTS_CFG_CLOSE_HOST_DATA_SOURCE", DBG_BASIC,
    "closing host data source: {}",
    "A host database is closed.")
HOSTS_CFG_DEL_ALL_SUBNET4: Final = Message("HOSTS_CFG_DEL_ALL_SUBNET4", DBG_BASIC,
    "deleted {} reservation(s) of IPv4 subnet {}",
    "The subnet was removed.")
HOSTS_CFG_DEL_ALL_SUBNET6: Final = Message("HOSTS_CFG_DEL_ALL_SUBNET6", DBG_BASIC,
    "deleted {} reservation(s), with {} address(es) and prefix(es), of IPv6 subnet {}",
    "The subnet was removed.")
HOSTS_CFG_GET_ALL: Final = Message("HOSTS_CFG_GET_ALL", DBG_BASIC,
    "looking in the configured reservations for all hosts",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_ADDRESS4: Final = Message("HOSTS_CFG_GET_ALL_ADDRESS4", DBG_BASIC,
    "looking in the configured reservations for all hosts by address {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_ADDRESS4_COUNT: Final = Message("HOSTS_CFG_GET_ALL_ADDRESS4_COUNT", DBG_BASIC_DATA,
    "by address {}: found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_ADDRESS4_HOST: Final = Message("HOSTS_CFG_GET_ALL_ADDRESS4_HOST", DBG_DETAIL_DATA,
    "by address {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_ADDRESS6: Final = Message("HOSTS_CFG_GET_ALL_ADDRESS6", DBG_BASIC,
    "looking in the configured reservations for all hosts by address {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_ADDRESS6_COUNT: Final = Message("HOSTS_CFG_GET_ALL_ADDRESS6_COUNT", DBG_BASIC_DATA,
    "by address {}: found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_ADDRESS6_HOST: Final = Message("HOSTS_CFG_GET_ALL_ADDRESS6_HOST", DBG_DETAIL_DATA,
    "by address {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_COUNT: Final = Message("HOSTS_CFG_GET_ALL_COUNT", DBG_BASIC_DATA, "found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_HOST: Final = Message("HOSTS_CFG_GET_ALL_HOST", DBG_DETAIL_DATA, "found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_HOSTNAME: Final = Message("HOSTS_CFG_GET_ALL_HOSTNAME", DBG_BASIC,
    "looking in the configured reservations for all hosts by hostname {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_HOSTNAME_COUNT: Final = Message("HOSTS_CFG_GET_ALL_HOSTNAME_COUNT", DBG_BASIC_DATA,
    "by hostname {}: found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_HOSTNAME_HOST: Final = Message("HOSTS_CFG_GET_ALL_HOSTNAME_HOST", DBG_DETAIL_DATA,
    "by hostname {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID4: Final = Message("HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID4", DBG_BASIC,
    "looking in the configured reservations for all hosts by hostname {} and IPv4 subnet ID {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID4_COUNT: Final = Message(
    "HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID4_COUNT", DBG_BASIC_DATA,
    "by hostname {} and IPv4 subnet ID {}: found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID4_HOST: Final = Message(
    "HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID4_HOST", DBG_DETAIL_DATA,
    "by hostname {} and IPv4 subnet ID {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID6: Final = Message("HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID6", DBG_BASIC,
    "looking in the configured reservations for all hosts by hostname {} and IPv6 subnet ID {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID6_COUNT: Final = Message(
    "HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID6_COUNT", DBG_BASIC_DATA,
    "by hostname {} and IPv6 subnet ID {}: found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID6_HOST: Final = Message(
    "HOSTS_CFG_GET_ALL_HOSTNAME_SUBNET_ID6_HOST", DBG_DETAIL_DATA,
    "by hostname {} and IPv6 subnet ID {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_IDENTIFIER: Final = Message("HOSTS_CFG_GET_ALL_IDENTIFIER", DBG_BASIC,
    "looking in the configured reservations for all hosts by identifier {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_IDENTIFIER_COUNT: Final = Message("HOSTS_CFG_GET_ALL_IDENTIFIER_COUNT", DBG_BASIC_DATA,
    "by identifier {}: found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_IDENTIFIER_HOST: Final = Message("HOSTS_CFG_GET_ALL_IDENTIFIER_HOST", DBG_DETAIL_DATA,
    "by identifier {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_SUBNET_ID4: Final = Message("HOSTS_CFG_GET_ALL_SUBNET_ID4", DBG_BASIC,
    "looking in the configured reservations for all hosts by subnet ID {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_SUBNET_ID4_COUNT: Final = Message("HOSTS_CFG_GET_ALL_SUBNET_ID4_COUNT", DBG_BASIC_DATA,
    "by subnet ID {}: found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_SUBNET_ID4_HOST: Final = Message("HOSTS_CFG_GET_ALL_SUBNET_ID4_HOST", DBG_DETAIL_DATA,
    "by subnet ID {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_SUBNET_ID6: Final = Message("HOSTS_CFG_GET_ALL_SUBNET_ID6", DBG_BASIC,
    "looking in the configured reservations for all hosts by subnet ID {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_SUBNET_ID6_COUNT: Final = Message("HOSTS_CFG_GET_ALL_SUBNET_ID6_COUNT", DBG_BASIC_DATA,
    "by subnet ID {}: found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_SUBNET_ID6_HOST: Final = Message("HOSTS_CFG_GET_ALL_SUBNET_ID6_HOST", DBG_DETAIL_DATA,
    "by subnet ID {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS4: Final = Message("HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS4", DBG_BASIC,
    "looking in the configured reservations for all hosts by subnet ID {} and address {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS4_COUNT: Final = Message(
    "HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS4_COUNT", DBG_BASIC_DATA,
    "by subnet ID {} and address {}: found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS4_HOST: Final = Message("HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS4_HOST", DBG_DETAIL_DATA,
    "by subnet ID {} and address {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6: Final = Message("HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6", DBG_BASIC,
    "looking in the configured reservations for all hosts by subnet ID {} and address {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6_COUNT: Final = Message(
    "HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6_COUNT", DBG_BASIC_DATA,
    "by subnet ID {} and address {}: found {} host(s)",
    "The result of a lookup.")
HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6_HOST: Final = Message("HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6_HOST", DBG_DETAIL_DATA,
    "by subnet ID {} and address {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ONE_PREFIX: Final = Message("HOSTS_CFG_GET_ONE_PREFIX", DBG_BASIC,
    "looking in the configured reservations for a host by prefix {}/{}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ONE_PREFIX_HOST: Final = Message("HOSTS_CFG_GET_ONE_PREFIX_HOST", DBG_DETAIL_DATA,
    "by prefix {}/{}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ONE_PREFIX_NULL: Final = Message("HOSTS_CFG_GET_ONE_PREFIX_NULL", DBG_DETAIL_DATA,
    "by prefix {}/{}: found no host",
    "The result of a lookup.")
HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4: Final = Message("HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4", DBG_BASIC,
    "looking in the configured reservations for a host by subnet ID {} and address {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4_HOST: Final = Message("HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4_HOST", DBG_BASIC_DATA,
    "by subnet ID {} and address {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4_NULL: Final = Message("HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4_NULL", DBG_BASIC_DATA,
    "by subnet ID {} and address {}: found no host",
    "The result of a lookup.")
HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6: Final = Message("HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6", DBG_BASIC,
    "looking in the configured reservations for a host by subnet ID {} and address {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6_HOST: Final = Message("HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6_HOST", DBG_BASIC_DATA,
    "by subnet ID {} and address {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6_NULL: Final = Message("HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6_NULL", DBG_BASIC_DATA,
    "by subnet ID {} and address {}: found no host",
    "The result of a lookup.")
HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER: Final = Message("HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER", DBG_BASIC,
    "looking in the configured reservations for a host with {} reservation by subnet ID {} and identifier {}",
    "A lookup of reservations begins.")
HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER_HOST: Final = Message(
    "HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER_HOST", DBG_BASIC_DATA,
    "by subnet ID {} and identifier {}: found host: {}",
    "The result of a lookup.")
HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER_NULL: Final = Message(
    "HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER_NULL", DBG_BASIC_DATA,
    "by subnet ID {} and identifier {}: found no host",
    "The result of a lookup.")
HOSTS_MGR_ALTERNATE_GET4_SUBNET_ID_ADDRESS4: Final = Message("HOSTS_MGR_ALTERNATE_GET4_SUBNET_ID_ADDRESS4", DBG_BASIC,
    "looking in the host databases for a host by subnet ID {} and address {}",
    "A lookup of reservations begins.")
HOSTS_MGR_ALTERNATE_GET4_SUBNET_ID_IDENTIFIER: Final = Message(
    "HOSTS_MGR_ALTERNATE_GET4_SUBNET_ID_IDENTIFIER", DBG_BASIC,
    "looking in the host databases for a host by subnet ID {} and identifier {}",
    "A lookup of reservations begins.")
HOSTS_MGR_ALTERNATE_GET4_SUBNET_ID_IDENTIFIER_HOST: Final = Message(
    "HOSTS_MGR_ALTERNATE_GET4_SUBNET_ID_IDENTIFIER_HOST", DBG_BASIC_DATA,
    "by subnet ID {} and identifier {} in {}: found host: {}",
    "The result of a lookup.")
HOSTS_MGR_ALTERNATE_GET4_SUBNET_ID_IDENTIFIER_NULL: Final = Message(
    "HOSTS_MGR_ALTERNATE_GET4_SUBNET_ID_IDENTIFIER_NULL", DBG_BASIC_DATA,
    "by subnet ID {} and identifier {}: found no host",
    "The result of a lookup.")
HOSTS_MGR_ALTERNATE_GET6_PREFIX: Final = Message("HOSTS_MGR_ALTERNATE_GET6_PREFIX", DBG_BASIC,
    "looking in the host databases for a host by prefix {}/{}",
    "A lookup of reservations begins.")
HOSTS_MGR_ALTERNATE_GET6_SUBNET_ID_ADDRESS6: Final = Message("HOSTS_MGR_ALTERNATE_GET6_SUBNET_ID_ADDRESS6", DBG_BASIC,
    "looking in the host databases for a host by subnet ID {} and address {}",
    "A lookup of reservations begins.")
HOSTS_MGR_ALTERNATE_GET6_SUBNET_ID_IDENTIFIER: Final = Message(
    "HOSTS_MGR_ALTERNATE_GET6_SUBNET_ID_IDENTIFIER", DBG_BASIC,
    "looking in the host databases for a host by subnet ID {} and identifier {}",
    "A lookup of reservations begins.")
HOSTS_MGR_ALTERNATE_GET6_SUBNET_ID_IDENTIFIER_HOST: Final = Message(
    "HOSTS_MGR_ALTERNATE_GET6_SUBNET_ID_IDENTIFIER_HOST", DBG_BASIC_DATA,
    "by subnet ID {} and identifier {} in {}: found host: {}",
    "The result of a lookup.")
HOSTS_MGR_ALTERNATE_GET6_SUBNET_ID_IDENTIFIER_NULL: Final = Message(
    "HOSTS_MGR_ALTERNATE_GET6_SUBNET_ID_IDENTIFIER_NULL", DBG_BASIC_DATA,
    "by subnet ID {} and identifier {}: found no host",
    "The result of a lookup.")
HOSTS_MGR_ALTERNATE_GET_ALL_SUBNET_ID_ADDRESS4: Final = Message(
    "HOSTS_MGR_ALTERNATE_GET_ALL_SUBNET_ID_ADDRESS4", DBG_BASIC,
    "looking in the host databases for all hosts by subnet ID {} and address {}",
    "A lookup of reservations begins.")
HOSTS_MGR_ALTERNATE_GET_ALL_SUBNET_ID_ADDRESS6: Final = Message(
    "HOSTS_MGR_ALTERNATE_GET_ALL_SUBNET_ID_ADDRESS6", DBG_BASIC,
    "looking in the host databases for all hosts by subnet ID {} and address {}",
    "A lookup of reservations begins.")
HOSTS_MGR_NON_UNIQUE_IP_UNSUPPORTED: Final = Message("HOSTS_MGR_NON_UNIQUE_IP_UNSUPPORTED", WARN,
    "host database {} cannot hold one address for several clients",
    "ip-reservations-unique false cannot be used with it.")
