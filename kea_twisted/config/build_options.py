"""`option-def` and `option-data` of any scope, with the place of each mistake. What they mean: kea_twisted.options."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kea_twisted.config.build_context import Building, wide
from kea_twisted.config.options import OptionData, OptionDef
from kea_twisted.config.problems import Path
from kea_twisted.options.configured import (
    EntryError,
    configure_option,
    duplicate_definition,
    make_class_definition,
    make_definition,
)
from kea_twisted.options.definition import ConfiguredOption, OptionDefinition, OptionSet
from kea_twisted.options.nested import circle


def build_definitions(building: Building, models: Sequence[OptionDef]) -> dict[tuple[str, int], OptionDefinition]:
    """Return the custom definitions of the global scope by space and code."""
    found: dict[tuple[str, int], OptionDefinition] = {}
    for index, model in enumerate(models):
        here: Path = ("option-def", index)
        definition = definition_of(building, model, here)
        if definition is None:
            continue
        reason = duplicate_definition(found.values(), definition)
        if reason:
            building.problems.add(here, reason)
            continue
        found[definition.space, definition.code] = definition
    return found


def definition_of(building: Building, model: OptionDef, path: Path, in_class: bool = False) -> OptionDefinition | None:
    """Return the definition that one entry of `option-def` makes; None after noting why there is none."""
    make = make_class_definition if in_class else make_definition
    try:
        return make(
            family=building.family,
            name=model.name,
            code=model.code,
            data_type=model.type,
            space=model.space,
            array=model.array,
            record_types=model.record_types,
            encapsulate=model.encapsulate,
        )
    except EntryError as error:
        building.problems.add(_place(path, model, error), str(error))
        return None


def _place(path: Path, model: OptionDef | OptionData, error: EntryError) -> Path:
    """Return the path of the keyword that is wrong, that of the entry if it is not there."""
    if error.keyword.replace("-", "_") in model.model_fields_set:
        return (*path, error.keyword)
    return path


def options_of(building: Building, models: Sequence[OptionData], path: Path) -> OptionSet:
    """Return the options of one scope, encoded; those that are wrong are noted and left out.

    path: of the scope, () for the global one. There, as in Kea, `csv-format` is true unless given; elsewhere, it is
    not if the option has no definition.
    """
    if not models:
        return ()
    found: list[ConfiguredOption] = []
    for index, model in enumerate(models):
        context = model.context
        text = "" if context is None else json.dumps(context)
        csv = True if model.csv_format is None and not path else model.csv_format
        key = model.name, model.code, model.space, model.data, csv, model.always_send, text
        option = building.options.get(key)
        if option is None:
            try:
                option = configure_option(
                    definitions=building.definitions,
                    family=building.family,
                    name=model.name,
                    code=model.code,
                    space=model.space,
                    data=wide(model.data or ""),
                    csv_format=csv,
                    always_send=model.always_send is True,
                    user_context=text,
                )
            except EntryError as error:
                building.problems.add(_place((*path, "option-data", index), model, error), str(error))
                continue
            # Equal options of thousands of subnets are one object.
            building.options[key] = option
        found.append(option)
    ring = circle(found, building.family.space)
    if ring:
        where = next((index for index, model in enumerate(models) if model.space == ring[-1]), 0)
        message = f"options of the space '{ring[0]}' would contain themselves: {' > '.join((*ring, ring[0]))}"
        building.problems.add((*path, "option-data", where), message)
    return tuple(found)
