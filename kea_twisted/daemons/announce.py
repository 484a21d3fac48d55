"""What a configuration says in the log when it comes into force: subnets, where the server listens and keeps leases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any, Final

from kea_twisted.base.address import to_text
from kea_twisted.base.octets import file_name
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.ddns import MOVED
from kea_twisted.config.render import render
from kea_twisted.config.section import keyword
from kea_twisted.daemons.candidate import LeasePlace
from kea_twisted.family import Family
from kea_twisted.log.logger import DHCPSRV, HOSTS, Logger
from kea_twisted.log.message import DBG_BASIC, DBG_COMMAND, DBG_DETAIL, INFO, Message
from kea_twisted.log.messages import dhcpsrv as messages
from kea_twisted.log.messages.hosts import HOSTS_BACKENDS_REGISTERED
from kea_twisted.log.redact import redact, redacted_text
from kea_twisted.net.reader import Endpoint
from kea_twisted.net.selection import Selection
from kea_twisted.net.v6 import is_link_local
from kea_twisted.subnets.subnet import Subnet
from kea_twisted.subnets.v6 import Subnet6

_SUBNET: Final = {
    4: (messages.DHCPSRV_CFGMGR_NEW_SUBNET4, messages.DHCPSRV_CFGMGR_ADD_SUBNET4),
    6: (messages.DHCPSRV_CFGMGR_NEW_SUBNET6, messages.DHCPSRV_CFGMGR_ADD_SUBNET6),
}
_ADDRESS: Final = {4: messages.DHCPSRV_CFGMGR_USE_ADDRESS, 6: messages.DHCPSRV_CFGMGR_USE_UNICAST}
"""How each family's log tells of a subnet, with its parameters and that it is there, and of an address."""


def say_received(model: Any, received: Message, start: Message, log: Logger) -> None:
    """Log a configuration that arrived, without its secrets."""
    if log.rank >= DBG_COMMAND:
        text = redacted_text(render(model))
        log.log(received, text)
        log.log(start, text)


def say_configuration(model: DhcpServer, subnets: Iterable[Subnet], family: Family) -> None:
    """Log what a configuration has: its subnets, those of shared networks first, and what its author should know."""
    HOSTS.log(HOSTS_BACKENDS_REGISTERED, "(none)")
    if getattr(model, "server_id", None) is not None:
        DHCPSRV.log(messages.DHCPSRV_CFGMGR_CONFIGURE_SERVERID)
    if model.dhcp_ddns is not None:
        for moved, name in MOVED:
            if getattr(model.dhcp_ddns, moved) is not None:
                words = keyword(moved), keyword(name)
                if name in model.model_fields_set:
                    DHCPSRV.log(messages.DHCPSRV_CFGMGR_DDNS_PARAMETER_IGNORED, *reversed(words))
                else:
                    DHCPSRV.log(messages.DHCPSRV_CFGMGR_DDNS_PARAMETER_MOVED, *words)
    if DHCPSRV.rank < INFO:
        return
    new, added = _SUBNET[family.number]
    if DHCPSRV.rank >= DBG_DETAIL:
        _say_old_relays(model)
    for subnet in sorted(subnets, key=lambda each: each.network is None):
        DHCPSRV.log(new, f"{subnet.text} with params: {_parameters(subnet)}")
        if DHCPSRV.rank >= DBG_BASIC:
            DHCPSRV.log(added, subnet.text)


def _say_old_relays(model: Any) -> None:
    """Log each `relay` that has one address in the old form."""
    networks = model.shared_networks
    for scope in (*networks, *chain.from_iterable(each.subnets for each in networks), *model.subnets):
        if scope.relay is not None and scope.relay.ip_address is not None:
            DHCPSRV.log(messages.DHCPSRV_CFGMGR_RELAY_IP_ADDRESS_DEPRECATED, scope.relay.ip_address)


def _parameters(subnet: Subnet) -> str:
    """Return the lifetimes of a subnet, in Kea's form."""
    text = "" if subnet.t1 is None else f"t1={subnet.t1}, "
    text += "" if subnet.t2 is None else f"t2={subnet.t2}, "
    if isinstance(subnet, Subnet6):
        rapid = "true" if subnet.rapid_commit else "false"
        return (
            f"{text}preferred-lifetime={subnet.preferred.default}, valid-lifetime={subnet.valid.default}, "
            f"rapid-commit is {rapid}"
        )
    return f"{text}valid-lifetime={subnet.valid.default}"


def say_socket_type(model: Any) -> None:
    """Log which kind of sockets DHCPv4 is served on, and whether somebody chose it."""
    section = model.interfaces_config
    kind = getattr(section, "dhcp_socket_type", None)
    if kind is None:
        return
    chosen = "dhcp_socket_type" in section.model_fields_set
    message = messages.DHCPSRV_CFGMGR_SOCKET_TYPE_SELECT if chosen else messages.DHCPSRV_CFGMGR_SOCKET_TYPE_DEFAULT
    DHCPSRV.log(message, kind)


def say_selection(selection: Selection, family: Family) -> None:
    """Log which interfaces and addresses the configuration asks for."""
    address_message = _ADDRESS[family.number]
    for entry in selection.entries:
        if entry.address is None:
            DHCPSRV.log(messages.DHCPSRV_CFGMGR_ADD_IFACE, entry.name)
        else:
            where = to_text(entry.address, family), entry.name
            if is_link_local(entry.address):  # which no IPv4 address, as a number, is
                DHCPSRV.log(messages.DHCPSRV_CFGMGR_UNICAST_LINK_LOCAL, *where)
            DHCPSRV.log(address_message, *where)
    if selection.everything:
        DHCPSRV.log(messages.DHCPSRV_CFGMGR_ALL_IFACES_ACTIVE)


def say_sockets(endpoints: Iterable[Endpoint]) -> None:
    """Warn when nobody can be served, or when somebody would be answered twice (V4-083)."""
    found = list(endpoints)
    if not found:
        DHCPSRV.log(messages.DHCPSRV_NO_SOCKETS_OPEN)
    raw = Counter(endpoint.ifindex for endpoint in found if endpoint.kind == "raw")
    if any(count > 1 for count in raw.values()):
        DHCPSRV.log(messages.DHCPSRV_MULTIPLE_RAW_SOCKETS_PER_IFACE)


def say_store(model: DhcpServer, family: Family) -> None:
    """Log which lease store is about to be opened: what `lease-database` says, without passwords."""
    database = model.lease_database
    said = database.model_dump(by_alias=True, include=database.model_fields_set, exclude_none=True)
    words = redact({**said, "type": database.type, "universe": family.number})
    text = " ".join(f"{name}={file_name(_word(value))}" for name, value in sorted(words.items()) if value != "")
    DHCPSRV.log(messages.DHCPSRV_MEMFILE_DB, text)


def say_closing() -> None:
    """Log that the open lease store is about to be closed."""
    DHCPSRV.log(messages.DHCPSRV_CLOSE_DB, "memfile")


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def say_place(place: LeasePlace) -> None:
    """Warn when leases are not kept."""
    if place.path is None:
        DHCPSRV.log(messages.DHCPSRV_MEMFILE_NO_STORAGE)
