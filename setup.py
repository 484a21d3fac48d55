"""Build the package, and the twistd plugins beside it.

The plugins live in ``twisted/plugins`` without ``__init__.py``: that folder belongs to Twisted, and a package of ours
there would hide its own. They are named here one by one because no automatic discovery may claim ``twisted``.

With ``KEA_TWISTED_COMPILE=1`` in the environment the modules on the way of a packet are compiled with mypyc: the same
source, in half the processor time (docs/adr/0011 has the figures). That needs a C compiler and mypy at build time.
"""

from __future__ import annotations

import os
from glob import glob

from setuptools import find_packages, setup

COMPILED = [
    "kea_twisted/wire/packet.py",
    "kea_twisted/wire/frame.py",
    "kea_twisted/wire/v4.py",
    "kea_twisted/wire/v6.py",
    "kea_twisted/alloc/allocators/iterative.py",
    "kea_twisted/alloc/engine.py",
    "kea_twisted/alloc/v4.py",
    "kea_twisted/alloc/v6.py",
    "kea_twisted/alloc/store6.py",
    "kea_twisted/server/counters.py",
    "kea_twisted/server/dhcp_server.py",
    "kea_twisted/server/exchange.py",
    "kea_twisted/server/outcome.py",
    "kea_twisted/server/pipeline.py",
    "kea_twisted/server/procedure.py",
    "kea_twisted/server/reception.py",
    "kea_twisted/server/reply_options.py",
    "kea_twisted/server/reservations.py",
    "kea_twisted/server/scopes.py",
    "kea_twisted/server/selection.py",
    "kea_twisted/server/sending.py",
    "kea_twisted/server/turns.py",
    *sorted(path for path in glob("kea_twisted/server/v[46]/*.py") if not path.endswith("__init__.py")),
]
"""What is compiled: where a packet spends its time. Everything else waits for sockets, people or files."""


def extensions() -> list[object]:
    """Return the extension modules, none unless the environment asks for them."""
    if os.environ.get("KEA_TWISTED_COMPILE", "") in ("", "0"):
        return []
    from mypyc.build import mypycify

    return list(mypycify([*COMPILED], opt_level="3"))


setup(
    packages=[*find_packages(include=["kea_twisted", "kea_twisted.*"]), "twisted.plugins"],
    ext_modules=extensions(),
)
