"""What ``-v``, ``-V`` and ``-W`` print, and version-get and build-report answer. CF-047..CF-050."""

from __future__ import annotations

import json
import platform
import ssl
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from kea_twisted.version import KEA_VERSION, __version__

_LIBRARIES: Final = ("twisted", "pydantic", "psycopg2-binary", "pymysql")
"""What is worth naming in a report about a running daemon, installed or not."""


def _installed(name: str) -> str:
    """Return the version of a distribution, or that it is missing."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def extended_version() -> str:
    """Return the text of ``-V``: its first line is the version that scripts compare."""
    lines = [
        KEA_VERSION,
        f"kea_twisted {__version__}",
        "linked with:",
        f"Python {platform.python_version()}",
        *(f"{name} {_installed(name)}" for name in _LIBRARIES[:2]),
        ssl.OPENSSL_VERSION,
        "database:",
        f"MySQL backend 14.0, library {_installed('pymysql')}",
        f"PostgreSQL backend 13.0, library {_installed('psycopg2-binary')}",
        "Memfile backend 2.1",
    ]
    return "\n".join(lines)


def build_report() -> str:
    """Return the text of ``-W``: what this installation is made of."""
    rows = [
        ("Name", "kea_twisted"),
        ("Version", f"{__version__}, standing in for Kea {KEA_VERSION}"),
        ("Python", sys.version.replace("\n", " ")),
        ("Executable", sys.executable),
        ("Platform", platform.platform()),
        ("Cryptography", ssl.OPENSSL_VERSION),
        *((f"Library {name}", _installed(name)) for name in _LIBRARIES),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}} : {value}" for name, value in rows)


def configuration_text(configuration: dict[str, Any]) -> bytes:
    """Return a configuration as the file that config-write makes; characters stand for octets."""
    return (json.dumps(configuration, indent=4, ensure_ascii=False) + "\n").encode("latin-1")
