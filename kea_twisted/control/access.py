"""Access classes of commands: what merely reads, and what may change something. Access control works from them."""

from __future__ import annotations

from enum import Enum


class Access(Enum):
    """Whether a command only reads or may write; a command of which nothing is known writes."""

    READ = "read"
    WRITE = "write"


READ = Access.READ
WRITE = Access.WRITE
