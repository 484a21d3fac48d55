"""Write ``docs/reference/rows/*.rst``: each row of the specification and the tests that name it.

Run from the root of a checkout: ``PYTHONPATH=. python docs/rows.py``; ``make docs`` does. The pages are not kept in
the repository: they would change with every test.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from tests.support.rows import Row, areas, elsewhere, named, read

TARGET = Path("docs/reference/rows")


def _tests(row: Row, tests: dict[str, list[str]], reasons: dict[str, str]) -> str:
    if row.id not in tests:
        return f"*{reasons.get(row.id, 'none yet')}*"
    files = sorted({test.split("::")[0] for test in tests[row.id]})
    return ", ".join(f"``{name.removeprefix('tests/')}``" for name in files)


def _plain(text: str) -> str:
    """Escape what is markup outside of literals."""
    parts = text.split("``")
    return "``".join(part if index % 2 else re.sub(r"([*|_\\])", r"\\\1", part) for index, part in enumerate(parts))


def page(area: str, tests: dict[str, list[str]], reasons: dict[str, str]) -> str:
    """Return the page of one area."""
    rows = read(area)
    shown = sum(row.id in tests for row in rows)
    title = f"{area}: {shown} of {len(rows)} rows are named by tests"
    lines = [title, "=" * len(title), ""]
    for section, group in groupby(rows, lambda row: row.section):
        lines += [section, "-" * len(section), "", ".. list-table::", "   :header-rows: 1", "   :widths: 10 60 30", ""]
        lines += ["   * - Row", "     - Feature", "     - Tests"]
        for row in group:
            feature = _plain(row.feature)
            lines += [f"   * - {row.id}", f"     - {feature}", f"     - {_tests(row, tests, reasons)}"]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write all pages."""
    tests, reasons = named(), elsewhere()
    TARGET.mkdir(parents=True, exist_ok=True)
    for area in areas():
        (TARGET / f"{area}.rst").write_text(page(area, tests, reasons))
    listing = "\n".join(f"   {area}" for area in areas())
    (TARGET / "index.rst").write_text(f"Rows and tests\n==============\n\n.. toctree::\n\n{listing}\n")


if __name__ == "__main__":
    main()
