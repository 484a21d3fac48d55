"""What a configuration says in the log when it comes into force: where the server listens and keeps leases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kea_twisted.base.address import to_text
from kea_twisted.config.common import DhcpServer
from kea_twisted.daemons.candidate import LeasePlace
from kea_twisted.family import V4, Family
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.messages import dhcpsrv as messages
from kea_twisted.log.redact import redact
from kea_twisted.net.reader import Endpoint
from kea_twisted.net.selection import Selection


def say_selection(selection: Selection, family: Family) -> None:
    """Log which interfaces and addresses the configuration asks for."""
    address_message = messages.DHCPSRV_CFGMGR_USE_ADDRESS if family is V4 else messages.DHCPSRV_CFGMGR_USE_UNICAST
    for entry in selection.entries:
        if entry.address is None:
            DHCPSRV.log(messages.DHCPSRV_CFGMGR_ADD_IFACE, entry.name)
        else:
            DHCPSRV.log(address_message, to_text(entry.address, family), entry.name)
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
    text = " ".join(f"{name}={_word(value)}" for name, value in sorted(words.items()) if value != "")
    DHCPSRV.log(messages.DHCPSRV_MEMFILE_DB, text)


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def say_place(place: LeasePlace) -> None:
    """Warn when leases are not kept."""
    if place.path is None:
        DHCPSRV.log(messages.DHCPSRV_MEMFILE_NO_STORAGE)
