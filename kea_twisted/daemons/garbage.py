"""When Python looks for objects that only refer to one another: rarely, and never among those that are there to stay.

What a configuration and the leases consist of stays. To look through a million leases whenever some thousands of
objects were made would stop service for a good part of a second.
"""

from __future__ import annotations

import gc

_THRESHOLDS = 20_000, 50, 1_000_000
"""Among new objects after that many were made, each 50th time among older ones, too. What stays is left to `tidy`."""


def relax() -> None:
    """Look seldom, and not among what is there already. For the beginning of a program, once all is imported."""
    gc.set_threshold(*_THRESHOLDS)
    keep()


def keep() -> None:
    """Look no more among what is there, until `tidy` does. For when a server begins, and has made what is to stay."""
    gc.freeze()


def tidy() -> None:
    """Look everywhere once, after a configuration came and perhaps another one went."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
