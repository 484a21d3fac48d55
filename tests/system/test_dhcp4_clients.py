"""Real DHCPv4 clients obtain, renew and release leases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.namespaces import CLIENT_MAC, RelayedLink
from tests.support.ours import Twistd
from tests.support.requirements import find, require
from tests.system.real_clients import RealClient, wait_for

MAC = CLIENT_MAC.hex(":")


@pytest.mark.peer("udhcpc")
def test_udhcpc_obtains_and_releases_a_lease(server4: Twistd, tmp_path: Path) -> None:
    require("udhcpc")
    client = RealClient(server4.link, tmp_path)
    client.udhcpc("-R", "-F", "host.example.org", "-x", "hostname:udhcpc-host")
    bound = client.event("bound", key="event")
    assert bound["ip"] == "192.0.2.10"
    assert (bound["subnet"], bound["router"], bound["dns"]) == ("255.255.255.0", "192.0.2.1", "192.0.2.53")
    assert (bound["lease"], bound["serverid"], bound["domain"]) == ("4000", "192.0.2.1", "example.org")
    row = server4.leases()[-1]
    assert (row["address"], row["hwaddr"], row["valid_lifetime"], row["state"]) == ("192.0.2.10", MAC, "4000", "0")
    server4.link.add_address(server4.link.client, "cli0", f"{bound['ip']}/24")
    client.stop()
    wait_for(lambda: server4.leases()[-1]["valid_lifetime"] == "0", "the release", server4.log)
    assert server4.statistics()["subnet[1].assigned-addresses"] == 0


@pytest.mark.peer("udhcpc")
def test_udhcpc_renews_when_told(server4: Twistd, tmp_path: Path) -> None:
    require("udhcpc")
    client = RealClient(server4.link, tmp_path)
    client.udhcpc()
    bound = client.event("bound", key="event")
    server4.link.add_address(server4.link.client, "cli0", f"{bound['ip']}/24")
    assert client.process is not None
    client.process.send_signal(10)  # SIGUSR1: renew now
    renewed = client.event("renew", key="event")
    assert renewed["ip"] == bound["ip"]
    assert server4.statistics()["pkt4-ack-sent"] == 2


@pytest.mark.peer("dhclient")
def test_dhclient_obtains_a_lease_and_asks_for_it_again(server4: Twistd, tmp_path: Path) -> None:
    require("dhclient")
    client = RealClient(server4.link, tmp_path)
    client.dhclient("-4")
    bound = client.event("BOUND")
    assert bound["new_ip_address"] == "192.0.2.10"
    assert bound["new_dhcp_renewal_time"] == "1000"
    assert bound["new_domain_name_servers"] == "192.0.2.53"
    client.stop()
    again = RealClient(server4.link, tmp_path)
    again.start(
        "dhclient",
        *("-d", "-v", "-4", "-cf", str(tmp_path / "dhclient.conf"), "-lf", str(tmp_path / "leases")),
        *("-pf", str(tmp_path / "pid"), "-sf", str(again.script), "cli0"),
    )
    rebooted = again.event("REBOOT", "RENEW")
    assert rebooted["new_ip_address"] == "192.0.2.10"
    again.stop()


@pytest.mark.peer("dhcpcd")
def test_dhcpcd_obtains_a_lease(server4: Twistd, tmp_path: Path) -> None:
    require("dhcpcd")
    client = RealClient(server4.link, tmp_path)
    client.dhcpcd("-4")
    bound = client.event("BOUND")
    assert bound["new_ip_address"] == "192.0.2.10"
    assert bound["new_domain_name_servers"] == "192.0.2.53"
    row = server4.leases()[-1]
    assert row["hwaddr"] == MAC
    assert row["client_id"].startswith("ff:")
    client.stop()


@pytest.mark.peer("dhcrelay")
def test_client_behind_dhcrelay_gets_an_address_of_its_network(relayed4: Twistd, tmp_path: Path) -> None:
    require("dhcrelay", "udhcpc")
    link = relayed4.link
    assert isinstance(link, RelayedLink)
    with (tmp_path / "relay.log").open("wb") as log:
        link.start(
            link.client,
            (find("dhcrelay") or "", "-4", "-d", "-a", "-i", "rel0", "-i", "cli0", "192.0.2.1"),
            log.fileno(),
        )
        wait_for(lambda: b"Sending on" in (tmp_path / "relay.log").read_bytes(), "the relay", tmp_path / "relay.log")
        client = RealClient(link, tmp_path, link.far)
        client.udhcpc("-R")
        bound = client.event("bound", key="event")
        assert bound["ip"] == "10.9.0.10"
        assert bound["serverid"] == "192.0.2.1"
        client.stop()
