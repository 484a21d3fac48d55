"""The table of rules for DHCPv6 configurations: rows of the specification, what they accept, what they refuse."""

from __future__ import annotations

from typing import Any

from tests.differential.config.rule import Rule
from tests.support.kea import Json

NET = {"subnet": "2001:db8:1::/64"}
HOST = {"duid": "01:02:03"}


def net(**members: Any) -> Json:
    """Return a configuration of one subnet with *members*; underscores stand for hyphens."""
    return {"subnet6": [{**NET, **_hyphens(members)}]}


def nets(*each: Json) -> Json:
    """Return a configuration of several subnets."""
    return {"subnet6": list(each)}


def shared(*subnets: Json, **members: Any) -> Json:
    """Return a configuration of one shared network."""
    return {"shared-networks": [{"name": "n", "subnet6": list(subnets), **_hyphens(members)}]}


def pool(*texts: str, **members: Any) -> Json:
    """Return a configuration of one subnet with pools."""
    return net(pools=[{"pool": text, **_hyphens(members)} for text in texts])


def prefixes(prefix: str = "2001:db8:8::", length: int = 48, delegated: int = 56, **members: Any) -> Json:
    """Return a configuration of one prefix pool."""
    row = {"prefix": prefix, "prefix-len": length, "delegated-len": delegated, **_hyphens(members)}
    return net(**{"pd-pools": [row]})


def data(*entries: Json, **members: Any) -> Json:
    """Return a configuration of global options."""
    return {"option-data": list(entries), **_hyphens(members)}


def defined(**members: Any) -> Json:
    """Return a configuration of one definition."""
    return {"option-def": [{"name": "foo", "code": 1000, "type": "uint8", **_hyphens(members)}]}


def host(**members: Any) -> Json:
    """Return a configuration of one reservation."""
    return net(reservations=[_hyphens(members)])


def _hyphens(members: Json) -> Json:
    return {name.replace("_", "-"): value for name, value in members.items()}


def without(entry: Json, *names: str) -> Json:
    """Return *entry* without some members."""
    return {name: value for name, value in entry.items() if name not in names}


PD = {"prefix": "2001:db8:8::", "prefix-len": 48, "delegated-len": 56}
DEFINITION = {"name": "foo", "code": 1000, "type": "uint8"}
DNS = {"name": "dns-servers", "data": "2001:db8::1"}
A = {"name": "a", "test": "option[1].exists"}

INTEGERS = (
    ("uint8", 0, 255),
    ("uint16", 0, 65535),
    ("uint32", 0, 4294967295),
    ("int8", -128, 127),
    ("int16", -32768, 32767),
    ("int32", -2147483648, 2147483647),
)


def of_type(kind: str, value: str) -> Json:
    """Return a configuration of one option of a type."""
    return {"option-def": [{**DEFINITION, "type": kind}], "option-data": [{"name": "foo", "data": value}]}


RULES = (
    Rule(
        "syntax",
        ("V6-016", "V6-017", "V6-018"),
        (
            '# one\n// two\n/* three\n*/ "valid-lifetime": 5 # six\n',
            '"renew-timer": 1, "rebind-timer": 2',
            '"rebind-timer": 2, "renew-timer": 1',
        ),
        ('"valid-lifetime": "5"', '"valid-lifetime" 5', '/* "valid-lifetime": 5', '"nosuch": 1'),
    ),
    Rule("a member twice", ("V6-019",), (), ('"valid-lifetime": 5, "valid-lifetime": 6',)),
    Rule(
        "timers and lifetimes",
        ("V6-020",),
        ({"valid-lifetime": 7, "preferred-lifetime": 6, "renew-timer": 1, "rebind-timer": 2}, {"valid-lifetime": 0}),
        ({"valid-lifetime": "x"}, {"renew-timer": 1.5}, {"rebind-timer": True}),
    ),
    Rule(
        "interfaces",
        ("V6-022", "V6-058"),
        (
            {"interfaces-config": {"interfaces": ["*"]}},
            {"interfaces-config": {"interfaces": ["lo", "*"]}},
            {"interfaces-config": {"interfaces": []}},
            {"interfaces-config": {"interfaces": ["lo"], "re-detect": False}},
        ),
        (
            {"interfaces-config": {"interfaces": "lo"}},
            {"interfaces-config": {"interfaces": ["nosuch0"]}},
            {"interfaces-config": {"interfaces": [""]}},
            {"interfaces-config": {"interfaces": [7]}},
            {"interfaces-config": ["lo"]},
        ),
    ),
    Rule(
        "loggers and hooks",
        ("V6-023",),
        (
            {
                "loggers": [
                    {
                        "name": "kea-dhcp6",
                        "severity": "DEBUG",
                        "debuglevel": 99,
                        "output_options": [{"output": "stdout"}],
                    }
                ]
            },
            {"hooks-libraries": []},
        ),
        ({"loggers": {}}, {"loggers": [{"name": 7}]}, {"hooks-libraries": [{"parameters": {}}]}),
    ),
    Rule(
        "lease database",
        ("V6-024", "V6-029"),
        (
            {"lease-database": {"type": "memfile"}},
            {"lease-database": {"type": "memfile", "lfc-interval": 0, "max-row-errors": 7, "persist": False}},
        ),
        (
            {"lease-database": {}},
            {"lease-database": {"type": "paper"}},
            {"lease-database": {"persist": False}},
            {"lease-database": {"type": "memfile", "lfc-interval": -1}},
            {"lease-database": {"type": "memfile", "max-row-errors": "7"}},
        ),
    ),
    Rule(
        "subnets",
        ("V6-025", "V6-026"),
        (net(), net(pools=[]), pool("2001:db8:1::/80"), prefixes(), {"subnet6": []}),
        (
            {"subnet6": [{"pools": []}]},
            {"subnet6": [{"subnet": "2001:db8:1::"}]},
            {"subnet6": [{"subnet": "2001:db8:1::/129"}]},
            {"subnet6": [{"subnet": "192.0.2.0/24"}]},
            {"subnet6": {"subnet": "2001:db8:1::/64"}},
            net(pools=[{}]),
            net(pools=["2001:db8:1::/80"]),
        ),
    ),
    Rule(
        "booleans",
        ("V6-027",),
        (net(**{"rapid-commit": True}), defined(array=True), data({**DNS, "always-send": True})),
        (
            net(**{"rapid-commit": "true"}),
            defined(array="true"),
            data({**DNS, "csv-format": 1}),
            net(**{"rapid-commit": 1}),
        ),
    ),
    Rule(
        "what interfaces-config holds",
        ("V6-067", "V6-068", "V6-069", "V6-070", "V6-071", "V6-073"),
        (
            {
                "interfaces-config": {
                    "interfaces": ["lo"],
                    "re-detect": True,
                    "service-sockets-require-all": True,
                    "service-sockets-max-retries": 5,
                    "service-sockets-retry-wait-time": 100,
                    "user-context": {"a": 1},
                    "comment": "c",
                }
            },
        ),
        (
            {"interfaces-config": {"interfaces": ["lo"], "dhcp-socket-type": "udp"}},
            {"interfaces-config": {"interfaces": ["lo"], "outbound-interface": "same-as-inbound"}},
            {"interfaces-config": {"interfaces": ["lo"], "service-sockets-max-retries": "5"}},
            {"interfaces-config": {"interfaces": ["lo"], "re-detect": 1}},
        ),
    ),
    Rule(
        "databases of leases",
        ("V6-037", "V6-038", "V6-044"),
        (
            {
                "lease-database": {
                    "type": "mysql",
                    "name": "kea",
                    "host": "",
                    "port": 3307,
                    "user": "kea",
                    "password": "",
                    "connect-timeout": 5,
                    "trust-anchor": "/ca",
                    "cert-file": "/cert",
                    "key-file": "/key",
                    "cipher-list": "AES",
                }
            },
            {"lease-database": {"type": "postgresql", "host": "db.example.org", "connect-timeout": 1}},
        ),
        (
            {"lease-database": {"type": "postgresql", "name": 1}},
            {"lease-database": {"type": "postgresql", "port": "5432"}},
            {"lease-database": {"type": "postgresql", "connect-timeout": -1}},
            {"lease-database": {"type": "mysql", "connect-timeout": "5"}},
            {"lease-database": {"type": "mysql", "cert-file": True}},
        ),
    ),
    Rule(
        "databases of reservations",
        ("V6-048", "V6-050", "V6-054"),
        (
            {
                "hosts-database": {
                    "type": "mysql",
                    "name": "kea",
                    "host": "",
                    "port": 3306,
                    "user": "kea",
                    "password": "",
                    "connect-timeout": 3,
                    "max-reconnect-tries": 2,
                    "reconnect-wait-time": 100,
                    "on-fail": "stop-retry-exit",
                    "readonly": True,
                }
            },
            {"hosts-databases": [{"type": "mysql", "name": "a"}, {"type": "postgresql", "name": "b"}]},
        ),
        (
            {"hosts-database": {"name": "kea"}},
            {"hosts-database": {"type": "paper", "name": "kea"}},
            {"hosts-database": {"type": "mysql", "name": "kea", "on-fail": "give-up"}},
            {"hosts-database": {"type": "mysql", "name": "kea", "readonly": "yes"}},
            {"hosts-database": [{"type": "mysql", "name": "kea"}]},
            {"hosts-databases": {"type": "mysql", "name": "kea"}},
        ),
    ),
    Rule(
        "unicast addresses of interfaces",
        ("V6-062", "V6-064"),
        ({"interfaces-config": {"interfaces": ["lo/::1"]}},),
        (
            {"interfaces-config": {"interfaces": ["lo/2001:db8::77"]}},
            {"interfaces-config": {"interfaces": ["lo/"]}},
            {"interfaces-config": {"interfaces": ["lo/127.0.0.1"]}},
            {"interfaces-config": {"interfaces": ["*/::1"]}},
        ),
    ),
    Rule(
        "subnet identifiers",
        ("V6-074", "V6-075"),
        (net(id=1), net(id=4294967294), net(id=0), nets({**NET, "id": 2}, {"subnet": "2001:db8:2::/64"})),
        (
            net(id=-1),
            net(id=4294967295),
            net(id=4294967296),
            net(id="1"),
            nets({**NET, "id": 7}, {"subnet": "2001:db8:2::/64", "id": 7}),
        ),
    ),
    Rule(
        "prefixes of subnets",
        ("V6-077", "V6-078"),
        (
            nets({"subnet": "2001:db8:1::1/64"}, {"subnet": "2001:db8:1::/64"}),
            nets({"subnet": "2001:db8:1::/64"}, {"subnet": "2001:db8::/32"}),
        ),
        (nets({"subnet": "2001:db8:1::/64"}, {"subnet": "2001:db8:1::/64"}),),
    ),
    Rule(
        "pools",
        ("V6-080", "V6-081"),
        (
            pool("2001:db8:1::1-2001:db8:1::9"),
            pool(" 2001:db8:1::1  -\t2001:db8:1::9 "),
            pool("2001:db8:1:: / 80"),
            pool("2001:db8:1::1-2001:db8:1::9", "2001:db8:1:0:1::/80", "2001:db8:1:0:2::/80"),
            nets(*({"subnet": f"2001:db8:{each:x}::/64"} for each in range(1, 99))),
        ),
        (pool("2001:db8:1::1"), pool("2001:db8:1::1-"), pool("2001:db8:1::/"), pool("-"), pool("x-y")),
    ),
    Rule("pool bounds", ("V6-083",), (pool("2001:db8:1::9-2001:db8:1::9"),), (pool("2001:db8:1::9-2001:db8:1::1"),)),
    Rule(
        "pools and their subnet",
        ("V6-085",),
        (pool("2001:db8:1::/64"),),
        (pool("2001:db8:2::/80"), pool("2001:db8:1::-2001:db8:2::"), pool("2001:db8:1::/63")),
    ),
    Rule(
        "overlapping pools",
        ("V6-086", "V6-087"),
        (
            pool("2001:db8:1::1-2001:db8:1::9", "2001:db8:1::a-2001:db8:1::c"),
            nets(
                {"subnet": "2001:db8::/32", "pools": [{"pool": "2001:db8:1::/80"}]},
                {"subnet": "2001:db8:1::/64", "pools": [{"pool": "2001:db8:1::/80"}]},
            ),
        ),
        (
            pool("2001:db8:1::1-2001:db8:1::9", "2001:db8:1::9-2001:db8:1::c"),
            pool("2001:db8:1::/80", "2001:db8:1::5-2001:db8:1::6"),
        ),
    ),
    Rule(
        "members of pools",
        ("V6-088",),
        (
            {
                **pool(
                    "2001:db8:1::/80",
                    option_data=[DNS],
                    client_class="a",
                    require_client_classes=["a"],
                    user_context={"x": 1},
                ),
                "client-classes": [A],
            },
            pool("2001:db8:1::/80", comment="c"),
        ),
        (pool("2001:db8:1::/80", valid_lifetime=7), pool("2001:db8:1::/80", interface="lo")),
    ),
    Rule(
        "prefix pools",
        ("V6-089", "V6-091"),
        (prefixes(), net(**{"pd-pools": [PD, {**PD, "prefix": "3001:db8::"}]})),
        tuple(net(**{"pd-pools": [without(PD, name)]}) for name in PD),
    ),
    Rule(
        "delegated lengths",
        ("V6-090", "V6-092"),
        (prefixes(delegated=48), prefixes(delegated=128), prefixes(length=1, prefix="8000::", delegated=128)),
        (prefixes(delegated=47), prefixes(length=129, delegated=129), prefixes(length=0)),
    ),
    Rule(
        "overlapping prefix pools",
        ("V6-093",),
        (nets({**NET, "pd-pools": [PD]}, {"subnet": "2001:db8:2::/64", "pd-pools": [PD]}),),
        (
            net(**{"pd-pools": [PD, PD]}),
            net(**{"pd-pools": [PD, {**PD, "prefix-len": 52}]}),
            net(**{"pd-pools": [{**PD, "prefix": "2001:db8:1::"}], "pools": [{"pool": "2001:db8:1::/80"}]}),
        ),
    ),
    Rule("prefixes with bits to spare", ("V6-094",), (prefixes("2001:db8:1:8000::", 48, 64),)),
    Rule(
        "excluded prefixes",
        ("V6-095",),
        (prefixes(excluded_prefix="2001:db8:8:0:80::", excluded_prefix_len=72),),
        (
            prefixes(excluded_prefix="2001:db8:8::", excluded_prefix_len=56),
            prefixes(excluded_prefix="2001:db8:9::", excluded_prefix_len=72),
            prefixes(excluded_prefix="2001:db8:8::", excluded_prefix_len=129),
            prefixes(excluded_prefix="2001:db8:8:0:80::"),
            prefixes(excluded_prefix_len=72),
        ),
    ),
    Rule(
        "members of prefix pools",
        ("V6-099",),
        (
            {
                **prefixes(option_data=[DNS], client_class="a", require_client_classes=["a"], comment="c"),
                "client-classes": [A],
            },
        ),
        (prefixes(valid_lifetime=7), prefixes(pool="2001:db8::/80")),
    ),
    Rule(
        "scopes of options",
        ("V6-102",),
        (
            {
                "option-data": [DNS],
                "client-classes": [{**A, "option-data": [DNS]}],
                "shared-networks": [
                    {
                        "name": "n",
                        "option-data": [DNS],
                        "subnet6": [
                            {
                                **NET,
                                "option-data": [DNS],
                                "pools": [{"pool": "2001:db8:1::/80", "option-data": [DNS]}],
                                "pd-pools": [{**PD, "option-data": [DNS]}],
                                "reservations": [{**HOST, "option-data": [DNS]}],
                            }
                        ],
                    }
                ],
            },
        ),
        ({"interfaces-config": {"interfaces": [], "option-data": [DNS]}},),
    ),
    Rule(
        "members of options",
        ("V6-103", "V6-104", "V6-105"),
        (
            data(
                {
                    "name": "dns-servers",
                    "code": 23,
                    "space": "dhcp6",
                    "csv-format": True,
                    "data": "2001:db8::1",
                    "always-send": False,
                    "user-context": {},
                }
            ),
            data({"code": 23, "data": "2001:db8::1"}),
            data({"name": "dns-servers", "data": "2001:db8::1"}),
            data({"code": 1234, "csv-format": False, "data": "01"}),
        ),
        (
            data({"data": "2001:db8::1"}),
            data({"name": "nosuch", "data": "01"}),
            data({"name": "nosuch", "csv-format": False, "data": "01"}),
            data({"name": "domain-search", "code": 23, "data": "2001:db8::1"}),
            data({"name": "dns-servers", "code": 24, "data": "2001:db8::1"}),
            data({"name": 23, "data": "2001:db8::1"}),
            data({"code": "23", "data": "2001:db8::1"}),
            data({"code": 0, "csv-format": False, "data": ""}),
            data({"code": 65536, "csv-format": False, "data": "01"}),
            data({**DNS, "vendor": 9}),
        ),
    ),
    Rule(
        "spaces of standard options",
        ("V6-106",),
        (data({**DNS, "space": "dhcp6"}),),
        (data({**DNS, "space": "dhcp4"}), data({**DNS, "space": "isc"}), data({**DNS, "space": "a.b"})),
    ),
    Rule(
        "no data",
        ("V6-107",),
        (data({"name": "rapid-commit"}), data({"code": 1234, "csv-format": False}), data({"name": "dns-servers"})),
        (data({"name": "subscriber-id"}), data({"name": "preference"}), data({"name": "preference", "data": ""})),
    ),
    Rule(
        "octets",
        ("V6-109", "V6-110", "V6-111"),
        (
            *(
                data({"name": "subscriber-id", "csv-format": False, "data": text})
                for text in ("ab:cd:ef", "ab cd ef", "0xabcdef", "abcdef", "a:b", "'text'", "")
            ),
            data({"name": "solmax-rt", "csv-format": False, "data": "00000064"}),
        ),
        (
            data({"name": "subscriber-id", "csv-format": False, "data": "xy"}),
            data({"name": "subscriber-id", "csv-format": False, "data": "ab:cd ef"}),
            data({"name": "solmax-rt", "csv-format": False, "data": "0064"}),
            data({"name": "dns-servers", "csv-format": False, "data": "01"}),
        ),
    ),
    Rule(
        "values and types",
        ("V6-120", "V6-133"),
        tuple(of_type(kind, value) for kind, low, high in INTEGERS for value in (str(low), str(high))),
        (
            *(of_type(kind, value) for kind, low, high in INTEGERS for value in (str(low - 1), str(high + 1), "x y")),
            data({"name": "dns-servers", "data": "192.0.2.1"}),
            data({"name": "v6-lost", "data": "a..b"}),
        ),
    ),
    Rule(
        "definitions",
        ("V6-217", "V6-218"),
        (
            defined(),
            defined(array=True, space="dhcp6", encapsulate="", record_types="", user_context={}),
            defined(space="isc", code=1),
            {"client-classes": [{**A, "option-data": []}]},
        ),
        (
            *({"option-def": [without(DEFINITION, name)]} for name in DEFINITION),
            defined(type="nosuch"),
            defined(code=0),
            defined(code=65536),
            defined(name="a b"),
            defined(nosuch=1),
        ),
    ),
    Rule(
        "record types",
        ("V6-219", "V6-220", "V6-130"),
        (
            defined(type="record", record_types="uint8, string"),
            defined(type="record", record_types="uint8, uint16", array=True),
        ),
        (
            defined(type="record"),
            defined(type="record", record_types=""),
            defined(type="uint8", record_types="uint8"),
            defined(type="record", record_types="uint8, record"),
            defined(type="record", record_types="uint8, empty"),
            defined(type="record", record_types="uint8, string", array=True),
            defined(type="record", record_types="nosuch"),
            defined(type="string", array=True),
            defined(type="binary", array=True),
            defined(type="empty", array=True),
        ),
    ),
    Rule(
        "values of records",
        ("V6-222",),
        (
            {
                "option-def": [
                    {**DEFINITION, "type": "record", "record-types": "ipv6-address, uint16, boolean, string"}
                ],
                "option-data": [{"name": "foo", "data": "2001:db8:1::10, 123, false, Hello World"}],
            },
        ),
        tuple(
            {
                "option-def": [
                    {**DEFINITION, "type": "record", "record-types": "ipv6-address, uint16, boolean, string"}
                ],
                "option-data": [{"name": "foo", "data": text}],
            }
            for text in (
                "123, 2001:db8:1::10, false, Hello World",
                "2001:db8:1::10, 123",
                "2001:db8:1::10, 65536, 1, x",
            )
        ),
    ),
    Rule(
        "definitions of standard codes",
        ("V6-121", "V6-223"),
        (defined(code=63), defined(code=150), defined(code=23, space="isc")),
        (defined(code=23), defined(code=1), defined(code=59, type="string"), defined(code=103)),
    ),
    Rule(
        "encapsulation",
        ("V6-224",),
        (defined(type="empty", encapsulate="isc"), defined(type="uint16", encapsulate="isc")),
        (defined(encapsulate="dhcp6"), defined(encapsulate="a.b"), defined(array=True, encapsulate="isc")),
    ),
    Rule(
        "options of undefined names",
        ("V6-228",),
        (
            data({"code": 900, "csv-format": False, "data": "01"}),
            data({"code": 1, "space": "isc", "csv-format": False, "data": "01"}),
        ),
        (data({"name": "foo", "data": "01"}), data({"name": "foo", "space": "isc", "data": "01"})),
    ),
    Rule(
        "octets without csv-format",
        ("V6-108",),
        tuple(
            scope({"code": 1234, "data": "0102"})
            for scope in (
                lambda entry: net(option_data=[entry]),
                lambda entry: pool("2001:db8:1::/80", option_data=[entry]),
                lambda entry: prefixes(option_data=[entry]),
                lambda entry: shared(NET, option_data=[entry]),
                lambda entry: host(duid="01:02", option_data=[entry]),
                lambda entry: {"client-classes": [{**A, "option-data": [entry]}]},
            )
        ),
        (
            data({"code": 1234, "data": "0102"}),
            net(option_data=[{"code": 1234, "data": "text"}]),
            net(option_data=[{"code": 1234, "data": "0102", "csv-format": True}]),
            net(option_data=[{"name": "nosuch", "data": "0102"}]),
        ),
    ),
    Rule(
        "definitions twice",
        ("V6-229",),
        ({"option-def": [DEFINITION, {**DEFINITION, "space": "isc"}]},),
        ({"option-def": [DEFINITION, {**DEFINITION, "name": "bar"}]}, {"option-def": [DEFINITION, DEFINITION]}),
    ),
    Rule(
        "vendor options",
        ("V6-232", "V6-234"),
        (
            data({"name": "vendor-opts", "data": "12345"}),
            data({"code": 17, "data": "12345"}),
            data(
                {"name": "vendor-opts", "data": "4491"},
                {"name": "tftp-servers", "space": "vendor-4491", "data": "3000:1::234"},
            ),
        ),
        (data({"name": "vendor-opts", "data": 12345}), data({"name": "vendor-opts", "data": "4294967296"})),
    ),
    Rule(
        "bounds of lifetimes",
        ("V6-239", "V6-240"),
        (
            {"min-valid-lifetime": 5, "valid-lifetime": 6, "max-valid-lifetime": 7},
            {"min-preferred-lifetime": 5, "preferred-lifetime": 6, "max-preferred-lifetime": 7},
            {"min-valid-lifetime": 5, "valid-lifetime": 6},
            {"max-valid-lifetime": 8, "valid-lifetime": 6},
            {"client-classes": [{**A, "valid-lifetime": 5, "min-valid-lifetime": 4, "preferred-lifetime": 3}]},
            shared({**NET, "max-preferred-lifetime": 8000}, min_preferred_lifetime=5, preferred_lifetime=7),
        ),
        (
            {"min-valid-lifetime": 7, "valid-lifetime": 6},
            {"max-valid-lifetime": 5, "valid-lifetime": 6},
            {"min-valid-lifetime": 7, "max-valid-lifetime": 6},
            net(min_preferred_lifetime=7, preferred_lifetime=6),
            net(max_preferred_lifetime=5, preferred_lifetime=6),
            {"client-classes": [{**A, "valid-lifetime": 5, "min-valid-lifetime": 6}]},
            shared(NET, min_valid_lifetime=7, valid_lifetime=6),
        ),
    ),
    Rule(
        "timers",
        ("V6-243", "V6-244"),
        (
            {"renew-timer": 9, "rebind-timer": 9, **net()},
            {"renew-timer": 0, "rebind-timer": 0},
            {"renew-timer": 99999, "rebind-timer": 999999, "valid-lifetime": 10},
        ),
        (
            {"renew-timer": -1, **net()},
            {"renew-timer": 9, "rebind-timer": 8, **net()},
            net(renew_timer=9, rebind_timer=8),
        ),
    ),
    Rule(
        "percentages",
        ("V6-246",),
        ({"t1-percent": 0.2, "t2-percent": 0.3}, net(t1_percent=0.2, t2_percent=0.3), shared(NET, t1_percent=0.2)),
        (
            {"t1-percent": 0.3, "t2-percent": 0.2, **net()},
            {"t1-percent": 0.5, "t2-percent": 0.5, **net()},
            {"t1-percent": 0.0, **net()},
            {"t2-percent": 1.0, **net()},
            {"t1-percent": 0.81, **net()},
            net(t1_percent=0.9, t2_percent=0.8),
        ),
    ),
    Rule(
        "interface and interface-id",
        ("V6-253",),
        (net(interface="lo"), net(interface_id="port")),
        (net(interface="lo", interface_id="port"),),
    ),
    Rule(
        "relays",
        ("V6-256",),
        (
            net(relay={"ip-addresses": ["2001:db8::1", "2001:db8::2"]}),
            net(relay={"ip-address": "2001:db8::1"}),
            shared(NET, relay={"ip-addresses": ["2001:db8::1"]}),
        ),
        (
            net(relay={}),
            net(relay={"ip-addresses": ["192.0.2.1"]}),
            net(relay={"ip-addresses": ["2001:db8::1", "2001:db8::1"]}),
            net(relay={"ip-addresses": "2001:db8::1"}),
            net(relay={"ip-address": "2001:db8::1", "ip-addresses": ["2001:db8::1"]}),
        ),
    ),
    Rule(
        "rapid-commit in shared networks",
        ("V6-265", "V6-388"),
        (
            shared({**NET, "rapid-commit": True}, {"subnet": "2001:db8:2::/64", "rapid-commit": True}),
            shared(NET, {"subnet": "2001:db8:2::/64"}, rapid_commit=True),
            shared({**NET, "interface": "lo"}, {"subnet": "2001:db8:2::/64", "interface": "lo"}),
        ),
        (
            shared({**NET, "rapid-commit": True}, {"subnet": "2001:db8:2::/64", "rapid-commit": False}),
            shared({**NET, "interface": "lo"}, {"subnet": "2001:db8:2::/64", "interface": "eth0"}),
        ),
    ),
    Rule(
        "options that relays may supply",
        ("V6-267", "V6-270"),
        (
            {"relay-supplied-options": ["110", "dns-servers", "65"]},
            {"relay-supplied-options": []},
            {"option-def": [DEFINITION], "relay-supplied-options": ["1000"]},
        ),
        (
            {"relay-supplied-options": ["nosuch"]},
            {"relay-supplied-options": [110]},
            {"relay-supplied-options": ["0"]},
            {"relay-supplied-options": ["65536"]},
        ),
    ),
    Rule(
        "classes",
        ("V6-272", "V6-273"),
        (
            {
                "client-classes": [
                    {**A, "only-if-required": True, "option-data": [DNS], "valid-lifetime": 5, "user-context": {}}
                ]
            },
            {"client-classes": [{"name": "a"}]},
            {"client-classes": [{"name": "a"}], **net(client_class="a")},
            net(client_class=""),
            net(client_class="nosuch"),
        ),
        (
            {"client-classes": [{"test": "option[1].exists"}]},
            {"client-classes": [A, A]},
            {"client-classes": [{"name": "a", "test": "option[1]"}]},
            {"client-classes": [{"name": "a", "only-if-required": "yes"}]},
            {"client-classes": [{"name": ""}]},
            net(client_class=["a"]),
        ),
    ),
    Rule(
        "where reservations stand",
        ("V6-349", "V6-351"),
        (
            {"reservations": [HOST | {"hostname": "a"}]},
            host(
                duid="01:02",
                hostname="a",
                **{"ip-addresses": ["2001:db8:1::1"], "prefixes": ["2001:db8:9::/56"]},
                option_data=[DNS],
                client_classes=["a"],
                user_context={},
            ),
            shared({**NET, "reservations": [{**HOST, "hostname": "a"}]}),
        ),
        (shared(NET, reservations=[HOST]), host(duid="01:02", hostname=7), host(duid="01:02", nosuch=7)),
    ),
    Rule(
        "identifiers of reservations",
        ("V6-350",),
        (
            host(duid="01:02:03", hostname="a"),
            host(hw_address="01:02:03:04:05:06", hostname="a"),
            host(flex_id="'port'", hostname="a"),
        ),
        (
            host(duid="01:02:03", hw_address="01:02:03:04:05:06", hostname="a"),
            host(hostname="a"),
            host(client_id="01:02:03", hostname="a"),
            host(circuit_id="01:02:03", hostname="a"),
            host(duid="xy", hostname="a"),
            host(duid="", hostname="a"),
        ),
    ),
    Rule(
        "one address is a list",
        ("V6-352",),
        (host(duid="01:02", ip_addresses=["2001:db8:1::1"]),),
        (
            host(duid="01:02", ip_addresses="2001:db8:1::1"),
            host(duid="01:02", ip_addresses=["192.0.2.1"]),
            host(duid="01:02", prefixes=["2001:db8::"]),
            host(duid="01:02", prefixes=["2001:db8::1"]),
            host(duid="01:02", ip_addresses=["2001:db8:1::1/64"]),
        ),
    ),
    Rule(
        "where reserved addresses lie",
        ("V6-353", "V6-354", "V6-100"),
        (
            host(duid="01:02", ip_addresses=["2001:db8:1::1"]),
            host(duid="01:02", prefixes=["3001:db8:9::/56"]),
            net(pools=[{"pool": "2001:db8:1::/80"}], reservations=[{**HOST, "ip-addresses": ["2001:db8:1::1"]}]),
            {"reservations": [{**HOST, "ip-addresses": ["3001:db8::1"]}]},
        ),
        (host(duid="01:02", ip_addresses=["2001:db8:2::1"]),),
    ),
    Rule(
        "identifiers that are looked for",
        ("V6-355",),
        tuple(
            {"host-reservation-identifiers": names} for names in (["hw-address", "duid"], ["duid", "flex-id"], ["duid"])
        ),
        tuple(
            {"host-reservation-identifiers": names}
            for names in (["client-id"], ["circuit-id"], ["nosuch"], [], "duid", ["duid", "duid"])
        ),
    ),
    Rule(
        "one reservation a client",
        ("V6-356",),
        (
            nets(
                {**NET, "reservations": [{**HOST, "hostname": "a"}]},
                {"subnet": "2001:db8:2::/64", "reservations": [{**HOST, "hostname": "a"}]},
            ),
        ),
        (
            net(reservations=[{**HOST, "hostname": "a"}, {**HOST, "hostname": "b"}]),
            net(reservations=[{"hw-address": "01:02:03:04:05:06", "hostname": each} for each in "ab"]),
        ),
    ),
    Rule(
        "modes of reservations",
        ("V6-361", "V6-365"),
        (
            *({"reservation-mode": mode} for mode in ("all", "out-of-pool", "global", "disabled")),
            *(net(reservation_mode=mode) for mode in ("all", "out-of-pool", "global", "disabled")),
            shared({**NET, "reservation-mode": "all"}, reservation_mode="disabled"),
        ),
        (
            {"reservation-mode": "nosuch"},
            {"reservation-mode": True},
            net(reservation_mode="none"),
            net(reservation_mode="all", reservations_global=True),
        ),
    ),
    Rule(
        "flags of reservations",
        ("V6-366",),
        tuple(
            {**net(reservations_global=one, reservations_in_subnet=two, reservations_out_of_pool=three)}
            for one in (True, False)
            for two in (True, False)
            for three in (True, False)
        ),
        (
            {"reservations-global": 1},
            net(reservations_in_subnet="no"),
        ),
    ),
    Rule(
        "an address reserved for two",
        ("V6-381",),
        (
            {
                "ip-reservations-unique": False,
                **net(
                    reservations=[
                        {"duid": each, "ip-addresses": ["2001:db8:1::1"], "prefixes": ["2001:db8:9::/56"]}
                        for each in ("01:01", "01:02")
                    ]
                ),
            },
        ),
        (
            net(reservations=[{"duid": each, "ip-addresses": ["2001:db8:1::1"]} for each in ("01:01", "01:02")]),
            net(reservations=[{"duid": each, "prefixes": ["2001:db8:9::/56"]} for each in ("01:01", "01:02")]),
            {"ip-reservations-unique": "no"},
        ),
    ),
    Rule(
        "shared networks",
        ("V6-385", "V6-386"),
        (
            shared(
                NET,
                relay={"ip-addresses": ["2001:db8::1"]},
                interface_id="p",
                valid_lifetime=7,
                renew_timer=1,
                rebind_timer=2,
                option_data=[DNS],
                require_client_classes=["a"],
                rapid_commit=True,
                reservations_global=True,
                ddns_send_updates=False,
                cache_threshold=0.1,
                store_extended_info=True,
                user_context={},
            ),
            shared(),
            shared(NET),
            {**shared(NET), **nets({"subnet": "2001:db8:2::/64"})},
            {"shared-networks": [{"name": "a", "subnet6": []}, {"name": "b", "subnet6": []}]},
        ),
        (
            {"shared-networks": [{"name": "a", "subnet6": []}, {"name": "a", "subnet6": []}]},
            {"shared-networks": [{"subnet6": []}]},
            {"shared-networks": [{"name": "", "subnet6": []}]},
            shared(NET, pools=[]),
            shared(NET, subnet="2001:db8::/32"),
        ),
    ),
    Rule(
        "relays in a shared network",
        ("V6-389",),
        (
            shared(
                {**NET, "relay": {"ip-addresses": ["2001:db8::1"]}},
                {"subnet": "2001:db8:2::/64", "relay": {"ip-addresses": ["2001:db8::2"]}},
            ),
        ),
    ),
    Rule(
        "server identifiers",
        ("V6-398",),
        (
            {"server-id": {"type": "LLT", "htype": 8, "identifier": "A65DC7410F05", "time": 2518920166}},
            {"server-id": {"type": "EN", "enterprise-id": 2495, "identifier": "87ABEF7A5BB545", "persist": False}},
            {"server-id": {"type": "LL", "htype": 65535, "user-context": {}}},
        ),
        (
            {"server-id": {"type": "XX"}},
            {"server-id": {"type": "LL", "htype": 65536}},
            {"server-id": {"type": "LL", "htype": -1}},
            {"server-id": {"type": "LLT", "time": 4294967296}},
            {"server-id": {"type": "LLT", "identifier": "xy"}},
            {"server-id": {"htype": 8}},
        ),
    ),
    Rule(
        "data directory",
        ("V6-408",),
        ({"data-directory": "/tmp"},),
        tuple({"data-directory": each} for each in ("/nonexistent", "/etc/passwd", "", "tmp", 7)),
    ),
    Rule(
        "only options",
        ("V6-411",),
        ({"interfaces-config": {"interfaces": ["lo"]}, "option-data": [DNS], "lease-database": {"type": "memfile"}},),
    ),
    Rule(
        "sources of hardware addresses",
        ("V6-431", "V6-432", "V6-434", "V6-437", "V6-438", "V6-439", "V6-442"),
        tuple(
            {"mac-sources": names}
            for names in (
                ["any"],
                ["raw"],
                ["duid"],
                ["ipv6-link-local"],
                ["client-link-addr-option"],
                ["rfc6939"],
                ["remote-id"],
                ["rfc4649"],
                ["subscriber-id"],
                ["rfc4580"],
                ["docsis-cmts"],
                ["docsis-modem"],
                ["duid", "any"],
            )
        ),
        tuple({"mac-sources": names} for names in ([], ["nosuch"], ["DUID"], "duid", [7], ["duid", "duid"], [""])),
    ),
    Rule(
        "user contexts",
        ("V6-453",),
        (
            {
                "user-context": {"a": [1, {"b": None}]},
                "interfaces-config": {"interfaces": [], "comment": "c"},
                "control-socket": {"socket-type": "unix", "socket-name": "/tmp/x", "user-context": {}},
                "dhcp-ddns": {"enable-updates": False, "user-context": {}},
                "loggers": [{"name": "kea-dhcp6", "user-context": {}}],
                "server-id": {"type": "LL", "user-context": {}},
                "option-def": [{**DEFINITION, "user-context": {}}],
                "client-classes": [{**A, "user-context": {}}],
                "shared-networks": [
                    {
                        "name": "n",
                        "user-context": {},
                        "subnet6": [
                            {
                                **NET,
                                "user-context": {},
                                "option-data": [{**DNS, "user-context": {}}],
                                "pools": [{"pool": "2001:db8:1::/80", "user-context": {}}],
                                "pd-pools": [{**PD, "user-context": {}}],
                                "reservations": [{**HOST, "hostname": "a", "user-context": {}}],
                            }
                        ],
                    }
                ],
            },
        ),
        ({"user-context": "a"}, net(user_context=[]), {"comment": 7}),
    ),
    Rule(
        "configuration databases",
        ("V6-474",),
        ({"server-tag": "north"}, {"config-control": {"config-fetch-wait-time": 10}}, {"server-tag": ""}),
        (
            {"server-tag": 7},
            {"config-control": []},
            {"config-control": {"config-fetch-wait-time": -1}},
            {"config-control": {"nosuch": 1}},
            {"config-control": {"config-databases": [{"type": "mysql", "name": "a"}, {"type": "mysql", "name": "a"}]}},
        ),
    ),
    Rule(
        "compatibility",
        ("V6-521",),
        ({"compatibility": {"lenient-option-parsing": True}}, {"compatibility": {"lenient-option-parsing": False}}),
        (
            {"compatibility": {"nosuch": True}},
            {"compatibility": {"lenient-option-parsing": 1}},
            {"compatibility": True},
        ),
    ),
)
