"""Leases that are in the lease file before a conversation begins: in force, ended, reclaimed, declined, astray."""

from __future__ import annotations

from collections.abc import Sequence

from tests.differential.generated.dice import Dice

COLUMNS = {
    4: (
        *("address", "hwaddr", "client_id", "valid_lifetime", "expire", "subnet_id", "fqdn_fwd", "fqdn_rev"),
        *("hostname", "state", "user_context"),
    ),
    6: (
        *("address", "duid", "valid_lifetime", "expire", "subnet_id", "pref_lifetime", "lease_type", "iaid"),
        *("prefix_len", "fqdn_fwd", "fqdn_rev", "hostname", "hwaddr", "state", "user_context", "hwtype"),
        "hwaddr_source",
    ),
}
"""Of Kea's lease file."""

DEFAULT, DECLINED, RECLAIMED = range(3)
Row = dict[str, object]
"""A lease by column; `expire` in seconds from now."""


def life(dice: Dice, valid: int) -> Row:
    """Return the state of a lease and when it ends, never such that it depends on a second."""
    state = dice.weighted({"young": 2, "old": 5, "ended": 4, "reclaimed": 2, "declined": 1, "declined once": 1})
    ago = dice.choice((117, 5017, 90017))
    if state == "young":
        return {"valid_lifetime": valid, "expire": valid, "state": DEFAULT}
    if state == "old":
        return {"valid_lifetime": valid, "expire": valid - dice.choice((1, 2, 3)) * valid // 4 + 17, "state": DEFAULT}
    if state in ("ended", "reclaimed"):
        return {"valid_lifetime": valid, "expire": -ago, "state": DEFAULT if state == "ended" else RECLAIMED}
    return {"valid_lifetime": 86400, "expire": 50017 if state == "declined" else -ago, "state": DECLINED}


def named(dice: Dice, names: Sequence[str]) -> Row:
    """Return the name of a lease, and what DNS knows of it."""
    if dice.chance(0.6):
        return {"hostname": "", "fqdn_fwd": 0, "fqdn_rev": 0}
    return {"hostname": dice.choice(names), "fqdn_fwd": dice.randrange(2), "fqdn_rev": dice.randrange(2)}


def text(family: int, rows: Sequence[Row], now: int) -> str:
    """Return a lease file."""
    lines = [",".join(COLUMNS[family])]
    for row in rows:
        whole = {**row, "expire": now + int(str(row["expire"]))}
        lines.append(",".join(str(whole.get(name, "")) for name in COLUMNS[family]))
    return "\n".join(lines) + "\n"
