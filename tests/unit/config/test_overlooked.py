"""Unknown keywords in what a command brings: left out and told where Kea's commands overlook them, else refused."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from kea_twisted.base.kea_json.parse import parse_text
from kea_twisted.config.overlooked import MAX_ANSWERED, MAX_NAME, without
from kea_twisted.config.parse import Loaded, load_document, load_object, load_text
from kea_twisted.config.problems import MAX_LISTED, section_at
from kea_twisted.config.render import render
from kea_twisted.config.section import Section
from kea_twisted.config.v4 import Dhcp4
from kea_twisted.config.v6 import Dhcp6
from kea_twisted.errors import ConfigErrors
from kea_twisted.family import V4, V6

MISSPELT = '{"Dhcp4": {"client-classes": [{"name": "a"},\n {"name": "b", "tset": "1 == 1", "%s": {"x": [1]}}]}}' % (
    "z" * 99
)


def by_command(text: str) -> Loaded[Any]:
    return load_document(parse_text(text, "f"), V4, by_command=True)


def refused(value: Any) -> list[str]:
    with pytest.raises(ConfigErrors) as caught:
        load_object(value, V4, by_command=True)
    return [str(error) for error in caught.value.errors]


def test_a_misspelt_keyword_of_a_command_is_left_out_and_told_with_its_place() -> None:
    loaded = by_command(MISSPELT)
    assert loaded.left_out.sentence() == (
        " Ignored: Dhcp4/client-classes[1]/tset: unsupported parameter, did you mean test? (f:2:16); "
        f"Dhcp4/client-classes[1]/{'z' * MAX_NAME}: unsupported parameter (f:2:34)"
    )
    assert [str(warning) for warning in loaded.warnings] == [
        "Dhcp4/client-classes[1]/tset: ignored unsupported parameter, did you mean test? (f:2:16)",
        f"Dhcp4/client-classes[1]/{'z' * MAX_NAME}: ignored unsupported parameter (f:2:34)",
    ]
    assert [each.name for each in loaded.model.client_classes] == ["a", "b"]
    assert "tset" not in json.dumps(render(loaded.model))


def test_a_file_with_the_same_keyword_is_refused() -> None:
    with pytest.raises(ConfigErrors, match="tset: unsupported parameter: tset, did you mean test"):
        load_text(MISSPELT, "f", V4)


def test_nothing_is_said_where_nothing_was_left_out() -> None:
    assert load_object({"Dhcp4": {}}, V4, by_command=True).left_out.sentence() == ""


def test_what_the_command_brought_stays_as_it_is() -> None:
    value = {"Dhcp4": {"client-classes": [{"name": "a", "tset": ""}], "sanity-checks": {"tset": 1}}}
    before = copy.deepcopy(value)
    assert load_object(value, V4, by_command=True).left_out.count == 2
    assert value == before


def test_what_is_not_changed_is_not_copied() -> None:
    value: dict[str, Any] = {"a": [{"x": 1, "y": 2}, {"x": 3}], "b": {"c": []}}
    changed = without(value, [("a", 0, "x")])
    assert changed == {"a": [{"y": 2}, {"x": 3}], "b": {"c": []}}
    assert changed["a"][1] is value["a"][1]
    assert changed["b"] is value["b"]


@pytest.mark.parametrize("value", [7, None, True, {}, []])
def test_unknown_parameters_of_databases_are_left_out_if_they_are_texts(value: object) -> None:
    database = {"type": "memfile", "nmae": "x"}
    assert load_object({"Dhcp4": {"lease-database": database}}, V4, by_command=True).left_out.count == 1
    assert refused({"Dhcp4": {"lease-database": {**database, "lfc-intreval": value}}}) == [
        "Dhcp4/lease-database/lfc-intreval: unsupported parameter: lfc-intreval, did you mean lfc-interval?",
        "Dhcp4/lease-database/nmae: unsupported parameter: nmae, did you mean name?",
    ]


@pytest.mark.parametrize("section", ["interfaces-config", "subnet4", "option-data", "option-def", "reservations"])
def test_elsewhere_commands_are_as_strict_as_files(section: str) -> None:
    inner: Any = {"tset": 1} if section == "interfaces-config" else [{"tset": 1}]
    assert any("unsupported parameter: tset" in each for each in refused({"Dhcp4": {section: inner}}))
    assert refused({"Dhcp4": {"tset": 1}}) == ["Dhcp4/tset: unsupported parameter: tset"]


def test_with_other_mistakes_an_unknown_keyword_is_told_as_one() -> None:
    assert refused({"Dhcp4": {"client-classes": [{"nmae": "a"}], "valid-lifetime": "12"}}) == [
        "Dhcp4/client-classes[0]: missing parameter 'name'",
        "Dhcp4/client-classes[0]/nmae: unsupported parameter: nmae, did you mean name?",
        "Dhcp4/valid-lifetime: expected an integer, got '12'",
    ]


def test_of_many_keywords_the_answer_names_a_few_and_the_log_some_and_both_count_the_rest() -> None:
    classes = [{"name": str(number), f"key{number}": number} for number in range(20_000)]
    loaded = load_object({"Dhcp4": {"client-classes": classes}}, V4, by_command=True)
    assert len(loaded.model.client_classes) == 20_000
    sentence = loaded.left_out.sentence()
    assert sentence.count("unsupported parameter") == MAX_ANSWERED
    assert sentence.endswith(f"; and {20_000 - MAX_ANSWERED} more")
    assert len(loaded.warnings) == MAX_LISTED + 1
    assert str(loaded.warnings[-1]) == f"ignored {20_000 - MAX_LISTED} more unsupported parameters"


def test_the_other_family_has_the_same_sections_and_its_own() -> None:
    inner = {
        "server-id": {"type": "LL", "tiem": 1},
        "subnet6": [{"subnet": "2001:db8::/64", "relay": {"ip-addresses": [], "x": 1}}],
    }
    loaded = load_object({"Dhcp6": inner}, V6, by_command=True)
    assert loaded.left_out.sentence() == (
        " Ignored: Dhcp6/server-id/tiem: unsupported parameter, did you mean time?; "
        "Dhcp6/subnet6[0]/relay/x: unsupported parameter"
    )


def sections(model: type[BaseModel], keyword: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield the model and all below it, each with the keyword that holds it."""
    yield keyword, model
    for name, field in model.model_fields.items():
        below = section_at((field.alias or name,), model)
        if below is not None:
            yield from sections(below, field.alias or name)


def test_the_manual_names_the_sections() -> None:
    text = (Path(__file__).parents[3] / "docs/running.rst").read_text()
    listed = text.partition("is left out if a command brings it:")[2].partition("The answer says so")[0]
    marked = {
        keyword
        for root in (Dhcp4, Dhcp6)
        for keyword, model in sections(root)
        if issubclass(model, Section) and model.overlooked
    }
    assert set(re.findall("``([^`]+)``", listed)) == marked


@pytest.mark.parametrize(
    ("section", "keyword"), [("multi-threading", "enable-multi-threading"), ("dhcp-queue-control", "enable-queue")]
)
@pytest.mark.parametrize("family", [V4, V6], ids=["v4", "v6"])
def test_a_command_may_leave_out_that_threads_and_queues_are_off(family: Any, section: str, keyword: str) -> None:
    written = {family.root: {section: {}}}
    shown = render(load_object(written, family, by_command=True).model)
    assert shown[family.root][section][keyword] is False
    with pytest.raises(ConfigErrors, match=f"missing parameter '{keyword}'"):
        load_object(written, family)
    with pytest.raises(ConfigErrors):
        load_object({family.root: {section: []}}, family, by_command=True)
