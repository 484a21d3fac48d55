"""``twistd kea-dhcp4``: the DHCPv4 server as a twistd plugin."""

from __future__ import annotations

from twisted.application.service import ServiceMaker

kea_dhcp4 = ServiceMaker(
    "kea-dhcp4",
    "kea_twisted.daemons.tap4",
    "The Kea DHCPv4 server",
    "kea-dhcp4",
)
