"""What the log tells by default of configurations that are put in force, and of those that are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from tests.differential.config import rules4, rules6
from tests.differential.pair import ADDRESSES
from tests.support.kea import Json, Kea, Server
from tests.support.log_lines import Told, told
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

RULES: Final = {4: rules4.RULES, 6: rules6.RULES}

REFUSED: Final = {
    "HOSTS_BACKENDS_REGISTERED": "Kea tells what a configuration has while it reads it, we once it is right",
    "DHCPSRV_CFGMGR_ADD_IFACE": "the same",
    "DHCPSRV_CFGMGR_SOCKET_TYPE_DEFAULT": "the same",
    "DHCPSRV_CFGMGR_SOCKET_TYPE_SELECT": "the same",
    "DHCPSRV_CFGMGR_NEW_SUBNET4": "the same",
    "DHCPSRV_CFGMGR_NEW_SUBNET6": "the same",
    "DHCPSRV_CFGMGR_CONFIGURE_SERVERID": "the same",
    "DHCP4_CONFIG_UNRECOVERABLE_ERROR": "nothing has to be recovered: the configuration in force is as it was",
    "DHCP6_CONFIG_UNRECOVERABLE_ERROR": "nothing has to be recovered: the configuration in force is as it was",
}
"""What only Kea tells of a configuration that is refused, and why."""

IN_FORCE: Final = {
    "DHCP4_CONFIG_SYNTAX_WARNING": "keywords that Kea leaves out without a word are told of",
    "DHCP6_CONFIG_SYNTAX_WARNING": "keywords that Kea leaves out without a word are told of",
    "KEA_TWISTED_INFO": "sockets that are opened while the server runs are told of",
    "DHCPSRV_OPEN_SOCKET_FAIL": "of an interface without a link-local address is told that it cannot be listened on",
}
"""What only we tell of a configuration that is put in force, and why."""

Outcome = tuple[int, Told]


def _fragments(family: int) -> Iterator[Json]:
    """Yield some configurations that are right, and one of those that are wrong, of each rule.

    Not those that take the control channel away, or the file of leases, or have loggers of their own.
    """
    for rule in RULES[family]:
        for each in (*rule.good[:4], *rule.bad[:1]):
            if isinstance(each, dict) and not each.keys() & {"control-socket", "lease-database", "loggers"}:
                yield each


def _outcomes(kind: type[Server], family: int) -> list[Outcome]:
    """Return the result of config-set and what is told meanwhile, for each of the configurations."""
    base: Json = {"interfaces-config": {"interfaces": ["srv0"]}}
    found: list[Outcome] = []
    with Link(f"c{kind.name}", *ADDRESSES[family]) as link:
        server = kind(family, link)
        try:
            server.start(base)
            for fragment in _fragments(family):
                before = server.log.stat().st_size
                answer = server.reload({**base, **fragment})
                found.append((answer["result"], told(server.log, before)))
                if server.ended:
                    server.start(base)
        finally:
            server.close()
    return found


@pytest.mark.parametrize("family", [4, 6])
def test_the_log_tells_of_configurations_what_keas_does(family: int) -> None:
    require(f"kea-dhcp{family}")
    require_namespaces()
    theirs, ours = _outcomes(Kea, family), _outcomes(Ours, family)
    wrong = []
    for fragment, (result, kea), (other, own) in zip(_fragments(family), theirs, ours, strict=True):
        if result != other:
            continue  # other tests say of which the verdicts differ, and why
        excused = IN_FORCE if result == 0 else {**IN_FORCE, **REFUSED}
        names = {name for name in kea | own if kea.get(name) != own.get(name)}
        wrong += [f"{fragment}: {name}: {kea.get(name)}, {own.get(name)}" for name in sorted(names - excused.keys())]
    assert wrong == []
