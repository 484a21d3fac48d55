"""`control-socket`: where commands come in. ARM dhcp4-ctrl-channel."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kea_twisted.config.section import ANYTHING, Commented, FileName


class ControlSocket(Commented):
    """The control socket."""

    overlooked = ANYTHING

    socket_type: Literal["unix"]
    """Only `unix`."""
    socket_name: Annotated[FileName, Field(min_length=1)]
    """The path of the socket."""
