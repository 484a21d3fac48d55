"""From a request to its answer: the registry of commands, and what a request may look like.

Not here: what commands do (:mod:`.server_commands`, hook libraries) and where requests come from (:mod:`.io`, HTTP).
ARM ctrl-channel-syntax.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from kea_twisted.base.kea_json.parse import Document
from kea_twisted.control.access import Access
from kea_twisted.control.answer import ERROR, SUCCESS, UNSUPPORTED, Answer, answer
from kea_twisted.control.command import BY_NAME, Command
from kea_twisted.errors import CommandError
from kea_twisted.hooks.callout import NO_CALLOUTS, CalloutHandle, Callouts, told
from kea_twisted.hooks.library import HookCommand
from kea_twisted.log.logger import COMMANDS
from kea_twisted.log.messages.command import (
    COMMAND_DEREGISTERED,
    COMMAND_PROCESS_ERROR2,
    COMMAND_RECEIVED,
    COMMAND_REGISTERED,
    COMMAND_RESPONSE_ERROR,
)

MEMBERS: Final = frozenset({"command", "arguments", "service", "remote-address"})
"""The members that a request may have; `service` only means something to the control agent."""

MAX_NAME: Final = 200
"""How much of a command's name is repeated to those who sent and to those who read the log."""

FAILED: Final = "Error during command processing: "


@dataclass(frozen=True, slots=True)
class Request:
    """A well-formed command. arguments: None if there are none, see :attr:`given`. value: the whole request.

    document: the text it came from, for the positions of errors; None if it never was text.
    """

    command: str
    arguments: Any = None
    value: dict[str, Any] = field(default_factory=dict)
    document: Document | None = None

    @property
    def given(self) -> bool:
        """Whether the request has arguments, be they null."""
        return self.arguments is not None or "arguments" in self.value

    def map(self) -> dict[str, Any]:
        """Return the arguments, which have to be a map or absent; CommandError otherwise."""
        if not self.given:
            return {}
        if not isinstance(self.arguments, dict):
            raise CommandError(f"arguments for the '{self.command}' command must be a map")
        return self.arguments


Handler = Callable[[Request], Answer | Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Registered:
    """A command that can be used. row: None for one of which only the name is known."""

    handler: Handler
    row: Command | None = None
    library: str = ""


def parse_request(value: object, document: Document | None = None) -> Request:
    """Return the request that a JSON value is; CommandError if it is none."""
    if not isinstance(value, dict):
        raise CommandError("Invalid command Element specified, expected map")
    if "command" not in value:
        raise CommandError("Invalid answer specified, does not contain mandatory 'command'")
    for name in sorted(value):
        if name not in MEMBERS:
            raise CommandError(f"Received command contains unsupported parameter '{name[:MAX_NAME]}'")
    command = value["command"]
    if not isinstance(command, str):
        raise CommandError("'command' element in command message is not a string")
    return Request(command, value.get("arguments"), value, document)


class Dispatcher:
    """The commands of one daemon. callouts: those in force, for the hook point `command_processed`.

    A command of a hook library goes before a built-in one of the same name, and gives the name back when it leaves.
    """

    def __init__(self, callouts: Callouts = NO_CALLOUTS) -> None:
        self.callouts = callouts
        self._built_in: dict[str, Registered] = {}
        self._hooked: dict[str, list[Registered]] = {}
        self.register("list-commands", self._list)

    def register(self, name: str, handler: Handler) -> None:
        """Add a built-in command; ValueError if there is one of that name."""
        if name in self._built_in:
            raise ValueError(f"command '{name}' is registered already")
        self._built_in[name] = Registered(handler, BY_NAME.get(name))
        COMMANDS.log(COMMAND_REGISTERED, name)

    def register_hook(self, name: str, handler: Handler, library: str, row: Command | None = None) -> None:
        """Add a command of a hook library. If several bring the same one, the library loaded first answers."""
        self._hooked.setdefault(name, []).append(Registered(handler, row, library))
        COMMANDS.log(COMMAND_REGISTERED, name)

    def deregister_library(self, library: str) -> None:
        """Remove all commands of a hook library."""
        for name in list(self._hooked):
            kept = [each for each in self._hooked[name] if each.library != library]
            if len(kept) != len(self._hooked[name]):
                COMMANDS.log(COMMAND_DEREGISTERED, name)
            if kept:
                self._hooked[name] = kept
            else:
                del self._hooked[name]

    def hooks_changed(self, callouts: Callouts, commands: Iterable[HookCommand]) -> None:
        """Take over the callouts and commands of the libraries now loaded, for HookManager."""
        for library in {each.library for hooked in self._hooked.values() for each in hooked}:
            self.deregister_library(library)
        for command in commands:
            self.register_hook(command.name, command.handler, command.library, command.row)
        self.callouts = callouts

    def find(self, name: str) -> Registered | None:
        """Return who answers the command, or None."""
        hooked = self._hooked.get(name)
        return hooked[0] if hooked else self._built_in.get(name)

    def names(self) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted(self._built_in.keys() | self._hooked.keys())

    def access(self, name: str) -> Access:
        """Return the access class of a command; WRITE for one of which nothing is known."""
        found = self.find(name)
        return found.row.access if found is not None and found.row is not None else Access.WRITE

    def exclusive(self, value: object) -> bool:
        """Return whether the request has to wait for other exclusive ones."""
        name = value.get("command") if isinstance(value, dict) else None
        found = self.find(name) if isinstance(name, str) else None
        return found is not None and found.row is not None and found.row.exclusive

    async def answer(self, value: object, document: Document | None = None) -> Answer:
        """Carry out the request that a JSON value is, and return its answer. Never raises for what a request says."""
        try:
            request = parse_request(value, document)
        except CommandError as error:
            COMMANDS.log(COMMAND_PROCESS_ERROR2, error.text)
            return answer(error.result, FAILED + error.text)
        name = request.command if len(request.command) <= MAX_NAME else f"{request.command[:MAX_NAME]}..."
        COMMANDS.log(COMMAND_RECEIVED, name)
        found = self.find(request.command)
        if found is None:
            made = answer(UNSUPPORTED, f"'{name}' command not supported.")
        else:
            made = await self._carry_out(found, request)
        if self.callouts.has("command_processed"):
            made = await self._processed(request, made)
        return made

    async def _carry_out(self, found: Registered, request: Request) -> Answer:
        """Call the handler, wait for it if need be, and turn errors into answers."""
        try:
            given = found.handler(request)
            made = given if isinstance(given, dict) else await given
        except CommandError as error:
            return answer(error.result, error.text)
        except (Exception, SystemExit) as error:
            # Whatever a handler or a hook library gets wrong, the daemon goes on and the client learns about it.
            COMMANDS.log(COMMAND_PROCESS_ERROR2, f"{request.command}: {told(error)}")
            return answer(ERROR, f"{FAILED}{error}")
        if not _valid(made):
            COMMANDS.log(COMMAND_RESPONSE_ERROR, request.command)
            return answer(ERROR, f"{FAILED}'{request.command}' gave no valid answer")
        return made

    async def _processed(self, request: Request, made: Answer) -> Answer:
        """Show the answer to the callouts of `command_processed`, which may replace it."""
        handle = CalloutHandle(
            "command_processed",
            {"name": request.command, "arguments": request.arguments, "response": made},
            {},
        )
        waiting = self.callouts.call(handle)
        if waiting is not None:
            await waiting
        replaced = handle["response"]
        return replaced if isinstance(replaced, dict) else made

    def _list(self, _request: Request) -> Answer:
        """Answer `list-commands`."""
        return answer(SUCCESS, arguments=self.names())


def _valid(made: object) -> bool:
    """Return whether a handler gave an answer; those of hook libraries are not checked by mypy."""
    return isinstance(made, dict) and isinstance(made.get("result"), int)
