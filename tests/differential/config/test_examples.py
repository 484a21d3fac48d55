"""The examples that come with the manual are valid, here and in Kea."""

from __future__ import annotations

from pathlib import Path

import pytest

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


@pytest.mark.arm("V4-601")
def test_there_are_examples_of_every_chapter() -> None:
    assert len(EXAMPLES) >= 15
    for path in EXAMPLES:
        assert path.read_text().startswith("# "), f"{path} does not say what it shows"
