"""The configurations that are shipped, and those that the manual shows, are as valid for Kea as for us.

Which interfaces this machine has does not matter: all are taken for the loopback interface.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.family import V6
from tests.architecture.test_manual import examples
from tests.differential.config.verdicts import keas, ours
from tests.support.requirements import require

SHIPPED = sorted((Path(__file__).parents[3] / "etc/kea").glob("*dhcp6.conf"))


def _texts() -> list[Any]:
    shown = (each for each in examples() if each.values[0].family is V6)
    return [
        *(pytest.param(file.read_text(), id=file.name) for file in SHIPPED),
        *(pytest.param(each.values[0].text, id=each.id) for each in shown),
    ]


@pytest.mark.peer("kea")
@pytest.mark.arm("V6-520")
@pytest.mark.parametrize("text", _texts())
def test_what_is_shipped_and_shown_for_dhcp6_is_valid_for_kea_too(text: str, tmp_path: Path) -> None:
    require("kea-dhcp6")
    here = re.sub(r'"interface":\s*"[^"]*"', '"interface": "lo"', text)
    here = re.sub(r'"interfaces":\s*\[[^]]*\]', '"interfaces": ["lo"]', here)
    assert (ours(here, 6).reason, keas(here, 6, tmp_path).reason) == ("", "")


# Which shared objects lie on this machine is not what is compared.
EXAMPLES = sorted(Path("/usr/share/doc/kea/examples").glob("kea[46]/*.json"))


@pytest.mark.peer("kea")
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_examples_of_kea_s_documentation_are_as_valid_for_us(file: Path, tmp_path: Path) -> None:
    family = int(file.parent.name[-1])
    require(f"kea-dhcp{family}")
    text = re.sub(r'"interface":\s*"[^"]*"', '"interface": "lo"', file.read_text())
    text = re.sub(r'"interfaces":\s*\[[^]]*\]', '"interfaces": ["lo"]', text)
    reason = keas(text, family, tmp_path).reason
    assert bool(ours(text, family).reason) == (bool(reason) and "hooks libraries failed to validate" not in reason)
