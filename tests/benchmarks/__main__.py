"""Print the figures, Kea's beside ours; and of the compiled build, where `make compile` has made one.

    python -m tests.benchmarks [cpu] [rate] [leases] [large] [heavy] [-4] [-6]

The heavy configuration has 100 classes, 50 custom options and 3,000 reservations.

Needs root, Kea and perfdhcp (`make test-deps`). All parts together take about ten minutes; name some for less.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from tests.benchmarks import measures
from tests.support.kea import Kea
from tests.support.ours import Compiled, Ours
from tests.support.requirements import find

PARTS = ("cpu", "rate", "leases", "large", "heavy")


BOTH_KINDS = ("-e", "address-and-prefix")
"""Switches of perfdhcp: each client wants an address and a prefix."""

KINDS = (Kea, Ours, Compiled) if (Compiled.folder / "bin" / "kea-dhcp4").exists() else (Kea, Ours)


def row(name: str, unit: str, figures: Sequence[float], more_is_better: bool = False) -> None:
    """Print one line: Kea's figure, then each of ours with its ratio, which is above 1 if ours is the better."""
    kea = figures[0]
    ratios = [figure / kea if more_is_better else kea / figure for figure in figures[1:]]
    ours = " ".join(f"{figure:>10.1f} {ratio:>6.2f}" for figure, ratio in zip(figures[1:], ratios, strict=True))
    print(f"{name:<58} {kea:>10.1f} {ours}  {unit}", flush=True)


def measured(name: str, measure: Callable[..., float], *arguments: object) -> float:
    """Return the figure, or nan with a line on stderr if the server failed."""
    try:
        return measure(*arguments)
    except Exception as error:
        print(f"{name}: {type(error).__name__}: {str(error)[-1500:]}", file=sys.stderr)
        return float("nan")


def main() -> None:
    """Measure the chosen parts and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("parts", nargs="*", metavar="part", help=" ".join(PARTS))
    parser.add_argument("-4", dest="four", action="store_true", help="DHCPv4 only")
    parser.add_argument("-6", dest="six", action="store_true", help="DHCPv6 only")
    options = parser.parse_args()
    missing = [name for name in ("kea-dhcp4", "kea-dhcp6", "perfdhcp", "ip") if find(name) is None]
    if missing or os.geteuid() != 0:
        sys.exit(f"needs root and {', '.join(missing) or 'network namespaces'}: run `make test-deps`, then as root")
    parts = options.parts or PARTS
    families = [4] if options.four else [6] if options.six else [4, 6]
    print(f"{'':<58} {'Kea 2.2.0':>10} " + " ".join(f"{kind.name:>10} {'ratio':>6}" for kind in KINDS[1:]))
    for family in families:
        v = f"DHCPv{family}"
        exchange = "DORA, relayed, raw sockets" if family == 4 else "SARR, IA_NA"

        def both(name: str, unit: str, measure: Callable[..., float], *rest: object, more: bool = False) -> None:
            row(name, unit, [measured(name, measure, kind, *rest) for kind in KINDS], more)

        def cpu_us(kind: measures.Kind, *rest: object) -> float:
            return measures.cpu(kind, *rest).cpu_us  # type: ignore[arg-type]

        loads = [(exchange, ())] if family == 4 else [(exchange, ()), ("IA_NA and IA_PD", BOTH_KINDS)]
        heavy = measures.heavy(family)
        for what, switches in loads:
            if "cpu" in parts:
                both(f"{v} CPU of one exchange at 4,000/s ({what})", "µs", cpu_us, family, None, *switches)
            if "heavy" in parts:
                both(f"{v} heavy configuration ({what})", "µs", cpu_us, family, heavy, *switches)
        if "heavy" in parts:
            both(f"{v} heavy, exchanges/s, at most 0.5 % lost", "/s", measures.lossless, family, heavy, more=True)
        if "large" in parts:
            large = measures.large(family)
            both(f"{v} config-test, 10,000 subnets and reservations", "s", measures.config_test, family, large)
            both(f"{v} CPU of one exchange with it at 4,000/s", "µs", cpu_us, family, large)
        if "leases" in parts:
            name = f"{v} a million leases"
            try:
                figures = [measures.load_leases(kind, family) for kind in KINDS]
                row(f"{name}, until served", "s", [seconds for seconds, _ in figures])
                row(f"{name}, resident", "MiB", [memory for _, memory in figures])
            except Exception as error:
                print(f"{name}: {error}", file=sys.stderr)
        if "rate" in parts:
            both(f"{v} exchanges/s, at most 0.5 % lost", "/s", measures.lossless, family, more=True)


if __name__ == "__main__":
    main()
