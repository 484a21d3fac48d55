"""The control socket of a daemon, as its configuration wants it.

Not here: what goes over it (:mod:`kea_twisted.control.io`) and what commands do (:mod:`.control`).
"""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred, succeed

from kea_twisted.base.octets import file_name
from kea_twisted.control.dispatch import Dispatcher
from kea_twisted.control.io import ControlSocket
from kea_twisted.daemons.candidate import Candidate


class ControlChannel:
    """The open control socket of one daemon, if it has one."""

    def __init__(self, reactor: Any, commands: Dispatcher) -> None:
        self._reactor = reactor
        self._commands = commands
        self._socket: ControlSocket | None = None
        self._prepared: ControlSocket | None = None

    def prepare(self, candidate: Candidate) -> None:
        """Open the socket of a new configuration, unless it has none or the open one stays. Raises KeaError."""
        section = candidate.model.control_socket
        path = file_name(section.socket_name) if section is not None else ""
        if section is None or (self._socket is not None and self._socket.path == path):
            return
        opened = ControlSocket(self._reactor, path, self._commands)
        opened.open()
        self._prepared = opened

    def discard(self) -> None:
        """Close what was prepared."""
        if self._prepared is not None:
            self._prepared.close()
            self._prepared = None

    def adopt(self, candidate: Candidate) -> None:
        """Go on with what was prepared, and close the former socket unless it stays."""
        if self._prepared is not None or candidate.model.control_socket is None:
            former, self._socket, self._prepared = self._socket, self._prepared, None
            if former is not None:
                former.close()
        elif self._socket is not None:
            self._socket.restore()

    def close(self) -> Deferred[None]:
        """Close the socket; done when the Deferred fires. Harmless when repeated."""
        former, self._socket = self._socket, None
        return succeed(None) if former is None else former.close()

    def files(self) -> list[str]:
        """Return the files that the socket has made."""
        return [] if self._socket is None else [self._socket.path, f"{self._socket.path}.lock"]
