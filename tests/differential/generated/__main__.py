"""Look for differences between Kea 2.2.0 and kea_twisted with random configurations and random clients.

    python -m tests.differential.generated FAMILY [--seed N] [--seeds N] [--steps M] [--minutes M] [--shrink]

FAMILY: 4, 6 or both. Without --seed the seeds 1, 2, … are tried until --seeds or --minutes are used up. A seed that
differs is printed with its differences and what to type to see it again; --shrink makes it as small as it can.
Needs root and Kea.
"""

from __future__ import annotations

import argparse
import json
import sys
import time

from tests.differential.generated.run import Conversations, Outcome
from tests.differential.generated.shrink import shrink
from tests.differential.pair import Pair


def show(family: int, outcome: Outcome, steps: int, whole: bool) -> None:
    """Print what is different, and how to see it again. whole: with configuration and messages."""
    print(f"\nfamily {family} seed {outcome.seed}: {len(outcome.differences)} differences", end="; ")
    print(f"again: python -m tests.differential.generated {family} --seed {outcome.seed} --steps {steps} --shrink")
    if whole:
        print(json.dumps(outcome.configuration))
        for row in outcome.leases:
            print(f"  leased: {' '.join(f'{name}={value}' for name, value in row.items())}")
        for each in outcome.acts:
            print(f"  {each.label}")
        for difference in outcome.accepted[:5]:
            print(f"  accepted: {difference}")
    for difference in outcome.differences[:12]:
        print(f"  {difference}")


def main() -> int:
    """Run, print, and return 1 if anything differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential.generated")
    parser.add_argument("family", choices=("4", "6", "both"))
    parser.add_argument("--seed", type=int, default=0, help="this one only")
    parser.add_argument("--first", type=int, default=1, help="the first of the seeds")
    parser.add_argument("--seeds", type=int, default=100, help="how many seeds a family")
    parser.add_argument("--steps", type=int, default=80, help="messages a seed")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so long, however many seeds that takes")
    parser.add_argument("--shrink", action="store_true", help="make what differs as small as possible")
    parser.add_argument("--verbose", action="store_true", help="say what is refused or accepted too")
    parser.add_argument("--rounds", type=int, default=400, help="how many tries --shrink may take")
    parser.add_argument("--most", type=int, default=20, help="stop after so many seeds that differ")
    options = parser.parse_args()
    families = (4, 6) if options.family == "both" else (int(options.family),)
    pairs = {family: Pair(family) for family in families}
    both = {family: Conversations(family, pair) for family, pair in pairs.items()}
    seeds = range(options.seed, options.seed + 1) if options.seed else None
    if seeds is None:
        seeds = range(options.first, options.first + (10**9 if options.minutes else options.seeds))
    started = told = time.monotonic()
    done = said = refused = lost = accepted = 0
    bad: list[str] = []
    try:
        for seed in seeds:
            for family in families:
                outcome = both[family].run(seed, options.steps)
                done += 1
                said += len(outcome.acts)
                refused += bool(outcome.refused)
                lost += bool(outcome.lost)
                accepted += bool(outcome.accepted)
                if outcome.refused and (options.seed or options.verbose):
                    print(f"both refuse the configuration: {outcome.refused}")
                if outcome.lost and (options.seed or options.verbose):
                    print(f"seed {seed}: {outcome.lost}")
                for each in outcome.accepted:
                    if options.verbose and each.field != "broadcast mac":
                        print(f"accepted: {each}")
                if outcome.differences:
                    bad.append(f"{family}:{seed}")
                    if options.shrink:
                        outcome = shrink(both[family], outcome, options.rounds)
                    show(family, outcome, options.steps, options.shrink or bool(options.seed))
            now = time.monotonic()
            if now - told > 10:
                told = now
                print(f"{now - started:.0f} s: seed {seed}, {said} messages, {len(bad)} seeds differ", flush=True)
            if len(bad) >= options.most or (options.minutes and now - started > options.minutes * 60):
                break
    finally:
        for pair in pairs.values():
            pair.close()
    print(
        f"{done} configurations ({refused} refused by both, {lost} under which Kea wavers or crashes), "
        f"{said} messages in {time.monotonic() - started:.0f} s; "
        f"{accepted} with accepted differences; {len(bad)} differ: {' '.join(bad) or 'none'}"
    )
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
