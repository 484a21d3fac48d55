"""`config-get` beside Kea's: the golden configurations, started for real, entry for entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.base.kea_json.parse import parse_text
from kea_twisted.config.parse import load_object
from kea_twisted.config.render import render
from kea_twisted.family import V4, V6
from tests.support.kea import Kea
from tests.support.namespaces import Link
from tests.support.requirements import require, require_namespaces

GOLDEN = Path(__file__).parents[2] / "golden/config"
ITS_OWN = ("control-socket", "data-directory")


def differences(ours: Any, keas: Any, path: str = "") -> Iterator[str]:
    """Yield where two configurations differ."""
    if isinstance(ours, dict) and isinstance(keas, dict):
        for key in sorted(ours.keys() | keas.keys()):
            if key not in keas:
                yield f"{path}/{key}: only ours has it"
            elif key not in ours:
                yield f"{path}/{key}: only Kea has it"
            else:
                yield from differences(ours[key], keas[key], f"{path}/{key}")
    elif isinstance(ours, list) and isinstance(keas, list) and len(ours) == len(keas):
        for index, pair in enumerate(zip(ours, keas, strict=True)):
            yield from differences(*pair, f"{path}[{index}]")
    elif ours != keas or type(ours) is not type(keas):
        yield f"{path}: ours {ours!r}, Kea's {keas!r}"


@pytest.mark.arm("V6-534")
@pytest.mark.peer("kea")
@pytest.mark.parametrize(
    "file", sorted(file for file in GOLDEN.glob("dhcp?-*.json") if ".get." not in file.name), ids=lambda file: file.stem
)
def test_config_get_is_that_of_kea(file: Path) -> None:
    family = V6 if file.name.startswith("dhcp6") else V4
    require(family.daemon)
    require_namespaces()
    inner = parse_text(file.read_text("latin-1"), file.name).value[family.root]
    inner = {key: value for key, value in inner.items() if key not in ITS_OWN}
    with Link("config") as link:
        server = Kea(family.number, link)
        try:
            server.start(inner)
            answer = server.control.ask("config-get")
            whole = server.complete(inner)
        finally:
            server.close()
    ours = render(load_object(whole, family).model)
    assert list(differences(ours, answer["arguments"])) == []
