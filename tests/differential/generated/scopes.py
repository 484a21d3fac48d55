"""What the random configurations of both families have in common: lifetimes, name parameters, reservation flags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.differential.generated.dice import Dice
from tests.support.kea import Json

Entry = tuple[str, int, tuple[str, ...]]
"""Name and code of an option, and data that it may have."""

FLAGS = ("reservations-global", "reservations-in-subnet", "reservations-out-of-pool")
OCTETS = {
    "unicast": "20010DB8000100000000000000000001",
    "dns-servers": "20010db8000000000000000000000053",
    "sntp-servers": "'sixteen octets..'",
    "nis-servers": "2001 0db8 0000 0000 0000 0000 0000 0007",
    "domain-search": "03 61 62 63 00",
    "sip-server-dns": "0361626300",
    "aftr-name": "0x0361626300",
    "bootfile-param": "0001 61 0002 6263",
    "rdnss-selection": "",
    "words": "01610001620000",
    "pairs": "",
    "nets": "",
    "uap-servers": "",
}
"""Octets of options for which not any will do; empty where they are not worth writing."""
SUFFIXES = ("", "example.org", "example.org.", "b.example")


def lifetimes(dice: Dice, name: str, usual: int) -> Json:
    """Return a lifetime near *usual*, with bounds or without. *name*: such as `valid-lifetime`.

    Values of all scopes of a configuration fit between the bounds of all others, or the configuration would be refused.
    """
    middle = dice.choice((usual, usual * 3 // 4, usual * 3 // 2))
    if dice.chance(0.5):
        return {name: middle}
    lower, upper = dice.choice((usual // 2, usual * 2 // 3)), dice.choice((usual * 2, usual * 5 // 3))
    whole = {f"min-{name}": lower, name: middle, f"max-{name}": upper}
    chosen = dice.some(tuple(whole), 3, 3 if dice.chance(0.7) else 1)
    if len(chosen) == 2 and name not in chosen:
        chosen.append(name)  # both bounds want what lies between them
    return {key: whole[key] for key in chosen}


def timers(dice: Dice) -> Json:
    """Return T1, T2 and what they are calculated from."""
    found: Json = {}
    if dice.chance(0.4):
        found["renew-timer"] = dice.choice((100, 300, 900, 1000))
    if dice.chance(0.4):
        found["rebind-timer"] = dice.choice((1000, 1500, 2000, 6000))
    if dice.chance(0.3):
        found["calculate-tee-times"] = dice.chance(0.7)
        if dice.chance(0.5):
            found["t1-percent"], found["t2-percent"] = dice.choice(((0.2, 0.6), (0.45, 0.7), (0.5, 0.8)))
    return found


def names(dice: Dice) -> Json:
    """Return parameters about the names of clients."""
    found: Json = {}
    if dice.chance(0.3):
        found["ddns-send-updates"] = dice.chance(0.7)
    if dice.chance(0.3):
        found["ddns-override-no-update"] = dice.chance(0.5)
    if dice.chance(0.3):
        found["ddns-override-client-update"] = dice.chance(0.5)
    if dice.chance(0.5):
        found["ddns-replace-client-name"] = dice.choice(("never", "always", "when-present", "when-not-present"))
    if dice.chance(0.3):
        found["ddns-generated-prefix"] = dice.choice(("host", "my", "x-y"))
    if dice.chance(0.5):
        found["ddns-qualifying-suffix"] = dice.choice(SUFFIXES)
    if dice.chance(0.3):
        found["hostname-char-set"] = dice.choice(("[^A-Za-z0-9.-]", "[^a-z]", "[xyz]", ""))
        if dice.chance(0.7):
            found["hostname-char-replacement"] = dice.choice(("", "x", "-", "zz"))
    if dice.chance(0.2):
        found["ddns-update-on-renew"] = dice.chance(0.5)
    if dice.chance(0.2):
        found["ddns-use-conflict-resolution"] = dice.chance(0.4)
    return found


def caching(dice: Dice) -> Json:
    """Return when leases are reused unchanged; never such that it depends on a second."""
    found: Json = {}
    if dice.chance(0.6):
        found["cache-threshold"] = dice.choice((0.25, 0.5, 0.75, 0.9))
    if dice.chance(0.4):
        found["cache-max-age"] = dice.choice((0, 300, 10000))
    return found


def reservation_flags(dice: Dice) -> Json:
    """Return which reservations are used, in the new way or the old one."""
    if dice.chance(0.2):
        return {"reservation-mode": dice.choice(("all", "out-of-pool", "global", "disabled"))}
    return {flag: dice.chance(0.5) for flag in dice.some(FLAGS, 3, 1)}


def option_data(dice: Dice, entries: Sequence[Entry], space: str, most: int = 3) -> list[Json]:
    """Return `option-data` of different options, in all ways to write it."""
    found = []
    for name, code, data in dice.some(entries, most, 1):
        entry: Json = {"data": dice.choice(data)}
        if dice.chance(0.5):
            entry["name"] = name
        else:
            entry["code"] = code
            if dice.chance(0.3):
                entry["name"] = name
        if dice.chance(0.2):
            entry["space"] = space
        if dice.chance(0.25):
            entry["always-send"] = dice.chance(0.8)
        if dice.chance(0.05):
            octets = OCTETS.get(name) or dice.choice(("0a0b0c0d", "0A 0B 0C 0D", "'abcd'", "0x01020304"))
            if name not in OCTETS or OCTETS[name]:
                entry.update({"csv-format": False, "data": octets})
        found.append(entry)
    return found


def put(dice: Dice, scope: Json, probability: float, more: Any) -> None:
    """Add the entries that the function *more* makes to *scope*, with *probability*."""
    if dice.chance(probability):
        scope.update(more(dice))
