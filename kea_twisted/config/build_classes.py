"""Client classes, compiled in the order of the configuration: a class may name only those before it. ARM classify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kea_twisted.classes.builtin import DROP
from kea_twisted.classes.client_class import ClientClass
from kea_twisted.classes.define import define
from kea_twisted.config.build_context import MAX_FILE, MAX_SNAME, Building, wide
from kea_twisted.config.build_options import definition_of, options_of
from kea_twisted.config.build_scope import check_lifetime
from kea_twisted.config.classes import ClientClass as ClassModel
from kea_twisted.config.classes import ClientClass4, ClientClass6
from kea_twisted.config.inherit import class_triplet
from kea_twisted.config.problems import Path
from kea_twisted.errors import ExpressionError
from kea_twisted.options.configured import duplicate_definition
from kea_twisted.options.definition import OptionDefinition


def build_classes(building: Building, models: Sequence[ClientClass4] | Sequence[ClientClass6]) -> None:
    """Fill building.classes."""
    own = [_definitions(building, model, ("client-classes", index)) for index, model in enumerate(models)]
    local = {
        wide(model.name): building.definitions.extended({(row.space, row.code): row for row in rows})
        for model, rows in zip(models, own, strict=True)
        if rows
    }
    for index, model in enumerate(models):
        here: Path = ("client-classes", index)
        name = wide(model.name)
        if name in building.classes:
            building.problems.add((*here, "name"), f"client class '{model.name}' has already been defined")
            continue
        definitions = own[index]
        known = local.get(name, building.definitions)
        found = ClientClass(name)
        if model.test is not None:
            try:
                text, required = wide(model.test), model.only_if_required
                found = define(name, text, building.family, known, building.classes, required, local)
            except ExpressionError as error:
                message = f"expression [{model.test}] error: column {error.column}: {error.message}"
                building.problems.add((*here, "test"), message)
        if name == DROP and model.only_if_required:
            building.problems.add((*here, "only-if-required"), "the class DROP cannot be only-if-required")
        found.only_if_required = model.only_if_required
        found.definitions = tuple(definitions)
        inner = replace(building, definitions=known, options={}) if definitions else building
        found.options = options_of(inner, model.option_data, here)
        found.user_context = model.context
        _lifetimes(building, found, model, here)
        if isinstance(model, ClientClass4):
            if model.next_server == "":
                building.problems.add((*here, "next-server"), "invalid next-server: '' is not an IPv4 address")
            found.next_server = building.next_server(model.next_server, here)
            found.server_hostname = building.boot_field(model, "server_hostname", here, MAX_SNAME)
            found.boot_file_name = building.boot_field(model, "boot_file_name", here, MAX_FILE)
        building.classes[name] = found


def _definitions(building: Building, model: ClassModel, path: Path) -> list[OptionDefinition]:
    """Return the option definitions of a class: only of codes whose meaning is private. ARM dhcp4-private-opts."""
    found: list[OptionDefinition] = []
    if not isinstance(model, ClientClass4):
        return found
    for index, row in enumerate(model.option_def):
        definition = definition_of(building, row, (*path, "option-def", index), in_class=True)
        if definition is None:
            continue
        reason = duplicate_definition(found, definition)
        if reason:
            building.problems.add((*path, "option-def", index), reason)
            continue
        found.append(definition)
    return found


def _lifetimes(building: Building, found: ClientClass, model: ClassModel, path: Path) -> None:
    for kind in ("valid", "preferred") if isinstance(model, ClientClass6) else ("valid",):
        names = (f"min_{kind}_lifetime", f"{kind}_lifetime", f"max_{kind}_lifetime")
        low, default, high = (getattr(model, name) for name in names)
        if default is None and low is not None and high is not None:
            message = f"min-{kind}-lifetime and max-{kind}-lifetime need a {kind}-lifetime beside them"
            building.problems.add((*path, f"min-{kind}-lifetime"), message)
            continue
        check_lifetime(building, [(name, getattr(model, name)) for name in names], model, path)
        setattr(found, kind, class_triplet(low, default, high))
