"""`server-id`: the DUID of a DHCPv6 server. ARM dhcp6-serverid."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator

from kea_twisted.config.section import ANYTHING, Commented, Uint16, Uint32

_BLANKS: Final = str.maketrans("", "", " \t\n\v\f\r")


def _digits(value: str) -> str:
    """Return hexadecimal digits as they are shown, blanks among them mean nothing; what is none stays as it is."""
    digits = value.translate(_BLANKS).upper()
    return value if digits.strip("0123456789ABCDEF") else digits


class ServerId(Commented):
    """How the server's DUID is made. Zero or empty means: from the stored DUID, or generated."""

    overlooked = ANYTHING

    type: Literal["LLT", "EN", "LL", "UUID"]
    """The type of the DUID. Kea 2.2 has no UUID."""
    identifier: Annotated[str, AfterValidator(_digits)] = ""
    """Hexadecimal: the link-layer address (LLT, LL), the identifier (EN), or the 16 octets of the UUID."""
    htype: Uint16 = 0
    """LLT, LL: the hardware type."""
    time: Uint32 = 0
    """LLT: seconds since 2000."""
    enterprise_id: Uint32 = 0
    """EN: the enterprise number."""
    persist: bool = True
    """Whether the DUID is stored."""
