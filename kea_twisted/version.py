"""Which release this is, and which release of Kea it stands in for. Data, no logic."""

from __future__ import annotations

from typing import Final

KEA_VERSION: Final = "2.2.0"
"""What ``-v`` and the log lines at start say, because scripts and peers compare it."""

__version__: Final = "0.1.0"
"""The release of this package."""
