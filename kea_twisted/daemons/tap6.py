"""What ``twistd kea-dhcp6`` calls: the command line and the service."""

from __future__ import annotations

from twisted.application.service import Service

from kea_twisted.daemons.dhcp6 import Options, Parts6
from kea_twisted.daemons.service import make_service

__all__ = ["Options", "makeService"]


def makeService(options: Options) -> Service:
    """Return the service that twistd runs."""
    return make_service(options, Parts6())
