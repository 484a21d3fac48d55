"""The DHCPv6 server in this process, message type by message type. The answers are those of Kea 2.2.0."""

from __future__ import annotations

import pytest

from kea_twisted.server.outcome import Send
from kea_twisted.wire import v6
from tests.support.packets import (
    Dhcp6,
    Relay6,
    duid,
    ia_na,
    ia_pd,
    iaaddr,
    iaprefix,
    innermost,
    ip6,
    oro,
    query6,
    relayed6,
    tlv6,
    u16,
    u32,
)
from tests.support.server6 import SERVER_ID, Server6, leased, statuses

SUBNET = {
    "id": 1,
    "subnet": "2001:db8:1::/64",
    "interface": "eth0",
    "pools": [{"pool": "2001:db8:1::10-2001:db8:1::12"}],
    "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 62, "delegated-len": 64}],
}
NA, PD = ia_na(1), ia_pd(1)


def network(subnet: dict[str, object] | None = None, **rest: object) -> dict[str, object]:
    lifetimes = {"valid-lifetime": 4000, "preferred-lifetime": 3000}
    return {**lifetimes, "subnet6": [{**SUBNET, **(subnet or {})}], **{k.replace("_", "-"): x for k, x in rest.items()}}


def times(answer: Dhcp6, code: int = 3) -> tuple[int, int]:
    ia = v6.parse_ia(answer.option(code) or b"")
    return ia.t1, ia.t2


@pytest.fixture
def server() -> Server6:
    return Server6(network())


class TestSolicit:
    @pytest.mark.rfc("8415", "18.3.1")
    @pytest.mark.arm("V6-414")
    def test_offers_the_first_address_and_prefix_and_stores_nothing(self, server: Server6) -> None:
        answer = server.say(v6.SOLICIT, 1, NA, PD)
        assert (answer.type, answer.xid) == (v6.ADVERTISE, 0x10001)
        assert (answer.option(1), answer.option(2)) == (duid(1), SERVER_ID)
        assert leased(answer) == ["2001:db8:1::10 3000 4000"]
        assert leased(answer, 25) == ["2001:db8:8::/64 3000 4000"]
        assert len(server.leases) == 0
        assert server.count("pkt6-advertise-sent") == 1

    @pytest.mark.arm("V6-523")
    def test_the_next_offer_is_the_next_address(self, server: Server6) -> None:
        offers = [leased(server.say(v6.SOLICIT, client, NA))[0].split()[0] for client in range(1, 6)]
        assert [offer[-2:] for offer in offers] == ["10", "11", "12", "10", "11"]

    @pytest.mark.arm("V6-245", "V6-247")
    def test_timers_are_parts_of_the_preferred_lifetime(self, server: Server6) -> None:
        assert times(server.say(v6.SOLICIT, 1, NA)) == (1500, 2400)

    @pytest.mark.arm("V6-243")
    def test_t1_that_is_not_below_t2_is_zero(self) -> None:
        server = Server6(network(renew_timer=1000, rebind_timer=1000))
        assert times(server.say(v6.SOLICIT, 1, NA)) == (0, 1000)

    @pytest.mark.arm("V6-263", "V6-264", "V6-266")
    @pytest.mark.parametrize(("enabled", "kind", "stored"), [(True, v6.REPLY, 1), (False, v6.ADVERTISE, 0)])
    def test_rapid_commit_leases_at_once_where_the_subnet_has_it(self, enabled: bool, kind: int, stored: int) -> None:
        server = Server6(network({"rapid-commit": enabled}))
        answer = server.say(v6.SOLICIT, 1, NA, (14, b""))
        assert answer.type == kind
        assert answer.option(14) == (b"" if enabled else None)
        assert len(server.leases) == stored
        assert server.count("pkt6-reply-sent") == stored

    @pytest.mark.arm("V6-421", "V6-422")
    def test_each_ia_gets_its_own_status(self) -> None:
        server = Server6(network({"pd-pools": []}))
        answer = server.say(v6.SOLICIT, 1, NA, PD)
        assert leased(answer) == ["2001:db8:1::10 3000 4000"]
        assert statuses(answer, 25) == [v6.NO_PREFIX_AVAIL]
        assert answer.option(13) is None
        assert times(answer, 25) == (0, 0)

    @pytest.mark.arm("V6-262")
    def test_without_a_subnet_there_are_no_leases_but_global_options(self) -> None:
        server = Server6(network(option_data=[{"name": "dns-servers", "data": "2001:db8::1"}]))
        answer = server.say(v6.SOLICIT, 1, NA, PD, oro(23), interface="eth9")
        assert (statuses(answer), statuses(answer, 25)) == ([v6.NO_ADDRS_AVAIL], [v6.NO_PREFIX_AVAIL])
        assert answer.option(23) == ip6("2001:db8::1")

    @pytest.mark.arm("V6-429", "V6-473")
    def test_temporary_addresses_are_not_given(self, server: Server6) -> None:
        answer = server.say(v6.SOLICIT, 1, (4, u32(1)))
        assert answer.type == v6.ADVERTISE and answer.option(4) is None

    @pytest.mark.arm("V6-241")
    @pytest.mark.parametrize(
        ("wished", "granted"),
        [((0, 0), (3000, 4000)), ((600, 1500), (600, 1500)), ((1, 1), (500, 1000)), ((9999, 99999), (6000, 8000))],
    )
    def test_wished_lifetimes_are_kept_between_the_bounds(
        self, wished: tuple[int, int], granted: tuple[int, int]
    ) -> None:
        bounds = {
            "min-valid-lifetime": 1000, "max-valid-lifetime": 8000,
            "min-preferred-lifetime": 500, "max-preferred-lifetime": 6000,
        }  # fmt: skip
        answer = Server6({**network(), **bounds}).say(v6.SOLICIT, 1, ia_na(1, iaaddr("::", *wished)))
        assert leased(answer) == [f"2001:db8:1::10 {granted[0]} {granted[1]}"]


class TestRequest:
    @pytest.mark.rfc("8415", "18.3.2")
    @pytest.mark.arm("V6-415", "V6-443")
    def test_stores_what_it_grants_and_counts_it(self, server: Server6) -> None:
        answer = server.say(v6.REQUEST, 1, NA, PD)
        assert answer.type == v6.REPLY
        lease = server.lease("2001:db8:1::10")
        assert lease is not None
        assert (lease.duid, lease.iaid, lease.subnet_id) == (duid(1), 1, 1)
        assert (lease.preferred_lifetime, lease.valid_lifetime, lease.cltt) == (3000, 4000, int(server.now))
        assert (lease.hwaddr, lease.hwtype, lease.hwaddr_source) == (duid(1)[4:], 1, 2)
        prefix = server.lease("2001:db8:8::", 2)
        assert prefix is not None and prefix.prefix_length == 64
        for name in ("nas", "pds"):
            assert server.count(f"subnet[1].assigned-{name}") == 1
            assert server.count(f"subnet[1].cumulative-assigned-{name}") == 1
            assert server.count(f"cumulative-assigned-{name}") == 1

    def test_a_hint_in_the_pool_is_granted_if_free(self, server: Server6) -> None:
        assert leased(server.say(v6.REQUEST, 1, ia_na(1, iaaddr("2001:db8:1::12")))) == ["2001:db8:1::12 3000 4000"]
        assert leased(server.say(v6.REQUEST, 2, ia_na(1, iaaddr("2001:db8:1::12")))) == ["2001:db8:1::10 3000 4000"]
        assert leased(server.say(v6.REQUEST, 3, ia_na(1, iaaddr("2001:db8:7::1")))) == ["2001:db8:1::11 3000 4000"]

    def test_a_hinted_prefix_of_another_length_gets_the_length_of_the_pool(self, server: Server6) -> None:
        answer = server.say(v6.REQUEST, 1, ia_pd(1, iaprefix("2001:db8:8:2::/63")))
        assert leased(answer, 25) == ["2001:db8:8:2::/64 3000 4000"]

    def test_who_asks_again_keeps_address_and_lifetimes(self, server: Server6) -> None:
        server.say(v6.REQUEST, 1, ia_na(1, iaaddr("2001:db8:1::11")))
        server.reconfigure({**network(), "valid-lifetime": 10, "preferred-lifetime": 5})
        server.now += 100
        assert leased(server.say(v6.REQUEST, 1, NA)) == ["2001:db8:1::11 3000 4000"]
        lease = server.lease("2001:db8:1::11")
        assert lease is not None and lease.cltt == int(server.now)

    def test_several_ias_get_several_leases(self, server: Server6) -> None:
        answer = server.say(v6.REQUEST, 1, ia_na(1), ia_na(2), ia_na(1))
        assert leased(answer) == ["2001:db8:1::10 3000 4000", "2001:db8:1::11 3000 4000", "2001:db8:1::10 3000 4000"]

    def test_exhaustion_is_a_status_and_counted(self, server: Server6) -> None:
        for client in range(1, 4):
            server.say(v6.REQUEST, client, NA)
        assert statuses(server.say(v6.REQUEST, 4, NA)) == [v6.NO_ADDRS_AVAIL]
        for name in ("v6-allocation-fail", "v6-allocation-fail-subnet", "v6-allocation-fail-classes"):
            assert server.count(name) == server.count(f"subnet[1].{name}") == 1
        assert server.count("v6-allocation-fail-no-pools") == 0

    @pytest.mark.arm("ST-017")
    def test_leases_and_failures_are_counted_at_their_very_time(self, server: Server6) -> None:
        for client in range(1, 5):
            server.now += 1.25
            server.say(v6.REQUEST, client, NA)
        observations = server.statistics.observations
        assert observations["subnet[1].assigned-nas"].samples[-1] == (3, server.now - 1.25)
        assert observations["v6-allocation-fail"].samples[-1] == (1, server.now)

    def test_an_ended_lease_changes_hands(self, server: Server6) -> None:
        for client in range(1, 4):
            server.say(v6.REQUEST, client, NA)
        server.now += 4001
        assert leased(server.say(v6.REQUEST, 4, NA)) == ["2001:db8:1::10 3000 4000"]
        lease = server.lease("2001:db8:1::10")
        assert lease is not None and lease.duid == duid(4)
        assert server.count("reclaimed-leases") == 1
        assert server.count("subnet[1].assigned-nas") == 3
        assert server.count("cumulative-assigned-nas") == 4

    @pytest.mark.arm("V6-096", "V6-097")
    @pytest.mark.rfc("6603", "4.2")
    @pytest.mark.parametrize(("requested", "inside"), [((67,), "0043000248ca"), ((23,), "")])
    def test_the_excluded_prefix_is_sent_to_who_asks(self, requested: tuple[int, ...], inside: str) -> None:
        pool = {
            "prefix": "2001:db8:1:8000::", "prefix-len": 56, "delegated-len": 64,
            "excluded-prefix": "2001:db8:1:8000:cafe:80::", "excluded-prefix-len": 72,
        }  # fmt: skip
        server = Server6(network({"subnet": "2001:db8:1::/48", "pools": [], "pd-pools": [pool]}))
        answer = server.say(v6.REQUEST, 1, PD, oro(*requested))
        body = v6.parse_ia(answer.option(25)).options[26][0]
        assert body[25:].hex() == inside


class TestRenewAndRebind:
    @pytest.mark.rfc("8415", "18.3.4")
    def test_extends_and_takes_back_what_is_not_the_clients(self, server: Server6) -> None:
        server.say(v6.REQUEST, 1, NA)
        server.now += 1000
        answer = server.say(v6.RENEW, 1, ia_na(1, iaaddr("2001:db8:1::10"), iaaddr("2001:db8:1::77")))
        assert leased(answer) == ["2001:db8:1::10 3000 4000", "2001:db8:1::77 0 0"]
        lease = server.lease("2001:db8:1::10")
        assert lease is not None and lease.cltt == int(server.now)
        assert server.count("cumulative-assigned-nas") == 1

    @pytest.mark.arm("V6-423")
    @pytest.mark.rfc("7550", "4.2")
    @pytest.mark.parametrize("kind", [v6.RENEW, v6.REBIND])
    def test_an_additional_ia_is_allocated(self, server: Server6, kind: int) -> None:
        server.say(v6.REQUEST, 1, NA)
        answer = server.say(kind, 1, ia_na(1, iaaddr("2001:db8:1::10")), PD)
        assert leased(answer, 25) == ["2001:db8:8::/64 3000 4000"]

    def test_an_own_lease_that_ended_is_revived(self, server: Server6) -> None:
        server.say(v6.REQUEST, 1, NA)
        server.now += 5000
        assert leased(server.say(v6.RENEW, 1, NA)) == ["2001:db8:1::10 3000 4000"]
        assert server.count("reclaimed-leases") == 1
        assert server.count("subnet[1].assigned-nas") == 1

    @pytest.mark.arm("V6-532")
    def test_a_lease_off_the_link_is_ended(self, server: Server6) -> None:
        server.say(v6.REQUEST, 1, NA)
        server.reconfigure(network({"subnet": "2001:db8:2::/64", "pools": []}))
        answer = server.say(v6.RENEW, 1, ia_na(1, iaaddr("2001:db8:1::10")))
        assert leased(answer) == ["2001:db8:1::10 0 0"]
        assert statuses(answer) == [v6.NO_ADDRS_AVAIL]
        assert len(server.leases) == 0

    @pytest.mark.parametrize("kind", [v6.RENEW, v6.REBIND])
    def test_without_a_subnet_there_is_no_binding(self, server: Server6, kind: int) -> None:
        assert statuses(server.say(kind, 1, NA, interface="eth9")) == [v6.NO_BINDING]

    @pytest.mark.rfc("8415", "18.3.5")
    def test_rebinding_a_prefix_without_a_subnet_is_left_to_others(self, server: Server6) -> None:
        assert server.say(v6.REBIND, 1, PD, interface="eth9") is None
        assert server.count("pkt6-receive-drop") == 1
        assert statuses(server.say(v6.RENEW, 1, PD, interface="eth9"), 25) == [v6.NO_BINDING]

    @pytest.mark.arm("V6-342", "V6-348")
    def test_a_fresh_lease_is_answered_with_unchanged(self) -> None:
        server = Server6(network(cache_threshold=0.5))
        server.say(v6.REQUEST, 1, NA)
        stored = server.lease("2001:db8:1::10")
        server.now += 100
        answer = server.say(v6.RENEW, 1, NA)
        assert leased(answer) == ["2001:db8:1::10 2900 3900"]
        assert times(answer) == (1450, 2320)
        assert server.lease("2001:db8:1::10") is stored
        server.now += 2000
        assert leased(server.say(v6.RENEW, 1, NA)) == ["2001:db8:1::10 3000 4000"]


class TestConfirm:
    @pytest.mark.rfc("8415", "18.3.3")
    @pytest.mark.arm("V6-418")
    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("2001:db8:1::99", (0, "All addresses are on-link")),
            ("2001:db8:2::1", (4, "Address 2001:db8:2::1 is not on link.")),
        ],
    )
    def test_says_whether_addresses_fit_the_link(self, server: Server6, address: str, status: tuple[int, str]) -> None:
        answer = server.say(v6.CONFIRM, 1, ia_na(1, iaaddr(address)))
        assert v6.parse_status(answer.option(13)) == status
        assert answer.option(3) is None

    @pytest.mark.parametrize("options", [(), (NA,), (ia_pd(1, iaprefix("2001:db8:8::/64")),)])
    def test_is_silent_without_addresses(self, server: Server6, options: tuple[tuple[int, bytes], ...]) -> None:
        assert server.say(v6.CONFIRM, 1, *options) is None
        assert server.count("pkt6-receive-drop") == 0

    def test_without_a_subnet_no_address_is_on_link(self, server: Server6) -> None:
        answer = server.say(v6.CONFIRM, 1, ia_na(1, iaaddr("2001:db8:1::10")), interface="eth9")
        assert v6.parse_status(answer.option(13)) == (4, "No subnet selected")


class TestRelease:
    @pytest.mark.rfc("8415", "18.3.7")
    @pytest.mark.arm("V6-419")
    def test_frees_address_and_prefix(self, server: Server6) -> None:
        server.say(v6.REQUEST, 1, NA, PD)
        own = (ia_na(1, iaaddr("2001:db8:1::10")), ia_pd(1, iaprefix("2001:db8:8::/64")))
        answer = server.say(v6.RELEASE, 1, *own)
        assert (statuses(answer), statuses(answer, 25)) == ([0], [0])
        assert v6.parse_status(answer.option(13)) == (0, "Summary status for all processed IA_NAs")
        assert len(server.leases) == 0
        assert server.count("subnet[1].assigned-nas") == server.count("subnet[1].assigned-pds") == 0
        assert statuses(server.say(v6.RELEASE, 1, *own)) == [v6.NO_BINDING]

    @pytest.mark.arm("V6-420")
    @pytest.mark.parametrize(("client", "iaid"), [(2, 1), (1, 2)])
    def test_leaves_others_leases_alone(self, server: Server6, client: int, iaid: int) -> None:
        server.say(v6.REQUEST, 1, NA)
        answer = server.say(v6.RELEASE, client, ia_na(iaid, iaaddr("2001:db8:1::10")))
        assert statuses(answer) == [v6.NO_BINDING]
        assert v6.parse_status(answer.option(13))[0] == v6.NO_BINDING
        assert server.lease("2001:db8:1::10") is not None

    def test_an_ia_without_address_has_no_binding(self, server: Server6) -> None:
        answer = server.say(v6.RELEASE, 1, NA, PD)
        assert (statuses(answer), statuses(answer, 25)) == ([v6.NO_BINDING], [v6.NO_BINDING])


class TestDecline:
    @pytest.mark.rfc("8415", "18.3.8")
    @pytest.mark.arm("V6-425", "V6-426", "V6-427", "V6-428")
    def test_keeps_the_address_from_everybody_until_probation_ends(self) -> None:
        server = Server6(network({"pools": [{"pool": "2001:db8:1::10-2001:db8:1::10"}]}, decline_probation_period=50))
        server.say(v6.REQUEST, 1, NA)
        assert statuses(server.say(v6.DECLINE, 1, ia_na(1, iaaddr("2001:db8:1::10")))) == [0]
        lease = server.lease("2001:db8:1::10")
        assert lease is not None
        assert (lease.state, lease.duid, lease.hwaddr, lease.valid_lifetime) == (1, b"", b"", 50)
        assert server.count("declined-addresses") == server.count("subnet[1].declined-addresses") == 1
        assert server.count("subnet[1].assigned-nas") == 1
        assert statuses(server.say(v6.REQUEST, 2, NA)) == [v6.NO_ADDRS_AVAIL]
        server.now += 51
        assert leased(server.say(v6.REQUEST, 2, NA)) == ["2001:db8:1::10 3000 4000"]
        assert server.count("declined-addresses") == 0
        assert server.count("reclaimed-declined-addresses") == 1

    @pytest.mark.parametrize(("client", "iaid", "address"), [(2, 1, "10"), (1, 2, "10"), (1, 1, "99")])
    def test_refuses_what_the_client_does_not_hold(self, server: Server6, client: int, iaid: int, address: str) -> None:
        server.say(v6.REQUEST, 1, NA)
        answer = server.say(v6.DECLINE, client, ia_na(iaid, iaaddr(f"2001:db8:1::{address}")))
        assert statuses(answer) == [v6.NO_BINDING]
        assert server.count("declined-addresses") == 0


class TestInformationRequest:
    @pytest.mark.rfc("8415", "18.3.6")
    @pytest.mark.arm("V6-409", "V6-412")
    def test_gets_requested_options_of_subnet_before_global(self) -> None:
        both = [{"name": "dns-servers", "data": "2001:db8::1"}, {"name": "domain-search", "data": "example.org"}]
        server = Server6(network({"option-data": [{"name": "dns-servers", "data": "2001:db8::2"}]}, option_data=both))
        answer = server.ask(Dhcp6(v6.INFORMATION_REQUEST, 5, [oro(23, 24)]))
        assert answer.type == v6.REPLY
        assert [code for code, _body in answer.options] == [2, 23, 24]
        assert answer.option(23) == ip6("2001:db8::2")

    @pytest.mark.arm("V6-411")
    def test_is_served_without_any_subnet(self) -> None:
        server = Server6({"option-data": [{"name": "sntp-servers", "data": "2001:db8::5", "always-send": True}]})
        assert server.say(v6.INFORMATION_REQUEST, 1).option(31) == ip6("2001:db8::5")


class TestAcceptance:
    @pytest.mark.arm("V6-416", "V6-530")
    @pytest.mark.rfc("8415", "16")
    @pytest.mark.parametrize(
        ("kind", "options"),
        [
            (v6.SOLICIT, [NA]),
            (v6.SOLICIT, [(1, duid(1)), (1, duid(2)), NA]),
            (v6.SOLICIT, [(1, b"\0\1"), NA]),
            (v6.SOLICIT, [(1, bytes(129)), NA]),
            (v6.SOLICIT, [(1, duid(1)), (2, SERVER_ID), NA]),
            (v6.REBIND, [(1, duid(1)), (2, SERVER_ID), NA]),
            (v6.CONFIRM, [(1, duid(1)), (2, SERVER_ID), ia_na(1, iaaddr("2001:db8:1::1"))]),
            (v6.REQUEST, [(1, duid(1)), NA]),
            (v6.REQUEST, [(1, duid(1)), (2, SERVER_ID), (2, SERVER_ID), NA]),
            (v6.RENEW, [(1, duid(1)), (2, b"another server"), NA]),
            (v6.INFORMATION_REQUEST, [(2, b"another server")]),
            (v6.ADVERTISE, [(1, duid(1)), NA]),
            (v6.RECONFIGURE, [(1, duid(1)), NA]),
            (99, [(1, duid(1)), NA]),
        ],
    )
    def test_drops_and_counts_what_breaks_the_rules(
        self, server: Server6, kind: int, options: list[tuple[int, bytes]]
    ) -> None:
        assert server.ask(Dhcp6(kind, 1, options)) is None
        assert server.reason
        assert server.count("pkt6-receive-drop") == 1
        assert server.count("pkt6-parse-failed") == 0

    @pytest.mark.arm("V6-524")
    @pytest.mark.parametrize(
        ("kind", "answered"), [(v6.SOLICIT, False), (v6.INFORMATION_REQUEST, False), (v6.REQUEST, True)]
    )
    def test_some_types_must_not_come_by_unicast(self, server: Server6, kind: int, answered: bool) -> None:
        assert (server.say(kind, 1, NA, to="2001:db8:1::1") is not None) is answered

    def test_a_relay_may_use_unicast(self, server: Server6) -> None:
        assert server.ask(relayed6(query6(v6.SOLICIT, 1, NA), "2001:db8:1::1"), to="2001:db8:1::1") is not None

    @pytest.mark.parametrize(
        "option",
        [
            (3, bytes(11)),
            (25, bytes(11)),
            ia_na(1, (5, bytes(23))),
            ia_pd(1, (26, bytes(24))),
            (6, b"\0"),
            (6, b""),
            (8, b"\1"),
            (23, b"abc"),
            (16, b"\0\0\0"),
            (16, u32(1) + b"\0\5ab"),
            (13, b"\0"),
            (39, b"\0\x40abc"),
            (39, b"\5\0"),
        ],
    )
    def test_malformed_options_fail_to_parse(self, server: Server6, option: tuple[int, bytes]) -> None:
        assert server.say(v6.SOLICIT, 1, option) is None
        assert server.count("pkt6-parse-failed") == server.count("pkt6-receive-drop") == 1
        assert server.count("pkt6-solicit-received") == 0

    @pytest.mark.arm("V6-522")
    def test_lenient_parsing_takes_a_vendor_class_that_overruns(self) -> None:
        server = Server6(network(compatibility={"lenient-option-parsing": True}))
        assert server.say(v6.SOLICIT, 1, NA, (16, u32(1) + b"\0\5ab")) is not None

    def test_short_octets_fail_to_parse(self, server: Server6) -> None:
        assert server.send(b"\1\2\3") is None
        assert server.count("pkt6-parse-failed") == 1


RELAYED = {
    "valid-lifetime": 4000,
    "relay-supplied-options": ["110", "dns-servers"],
    "subnet6": [
        SUBNET,
        {
            "id": 2,
            "subnet": "2001:db8:2::/64",
            "interface-id": "vlan5",
            "pools": [{"pool": "2001:db8:2::10-2001:db8:2::20"}],
        },
        {
            "id": 3,
            "subnet": "2001:db8:3::/64",
            "relay": {"ip-addresses": ["2001:db8:77::1"]},
            "pools": [{"pool": "2001:db8:3::/80"}],
        },
    ],
}


class TestRelays:
    @pytest.mark.arm("V6-254", "V6-255", "V6-256", "V6-257")
    @pytest.mark.parametrize(
        ("relays", "subnet"),
        [
            ([("2001:db8:2::1", b"")], 2),
            ([("2001:db8:1::1", b"vlan5")], 2),
            ([("2001:db8:77::1", b"")], 3),
            ([("::", b"vlan5")], 1),
            ([("fe80::1", b"")], 1),
            ([("::", b""), ("2001:db8:77::1", b"")], 3),
            ([("2001:db8:1::1", b"x"), ("2001:db8:77::1", b"vlan5")], 1),
        ],
    )
    def test_select_the_subnet(self, relays: list[tuple[str, bytes]], subnet: int) -> None:
        message: Dhcp6 | Relay6 = query6(v6.SOLICIT, 1, NA)
        for hops, (link, interface_id) in enumerate(relays):
            options = [(18, interface_id)] if interface_id else []
            message = relayed6(message, link, "fe80::5", *options, hops=hops)
        answer = innermost(Server6(RELAYED).ask(message, port=547))
        assert leased(answer)[0].startswith(f"2001:db8:{subnet}::")

    @pytest.mark.rfc("8415", "19.3")
    @pytest.mark.rfc("8357", "5.3")
    @pytest.mark.arm("V6-260", "V6-261", "V6-471")
    def test_get_their_reply_mirrored(self) -> None:
        server = Server6(RELAYED)
        inner = relayed6(query6(v6.SOLICIT, 1, NA), "2001:db8:2::1", "fe80::5", (18, b"in"), (37, u32(9) + b"x"))
        answer = server.ask(relayed6(inner, "::", "fe80::6", (135, b"\0\0"), hops=1), port=1547)
        assert (answer.type, answer.hops, answer.peer, answer.option(135)) == (v6.RELAY_REPL, 1, "fe80::6", b"\0\0")
        assert (answer.inner.link, answer.inner.peer) == ("2001:db8:2::1", "fe80::5")
        assert [code for code, _body in answer.inner.options] == [18, 9]
        assert isinstance(server.outcome, Send) and server.outcome.reply.remote_port == 1547

    @pytest.mark.parametrize(("relayed", "port"), [(False, 546), (True, 547)])
    def test_decide_the_port_of_the_answer(self, relayed: bool, port: int) -> None:
        server = Server6(RELAYED)
        query = query6(v6.SOLICIT, 1, NA)
        server.ask(relayed6(query, "2001:db8:1::1") if relayed else query, port=1234)
        assert isinstance(server.outcome, Send) and server.outcome.reply.remote_port == port

    @pytest.mark.rfc("6422", "6")
    @pytest.mark.arm("V6-267", "V6-268", "V6-269", "V6-270")
    def test_supply_options_that_are_allowed(self) -> None:
        supplied = tlv6([(65, b"\1a\0"), (110, b"near"), (24, b"\1b\0"), (23, ip6("2001:db8::9"))])
        inner = relayed6(query6(v6.SOLICIT, 1, NA), "2001:db8:1::1", "fe80::5", (66, supplied))
        outer = relayed6(inner, "::", "fe80::6", (66, tlv6([(110, b"far")])), hops=1)
        answer = innermost(Server6(RELAYED).ask(outer))
        assert (answer.option(65), answer.all(110), answer.option(24)) == (b"\1a\0", [b"near"], None)
        own = {**RELAYED, "option-data": [{"name": "dns-servers", "data": "2001:db8::1", "always-send": True}]}
        assert innermost(Server6(own).ask(outer)).all(23) == [ip6("2001:db8::1")]

    @pytest.mark.arm("V6-332", "V6-333")
    def test_are_remembered_with_the_lease(self) -> None:
        server = Server6({**RELAYED, "store-extended-info": True})
        query = query6(v6.REQUEST, 1, (2, SERVER_ID), NA)
        server.ask(relayed6(relayed6(query, "2001:db8:1::1", "fe80::5", (18, b"ab")), "::", "fe80::6", hops=1))
        lease = server.lease("2001:db8:1::10")
        assert lease is not None
        assert lease.user_context == (
            '{ "ISC": { "relays": [ { "hop": 1, "link": "::", "peer": "fe80::6" }, '
            '{ "hop": 0, "link": "2001:db8:1::1", "options": "0x001200026162", "peer": "fe80::5" } ] } }'
        )


class TestOptions:
    @pytest.mark.arm("V6-113", "V6-114", "V6-122")
    def test_go_out_if_requested_or_always(self) -> None:
        data = [
            {"name": "dns-servers", "data": "2001:db8::1"},
            {"name": "domain-search", "data": "a.org"},
            {"name": "preference", "data": "7", "always-send": True},
        ]
        answer = Server6(network(option_data=data)).say(v6.SOLICIT, 1, NA, oro(24, 31))
        assert [code for code, _body in answer.options] == [1, 2, 3, 7, 24]

    @pytest.mark.arm("V6-116")
    def test_the_most_specific_scope_wins(self) -> None:
        def dns(last: int) -> list[dict[str, object]]:
            return [{"name": "dns-servers", "data": f"2001:db8::{last}"}]

        subnet = {**SUBNET, "option-data": dns(3)}
        subnet["pools"] = [{"pool": "2001:db8:1::10-2001:db8:1::12", "option-data": dns(4)}]
        subnet["reservations"] = [{"duid": duid(2).hex(":"), "option-data": dns(5)}]
        classes = [{"name": "all", "test": "member('ALL')", "option-data": dns(2)}]
        server = Server6({"subnet6": [subnet], "client-classes": classes, "option-data": dns(1)})
        found = [
            server.say(v6.SOLICIT, client, ia, oro(23)).option(23)[-1] for client, ia in ((1, PD), (1, NA), (2, NA))
        ]
        assert found == [3, 4, 5]
        assert server.say(v6.SOLICIT, 1, NA, oro(23), interface="eth9").option(23)[-1] == 2

    @pytest.mark.arm("V6-230", "V6-233")
    def test_vendor_options_follow_the_vendors_request_list(self) -> None:
        data = [
            {"space": "vendor-4491", "name": "tftp-servers", "data": "2001:db8::7"},
            {"space": "vendor-4491", "code": 61001, "csv-format": False, "data": "0304", "always-send": True},
        ]
        server = Server6(network(option_data=data))
        always = u16(61001) + u16(2) + b"\3\4"
        asked = server.say(v6.SOLICIT, 1, NA, (17, u32(4491) + tlv6([(1, u16(32))])))
        assert asked.option(17) == u32(4491) + u16(32) + u16(16) + ip6("2001:db8::7") + always
        assert server.say(v6.SOLICIT, 1, NA, (16, u32(4491) + b"\0\1a")).option(17) == u32(4491) + always
        assert server.say(v6.SOLICIT, 1, NA, (17, u32(9))).option(17) is None
