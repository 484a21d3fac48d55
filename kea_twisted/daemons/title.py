"""The name of this process in listings: scripts and monitors look for ``kea-dhcp4 … -c FILE``."""

from __future__ import annotations

from setproctitle import setproctitle


def set_title(title: str) -> None:
    """Show *title*; octets that are not UTF-8, as file names may have, are shown as question marks in a diamond."""
    setproctitle(title.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
