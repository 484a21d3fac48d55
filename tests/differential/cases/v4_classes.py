"""Client classes: tests on packets, built-in classes, required classes, what a class brings."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, network, option
from tests.differential.talk import Talk
from tests.support.packets import tlv4, u32

TESTS = (
    "option[60].text == 'docsis'",
    "option[60].exists",
    "not option[60].exists",
    "option[60].hex == 0x646f63736973",
    "substring(option[60].hex,0,3) == 'doc'",
    "substring(option[60].hex,-3,3) == 'sis'",
    "substring(option[60].hex,2,all) == 'csis'",
    "concat(option[60].hex,'x') == 'docsisx'",
    "ifelse(option[60].exists,'y','n') == 'y'",
    "pkt4.mac == 0x020000010001",
    "pkt4.hlen == 0x06",
    "pkt4.htype == 0x01",
    "pkt4.giaddr == 192.0.2.2",
    "pkt4.ciaddr == 0.0.0.0",
    "pkt4.yiaddr == 0.0.0.0",
    "pkt4.siaddr == 0.0.0.0",
    "pkt4.transid == 0x00010001",
    "pkt4.msgtype == 1",
    "pkt.iface == 'srv0'",
    "pkt.src == 192.0.2.2",
    "pkt.dst == 255.255.255.255",
    "pkt.len == 0x00000101",
    "relay4[1].hex == 'circuit'",
    "relay4[1].exists",
    "relay4[2].text == 'remote'",
    "member('ALL')",
    "member('VENDOR_CLASS_docsis')",
    "member('t00') and member('t01')",
    "member('t00') or member('t02')",
    "vendor[4491].exists",
    "vendor[*].exists",
    "vendor.enterprise == 4491",
    "vendor[4491].option[1].hex == 0x02",
    "vendor-class[4491].exists",
    "vendor-class[4491].data == 'abc'",
    "vendor-class[4491].data[0] == 'abc'",
    "hexstring(pkt4.mac,':') == '02:00:00:01:00:01'",
    "addrtotext(pkt4.giaddr) == '192.0.2.2'",
    "option[82].option[1].hex == 'circuit'",
    "option[82].option[1].exists",
    "option[host-name].text == 'hosta'",
    "option[12].text == 'HOSTA'",
    "uint8totext(pkt4.hlen) == '6'",
    "uint32totext(pkt4.transid) == '65537'",
    "split(option[12].text,'s',1) == 'ho'",
    "option[55].hex == 0x03",
    "(option[60].exists and not relay4[1].exists) or member('t09')",
    "option[61].hex == 0x01aabb",
    "pkt4.hlen == 6 or pkt4.htype == 1",
    "'a' == 0x61",
)

FREE_CODES = (*range(163, 175), *range(178, 208), *range(224, 255))
"""Option codes without a definition."""

CLASSES = [
    {
        "name": f"t{place:02}",
        "test": test,
        "option-data": [{"code": FREE_CODES[place], "csv-format": False, "data": "01", "always-send": True}],
    }
    for place, test in enumerate(TESTS)
]


@case(4, network(client_classes=CLASSES), "V4-318")
def expressions(talk: Talk) -> None:
    """Every class sends an option of its own, so the answer shows which tests were true."""
    agent = (82, tlv4([(1, b"circuit"), (2, b"remote")]))
    Client(talk, 1).discover()
    Client(talk, 1, (60, b"docsis"), (12, b"hosta"), (55, b"\3"), (61, b"\1\xaa\xbb")).discover()
    Client(talk, 2, (60, b"docsis3"), agent, **RELAY).discover()
    Client(talk, 3, (124, u32(4491) + b"\3abc"), (125, u32(4491) + b"\3\1\1\2"), agent).discover()
    Client(talk, 4, (124, u32(9) + b"\3abc"), (125, u32(9) + b"\3\1\1\2")).discover()
    Client(talk, 5, (60, b""), (12, b"")).discover()
    Client(talk, 6, chaddr=b"\1\2").discover()


@case(
    4,
    network(
        subnet={"require-client-classes": ["late"]},
        client_classes=[
            {
                "name": "late",
                "test": "member('ALL')",
                "only-if-required": True,
                "option-data": [option("ntp-servers", "1.1.1.1", always_send=True)],
            },
            {
                "name": "never",
                "test": "member('ALL')",
                "only-if-required": True,
                "option-data": [option("log-servers", "1.1.1.2", always_send=True)],
            },
            {
                "name": "notest",
                "only-if-required": True,
                "option-data": [option("cookie-servers", "1.1.1.3", always_send=True)],
            },
        ],
    ),
)
def required_classes(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 1).inform()


@case(
    4,
    network(
        client_classes=[
            {"name": "DROP", "test": "option[60].text == 'bad'"},
            {"name": "SKIP_DDNS", "test": "option[60].text == 'skip'"},
        ]
    ),
)
def drop_class(talk: Talk) -> None:
    Client(talk, 1, (60, b"bad")).lease()
    Client(talk, 1, (60, b"bad")).inform()
    Client(talk, 2, (60, b"skip"), (81, b"\1\0\0name.example.org")).lease()
    Client(talk, 3).lease()


@case(
    4,
    network(
        subnet={"reservations": [{"hw-address": "02:00:00:01:00:01", "client-classes": ["DROP"]}]},
        client_classes=[{"name": "DROP2"}],
    ),
)
def reserved_drop_class(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).lease()


@case(
    4,
    network(
        client_classes=[
            {
                "name": "vendor",
                "test": "option[60].text == 'acme'",
                "option-def": [
                    {"name": "vendor-encapsulated-options", "code": 43, "type": "empty", "encapsulate": "ACME"},
                ],
                "option-data": [
                    {"name": "vendor-encapsulated-options"},
                    {"name": "server", "space": "ACME", "data": "192.0.2.3"},
                ],
            }
        ],
        option_def=[{"name": "server", "code": 1, "type": "ipv4-address", "space": "ACME"}],
    ),
    "V4-288",
)
def option_43_of_a_class(talk: Talk) -> None:
    Client(talk, 1, (60, b"acme"), (55, b"\x2b")).lease()
    Client(talk, 2, (60, b"other"), (55, b"\x2b")).lease()
