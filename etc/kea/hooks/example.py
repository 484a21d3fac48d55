"""An example of a hook library for kea-dhcp4 and kea-dhcp6: copy it, rename it, and take out what you do not need.

It turns away clients whose hardware address is on a list, greets new clients after asking a slow service, and answers
the command ``example-seen``. Load it with::

    "hooks-libraries": [
        { "library": "/etc/kea/hooks/example.py",
          "parameters": { "blocked": [ "02:00:00:00:00:66" ], "delay": 0.05 } }
    ]

docs/hooks.rst explains all of it.
"""

from __future__ import annotations

from typing import Any

from twisted.internet.task import deferLater

from kea_twisted.control.access import READ
from kea_twisted.control.answer import Answer, answer
from kea_twisted.control.command import Argument, Command
from kea_twisted.control.dispatch import Request
from kea_twisted.errors import CommandError
from kea_twisted.hooks.callout import CalloutHandle
from kea_twisted.hooks.library import LibraryHandle
from kea_twisted.log.message import DBG_PACKET, INFO, Message

# Log messages are data: an id in capitals, a rank, a text with one {} an argument.
EXAMPLE_LOADED = Message("EXAMPLE_LOADED", INFO, "{} hardware addresses are blocked", "The library was loaded.")
EXAMPLE_BLOCKED = Message("EXAMPLE_BLOCKED", DBG_PACKET, "{}: client is blocked", "The query is dropped.")

# The row of a command says who has it and whether it only reads, for access control and the references.
EXAMPLE_SEEN = Command(
    "example-seen",
    ("kea-dhcp4", "kea-dhcp6"),
    READ,
    "Return how many queries each client sent.",
    (Argument("client", "string"),),
    hook="example",
)


class Example:
    """All that the library knows. There is one of it for each time the library is loaded."""

    def __init__(self, library: LibraryHandle) -> None:
        parameters = library.parameters
        self.blocked = {bytes.fromhex(text.replace(":", "")) for text in parameters.get("blocked", [])}
        self.delay = float(parameters.get("delay", 0))
        self.reactor = library.service("reactor")
        self.log = library.logger("example-hooks")
        self.seen: dict[str, int] = {}

    def received4(self, handle: CalloutHandle) -> None:
        """Callout of pkt4_receive: look at the query, which is parsed, and perhaps drop it."""
        self._received(handle, handle["query4"].chaddr)

    def received6(self, handle: CalloutHandle) -> None:
        """Callout of pkt6_receive: DHCPv6 clients are known by the DUID, option 1."""
        bodies = handle["query6"].options.get(1, b"")
        self._received(handle, bodies if isinstance(bodies, bytes) else bodies[0])

    def _received(self, handle: CalloutHandle, client: bytes) -> None:
        name = client.hex(":")
        if client in self.blocked:
            # Asking first makes a line that nobody wants cost one comparison.
            if self.log.rank >= EXAMPLE_BLOCKED.rank:
                self.log.log(EXAMPLE_BLOCKED, name)
            handle.drop()
            return
        self.seen[name] = self.seen.get(name, 0) + 1
        # What a library keeps in handle.own, its later callouts find again for the same packet.
        handle.own["new"] = self.seen[name] == 1

    async def committed(self, handle: CalloutHandle) -> None:
        """Callout of leases4_committed and leases6_committed: a coroutine parks the packet while it awaits."""
        if handle.own.get("new") and self.delay:
            await deferLater(self.reactor, self.delay)

    def seen_command(self, request: Request) -> Answer:
        """Answer example-seen."""
        wanted = request.map().get("client")
        if wanted is None:
            return answer(0, f"{len(self.seen)} clients", self.seen)
        if not isinstance(wanted, str):
            raise CommandError("'client' has to be a string")
        if wanted not in self.seen:
            raise CommandError(f"client {wanted} has not been seen", 3)
        return answer(0, arguments={wanted: self.seen[wanted]})


def load(library: LibraryHandle) -> None:
    """Set the library up; an exception here refuses the configuration, with its text as the reason."""
    example = Example(library)
    library.state = example
    if library.daemon == "kea-dhcp4":
        library.callout("pkt4_receive", example.received4)
        library.callout("leases4_committed", example.committed)
    else:
        library.callout("pkt6_receive", example.received6)
        library.callout("leases6_committed", example.committed)
    library.command("example-seen", example.seen_command, EXAMPLE_SEEN)
    example.log.log(EXAMPLE_LOADED, len(example.blocked))


def unload(library: LibraryHandle) -> None:
    """Let go of everything; callouts and commands are taken away without your help."""
    seen: dict[str, Any] = library.state.seen
    seen.clear()
