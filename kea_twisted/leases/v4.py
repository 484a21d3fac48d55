"""The columns of Kea's DHCPv4 lease file.

Kinds of text: address: dotted quad · octets: ``01:0a:ff`` or nothing · count: decimal, 32 bits unsigned · time: decimal
seconds of the epoch · flag: 0 or 1 · text: as it is, but ``,`` ``&`` and line ends as ``&#xhh`` · json: a JSON map,
escaped like text.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.leases.column import Column, Schema

SCHEMA4: Final = Schema(
    (
        Column("address", "1.0", "address", "address", "", "the leased address; LE-061"),
        Column("hwaddr", "1.0", "octets", "hwaddr", "", "link-layer address, up to 20 octets; LE-061"),
        Column("client_id", "1.0", "octets", "client_id", "", "client identifier, 2 to 128 octets; LE-061"),
        Column("valid_lifetime", "1.0", "count", "valid_lifetime", "", "seconds; 0 removes the lease; LE-063, LE-064"),
        Column("expire", "1.0", "time", "cltt", "", "cltt + valid_lifetime; LE-063"),
        Column("subnet_id", "1.0", "count", "subnet_id", "", "subnet identifier; LE-061"),
        Column("fqdn_fwd", "1.0", "flag", "fqdn_fwd", "", "forward DNS update done; LE-061"),
        Column("fqdn_rev", "1.0", "flag", "fqdn_rev", "", "reverse DNS update done; LE-061"),
        Column("hostname", "1.0", "text", "hostname", "", "lower case; LE-061"),
        Column("state", "2.0", "count", "state", "0", "0 default, 1 declined, 2 expired-reclaimed; LE-060, LE-065"),
        Column("user_context", "2.1", "json", "user_context", "", "JSON map or nothing; LE-060"),
    )
)
"""LE-060, LE-061; versions as Kea 2.2.0 reports them."""
