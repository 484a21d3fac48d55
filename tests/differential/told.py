"""What both servers tell in the log of one conversation, at several debug levels, and what is compared of it.

Ids of Kea that we do not write are rows of :mod:`tests.support.untold`, each with the reason; ADDED are ids that we
write in these conversations where Kea writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.differential.pair import ADDRESSES
from tests.differential.talk import Talk
from tests.support.client import Wire
from tests.support.kea import Json, Kea, Server
from tests.support.log_lines import Told, told
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces
from tests.support.untold import is_untold

LEVELS: Final = (0, 10, 15, 40, 45, 50, 55)
"""Between them lie all debug levels that messages have; 99 shows no more than 55."""

SIDES: Final[tuple[type[Server], ...]] = (Kea, Ours)

ADDED: Final = {
    "KEA_TWISTED_DEBUG": "what Twisted says of its sockets",
    "DHCPSRV_MEMFILE_GET_CLIENTID": "asked once for all subnets of a link, whether or not one of them cares",
}
"""What we write where Kea writes nothing, and why."""


@dataclass(frozen=True)
class Conversation:
    """What is said to a server with a configuration, so that it tells of it."""

    family: int
    configuration: Json
    hold: Callable[[Talk], None]


def tell(conversation: Conversation) -> dict[int, dict[str, Told]]:
    """Return what each side tells, by debug level and by the side's name."""
    require(f"kea-dhcp{conversation.family}")
    require_namespaces()
    found: dict[int, dict[str, Told]] = {level: {} for level in LEVELS}
    for side in SIDES:
        with Link(f"t{side.name}", *ADDRESSES[conversation.family]) as link:
            server, wire = side(conversation.family, link), Wire(link)
            try:
                server.start(conversation.configuration)
                for level in LEVELS:
                    before = server.log.stat().st_size
                    answer = server.reload(conversation.configuration, severity="DEBUG", debuglevel=level)
                    assert answer["result"] == 0
                    conversation.hold(Talk(server, wire))
                    found[level][side.name] = told(server.log, before)
            finally:
                server.close()
                wire.close()
    return found


def differences(sides: dict[str, Told]) -> list[str]:
    """Return what only one side tells, or both otherwise, but for what has a reason."""
    kea, ours = sides["kea"], sides["ours"]
    return [
        f"{name}: Kea {kea.get(name)}, we {ours.get(name)}"
        for name in sorted(kea | ours)
        if kea.get(name) != ours.get(name) and name not in ADDED and not is_untold(name)
    ]
