"""Unknown keywords that a command may bring: where Kea's commands overlook them, they are left out here and told.

A file stays strict, so what is in force never has them, nor has a file that `config-write` makes. Which sections: see
`Section.overlooked`. Wrong values are never overlooked: something else than was written would be in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from kea_twisted.base.kea_json.parse import Document, Remark
from kea_twisted.config.problems import MAX_DETAILED, MAX_LISTED, Path, hint, path_text, section_at
from kea_twisted.config.section import Section
from kea_twisted.errors import Position

MAX_ANSWERED: Final = 5
"""How many keywords the answer to a command names; the log names MAX_LISTED."""

MAX_NAME: Final = 60
"""How much of a keyword is repeated."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Keywords that were left out. remarks: on the first of them, saying what is wrong with each. count: of all."""

    remarks: tuple[Remark, ...] = ()
    count: int = 0

    def warnings(self) -> list[Remark]:
        """Return what to log."""
        told = [replace(remark, message=f"ignored {remark.message}") for remark in self.remarks]
        more = self.count - len(told)
        return [*told, Remark(f"ignored {more} more unsupported parameters")] if more else told

    def sentence(self) -> str:
        """Return what to append to the answer of the command: nothing if nothing was left out."""
        if not self.count:
            return ""
        told = self.remarks[:MAX_ANSWERED]
        more = self.count - len(told)
        return " Ignored: " + "; ".join([*map(str, told), *([f"and {more} more"] if more else [])])


NOTHING: Final = LeftOut()


def overlooked(error: ValidationError, model: type[BaseModel]) -> list[Path]:
    """Return the paths of unknown keywords that may be left out; none if *error* has anything else, too."""
    if error.error_count() > MAX_DETAILED:
        return []
    sections: dict[Path, tuple[type, ...]] = {}
    paths: list[Path] = []
    for detail in error.errors(include_url=False, include_context=False):
        path: Path = tuple(detail["loc"])
        kind_of_place = tuple(step for step in path[:-1] if isinstance(step, str))
        if kind_of_place not in sections:
            section = section_at(kind_of_place, model)
            sections[kind_of_place] = section.overlooked if section and issubclass(section, Section) else ()
        if detail["type"] != "extra_forbidden" or not isinstance(detail["input"], sections[kind_of_place]):
            return []
        paths.append(path)
    return paths


def without(value: Any, paths: Iterable[Path]) -> Any:
    """Return *value* without the members at *paths*. What changes is copied, the rest is shared."""
    inside: dict[str | int, list[Path]] = {}
    gone: set[str | int] = set()
    for path in paths:
        if len(path) == 1:
            gone.add(path[0])
        else:
            inside.setdefault(path[0], []).append(path[1:])
    if isinstance(value, list):
        return [without(each, inside[index]) if index in inside else each for index, each in enumerate(value)]
    return {
        name: without(each, inside[name]) if name in inside else each
        for name, each in value.items()
        if name not in gone
    }


def left_out(paths: list[Path], model: type[BaseModel], document: Document | None, root: str) -> LeftOut:
    """Return what to tell about the keywords at *paths* below *root*."""
    remarks = []
    for path in paths[:MAX_LISTED]:
        whole: Path = (root, *path)
        shown = path_text((*whole[:-1], str(path[-1])[:MAX_NAME]))
        position = document.position(whole, True) if document else None
        remarks.append(Remark(f"unsupported parameter{hint(path, model)}", position, shown))
    remarks.sort(key=lambda remark: (remark.position or Position("", 0, 0), remark.path))
    return LeftOut(tuple(remarks), len(paths))
