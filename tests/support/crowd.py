"""A running server, and many clients that speak to it at the same moment.

The server is stopped (SIGSTOP) while the packets come in, so that all of them wait when it goes on.
"""

from __future__ import annotations

import signal
from collections.abc import Iterable
from typing import Any

from tests.support.client import Wire, frame4, frame6
from tests.support.kea import Json
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.packets import DISCOVER, SOLICIT, innermost, parse4, parse6, query4, query6


class Crowd:
    """A server of a family on a link of its own called *name*, and a wire for its clients."""

    def __init__(self, family: int, name: str) -> None:
        self.family = family
        self.link = Link(name, ("192.0.2.1/24", "2001:db8:1::1/64"))
        self.server = Ours(family, self.link)
        self.wire = Wire(self.link)
        self.server.start(self.configuration())

    def configuration(self, **keywords: Any) -> Json:
        """Return a configuration with *keywords*, `_` in place of `-`."""
        subnets: Json = {
            4: {"subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.250"}]},
            6: {"subnet": "2001:db8:1::/64", "interface": "srv0", "pools": [{"pool": "2001:db8:1::/80"}]},
        }
        whole = {"interfaces-config": {"interfaces": ["srv0"]}, f"subnet{self.family}": [subnets[self.family]]}
        return {**whole, **{name.replace("_", "-"): value for name, value in keywords.items()}}

    def configure(self, **keywords: Any) -> Json:
        """Put a configuration with *keywords* in force; return the answer."""
        return self.server.reconfigure(self.configuration(**keywords))

    def ask(self, command: str) -> Json:
        """Return the arguments of the answer to a command."""
        arguments: Json = self.server.control.ask(command)["arguments"]
        return arguments

    def speak(self, clients: Iterable[int]) -> None:
        """Send a query of each of *clients*, all at once."""
        assert self.server.process is not None
        self.wire.drain()
        self.server.process.send_signal(signal.SIGSTOP)
        for number in clients:
            if self.family == 4:
                self.wire.send(frame4(query4(DISCOVER, number).pack()))
            else:
                self.wire.send(frame6(query6(SOLICIT, number, xid=number).pack()))
        self.server.process.send_signal(signal.SIGCONT)

    def answered(self, clients: Iterable[int], least: int, patience: float = 0.1) -> list[int]:
        """Send a query of each of *clients* at once; return who is answered, in the order of the answers.

        *least* or more are waited for, and those that come within *patience* seconds of one another.
        """
        self.speak(clients)
        found: list[int] = []
        frame = self.wire.receive(5)
        while frame is not None:
            if self.family == 4:
                found.append(parse4(frame.payload).xid - 0x10000)
            else:
                found.append(innermost(parse6(frame.payload)).xid)
            frame = self.wire.receive(5 if len(found) < least else patience)
        return found

    def close(self) -> None:
        """Stop the server and remove the link."""
        self.server.close()
        self.wire.close()
        self.link.close()
