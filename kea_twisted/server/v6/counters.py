"""The statistics that the DHCPv6 server counts of packets. ARM dhcp6-stats.

Those of leases are counted where leases are written: :mod:`kea_twisted.alloc.store6`.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.wire.v6 import (
    ADVERTISE,
    CONFIRM,
    DECLINE,
    DHCPV4_QUERY,
    DHCPV4_RESPONSE,
    INFORMATION_REQUEST,
    REBIND,
    RECONFIGURE,
    RELEASE,
    RENEW,
    REPLY,
    REQUEST,
    SOLICIT,
)

RECEIVED: Final = {
    SOLICIT: "pkt6-solicit-received",
    ADVERTISE: "pkt6-advertise-received",
    REQUEST: "pkt6-request-received",
    CONFIRM: "pkt6-confirm-received",
    RENEW: "pkt6-renew-received",
    REBIND: "pkt6-rebind-received",
    REPLY: "pkt6-reply-received",
    RELEASE: "pkt6-release-received",
    DECLINE: "pkt6-decline-received",
    RECONFIGURE: "pkt6-reconfigure-received",
    INFORMATION_REQUEST: "pkt6-infrequest-received",
    DHCPV4_QUERY: "pkt6-dhcpv4-query-received",
    DHCPV4_RESPONSE: "pkt6-dhcpv4-response-received",
}
SENT: Final = {
    ADVERTISE: "pkt6-advertise-sent",
    REPLY: "pkt6-reply-sent",
    DHCPV4_RESPONSE: "pkt6-dhcpv4-response-sent",
}
