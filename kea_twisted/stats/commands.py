"""The ten statistic commands: a registry and arguments in, an answer out. ARM command-stats.

Not here: who calls them; the dispatcher takes STATISTIC_COMMANDS. CommandError never leaves here: it is the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kea_twisted.errors import CommandError
from kea_twisted.stats.answers import render
from kea_twisted.stats.registry import Observation, Statistics

Answer = dict[str, object]
Command = Callable[[Statistics, object, float], Answer]


def _done(text: str) -> Answer:
    return {"result": 0, "text": text}


def _argument(arguments: object, name: str) -> object:
    """Return a mandatory argument."""
    if arguments is not None and not isinstance(arguments, dict):
        raise CommandError("The arguments must be a map.")
    if not arguments or name not in arguments:
        raise CommandError(f"Missing mandatory '{name}' parameter.")
    value: object = arguments[name]
    return value


def _name(arguments: object) -> str:
    """Return the argument that names a statistic."""
    name = _argument(arguments, "name")
    if not isinstance(name, str):
        raise CommandError("'name' parameter expected to be a string.")
    return name


def _number(arguments: object, name: str, least: int) -> int:
    """Return an integer argument. Kea crashes on negative ones; here they are refused. ST-033."""
    value = _argument(arguments, name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise CommandError(f"'{name}' parameter expected to be an integer.")
    if value == 0 and least > 0:
        raise CommandError(f"'{name}' parameter must not be zero")
    if value < least:
        raise CommandError(f"'{name}' parameter must not be negative")
    return value


def _observation(statistics: Statistics, name: str) -> Observation:
    """Return a statistic that has to be there."""
    found = statistics.observations.get(name)
    if found is None:
        raise CommandError(f"No '{name}' statistic found")
    return found


def statistic_get(statistics: Statistics, arguments: object, _now: float) -> Answer:
    """Return the samples of one statistic; none if it is unknown. ST-022."""
    found = statistics.observations.get(_name(arguments))
    return {"result": 0, "arguments": render((found,) if found else ())}


def statistic_get_all(statistics: Statistics, _arguments: object, _now: float) -> Answer:
    """Return the samples of all statistics. ST-026."""
    return {"result": 0, "arguments": render(statistics.observations.values())}


def statistic_reset(statistics: Statistics, arguments: object, now: float) -> Answer:
    """Set one statistic to its neutral value. ST-024."""
    name = _name(arguments)
    _observation(statistics, name).reset(now)
    return _done(f"Statistic '{name}' reset.")


def statistic_reset_all(statistics: Statistics, _arguments: object, now: float) -> Answer:
    """Set all statistics to their neutral values. ST-027."""
    for observation in statistics.observations.values():
        observation.reset(now)
    return _done("All statistics reset to neutral values.")


def statistic_remove(statistics: Statistics, arguments: object, _now: float) -> Answer:
    """Remove one statistic until it is counted again. ST-025."""
    name = _name(arguments)
    if not statistics.remove(name):
        raise CommandError(f"No '{name}' statistic found")
    return _done(f"Statistic '{name}' removed.")


def statistic_remove_all(statistics: Statistics, _arguments: object, _now: float) -> Answer:
    """Remove all statistics until they are counted again. ST-028."""
    for name in list(statistics.observations):
        statistics.remove(name)
    return _done("Warning: statistic-remove-all command is deprecated. All statistics removed.")


def statistic_sample_age_set(statistics: Statistics, arguments: object, now: float) -> Answer:
    """Limit the samples of one statistic by age. ST-029."""
    name = _name(arguments)
    age = _number(arguments, "duration", 0)
    _observation(statistics, name).limit_age(age, now, statistics.most)
    return _done(f"Statistic '{name}' duration limit is set.")


def statistic_sample_age_set_all(statistics: Statistics, arguments: object, now: float) -> Answer:
    """Limit the samples of all statistics by age, and of those to come. ST-030."""
    age = _number(arguments, "duration", 0)
    statistics.limit_age(age, now)
    return _done("All statistics duration limit are set.")


def statistic_sample_count_set(statistics: Statistics, arguments: object, _now: float) -> Answer:
    """Limit the samples of one statistic by number. Kea accepts 0 and cannot show that statistic any more. ST-031."""
    name = _name(arguments)
    count = _number(arguments, "max-samples", 1)
    _observation(statistics, name).limit_count(count, statistics.most)
    return _done(f"Statistic '{name}' count limit is set.")


def statistic_sample_count_set_all(statistics: Statistics, arguments: object, _now: float) -> Answer:
    """Limit the samples of all statistics by number, and of those to come. ST-032."""
    count = _number(arguments, "max-samples", 1)
    statistics.limit_count(count)
    return _done("All statistics count limit are set.")


def _answering(command: Command) -> Command:
    """Return *command* with its errors as answers."""

    def answer(statistics: Statistics, arguments: object, now: float) -> Answer:
        try:
            return command(statistics, arguments, now)
        except CommandError as error:
            return {"result": error.result, "text": error.text}

    answer.__doc__ = command.__doc__
    return answer


STATISTIC_COMMANDS: Final[dict[str, Command]] = {
    "statistic-get": _answering(statistic_get),
    "statistic-get-all": _answering(statistic_get_all),
    "statistic-remove": _answering(statistic_remove),
    "statistic-remove-all": _answering(statistic_remove_all),
    "statistic-reset": _answering(statistic_reset),
    "statistic-reset-all": _answering(statistic_reset_all),
    "statistic-sample-age-set": _answering(statistic_sample_age_set),
    "statistic-sample-age-set-all": _answering(statistic_sample_age_set_all),
    "statistic-sample-count-set": _answering(statistic_sample_count_set),
    "statistic-sample-count-set-all": _answering(statistic_sample_count_set_all),
}
"""By name; what the DHCP servers answer. ST-020."""
