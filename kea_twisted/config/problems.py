"""Mistakes of a configuration: collected, given a place in the text, worded.

What pydantic finds is worded here; what :mod:`.build` finds comes with its own sentences. The texts keep the shape of
Kea's ("missing parameter 'x' (file:3:19)", "unsupported parameter: X (file:16:26)"), which scripts look for.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from kea_twisted.base.kea_json.parse import Document
from kea_twisted.errors import ConfigError, ConfigErrors, Position

Path = tuple[str | int, ...]

MAX_LISTED: Final = 100
"""How many mistakes are told one by one. The others are only counted: each costs a look through the text."""

MAX_DETAILED: Final = 100_000
"""How many findings of pydantic are looked at; each takes a kilobyte."""

_EXPECTED: Final[Mapping[str, str]] = {
    "int_type": "an integer",
    "float_type": "a number",
    "string_type": "a string",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a map",
    "model_type": "a map",
}


def path_text(path: Iterable[str | int]) -> str:
    """Return a path in the manual's simplified notation: ``Dhcp4/subnet4[0]/pools``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f"/{step}" if text else step
    return text


class Problems:
    """The mistakes found so far.

    document: the text of the configuration, or None. root: `Dhcp4` or `Dhcp6`, the first step of all paths.
    """

    def __init__(self, document: Document | None, root: str) -> None:
        self._document = document
        self._root = root
        self.errors: list[ConfigError] = []
        self._more = 0

    @property
    def full(self) -> bool:
        """Whether further mistakes are only counted."""
        return len(self.errors) >= MAX_LISTED

    def add(self, path: Path, message: str, name: bool = False) -> None:
        """Note a mistake at *path* below the root; *name* puts it at the keyword instead of the value."""
        if self.full:
            self._more += 1
            return
        whole = (self._root, *path)
        position = self._document.position(whole, name) if self._document else None
        self.errors.append(ConfigError(message, path_text(whole), position))

    def add_validation(self, error: ValidationError, model: type[BaseModel]) -> None:
        """Note all that pydantic found."""
        if error.error_count() > MAX_DETAILED:
            self.add((), f"{error.error_count()} mistakes, too many to tell them")
            return
        for detail in error.errors(include_url=False):
            kind = detail["type"]
            path: Path = tuple(detail["loc"])
            if kind == "missing":
                self.add(path[:-1], f"missing parameter '{path[-1]}'")
            elif kind == "extra_forbidden":
                meant = "" if self.full else hint(path, model)
                self.add(path, f"unsupported parameter: {path[-1]}{meant}", name=True)
            else:
                self.add(path, _wording(kind, detail.get("ctx", {}), detail["input"]))

    def raise_if_any(self) -> None:
        """Raise ConfigErrors, sorted by position, if there were mistakes."""
        if self.errors:
            told = sorted(self.errors, key=lambda error: (error.position or Position("", 0, 0), error.path))
            if self._more:
                told.append(ConfigError(f"{self._more} more mistakes"))
            raise ConfigErrors(told)


def _wording(kind: str, context: Mapping[str, Any], value: object) -> str:
    """Return the sentence for one finding of pydantic."""
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, got {describe(value)}"
    if kind == "greater_than_equal":
        return f"out of range value ({value}), it must be at least {context['ge']}"
    if kind == "less_than_equal":
        return f"out of range value ({value}), it must be at most {context['le']}"
    if kind == "literal_error":
        return f"{describe(value)} is not supported, expected {context['expected']}"
    if kind in ("string_too_short", "too_short"):
        return "must not be empty"
    if kind == "value_error":
        return str(context["error"])
    return kind.replace("_", " ")


def describe(value: object) -> str:
    """Return a JSON value for a message."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value[:60]}'"
    if isinstance(value, (int, float)):
        return str(value)
    return "a list" if isinstance(value, list) else "a map"


def hint(path: Path, model: type[BaseModel]) -> str:
    """Return a suggestion for the keyword at *path* below *model*, which does not exist."""
    section = section_at(path[:-1], model)
    known = [_alias(section, name) for name in section.model_fields] if section else []
    close = difflib.get_close_matches(str(path[-1]), known, 1, 0.75)
    return f", did you mean {close[0]}?" if close else ""


def section_at(path: Path, model: type[BaseModel]) -> type[BaseModel] | None:
    """Return the model of the section at *path* below *model*; None if there is none."""
    section: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, str):
            section = _below(section, step) if section else None
    return section


def _alias(section: type[BaseModel], name: str) -> str:
    return section.model_fields[name].alias or name


def _below(section: type[BaseModel], step: str) -> type[BaseModel] | None:
    """Return the model that the keyword *step* of *section* holds."""
    for name, info in section.model_fields.items():
        if _alias(section, name) == step:
            return _model_in(info.annotation)
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the first model in a type, however it is wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    arguments: Sequence[Any] = getattr(annotation, "__args__", ())
    return next((found for found in map(_model_in, arguments) if found), None)
