"""What every section of a configuration shares: strictness, keyword names, comments, and the types of values.

A section is one class: its fields are the keywords (dashes for underscores), their types carry ranges, their
docstrings become the reference manual and the JSON Schema. Kea takes no "12" for 12, no 1 for true, no 1 for 1.0 and no
null, and neither do these. A keyword that may be left out and has no default is `Maybe[type]` and reads as None.

A keyword that is not known is a mistake. Kea's commands overlook it in some sections, though, and scripts rely on that:
`Section.overlooked` says in which, and :mod:`.overlooked` leaves it out of what a command brings.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema

T = TypeVar("T")

MAX_UINT32: Final = 0xFFFFFFFF

ANYTHING: Final[tuple[type, ...]] = (object,)
TEXT: Final[tuple[type, ...]] = (str,)
"""Values of `Section.overlooked`."""
BY_COMMAND: Final = "by command"
"""The context of a validation if a command brought the configuration."""


def keyword(name: str) -> str:
    """Return the keyword of a field name."""
    return name.replace("_", "-")


class _NotNull:
    """Marks a field that may be absent but never null."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        return schema["schema"] if schema["type"] == "nullable" else schema


def _real(value: object) -> object:
    """Refuse integers where a number with a point is expected."""
    if type(value) is not float:
        raise ValueError("expected a number with a decimal point")
    return value


def _file_name(value: str) -> str:
    """Refuse what no file can be called."""
    if "\0" in value:
        raise ValueError("a file name cannot hold the character NUL")
    return value


Maybe = Annotated[T | None, _NotNull()]
Uint8 = Annotated[int, Field(ge=0, le=0xFF)]
Uint16 = Annotated[int, Field(ge=0, le=0xFFFF)]
Uint32 = Annotated[int, Field(ge=0, le=MAX_UINT32)]
Real = Annotated[float, BeforeValidator(_real)]
Name = Annotated[str, Field(min_length=1)]
FileName = Annotated[str, AfterValidator(_file_name)]
Context = dict[str, Any]


class Section(BaseModel):
    """The base of all sections."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        alias_generator=keyword,
        defer_build=True,  # nobody needs validators of the parts, nor of the other family
        protected_namespaces=(),
    )

    overlooked: ClassVar[tuple[type, ...]] = ()
    """Types of the values with which unknown keywords are left out when a command brings the section."""


class Commented(Section):
    """A section that may carry a user context."""

    user_context: Maybe[Context] = None
    """Anything, kept for hooks and their owners; the server does not look inside."""
    comment: Maybe[str] = None
    """Shorthand for a user context with the entry `comment`."""

    @property
    def context(self) -> Context | None:
        """The user context with the comment in it; None if there is neither."""
        if self.comment is None:
            return self.user_context
        return {**(self.user_context or {}), "comment": self.comment}
