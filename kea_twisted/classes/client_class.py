"""A client class as configured and compiled. Not here: when classes are evaluated (that is the server's pipeline)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kea_twisted.base.lifetimes import Triplet
from kea_twisted.options.definition import OptionDefinition, OptionSet
from kea_twisted.wire.packet import Packet

Test = Callable[[Packet], bool]
"""A compiled expression; raises ExpressionError if the packet lacks what it needs."""


@dataclass(slots=True)
class ClientClass:
    """One entry of `client-classes`.

    test: None for a class without expression. text: the expression as written. trace: the test again, writing a debug
    line for every step; None where there is none. depends_on_known: the expression needs the result of the host lookup
    (it names KNOWN or UNKNOWN, directly or through another class).
    """

    name: str
    test: Test | None = None
    text: str = ""
    only_if_required: bool = False
    depends_on_known: bool = False
    options: OptionSet = ()
    definitions: tuple[OptionDefinition, ...] = ()
    next_server: int = 0
    server_hostname: bytes = b""
    boot_file_name: bytes = b""
    valid: Triplet | None = None
    preferred: Triplet | None = None
    user_context: dict[str, object] | None = field(default=None)
    trace: Test | None = None
