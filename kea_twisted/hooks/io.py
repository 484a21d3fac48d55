"""From the `library` keyword of a configuration to a Python module.

Four forms: a path ending in the file name of one of Kea's own libraries (ours of that name is taken, wherever the path
points); a `.py` file; the name of an entry point in the group ``kea_twisted.hooks``; a module that can be imported.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Final

from kea_twisted.errors import HookError

GROUP: Final = "kea_twisted.hooks"
OURS: Final = "kea_twisted.hook_libraries"

_KEA_FILE: Final = re.compile(r"lib(?:dhcp|ddns|ca)_([a-z0-9_]+)\.(?:so|dylib)")
_MODULE: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


def find_library(library: str, fresh: bool = False) -> ModuleType:
    """Return the module of a library; with *fresh* its source is read again. HookError if there is none.

    Errors in the module's own code are raised as they are.
    """
    base = os.path.basename(library)
    if (kea := _KEA_FILE.fullmatch(base)) is not None:
        return _ours(kea[1], base)
    if base.endswith((".so", ".dylib")):
        raise HookError(f"'{base}' is a shared object; hook libraries are Python modules here", library)
    if library.endswith(".py"):
        return _file(library)
    for point in entry_points(group=GROUP, name=library):
        return _entry_point(point, library)
    if _MODULE.fullmatch(library) is None:
        raise HookError(
            "it is neither a file ending in .py, an installed entry point, nor the name of a module", library
        )
    return _module(library, fresh)


def _ours(name: str, file: str) -> ModuleType:
    """Return our library in the place of one of Kea's."""
    module = f"{OURS}.{name}"
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not module.startswith(error.name):
            raise
        raise HookError(f"'{file}' is not available yet in this version", file) from error


def _file(path: str) -> ModuleType:
    """Return the module that a file holds, read anew."""
    name = "kea_twisted_hook_" + re.sub(r"\W", "_", os.path.abspath(path))
    if not os.path.isfile(path):
        raise HookError(f"there is no file {path}", path)
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise HookError(f"{path} cannot be read as Python", path)
    # Compiled files are told apart by the second in which the source changed; an editor is faster than that.
    with open(path, "rb") as source:
        code = compile(source.read(), path, "exec")
    module = importlib.util.module_from_spec(spec)
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        exec(code, vars(module))  # noqa: S102  (loading code that the operator names is what this is for)
    except BaseException:
        if before is None:
            del sys.modules[name]
        else:
            sys.modules[name] = before
        raise
    return module


def _entry_point(point: EntryPoint, library: str) -> ModuleType:
    """Return the module that an installed package offers."""
    found = point.load()
    if not isinstance(found, ModuleType):
        raise HookError(f"the entry point '{point.name}' does not name a module", library)
    return found


def _module(name: str, fresh: bool) -> ModuleType:
    """Return an importable module; with *fresh* it and its submodules are imported again."""
    importlib.invalidate_caches()
    if fresh and not name.startswith("kea_twisted."):
        former = {
            each: sys.modules.pop(each) for each in list(sys.modules) if each == name or each.startswith(f"{name}.")
        }
        try:
            return importlib.import_module(name)
        except BaseException:
            sys.modules.update(former)
            raise
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not (name == error.name or name.startswith(f"{error.name}.")):
            raise
        raise HookError(f"there is no module '{name}'", name) from error
