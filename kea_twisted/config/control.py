"""`control-socket`: where commands come in. ARM dhcp4-ctrl-channel."""

from __future__ import annotations

from typing import Literal

from kea_twisted.config.section import Commented, Name


class ControlSocket(Commented):
    """The control socket."""

    socket_type: Literal["unix"]
    """Only `unix`."""
    socket_name: Name
    """The path of the socket."""
