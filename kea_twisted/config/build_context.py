"""What the steps of building share, and the small readings they have in common."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from kea_twisted.base.address import parse, parse4
from kea_twisted.classes.client_class import ClientClass
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.problems import Path, Problems
from kea_twisted.config.section import keyword
from kea_twisted.family import Family
from kea_twisted.options.definition import ConfiguredOption
from kea_twisted.options.spaces import Definitions

MAX_SNAME: Final = 63
"""The octets that sname holds beside its final zero."""
MAX_FILE: Final = 128
"""The octets that file holds."""


@dataclass(slots=True)
class Building:
    """One configuration on its way from model to snapshot.

    interfaces: the names of the interfaces of this machine, None to take any name. classes: those done so
    far. options: the options done so far under *definitions*, by all that they are made of.
    """

    family: Family
    model: DhcpServer
    problems: Problems
    interfaces: Collection[str] | None = None
    definitions: Definitions = field(default_factory=Definitions)
    classes: dict[str, ClientClass] = field(default_factory=dict)
    options: dict[tuple[object, ...], ConfiguredOption] = field(default_factory=dict)

    def address(self, text: str, path: Path) -> int | None:
        """Return an address of the family; None after noting a problem."""
        try:
            return parse(text, self.family)
        except ValueError as error:
            self.problems.add(path, str(error))
            return None

    def next_server(self, text: str | None, path: Path, broadcast: bool = False) -> int:
        """Return the integer of a `next-server`; 0 if there is none. broadcast: whether 255.255.255.255 may be."""
        if not text:
            return 0
        try:
            address = parse4(text)
        except ValueError as error:
            self.problems.add((*path, "next-server"), f"invalid next-server: {error}")
            return 0
        if address == 0xFFFFFFFF and not broadcast:
            self.problems.add(
                (*path, "next-server"), f"invalid next-server '{text}', it must not be a broadcast address"
            )
        return address

    def boot_field(self, scope: Any, name: str, path: Path, maximum: int) -> bytes:
        """Return the octets of `server-hostname` or `boot-file-name` of *scope*."""
        value: str | None = getattr(scope, name)
        if not value:
            return b""
        body = octets(value)
        if len(body) > maximum:
            word = keyword(name)
            self.problems.add((*path, word), f"{word} must be at most {maximum} bytes long, it is {len(body)}")
        return body


def octets(text: str) -> bytes:
    """Return the octets of a configured text: one for each character."""
    return text.encode("latin-1", "replace")


def wide(text: str) -> str:
    """Return a configured text as people read it; octets that are no UTF-8 survive as surrogates."""
    return text if text.isascii() else octets(text).decode("utf-8", "surrogateescape")


def strip_space(text: str) -> str:
    """Return *text* without white space, wherever it stands."""
    return "".join(text.split())
