"""One query on its way through the pipeline: what both families note down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kea_twisted.alloc.engine import GLOBAL, current_host
from kea_twisted.config.server_config import ServerConfig
from kea_twisted.hooks.callout import CalloutHandle
from kea_twisted.hosts.host import Host, Identifier
from kea_twisted.subnets.pool import PdPool, Pool
from kea_twisted.subnets.subnet import Subnet
from kea_twisted.wire.packet import Packet

if TYPE_CHECKING:
    from kea_twisted.server.outcome import Outcome
    from kea_twisted.server.pipeline import Step

V = TypeVar("V")
C = TypeVar("C", bound=ServerConfig)
Q = TypeVar("Q", bound=Packet)
S = TypeVar("S", bound=Subnet)
M = TypeVar("M")


class Exchange(Generic[V, C, Q, S, M]):
    """The notes of one query; each family says of which server, configuration, packet, subnet and map of options.

    now: seconds of the epoch, as a float; seconds: the same as leases count it. parsed: a callout has turned the octets
    into the query already. client_id: option 61 or the DUID, b"" for none. hosts: the reservations found, by subnet id
    (0: global). hook_context: what hook libraries keep for the packet. parked, steps, at: the outcome that the pipeline
    stopped with and where it goes on. waiting: the hook point that has to be settled before it does.
    """

    __slots__ = (
        "at",
        "client_id",
        "config",
        "hook_context",
        "hosts",
        "identifiers",
        "now",
        "options",
        "parked",
        "parsed",
        "query",
        "reply",
        "seconds",
        "server",
        "steps",
        "subnet",
        "waiting",
    )

    options: M

    def __init__(self, server: V, config: C, query: Q, now: float) -> None:
        self.server = server
        self.config = config
        self.query = query
        self.now = now
        self.seconds = int(now)
        self.parsed = False
        self.client_id = b""
        self.subnet: S | None = None
        self.reply: Q | None = None
        self.hosts: dict[int, Host] = {}
        self.identifiers: tuple[Identifier, ...] = ()
        self.hook_context: dict[str, Any] = {}
        self.steps: Sequence[Step[Any]] = ()
        self.at = 0
        self.parked: Outcome | None = None
        self.waiting: tuple[CalloutHandle, Iterator[dict[str, Any]]] | None = None

    @property
    def label(self) -> str:
        """What identifies the query in a log line, in Kea's form."""
        raise NotImplementedError

    def read_again(self) -> None:
        """Forget what was read of the query: a callout may have changed it."""
        raise NotImplementedError

    def pools(self) -> tuple[Pool | PdPool, ...]:
        """Return the pools that the leases of the reply came from, each once."""
        raise NotImplementedError

    @property
    def global_host(self) -> Host | None:
        """The global reservation of the client, if its subnet looks at global ones."""
        return self.hosts.get(GLOBAL) if self.subnet is not None and self.subnet.reservations_global else None

    @property
    def host(self) -> Host | None:
        """The reservation that counts in the selected subnet."""
        return current_host(self.subnet, self.hosts)


AnyExchange = Exchange[Any, Any, Any, Any, Any]
"""An exchange of either family, for what does not depend on it."""
