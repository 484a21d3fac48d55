"""The built-in commands of the two DHCP servers. What they act on is a port that the daemons implement.

Not here: the statistic-* commands, which :mod:`kea_twisted.stats.commands` carries out. ARM ctrl-channel.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from kea_twisted.config.parse import Loaded, load_document, load_object
from kea_twisted.control.answer import ERROR, SUCCESS, Answer, answer
from kea_twisted.control.dispatch import Dispatcher, Handler, Request
from kea_twisted.control.network_state import COMMAND_ORIGINS, USER, NetworkState
from kea_twisted.errors import CommandError
from kea_twisted.family import Family
from kea_twisted.log.logger import COMMANDS
from kea_twisted.log.messages.twisted import KEA_TWISTED_WARN

RELOADED: Final = "Hooks libraries successfully reloaded."
NOT_RELOADED: Final = "Failed to reload hooks libraries."


class DhcpDaemonControl(ABC):
    """What a DHCP server's commands need of the daemon around them.

    family: of the server. network: its NetworkState; :meth:`network_changed` is called after each change.
    """

    family: Family
    network: NetworkState

    @abstractmethod
    def config_get(self) -> dict[str, Any]:
        """Return the configuration in force, as a map with the root keyword as its only member."""

    @abstractmethod
    def config_test(self, request: Request) -> Answer | Awaitable[Answer]:
        """Check the configuration in the arguments, which are a map with the root keyword as its only member."""

    @abstractmethod
    def config_set(self, request: Request) -> Answer | Awaitable[Answer]:
        """Put the configuration in the arguments in force; the same shape."""

    @abstractmethod
    def config_reload(self) -> Answer | Awaitable[Answer]:
        """Read the configuration file again and put it in force."""

    @abstractmethod
    def config_write(self, filename: str | None) -> tuple[str, int]:
        """Write the configuration in force; return the file's name and size. OSError if that fails.

        filename: None for the file the configuration came from; CommandError if there is none.
        """

    @abstractmethod
    def config_backend_pull(self) -> Answer | Awaitable[Answer]:
        """Fetch changes from the configuration backends."""

    @abstractmethod
    def leases_reclaim(self, remove: bool) -> Awaitable[None] | None:
        """Reclaim all expired leases; remove them, or leave them as reclaimed."""

    @abstractmethod
    def libreload(self) -> bool | Awaitable[bool]:
        """Unload and load the hook libraries; return whether that went well."""

    @abstractmethod
    def shutdown(self, exit_value: int) -> None:
        """Stop the daemon once the answer is on its way."""

    @abstractmethod
    def status(self) -> dict[str, Any]:
        """Return the arguments of `status-get`, such as pid, uptime, reload and sockets."""

    @abstractmethod
    def version(self) -> tuple[str, str]:
        """Return the version, and the long version of `-V`."""

    @abstractmethod
    def build_report(self) -> str:
        """Return the text of `-W`."""

    @abstractmethod
    def server_tag(self) -> str:
        """Return `server-tag`."""

    @abstractmethod
    def now(self) -> float:
        """Return the time in seconds of the epoch."""

    @abstractmethod
    def steady(self) -> float:
        """Return the seconds of a clock that nobody sets."""

    @abstractmethod
    def network_changed(self) -> None:
        """Set the timer that calls ``network.expire`` by the new deadline of the network state."""


def load_configuration(request: Request, family: Family) -> Loaded[Any]:
    """Return the configuration in a request's arguments; ConfigErrors name the places in the command's text, if any.

    Unknown keywords that Kea's commands overlook are left out, and `left_out` of what is returned tells them.
    """
    if request.document is None:
        return load_object(request.arguments, family, by_command=True)
    return load_document(request.document.inside("arguments"), family, by_command=True)


StatisticCommand = Callable[[Any, Any, float], Answer]


def register_server_commands(
    dispatcher: Dispatcher,
    daemon: DhcpDaemonControl,
    statistics: Any,
    statistic_commands: Mapping[str, StatisticCommand],
) -> None:
    """Register all built-in commands of a DHCP server.

    statistic_commands: STATISTIC_COMMANDS of stats.commands; each gets (statistics, arguments, now).
    """
    commands = ServerCommands(daemon)
    for name, handler in commands.handlers().items():
        dispatcher.register(name, handler)
    for name, function in statistic_commands.items():
        dispatcher.register(name, _statistic(function, statistics, daemon))


def _statistic(function: StatisticCommand, statistics: Any, daemon: DhcpDaemonControl) -> Handler:
    return lambda request: function(statistics, request.arguments, daemon.now())


class ServerCommands:
    """The handlers, one method a command."""

    def __init__(self, daemon: DhcpDaemonControl) -> None:
        self.daemon = daemon

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers by command."""
        return {
            "build-report": self.build_report,
            "config-backend-pull": lambda _request: self.daemon.config_backend_pull(),
            "config-get": self.config_get,
            "config-reload": lambda _request: self.daemon.config_reload(),
            "config-set": self.config_set,
            "config-test": self.config_test,
            "config-write": self.config_write,
            "dhcp-disable": self.dhcp_disable,
            "dhcp-enable": self.dhcp_enable,
            "leases-reclaim": self.leases_reclaim,
            "libreload": self.libreload,
            "server-tag-get": self.server_tag_get,
            "shutdown": self.shutdown,
            "status-get": self.status_get,
            "version-get": self.version_get,
        }

    def build_report(self, _request: Request) -> Answer:
        """Answer `build-report`."""
        return answer(SUCCESS, self.daemon.build_report())

    def config_get(self, _request: Request) -> Answer:
        """Answer `config-get`."""
        return answer(SUCCESS, arguments=self.daemon.config_get())

    def config_set(self, request: Request) -> Answer | Awaitable[Answer]:
        """Answer `config-set`."""
        self._configuration(request)
        return self.daemon.config_set(request)

    def config_test(self, request: Request) -> Answer | Awaitable[Answer]:
        """Answer `config-test`."""
        self._configuration(request)
        return self.daemon.config_test(request)

    def _configuration(self, request: Request) -> None:
        """Check that the arguments are one configuration for this daemon."""
        root = self.daemon.family.root
        if not request.given:
            raise CommandError("Missing mandatory 'arguments' parameter.")
        arguments = request.map()
        if root not in arguments:
            raise CommandError(f"Missing mandatory '{root}' parameter.")
        if not isinstance(arguments[root], dict):
            raise CommandError(f"'{root}' parameter expected to be a map.")
        for name in sorted(arguments):
            if name != root:
                raise CommandError(f"Unsupported '{name}' parameter.")

    def config_write(self, request: Request) -> Answer:
        """Answer `config-write`."""
        filename = None
        if request.given:
            if not isinstance(request.arguments, dict):
                raise CommandError("Argument must be a map")
            filename = request.arguments.get("filename")
            if filename is not None and not isinstance(filename, str):
                raise CommandError("passed parameter 'filename' is not a string")
        try:
            written, size = self.daemon.config_write(filename or None)
        except (OSError, ValueError) as error:
            # ValueError: a NUL in the name.
            name = filename or getattr(error, "filename", None)
            # The answer is Kea's to the letter; why it failed is in the log.
            reason = getattr(error, "strerror", None) or error
            COMMANDS.log(KEA_TWISTED_WARN, "config-write", f"{name}: {reason}")
            raise CommandError(f"Error during write-config:Unable to open file {name} for writing") from error
        return answer(SUCCESS, f"Configuration written to {written} successful", {"filename": written, "size": size})

    def dhcp_disable(self, request: Request) -> Answer:
        """Answer `dhcp-disable`."""
        arguments = request.map()
        period = arguments.get("max-period")
        faults = []
        if "max-period" in arguments:
            if isinstance(period, bool) or not isinstance(period, int):
                raise CommandError("'max-period' argument must be a number")
            if period <= 0:
                faults.append("'max-period' must be positive integer")
        origin = self._origin(arguments, faults)
        if faults:
            raise CommandError("".join(faults))
        self.daemon.network.disable(origin, self.daemon.steady(), period)
        self.daemon.network_changed()
        text = f"DHCPv{self.daemon.family.number} service disabled"
        return answer(SUCCESS, text if period is None else f"{text} for {period} seconds")

    def dhcp_enable(self, request: Request) -> Answer:
        """Answer `dhcp-enable`."""
        faults: list[str] = []
        origin = self._origin(request.map(), faults)
        if faults:
            raise CommandError("".join(faults))
        self.daemon.network.enable(origin)
        self.daemon.network_changed()
        return answer(SUCCESS, "DHCP service successfully enabled")

    @staticmethod
    def _origin(arguments: Mapping[str, Any], faults: list[str]) -> str:
        """Return the origin named in the arguments."""
        origin = arguments.get("origin", USER)
        if not isinstance(origin, str):
            raise CommandError("'origin' argument must be a string")
        if origin not in COMMAND_ORIGINS:
            faults.append(f"invalid value used for 'origin' parameter: {origin or '(empty string)'}")
        return origin

    def leases_reclaim(self, request: Request) -> Answer | Awaitable[Answer]:
        """Answer `leases-reclaim`."""
        arguments = request.map()
        if "remove" not in arguments:
            raise CommandError("Missing mandatory 'remove' parameter.")
        remove = arguments["remove"]
        if not isinstance(remove, bool):
            raise CommandError("'remove' parameter expected to be a boolean.")
        done = answer(SUCCESS, "Reclamation of expired leases is complete.")
        waiting = self.daemon.leases_reclaim(remove)
        return done if waiting is None else _then(waiting, done)

    def libreload(self, _request: Request) -> Answer | Awaitable[Answer]:
        """Answer `libreload`."""
        went = self.daemon.libreload()
        return _reloaded(went) if isinstance(went, bool) else _when_reloaded(went)

    def server_tag_get(self, _request: Request) -> Answer:
        """Answer `server-tag-get`."""
        return answer(SUCCESS, arguments={"server-tag": self.daemon.server_tag()})

    def shutdown(self, request: Request) -> Answer:
        """Answer `shutdown`."""
        value = 0
        if request.given:
            if not isinstance(request.arguments, dict):
                raise CommandError("Argument must be a map")
            value = request.arguments.get("exit-value", 0)
            if isinstance(value, bool) or not isinstance(value, int):
                raise CommandError("parameter 'exit-value' is not an integer")
        self.daemon.shutdown(value)
        return answer(SUCCESS, "Shutting down.")

    def status_get(self, _request: Request) -> Answer:
        """Answer `status-get`."""
        return answer(SUCCESS, arguments=self.daemon.status())

    def version_get(self, _request: Request) -> Answer:
        """Answer `version-get`."""
        short, extended = self.daemon.version()
        return answer(SUCCESS, short, {"extended": extended})


async def _then(waiting: Awaitable[None], done: Answer) -> Answer:
    """Return *done* after *waiting*."""
    await waiting
    return done


def _reloaded(went: bool) -> Answer:
    return answer(SUCCESS, RELOADED) if went else answer(ERROR, NOT_RELOADED)


async def _when_reloaded(waiting: Awaitable[bool]) -> Answer:
    return _reloaded(await waiting)
