"""The columns of Kea's DHCPv6 lease file. The kinds of text are those of :mod:`.v4`, but address is an IPv6 address."""

from __future__ import annotations

from typing import Final

from kea_twisted.leases.column import Column, Schema

SCHEMA6: Final = Schema(
    (
        Column("address", "1.0", "address", "address", "", "the leased address or first of the prefix; LE-062"),
        Column("duid", "1.0", "octets", "duid", "", "1 to 128 octets; the one octet 00 stands for none; LE-062"),
        Column("valid_lifetime", "1.0", "count", "valid_lifetime", "", "seconds; 0 removes the lease; LE-063, LE-064"),
        Column("expire", "1.0", "time", "cltt", "", "cltt + valid_lifetime; LE-063"),
        Column("subnet_id", "1.0", "count", "subnet_id", "", "subnet identifier; LE-062"),
        Column("pref_lifetime", "1.0", "count", "preferred_lifetime", "", "seconds; LE-062"),
        Column("lease_type", "1.0", "count", "lease_type", "", "0 IA_NA, 1 IA_TA, 2 IA_PD; LE-062"),
        Column("iaid", "1.0", "count", "iaid", "", "identity association; LE-062"),
        Column("prefix_len", "1.0", "count", "prefix_length", "", "128 for addresses; LE-062"),
        Column("fqdn_fwd", "1.0", "flag", "fqdn_fwd", "", "forward DNS update done; LE-062"),
        Column("fqdn_rev", "1.0", "flag", "fqdn_rev", "", "reverse DNS update done; LE-062"),
        Column("hostname", "1.0", "text", "hostname", "", "host name; LE-062"),
        Column("hwaddr", "2.0", "octets", "hwaddr", "", "link-layer address, up to 20 octets; LE-060"),
        Column("state", "3.0", "count", "state", "0", "0 default, 1 declined, 2 expired-reclaimed; LE-060, LE-065"),
        Column("user_context", "3.1", "json", "user_context", "", "JSON map or nothing; LE-060"),
        Column("hwtype", "4.0", "count", "hwtype", "", "hardware type; nothing without hwaddr; LE-060"),
        Column("hwaddr_source", "4.0", "count", "hwaddr_source", "", "where hwaddr came from, a bit mask; LE-060"),
    )
)
"""LE-060, LE-062; versions as Kea 2.2.0 reports them."""
