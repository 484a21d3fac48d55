"""Checks that the global scope, shared networks, subnets and classes have in common: lifetimes, timers, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kea_twisted.base.posix_regex import to_python
from kea_twisted.config.build_context import Building
from kea_twisted.config.inherit import FLAGS, Values
from kea_twisted.config.problems import Path
from kea_twisted.config.section import keyword

_TIMERS: Final = ("renew_timer", "rebind_timer")
_TEE: Final = ("calculate_tee_times", "t1_percent", "t2_percent")


def check_scope(building: Building, scope: Any, values: Values, path: Path, heirs: Iterable[Any] | None = None) -> None:
    """Note contradictions among the parameters of one scope.

    Only parameters that *scope* sets itself are looked at, together with what it inherited, so that a mistake above is
    reported once. heirs: for the global scope, the scopes right below it; timers are only wrong where one of them
    takes them as they are.
    """
    whole = heirs is not None
    stored = scope.__dict__
    problems = building.problems
    for kind in ("valid", "preferred") if building.family.number == 6 else ("valid",):
        names = (f"min_{kind}_lifetime", f"{kind}_lifetime", f"max_{kind}_lifetime")
        if whole or any(stored[name] is not None for name in names):
            check_lifetime(building, [(name, values[name]) for name in names], scope, path)
    if _counts(_TIMERS, stored, heirs):
        t1, t2 = values["renew_timer"], values["rebind_timer"]
        if t1 is not None and t2 is not None and t1 > t2:
            where = "renew-timer" if stored["renew_timer"] is not None else "rebind-timer"
            problems.add((*path, where), f"the value of renew-timer ({t1}) is greater than that of rebind-timer ({t2})")
    if values["calculate_tee_times"] and _counts(_TEE, stored, heirs):
        _check_tee(building, scope, values, path)
    if stored["reservation_mode"] is not None and any(stored[name] is not None for name in FLAGS):
        words = ", ".join(keyword(name) for name in FLAGS)
        problems.add((*path, "reservation-mode"), f"reservation-mode cannot be used together with {words}")
    pattern = stored["hostname_char_set"]
    if pattern is not None:
        try:
            re.compile(to_python(pattern))
        except re.error as error:
            message = f"hostname-char-set '{pattern}' is not a valid regular expression: {error}"
            problems.add((*path, "hostname-char-set"), message)


def _counts(names: Sequence[str], stored: Mapping[str, Any], heirs: Iterable[Any] | None) -> bool:
    """Return whether a scope has to answer for parameters: it sets one, or, if it is global, an heir sets none."""
    if heirs is None:
        return any(stored[name] is not None for name in names)
    return any(all(getattr(heir, name) is None for name in names) for heir in heirs)


def check_lifetime(building: Building, bounds: list[tuple[str, int | None]], scope: Any, path: Path) -> None:
    """Note bounds that are not in order. bounds: names and values of minimum, default and maximum."""
    (low_name, low), (name, default), (high_name, high) = bounds
    word, low_word, high_word = keyword(name), keyword(low_name), keyword(high_name)
    message = ""
    if low is not None and high is not None and low > high:
        message = f"the value of {low_word} ({low}) is not less than {high_word} ({high})"
    elif default is None:
        return
    elif low is not None and low > default:
        message = f"the value of {low_word} ({low}) is not less than (default) {word} ({default})"
    elif high is not None and default > high:
        message = f"the value of (default) {word} ({default}) is not less than {high_word} ({high})"
    if message:
        own = next((keyword(each) for each, _ in bounds if getattr(scope, each) is not None), word)
        building.problems.add((*path, own), message)


def _check_tee(building: Building, scope: Any, values: Values, path: Path) -> None:
    """Note fractions that are none, or not in order."""
    fractions = [(name, values[name]) for name in ("t1_percent", "t2_percent")]
    for name, value in fractions:
        if not 0.0 < value < 1.0:
            word = keyword(name)
            building.problems.add((*path, word), f"{word} {value} must be greater than 0.0 and less than 1.0")
            return
    t1, t2 = values["t1_percent"], values["t2_percent"]
    if t1 >= t2:
        where = "t2-percent" if scope.t2_percent is not None and scope.t1_percent is None else "t1-percent"
        building.problems.add((*path, where), f"t1-percent {t1} must be less than t2-percent {t2}")
