"""From the text of a configuration to its model: syntax, keywords, types, ranges. What values mean: :mod:`.build`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from kea_twisted.base.kea_json.parse import Document, Remark, parse_text
from kea_twisted.base.kea_json.source import Read
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.later import warnings as later_warnings
from kea_twisted.config.loggers import misread
from kea_twisted.config.overlooked import NOTHING, LeftOut, left_out, overlooked, without
from kea_twisted.config.problems import Path, Problems, path_text
from kea_twisted.config.section import BY_COMMAND
from kea_twisted.config.v4 import Dhcp4
from kea_twisted.config.v6 import Dhcp6
from kea_twisted.errors import ConfigError, ConfigErrors
from kea_twisted.family import Family

M_co = TypeVar("M_co", bound=DhcpServer, covariant=True)

Model = Dhcp4 | Dhcp6
MODELS: Mapping[int, type[Model]] = {4: Dhcp4, 6: Dhcp6}


@dataclass(frozen=True, slots=True)
class Loaded(Generic[M_co]):
    """A configuration that was read. warnings: what its author should know. left_out: keywords that were ignored."""

    model: M_co
    warnings: list[Remark] = field(default_factory=list)
    left_out: LeftOut = NOTHING


def load_text(text: str, file: str, family: Family, read: Read | None = None) -> Loaded[Any]:
    """Read a configuration.

    text: decoded as Latin-1. file: its name for messages. read: gives the content of included files; None refuses them.
    Raises ConfigErrors with all mistakes.
    """
    return load_document(parse_text(text, file, read), family)


def load_object(value: object, family: Family, by_command: bool = False) -> Loaded[Any]:
    """Read a configuration that is a JSON value and no text; messages name paths but no positions.

    by_command: as in load_document.
    """
    return _load(value, family, None, by_command)


def load_document(document: Document, family: Family, by_command: bool = False) -> Loaded[Any]:
    """Read a configuration whose JSON is parsed already, perhaps as part of a command (see Document.inside).

    by_command: whether to leave out the unknown keywords that Kea's commands overlook; a file is refused for them.
    """
    return _load(document.value, family, document, by_command)


def _load(value: object, family: Family, document: Document | None, by_command: bool) -> Loaded[Any]:
    root = family.root
    if not isinstance(value, dict) or root not in value:
        message = f"missing parameter '{root}'"
        if not isinstance(value, dict):
            message = f"a configuration is a map with the entry {root}"
        raise ConfigErrors([ConfigError(message, "", document.position(()) if document else None)])
    model_type = MODELS[family.number]
    try:
        model, gone = _validate(value[root], model_type, by_command)
    except ValidationError as error:
        problems = Problems(document, root)
        problems.add_validation(error, model_type)
        problems.raise_if_any()
        raise
    model._document = document.without_value() if document else None
    warnings = list(document.warnings) if document else []
    for name in value:
        if name != root:
            position = document.position((name,), True) if document else None
            warnings.append(Remark(f"{name} is not part of the configuration of this server and ignored", position))
    said = left_out(gone, model_type, document, root) if gone else NOTHING
    warnings.extend(said.warnings())
    warnings.extend(_remarks(value[root], document, root))
    warnings.extend(later_warnings(model, document, root))
    return Loaded(model, warnings, said)


def _validate(written: object, model_type: type[Model], by_command: bool) -> tuple[Model, list[Path]]:
    """Return the model of what is written, and the paths of what was left out of it. Raises ValidationError."""
    context = BY_COMMAND if by_command else None
    try:
        return model_type.model_validate(written, context=context), []
    except ValidationError as error:
        gone = overlooked(error, model_type) if by_command else []
        if not gone:
            raise
    return model_type.model_validate(without(written, gone), context=context), gone


def _remarks(written: dict[str, Any], document: Document | None, root: str) -> Iterator[Remark]:
    """Yield what is read in another way than it is written."""

    def remark(path: tuple[str | int, ...], message: str) -> Remark:
        whole = (root, *path)
        return Remark(message, document.position(whole, True) if document else None, path_text(whole))

    for index, name, message in misread(written.get("loggers", [])):
        yield remark(("loggers", index, name), message)
