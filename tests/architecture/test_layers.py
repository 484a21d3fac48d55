"""Imports go down the table of layers.txt, never up and never sideways."""

from __future__ import annotations

from pathlib import Path

from tests.architecture.source_tree import imports, modules


def _ranks() -> dict[str, int]:
    """Return the line of each name, counted from the top."""
    lines = Path(__file__).with_name("layers.txt").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.strip() and not line.startswith("#")]
    return {name.strip(): rank for rank, row in enumerate(rows) for name in row.split("|")}


RANKS = _ranks()


def _layer(name: str) -> str:
    """Return the layer of a dotted name without the package: "twisted.plugins" or the first part."""
    return "twisted.plugins" if name.startswith("twisted.plugins") else name.split(".")[0]


def test_every_module_stands_in_a_layer() -> None:
    strangers = {module.where for module in modules() if module.name and _layer(module.name) not in RANKS}
    assert not strangers


def test_imports_go_down() -> None:
    wrong = []
    for module in modules():
        for target, line in imports(module):
            if not module.name or not target.startswith("kea_twisted.") or target == "kea_twisted.__version__":
                continue
            mine, theirs = _layer(module.name), _layer(target.removeprefix("kea_twisted."))
            if mine != theirs and RANKS.get(theirs, -1) <= RANKS[mine]:
                wrong.append(f"{module.where}:{line} imports {target}")
    assert not wrong, "\n".join(wrong)


def test_no_hook_library_imports_another() -> None:
    wrong = []
    for module in modules():
        own = module.name.split(".")[:2]
        if own[0] != "hook_libraries" or len(own) < 2:
            continue
        for target, line in imports(module):
            parts = target.split(".")
            if parts[:2] == ["kea_twisted", "hook_libraries"] and parts[2:3] != own[1:2]:
                wrong.append(f"{module.where}:{line} imports {target}")
    assert not wrong, "\n".join(wrong)
