"""Options as Kea 2.2.0 takes and sends them: verdicts on `option-data` and `option-def`, octets, and text."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest

from kea_twisted.family import V4, V6, Family
from kea_twisted.options import spaces, text
from kea_twisted.options.configured import configure_option, make_definition
from kea_twisted.options.definition import ConfiguredOption, OptionDefinition
from kea_twisted.options.nested import nest
from kea_twisted.options.spaces import Definitions
from kea_twisted.options.suboptions import parse4
from tests.differential.options.option_oracle import Oracle

pytestmark = pytest.mark.peer("kea")

FAMILIES: Final = {4: V4, 6: V6}

TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "empty": ("", "x", " "),
    "binary": ("", "ab", "abc", "a b", " ab cd ", "0xab", "ab:cd", "'x'", "ab,cd", "zz", "AB", "\tab"),
    "boolean": ("true", "TRUE", "False", "0", "1", "2", "-1", "01", "+1", "0x1", "yes", "", " true ", "-0"),
    "uint8": ("0", "255", "256", "-1", "0x10", "ff", "FF", " 1 ", "", "+1", "1.0", "010", "08", "0b1", "1_0", "0x"),
    "uint16": ("65535", "65536", "abcd", "-1", "0xffff", "1,2", ",1", "1,", ",", "1,,2"),
    "uint32": ("4294967295", "4294967296", "-1", "ffffffff", "99999999999999999999", "0xfffffffffffffffff"),
    "int8": ("-128", "127", "128", "-129", "0x7f", "0x80", "-0x1", "-a", "--1", "- 1"),
    "int16": ("-32768", "32767", "32768", "7fff", "ffff"),
    "int32": ("-2147483648", "2147483647", "2147483648", "7fffffff"),
    "ipv4-address": ("1.2.3.4", "1.2.3", "01.2.3.4", "1.2.3.4.5", "1.2.3.256", "", " 1.2.3.4 ", "1.2.3.4,5.6.7.8", "a"),
    "ipv6-address": ("::1", "2001:db8::", "::1.2.3.4", "1::2::3", "", ":::", "g::1", "::1,::2", "2001:DB8::A"),
    "ipv6-prefix": (
        *("2001:db8::/32", "2001:db8::1/32", "::/0", "2001:db8::", "2001:db8:: / 32", "2001:db8:ffff::/33"),
        *("1.2.3.4/8", "2001:db8::/0x20", "::1/128", "/64", "2001:db8::/", "2001:db8::/256", "::/-1"),
    ),
    "psid": ("3/4", "0/0", "1/0", "16/4", "15/4", "65535/16", "3/17", "3", "x/4", "0x3/4", "3 / 4", "65536/16", "3/-1"),
    "string": ("abc", "a,b", "a\\,b", "", " abc ", "a\\b", "a\\\\b", "a\\", "\\,", "a\\\\,b", " ", "x" * 300),
    "tuple": ("abc", "", "a,b", " a ", "x" * 255, "x" * 256, " "),
    "fqdn": (
        *("www.example.com", "www.example.com.", "EXAMPLE.com", "a..b", ".com", "a_b.c", "*.x", "xn--abc", "a\\065b"),
        *(f"{'a' * 63}.com", f"{'a' * 64}.com", ".".join(["a" * 49] * 5), ".".join(["a" * 50] * 5), "", "a-", "-"),
    ),
}
"""Texts that each type is tried with, good and bad."""

HEXES: Final = (
    *(
        "",
        "00",
        "01",
        "02",
        "ff",
        "0102",
        "010203",
        "01020304",
        "0102030405",
        "0161",
        "016100",
        "01610162",
        "0161000162",
    ),
    *(
        "016100016200",
        "610000",
        "0000",
        "043000",
        "043fff",
        "0430",
        "04300004",
        "20200101",
        "2020010101",
        "202001010101",
    ),
    *("08ffff", "04ff", "000161", "00016100", "0561", "01" * 16, "01" * 17, "01" * 20, "0001000161", "00050103616263"),
)
"""Octets that each type is tried with."""

FORMS: Final = (
    *(
        "a",
        "abc",
        "0xabc",
        "0Xab",
        "0x",
        "ab:cd",
        "a:b",
        "a b",
        "ab cd",
        "ab  cd",
        " ab",
        "ab ",
        "ab:cd:",
        ":ab",
        "'x'",
    ),
    *("'ab cd'", " 'ab'", "'ab", "ab'", "''", "x", "ab,cd", "ab-cd", "abc:d", "ab:cd ef", "0xab:cd", "1:2:345", "a: b"),
    *("'it''s'", "0x1", "\tab", "'ab' ", "0x0x1", "AB:cD", "'", " "),
)
"""Ways to write octets."""

RECORDS: Final[dict[str, tuple[str, ...]]] = {
    "uint8, string": ("1,abc", "1", "1,", "1, ", "1,a,b", "1,a\\,b", ""),
    "uint8, binary": ("1,ab", "1,a", "1"),
    "uint8, ipv4-address": ("1,1.1.1.1", "1,1.1.1.1,2.2.2.2", "1"),
    "uint8, fqdn, uint16": ("1,a.b,5", "1,a.b"),
    "uint8, tuple": ("1,abc", "1,ab,cd"),
    "ipv6-prefix, uint8": ("2001:db8::/32,1", "2001:db8::/32"),
    "boolean, ipv6-address": ("true,::1", "2,::1"),
    "uint8, psid": ("1,3/4", "1,3/4,2/4"),
    "uint8, uint16": ("1,2", "1,2,3,4", "1,2,x"),
    "uint8, fqdn": ("1,a.b,c.d", "1,a.b"),
    "uint8, ipv6-prefix": ("1,::/0,2001:db8::/16",),
    "uint32, int8, boolean": ("1,-1,true", "1,2,3"),
}


@dataclass(frozen=True)
class Case:
    """One definition and one value for it."""

    type: str
    data: str
    csv: bool = True
    array: bool = False
    record: str = ""
    encapsulate: str = ""

    def definition(self, code: int) -> dict[str, Any]:
        """Return the `option-def` entry."""
        return {
            "name": f"x{code}",
            "code": code,
            "type": self.type,
            "array": self.array,
            "record-types": self.record,
            "encapsulate": self.encapsulate,
        }

    def option(self, code: int) -> dict[str, Any]:
        """Return the `option-data` entry."""
        return {"code": code, "data": self.data, "csv-format": self.csv, "always-send": True}


DIFFERENCES: Final[tuple[tuple[int, str, str, str], ...]] = (
    (0, "ipv4-address", ":", "Kea takes IPv6 addresses where IPv4 ones belong, and sends their first octets"),
    (0, "ipv6-address", "%", "Kea takes a zone, which cannot be sent, and drops it"),
    (0, "ipv6-address", r"^\d+\.\d+\.\d+\.\d+", "Kea takes IPv4 addresses in an array of IPv6 addresses"),
    (0, "ipv6-prefix", r"/(129|1[3-9]\d|2\d\d)", "Kea takes prefixes of over 128 bits, and sends octets of nothing"),
    (0, "ipv6-prefix", "^(8[1-9a-f]|[9a-f].)", "the same in hexadecimal"),
    (0, "ipv6-prefix", "^([0-9a-f]{2}|[0-9a-f]{8})$", "Kea takes a record whose last field, a prefix, is missing"),
    (0, "fqdn", r"^\.$|,\s*\.\s*(,|$)", "Kea drops the root domain from lists without a word"),
    (0, "fqdn", "^([0-9a-f]{2})?00", "Kea loses its place in the octets after a root domain"),
    (4, "ipv6-address[]", "", "Kea gives them the header of DHCPv6 in DHCPv4, which spoils the whole packet"),
    (4, "tuple[]", "^x{255}$", "Kea does not split such an option over 255 octets, which spoils the whole packet"),
    (6, "ipv4-address[]", "", "Kea cuts the code of such options to 8 bits in DHCPv6, so they go out as others"),
)
"""(family or 0 for both, type, what the data looks like, why we differ on purpose)."""


def differs_on_purpose(case: Case, family: Family) -> str:
    """Return the reason why Kea and we may differ about *case*, "" if we may not."""
    kinds = (case.type, *case.record.split(", "), f"{case.type}[]" if case.array else "")
    for number, kind, pattern, reason in DIFFERENCES:
        if number in (0, family.number) and kind in kinds and re.search(pattern, case.data):
            return reason
    return ""


def cases() -> Iterator[Case]:
    """Yield the cases: written ones and, from a fixed seed, mutations of them."""
    for kind, texts in TEXTS.items():
        arrays = (False,) if kind in ("empty", "binary", "string") else (False, True)
        for array in arrays:
            for data in texts:
                yield Case(kind, data, array=array)
            for data in HEXES:
                yield Case(kind, data, csv=False, array=array)
        several = ",".join(texts[:2])
        if len(arrays) == 2:
            yield Case(kind, several, array=True)
    for data in FORMS:
        yield Case("binary", data, csv=False)
        yield Case("string", data, csv=False)
    for record, texts in RECORDS.items():
        for array in (False,) if record.endswith(("string", "binary")) else (False, True):
            for data in texts:
                yield Case("record", data, array=array, record=record)
            for data in HEXES:
                yield Case("record", data, csv=False, array=array, record=record)
    chance = random.Random(2132)
    for kind, texts in TEXTS.items():
        for _ in range(25):
            yield Case(kind, mutated(chance, chance.choice(texts)), array=kind in ("uint16", "fqdn", "ipv4-address"))
    for _ in range(100):
        yield Case("binary", mutated(chance, chance.choice(FORMS)), csv=False)


def mutated(chance: random.Random, data: str) -> str:
    """Return *data* with one to three characters put in, taken out or doubled."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(data))
        kind = chance.randrange(3)
        if kind == 0:
            data = data[:at] + chance.choice("0123456789abcdefgx:/.,- +'\\") + data[at:]
        elif kind == 1:
            data = data[:at] + data[at + 1 :]
        else:
            data = data[:at] + data[at : at + 2] + data[at:]
    return data


def ours(case: Case, code: int, family: Family) -> bytes | str:
    """Return the octets we make of *case*, or our complaint."""
    try:
        definition = make_definition(
            family=family,
            name=f"x{code}",
            code=code,
            data_type=case.type,
            array=case.array,
            record_types=case.record,
            encapsulate=case.encapsulate,
        )
        option = configure_option(
            definitions=Definitions({(family.space, code): definition}, family),
            family=family,
            code=code,
            data=case.data,
            csv_format=case.csv,
        )
    except ValueError as error:
        return str(error)
    return option.body


@pytest.mark.arm("V4-114")
@pytest.mark.arm("V4-115")
@pytest.mark.arm("V4-262")
@pytest.mark.arm("V6-108")
def test_custom_options_are_accepted_and_sent_as_kea_does(oracle: Oracle) -> None:
    family = FAMILIES[oracle.family]
    wrong = []
    sent: list[tuple[Case, bytes]] = []
    for case in dict.fromkeys(cases()):
        if differs_on_purpose(case, family):
            continue
        complaint = oracle.check({"option-def": [case.definition(230)], "option-data": [case.option(230)]})
        mine = ours(case, 230, family)
        if isinstance(mine, bytes) != (complaint == ""):
            wrong.append(f"{case}: Kea says {complaint or 'yes'}, we say {mine!r}")
        elif isinstance(mine, bytes):
            sent.append((case, mine))
    first, room = (224, 31) if family is V4 else (1000, 200)
    for start in range(0, len(sent), room):
        group = sent[start : start + room]
        entries = {
            "option-def": [case.definition(first + at) for at, (case, _) in enumerate(group)],
            "option-data": [case.option(first + at) for at, (case, _) in enumerate(group)],
        }
        assert oracle.apply(entries) == ""
        answer = oracle.options()
        assert answer
        for at, (case, mine) in enumerate(group):
            theirs = answer.get(first + at)
            if theirs != mine:
                wrong.append(f"{case}: Kea sends {theirs.hex() if theirs is not None else None}, we {mine.hex()}")
    assert not wrong, "\n".join(wrong)


STANDARD_TEXTS: Final = (
    *(
        "",
        "1",
        "1,2",
        "1,2,3",
        "256",
        "65536",
        "-1",
        "true",
        "1.2.3.4",
        "1,1.2.3.4",
        "true,1.2.3.4",
        "::1",
        "::1,3,a.b",
    ),
    *(
        "a.b",
        "a..b",
        "a.b,c.d",
        "zz",
        "0a",
        "1,zz",
        "1,a.b",
        "4491,0003666f6f",
        "4491,03666f6f",
        "2001:db8::/64",
        "1,3/4",
    ),
    *(
        "1,2,3,1.2.3.4,::/0",
        "1.2.3.4,::/0",
        "1,2,::1,1.2.3.4",
        "1,1.2.3.4,1.2.3.4,a.b",
        "1,2,64,::",
        "::1,1,2",
        "1,::1",
    ),
    *("::1,ab", "1,2,ab", "1,ab", "true,abc"),
)
STANDARD_HEXES: Final = (
    *("", "00", "0001", "000001", "00000001", "0000000100", "016100", "0161", "000161", "4001", "400100", "01" * 12),
    *(
        "01" * 16,
        "01" * 24,
        "01" * 25,
        "000003e70003666f6f",
        "000003e703666f6f",
        "000003e7",
        "0500",
        "05",
        "2001",
        "05016100",
    ),
)
SPACES: Final = {
    4: ("vendor-4491", "docsis3-v4", "docsis3-v6", "s46-cont-mape-options"),
    6: (
        *("vendor-4491", "vendor-2495", "s46-cont-mape-options", "s46-cont-mapt-options", "s46-cont-lw-options"),
        *("s46-rule-options", "s46-v4v6bind-options", "docsis3-v4", "docsis3-v6"),
    ),
}
SKIPPED: Final = {(V4.space, 81, True): "Kea writes the text of a name into the option; no client can read it"}
"""Standard options whose text form we do not take over: (space, code, csv-format)."""


@pytest.mark.arm("V4-126")
@pytest.mark.arm("V6-121")
def test_standard_options_take_what_kea_takes(oracle: Oracle) -> None:
    family = FAMILIES[oracle.family]
    definitions = spaces.STANDARD_OF[family.number]
    wrong = []
    for space in (family.space, *SPACES[family.number]):
        for row in definitions.in_space(space):
            for csv, values in ((True, STANDARD_TEXTS), (False, STANDARD_HEXES)):
                for data in values:
                    case = Case(row.type, data, csv, row.array, ", ".join(row.record))
                    if (space, row.code, csv) in SKIPPED or differs_on_purpose(case, family):
                        continue
                    entry = {"code": row.code, "name": row.name, "space": space, "data": data, "csv-format": csv}
                    complaint = oracle.check({"option-data": [entry]})
                    mine = ""
                    try:
                        configure_option(
                            definitions=definitions,
                            family=family,
                            code=row.code,
                            name=row.name,
                            space=space,
                            data=data,
                            csv_format=csv,
                        )
                    except ValueError as error:
                        mine = str(error)
                    if bool(mine) != bool(complaint):
                        wrong.append(f"{space} {row.code} {data!r} csv={csv}: Kea {complaint!r}, we {mine!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.arm("V4-126")
@pytest.mark.arm("V6-121")
def test_the_tables_have_the_names_and_codes_that_kea_knows(oracle: Oracle) -> None:
    family = FAMILIES[oracle.family]
    definitions = spaces.STANDARD_OF[family.number]
    top = 255 if family is V4 else 260
    codes = [*range(1, top), *(() if family is V4 else (1026, *range(59998, 60006)))]
    for space in (family.space, *SPACES[family.number], "dhcp-agent-options-space", "vendor-25506", "rsoo-opts"):
        theirs = {}
        for code in codes:
            # A wrong name makes Kea tell the right one.
            entry = {"code": code, "name": "no-such-name", "space": space, "data": "00", "csv-format": False}
            found = re.search(
                r"does not match the option definition: '[^'.]*\.([^']*)'", oracle.check({"option-data": [entry]})
            )
            if found:
                theirs[code] = found.group(1)
        ours = {row.code: row.name for row in definitions.in_space(space)}
        assert {code: name for code, name in ours.items() if family is V6 or code < 256} == theirs


UNASKABLE: Final = {
    4: {
        52: "says where options stand",
        53: "is in the request already",
        54: "names another server",
        61: "is looked at later: see the cases of tests.differential.cases.v4_malformed",
        118: "selects the subnet",
    },
    6: {
        1: "is in the request already",
        2: "names another server",
        9: "stands for a relay",
        **dict.fromkeys((3, 4, 25), "is not allowed in such a request"),
        66: "is looked into",
    },
}
"""Standard options that change what becomes of a request, whatever their form."""


def test_queries_with_malformed_options_are_dropped_as_by_kea(oracle: Oracle) -> None:
    family = FAMILIES[oracle.family]
    definitions = spaces.STANDARD_OF[family.number]
    assert oracle.apply({}) == ""
    wrong = []
    for row in definitions.in_space(family.space):
        if row.code in UNASKABLE[family.number]:
            continue
        for data in STANDARD_HEXES:
            case = Case(row.type, data, False, row.array, ", ".join(row.record))
            if differs_on_purpose(case, family):
                continue
            body = bytes.fromhex(data)
            head = row.code.to_bytes(1 if family is V4 else 2, "big") + len(body).to_bytes(
                1 if family is V4 else 2, "big"
            )
            reason = spaces.malformed(definitions, family.space, {row.code: body})
            if oracle.answers(head + body) != (reason == ""):
                wrong.append(f"{row.code} {row.name} {data}: we {reason or 'answer'}, Kea does not")
    assert not wrong, "\n".join(wrong)


DEFINITIONS: Final[tuple[dict[str, Any], ...]] = (
    *({"name": name} for name in ("", "a b", "-a", "a-", "_a", "a.b", "9a", "A_b-C", "a", "routers", "dns-servers")),
    *({"code": code} for code in (0, 1, 3, 43, 82, 120, 254, 255, 256, 65535, 65536, -1)),
    *({"code": code, "space": "foo"} for code in (0, 1, 255, 256, 65535, 65536)),
    *({"code": code, "space": "vendor-encapsulated-options-space"} for code in (0, 255)),
    *({"code": 1, "space": space} for space in ("vendor-4491", "vendor-123", "dhcp-agent-options-space", "vendor-x")),
    *(
        {"code": code, "name": name, "space": space}
        for space in ("dhcp4", "dhcp6", "docsis3-v4", "docsis3-v6", "s46-cont-mape-options", "vendor-4491")
        for code, name in ((2, "own"), (90, "own"), (211, "tftp-servers"), (211, "s46-br"), (211, "own"))
    ),
    *({"space": space} for space in ("dhcp4", "dhcp6", "a b", "", "-a", "a.b", "A_b", "a-")),
    *({"type": kind} for kind in (*TEXTS, "record", "foo", "", "UINT8", "any-address", "internal", "unknown")),
    *({"type": kind, "array": True} for kind in TEXTS),
    *(
        {"type": "record", "record-types": fields, "array": array}
        for array in (False, True)
        for fields in (
            *(
                "",
                "uint8",
                "uint8,uint8",
                " uint8 , uint8 ",
                "uint8 uint8",
                "uint8,,uint8",
                "uint8,record",
                ",uint8,uint8",
            ),
            *("uint8,empty", "string,uint8", "binary,uint8", "string,string", "fqdn,uint8", "tuple,uint8", "uint8,bar"),
            *("uint8,string", "uint8,binary", "uint8,fqdn", "uint8,internal", "uint8, ,uint8"),
        )
    ),
    {"record-types": "uint8"},
    *({"encapsulate": space} for space in ("", "foo", "a b", "dhcp4", "dhcp6", "vendor-123")),
    *({"encapsulate": "foo", "type": kind} for kind in TEXTS),
    {"encapsulate": "foo", "array": True},
    {"encapsulate": "foo", "space": "foo"},
    {"code": 43, "name": "vendor-encapsulated-options", "type": "empty", "encapsulate": "foo"},
    {"code": 43, "name": "vendor-encapsulated-options", "type": "binary"},
)


@pytest.mark.arm("V4-271")
@pytest.mark.arm("V4-273")
@pytest.mark.arm("V6-217")
def test_definitions_are_accepted_as_by_kea(oracle: Oracle) -> None:
    family = FAMILIES[oracle.family]
    wrong = []
    for changes in DEFINITIONS:
        entry = {"name": "x", "code": 230, "type": "uint8", **changes}
        complaint = oracle.check({"option-def": [entry]})
        mine = ""
        keywords = {key.replace("-", "_"): value for key, value in entry.items()}
        keywords["data_type"] = keywords.pop("type")
        try:
            make_definition(family=family, **keywords)
        except ValueError as error:
            mine = str(error)
        if bool(mine) != bool(complaint):
            wrong.append(f"{changes}: Kea {complaint!r}, we {mine!r}")
    assert not wrong, "\n".join(wrong)


ENTRIES: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"data": "00"},
    *({"code": code, "data": "00", "csv-format": False} for code in (0, 1, 230, 254, 255, 256, 65535, 65536, -1)),
    *({"code": code, "space": "foo", "data": "00", "csv-format": False} for code in (0, 255, 256, 65535, 65536)),
    *({"name": name, "data": "00", "csv-format": False} for name in ("zzz", "a b", "", "routers", "dns-servers")),
    *({"name": name, "code": 230, "data": "00", "csv-format": False} for name in ("zzz", "a b", "")),
    *({"name": name, "code": 3, "data": "1.1.1.1"} for name in ("routers", "foo", "time-servers")),
    {"code": 230, "data": "00"},
    {"code": 230, "data": "00", "csv-format": True},
    {"code": 230, "csv-format": False},
    {"code": 230, "data": "zz", "csv-format": False},
    *(
        {"code": 1, "space": space, "data": "00", "csv-format": False}
        for space in ("dhcp4", "dhcp6", "a b", "", "vendor-9")
    ),
    *({"name": "tftp-servers", "space": "vendor-4491", "data": data} for data in ("1.1.1.1", "::1", "x")),
    *({"code": code} for code in (1, 3, 12, 14, 43, 82, 61, 94, 66)),
)


@pytest.mark.arm("V4-112")
@pytest.mark.arm("V4-306")
@pytest.mark.arm("V6-104")
def test_entries_are_accepted_as_by_kea(oracle: Oracle) -> None:
    family = FAMILIES[oracle.family]
    wrong = []
    for entry in ENTRIES:
        if family is V4 and entry.get("space") == "vendor-4491" and ":" in entry["data"]:
            continue  # see DIFFERENCES
        complaint = oracle.check({"option-data": [entry]})
        mine = ""
        try:
            configure_option(
                definitions=spaces.STANDARD_OF[family.number],
                family=family,
                **{key.replace("-", "_"): value for key, value in entry.items()},
            )
        except ValueError as error:
            mine = str(error)
        if bool(mine) != bool(complaint):
            wrong.append(f"{entry}: Kea {complaint!r}, we {mine!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.arm("V4-303")
@pytest.mark.arm("V4-305")
@pytest.mark.arm("V6-215")
def test_containers_are_sent_as_kea_sends_them(oracle: Oracle) -> None:
    family = FAMILIES[oracle.family]
    wrong = []
    for number, (container, inside) in enumerate(CONTAINERS[family.number]):
        rows = [make_definition(family=family, **keywords(entry)) for entry in INNER]
        definitions = Definitions({(row.space, row.code): row for row in rows}, family)
        entries = [{"always-send": True, **container}, *inside]
        assert oracle.apply({"option-def": list(INNER), "option-data": entries}) == "", number
        found: dict[str, dict[int, ConfiguredOption]] = {}
        for entry in reversed(inside):
            option = configure_option(definitions=definitions, family=family, **keywords(entry))
            found.setdefault(option.space, {})[option.code] = option
        mine = nest(configure_option(definitions=definitions, family=family, **keywords(container)), found)
        theirs = oracle.options().get(container["code"])
        if family is V4 and theirs is not None and len(mine) > 255:
            # Kea begins an option for each sub-option and 251 octets of it, we for each 255 octets: RFC 3396 allows
            # both, and who joins the parts has the same sub-options.
            if parse4(mine) != parse4(theirs):
                wrong.append(f"{container}: other sub-options than Kea's")
        elif mine != theirs:
            wrong.append(f"{container} {inside}: Kea {theirs.hex() if theirs is not None else None}, we {mine.hex()}")
    assert not wrong, "\n".join(wrong)


def keywords(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the keywords of an entry as those of our functions."""
    renamed = {"type": "data_type", "record-types": "record_types", "csv-format": "csv_format"}
    return {renamed.get(key, key): value for key, value in entry.items()}


INNER: Final[tuple[dict[str, Any], ...]] = (
    {"name": "none", "code": 222, "type": "empty", "encapsulate": "foo"},
    {"name": "number", "code": 223, "type": "uint16", "encapsulate": "foo"},
    {"name": "text", "code": 224, "type": "string", "encapsulate": "foo"},
    {"name": "octets", "code": 225, "type": "binary", "encapsulate": "foo"},
    {"name": "address", "code": 226, "type": "ipv4-address", "encapsulate": "foo"},
    {"name": "domain", "code": 227, "type": "fqdn", "encapsulate": "foo"},
    {"name": "both", "code": 228, "type": "record", "record-types": "uint8,ipv6-address", "encapsulate": "foo"},
    {"name": "deeper", "code": 5, "type": "uint8", "space": "foo", "encapsulate": "bar"},
    {"name": "deepest", "code": 1, "type": "uint8", "space": "bar"},
)


def _inner(code: int, data: str, space: str = "foo") -> dict[str, Any]:
    return {"code": code, "space": space, "data": data, "csv-format": False}


_SOME: Final = (_inner(9, "aa"), _inner(1, "bb"))
_HEX4: Final = {"code": 222, "data": "0201cc", "csv-format": False}
_HEX6: Final = {"code": 222, "data": "00020001cc", "csv-format": False}
_SHARED: Final[tuple[tuple[dict[str, Any], tuple[dict[str, Any], ...]], ...]] = (
    ({"code": 222}, ()),
    ({"code": 222}, _SOME),
    ({"code": 222}, (_inner(1, "aa"), _inner(1, "bb"))),
    ({"code": 223, "data": "7"}, _SOME),
    ({"code": 224, "data": "abc"}, _SOME),
    ({"code": 225, "data": "abcd"}, _SOME),
    ({"code": 226, "data": "1.2.3.4"}, _SOME),
    ({"code": 227, "data": "a.b"}, _SOME),
    ({"code": 228, "data": "1, ::1"}, _SOME),
    ({"code": 222}, (_inner(5, "07"), _inner(1, "09", "bar"))),
    ({"code": 222}, (_inner(1, "09", "bar"),)),
    ({"code": 222}, (_inner(0, "aa"), _inner(255, "bb"), _inner(7, "ab" * 300))),
)
_MAPE: Final = "s46-cont-mape-options"
_MAPT: Final = "s46-cont-mapt-options"
_LW: Final = "s46-cont-lw-options"
_RULE: Final = {"name": "s46-rule", "data": "128, 0, 24, 192.0.2.0, 2001:db8:1::/64"}
_PORTS: Final = {"name": "s46-portparams", "data": "2, 3/4"}
CONTAINERS: Final[dict[int, tuple[tuple[dict[str, Any], tuple[dict[str, Any], ...]], ...]]] = {
    4: (
        *_SHARED,
        (_HEX4, (_inner(1, "bb"), _inner(2, "dd"))),
        ({"code": 43}, (_inner(1, "aa", "vendor-encapsulated-options-space"),)),
        (
            {"code": 43, "data": "00020161ff", "csv-format": False},
            (_inner(1, "aa", "vendor-encapsulated-options-space"),),
        ),
    ),
    6: (
        *_SHARED,
        (_HEX6, (_inner(1, "bb"), _inner(2, "dd"))),
        (
            {"code": 94},
            (
                {"space": _MAPE, **_RULE},
                {"space": _MAPE, "name": "s46-br", "data": "2001:db8::1"},
                {"space": "s46-rule-options", **_PORTS},
            ),
        ),
        ({"code": 95}, ({"space": _MAPT, **_RULE}, {"space": _MAPT, "name": "s46-dmr", "data": "2001:db8::/56"})),
        (
            {"code": 96},
            (
                {"space": _LW, "name": "s46-v4v6bind", "data": "192.0.2.3, 2001:db8:1:cafe::/64"},
                {"space": "s46-v4v6bind-options", **_PORTS},
            ),
        ),
    ),
}


SHOWN: Final[tuple[tuple[str, bool, str, tuple[str, ...]], ...]] = (
    ("empty", False, "", ("61", "")),
    ("binary", False, "", ("0a0b", "")),
    ("boolean", False, "", ("00", "01", "0100")),
    ("int8", False, "", ("ff",)),
    ("int16", False, "", ("fffe",)),
    ("int32", False, "", ("fffffffe",)),
    ("uint8", False, "", ("05", "0506")),
    ("uint16", False, "", ("0005",)),
    ("uint32", False, "", ("00000005",)),
    ("ipv4-address", False, "", ("01020304",)),
    ("ipv6-address", False, "", ("20010db8" + "00" * 11 + "01",)),
    ("psid", False, "", ("043000",)),
    ("string", False, "", ("616263", "61620000")),
    ("fqdn", False, "", ("0161016200",)),
    ("record", False, "uint8, string", ("01616263", "01")),
    ("record", False, "uint32, binary", ("000000010a0b",)),
    ("record", True, "uint8, ipv4-address", ("010102030405060708",)),
    ("uint8", True, "", ("010203",)),
    ("int8", True, "", ("ff01",)),
    ("int16", True, "", ("fffe",)),
    ("int32", True, "", ("fffffffe00000001",)),
    ("fqdn", True, "", ("01610001620363636300",)),
    ("boolean", True, "", ("0100",)),
    ("psid", True, "", ("043000043000",)),
)
SHOWN_TUPLES: Final = {4: ("0161", "01610162"), 6: ("000161", "000161000162")}
SHOWN_STANDARD: Final[dict[int, tuple[tuple[int, str], ...]]] = {
    4: (
        *((12, "686f737400"), (81, "040000016100"), (81, "0000006162"), (81, "050000016101620000"), (55, "010306")),
        *((124, "0000118b0403666f6f"), (124, "0000118b"), (125, "0000118b050103010266"), (125, "000003e7050103010266")),
        *((82, "010361626302020102ff0105"), (82, "0101610101620505"), (79, "01616263"), (77, "0361"), (17, "61")),
        *((119, "0161000162c000"), (61, "01020000000001"), (60, "61626300"), (108, "00000000"), (200, "616263")),
        *((3, "01020304"), (93, "00000007"), (94, "010203"), (97, "000a0b"), (57, "05dc"), (50, "01020304"), (82, "")),
        *(
            (81, "000000"),
            (81, "040000"),
            (81, "04000000"),
            (81, "0400000161"),
            (43, "0101610202abcd"),
            (43, "00010161ff"),
            (43, "0105"),
            (51, "00000e10"),
            (15, "612e62"),
            (61, ""),
        ),
    ),
    6: (
        *((6, "00170018"), (16, "0000118b0003666f6f00026161"), (17, "0000118b000100020020"), (39, "010161016200")),
        *(
            (39, "00"),
            (39, "0401610162"),
            (13, "000261626364"),
            (13, "0009"),
            (13, "000a61"),
            (13, "000b61"),
            (13, "00076161"),
            (13, "0008"),
            (13, "0063"),
            (39, "0000"),
            (39, "0001610000"),
            (15, "000161"),
            (8, "0005"),
        ),
        (3, "0000000100000002000000030005001820010db80000000000000000000000050000000100000002"),
        (25, "000000010000000200000003001a001900000001000000024020010db8000000000000000000000000"),
        (
            25,
            "000000010000000200000003001a002900000001000000024020010db8000000000000000000000000000d000c00066e6f207072656669782e",
        ),
        *((60, "000161000162"), (67, "400100"), (37, "0000118b6161"), (14, ""), (24, "016100"), (11, "0001")),
        *((94, ""), (94, "005a0010" + "20010db8" + "00" * 12), (1300, "aabb"), (20, ""), (17, "000003e700010001aa")),
        *((23, "20010db8" + "00" * 11 + "01"), (61, "00070009"), (62, "010203"), (80, "20010db8" + "00" * 11 + "01")),
    ),
}


@pytest.mark.arm("CL-075")
def test_options_of_queries_are_shown_as_kea_shows_them(oracle: Oracle) -> None:
    family = FAMILIES[oracle.family]
    first = 150 if family is V4 else 1000
    entries: list[dict[str, Any]] = []
    custom: dict[tuple[str, int], OptionDefinition] = {}
    queries: list[tuple[int, bytes]] = [(code, bytes.fromhex(body)) for code, body in SHOWN_STANDARD[family.number]]
    tuples = SHOWN_TUPLES[family.number]
    rows = (*SHOWN, ("tuple", False, "", tuples[:1]), ("tuple", True, "", tuples), ("uint16", False, "", ("0005",)))
    taken = {row.code for row in spaces.STANDARD_OF[family.number].in_space(family.space)}
    codes = (code for code in range(first, 224 if family is V4 else 2000) if code not in taken)
    for (kind, array, record, bodies), code in zip(rows, codes, strict=False):
        entry = {"name": f"x{code}", "code": code, "type": kind, "array": array, "record-types": record}
        entries.append(entry)
        custom[family.space, code] = make_definition(
            family=family, name=f"x{code}", code=code, data_type=kind, array=array, record_types=record
        )
        queries += [(code, bytes.fromhex(body)) for body in bodies]
    container = {"name": "container", "code": 149, "type": "uint16", "encapsulate": "foo"}
    inner = {"name": "inner", "code": 1, "type": "string", "space": "foo"}
    custom[family.space, 149] = make_definition(
        family=family, name="container", code=149, data_type="uint16", encapsulate="foo"
    )
    custom["foo", 1] = make_definition(family=family, name="inner", code=1, data_type="string", space="foo")
    bodies = ("00050103616263", "0005010561") if family is V4 else ("0005000100036162630002000105", "000500010005")
    queries += [(149, bytes.fromhex(body)) for body in bodies]
    asked = sorted({code for code, _ in queries})
    classes = [{"name": f"c{code}", "test": f"option[{code}].text == 'x'"} for code in asked]
    config = {"option-def": [*entries, container, inner], "client-classes": classes}
    assert oracle.apply(config, debug=True) == ""
    definitions = Definitions(custom, family)
    wrong = []
    for code, body in queries:
        if family is V4:
            log = oracle.logged_by(bytes((code, len(body))) + body)
            found = re.search(r"QUERY_DATA .*?\noptions:\n(.*?)\n20\d\d-", log, re.DOTALL)
            lines = re.split(r"\n(?=  type=)", found.group(1) if found else log)
            theirs = "\n".join(line for line in lines if not line.startswith("  type=053"))
            mine = text.to_text(definitions, family.space, code, body, family, 2)
        else:
            log = oracle.logged_by(code.to_bytes(2, "big") + len(body).to_bytes(2, "big") + body)
            found = re.search(r"QUERY_DATA .*?\ntype=00001, len=00004: 00:03:00:01\n(.*?)\n1 relay", log, re.DOTALL)
            theirs = found.group(1) if found else log
            mine = text.to_text(definitions, family.space, code, body, family)
        if mine != theirs:
            wrong.append(f"{code} {body.hex()}: Kea {theirs!r}, we {mine!r}")
        evaluated = re.search(rf"EVAL_DEBUG_OPTION Pushing option {code} with value '(.*?)'\n20\d\d-", log, re.DOTALL)
        as_text = text.to_string(definitions, family.space, code, body, family, deferred=True)
        if evaluated is None or evaluated.group(1) != as_text:
            wrong.append(f"{code} {body.hex()}: text is {evaluated and evaluated.group(1)!r} in Kea, {as_text!r} here")
    assert not wrong, "\n".join(wrong)
