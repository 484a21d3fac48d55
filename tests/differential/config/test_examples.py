"""The examples that come with the manual are valid, here and in Kea."""

from __future__ import annotations

from pathlib import Path

import pytest

from kea_twisted.config.io import read_file
from kea_twisted.config.parse import load_text
from kea_twisted.family import V4, V6
from tests.differential.config.verdicts import keas, ours
from tests.support.requirements import require

EXAMPLES = sorted((Path(__file__).parents[3] / "docs/examples").glob("kea?/*.json"))


@pytest.mark.peer("kea")
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.arm("V4-601", "V4-D24")
def test_an_example_is_valid_here_and_in_kea(path: Path, tmp_path: Path) -> None:
    family = int(path.parent.name[-1])
    require(f"kea-dhcp{family}")
    text = path.read_text()
    assert (ours(text, family).reason, keas(text, family, tmp_path).reason) == ("", "")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_is_loaded_without_a_warning(path: Path) -> None:
    family = V4 if path.parent.name == "kea4" else V6
    loaded = load_text(path.read_text(), path.name, family, read_file)
    assert [str(warning) for warning in loaded.warnings] == []


@pytest.mark.arm("V4-601")
def test_there_are_examples_of_every_chapter() -> None:
    for family in ("kea4", "kea6"):
        assert sum(path.parent.name == family for path in EXAMPLES) >= 17
    for path in EXAMPLES:
        assert path.read_text().startswith("# "), f"{path} does not say what it shows"
