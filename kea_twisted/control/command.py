"""The commands of the daemons as a table: names, daemons, access, arguments, summary.

`list-commands`, access control, the reference and the shell read these rows. Handlers are elsewhere: see
:mod:`.server_commands`. A hook library brings rows of the same kind. ARM ctrl-channel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kea_twisted.control.access import READ, WRITE, Access


@dataclass(frozen=True, slots=True)
class Argument:
    """A member of a command's `arguments`. kind: string, integer, number, boolean, map or list."""

    name: str
    kind: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One command. daemons: programs that have it. hook: the library that brings it, "" for built-in ones.

    exclusive: changes the configuration, and waits until another such command is done.
    source: the section of Kea's manual, "" for a command that Kea does not have.
    """

    name: str
    daemons: tuple[str, ...]
    access: Access
    summary: str
    arguments: tuple[Argument, ...] = ()
    hook: str = ""
    exclusive: bool = False
    since: str = "1.0.0"
    source: str = ""


DHCP4: Final = "kea-dhcp4"
DHCP6: Final = "kea-dhcp6"
D2: Final = "kea-dhcp-ddns"
AGENT: Final = "kea-ctrl-agent"
SERVERS: Final = (DHCP4, DHCP6)
WITH_D2: Final = (DHCP4, DHCP6, D2)
ALL: Final = (DHCP4, DHCP6, D2, AGENT)

_NAME: Final = Argument("name", "string", required=True)
_CONFIG: Final = (
    Argument("Dhcp4", "map"),
    Argument("Dhcp6", "map"),
    Argument("DhcpDdns", "map"),
    Argument("Control-agent", "map"),
)

# fmt: off
BUILT_IN: Final = (
    Command("build-report", ALL, READ, "Return the report of how the program was built.",
            since="1.2.0", source="ctrl-channel command-build-report"),
    Command("config-backend-pull", SERVERS, WRITE, "Fetch changes from the configuration backends now.",
            exclusive=True, since="1.7.1", source="ctrl-channel command-config-backend-pull"),
    Command("config-get", ALL, READ, "Return the configuration in force.",
            since="1.2.0", source="ctrl-channel command-config-get"),
    Command("config-reload", ALL, WRITE, "Read the configuration file again.",
            exclusive=True, since="1.2.0", source="ctrl-channel command-config-reload"),
    Command("config-set", ALL, WRITE, "Replace the configuration.", _CONFIG,
            exclusive=True, since="1.2.0", source="ctrl-channel command-config-set"),
    Command("config-test", ALL, WRITE, "Check a configuration without using it.", _CONFIG,
            since="1.2.0", source="ctrl-channel command-config-test"),
    Command("config-write", ALL, WRITE, "Write the configuration in force to a file.",
            (Argument("filename", "string"),), since="1.2.0", source="ctrl-channel command-config-write"),
    Command("dhcp-disable", SERVERS, WRITE, "Stop answering clients.",
            (Argument("max-period", "integer"), Argument("origin", "string")),
            since="1.4.0", source="ctrl-channel command-dhcp-disable"),
    Command("dhcp-enable", SERVERS, WRITE, "Answer clients again.", (Argument("origin", "string"),),
            since="1.4.0", source="ctrl-channel command-dhcp-enable"),
    Command("leases-reclaim", SERVERS, WRITE, "Reclaim all expired leases now.",
            (Argument("remove", "boolean", required=True),),
            source="ctrl-channel command-leases-reclaim"),
    Command("libreload", SERVERS, WRITE, "Unload the hook libraries and load them again.",
            exclusive=True, since="1.2.0", source="ctrl-channel command-libreload"),
    Command("list-commands", ALL, READ, "Return the names of all commands.",
            source="ctrl-channel command-list-commands"),
    Command("server-tag-get", SERVERS, READ, "Return the server tag.",
            since="1.6.0", source="ctrl-channel command-server-tag-get"),
    Command("shutdown", ALL, WRITE, "Stop the daemon.", (Argument("exit-value", "integer"),),
            source="ctrl-channel command-shutdown"),
    Command("statistic-get", WITH_D2, READ, "Return one statistic.", (_NAME,),
            source="stats command-statistic-get"),
    Command("statistic-get-all", WITH_D2, READ, "Return all statistics.",
            source="stats command-statistic-get-all"),
    Command("statistic-remove", SERVERS, WRITE, "Remove one statistic.", (_NAME,),
            source="stats command-statistic-remove"),
    Command("statistic-remove-all", SERVERS, WRITE, "Remove all statistics.",
            source="stats command-statistic-remove-all"),
    Command("statistic-reset", WITH_D2, WRITE, "Set one statistic to its neutral value.", (_NAME,),
            source="stats command-statistic-reset"),
    Command("statistic-reset-all", WITH_D2, WRITE, "Set all statistics to their neutral values.",
            source="stats command-statistic-reset-all"),
    Command("statistic-sample-age-set", SERVERS, WRITE, "Limit the age of the samples of one statistic.",
            (_NAME, Argument("duration", "integer", required=True)),
            since="1.6.0", source="stats command-statistic-sample-age-set"),
    Command("statistic-sample-age-set-all", SERVERS, WRITE, "Limit the age of the samples of all statistics.",
            (Argument("duration", "integer", required=True),),
            since="1.6.0", source="stats command-statistic-sample-age-set-all"),
    Command("statistic-sample-count-set", SERVERS, WRITE, "Limit the number of samples of one statistic.",
            (_NAME, Argument("max-samples", "integer", required=True)),
            since="1.6.0", source="stats command-statistic-sample-count-set"),
    Command("statistic-sample-count-set-all", SERVERS, WRITE, "Limit the number of samples of all statistics.",
            (Argument("max-samples", "integer", required=True),),
            since="1.6.0", source="stats command-statistic-sample-count-set-all"),
    Command("status-get", ALL, READ, "Return process id, uptime and the state of the daemon.",
            since="1.7.3", source="ctrl-channel command-status-get"),
    Command("version-get", ALL, READ, "Return the version.",
            since="1.2.0", source="ctrl-channel command-version-get"),
)
# fmt: on

BY_NAME: Final = {row.name: row for row in BUILT_IN}


def commands_of(daemon: str) -> tuple[Command, ...]:
    """Return the built-in commands of a daemon, in alphabetical order."""
    return tuple(row for row in BUILT_IN if daemon in row.daemons)
