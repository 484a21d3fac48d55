"""What a memfile store says of its operations at debug level 50: the messages of both families, under their own ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kea_twisted.log.message import Message
from kea_twisted.log.messages import dhcpsrv as messages


@dataclass(frozen=True, slots=True)
class StoreWords:
    """One message an operation. wipe, wiped: at INFO, before and after."""

    add: Message
    update: Message
    get: Message
    by_subnet: Message
    by_hostname: Message
    expired: Message
    wipe: Message
    wiped: Message


WORDS4: Final = StoreWords(
    messages.DHCPSRV_MEMFILE_ADD_ADDR4,
    messages.DHCPSRV_MEMFILE_UPDATE_ADDR4,
    messages.DHCPSRV_MEMFILE_GET_ADDR4,
    messages.DHCPSRV_MEMFILE_GET_SUBID4,
    messages.DHCPSRV_MEMFILE_GET_HOSTNAME4,
    messages.DHCPSRV_MEMFILE_GET_EXPIRED4,
    messages.DHCPSRV_MEMFILE_WIPE_LEASES4,
    messages.DHCPSRV_MEMFILE_WIPE_LEASES4_FINISHED,
)
WORDS6: Final = StoreWords(
    messages.DHCPSRV_MEMFILE_ADD_ADDR6,
    messages.DHCPSRV_MEMFILE_UPDATE_ADDR6,
    messages.DHCPSRV_MEMFILE_GET_ADDR6,
    messages.DHCPSRV_MEMFILE_GET_SUBID6,
    messages.DHCPSRV_MEMFILE_GET_HOSTNAME6,
    messages.DHCPSRV_MEMFILE_GET_EXPIRED6,
    messages.DHCPSRV_MEMFILE_WIPE_LEASES6,
    messages.DHCPSRV_MEMFILE_WIPE_LEASES6_FINISHED,
)
