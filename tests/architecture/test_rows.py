"""Every row of the specification is named by a test, and every name is that of a row."""

from __future__ import annotations

import re

import pytest

from tests.support.rows import areas, elsewhere, named, read


@pytest.fixture(scope="module")
def tests() -> dict[str, list[str]]:
    return named()


def test_tests_name_rows_that_there_are(tests: dict[str, list[str]]) -> None:
    known = {row.id for area in areas() for row in read(area)}
    prefixes = {name.split("-")[0] for name in known}
    strange = {name for name in tests if name not in known and name.split("-")[0] in prefixes}
    assert strange == set()
    assert all(re.fullmatch(r"[A-Z0-9]+-[A-Z]?\d+", name) for name in tests)


def test_a_row_that_a_test_names_is_not_elsewhere(tests: dict[str, list[str]]) -> None:
    assert set(elsewhere()) & set(tests) == set()


@pytest.mark.parametrize("area", areas())
def test_every_row_is_named_by_a_test_or_said_to_come_later(area: str, tests: dict[str, list[str]]) -> None:
    later = elsewhere()
    assert [row.id for row in read(area) if row.id not in tests and row.id not in later] == []
