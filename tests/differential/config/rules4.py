"""The table of rules for DHCPv4 configurations: rows of the specification, what they accept, what they refuse."""

from __future__ import annotations

from typing import Any

from tests.differential.config.rule import Rule
from tests.support.kea import Json

NET: Json = {"id": 1, "subnet": "192.0.2.0/24"}
NET2: Json = {"id": 2, "subnet": "10.1.0.0/16"}
MAC: Json = {"hw-address": "02:00:00:01:00:01"}
MAC2: Json = {"hw-address": "02:00:00:01:00:02"}


def hyphens(members: Json) -> Json:
    """Return *members* as a configuration spells them."""
    return {name.replace("_", "-"): value for name, value in members.items()}


def net(**members: Any) -> Json:
    """Return a configuration of one subnet with *members*."""
    return {"subnet4": [{**NET, **hyphens(members)}]}


def nets(*each: Json, **members: Any) -> Json:
    """Return a configuration of several subnets."""
    return {"subnet4": list(each), **hyphens(members)}


def shared(*subnets: Json, **members: Any) -> Json:
    """Return a configuration of one shared network."""
    return {"shared-networks": [{"name": "n", "subnet4": list(subnets), **hyphens(members)}]}


def classes(*each: Json) -> Json:
    """Return a configuration of classes."""
    return {"client-classes": list(each)}


def hosts(*each: Json, **members: Any) -> Json:
    """Return a configuration of reservations in one subnet."""
    return {**net(reservations=list(each)), **hyphens(members)}


def host(**members: Any) -> Json:
    """Return a configuration of one reservation by hardware address."""
    return hosts({**MAC, **hyphens(members)})


def defined(code: int, **members: Any) -> Json:
    """Return a configuration of a class with an option definition."""
    return classes({"name": "a", "option-def": [{"name": "x", "code": code, "type": "uint8", **members}]})


def socket(**members: Any) -> Json:
    """Return a configuration of a control socket."""
    return {"control-socket": hyphens(members)}


CONTEXT = {"user-context": {"a": [1, None, {"b": True}]}}

RULES = (
    Rule(
        "class-members",
        ("CL-101", "CL-103", "CL-105", "CL-107"),
        (
            classes({"name": "a"}),
            classes({"name": "a", "test": "member('ALL')", "only-if-required": True}),
            classes({"name": "a", "option-data": [{"name": "routers", "data": "192.0.2.1"}], "option-def": []}),
            classes({"name": "a"}, {"name": "A"}, {"name": "with blank"}),
            classes({"name": "a", "valid-lifetime": 10, "min-valid-lifetime": 5, "max-valid-lifetime": 20}),
            classes({"name": "a", "next-server": "192.0.2.1", "server-hostname": "h", "boot-file-name": "f"}),
            classes({"name": "a", **CONTEXT}, {"name": "b", "comment": "c"}),
        ),
        (
            classes({}),
            classes({"test": "member('ALL')"}),
            classes({"name": ""}),
            classes({"name": "a"}, {"name": "a"}),
            classes({"name": "a", "test": 1}),
            classes({"name": "a", "test": ""}),
            classes({"name": "a", "test": "member('ALL'"}),
            classes({"name": "a", "only-if-required": "yes"}),
            classes({"name": "a", "unheard-of": 1}),
            classes({"name": "a", "option-data": {}}),
            classes({"name": "a", "valid-lifetime": 10, "min-valid-lifetime": 15}),
            classes({"name": "a", "template-test": "'a'"}),
            classes({"name": "a", "preferred-lifetime": 10}),
            {"client-classes": {}},
            {"client-classes": ["a"]},
        ),
    ),
    Rule(
        "class-fields",
        ("V4-323", "V4-391"),
        (
            classes({"name": "a", "server-hostname": "h" * 63, "boot-file-name": "f" * 128}),
            classes({"name": "a", "next-server": "0.0.0.0", "server-hostname": "", "boot-file-name": ""}),
            {"next-server": "", "server-hostname": "h" * 63, "boot-file-name": "f" * 127},
            net(next_server="0.0.0.0", server_hostname="h" * 63, boot_file_name="f" * 127),
            shared(NET, next_server="192.0.2.1", server_hostname="h" * 63, boot_file_name="f" * 127),
            host(next_server="192.0.2.1", server_hostname="h" * 63, boot_file_name="f" * 127),
        ),
        (
            classes({"name": "a", "server-hostname": "h" * 64}),
            classes({"name": "a", "boot-file-name": "f" * 129}),
            classes({"name": "a", "next-server": "255.255.255.255"}),
            classes({"name": "a", "next-server": "2001:db8::1"}),
            classes({"name": "a", "next-server": "here"}),
            net(next_server="here"),
            net(server_hostname="h" * 64),
            net(boot_file_name="f" * 129),
            shared(NET, server_hostname="h" * 64),
            host(next_server="255.255.255.255"),
            host(next_server="::1"),
            host(server_hostname="h" * 64),
            host(boot_file_name="f" * 128),
        ),
    ),
    Rule(
        "class-definitions",
        ("CL-104", "V4-D06"),
        (*(defined(code) for code in (43, 224, 254)),),
        (*(defined(code) for code in (0, 12, 209, 223, 255)), defined(224, space="other")),
    ),
    Rule(
        "class-of-a-scope",
        ("CL-112", "CL-113", "V4-318"),
        (
            net(client_class="anything"),
            net(client_class="VENDOR_CLASS_docsis3.0"),
            net(pools=[{"pool": "192.0.2.1-192.0.2.9", "client-class": "a"}]),
            shared(NET, client_class="a"),
            shared({**NET, "client-class": "a"}, {**NET2, "client-class": "b"}),
            net(require_client_classes=["a", "b"]),
            net(require_client_classes=[]),
        ),
        (
            net(client_class=["a"]),
            net(client_class=1),
            net(client_classes=["a"]),
            {"client-class": "a"},
            net(require_client_classes="a"),
            net(require_client_classes=[1]),
            {"require-client-classes": ["a"]},
        ),
    ),
    Rule(
        "global-lookups",
        ("V4-322", "V4-476", "CL-D02", "CL-D05"),
        (
            {"early-global-reservations-lookup": True, "reservations-lookup-first": True},
            classes({"name": "DROP"}, {"name": "BOOTP"}, {"name": "SKIP_DDNS"}),
            classes({"name": "a", "test": "member('BOOTP')"}),
            classes({"name": "DROP", "test": "member('ALL')"}, {"name": "a", "test": "member('DROP')"}),
        ),
        (
            {"early-global-reservations-lookup": "yes"},
            net(early_global_reservations_lookup=True),
            {"reservations-lookup-first": 1},
            classes({"name": "a", "test": "member('DROP')"}),
            classes({"name": "BOOTP", "test": "member('ALL')"}),
        ),
    ),
    Rule(
        "authority-of-a-network",
        ("V4-402", "V4-404"),
        (
            {"authoritative": True},
            net(authoritative=False),
            shared(NET, {**NET2, "authoritative": False}),
            shared({**NET, "authoritative": True}, NET2, authoritative=True),
            {**shared(NET, NET2, authoritative=True), "authoritative": False},
            {**shared({**NET, "authoritative": False}, NET2), "authoritative": True},
        ),
        (
            shared({**NET, "authoritative": True}, {**NET2, "authoritative": False}),
            shared({**NET, "authoritative": False}, NET2, authoritative=True),
            shared({**NET, "authoritative": True}, {**NET2, "authoritative": True}),
            {**shared({**NET, "authoritative": True}, {**NET2, "authoritative": True}), "authoritative": True},
            {"authoritative": 1},
        ),
    ),
    Rule(
        "client-identifiers",
        ("V4-393", "V4-398"),
        ({"match-client-id": False, "echo-client-id": False}, net(match_client_id=False), shared(match_client_id=True)),
        (net(echo_client_id=False), shared(NET, echo_client_id=True), {"match-client-id": "no"}, {"echo-client-id": 0}),
    ),
    Rule(
        "reservation-identifiers",
        ("V4-431", "V4-432"),
        (
            host(hostname="h"),
            *(
                hosts({kind: text, "hostname": "h"})
                for kind in ("duid", "client-id", "circuit-id", "flex-id")
                for text in ("01:02:03", "010203", "'text'", "0x0102")
            ),
            hosts({"hw-address": "01:02:03:04:05:06:07:08", "hostname": "h"}),
        ),
        (
            hosts({"hostname": "h"}),
            hosts({**MAC, "duid": "01:02:03", "hostname": "h"}),
            hosts({"client-id": "", "hostname": "h"}),
            hosts({"hw-address": "zz", "hostname": "h"}),
            hosts({"duid": "0g", "hostname": "h"}),
            hosts({"circuit-id": "''", "hostname": "h"}),
            hosts({"interface-id": "01", "hostname": "h"}),
            hosts({"hw-address": 1, "hostname": "h"}),
        ),
    ),
    Rule(
        "reservation-payload",
        ("V4-430", "V4-433"),
        (
            host(ip_address="192.0.2.1", hostname="h", client_classes=["a"], **CONTEXT),
            host(next_server="192.0.2.1", server_hostname="s", boot_file_name="f"),
            host(option_data=[{"name": "routers", "data": "192.0.2.1"}]),
            {"reservations": [{**MAC, "hostname": "h"}]},
            {"reservations": [{**MAC, "ip-address": "10.99.0.1"}]},
        ),
        (
            host(ip_addresses=["192.0.2.1"]),
            host(prefixes=["2001:db8::/48"]),
            host(client_classes="a"),
            host(valid_lifetime=5),
            host(hostname=""),
            host(),
            {"reservations": [MAC]},
            {"reservations": {}},
            shared(NET, reservations=[{**MAC, "hostname": "h"}]),
        ),
    ),
    Rule(
        "reserved-address",
        ("V4-434",),
        (host(ip_address="192.0.2.1"), host(ip_address="192.0.2.0"), host(ip_address="192.0.2.255")),
        (
            host(ip_address="192.0.3.1"),
            host(ip_address="0.0.0.0"),
            host(ip_address="255.255.255.255"),
            host(ip_address="2001:db8::1"),
            host(ip_address=""),
            host(ip_address="192.0.2"),
        ),
    ),
    Rule(
        "same-identifier-twice",
        ("V4-435",),
        (
            hosts({**MAC, "hostname": "a"}, {**MAC2, "hostname": "a"}),
            nets(
                {**NET, "reservations": [{**MAC, "hostname": "a"}]},
                {**NET2, "reservations": [{**MAC, "hostname": "a"}]},
            ),
            {**host(hostname="a"), "reservations": [{**MAC, "hostname": "b"}]},
        ),
        (
            hosts({**MAC, "hostname": "a"}, {**MAC, "hostname": "b"}),
            hosts({**MAC, "hostname": "a"}, {"hw-address": "020000010001", "hostname": "b"}),
            {"reservations": [{**MAC, "hostname": "a"}, {**MAC, "hostname": "b"}]},
        ),
    ),
    Rule(
        "same-address-twice",
        ("V4-472", "V4-475"),
        (
            hosts(
                {**MAC, "ip-address": "192.0.2.1"}, {**MAC2, "ip-address": "192.0.2.1"}, ip_reservations_unique=False
            ),
            {**host(ip_address="192.0.2.1"), "reservations": [{**MAC2, "ip-address": "192.0.2.1"}]},
        ),
        (
            hosts({**MAC, "ip-address": "192.0.2.1"}, {**MAC2, "ip-address": "192.0.2.1"}),
            hosts({**MAC, "ip-address": "192.0.2.1"}, {**MAC2, "ip-address": "192.0.2.1"}, ip_reservations_unique=True),
            hosts({**MAC, "ip-address": "192.0.2.1"}, {**MAC, "ip-address": "192.0.2.1"}, ip_reservations_unique=False),
            {"ip-reservations-unique": "no"},
            net(ip_reservations_unique=False),
        ),
    ),
    Rule(
        "identifier-order",
        ("V4-467",),
        tuple(
            {"host-reservation-identifiers": order}
            for order in (["hw-address"], ["flex-id", "circuit-id", "client-id", "duid", "hw-address"])
        ),
        tuple(
            {"host-reservation-identifiers": order}
            for order in ([], ["hw-address", "hw-address"], ["remote-id"], "hw-address", ["HW-ADDRESS"])
        ),
    ),
    Rule(
        "reservation-modes",
        ("V4-455", "V4-460", "V4-461", "V4-465"),
        (
            *({"reservation-mode": mode} for mode in ("all", "out-of-pool", "global", "disabled")),
            net(reservation_mode="global"),
            shared(NET, reservation_mode="disabled"),
            shared({**NET, "reservation-mode": "all"}),
            {"reservations-global": True, "reservations-in-subnet": False, "reservations-out-of-pool": False},
            {"reservations-in-subnet": False, "reservations-out-of-pool": True},
            net(reservations_global=True, reservations_in_subnet=True, reservations_out_of_pool=True),
            {"reservation-mode": "out-of-pool", **net(reservations_global=True)},
        ),
        (
            {"reservation-mode": "some"},
            {"reservation-mode": True},
            {"reservation-mode": "all", "reservations-global": True},
            net(reservation_mode="all", reservations_in_subnet=True),
            shared(NET, reservation_mode="all", reservations_out_of_pool=True),
            {"reservations-global": "yes"},
            net(pools=[{"pool": "192.0.2.1-192.0.2.2", "reservation-mode": "all"}]),
        ),
    ),
    Rule(
        "shared-networks",
        ("V4-477", "V4-480"),
        (
            shared(),
            shared(NET),
            shared(NET, NET2),
            {"shared-networks": [{"name": "a"}]},
            {"shared-networks": [{"name": "a", "subnet4": [NET]}, {"name": "b", "subnet4": [NET2]}]},
            {**shared(NET), "subnet4": [NET2]},
            shared({"subnet": "192.0.2.0/24"}, {"subnet": "10.1.0.0/16"}),
        ),
        (
            {"shared-networks": [{"subnet4": [NET]}]},
            {"shared-networks": [{"name": ""}]},
            {"shared-networks": [{"name": "a"}, {"name": "a"}]},
            {**shared(NET), "subnet4": [NET]},
            shared(NET, NET),
            shared(NET, {**NET2, "id": 1}),
            shared(subnet6=[]),
            {"shared-networks": {}},
        ),
    ),
    Rule(
        "link-of-a-network",
        ("V4-483", "V4-484", "V4-D17"),
        (
            shared({**NET, "interface": "lo"}, {**NET2, "interface": "lo"}),
            shared(NET, NET2, interface="lo"),
            shared({**NET, "interface": "lo"}, NET2),
            shared(NET, NET2, relay={"ip-addresses": ["192.0.2.200"]}),
            shared(
                {**NET, "relay": {"ip-addresses": ["192.0.2.200"]}}, {**NET2, "relay": {"ip-addresses": ["10.9.0.1"]}}
            ),
            net(relay={"ip-addresses": ["192.0.2.200", "10.9.0.1"]}),
            net(relay={"ip-address": "192.0.2.200"}),
            net(relay={"ip-addresses": []}),
        ),
        (
            shared({**NET, "interface": "lo"}, {**NET2, "interface": "nope0"}),
            net(interface="nope0"),
            net(relay={"ip-addresses": ["2001:db8::1"]}),
            net(relay={"ip-addresses": "192.0.2.200"}),
            net(relay={"ip-addresses": ["192.0.2.200", "192.0.2.200"]}),
            net(relay={}),
            {"relay": {"ip-addresses": ["192.0.2.200"]}},
        ),
    ),
    Rule(
        "user-contexts",
        ("V4-580", "V4-581"),
        (
            CONTEXT,
            net(**CONTEXT),
            shared(NET, **CONTEXT),
            net(pools=[{"pool": "192.0.2.1-192.0.2.9", **CONTEXT}]),
            {"option-data": [{"name": "routers", "data": "192.0.2.1", **CONTEXT}]},
            {"option-def": [{"name": "x", "code": 200, "type": "uint8", **CONTEXT}]},
            host(hostname="h", **CONTEXT),
            *({"comment": "text"}, net(comment="text"), shared(comment="text"), host(hostname="h", comment="text")),
            {"user-context": {"a": 1}, "comment": "text"},
        ),
        ({"user-context": []}, {"user-context": "text"}, net(user_context=1), {"comment": {}}, {"comment": 1}),
    ),
    Rule(
        "control-socket",
        ("V4-553",),
        (socket(socket_type="unix", socket_name="/tmp/kea-rules.sock"),),
        (
            {"control-socket": []},
            {"control-socket": "unix"},
            socket(socket_type="unix", socket_name="/tmp/kea-rules.sock", port=1),
        ),
    ),
    Rule(
        "compatibility",
        ("V4-645",),
        ({"compatibility": {"lenient-option-parsing": True}}, {"compatibility": {"lenient-option-parsing": False}}),
        (
            {"compatibility": []},
            {"compatibility": {"lenient-option-parsing": "yes"}},
            {"compatibility": {"ignore-rai-link-selection": True}},
            {"compatibility": {"unheard-of": True}},
            net(compatibility={}),
        ),
    ),
    Rule(
        "configuration-backend",
        ("V4-602",),
        (
            {"server-tag": "one"},
            {"server-tag": ""},
            {"config-control": {"config-fetch-wait-time": 0}},
            {"config-control": {"config-databases": [], "config-fetch-wait-time": 65535}},
        ),
        (
            {"server-tag": 1},
            {"config-control": []},
            {"config-control": {"config-fetch-wait-time": -1}},
            {"config-control": {"config-fetch-wait-time": 65536}},
            {"config-control": {"config-fetch-wait-time": "soon"}},
            {"config-control": {"config-databases": [{}]}},
            {"config-control": {"unheard-of": 1}},
        ),
    ),
    Rule(
        "loggers-and-libraries",
        ("V4-650", "V4-651"),
        (
            {
                "loggers": [
                    {
                        "name": "kea-dhcp4",
                        "output_options": [{"output": "stdout"}],
                        "severity": "DEBUG",
                        "debuglevel": 99,
                    }
                ]
            },
            {"loggers": [{"name": "kea-dhcp4.eval"}], "hooks-libraries": []},
        ),
        (
            {"loggers": {}},
            {"hooks-libraries": {}},
            {"hooks-libraries": [{}]},
            {"hooks-libraries": [{"parameters": {}}]},
        ),
    ),
)
