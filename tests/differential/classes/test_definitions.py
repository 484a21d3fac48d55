"""Which classes and reservations Kea 2.2.0 lets stand together, and when it evaluates which class, against ours."""

from __future__ import annotations

import pytest

from kea_twisted.base.address import parse4, parse6
from kea_twisted.classes.client_class import ClientClass
from kea_twisted.classes.define import define
from kea_twisted.classes.v4 import ClassEvaluator4
from kea_twisted.errors import ExpressionError
from kea_twisted.family import V4, V6
from kea_twisted.hosts.configured import duplicates
from kea_twisted.hosts.host import Host, IdentifierType
from kea_twisted.options.spaces import Definitions
from kea_twisted.wire.v4 import Packet4, pack, parse
from tests.differential.classes.oracle import Oracle
from tests.support.expressions import RECEIPT4

DEFINITIONS = Definitions(family=V4)

Tests = tuple[tuple[str, str | None], ...]
"""Names and tests of classes, in order."""

SETS: tuple[Tests, ...] = (
    (("a", None), ("b", "member('a')")),
    (("a", "member('b')"), ("b", None)),
    (("a", "member('a')"),),
    (("a", "member('ALL')"), ("b", "not member('a')")),
    (("DROP", None), ("b", "member('DROP')")),
    (("b", "member('DROP')"),),
    (("DROP", "member('KNOWN')"),),
    (("ALL", None),),
    (("ALL", "member('KNOWN')"),),
    (("KNOWN", "member('ALL')"),),
    (("UNKNOWN", "member('ALL')"),),
    (("BOOTP", "member('ALL')"),),
    (("SKIP_DDNS", "member('ALL')"),),
    (("VENDOR_CLASS_x", "member('ALL')"),),
    (("HA_x", "member('HA_y')"),),
    (("AFTER_x", "member('AFTER_')"),),
    (("EXTERNAL_", None), ("b", "member('EXTERNAL_')")),
    (("a", ""),),
    (("a", "  "),),
)


def define_all(tests: Tests, required: frozenset[str] = frozenset()) -> dict[str, ClientClass]:
    made: dict[str, ClientClass] = {}
    for name, test in tests:
        made[name] = ClientClass(name) if test is None else define(name, test, V4, DEFINITIONS, made)
        made[name].only_if_required = name in required
    return made


def configured(tests: Tests, required: frozenset[str] = frozenset()) -> list[dict[str, object]]:
    return [
        {"name": name, "only-if-required": name in required, **({} if test is None else {"test": test})}
        for name, test in tests
    ]


@pytest.mark.parametrize("tests", SETS, ids=str)
@pytest.mark.arm("CL-034")
def test_the_same_classes_are_accepted(oracles: dict[int, Oracle], tests: Tests) -> None:
    try:
        define_all(tests)
        ours = True
    except ExpressionError:
        ours = False
    theirs, text = oracles[4].accepts(configured(tests))
    assert ours is theirs, text


@pytest.mark.arm("CL-013")
@pytest.mark.arm("CL-017")
def test_every_class_is_evaluated_at_the_same_step(oracles: dict[int, Oracle]) -> None:
    """What Kea logs about each test, in order, is what we evaluate in our three steps."""
    tests: Tests = (
        ("late", "member('UNKNOWN')"),
        ("early", "option[53].exists"),
        ("untested", None),
        ("required", "member('early')"),
        ("later", "member('late') and not member('required')"),
        ("nested", "member('required') and member('later')"),
        ("bad", "addrtotext(option[53].hex) == ''"),
    )
    required = frozenset({"required", "nested"})
    order = ["required", "untested", "nowhere", "nested", "early"]
    subnet = {
        "id": 1,
        "subnet": "10.77.0.0/24",
        "pools": [{"pool": "10.77.0.100-10.77.0.200"}],
        "require-client-classes": order,
    }
    query = Packet4(1)
    query.chaddr, query.giaddr, query.hops = b"\2\0\0\0\0\1", parse4("10.77.0.2"), 1
    found = oracles[4].results(configured(tests, required), pack(query), "nested", subnet4=[subnet])

    packet = parse(pack(query), RECEIPT4)
    decide = ClassEvaluator4(define_all(tests, required))
    decide.before_hosts(packet)
    packet.add_class("UNKNOWN")
    decide.after_hosts(packet)
    decide.required(packet, order)
    theirs = {name for name, result in found.items() if result == "1"}
    assert theirs == set(packet.classes) - {"ALL", "UNKNOWN"} == {"early", "late", "later", "required", "nested"}


MAC, DUID, FLEX = IdentifierType.HW_ADDRESS, IdentifierType.DUID, IdentifierType.FLEX_ID

HOSTS4: tuple[tuple[Host, ...], ...] = (
    (Host(MAC, b"\1", 1, hostname="a"), Host(MAC, b"\1", 1, hostname="b")),
    (Host(MAC, b"\1", 1, hostname="a"), Host(MAC, b"\2", 1, hostname="a")),
    (Host(MAC, b"\1", 1, hostname="a"), Host(DUID, b"\1\1\1", 1, hostname="a")),
    (Host(FLEX, b"\1", 1, hostname="a"), Host(FLEX, b"\1", 1, hostname="b")),
    (Host(MAC, b"\1", 1, parse4("10.77.0.5")), Host(MAC, b"\2", 1, parse4("10.77.0.5"))),
    (Host(MAC, b"\1", 1, parse4("10.77.0.5")), Host(MAC, b"\1", 1, parse4("10.77.0.5"))),
    (Host(MAC, b"\1", 1, parse4("10.77.0.5")), Host(MAC, b"\1", 2, parse4("10.78.0.5"))),
    (Host(MAC, b"\1", 1, parse4("10.77.0.5")), Host(MAC, b"\1", 0, parse4("10.77.0.5"))),
    (Host(MAC, b"\1", 0, parse4("10.77.0.5")), Host(MAC, b"\2", 0, parse4("10.77.0.5"))),
)
A6, P6 = parse6("2001:db8:77::5"), parse6("3000::")
HOSTS6: tuple[tuple[Host, ...], ...] = (
    (Host(DUID, b"\1\1\1", 1, hostname="a"), Host(DUID, b"\1\1\1", 1, hostname="b")),
    (Host(FLEX, b"\1", 1, hostname="a"), Host(FLEX, b"\1", 1, hostname="b")),
    (Host(DUID, b"\1\1\1", 1, addresses=(A6,)), Host(DUID, b"\2\2\2", 1, addresses=(A6,))),
    (Host(DUID, b"\1\1\1", 1, prefixes=((P6, 48),)), Host(DUID, b"\2\2\2", 1, prefixes=((P6, 48),))),
    (Host(DUID, b"\1\1\1", 1, prefixes=((P6, 48),)), Host(DUID, b"\2\2\2", 1, prefixes=((P6, 56),))),
    (Host(DUID, b"\1\1\1", 1, addresses=(A6,)), Host(DUID, b"\2\2\2", 0, addresses=(A6,))),
)


def reservation(host: Host) -> dict[str, object]:
    from kea_twisted.base.address import text4, text6

    out: dict[str, object] = {host.identifier_type.keyword: host.identifier.hex(":")}
    if host.hostname:
        out["hostname"] = host.hostname
    if host.address:
        out["ip-address"] = text4(host.address)
    if host.addresses:
        out["ip-addresses"] = [text6(address) for address in host.addresses]
    if host.prefixes:
        out["prefixes"] = [f"{text6(first)}/{length}" for first, length in host.prefixes]
    return out


@pytest.mark.parametrize("unique", [True, False], ids=["unique", "shared"])
@pytest.mark.parametrize("hosts", [*HOSTS4, *HOSTS6], ids=lambda hosts: " ".join(str(reservation(h)) for h in hosts))
@pytest.mark.arm("V4-472")
def test_the_same_reservations_are_duplicates(
    oracles: dict[int, Oracle], hosts: tuple[Host, ...], unique: bool
) -> None:
    family = V4 if hosts in HOSTS4 else V6
    prefixes = ("10.77.0.0/24", "10.78.0.0/24") if family is V4 else ("2001:db8:77::/64", "2001:db8:78::/64")
    subnets = [
        {"id": number, "subnet": prefix, "reservations": [reservation(h) for h in hosts if h.subnet_id == number]}
        for number, prefix in enumerate(prefixes, 1)
    ]
    everywhere = [reservation(host) for host in hosts if host.subnet_id == 0]
    theirs, text = oracles[family.number].accepts(
        [{"name": "c"}],
        **{family.subnets: subnets, "reservations": everywhere, "ip-reservations-unique": unique},
    )
    assert (not duplicates(hosts, family, unique)) is theirs, text
