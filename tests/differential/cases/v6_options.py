"""Which options a DHCPv6 answer holds; lifetimes and timers of its IAs."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, PD, Client, address, network, option
from tests.differential.talk import Talk
from tests.support.packets import ia_na, ia_pd, iaaddr, iaprefix, oro, tlv6, u16, u32

SOME = [
    option("dns-servers", "2001:db8::53, 2001:db8::54"),
    option("domain-search", "example.org"),
    option("sntp-servers", "2001:db8::9"),
    option("information-refresh-time", "3600"),
    option("preference", "255"),
]


@case(6, network(option_data=SOME), "V6-113", "V6-119", "V6-122")
def requested_options(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).lease(NA, oro(23, 24, 31, 32, 82, 83, 7))
    Client(talk, 3).solicit(NA, oro(23, 23))
    Client(talk, 4).solicit(NA, oro(1, 2, 3, 5, 6, 13))
    Client(talk, 5).solicit(NA, oro(23), oro(24))
    Client(talk, 6).solicit(NA, oro(*range(1, 200)))
    Client(talk, 7).lease(PD, oro(24))


@case(
    6,
    network(
        option_data=[
            option("dns-servers", "2001:db8::1", always_send=True),
            option("preference", "7", always_send=True),
            option("unicast", "2001:db8:1::1"),
            {"code": 82, "csv-format": False, "data": "00000064", "always-send": True},
        ]
    ),
    "V6-114",
)
def options_always_sent(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).lease(NA, oro(12, 7))
    Client(talk, 3).information()


CLASS_A = {
    "name": "a",
    "test": "option[1].hex == 0x00030001020000010002",
    "option-data": [
        option("dns-servers", "2001:db8::3"),
        option("sntp-servers", "2001:db8:2::3"),
        option("nis-servers", "2001:db8:3::3"),
    ],
}


@case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "option-data": [
            option("dns-servers", "2001:db8::1"),
            option("sntp-servers", "2001:db8:2::1"),
            option("nis-servers", "2001:db8:3::1"),
        ],
        "client-classes": [CLASS_A],
        "shared-networks": [
            {
                "name": "n",
                "interface": "srv0",
                "option-data": [option("dns-servers", "2001:db8::4"), option("sntp-servers", "2001:db8:2::4")],
                "subnet6": [
                    {
                        "id": 1,
                        "subnet": "2001:db8:1::/64",
                        "option-data": [option("dns-servers", "2001:db8::5")],
                        "pools": [
                            {
                                "pool": "2001:db8:1::10-2001:db8:1::11",
                                "option-data": [option("dns-servers", "2001:db8::6")],
                            },
                            {"pool": "2001:db8:1::20-2001:db8:1::29"},
                        ],
                        "pd-pools": [
                            {
                                "prefix": "2001:db8:8::",
                                "prefix-len": 48,
                                "delegated-len": 56,
                                "option-data": [option("sntp-servers", "2001:db8:2::8")],
                            }
                        ],
                        "reservations": [
                            {
                                "duid": "00:03:00:01:02:00:00:01:00:01",
                                "option-data": [option("dns-servers", "2001:db8::7")],
                            }
                        ],
                    }
                ],
            }
        ],
    },
    "V6-116",
    "V6-117",
    "V6-118",
)
def option_precedence(talk: Talk) -> None:
    for number in (1, 2, 3, 4):
        Client(talk, number, oro(23, 31, 27)).lease()
    Client(talk, 5, oro(23, 31, 27)).lease(NA, PD)
    Client(talk, 6, oro(23, 31, 27)).lease(PD)
    Client(talk, 3, oro(23, 31, 27)).information()


@case(
    6,
    network(
        option_def=[
            {"name": "foo", "code": 1000, "type": "uint32"},
            {"name": "rec", "code": 1001, "type": "record", "record-types": "uint16, ipv6-address, string"},
            {"name": "arr", "code": 1002, "type": "uint16", "array": True},
            {"name": "box", "code": 1003, "type": "empty", "encapsulate": "boxed"},
            {"name": "in", "code": 1, "type": "ipv6-address", "space": "boxed"},
            {"name": "pre", "code": 1004, "type": "ipv6-prefix"},
            {"name": "psid", "code": 1005, "type": "psid"},
            {"name": "tup", "code": 1006, "type": "tuple"},
            {"name": "flag", "code": 1007, "type": "boolean"},
        ],
        option_data=[
            option("foo", "123456"),
            option("rec", "7, 2001:db8::3, some text"),
            option("arr", "1, 2, 3"),
            {"name": "box"},
            option("in", "2001:db8::7", space="boxed"),
            option("pre", "2001:db8:1::/37"),
            option("psid", "3/4"),
            option("tup", "hello"),
            option("flag", "true"),
            {"code": 1010, "csv-format": False, "data": "ab:cd:e"},
        ],
    ),
    "V6-124",
    "V6-128",
    "V6-129",
    "V6-130",
)
def custom_options(talk: Talk) -> None:
    Client(talk, 1).lease(NA, oro(1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1010))


@case(
    6,
    network(
        option_data=[
            option("vendor-opts", "4491"),
            option("tftp-servers", "2001:db8::5", space="vendor-4491"),
            option("config-file", "file", space="vendor-4491", always_send=True),
        ]
    ),
    "V6-236",
)
def docsis_vendor_options(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).lease(NA, oro(17), (16, u32(4491) + b"\0\3abc"))
    Client(talk, 3).lease(NA, (17, u32(4491) + tlv6([(1, u16(32))])))
    Client(talk, 4).lease(NA, (17, u32(9) + tlv6([(1, u16(32))])))
    Client(talk, 5).lease(NA, (16, u32(4491) + b"\0\3abc"))


def ia_times(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(NA, PD)
    one.renew()
    two = Client(talk, 2)
    for preferred, valid in (
        (0, 0),
        (100, 100),
        (250, 550),
        (1000, 1000),
        (0, 650),
        (300, 200),
        (0xFFFFFFFF, 0xFFFFFFFF),
    ):
        two.solicit(ia_na(1, iaaddr("::", preferred, valid)), ia_pd(1, iaprefix("::/56", preferred, valid)))
        two.request(ia_na(1, address("18", preferred, valid)))


case(6, network(), variant="defaults")(ia_times)
case(6, network(valid_lifetime=4001), variant="valid-only")(ia_times)
case(6, network(preferred_lifetime=3001), variant="preferred-only")(ia_times)
case(
    6,
    network(renew_timer=1000, rebind_timer=2000, preferred_lifetime=3000, valid_lifetime=4000),
    "V6-243",
    variant="timers",
)(ia_times)
case(6, network(renew_timer=1000, preferred_lifetime=3000, valid_lifetime=4000), variant="t1")(ia_times)
case(6, network(rebind_timer=2000, preferred_lifetime=3000, valid_lifetime=4000), variant="t2")(ia_times)
case(
    6,
    network(renew_timer=1000, rebind_timer=5000, preferred_lifetime=3000, valid_lifetime=4000),
    "V6-244",
    variant="t2-long",
)(ia_times)
case(6, network(calculate_tee_times=False), "V6-249", variant="no-timers")(ia_times)
case(
    6,
    network(t1_percent=0.333, t2_percent=0.777, preferred_lifetime=1009, valid_lifetime=2003),
    "V6-246",
    variant="percent",
)(ia_times)
case(
    6,
    network(
        min_preferred_lifetime=200,
        preferred_lifetime=300,
        max_preferred_lifetime=400,
        min_valid_lifetime=500,
        valid_lifetime=600,
        max_valid_lifetime=700,
    ),
    "V6-239",
    "V6-241",
    variant="bounded",
)(ia_times)
case(
    6,
    network(subnet={"preferred-lifetime": 50, "valid-lifetime": 60}, preferred_lifetime=3000, valid_lifetime=4000),
    variant="subnet",
)(ia_times)
case(6, network(preferred_lifetime=0xFFFFFFFF, valid_lifetime=0xFFFFFFFF), variant="infinite")(ia_times)
case(
    6,
    network(client_classes=[{"name": "a", "test": "member('ALL')", "preferred-lifetime": 11, "valid-lifetime": 22}]),
    "V6-242",
    variant="class",
)(ia_times)


@case(6, network(cache_threshold=0.25, preferred_lifetime=800, valid_lifetime=1000), "V6-342", ticking=True)
def cached_lease(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(NA, PD)
    one.renew()
    one.lease(NA, PD)
    one.rebind()


def fqdn(flags: int, name: bytes) -> tuple[int, bytes]:
    return 39, bytes((flags,)) + name


def full_names(talk: Talk) -> None:
    for number, (flags, name) in enumerate(
        (
            (1, b"\6MyHost\7example\3org\0"),
            (0, b"\6myhost\7example\3org\0"),
            (4, b"\6myhost\7example\3org\0"),
            (1, b"\6partia"),
            (1, b""),
            (1, b"\0"),
            (5, b"\4both\0"),
            (2, b"\4over\0"),
            (0xF8, b"\3mbz\0"),
            (1, b"\5bad_!\4test\0"),
            (1, b"\3a"),
            (1, b"\1a\0junk"),
        ),
        1,
    ):
        Client(talk, number, fqdn(flags, name)).lease()
    Client(talk, 20, fqdn(1, b"\6asked4\0"), oro(39)).lease()
    Client(talk, 21, oro(39)).lease()
    client = Client(talk, 22, fqdn(1, b"\5first\4test\0"))
    client.lease()
    client.options = (fqdn(1, b"\6second\4test\0"),)
    client.renew()
    client.options = ()
    client.renew()


WIDE = "2001:db8:1::10-2001:db8:1::ff"
FQDN_ROWS = ("V6-151", "V6-464", "V6-533")
case(6, network(WIDE), *FQDN_ROWS, "V6-304", variant="plain")(full_names)
case(6, network(WIDE, ddns_qualifying_suffix="suffix.test"), *FQDN_ROWS, variant="suffix")(full_names)
case(6, network(WIDE, ddns_qualifying_suffix="Suffix.Test"), *FQDN_ROWS, variant="capital-suffix")(full_names)
case(6, network(WIDE, ddns_send_updates=False), *FQDN_ROWS, variant="no-updates")(full_names)
case(6, network(WIDE, ddns_override_client_update=True), *FQDN_ROWS, variant="override-client")(full_names)
case(6, network(WIDE, ddns_override_no_update=True), *FQDN_ROWS, variant="override-no-update")(full_names)
case(
    6,
    network(WIDE, hostname_char_set="[^a-z]", hostname_char_replacement="-"),
    *FQDN_ROWS,
    variant="capitals-cleaned",
)(full_names)
