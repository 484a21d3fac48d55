"""Real DHCPv6 clients obtain addresses and prefixes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.namespaces import RelayedLink
from tests.support.ours import Twistd
from tests.support.requirements import find, require
from tests.system.real_clients import RealClient, wait_for


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


@pytest.mark.peer("dhcrelay")
def test_client_behind_dhcrelay_gets_an_address_of_its_network(relayed6: Twistd, tmp_path: Path) -> None:
    require("dhcrelay", "dhclient")
    link = relayed6.link
    assert isinstance(link, RelayedLink)
    with (tmp_path / "relay.log").open("wb") as log:
        link.start(
            link.client, (find("dhcrelay") or "", "-6", "-d", "-I", "-l", "rel0", "-u", "ff02::1:2%cli0"), log.fileno()
        )
        wait_for(lambda: b"Sending on" in (tmp_path / "relay.log").read_bytes(), "the relay", tmp_path / "relay.log")
        client = RealClient(link, tmp_path, link.far)
        client.dhclient("-6", "-N")
        bound = client.event("BOUND6")
        assert bound["new_ip6_address"] == "2001:db8:9::10"
        client.stop()
