"""The Keas of the tests of client classes, one a family, started once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.differential.classes.oracle import Oracle


@pytest.fixture(scope="session")
def oracles() -> Iterator[dict[int, Oracle]]:
    made: dict[int, Oracle] = {}
    try:
        for family in (4, 6):
            made[family] = Oracle(family)
        yield made
    finally:
        for oracle in made.values():
            oracle.close()
