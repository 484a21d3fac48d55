"""Options and option definitions as `config-get` shows them, and the small writings that all sections share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, Final

from kea_twisted.config.build_context import Building
from kea_twisted.config.build_options import build_definitions, options_of
from kea_twisted.config.classes import ClientClass4
from kea_twisted.config.options import OptionData, OptionDef
from kea_twisted.config.section import Section, keyword
from kea_twisted.options import codec, suboptions
from kea_twisted.options.definition import ConfiguredOption
from kea_twisted.options.vendor import vendor_of

Json = dict[str, Any]

_ANY_SCOPE: Final = ("",)
"""Where options are written from: only what was accepted is, so that the rules of the global scope do not matter."""

_by_space: Final[Callable[[Json], Any]] = itemgetter("space")


class OptionWriter:
    """Writes the options and definitions of one configuration."""

    def __init__(self, building: Building) -> None:
        self.building = building

    def options(self, models: Sequence[OptionData], within: Any = None) -> list[Json]:
        """Write options, by space: those of vendors come last. within: a class with definitions of its own."""
        if not models:
            return []
        building = self.building
        if isinstance(within, ClientClass4) and within.option_def:
            custom = build_definitions(building, within.option_def)
            building = replace(building, definitions=building.definitions.extended(custom), options={})
        entries: list[tuple[str, Json]] = []
        configured = [(model, option) for model in models for option in options_of(building, [model], _ANY_SCOPE)]
        every = [option for _, option in configured]
        for model, option in configured:
            body = option.body
            if option.definition is not None and option.definition.encapsulates:
                body += self.inner(option.definition.encapsulates, every, self.codes(option))
            data = model.data or ""
            octets = model.csv_format is False or (model.csv_format is None and option.definition is None)
            csv = not octets and data != ""
            entry: Json = {
                "always-send": option.persistent,
                "code": option.code,
                "csv-format": csv,
                "data": data if csv else body.hex().upper(),
                "space": option.space,
            }
            definition = self.building.definitions.find(option.space, option.code)
            if definition is not None:
                entry["name"] = definition.name
            entries.append((option.space, with_context(entry, model)))
        entries.sort(key=lambda entry: (vendor_of(entry[0]), entry[0]))
        return [entry for _, entry in entries]

    def codes(self, option: ConfiguredOption) -> frozenset[int]:
        """Return the codes of the sub-options that an option has in its own data."""
        assert option.definition is not None
        octets = option.body[codec.fields_end(option.definition, option.body) :]
        if self.building.family.number == 4:
            return frozenset(suboptions.parse4(octets, padded=True))
        return frozenset(code for code, _ in suboptions.parse6(octets))

    def inner(self, space: str, options: Sequence[ConfiguredOption], present: frozenset[int]) -> bytes:
        """Return the octets of the options of *space* among *options* but those *present*, and what they contain."""
        found = b""
        width = 1 if self.building.family.number == 4 else 2
        for option in options:
            if option.space == space and option.code not in present:
                body = option.body
                if option.definition is not None and option.definition.encapsulates not in ("", space):
                    body += self.inner(option.definition.encapsulates, options, self.codes(option))
                found += option.code.to_bytes(width, "big") + len(body).to_bytes(width, "big") + body
        return found

    def definitions(self, models: Sequence[OptionDef]) -> list[Json]:
        """Write option definitions, by space."""
        found = []
        for model in models:
            out = given(model, "array", "code", "encapsulate", "name", "type")
            out["record-types"] = ", ".join(part.strip() for part in model.record_types.split(",") if part)
            out["space"] = model.space or self.building.family.space
            found.append(with_context(out, model))
        return sorted(found, key=_by_space)


def given(section: Section, *names: str) -> Json:
    """Return the fields of *section* among *names* that have a value."""
    stored = section.__dict__
    return {keyword(name): stored[name] for name in names if stored[name] is not None}


def dump(section: Any) -> Json:
    """Return all fields of *section* that have a value, its comment in its user context."""
    stored = {name: value for name, value in section.__dict__.items() if name not in ("comment", "user_context")}
    return with_context({keyword(name): value for name, value in stored.items() if value is not None}, section)


def with_context(out: Json, section: Any) -> Json:
    """Add the user context of *section*, if it has one."""
    context = getattr(section, "context", None)
    if context is not None:
        out["user-context"] = context
    return out
