"""``twistd kea-dhcp6``: the DHCPv6 server as a twistd plugin."""

from __future__ import annotations

from twisted.application.service import ServiceMaker

kea_dhcp6 = ServiceMaker(
    "kea-dhcp6",
    "kea_twisted.daemons.tap6",
    "The Kea DHCPv6 server",
    "kea-dhcp6",
)
