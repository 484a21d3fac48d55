"""The keywords of every scope are those of Kea 2.2.0, with the same types, and golden files use each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kea_twisted.base.kea_json.parse import parse_text
from kea_twisted.config.io import read_file
from kea_twisted.config.schema import json_schema
from kea_twisted.family import V4, V6

TESTS = Path(__file__).parents[2]
NOT_IN_GOLDEN = {
    "hosts-database", "hosts-databases", "config-control", "hooks-libraries",  # Kea could not start with them alone
    "port", "host", "user", "password", "connect-timeout", "max-reconnect-tries", "reconnect-wait-time", "on-fail",
    "readonly", "trust-anchor", "cert-file", "key-file", "cipher-list", "config-databases", "config-fetch-wait-time",
    "library", "parameters", "time", "maxsize", "maxver",
}  # fmt: skip


def keywords() -> dict[tuple[str, str], dict[str, str]]:
    scopes: dict[tuple[str, str], dict[str, str]] = {}
    for line in (TESTS / "corpus/config/keywords.tsv").read_text().splitlines():
        if not line.startswith("#"):
            family, scope, keyword, kind = line.split("\t")
            scopes.setdefault((family, scope), {})[keyword] = kind
    return scopes


def section(schema: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """Follow references and lists to the schema of a section."""
    while True:
        if "$ref" in entry:
            entry = schema["$defs"][entry["$ref"].rpartition("/")[2]]
        elif entry.get("type") == "array":
            entry = entry["items"]
        else:
            return entry


def type_of(schema: dict[str, Any], entry: dict[str, Any]) -> str:
    if "$ref" in entry:
        entry = schema["$defs"][entry["$ref"].rpartition("/")[2]]
    return str(entry.get("type", "string"))


@pytest.mark.parametrize(
    ("key", "known"), keywords().items(), ids=lambda each: "-".join(each) if len(each) == 2 else ""
)
def test_keywords_and_types_are_those_of_kea(key: tuple[str, str], known: dict[str, str]) -> None:
    family = V4 if key[0] == "4" else V6
    schema = json_schema(family)
    found = schema["$defs"][family.root]
    for step in key[1].split("/") if key[1] != "." else ():
        found = section(schema, found["properties"][step])
    assert {keyword: type_of(schema, entry) for keyword, entry in found["properties"].items()} == known


def used(value: Any) -> set[str]:
    if isinstance(value, dict):
        inner = [used(each) for key, each in value.items() if key != "user-context"]
        return set(value).union(*inner)
    return set().union(*map(used, value)) if isinstance(value, list) else set()


def test_golden_files_use_every_keyword() -> None:
    seen: set[str] = set()
    for file in (TESTS / "golden/config").glob("dhcp?-*.json"):
        if ".get." not in file.name:
            seen |= used(parse_text(read_file(str(file)), file.name).value)
    assert {keyword for each in keywords().values() for keyword in each} - seen - NOT_IN_GOLDEN == set()
