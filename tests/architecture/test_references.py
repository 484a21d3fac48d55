"""What is generated from tables is what the tables say; what documents show works."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from kea_twisted.config.build import build4, build6
from kea_twisted.config.io import load_file
from kea_twisted.config.parse import load_text
from kea_twisted.daemons.options import DhcpOptions
from kea_twisted.family import V4, V6
from kea_twisted.hooks.callout import DROP, CalloutHandle
from kea_twisted.hooks.io import find_library
from kea_twisted.hooks.library import HookEntry, HookManager
from kea_twisted.wire.v4 import DHCPDISCOVER, Packet4

ROOT = Path(__file__).resolve().parents[2]
GENERATORS = sorted((ROOT / "docs" / "generate").glob("*.py"))
SHIPPED = sorted((ROOT / "etc" / "kea").glob("*.conf"))


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"generate_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", GENERATORS, ids=lambda path: path.stem)
def test_a_generated_page_is_up_to_date(path: Path) -> None:
    module = load(path)
    assert (ROOT / module.TARGET).read_text() == module.render(), f"run: python {path.relative_to(ROOT)}"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_configuration_loads_without_a_warning(path: Path) -> None:
    family = V6 if "dhcp6" in path.name else V4
    loaded = load_file(str(path), family)
    assert [str(warning) for warning in loaded.warnings] == []
    config = build4(loaded.model) if family is V4 else build6(loaded.model)
    assert config.subnets


def test_the_configuration_of_the_readme_loads() -> None:
    text = (ROOT / "README.rst").read_text()
    match = re.search(r"\.\. code-block:: javascript\n\n((?:    .*\n|\n)+)", text)
    assert match is not None
    loaded = load_text(match[1], "README.rst", V4)
    assert loaded.warnings == []
    assert len(build4(loaded.model).subnets) == 1


def test_the_hook_library_of_the_contributors_guide_works(tmp_path: Path) -> None:
    text = (ROOT / "CONTRIBUTING.rst").read_text()
    match = re.search(r"\.\. code-block:: python\n\n((?:    .*\n|\n)+)", text)
    assert match is not None
    source = "\n".join(line[4:] for line in match[1].splitlines()) + "\n"
    (tmp_path / "refuse.py").write_text(source)
    commands = {}
    manager = HookManager(
        "kea-dhcp4", find_library, {}, lambda _callouts, found: commands.update({each.name: each for each in found})
    )
    manager.load([HookEntry(str(tmp_path / "refuse.py"), {"prefixes": ["0200dead"]})])
    statuses = []
    for chaddr in ("0200dead0001", "020000000001"):
        query = Packet4(DHCPDISCOVER)
        query.chaddr = bytes.fromhex(chaddr)
        handle = CalloutHandle("pkt4_receive", {"query4": query}, {})
        assert manager.callouts.call(handle) is None
        statuses.append(handle.status)
    assert statuses[0] == DROP
    assert statuses[1] != DROP
    assert commands["refused-get"].handler(None) == {"result": 0, "arguments": {"refused": 1}}


def test_the_manual_explains_every_switch() -> None:
    manual = (ROOT / "docs" / "running.rst").read_text()
    short = {row[1] for row in [*DhcpOptions.optFlags, *DhcpOptions.optParameters] if row[1]}
    assert {switch for switch in short if f"``-{switch}" not in manual} == set()


def test_the_makefile_names_every_target_that_documents_mention() -> None:
    makefile = (ROOT / "Makefile").read_text()
    texts = [ROOT / "README.rst", ROOT / "CONTRIBUTING.rst", *(ROOT / "docs").glob("*.rst")]
    mentioned = {name for path in texts for name in re.findall(r"``(?:sudo )?make ([a-z0-9-]+)", path.read_text())}
    assert mentioned
    assert {name for name in mentioned if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()
