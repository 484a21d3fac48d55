"""Statistics in command answers: ``[[value, "YYYY-MM-DD HH:MM:SS.ffffff"], ...]``, newest first. ST-017."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from kea_twisted.stats.registry import Observation, Value

Rendered = list[list[int | float | str]]


def render_value(value: Value) -> int | float | str:
    """Return *value* as JSON has it; a duration is ``HH:MM:SS.ffffff``. ST-018."""
    if isinstance(value, timedelta):
        microseconds = round(value / timedelta(microseconds=1))
        seconds, fraction = divmod(abs(microseconds), 1_000_000)
        sign = "-" if microseconds < 0 else ""
        text = f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        return f"{text}.{fraction:06d}" if fraction else text
    return value


def render_time(seconds: float, memo: dict[int, str]) -> str:
    """Return local time with microseconds. memo: texts of whole seconds, for one answer. ST-019."""
    whole, fraction = divmod(int(seconds * 1_000_000), 1_000_000)
    text = memo.get(whole)
    if text is None:
        text = memo[whole] = datetime.fromtimestamp(whole).isoformat(" ")
    return f"{text}.{fraction:06d}"


def render(observations: Iterable[Observation]) -> dict[str, Rendered]:
    """Return the samples of *observations* by name, in the order of names."""
    memo: dict[int, str] = {}
    return {
        observation.name: [[render_value(value), render_time(when, memo)] for value, when in observation.newest_first()]
        for observation in sorted(observations, key=_name)
    }


def _name(observation: Observation) -> str:
    return observation.name
