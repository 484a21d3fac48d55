"""DHCID records: the examples of RFC 4701, and clients that have the same one in both families."""

from __future__ import annotations

from base64 import b64decode

import pytest

from kea_twisted.ddns.dhcid import of_client_id, of_duid, of_hardware

DUID = bytes.fromhex("00010006412df166010203040506")


@pytest.mark.rfc("4701", "3.6")
@pytest.mark.arm("DD-125")
@pytest.mark.parametrize(
    ("made", "record"),
    [
        (of_duid(DUID, "chi6.example.com"), "AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA="),
        (
            of_client_id(bytes.fromhex("01070809 0a0b0c"), "chi.example.com"),
            "AAEBOSD+XR3Os/0LozeXVqcNc7FwCfQdWL3b/NaiUDlW2No=",
        ),
        (
            of_hardware(1, bytes.fromhex("010203040506"), "client.example.com"),
            "AAABxLmlskllE0MVjd57zHcWmEH3pCQ6VytcKD//7es/deY=",
        ),
    ],
)
def test_the_examples_of_the_rfc(made: bytes, record: str) -> None:
    assert made == b64decode(record + "=" * (-len(record) % 4))


@pytest.mark.rfc("4361", "6.1")
@pytest.mark.arm("DD-020")
def test_a_client_identifier_with_a_duid_gives_the_dhcid_of_dhcpv6() -> None:
    assert of_client_id(b"\xff\0\0\0\1" + DUID, "name.example.") == of_duid(DUID, "name.example.")


def test_neither_case_nor_a_final_dot_of_the_name_matters() -> None:
    assert of_duid(DUID, "Name.Example") == of_duid(DUID, "name.example.")


@pytest.mark.parametrize("identifier", [b"\xff\0\0\0\1", b"\xff", b"\xff\0\0\0\1" + bytes(131), b""])
def test_identifiers_without_a_dhcid_are_errors(identifier: bytes) -> None:
    with pytest.raises(ValueError, match=r"DUID|identifier"):
        of_client_id(identifier, "name.example.")


def test_the_longest_duid_has_a_dhcid() -> None:
    assert of_client_id(b"\xff\0\0\0\1" + bytes(130), "name.example.")[:3] == b"\0\2\1"


@pytest.mark.parametrize("name", ["a..b", "x" * 64, ".a"])
def test_bad_names_are_errors(name: str) -> None:
    with pytest.raises(ValueError):
        of_duid(DUID, name)


def test_a_client_of_which_nothing_is_known_has_no_dhcid() -> None:
    with pytest.raises(ValueError, match="link-layer"):
        of_hardware(1, b"", "name.example.")
