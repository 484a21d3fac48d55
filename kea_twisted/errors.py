"""KeaError and its children: what can go wrong, as values with fields.

Not here: messages for operators. The boundary that catches an error picks the message id and the statistic. What the
protocol expects (a drop, a NAK, NoAddrsAvail) is a value, not an exception.
"""

from __future__ import annotations

from dataclasses import dataclass


class KeaError(Exception):
    """The root of all errors this package raises on purpose."""


class WireError(KeaError):
    """Octets that are not what their protocol says.

    offset: of the first wrong octet, from the start of what was parsed. code: the option, or None outside options.
    """

    def __init__(self, reason: str, offset: int = 0, code: int | None = None) -> None:
        self.reason = reason
        self.offset = offset
        self.code = code
        where = f" of option {code}" if code is not None else ""
        super().__init__(f"{reason} (octet {offset}{where})")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a configuration text; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class ConfigError(KeaError):
    """One mistake in a configuration.

    path: keywords and list indexes from the root, as in ``Dhcp4/subnet4[0]/pools``; "" when the text is not JSON.
    position: where it stands, or None for a configuration that never was text.
    """

    def __init__(self, message: str, path: str = "", position: Position | None = None) -> None:
        self.message = message
        self.path = path
        self.position = position
        place = f" ({position})" if position else ""
        super().__init__(f"{path}: {message}{place}" if path else f"{message}{place}")

    @property
    def element(self) -> str:
        """The keyword directly below the root in which the mistake is, "" if it is in none."""
        return self.path.partition("/")[2].partition("/")[0].partition("[")[0]


class ConfigErrors(KeaError):
    """All mistakes of one configuration, in the order of their positions. Never empty."""

    def __init__(self, errors: list[ConfigError]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))


class ExpressionError(KeaError):
    """A classification expression that cannot be compiled, or cannot be evaluated for a packet.

    column: from 1, of the offending token.
    """

    def __init__(self, message: str, column: int = 0) -> None:
        self.message = message
        self.column = column
        super().__init__(message)


class LeaseError(KeaError):
    """A lease that contradicts itself or what is stored."""


class StoreError(KeaError):
    """A lease, host or configuration store that did not do what was asked.

    retryable: the same request may succeed later (a lost connection, a deadlock).
    """

    def __init__(self, message: str, retryable: bool = False) -> None:
        self.retryable = retryable
        super().__init__(message)


class CommandError(KeaError):
    """A command that fails.

    result: 1 error, 2 unsupported command, 3 empty, 4 conflict. ARM ctrl-channel-syntax.
    """

    def __init__(self, text: str, result: int = 1) -> None:
        self.result = result
        self.text = text
        super().__init__(text)


class DnsUpdateError(KeaError):
    """A DNS update that the name server refused or did not answer."""

    def __init__(self, message: str, rcode: int | None = None) -> None:
        self.rcode = rcode
        super().__init__(message)


class HookError(KeaError):
    """A hook library that cannot be loaded or whose callout failed."""

    def __init__(self, message: str, library: str = "") -> None:
        self.library = library
        super().__init__(message)
