"""Texts with mistakes by the thousand: some are told, the rest counted, and nothing takes long."""

from __future__ import annotations

import pytest

from kea_twisted.base.kea_json.parse import MAX_ERRORS, parse_text
from kea_twisted.base.kea_json.source import MAX_PIECES
from kea_twisted.config.parse import load_text
from kea_twisted.config.problems import MAX_DETAILED, MAX_LISTED
from kea_twisted.errors import ConfigErrors
from kea_twisted.family import V4


def _errors(text: str) -> list[str]:
    with pytest.raises(ConfigErrors) as caught:
        load_text(text, "a.conf", V4)
    return [str(error) for error in caught.value.errors]


def test_a_text_full_of_faults_is_left_after_the_first_of_them() -> None:
    with pytest.raises(ConfigErrors) as caught:
        parse_text("[\n" + '"\\q",\n' * 100_000 + "1]", "a.conf")
    told = [str(error) for error in caught.value.errors]
    assert len(told) == MAX_ERRORS + 1
    assert told[0] == "\\q is no escape sequence (a.conf:2:2)"
    assert told[-1] == f"too many mistakes, this and what follows is not looked at (a.conf:{MAX_ERRORS + 2}:2)"


def test_surplus_commas_beyond_count_are_forgiven_without_a_word() -> None:
    document = parse_text("[" + "1,,\n" * 50_000 + "1]", "a.conf")
    assert len(document.value) == 50_001
    assert len(document.warnings) == MAX_ERRORS


def test_of_many_wrong_values_some_are_told_and_the_rest_counted() -> None:
    told = _errors('{"Dhcp4": {"subnet4": [\n' + "1,\n" * 3000 + "1]}}")
    assert len(told) == MAX_LISTED + 1
    assert told[0] == "Dhcp4/subnet4[0]: expected a map, got 1 (a.conf:2:1)"
    assert told[-1] == f"{3001 - MAX_LISTED} more mistakes"


def test_a_flood_of_wrong_values_is_only_counted() -> None:
    told = _errors('{"Dhcp4": {"subnet4": [' + "1," * MAX_DETAILED + "1]}}")
    assert told == [f"Dhcp4: {MAX_DETAILED + 1} mistakes, too many to tell them (a.conf:1:11)"]


def test_an_include_whose_name_no_file_can_have_is_told_with_its_place() -> None:
    def read(path: str) -> str:
        with open(path) as file:
            return file.read()

    with pytest.raises(ConfigErrors) as caught:
        load_text('{\n<?include "a\0b"?> }', "a.conf", V4, read)
    assert "cannot include" in str(caught.value)
    assert "a.conf:2:1" in str(caught.value)


def test_files_that_include_one_another_many_times_do_not_grow_without_bound() -> None:
    reads = 0

    def read(_path: str) -> str:
        nonlocal reads
        reads += 1
        return "" if reads > 10 * MAX_PIECES or len(_path) > 6 else f'<?include "{_path}x"?>' * 20

    with pytest.raises(ConfigErrors, match="too many files are included"):
        load_text('<?include "a"?>', "a.conf", V4, read)
    assert reads <= MAX_PIECES


@pytest.mark.parametrize(
    "part",
    [
        '"control-socket": {"socket-type": "unix", "socket-name": "/tmp/a\\u0000b"}',
        '"lease-database": {"type": "memfile", "name": "a\\u0000b"}',
        '"loggers": [{"name": "kea-dhcp4", "output_options": [{"output": "a\\u0000b"}]}]',
    ],
)
def test_a_file_name_with_nul_is_refused(part: str) -> None:
    (told,) = _errors(f'{{"Dhcp4": {{{part}}}}}')
    assert "a file name cannot hold the character NUL (a.conf:1:" in told
