"""Which leases DHCPv6 clients get: reservations, networks, classes, names. The answers are those of Kea 2.2.0."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kea_twisted.base.labels import pack_name
from kea_twisted.wire import v6
from tests.support.packets import duid, ia_na, ia_pd, iaaddr, iaprefix, mac, oro, query6, relayed6, tlv6, u32
from tests.support.server6 import Server6, leased, statuses

NA, PD = ia_na(1), ia_pd(1)
T = "3000 4000"


def subnet(number: int = 1, last: int = 0x12, **rest: Any) -> dict[str, Any]:
    """Return subnet *number*, with a pool from ::10 to ::last."""
    return {
        "id": number,
        "subnet": f"2001:db8:{number}::/64",
        "pools": [{"pool": f"2001:db8:{number}::10-2001:db8:{number}::{last:x}"}],
        **{key.replace("_", "-"): value for key, value in rest.items()},
    }


def alone(**rest: Any) -> dict[str, Any]:
    return {"valid-lifetime": 4000, "preferred-lifetime": 3000, "subnet6": [subnet(interface="eth0", **rest)]}


def shared(*subnets: dict[str, Any], **rest: Any) -> dict[str, Any]:
    network = {"name": "one", "interface": "eth0", "subnet6": list(subnets)}
    return {"valid-lifetime": 4000, "preferred-lifetime": 3000, "shared-networks": [network], **rest}


def host(client: int, **rest: Any) -> dict[str, Any]:
    return {"duid": duid(client).hex(":"), **{key.replace("_", "-"): value for key, value in rest.items()}}


class TestReservations:
    @pytest.mark.arm("V6-357", "V6-100")
    def test_spread_over_the_ias_and_the_rest_is_dynamic(self) -> None:
        reserved = host(1, ip_addresses=["2001:db8:1::200", "2001:db8:1::201"], prefixes=["2001:db8:abcd::/48"])
        pools = [{"prefix": "2001:db8:8::", "prefix-len": 60, "delegated-len": 64}]
        server = Server6(alone(reservations=[reserved], pd_pools=pools))
        answer = server.say(v6.REQUEST, 1, ia_na(1), ia_na(2), ia_na(3), ia_pd(1), ia_pd(2))
        assert leased(answer) == [f"2001:db8:1::200 {T}", f"2001:db8:1::201 {T}", f"2001:db8:1::10 {T}"]
        assert leased(answer, 25) == [f"2001:db8:abcd::/48 {T}", f"2001:db8:8::/64 {T}"]
        assert server.count("subnet[1].assigned-nas") == server.count("subnet[1].assigned-pds") == 1
        again = server.say(v6.RENEW, 1, ia_na(1), ia_na(2), ia_na(3), ia_pd(1), ia_pd(2))
        assert leased(again) == leased(answer) and leased(again, 25) == leased(answer, 25)

    @pytest.mark.arm("V6-355", "V6-360")
    def test_match_by_hardware_address(self) -> None:
        reserved = {"hw-address": mac(7).hex(":"), "ip-addresses": ["2001:db8:1::77"]}
        assert leased(Server6(alone(reservations=[reserved])).say(v6.SOLICIT, 7, NA)) == [f"2001:db8:1::77 {T}"]

    @pytest.mark.arm("V6-370", "V6-371", "V6-372")
    def test_conflicts_resolve_as_leases_are_renewed(self) -> None:
        server = Server6(alone())
        assert leased(server.say(v6.REQUEST, 1, NA)) == [f"2001:db8:1::10 {T}"]
        server.reconfigure(alone(reservations=[host(2, ip_addresses=["2001:db8:1::10"])]))
        assert leased(server.say(v6.REQUEST, 2, NA)) == [f"2001:db8:1::11 {T}"]
        answer = server.say(v6.RENEW, 1, ia_na(1, iaaddr("2001:db8:1::10")))
        assert leased(answer) == [f"2001:db8:1::12 {T}", "2001:db8:1::10 0 0"]
        answer = server.say(v6.RENEW, 2, ia_na(1, iaaddr("2001:db8:1::11")))
        assert leased(answer) == [f"2001:db8:1::10 {T}", "2001:db8:1::11 0 0"]
        assert server.lease("2001:db8:1::11") is None

    def test_are_not_given_to_others(self) -> None:
        server = Server6(alone(reservations=[host(9, ip_addresses=["2001:db8:1::10"])]))
        asked = ia_na(1, iaaddr("2001:db8:1::10"))
        assert leased(server.say(v6.REQUEST, 1, asked)) == [f"2001:db8:1::11 {T}"]

    @pytest.mark.arm("V6-368")
    def test_out_of_pool_ones_are_not_looked_for_in_pools(self) -> None:
        reserved = [host(9, ip_addresses=["2001:db8:1::10"]), host(8, ip_addresses=["2001:db8:1::80"])]
        server = Server6(alone(reservations=reserved, reservations_out_of_pool=True))
        assert leased(server.say(v6.REQUEST, 1, NA)) == [f"2001:db8:1::10 {T}"]
        assert leased(server.say(v6.REQUEST, 8, NA)) == [f"2001:db8:1::80 {T}"]
        assert leased(server.say(v6.REQUEST, 9, NA)) == [f"2001:db8:1::11 {T}"]

    @pytest.mark.arm("V6-367", "V6-375")
    def test_global_ones_come_after_those_of_the_subnet(self) -> None:
        everywhere = [host(1, ip_addresses=["3000::1"]), host(2, ip_addresses=["3000::2"])]
        here = [host(2, ip_addresses=["2001:db8:1::22"])]
        config = {**alone(reservations=here, reservations_global=True), "reservations": everywhere}
        server = Server6(config)
        assert leased(server.say(v6.REQUEST, 1, NA)) == [f"3000::1 {T}"]
        assert leased(server.say(v6.REQUEST, 2, NA, ia_na(2))) == [f"2001:db8:1::22 {T}", f"3000::2 {T}"]
        server.reconfigure({**config, "subnet6": [subnet(interface="eth0")]})
        assert leased(server.say(v6.SOLICIT, 3, ia_na(5, iaaddr("3000::1")))) == [f"2001:db8:1::10 {T}"]

    @pytest.mark.arm("V6-378", "V6-379", "V6-275")
    def test_make_clients_known_and_open_pools(self) -> None:
        pools = [
            {"pool": "2001:db8:1::10-2001:db8:1::1f", "client-class": "UNKNOWN"},
            {"pool": "2001:db8:1::20-2001:db8:1::2f", "client-class": "gold"},
            {"pool": "2001:db8:1::30-2001:db8:1::3f", "client-class": "KNOWN"},
        ]
        reserved = [host(2, hostname="two"), host(3, client_classes=["gold"], hostname="three")]
        config = {**alone(reservations=reserved), "client-classes": [{"name": "gold"}]}
        config["subnet6"][0]["pools"] = pools
        server = Server6(config)
        given = [leased(server.say(v6.REQUEST, client, NA))[0].split()[0][-2:] for client in (1, 3, 2)]
        assert given == ["10", "20", "30"]


class TestSharedNetworks:
    @pytest.mark.arm("V6-387")
    def test_spill_over_when_the_first_subnet_is_used_up(self) -> None:
        server = Server6(shared(subnet(1, 0x10), subnet(2, 0x11)))
        given = [leased(server.say(v6.REQUEST, client, NA)) for client in (1, 2, 3)]
        assert given == [[f"2001:db8:1::10 {T}"], [f"2001:db8:2::10 {T}"], [f"2001:db8:2::11 {T}"]]
        assert statuses(server.say(v6.REQUEST, 4, NA)) == [v6.NO_ADDRS_AVAIL]
        assert server.count("v6-allocation-fail-shared-network") == 1

    @pytest.mark.arm("V6-394", "V6-395")
    def test_give_options_and_lifetimes_of_the_subnet_of_the_lease(self) -> None:
        dns = {"name": "dns-servers", "data": "2001:db8::2"}
        second = subnet(2, option_data=[dns], valid_lifetime=60, preferred_lifetime=50)
        server = Server6(shared(subnet(1, 0x10), second))
        assert server.say(v6.REQUEST, 1, NA, oro(23)).option(23) is None
        answer = server.say(v6.REQUEST, 2, NA, oro(23))
        assert leased(answer) == ["2001:db8:2::10 50 60"]
        assert answer.option(23) is not None

    @pytest.mark.arm("V6-391", "V6-273")
    def test_keep_strangers_out_of_a_restricted_subnet(self) -> None:
        classes = [{"name": "gold", "test": "option[59].exists", "preferred-lifetime": 40, "valid-lifetime": 50}]
        config = shared(subnet(1, 0x10), subnet(2, client_class="gold"), **{"client-classes": classes})
        server = Server6(config)
        server.say(v6.REQUEST, 1, NA)
        assert statuses(server.say(v6.REQUEST, 2, NA)) == [v6.NO_ADDRS_AVAIL]
        assert leased(server.say(v6.REQUEST, 2, NA, (59, b"x"))) == ["2001:db8:2::10 40 50"]
        answer = server.say(v6.RENEW, 2, NA)
        assert (leased(answer), statuses(answer)) == (["2001:db8:2::10 0 0"], [v6.NO_ADDRS_AVAIL])

    @pytest.mark.arm("V6-393")
    def test_find_reservations_in_all_their_subnets(self) -> None:
        reserved = host(5, ip_addresses=["2001:db8:2::55"], hostname="Five")
        server = Server6(shared(subnet(1), subnet(2, reservations=[reserved])))
        assert leased(server.say(v6.REQUEST, 5, NA)) == [f"2001:db8:2::55 {T}"]
        lease = server.lease("2001:db8:2::55")
        assert lease is not None and (lease.subnet_id, lease.hostname) == (2, "Five")


class TestHardwareAddresses:
    LINK_LOCAL = "fe80::0200:00ff:fe00:0102"
    PLAIN = mac(0x102)

    @pytest.mark.arm("V6-431", "V6-433", "V6-435", "V6-436", "V6-437", "V6-438", "V6-440", "V6-441", "V6-443")
    @pytest.mark.parametrize(
        ("source", "bit", "relayed", "own"),
        [
            ("duid", 2, [], []),
            ("ipv6-link-local", 4, [], []),
            ("client-link-addr-option", 8, [(79, b"\0\x01\2\0\0\0\0\x09")], []),
            ("rfc6939", 8, [(79, b"\0\x01\2\0\0\0\0\x09")], []),
            ("remote-id", 16, [(37, u32(9) + b"\2\0\0\0\0\x09")], []),
            ("subscriber-id", 0, [(38, b"\2\0\0\0\0\x09")], []),
            ("docsis-cmts", 64, [(17, u32(4491) + tlv6([(1026, b"\2\0\0\0\0\x09")]))], []),
            ("docsis-modem", 128, [], [(17, u32(4491) + tlv6([(36, b"\2\0\0\0\0\x09")]))]),
            ("docsis-cmts", 0, [], [(17, u32(4491) + tlv6([(1026, b"\2\0\0\0\0\x09")]))]),
        ],
    )
    def test_come_from_the_configured_source(
        self, source: str, bit: int, relayed: list[tuple[int, bytes]], own: list[tuple[int, bytes]]
    ) -> None:
        server = Server6({**alone(), "mac-sources": [source]})
        message = query6(v6.REQUEST, 1, (2, bytes.fromhex("00030001020000000001")), NA, *own)
        server.ask(relayed6(message, "2001:db8:1::1", "fe80::0200:00ff:fe00:0009", *relayed))
        lease = server.lease("2001:db8:1::10")
        assert lease is not None and lease.hwaddr_source == bit
        expected = {0: b"", 2: mac(1)}.get(bit, b"\2\0\0\0\0\x09" if bit != 4 else b"\0\0\0\0\0\x09")
        assert lease.hwaddr == expected


class TestNames:
    @staticmethod
    def name(answer: Any) -> tuple[int, bytes]:
        body = answer.option(39)
        return body[0], body[1:]

    @pytest.mark.rfc("4704", "6.1")
    @pytest.mark.arm("V6-303", "V6-305", "V6-306", "V6-313")
    @pytest.mark.parametrize(
        ("enabled", "override", "sent", "answered"),
        [
            (True, False, 0, 0), (True, False, 1, 1), (True, False, 4, 4),
            (False, False, 0, 4), (False, False, 1, 6), (False, False, 4, 4),
            (True, True, 0, 3), (True, True, 1, 1), (True, True, 4, 3),
        ],
    )  # fmt: skip
    def test_flags_say_who_updates(self, enabled: bool, override: bool, sent: int, answered: int) -> None:
        config = {
            **alone(),
            "dhcp-ddns": {"enable-updates": enabled},
            "ddns-override-no-update": override,
            "ddns-override-client-update": override,
            "ddns-qualifying-suffix": "example.org",
        }
        server = Server6(config)
        answer = server.say(v6.REQUEST, 1, NA, (39, bytes((sent,)) + b"\4Host"))
        assert self.name(answer) == (answered, pack_name("host.example.org."))
        lease = server.lease("2001:db8:1::10")
        assert lease is not None and lease.hostname == "host.example.org."
        assert (lease.fqdn_fwd, lease.fqdn_rev) == (bool(answered & 1), not answered & 4)

    @pytest.mark.arm("V6-308", "V6-314")
    def test_an_empty_name_is_generated_from_the_address(self) -> None:
        server = Server6({**alone(), "ddns-qualifying-suffix": "example.org"})
        assert self.name(server.say(v6.SOLICIT, 1, NA, (39, b"\1"))) == (6, b"")
        answer = server.say(v6.REQUEST, 1, NA, (39, b"\1"))
        assert self.name(answer)[1] == pack_name("myhost-2001-db8-1--11.example.org.")

    @pytest.mark.arm("V6-318")
    def test_characters_are_taken_out_label_by_label(self) -> None:
        answer = Server6(alone()).say(v6.REQUEST, 1, NA, (39, b"\0\5a b_c\3d.e\0"))
        assert self.name(answer)[1] == b"\3abc\3d.e\0"[:4] + b"\1d\1e\0"

    @pytest.mark.arm("V6-374")
    def test_a_reserved_name_wins(self) -> None:
        config = {**alone(reservations=[host(1, hostname="Reserved")]), "ddns-qualifying-suffix": "example.org"}
        server = Server6(config)
        answer = server.say(v6.REQUEST, 1, NA, (39, b"\0\1a"))
        assert self.name(answer)[1] == pack_name("reserved.example.org.")
        assert server.say(v6.RENEW, 1, NA).option(39) is None
        lease = server.lease("2001:db8:1::10")
        assert lease is not None and lease.hostname == "Reserved"

    def test_a_client_without_a_name_gets_one_where_names_are_always_replaced(self) -> None:
        config = {**alone(), "dhcp-ddns": {"enable-updates": True}, "ddns-replace-client-name": "always"}
        assert self.name(Server6(config).say(v6.REQUEST, 1, NA)) == (1, pack_name("myhost-2001-db8-1--10."))


messages = st.lists(
    st.tuples(
        st.sampled_from([v6.REQUEST, v6.RENEW, v6.REBIND, v6.RELEASE, v6.DECLINE]),
        st.integers(1, 4),
        st.integers(1, 2),
        st.integers(0x0E, 0x14),
        st.integers(0, 5000),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(messages)
def test_whatever_clients_say_counters_and_leases_agree(said: list[tuple[int, int, int, int, int]]) -> None:
    server = Server6(alone(pd_pools=[{"prefix": "2001:db8:8::", "prefix-len": 63, "delegated-len": 64}]))
    for kind, client, iaid, last, pause in said:
        server.now += pause
        address, prefix = iaaddr(f"2001:db8:1::{last:x}"), iaprefix(f"2001:db8:8:{last & 1}::/64")
        answer = server.say(kind, client, ia_na(iaid, address), ia_pd(iaid, prefix))
        assert answer is not None
        given = [each.split()[0] for each in (*leased(answer), *leased(answer, 25)) if not each.endswith(" 0 0")]
        assert len(given) == len(set(given))
    leases = list(server.leases)
    assert all(0x10 <= lease.address & 0xFFFF <= 0x12 for lease in leases if lease.lease_type == 0)
    assert server.count("subnet[1].assigned-nas") == sum(lease.lease_type == 0 for lease in leases)
    assert server.count("subnet[1].assigned-pds") == sum(lease.lease_type == 2 for lease in leases)
    assert server.count("declined-addresses") == sum(lease.state == 1 for lease in leases)
