"""Single rules: hundreds of small configurations with the verdicts that tests/differential compares with Kea's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kea_twisted.config.build import build4, build6
from kea_twisted.config.parse import load_text
from kea_twisted.errors import ConfigErrors
from kea_twisted.family import V4, V6

CORPUS = Path(__file__).parents[2] / "corpus/config"
NOT_HERE = '"interfaces":'  # which interfaces exist is the daemons' to check


def fragments(family: int) -> list[tuple[str, str]]:
    lines = (CORPUS / f"fragments{family}.txt").read_text("latin-1").splitlines()
    return [(line[4:7].strip(), line[8:]) for line in lines if line[0] != "#" and NOT_HERE not in line]


def judge(text: str, family: Any, build: Any) -> str:
    try:
        build(load_text(f'{{"{family.root}": {{{text}}}}}', "f", family).model, interfaces=("lo",))
    except ConfigErrors as error:
        return "bad" if all(each.position is not None for each in error.errors) else "without a position"
    return "ok"


@pytest.mark.parametrize(("verdict", "text"), fragments(4))
def test_fragments_of_dhcp4(verdict: str, text: str) -> None:
    assert judge(text, V4, build4) == verdict


@pytest.mark.parametrize(("verdict", "text"), fragments(6))
def test_fragments_of_dhcp6(verdict: str, text: str) -> None:
    assert judge(text, V6, build6) == verdict
