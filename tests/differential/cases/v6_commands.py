"""Commands between DHCPv6 packets: statistics, reclamation, service switched off and on."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, PD, Client, network
from tests.differential.talk import Talk


@case(6, network(), "V6-449", "V6-451")
def commands_of_the_server(talk: Talk) -> None:
    listed = talk.command("list-commands")["arguments"]
    assert {"config-get", "config-set", "config-test", "config-write", "leases-reclaim", "status-get"} <= set(listed)
    for name in ("server-tag-get", "config-backend-pull", "libreload", "config-test", "no-such-command"):
        talk.command(name)
    talk.command("config-test", {"Dhcp6": {}})
    talk.command("config-test", {"Dhcp4": {}})
    talk.command("config-test", {"Dhcp6": {"bogus": 1}})


@case(6, network(), "V6-450")
def statistics(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(NA, PD)
    talk.command("statistic-get", {"name": "pkt6-received"})
    talk.command("statistic-get", {"name": "subnet[1].assigned-nas"})
    talk.command("statistic-reset", {"name": "pkt6-received"})
    one.renew()
    talk.command("statistic-get", {"name": "pkt6-received"})
    talk.command("statistic-sample-count-set", {"name": "pkt6-received", "max-samples": 2})
    talk.command("statistic-sample-age-set", {"name": "pkt6-received", "duration": 100})
    one.renew()
    talk.command("statistic-get", {"name": "pkt6-received"})
    talk.command("statistic-remove", {"name": "pkt6-reply-sent"})
    one.renew()
    talk.command("statistic-get", {"name": "pkt6-reply-sent"})
    talk.command("statistic-sample-count-set-all", {"max-samples": 2})
    talk.command("statistic-get-all")
    talk.command("statistic-reset-all")
    talk.command("statistic-get-all")
    talk.command("statistic-sample-age-set-all", {"duration": 100})
    talk.command("statistic-remove-all")
    talk.command("statistic-get-all")


@case(6, network(), "V6-452")
def service_disabled_and_enabled(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    talk.command("dhcp-disable")
    one.renew()
    one.solicit(NA)
    talk.command("dhcp-enable")
    one.renew(NA)
    talk.command("dhcp-disable", {"max-period": 1})
    one.renew(NA)
    talk.wait(1.3)
    one.renew(NA)


@case(
    6,
    network(
        valid_lifetime=1, preferred_lifetime=1, expired_leases_processing={"reclaim-timer-wait-time": 0},
        decline_probation_period=1,
    ),
    "LE-025", "LE-031", "LE-032", "LE-034",
)  # fmt: skip
def leases_reclaimed_on_command(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease(NA, PD)
    two.lease(NA)
    two.decline()
    talk.command("leases-reclaim", {"remove": False})
    talk.wait(2.1)
    talk.command("leases-reclaim", {"remove": False})
    talk.command("statistic-get-all")
    one.lease(NA, PD)
    talk.wait(2.1)
    talk.command("leases-reclaim", {"remove": True})
    talk.command("leases-reclaim")
    talk.command("leases-reclaim", {"remove": "yes"})
