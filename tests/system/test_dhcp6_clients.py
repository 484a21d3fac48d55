"""Real DHCPv6 clients obtain addresses and prefixes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.namespaces import ChainedLink, RelayedLink
from tests.support.ours import Twistd
from tests.support.requirements import find, require
from tests.system.real_clients import RealClient, addresses, wait_for


@pytest.mark.peer("dhclient")
def test_dhclient_obtains_an_address(server6: Twistd, tmp_path: Path) -> None:
    require("dhclient")
    client = RealClient(server6.link, tmp_path)
    client.dhclient("-6", "-N")
    bound = client.event("BOUND6")
    assert bound["new_ip6_address"] == "2001:db8:1::10"
    assert bound["new_dhcp6_name_servers"] == "2001:db8::53"
    row = server6.leases()[-1]
    assert (row["address"], row["lease_type"], row["state"]) == ("2001:db8:1::10", "0", "0")
    client.stop()


@pytest.mark.peer("dhclient")
def test_dhclient_obtains_a_prefix(server6: Twistd, tmp_path: Path) -> None:
    require("dhclient")
    client = RealClient(server6.link, tmp_path)
    client.dhclient("-6", "-P")
    bound = client.event("BOUND6")
    assert bound["new_ip6_prefix"] == "2001:db8:8::/56"
    row = server6.leases()[-1]
    assert (row["address"], row["prefix_len"], row["lease_type"]) == ("2001:db8:8::", "56", "2")
    client.stop()


@pytest.mark.peer("dhclient")
def test_dhclient_obtains_both_and_releases_them(server6: Twistd, tmp_path: Path) -> None:
    require("dhclient")
    client = RealClient(server6.link, tmp_path)
    client.dhclient("-6", "-N", "-P")
    client.event("BOUND6")
    wait_for(lambda: len(server6.leases()) >= 2, "two leases", server6.log)
    client.stop()
    releasing = RealClient(server6.link, tmp_path)
    releasing.start(
        "dhclient",
        *("-r", "-v", "-6", "-N", "-P", "-cf", str(tmp_path / "dhclient.conf"), "-lf", str(tmp_path / "leases")),
        *("-pf", str(tmp_path / "pid"), "-sf", str(releasing.script), "cli0"),
    )
    wait_for(lambda: server6.statistics().get("pkt6-release-received") == 1, "the release", releasing.log)
    assert {row["valid_lifetime"] for row in server6.leases()[-2:]} == {"0"}


@pytest.mark.peer("dhcpcd")
def test_dhcpcd_obtains_an_address(server6: Twistd, tmp_path: Path) -> None:
    require("dhcpcd")
    client = RealClient(server6.link, tmp_path)
    client.dhcpcd("-6", lines="noipv6rs\ninterface cli0\n  ia_na 1\n")
    bound = client.event("BOUND6")
    assert bound["new_dhcp6_ia_na1_ia_addr1"] == "2001:db8:1::10"
    client.stop()


@pytest.mark.peer("dhcp6c")
def test_wide_client_obtains_an_address_and_a_prefix_and_releases_them(server6: Twistd, tmp_path: Path) -> None:
    client = RealClient(server6.link, tmp_path)
    client.dhcp6c(
        "interface cli0 { send ia-na 1; send ia-pd 2; request domain-name-servers; };\n"
        "id-assoc na 1 { };\nid-assoc pd 2 { prefix-interface lo { sla-id 0; sla-len 8; ifid 1; }; };\n"
    )
    wait_for(lambda: "2001:db8:1::10/" in addresses(client.namespace), "the address", client.log)
    wait_for(lambda: "2001:db8:8:" in addresses(client.namespace, "lo"), "the prefix", client.log)
    assert {(row["address"], row["prefix_len"]) for row in server6.leases()} == {
        ("2001:db8:1::10", "128"),
        ("2001:db8:8::", "56"),
    }
    client.stop()
    wait_for(lambda: server6.statistics().get("pkt6-release-received", 0) >= 1, "the release", client.log)


@pytest.mark.peer("dibbler-client")
def test_dibbler_obtains_an_address_and_a_prefix_in_one_exchange(server6: Twistd, tmp_path: Path) -> None:
    client = RealClient(server6.link, tmp_path)
    client.dibbler("client", "log-mode short\nlog-level 8\niface cli0 {\n  ia\n  pd\n  option dns-server\n}\n")
    wait_for(lambda: "2001:db8:1::10/" in addresses(client.namespace), "the address", client.log)
    rows = {(row["address"], row["prefix_len"]) for row in server6.leases()}
    assert rows == {("2001:db8:1::10", "128"), ("2001:db8:8::", "56")}
    assert server6.statistics()["pkt6-request-received"] == 1
    client.stop()


def start_dhcrelay(link: RelayedLink, namespace: str, below: str, tmp_path: Path) -> None:
    """Start dhcrelay in *namespace*: clients on the interface *below*, the server on cli0."""
    path = tmp_path / f"relay-{below}.log"
    with path.open("wb") as log:
        upper = "ff02::1:2%cli0"
        link.start(namespace, (find("dhcrelay") or "", "-6", "-d", "-I", "-l", below, "-u", upper), log.fileno())
    wait_for(lambda: b"Sending on" in path.read_bytes(), "the relay", path)


@pytest.mark.peer("dhcrelay")
def test_client_behind_dhcrelay_gets_an_address_of_its_network(relayed6: Twistd, tmp_path: Path) -> None:
    require("dhcrelay", "dhclient")
    link = relayed6.link
    assert isinstance(link, RelayedLink)
    start_dhcrelay(link, link.client, "rel0", tmp_path)
    client = RealClient(link, tmp_path, link.far)
    client.dhclient("-6", "-N")
    assert client.event("BOUND6")["new_ip6_address"] == "2001:db8:9::10"
    client.stop()


@pytest.mark.peer("dhcrelay")
def test_client_behind_two_relays_gets_an_address_of_the_network_it_is_in(chained6: Twistd, tmp_path: Path) -> None:
    require("dhcrelay", "dhclient")
    link = chained6.link
    assert isinstance(link, ChainedLink)
    start_dhcrelay(link, link.client, "rel0", tmp_path)
    start_dhcrelay(link, link.far, "rel1", tmp_path)
    client = RealClient(link, tmp_path, link.farthest)
    client.dhclient("-6", "-N", "-P")
    assert client.event("BOUND6")["new_ip6_address"] == "2001:db8:9::10"
    client.stop()


@pytest.mark.peer("dibbler-relay")
def test_client_behind_dibbler_relay_gets_an_address_of_its_network(relayed6: Twistd, tmp_path: Path) -> None:
    require("dibbler-relay", "dhclient")
    link = relayed6.link
    assert isinstance(link, RelayedLink)
    (tmp_path / "relay").mkdir()
    relay = RealClient(link, tmp_path / "relay", link.client)
    relay.dibbler(
        "relay",
        "log-mode short\nlog-level 8\niface rel0 {\n  client multicast yes\n  interface-id 5020\n}\n"
        "iface cli0 {\n  server unicast 2001:db8:1::1\n}\n",
    )
    wait_for(lambda: "Accepting messages" in relay.log.read_text(), "the relay", relay.log)
    client = RealClient(link, tmp_path, link.far)
    client.dhclient("-6", "-N")
    assert client.event("BOUND6")["new_ip6_address"] == "2001:db8:9::10"
    client.stop()
