"""Token Status List (IETF): the lists of its text and its test vectors, and what is refused."""

import base64
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.errors import (
    IndexOutsideList,
    MalformedStatusEntry,
    MalformedStatusList,
    ProofError,
)
from proofs.limits import Limits
from proofs.status import Purpose, Status
from proofs.token_status_list import SIZES, TokenStatusEntry, TokenStatusList

URI = "https://example.com/statuslists/1"
ONE_BIT = "eNrbuRgAAhcBXQ"
TWO_BITS = "eNo76fITAAPfAgc"

VECTORS: dict[int, tuple[str, dict[int, int]]] = {
    1: (
        (
            "eNrt3AENwCAMAEGogklACtKQPg9LugC9k_ACvreiogEAAKkeCQAAAAAAAAAAAAAAAAAAAIBylgQAAAAAAAAAAA"
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAXG9IAAAAAAAAAPwsJAAAAAAAAAAAAAAAvhsSAAAAAAAA"
            "AAAA7KpLAAAAAAAAAAAAAAAAAAAAAJsLCQAAAAAAAAAAADjelAAAAAAAAAAAKjDMAQAAAACAZC8L2AEb"
        ),
        {
            0: 1,
            1993: 1,
            25460: 1,
            159495: 1,
            495669: 1,
            554353: 1,
            645645: 1,
            723232: 1,
            854545: 1,
            934534: 1,
            1000345: 1,
        },
    ),
    2: (
        (
            "eNrt2zENACEQAEEuoaBABP5VIO01fCjIHTMStt9ovGVIAAAAAABAbiEBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            "AAAAAAAAAAAEB5WwIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAID0ugQAAAAAAAAAAAAAAAAAQG12SgAAAAAAAAAAAAAAAAAAAA"
            "AAAAAAAOCSIQEAAAAAAAAAAAAAAAAAAAAAAAD8ExIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAwJEu"
            "AQAAAAAAAAAAAAAAAAAAAAAAAMB9SwIAAAAAAAAAAAAAAAAAAACoYUoAAAAAAAAAAAAAAEBqH81gAQw"
        ),
        {
            0: 1,
            1993: 2,
            25460: 1,
            159495: 3,
            495669: 1,
            554353: 1,
            645645: 2,
            723232: 1,
            854545: 1,
            934534: 2,
            1000345: 3,
        },
    ),
    4: (
        (
            "eNrt0EENgDAQADAIHwImkIIEJEwCUpCEBBQRHOy35Li1EjoOQGabAgAAAAAAAAAAAAAAAAAAACC1SQEAAAAAAA"
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            "AAAAAABADrsCAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            "AAAAAAAAAAAADoxaEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIIoCgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            "AAAAAAAACArpwKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGhqVkAzlwIAAAAAiGVRAAAA"
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABx3AoAgLpVAQAAAAAAAAAAAAAAwM89rwMAAAAAAAAAAAjsA9"
            "xMBMA"
        ),
        {
            0: 1,
            1993: 2,
            35460: 3,
            459495: 4,
            595669: 5,
            754353: 6,
            845645: 7,
            923232: 8,
            924445: 9,
            934534: 10,
            1004534: 11,
            1000345: 12,
            1030203: 13,
            1030204: 14,
            1030205: 15,
        },
    ),
}
"""The appendix "Test vectors": bits per token → the packed list of 2^20 places, and what is set."""


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


def claims(bits: int = 1, lst: str = ONE_BIT, **over: object) -> dict[str, Any]:
    return {
        "sub": URI,
        "iat": 1_686_920_170,
        "exp": 2_291_720_170,
        "ttl": 43_200,
        "status_list": {"bits": bits, "lst": lst},
    } | over


def test_the_list_of_single_bits_in_the_text_is_read() -> None:
    found = TokenStatusList.read(claims(), URI)
    assert found.data == b"\xb9\xa3"
    values = [found.value(index) for index in range(found.entries)]
    assert values == [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]


def test_the_list_of_pairs_of_bits_in_the_text_is_read() -> None:
    found = TokenStatusList.read(claims(2, TWO_BITS), URI)
    values = [found.value(index) for index in range(found.entries)]
    assert values == [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]


@pytest.mark.parametrize("size", VECTORS)
def test_the_published_vectors_of_a_million_places_are_read(size: int) -> None:
    packed_list, expected = VECTORS[size]
    found = TokenStatusList.read(claims(size, packed_list), URI)
    assert found.entries == 2**20
    places = range(found.entries)
    one = {place: found.value(place) for place in places if found.data[place * size // 8]}
    assert {place: value for place, value in one.items() if value} == expected


@given(st.sampled_from(sorted(SIZES)), st.data())
def test_lowest_bits_come_first_within_a_byte(size: int, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(0, (1 << size) - 1), min_size=8, max_size=32))
    values += [0] * (-len(values) % 8)
    whole = sum(value << position * size for position, value in enumerate(values))
    raw = whole.to_bytes(len(values) * size // 8, "little")
    found = TokenStatusList.read(claims(size, packed(raw)), URI)
    assert [found.value(index) for index in range(found.entries)] == values


def test_times_and_advice_are_read() -> None:
    found = TokenStatusList.read(claims(nbf=1_686_920_171), URI)
    assert found.issued_at == datetime(2023, 6, 16, 12, 56, 10, tzinfo=UTC)
    assert found.expires == datetime(2042, 8, 15, 12, 56, 10, tzinfo=UTC)
    assert found.not_before == datetime(2023, 6, 16, 12, 56, 11, tzinfo=UTC)
    assert found.ttl == 43_200
    bare = {k: v for k, v in claims().items() if k not in {"exp", "ttl"}}
    assert TokenStatusList.read(bare, URI).expires is None
    assert TokenStatusList.read(bare, URI).ttl is None
    assert TokenStatusList.read(claims(ttl=1e300), URI).ttl == 86_400


STATUSES = {
    0: Status(Purpose.REVOCATION, 0, "VALID"),
    1: Status(Purpose.REVOCATION, 1, "INVALID"),
    2: Status(Purpose.SUSPENSION, 2, "SUSPENDED"),
    3: Status("application-specific", 3, "status type 0x03"),
    0x0B: Status("application-specific", 0x0B, "status type 0x0B"),
    0xFF: Status("application-specific", 0xFF, "status type 0xFF"),
}


@pytest.mark.parametrize(("value", "status"), STATUSES.items())
def test_only_the_registered_types_have_a_meaning(value: int, status: Status) -> None:
    assert TokenStatusList.read(claims(8, packed(bytes([value]))), URI).status(0) == status


@pytest.mark.parametrize("index", [-1, 16, 2**40])
def test_an_index_outside_the_list_is_an_error_and_never_valid(index: int) -> None:
    with pytest.raises(IndexOutsideList):
        TokenStatusList.read(claims(), URI).status(index)


LIST_FLAWS: dict[str, dict[str, Any]] = {
    "another address": {"sub": f"{URI}0"},
    "no address": {"sub": None},
    "no time": {"iat": None},
    "a time that is text": {"iat": "2026-03-03T12:00:00Z"},
    "an end that is text": {"exp": "never"},
    "an end beyond all time": {"exp": 10**30},
    "no list": {"status_list": None},
    "a list that is text": {"status_list": ONE_BIT},
    "no bits": {"status_list": {"lst": ONE_BIT}},
    "three bits": {"status_list": {"bits": 3, "lst": ONE_BIT}},
    "bits that are true": {"status_list": {"bits": True, "lst": ONE_BIT}},
    "bits that are text": {"status_list": {"bits": "1", "lst": ONE_BIT}},
    "no packed list": {"status_list": {"bits": 1}},
    "padding": {"status_list": {"bits": 1, "lst": f"{ONE_BIT}=="}},
    "not base64url": {"status_list": {"bits": 1, "lst": "<!doctype html>"}},
    "gzip": {"status_list": {"bits": 1, "lst": "H4sIAAAAAAAAA2MAAI3vAtIBAAAA"}},
    "cut": {"status_list": {"bits": 1, "lst": ONE_BIT[:-4]}},
    "a bomb": {"status_list": {"bits": 1, "lst": packed(bytes(9_000_000))}},
    "advice of 0": {"ttl": 0},
    "advice that is text": {"ttl": "soon"},
    "advice that is true": {"ttl": True},
}


@pytest.mark.parametrize("flaw", LIST_FLAWS.values(), ids=LIST_FLAWS)
def test_a_flawed_list_is_refused(flaw: dict[str, Any]) -> None:
    with pytest.raises(ProofError):
        TokenStatusList.read(claims() | flaw, URI)


def test_a_very_long_text_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(MalformedStatusList):
        TokenStatusList.read(claims(), URI, Limits(compressed_characters=5))


def test_the_entry_in_a_token_is_read() -> None:
    entry = {"status_list": {"idx": 0, "uri": URI, "more": "is allowed"}}
    assert TokenStatusEntry.read(entry) == TokenStatusEntry(0, URI)


@pytest.mark.parametrize(
    "status",
    [
        {},
        {"another_kind": {}},
        {"status_list": [0, URI]},
        {"status_list": {"uri": URI}},
        {"status_list": {"idx": "0", "uri": URI}},
        {"status_list": {"idx": True, "uri": URI}},
        {"status_list": {"idx": 0.0, "uri": URI}},
        {"status_list": {"idx": -1, "uri": URI}},
        {"status_list": {"idx": 0}},
        {"status_list": {"idx": 0, "uri": "statuslists/1"}},
    ],
)
def test_a_flawed_entry_in_a_token_is_refused(status: dict[str, Any]) -> None:
    with pytest.raises(MalformedStatusEntry):
        TokenStatusEntry.read(status)
