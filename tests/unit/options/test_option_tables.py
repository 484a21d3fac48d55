from __future__ import annotations

import pytest

from kea_twisted.family import V4, V6
from kea_twisted.options import codec, spaces, special, v4, v6, vendor
from kea_twisted.options.definition import OptionDefinition
from kea_twisted.options.spaces import STANDARD4, STANDARD6, Definitions
from kea_twisted.options.types import BY_NAME

ALL = (*v4.OPTIONS, *v4.LAST_RESORT, *v6.OPTIONS, *vendor.OPTIONS4, *vendor.OPTIONS6)

MANUAL4 = """
2 time-offset int32|3 routers ipv4-address*|4 time-servers ipv4-address*|5 name-servers ipv4-address*
6 domain-name-servers ipv4-address*|7 log-servers ipv4-address*|8 cookie-servers ipv4-address*
9 lpr-servers ipv4-address*|10 impress-servers ipv4-address*|11 resource-location-servers ipv4-address*
13 boot-size uint16|14 merit-dump string|16 swap-server ipv4-address|17 root-path string|18 extensions-path string
19 ip-forwarding boolean|20 non-local-source-routing boolean|21 policy-filter ipv4-address*
22 max-dgram-reassembly uint16|23 default-ip-ttl uint8|24 path-mtu-aging-timeout uint32
25 path-mtu-plateau-table uint16*|26 interface-mtu uint16|27 all-subnets-local boolean
28 broadcast-address ipv4-address|29 perform-mask-discovery boolean|30 mask-supplier boolean|31 router-discovery boolean
32 router-solicitation-address ipv4-address|33 static-routes ipv4-address*|34 trailer-encapsulation boolean
35 arp-cache-timeout uint32|36 ieee802-3-encapsulation boolean|37 default-tcp-ttl uint8|38 tcp-keepalive-interval uint32
39 tcp-keepalive-garbage boolean|40 nis-domain string|41 nis-servers ipv4-address*|42 ntp-servers ipv4-address*
43 vendor-encapsulated-options empty|44 netbios-name-servers ipv4-address*|45 netbios-dd-server ipv4-address*
46 netbios-node-type uint8|47 netbios-scope string|48 font-servers ipv4-address*|49 x-display-manager ipv4-address*
52 dhcp-option-overload uint8|54 dhcp-server-identifier ipv4-address|56 dhcp-message string
57 dhcp-max-message-size uint16|60 vendor-class-identifier string|62 nwip-domain-name string|63 nwip-suboptions binary
64 nisplus-domain-name string|65 nisplus-servers ipv4-address*|66 tftp-server-name string|67 boot-file-name string
68 mobile-ip-home-agent ipv4-address*|69 smtp-server ipv4-address*|70 pop-server ipv4-address*
71 nntp-server ipv4-address*|72 www-server ipv4-address*|73 finger-server ipv4-address*|74 irc-server ipv4-address*
75 streettalk-server ipv4-address*|76 streettalk-directory-assistance-server ipv4-address*|77 user-class binary
78 slp-directory-agent record*|79 slp-service-scope record|85 nds-server ipv4-address*|86 nds-tree-name string
87 nds-context string|88 bcms-controller-names fqdn*|89 bcms-controller-address ipv4-address*|93 client-system uint16*
94 client-ndi record|97 uuid-guid record|98 uap-servers string|99 geoconf-civic binary|100 pcode string|101 tcode string
108 v6-only-preferred uint32|112 netinfo-server-address ipv4-address*|113 netinfo-server-tag string
114 v4-captive-portal string|116 auto-config uint8|117 name-service-search uint16*|119 domain-search fqdn*
124 vivco-suboptions record|125 vivso-suboptions uint32|136 pana-agent ipv4-address*|137 v4-lost fqdn
138 capwap-ac-v4 ipv4-address*|141 sip-ua-cs-domains fqdn*|146 rdnss-selection record*|159 v4-portparams record
212 option-6rd record*|213 v4-access-domain fqdn|1 subnet-mask ipv4-address|12 host-name string
51 dhcp-lease-time uint32|55 dhcp-parameter-request-list uint8*
58 dhcp-renewal-time uint32|59 dhcp-rebinding-time uint32
61 dhcp-client-identifier binary|81 fqdn record|82 dhcp-agent-options empty|90 authenticate binary
91 client-last-transaction-time uint32|92 associated-ip ipv4-address*|118 subnet-selection ipv4-address
"""
MANUAL6 = """
7 preference uint8|12 unicast ipv6-address|21 sip-server-dns fqdn*|22 sip-server-addr ipv6-address*
23 dns-servers ipv6-address*|24 domain-search fqdn*|27 nis-servers ipv6-address*|28 nisp-servers ipv6-address*
29 nis-domain-name fqdn*|30 nisp-domain-name fqdn*|31 sntp-servers ipv6-address*|32 information-refresh-time uint32
33 bcmcs-server-dns fqdn*|34 bcmcs-server-addr ipv6-address*|36 geoconf-civic record|37 remote-id record
38 subscriber-id binary|39 client-fqdn record|40 pana-agent ipv6-address*|41 new-posix-timezone string
42 new-tzdb-timezone string|43 ero uint16*|44 lq-query record|45 client-data empty|46 clt-time uint32
47 lq-relay-data record|48 lq-client-link ipv6-address*|51 v6-lost fqdn|52 capwap-ac-v6 ipv6-address*|53 relay-id binary
57 v6-access-domain fqdn|58 sip-ua-cs-list fqdn*|59 bootfile-url string|60 bootfile-param tuple*
61 client-arch-type uint16*|62 nii record|64 aftr-name fqdn|65 erp-local-domain-name fqdn|66 rsoo empty
74 rdnss-selection record*|79 client-linklayer-addr binary|80 link-address ipv6-address|82 solmax-rt uint32
83 inf-max-rt uint32|88 dhcp4o6-server-addr ipv6-address*|94 s46-cont-mape empty|95 s46-cont-mapt empty
96 s46-cont-lw empty|103 v6-captive-portal string|143 ipv6-address-andsf ipv6-address*|1 client-id binary
2 server-id binary|3 ia-na record|5 iaaddr record|6 oro uint16*|8 elapsed-time uint16|9 relay-msg binary|11 auth binary
13 status-code record|14 rapid-commit empty|18 interface-id binary|25 ia-pd record|26 iaprefix record
"""


@pytest.mark.arm("V4-129")
@pytest.mark.arm("V4-230")
@pytest.mark.arm("V6-134")
@pytest.mark.arm("V6-190")
@pytest.mark.parametrize(("manual", "space"), [(MANUAL4, "dhcp4"), (MANUAL6, "dhcp6")])
def test_the_options_of_the_manual_are_in_the_tables(manual: str, space: str) -> None:
    for entry in manual.replace("\n", "|").strip("|").split("|"):
        code, name, kind = entry.split()
        row = STANDARD4.find(space, int(code))
        assert row is not None, entry
        assert STANDARD4.find_name(space, name) is row
        assert (row.type, row.array) == (kind.rstrip("*"), kind.endswith("*")), entry


@pytest.mark.arm("V4-224")
@pytest.mark.arm("V4-226")
@pytest.mark.arm("V4-239")
@pytest.mark.arm("V6-174")
@pytest.mark.parametrize(
    ("space", "code", "record"),
    [
        ("dhcp4", 78, "boolean ipv4-address"),
        ("dhcp4", 79, "boolean string"),
        ("dhcp4", 81, "uint8 uint8 uint8 fqdn"),
        ("dhcp4", 94, "uint8 uint8 uint8"),
        ("dhcp4", 97, "uint8 binary"),
        ("dhcp4", 124, "uint32 binary"),
        ("dhcp4", 146, "uint8 ipv4-address ipv4-address fqdn"),
        ("dhcp4", 159, "uint8 psid"),
        ("dhcp4", 212, "uint8 uint8 ipv6-address ipv4-address"),
        ("dhcp6", 36, "uint8 uint16 binary"),
        ("dhcp6", 37, "uint32 binary"),
        ("dhcp6", 39, "uint8 fqdn"),
        ("dhcp6", 44, "uint8 ipv6-address"),
        ("dhcp6", 47, "ipv6-address binary"),
        ("dhcp6", 62, "uint8 uint8 uint8"),
        ("dhcp6", 74, "ipv6-address uint8 fqdn"),
    ],
)
def test_records_have_the_fields_of_the_manual(space: str, code: int, record: str) -> None:
    row = STANDARD4.find(space, code)
    assert row is not None and " ".join(row.record) == record


@pytest.mark.arm("V4-229")
def test_a_name_that_was_given_up_is_unknown() -> None:
    assert STANDARD4.find_name("dhcp4", "default-url") is None


def test_rows_are_consistent() -> None:
    for row in ALL:
        assert row.type in BY_NAME, row
        assert bool(row.record) == (row.type == "record"), row
        assert all(BY_NAME[kind].in_record for kind in row.record), row
        assert not row.array or BY_NAME[row.record[-1] if row.record else row.type].repeats, row
        assert spaces.valid_name(row.name) and spaces.valid_name(row.space), row
        assert row.source, row
        codec.layout(row)
    for family in (v4.OPTIONS, v6.OPTIONS, vendor.OPTIONS4, vendor.OPTIONS6):
        keys = [(row.space, row.code) for row in family]
        assert len(set(keys)) == len(keys)
        assert len({(row.space, row.name) for row in family}) == len(keys)
    for top in (v4.OPTIONS, v6.OPTIONS):
        codes = [row.code for row in top]
        assert codes == sorted(codes)


def test_rows_with_special_rules_exist() -> None:
    for space, code in (*special.ROWS, *special.TOLERATED):
        assert STANDARD4.find(space, code) is not None


@pytest.mark.arm("V4-228")
def test_four_options_come_unasked() -> None:
    names = [row.name for code in v4.RETURNED_UNASKED if (row := STANDARD4.find("dhcp4", code))]
    assert names == ["routers", "domain-name-servers", "domain-name", "dhcp-server-identifier"]


@pytest.mark.arm("V4-294")
@pytest.mark.arm("V6-235")
@pytest.mark.arm("V6-236")
def test_vendor_spaces_differ_by_family() -> None:
    servers4 = STANDARD4.find_name("vendor-4491", "tftp-servers")
    servers6 = STANDARD6.find_name("vendor-4491", "tftp-servers")
    assert servers4 is not None and (servers4.code, servers4.type) == (2, "ipv4-address")
    assert servers6 is not None and (servers6.code, servers6.type) == (32, "ipv6-address")
    assert STANDARD6.find("vendor-2495", 60002) is not None
    assert STANDARD4.find("vendor-2495", 60002) is None


def test_vendor_spaces_are_told_by_their_names() -> None:
    assert vendor.vendor_of("vendor-4491") == 4491
    assert vendor.vendor_of(vendor.vendor_space(0xFFFFFFFF)) == 0xFFFFFFFF
    for space in (
        "vendor-",
        "vendor-x",
        "vendor-4294967296",
        "vendor-encapsulated-options-space",
        "dhcp4",
        "vendor--1",
    ):
        assert vendor.vendor_of(space) == 0


@pytest.mark.arm("V6-208")
@pytest.mark.arm("V6-209")
@pytest.mark.arm("V6-216")
def test_softwire_options_stand_in_the_spaces_of_their_containers() -> None:
    inside = {
        "s46-cont-mape-options": {89, 90},
        "s46-cont-mapt-options": {89, 91},
        "s46-cont-lw-options": {90, 92},
        "s46-rule-options": {93},
        "s46-v4v6bind-options": {93},
    }
    for space, codes in inside.items():
        assert {row.code for row in STANDARD6.in_space(space)} == codes
    assert STANDARD6.find("dhcp6", 89) is None


@pytest.mark.arm("V4-126")
@pytest.mark.arm("V4-287")
def test_standard_rows_come_before_custom_ones_and_those_before_the_last_resort() -> None:
    routers = OptionDefinition(3, "mine", "dhcp4", "binary")
    vendor43 = OptionDefinition(43, "vendor-encapsulated-options", "dhcp4", "binary")
    private = OptionDefinition(224, "foo", "dhcp4", "uint8")
    definitions = Definitions({("dhcp4", 3): routers, ("dhcp4", 43): vendor43, ("dhcp4", 224): private})
    found = definitions.find("dhcp4", 3)
    assert found is not None and found.name == "routers"
    assert definitions.find_name("dhcp4", "mine") is None
    assert definitions.find("dhcp4", 43) is vendor43
    assert definitions.find_name("dhcp4", "foo") is private
    assert definitions.find("dhcp4", 225) is None
    last = STANDARD4.find("dhcp4", 43)
    assert last is not None and last.encapsulates == "vendor-encapsulated-options-space"
    in_class = OptionDefinition(224, "bar", "dhcp4", "string")
    extended = definitions.extended({("dhcp4", 224): in_class})
    assert extended.find("dhcp4", 224) is in_class
    assert extended.find_name("dhcp4", "bar") is in_class
    assert extended.find_name("dhcp4", "foo") is private
    assert definitions.find("dhcp4", 224) is private


@pytest.mark.parametrize(
    ("space", "code", "octets", "good"),
    [
        ("dhcp4", 3, "01020304", True),
        ("dhcp4", 3, "", True),
        ("dhcp4", 3, "010203", False),
        ("dhcp4", 12, "", True),
        ("dhcp4", 50, "01", False),
        ("dhcp4", 51, "00", False),
        ("dhcp4", 51, "0000000000", True),
        ("dhcp4", 55, "", False),
        ("dhcp4", 93, "000700", False),
        ("dhcp4", 61, "00", True),
        ("dhcp4", 61, "0001", True),
        ("dhcp4", 78, "", False),
        ("dhcp4", 79, "05", False),
        ("dhcp4", 81, "00", False),
        ("dhcp4", 82, "0501", True),
        ("dhcp4", 119, "0561", False),
        ("dhcp4", 124, "0000", False),
        ("dhcp4", 125, "0000118b0501", True),
        ("dhcp4", 43, "0105", True),
        ("dhcp4", 230, "01", True),
        ("dhcp6", 2, "", False),
        ("dhcp6", 8, "", False),
        ("dhcp6", 6, "0017ff", False),
        ("dhcp6", 3, "00", False),
        ("dhcp6", 16, "0000", False),
        ("dhcp6", 17, "00", True),
        ("dhcp6", 24, "c000", False),
        ("dhcp6", 39, "05", False),
        ("dhcp6", 39, "0401610162", True),
        ("dhcp6", 67, "40", False),
        ("dhcp6", 1300, "", True),
    ],
)
def test_received_options_must_have_the_form_of_their_definition(
    space: str, code: int, octets: str, good: bool
) -> None:
    definitions = STANDARD4 if space == "dhcp4" else STANDARD6
    reason = spaces.malformed(definitions, space, {1: b"\1\2\3\4", code: bytes.fromhex(octets)})
    assert (reason == "") == good


def test_families_mark_their_rows() -> None:
    assert {row.family for row in (*v4.OPTIONS, *vendor.OPTIONS4)} == {V4}
    assert {row.family for row in (*v6.OPTIONS, *vendor.OPTIONS6)} == {V6}
