"""`server-id`: the DUID of a DHCPv6 server. ARM dhcp6-serverid."""

from __future__ import annotations

from typing import Literal

from kea_twisted.config.section import ANYTHING, Commented, Uint16, Uint32


class ServerId(Commented):
    """How the server's DUID is made. Zero or empty means: from the stored DUID, or generated."""

    overlooked = ANYTHING

    type: Literal["LLT", "EN", "LL"]
    """The type of the DUID."""
    identifier: str = ""
    """Hexadecimal: the link-layer address (LLT, LL) or the identifier (EN)."""
    htype: Uint16 = 0
    """LLT, LL: the hardware type."""
    time: Uint32 = 0
    """LLT: seconds since 2000."""
    enterprise_id: Uint32 = 0
    """EN: the enterprise number."""
    persist: bool = True
    """Whether the DUID is stored."""
