"""Family pairs, module sizes, docstrings: what makes the tree readable side by side and file by file."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source_tree import PACKAGE, modules

_MESSAGE = "a message that the other protocol does not have"

LONELY: dict[str, str] = {
    "server/v4/discover.py": _MESSAGE,
    "server/v4/inform.py": _MESSAGE,
    "server/v6/confirm.py": _MESSAGE,
    "server/v6/information_request.py": _MESSAGE,
    "server/v6/rebind.py": _MESSAGE,
    "server/v6/renew.py": _MESSAGE,
    "server/v6/solicit.py": _MESSAGE,
    "server/v6/hwaddr.py": "DHCPv4 messages carry the hardware address; DHCPv6 ones make the server look for it",
    "server/v6/extended_info.py": "relay messages nest in DHCPv6; in DHCPv4 there is one option to keep",
    "server/v6/leasing.py": "four messages lease, of which DHCPv4 has two",
    "server/v6/status.py": "each IA of a DHCPv6 answer has a status of its own; DHCPv4 knows none",
    "server/v6/timers.py": "a DHCPv6 answer has several IAs, which must agree on when to renew",
}
"""Files of one family only, each with the reason."""

TABLES = ("log/messages/", "options/v4.py", "options/v6.py", "hooks/points.py", "control/commands.py")
"""Modules that are tables, one row a line: their length is the standard's."""

LONG: dict[str, str] = {}
"""Modules of more than 600 lines that are no tables, each with the reason."""


def _own_files() -> set[str]:
    return {str(module.path.relative_to(PACKAGE)) for module in modules() if module.path.is_relative_to(PACKAGE)}


def test_what_one_family_has_the_other_has() -> None:
    files = _own_files()
    wrong = []
    for file in sorted(files):
        parts = file.split("/")
        for mine, other in (("v4", "v6"), ("v6", "v4")):
            for place, part in enumerate(parts):
                if part in {mine, f"{mine}.py"}:
                    twin = "/".join([*parts[:place], part.replace(mine, other), *parts[place + 1 :]])
                    if twin not in files and file not in LONELY:
                        wrong.append(f"{file} has no {twin}")
    assert not wrong, "\n".join(wrong)


def test_modules_are_read_in_one_sitting() -> None:
    wrong = [
        f"{module.where}: {module.lines} lines"
        for module in modules()
        if module.lines > 600 and not any(table in module.where for table in TABLES) and module.where not in LONG
    ]
    assert not wrong, "\n".join(wrong)


def test_every_module_says_what_it_is() -> None:
    wrong = [module.where for module in modules() if not ast.get_docstring(module.tree)]
    assert not wrong, "\n".join(wrong)


def test_package_files_hold_a_docstring_only() -> None:
    """hook libraries are the exception: their LIBRARY stands there."""
    wrong = [
        module.where
        for module in modules()
        if module.is_package and not module.name.startswith("hook_libraries.") and len(module.tree.body) > 1
    ]
    assert not wrong, "\n".join(wrong)


def _public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield the public classes, functions and methods of a body."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            if any(isinstance(each, ast.Attribute) and each.attr == "setter" for each in node.decorator_list):
                continue  # the getter says it
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body, f"{prefix}{node.name}.")


def test_every_public_name_has_a_docstring() -> None:
    wrong = [
        f"{module.where}: {name}"
        for module in modules()
        for name, node in _public(module.tree.body)
        if not ast.get_docstring(node)  # type: ignore[arg-type]
    ]
    assert not wrong, "\n".join(wrong)
