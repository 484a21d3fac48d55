"""Host names (option 12) and fully qualified names (option 81), with dynamic DNS off."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import Client, asks, network, option
from tests.differential.talk import Talk


def host_names(talk: Talk) -> None:
    for number, name in enumerate(
        (
            b"MyHost",
            b"MyHost.Example.ORG.",
            b"bad_ name!",
            b"",
            b".",
            b"a.b",
            b"x" * 63,
            b"x" * 64,
            b"\xff\xfe",
            b"a\0",
            b"-",
        ),
        1,
    ):
        Client(talk, number, (12, name)).lease()
    Client(talk, 20, asks(12)).lease()
    client = Client(talk, 21, (12, b"first"))
    client.lease()
    client.options = ((12, b"second"),)
    client.renew()
    client.options = ()
    client.renew()


WIDE = "192.0.2.10-192.0.2.99"
SUFFIX = {"ddns_qualifying_suffix": "suffix.test"}
case(4, network(WIDE), "V4-110", "V4-231", "V4-D09", variant="plain")(host_names)
case(4, network(WIDE, **SUFFIX), variant="suffix")(host_names)
case(4, network(WIDE, ddns_qualifying_suffix="suffix.test."), variant="suffix-with-dot")(host_names)
case(4, network(WIDE, ddns_send_updates=False), variant="no-updates")(host_names)
case(4, network(WIDE, hostname_char_set="[^A-Za-z0-9.-]", hostname_char_replacement="x"), variant="replaced")(
    host_names
)
case(
    4,
    network(
        WIDE,
        hostname_char_set="[^a-z.]",
        hostname_char_replacement="g",
        dhcp_ddns={"enable-updates": False, "hostname-char-set": "[^A-Z.]", "hostname-char-replacement": "d"},
    ),
    "V4-D10",
    variant="replaced-twice",
)(host_names)
case(4, network(WIDE, hostname_char_set="", **SUFFIX), variant="not-sanitised")(host_names)
case(4, network(WIDE, option_data=[option("host-name", "fromcfg")]), variant="configured")(host_names)


def full_names(talk: Talk) -> None:
    for number, body in enumerate(
        (
            b"\1\0\0myhost.example.org",
            b"\5\0\0\6MyHost\7example\3org\0",
            b"\0\0\0\6partia",
            b"\4\0\0\6partia",
            b"\x0c\0\0\6myhost\0",
            b"\1\0\0",
            b"\4\0\0",
            b"\4\0\0\0",
            b"\4\0\0\5bad_!\4test\0",
            b"\x09\0\0\4both",
            b"\x0d\0\0\4both\0",
            b"\2\0\0over",
            b"\xf4\0\0\3mbz\0",
            b"\4\0\0\3abc\0extra",
            b"\0\0\0a..b",
            b"\0\1\2code",
        ),
        1,
    ):
        Client(talk, number, (81, body)).lease()
    Client(talk, 30, (81, b"\1\0\0fqdn"), (12, b"host")).lease()
    client = Client(talk, 31, (81, b"\1\0\0first.example"))
    client.lease()
    client.options = ((81, b"\1\0\0second.example"),)
    client.renew()
    client.options = ()
    client.renew()


case(4, network(WIDE), "V4-110", "V4-239", "V4-368", "V4-370", variant="plain")(full_names)
case(4, network(WIDE, **SUFFIX), variant="suffix")(full_names)
case(4, network(WIDE, ddns_send_updates=False), variant="no-updates")(full_names)
case(4, network(WIDE, ddns_override_client_update=True, **SUFFIX), variant="override-client")(full_names)
case(4, network(WIDE, ddns_override_no_update=True, **SUFFIX), variant="override-no-update")(full_names)


def replaced_names(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, (12, b"mine")).lease()
    Client(talk, 3, (81, b"\1\0\0mine")).lease()
    Client(talk, 4, (81, b"\1\0\0")).lease()
    Client(talk, 5, (81, b"\4\0\0\4mine\4test\0")).lease()
    Client(talk, 6, asks(12)).lease()


for _mode in ("never", "always", "when-present", "when-not-present"):
    case(4, network(WIDE, ddns_replace_client_name=_mode, **SUFFIX), variant=_mode)(replaced_names)
    case(
        4,
        network(
            WIDE,
            ddns_replace_client_name=_mode,
            ddns_generated_prefix="gen",
            dhcp_ddns={"enable-updates": True},
            **SUFFIX,
        ),
        variant=f"{_mode}-updates-on",
    )(replaced_names)


@case(
    4,
    network(
        subnet={
            "reservations": [
                {"hw-address": "02:00:00:01:00:01", "hostname": "Alice-Laptop"},
                {"hw-address": "02:00:00:01:00:02", "hostname": "full.example.org"},
            ]
        },
        **SUFFIX,
    ),
    "V4-445",
    "V4-446",
    "V4-447",
)
def reserved_names(talk: Talk) -> None:
    for number in (1, 2):
        Client(talk, number).lease()
        Client(talk, number, (12, b"mine")).lease()
        Client(talk, number, asks(12)).lease()
        Client(talk, number, (81, b"\1\0\0mine")).lease()
        Client(talk, number, (81, b"\4\0\0\4mine\0")).lease()


def odd_host_names(talk: Talk) -> None:
    """Names of spaces, dots and characters that go, and those as long as a name can be."""
    names = (
        b"%",
        b"%%.%%",
        b"a.%.b",
        b"%.a",
        b"a.%",
        b" a ",
        b"a b",
        b".a",
        b"a..b",
        b"..",
        b"a\n",
        b"*",
        b"_",
        b"\0\0",
    )
    longest = b".".join([b"a" * 62] * 4)
    for number, name in enumerate((*names, longest[1:], longest[:-1] + b"..", longest + b"b", longest + b"bcd"), 1):
        Client(talk, number, (12, name)).lease()


case(4, network(WIDE), "V4-387", variant="plain")(odd_host_names)
case(4, network(WIDE, **SUFFIX), "V4-387", variant="suffix")(odd_host_names)
case(4, network(WIDE, hostname_char_replacement="xy."), "V4-387", variant="replaced")(odd_host_names)


def names_cleaned_by_other_sets(talk: Talk) -> None:
    names = (b"My_Host.Ex ample", b"a$b\\w-d.x9", b"aab+(c).zz", b"tab\tcaf.A]b", b"-", b"ab")
    for number, name in enumerate(names, 1):
        Client(talk, number, (12, name)).lease()
    Client(talk, 20, (81, b"\5\0\0\7My_Host\12ww-ample9z\0")).lease()


for _variant, _set, _replacement in (
    ("named-classes", "[^[:alnum:].-]", "x"),
    ("spaces", "[[:space:]\\]", "-"),
    ("literal-backslash", "[^\\w.]", "X"),
    ("literal-letter", "\\w", "v"),
    ("repeated", "(a|b)+|x{1}", "\\1"),
    ("elements", "[[.hyphen.][.underscore.]z]", ""),
):
    case(
        4,
        network(
            WIDE,
            hostname_char_set=_set,
            hostname_char_replacement=_replacement,
        ),
        "V4-382",
        "V4-383",
        "V4-386",
        variant=_variant,
    )(names_cleaned_by_other_sets)
