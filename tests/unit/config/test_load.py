"""Loading configurations: strictness, and all errors at once, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

from kea_twisted.base.kea_json.parse import parse_text
from kea_twisted.config.build import build4, build6
from kea_twisted.config.io import load_file
from kea_twisted.config.later import LATER
from kea_twisted.config.parse import load_document, load_object, load_text
from kea_twisted.config.render import render
from kea_twisted.config.schema import json_schema
from kea_twisted.errors import ConfigErrors
from kea_twisted.family import V4, V6
from kea_twisted.log.sink import parse_loggers


def load4(inner: str) -> Any:
    return load_text(f'{{"Dhcp4": {{{inner}}}}}', "f", V4).model


def errors4(inner: str) -> list[str]:
    with pytest.raises(ConfigErrors) as caught:
        build4(load4(inner))
    return [str(error) for error in caught.value.errors]


@pytest.mark.arm("CF-016")
@pytest.mark.arm("CF-041")
def test_all_mistakes_of_a_file_are_reported_in_the_order_of_the_text() -> None:
    found = errors4(
        '"valid-lifetime": "12",\n "subnet4": [{"pools": [{"pool": 7, "BOGUS": 1}]}],\n'
        ' "t1-percent": 1, "next-server": null'
    )
    assert found == [
        "Dhcp4/valid-lifetime: expected an integer, got '12' (f:1:30)",
        "Dhcp4/subnet4[0]: missing parameter 'subnet' (f:2:14)",
        "Dhcp4/subnet4[0]/pools[0]/pool: expected a string, got 7 (f:2:34)",
        "Dhcp4/subnet4[0]/pools[0]/BOGUS: unsupported parameter: BOGUS (f:2:37)",
        "Dhcp4/t1-percent: expected a number with a decimal point (f:3:16)",
        "Dhcp4/next-server: expected a string, got null (f:3:34)",
    ]


def test_all_mistakes_of_meaning_are_reported_in_the_order_of_the_text() -> None:
    found = errors4(
        '"subnet4": [{"subnet": "192.0.2.0/24", "id": 1, "pools": [{"pool": "10.0.0.1-10.0.0.2"}]},\n'
        '{"subnet": "192.0.2.0/24", "id": 1}],\n"next-server": "x", "client-classes": [{"name": "a", "test": "nosuch"}]'
    )
    assert [error.split(": ")[0] for error in found] == [
        "Dhcp4/subnet4[0]/pools[0]/pool",
        "Dhcp4/subnet4[1]/subnet",
        "Dhcp4/subnet4[1]/id",
        "Dhcp4/next-server",
        "Dhcp4/client-classes[0]/test",
    ]
    assert all("(f:" in error for error in found)


@pytest.mark.arm("CF-003")
@pytest.mark.parametrize("value", ['"12"', "true", "1.0", "null", "[]", "{}"])
def test_only_integers_are_integers(value: str) -> None:
    assert "expected an integer" in errors4(f'"valid-lifetime": {value}')[0]


@pytest.mark.parametrize("value", ["1", '"true"', "null"])
def test_only_true_and_false_are_booleans(value: str) -> None:
    assert "expected true or false" in errors4(f'"authoritative": {value}')[0]


def test_a_misspelt_keyword_gets_a_suggestion() -> None:
    assert errors4('"subnet4": [{"subnet": "10.0.0.0/8", "pols": []}]') == [
        "Dhcp4/subnet4[0]/pols: unsupported parameter: pols, did you mean pools? (f:1:49)"
    ]


@pytest.mark.arm("CF-018")
def test_the_root_keyword_must_be_there() -> None:
    with pytest.raises(ConfigErrors, match=r"missing parameter 'Dhcp6' \(f:1:1\)"):
        load_text('{"Dhcp4": {}}', "f", V6)
    with pytest.raises(ConfigErrors, match="is a map with the entry Dhcp4"):
        load_text("[]", "f", V4)


@pytest.mark.arm("CF-019")
@pytest.mark.arm("CF-092")
def test_other_top_level_entries_are_ignored_with_a_warning() -> None:
    loaded = load_text('{"Dhcp4": {},\n "Dhcp6": {"x": 1}}', "f", V4)
    assert [str(warning) for warning in loaded.warnings] == [
        "Dhcp6 is not part of the configuration of this server and ignored (f:2:2)"
    ]


@pytest.mark.arm("CF-032")
def test_a_comment_becomes_part_of_the_user_context() -> None:
    assert load4('"comment": "c"').context == {"comment": "c"}
    assert load4('"comment": "c", "user-context": {"a": 1}').context == {"a": 1, "comment": "c"}
    assert load4('"user-context": {"comment": 7}').context == {"comment": 7}
    assert load4("").context is None


MANUALS_CONTEXTS = """{ "Dhcp6": { "subnet6": [ {
    "pd-pools": [ {
        "prefix": "2001:db8::", "prefix-len": 56, "delegated-len": 64,
        # This is a pool specific context.
        "user-context": {
            "threshold-percent": 85, "v4-network": "192.168.0.0/16", "v4-overflow": "10.0.0.0/16",
            "lw4over6-sharing-ratio": 64, "lw4over6-v4-pool": "192.0.2.0/24", "lw4over6-sysports-exclude": true,
            "lw4over6-bind-prefix-len": 56
        }
    } ],
    "subnet": "2001:db8::/32",
    "user-context": {
        "comment": "Those v4-v6 migration technologies are tricky.", "experimental": true, "billing-department": 42,
        "contacts": [ "Alice", "Bob" ]
    }
} ] } }"""


@pytest.mark.arm("V6-455")
def test_the_manuals_user_contexts_come_back_unchanged() -> None:
    model = load_text(MANUALS_CONTEXTS, "file", V6).model
    subnet = render(model)["Dhcp6"]["subnet6"][0]
    given = parse_text(MANUALS_CONTEXTS, "file").value["Dhcp6"]["subnet6"][0]
    assert subnet["user-context"] == given["user-context"]
    assert subnet["pd-pools"][0]["user-context"] == given["pd-pools"][0]["user-context"]
    assert build6(model, []).subnets[0].pd_pools[0].user_context == given["pd-pools"][0]["user-context"]


@pytest.mark.arm("CF-034")
def test_a_user_context_is_a_map() -> None:
    assert "expected a map, got a list" in errors4('"user-context": []')[0]


def test_objects_of_commands_load_without_positions_and_parts_of_them_with() -> None:
    with pytest.raises(ConfigErrors, match=r"^Dhcp4/valid-lifetime: out of range value"):
        load_object({"Dhcp4": {"valid-lifetime": -1}}, V4)
    command = parse_text('{"command": "config-set",\n"arguments": {"Dhcp4": {"valid-lifetime": -1}}}', "<string>")
    with pytest.raises(ConfigErrors, match=r"\(<string>:2:43\)"):
        load_document(command.inside("arguments"), V4)


def test_severities_that_do_not_exist_are_info_with_a_warning() -> None:
    loaded = load_text('{"Dhcp4": {"loggers": [{"name": "a", "severity": "loud"}]}}', "f", V4)
    assert loaded.model.loggers[0].severity == "INFO"
    assert [warning.path for warning in loaded.warnings] == ["Dhcp4/loggers[0]/severity"]


@pytest.mark.parametrize(("level", "counts"), [(100, 99), (4294967295, 99), (-1, 0)])
@pytest.mark.arm("LG-151")
def test_debug_levels_that_do_not_exist_are_the_nearest_with_a_warning(level: int, counts: int) -> None:
    logger = f'{{"name": "kea-dhcp4", "severity": "DEBUG", "debuglevel": {level}}}'
    loaded = load_text(f'{{"Dhcp4": {{"loggers": [{logger}]}}}}', "f", V4)
    (warning,) = loaded.warnings
    assert str(warning) == f"Dhcp4/loggers[0]/debuglevel: there is no debug level {level}, {counts} is used (f:1:67)"
    (spec,) = parse_loggers([entry.model_dump(exclude_none=True) for entry in loaded.model.loggers])
    assert spec.rank == counts


@pytest.mark.parametrize(
    ("inner", "path"),
    [
        ('"lease-database": {"type": "mysql"}', "Dhcp4/lease-database/type"),
        ('"hosts-database": {"type": "mysql"}', "Dhcp4/hosts-database"),
        ('"hosts-databases": [{"type": "mysql"}]', "Dhcp4/hosts-databases"),
        ('"config-control": {"config-fetch-wait-time": 1}', "Dhcp4/config-control"),
    ],
)
def test_keywords_without_behaviour_give_a_warning_at_their_place(inner: str, path: str) -> None:
    loaded = load_text(f'{{"Dhcp4": {{{inner}}}}}', "f", V4)
    assert [warning.path for warning in loaded.warnings] == [path]
    assert loaded.warnings[0].position is not None


def test_every_row_of_later_is_silent_for_a_plain_configuration() -> None:
    assert len({row.path for row in LATER}) == len(LATER)
    assert load_text('{"Dhcp4": {}}', "f", V4).warnings == []


def test_files_are_read_as_octets_and_include_others(tmp_path: Any) -> None:
    (tmp_path / "part").write_bytes(b'"server-tag": "\xc3\xa9"')
    main = tmp_path / "main.conf"
    main.write_text(f'{{"Dhcp4": {{ <?include "{tmp_path}/part"?> }}}}')
    assert load_file(str(main), V4).model.server_tag == "\xc3\xa9"
    with pytest.raises(ConfigErrors, match="unable to open file"):
        load_file(str(tmp_path / "absent"), V4)


def test_positions_are_not_looked_for_while_all_is_well() -> None:
    model = load4('"subnet4": [{"subnet": "10.0.0.0/8"}]')
    build4(model)
    assert model.document._places is None
    model.document.position(("Dhcp4",))
    assert model.document._places is not None
    model.forget_text()
    assert model.document is None


@pytest.mark.parametrize("family", [V4, V6])
def test_the_schema_describes_every_keyword_and_allows_no_others(family: Any) -> None:
    schema = json_schema(family)
    for name, section in schema["$defs"].items():
        for keyword, entry in section["properties"].items():
            described = entry.get("description") or "$ref" in entry or "allOf" in entry
            assert described, f"{name}/{keyword}"
        assert section["additionalProperties"] is (name == "QueueControl"), name
    assert "null" not in str(schema)
