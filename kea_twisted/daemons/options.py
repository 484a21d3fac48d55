"""The command line of the DHCP servers: Kea's switches, the same from a shell and after ``twistd kea-dhcp4``.

CF-042..CF-050, CF-098. ``-T`` and ``--json-schema`` are ours.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, ClassVar, NoReturn

from twisted.logger import ILogObserver, LogEvent
from twisted.python import usage
from zope.interface import implementer

from kea_twisted.family import Family
from kea_twisted.version import KEA_VERSION

EXIT_USAGE = 1
"""The exit code of a wrong command line, as in Kea."""


def _port(text: str) -> int:
    """Return a port number; ValueError unless it is one."""
    number = int(text)
    if not 1 <= number <= 65535:
        raise ValueError
    return number


@implementer(ILogObserver)
class Silence:
    """An observer that shows nothing: the daemon's own log has the lines of Twisted in it."""

    def __call__(self, event: LogEvent) -> None:
        """Show nothing."""


class DhcpOptions(usage.Options):
    """What may follow the name of a DHCP server. *family* is set by the subclasses."""

    family: ClassVar[Family]
    parent: Any = None
    longdesc = (
        "A server needs -c; the switches that answer a question and exit do not. SIGHUP reads the configuration again, "
        "SIGTERM and SIGINT end the server. What the configuration file says is in the manual."
    )

    optFlags: ClassVar[list[list[str | None]]] = [  # noqa: N815
        ["debug", "d", "log everything, whatever the configuration says"],
        ["short-version", "v", "print the version and exit"],
        ["long-version", "V", "print the version with those of the libraries and exit"],
        ["report", "W", "print what this installation is made of and exit"],
        ["json-schema", None, "print a JSON Schema of the configuration, for editors, and exit"],
    ]
    optParameters: ClassVar[list[list[Any]]] = [  # noqa: N815
        ["config", "c", None, "the configuration file"],
        ["check", "t", None, "check this configuration file and exit: 0 if it is right"],
        ["check-all", "T", None, "the same: scripts for later versions of Kea ask so"],
        ["server-port", "p", None, "listen on this UDP port (1-65535), for tests"],
        ["client-port", "P", None, "send all answers to this UDP port (1-65535), for tests"],
    ]

    def __init__(self) -> None:
        usage.Options.__init__(self)

    def parse(self, words: Sequence[str]) -> None:
        """Take in the words after the program's name; raises UsageError."""
        usage.Options.parseOptions(self, list(words))

    def parseOptions(self, options: Any = None) -> None:  # noqa: N802
        """Take in the words after the program's name under twistd; explain wrong ones and exit.

        twistd itself would print its own usage text.
        """
        try:
            usage.Options.parseOptions(self, options)
        except usage.UsageError as error:
            if self.parent is None:
                raise
            sys.stderr.write(f"{self}\n{error}\n")
            raise SystemExit(EXIT_USAGE) from error

    def opt_version(self) -> NoReturn:
        """Print the version and exit."""
        sys.stdout.write(f"{KEA_VERSION}\n")
        raise SystemExit(0)

    def getSynopsis(self) -> str:  # noqa: N802
        """Return the first lines of the usage text."""
        name = self.family.daemon
        if self.parent is not None:
            name = f"{os.path.basename(sys.argv[0])} [twistd's own options] {name}"
        return f"Kea DHCPv{self.family.number} server, version {KEA_VERSION}\n\nUsage: {name} [options]"

    def postOptions(self) -> None:
        """Check what was given; raises UsageError."""
        # Under twistd every line would be shown a second time, unless somebody asked for that.
        twistd = self.parent
        if twistd is not None and not any(twistd.get(name) for name in ("logger", "logfile", "syslog")):
            twistd["logger"] = f"{__name__}.{Silence.__name__}"
        for name, what in (("server-port", "server"), ("client-port", "client")):
            text = self[name]
            if text is not None:
                try:
                    self[name] = _port(text)
                except ValueError:
                    raise usage.UsageError(f"{what} port: [{text}], 1-65535 allowed") from None
        if not self.asks and not self["config"]:
            raise usage.UsageError("Configuration file not specified.")

    @property
    def asks(self) -> bool:
        """Whether a question is to be answered instead of a server started."""
        flags = ("short-version", "long-version", "report", "json-schema")
        return any(self[flag] for flag in flags) or bool(self["check"] or self["check-all"])

    @property
    def title(self) -> str:
        """The line that process listings show; monitoring agents look for ``kea-dhcp4 … -c FILE`` in it."""
        words = [self.family.daemon]
        if self["debug"]:
            words.append("-d")
        for name, switch in (("server-port", "-p"), ("client-port", "-P")):
            if self[name] is not None:
                words += [switch, str(self[name])]
        return " ".join([*words, "-c", str(self["config"])])
