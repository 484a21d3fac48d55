"""Only net/, daemons/, tools/ and files named io.py touch the world; the rest computes on octets and a given time."""

from __future__ import annotations

import ast

from tests.architecture.source_tree import Module, imports, modules

WORLD = (
    "asyncio",
    "concurrent",
    "fcntl",
    "getpass",
    "grp",
    "http",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "platform",
    "psycopg2",
    "pwd",
    "pymysql",
    "random",
    "secrets",
    "select",
    "selectors",
    "shutil",
    "signal",
    "socket",
    "ssl",
    "subprocess",
    "syslog",
    "tempfile",
    "threading",
    "time",
    "treq",
    "twisted",
    "urllib.request",
    "uuid",
)
"""Modules whose import alone says that something outside the process is read or changed."""

HARMLESS = {
    "socket": {"AF_INET", "AF_INET6", "inet_ntop", "inet_pton"},
    "io": {"StringIO", "BytesIO"},
    "os": {"PathLike"},
    "time": {"struct_time"},
}
"""What of those modules only computes."""

CALLS = {"open", "input", "print", "breakpoint"}
METHODS = {"read_text", "read_bytes", "write_text", "write_bytes", "utcnow", "today"}


def _may_touch_the_world(module: Module) -> bool:
    parts = module.name.split(".")
    return parts[0] in {"net", "daemons", "tools", "twisted"} or parts[-1] == "io"


def _harmless(module: Module, target: str) -> bool:
    """Return whether only computing parts of *target* are used."""
    top, _, rest = target.partition(".")
    allowed = HARMLESS.get(top, set())
    if rest:
        return rest in allowed
    used = {
        node.attr
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == top
    }
    return bool(used) and used <= allowed


def test_pure_modules_import_nothing_of_the_world() -> None:
    wrong = []
    for module in modules():
        if _may_touch_the_world(module):
            continue
        for target, line in imports(module):
            if any(target == name or target.startswith(f"{name}.") for name in WORLD) and not _harmless(module, target):
                wrong.append(f"{module.where}:{line} imports {target}")
    assert not wrong, "\n".join(wrong)


def test_pure_modules_open_no_files_and_print_nothing() -> None:
    wrong = []
    for module in modules():
        if _may_touch_the_world(module):
            continue
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            function = node.func
            if isinstance(function, ast.Name) and function.id in CALLS:
                wrong.append(f"{module.where}:{node.lineno} calls {function.id}")
            elif isinstance(function, ast.Attribute) and function.attr in METHODS:
                wrong.append(f"{module.where}:{node.lineno} calls .{function.attr}")
    assert not wrong, "\n".join(wrong)
