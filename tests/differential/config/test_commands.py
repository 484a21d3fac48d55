"""`config-test` as a command, beside Kea's: on every example, and on thousands of mutations of all of them.

Both servers run and are asked on their sockets. Kea's command overlooks unknown keywords in some maps, which a file is
refused for; so does ours, see `Section.overlooked`. Syntax is not a matter of commands. KEA_TWISTED_VERDICTS: how many
mutations a family gets. What is left is explained by a row of ACCEPTED.
"""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.differential.config.bases import bases
from tests.differential.config.mutations import STRUCTURAL, places
from tests.differential.config.test_verdicts import ACCEPTED as OF_FILES
from tests.differential.config.verdicts import AcceptedVerdict, Verdict, keas
from tests.differential.config.verdicts import ours as of_ours
from tests.support.kea import Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

MUTATIONS = int(os.environ.get("KEA_TWISTED_VERDICTS", "2000"))
LEAST_AGREEMENT = 0.97
ADDRESSES = {4: "192.0.2.1/24", 6: "2001:db8:1::1/64"}
VALID = "^$"

UNKNOWN = "zzz-unknown"

ACCEPTED = (
    *OF_FILES,
    AcceptedVerdict(
        r"^Dhcp\d/((dhcp-ddns|dhcp-queue-control)/)?[a-z0-9-]+: expected [^\n]*$"
        r"|replace-client-name: [^\n]* is not supported",
        VALID,
        "Kea's command keeps some values of the wrong type as they are, and refuses files with them: something else "
        "than was written is in force then, or config-set fails half way.",
    ),
    AcceptedVerdict(
        "the type of the packet queue|on-fail: [^\n]* is not supported",
        VALID,
        "Kea's config-test does not look, and its config-set fails.",
    ),
    AcceptedVerdict(
        VALID,
        "Not allowed option definition|next-server|server-hostname|boot-file-name",
        "Kea's command reads keywords of DHCPv4 in DHCPv6 classes, and then overlooks them.",
    ),
    AcceptedVerdict(
        "is not an IPv4 address",
        VALID,
        "Kea writes the sixteen octets of an IPv6 address into an option of IPv4 addresses.",
    ),
    AcceptedVerdict(
        VALID,
        "expected format is name=value",
        "Kea passes parameters of databases on as text with blanks between them; a blank in one does not matter here.",
    ),
)


class Asked:
    """A server that runs and is asked for verdicts."""

    def __init__(self, kind: type[Server], family: int) -> None:
        self.link = Link(kind.name, (ADDRESSES[family],))
        self.server = kind(family, self.link)
        self.server.start({"interfaces-config": {"interfaces": ["srv0"]}})

    def verdict(self, text: str) -> Verdict:
        """Return whether `config-test` takes the configuration in *text*, and why not."""
        answer = self.server.control.ask_raw(f'{{"command": "config-test", "arguments": {text}}}'.encode("latin-1"))
        valid = answer["result"] == 0
        return Verdict(valid, "" if valid else str(answer["text"]), str(answer["text"]) if valid else "")

    def close(self) -> None:
        """Stop it."""
        self.server.close()
        self.link.close()


def mutated(family: int, count: int) -> Iterator[tuple[str, str]]:
    """Yield what was done and the text of *count* configurations, taking turns among the bases and the mistakes."""
    rng = random.Random(f"verdicts {family}")
    whole = bases(family)
    names = list(whole)
    kinds = list(STRUCTURAL)
    for number in range(count):
        name = names[number % len(names)]
        kind = kinds[number // len(names) % len(kinds)]
        changed = copy.deepcopy(whole[name])
        container, key = spot = rng.choice(list(places(next(iter(changed.values())))))
        before = json.dumps(container[key])[:60]
        STRUCTURAL[kind](rng, changed, spot)
        after = container.get(key) if isinstance(container, dict) else container[key : key + 1]
        yield f"{number} {name} {kind} {key}: {before} -> {json.dumps(after)[:60]}", json.dumps(changed)


def with_unknown_keywords(family: int) -> Iterator[tuple[str, str]]:
    """Yield the kind of map and value, and the text of a configuration with one unknown keyword in such a map."""
    seen: set[str] = set()
    root = f"Dhcp{family}"
    for whole in bases(family).values():
        maps: list[tuple[tuple[str | int, ...], Any]] = [((), whole[root])]
        for path, spot in maps:
            pairs: Any = spot.items() if isinstance(spot, dict) else enumerate(spot)
            maps += [
                ((*path, key), each)
                for key, each in pairs
                if isinstance(each, dict | list) and key not in ("user-context", "parameters")
            ]
            kind = "/".join(step for step in path if isinstance(step, str))
            if not isinstance(spot, dict):
                continue
            for value in (7, "text", None, {"a": [1]}):
                what = f"{kind.rpartition('/')[2]} {json.dumps(value)} of {kind}"
                if what in seen:
                    continue
                seen.add(what)
                spot[UNKNOWN] = value
                yield what, json.dumps(whole)
                del spot[UNKNOWN]


def explained(mine: Verdict, theirs: Verdict) -> bool:
    """Return whether a row is about these verdicts."""
    return any(row.covers(mine, theirs) for row in ACCEPTED)


@pytest.fixture(params=[4, 6])
def asked(request: Any) -> Iterator[tuple[int, Asked, Asked]]:
    """Family, Kea's server and ours."""
    family = request.param
    require(f"kea-dhcp{family}")
    require_namespaces()
    kea, ours = Asked(Kea, family), Asked(Ours, family)
    yield family, kea, ours
    kea.close()
    ours.close()


@pytest.mark.peer("kea")
def test_config_test_takes_the_examples_that_kea_takes(asked: tuple[int, Asked, Asked]) -> None:
    family, kea, ours = asked
    wrong = []
    for name, whole in bases(family).items():
        mine, theirs = ours.verdict(json.dumps(whole)), kea.verdict(json.dumps(whole))
        if not (mine.valid and theirs.valid):
            wrong.append(f"{name}\n  ours: {mine.reason}\n  Kea's: {theirs.reason}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.peer("kea")
def test_unknown_keywords_are_overlooked_where_kea_overlooks_them(asked: tuple[int, Asked, Asked]) -> None:
    family, kea, ours = asked
    wrong, overlooked = [], set()
    for kind, text in with_unknown_keywords(family):
        mine, theirs = ours.verdict(text), kea.verdict(text)
        if mine.valid != theirs.valid:
            wrong.append(f"{kind}\n  ours: {mine.reason or 'valid'}\n  Kea's: {theirs.reason or 'valid'}")
        elif mine.valid:
            section = kind.partition(" ")[0]
            overlooked.add(section)
            # A packet queue may have parameters of its own, which only its type knows.
            assert section == "dhcp-queue-control" or f"/{UNKNOWN}: unsupported parameter" in mine.remark
    assert not wrong, "\n".join(wrong)
    assert {"client-classes", "lease-database", "relay", "dhcp-ddns", "loggers"} <= overlooked
    assert not {"option-data", "reservations", "pools", "interfaces-config"} & overlooked


@pytest.mark.peer("kea")
def test_config_set_leaves_out_what_kea_overlooks_and_config_write_gives_a_file_for_both(
    asked: tuple[int, Asked, Asked], tmp_path: Path
) -> None:
    family, kea, ours = asked
    inner = {
        "client-classes": [{"name": "phones", "tset": "option[60].exists"}],
        "sanity-checks": {UNKNOWN: [1]},
        "expired-leases-processing": {"max-reclaim-lease": 7},
        "compatibility": {"user-context": {}},
        "shared-networks": [{"name": "floor", "relay": {"ip-addresses": [], UNKNOWN: None}}],
    }
    for each in (kea, ours):
        whole = each.server.complete(inner)
        whole[f"Dhcp{family}"]["control-socket"][UNKNOWN] = 1
        whole[f"Dhcp{family}"]["lease-database"]["nmae"] = "leases"
        whole[f"Dhcp{family}"]["loggers"][0]["output_options"][0][UNKNOWN] = 1
        answer = each.server.control.ask("config-set", whole)
        assert answer["result"] == 0, answer
    told, _, left_out = answer["text"].partition(" Ignored: ")
    assert told == "Configuration successful."
    assert f"Dhcp{family}/lease-database/nmae: unsupported parameter, did you mean name? (<string>:1:" in left_out
    assert left_out.endswith("; and 3 more")
    log = ours.server.log.read_text()
    assert f"Dhcp{family}/client-classes[0]/tset: ignored unsupported parameter, did you mean test? (<string>:1:" in log
    file = tmp_path / "written.json"
    assert ours.server.control.ask("config-write", {"filename": str(file)})["result"] == 0
    written = file.read_text()
    assert UNKNOWN not in written and "tset" not in written
    for verdict in (of_ours(written, family), keas(written, family, tmp_path)):
        assert verdict.valid, verdict.reason


@pytest.mark.peer("kea")
def test_config_test_judges_mutations_of_all_examples_as_kea_does(
    asked: tuple[int, Asked, Asked], record_property: Any
) -> None:
    family, kea, ours = asked
    wrong, agreed = [], 0
    for what, text in mutated(family, MUTATIONS):
        mine, theirs = ours.verdict(text), kea.verdict(text)
        agreed += mine.valid == theirs.valid
        if mine.valid != theirs.valid and not explained(mine, theirs):
            wrong.append(f"{what}\n  ours: {mine.reason or 'valid'}\n  Kea's: {theirs.reason or 'valid'}")
    record_property("agreement with the command", agreed / MUTATIONS)
    print(f"DHCPv{family}: {agreed} of {MUTATIONS} as Kea's command")
    assert not wrong, "\n".join(wrong)
    assert agreed >= LEAST_AGREEMENT * MUTATIONS
