"""Commands between packets: what the server says of itself while it serves."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import Client, network
from tests.differential.talk import Talk


@case(4, network(), "V4-569", "V4-570", "V4-571", "V4-572", "V4-573", "V4-575", "V4-577")
def statistics(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    talk.command("statistic-get", {"name": "pkt4-received"})
    talk.command("statistic-get", {"name": "subnet[1].assigned-addresses"})
    talk.command("statistic-get", {"name": "no-such"})
    talk.command("statistic-get")
    talk.command("statistic-reset", {"name": "pkt4-received"})
    talk.command("statistic-get", {"name": "pkt4-received"})
    one.renew()
    talk.command("statistic-sample-count-set", {"name": "pkt4-received", "max-samples": 2})
    talk.command("statistic-sample-age-set", {"name": "pkt4-received", "duration": 100})
    one.renew()
    talk.command("statistic-get", {"name": "pkt4-received"})
    talk.command("statistic-remove", {"name": "pkt4-nak-sent"})
    talk.command("statistic-get", {"name": "pkt4-nak-sent"})
    talk.command("statistic-reset", {"name": "nope"})
    talk.command("statistic-remove", {"name": "nope"})
    one.reboot("10.0.0.1")
    talk.command("statistic-get-all")
    talk.command("statistic-reset-all")
    talk.command("statistic-get-all")


@case(4, network(), "V4-562", "V4-563")
def service_disabled_and_enabled(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    talk.command("dhcp-disable")
    one.renew()
    one.discover()
    talk.command("dhcp-enable")
    one.renew()
    talk.command("dhcp-disable", {"max-period": 1})
    one.renew()
    talk.wait(1.3)
    one.renew()
    talk.command("dhcp-disable", {"max-period": 0})
    talk.command("dhcp-disable", {"origin": "ha-partner"})
    talk.command("dhcp-enable", {"origin": "user"})
    one.renew()
    talk.command("dhcp-enable", {"origin": "ha-partner"})
    one.renew()
    talk.command("dhcp-enable", {"origin": "nobody"})


@case(
    4,
    network(valid_lifetime=1, expired_leases_processing={"reclaim-timer-wait-time": 0}),
    "V4-564", "V4-648", "LE-025", "LE-031", "LE-032", "LE-034",
)  # fmt: skip
def leases_reclaimed_on_command(talk: Talk) -> None:
    one, two = Client(talk, 1, (12, b"name")), Client(talk, 2)
    one.lease()
    two.lease()
    two.decline()
    talk.command("leases-reclaim", {"remove": False})
    talk.wait(2.1)
    talk.command("leases-reclaim", {"remove": False})
    talk.command("statistic-get-all")
    one.lease()
    talk.wait(2.1)
    talk.command("leases-reclaim", {"remove": True})
    talk.command("leases-reclaim")
    talk.command("leases-reclaim", {"remove": "yes"})


@case(4, network(), "V4-565", "V4-574", "V4-576", "V4-578")
def unknown_and_malformed_commands(talk: Talk) -> None:
    talk.command("no-such-command")
    talk.command("list-commands")
    talk.command("statistic-get-all", {"extra": 1})
    talk.command("config-test")
    talk.command("config-test", {"Dhcp4": {}})
    talk.command("config-test", {"Dhcp6": {}})
    talk.command("config-test", {"Dhcp4": {"bogus": 1}})
    talk.command("config-test", {"Dhcp4": {"subnet4": [{"subnet": "192.0.2.0/33"}]}})
    talk.command("server-tag-get")
    talk.command("lease4-get")
    talk.command("libreload")
    talk.command("dhcp-disable", {"max-period": -1})
    talk.command("dhcp-disable", {"max-period": "x"})
    talk.command("statistic-sample-count-set", {"name": "pkt4-received", "max-samples": -1})
    talk.command("statistic-sample-age-set-all", {"duration": 10})
    talk.command("statistic-sample-count-set-all", {"max-samples": 10})
    talk.command("statistic-remove-all")
    Client(talk, 1).lease()


@case(4, network(statistic_default_sample_count=3))
def statistics_keep_as_many_samples_as_configured(talk: Talk) -> None:
    talk.command("statistic-reset-all")
    for number in range(1, 5):
        Client(talk, number).lease()
    for name in ("pkt4-received", "pkt4-ack-sent", "subnet[1].assigned-addresses", "cumulative-assigned-addresses"):
        talk.command("statistic-get", {"name": name})
