"""Print every difference between Kea 2.2.0 and kea_twisted, case by case.

    python -m tests.differential [4|6] [case-name-pattern] [--kea] [--raw]

--kea: run Kea alone, to see that the cases work. Needs root and Kea.
"""

from __future__ import annotations

import argparse
import re
import time

from tests.differential.case import cases
from tests.differential.pair import Pair, Side
from tests.support.kea import Kea


def main() -> None:
    """Run the chosen cases and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential")
    parser.add_argument("family", type=int, choices=(4, 6))
    parser.add_argument("pattern", nargs="?", default="")
    parser.add_argument("--kea", action="store_true")
    options = parser.parse_args()
    chosen = [each for each in cases(options.family) if re.search(options.pattern, each.name)]
    started = time.monotonic()
    if options.kea:
        side = Side(Kea, options.family)
        try:
            for each in chosen:
                record = side.run(each)
                silent = sum(step.view is None and step.command is None for step in record.steps)
                print(
                    f"{each.name}: {len(record.steps)} steps, {silent} silent, {len(record.rows)} rows {record.error}"
                )
                for request in record.requests:
                    print(f"  {request}")
        finally:
            side.close()
    else:
        pair = Pair(options.family)
        bad = 0
        try:
            for each in chosen:
                differences = pair.run(each)
                bad += bool(differences)
                print(f"== {each.name}: {len(differences) or 'no'} differences")
                for difference in differences:
                    print(f"  {difference}")
        finally:
            pair.close()
        print(f"{bad} of {len(chosen)} cases differ")
    print(f"{len(chosen)} cases in {time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    main()
