"""Every scenario file holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.scenario import Scenario, ScenarioError, read, run

HERE = Path(__file__).parent


def _all() -> list[object]:
    found = []
    for path in sorted(HERE.glob("v[46]/*.scn")):
        scenario = read(path)
        marks = [pytest.mark.arm(row) for row in scenario.rows]
        found.append(pytest.param(scenario, id=f"{path.parent.name}/{path.stem}", marks=marks))
    return found


@pytest.mark.parametrize("scenario", _all())
def test_scenario(scenario: Scenario) -> None:
    run(scenario)


def test_a_scenario_that_does_not_hold_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "v4").mkdir()
    path = tmp_path / "v4" / "wrong.scn"
    path.write_text('CONFIG\n{"subnet4": []}\nEND\nSEND DISCOVER client=1\nEXPECT OFFER yiaddr=192.0.2.10\n')
    with pytest.raises(ScenarioError, match=r"wrong\.scn:5: expected an answer"):
        run(read(path))
