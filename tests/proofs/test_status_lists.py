import base64
import gzip
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.errors import (
    IndexOutsideList,
    MalformedStatusEntry,
    MalformedStatusList,
    ProofError,
    StatusListTooShort,
    StatusPurposeDiffers,
)
from proofs.limits import Limits
from proofs.status import (
    MINIMUM_ENTRIES,
    Purpose,
    Status,
    StatusEntry,
    StatusList,
    StatusListCredential,
    read_status_list,
    status_list_credential,
)

URL = "https://issuer.example/status/1"
PUBLISHED_EMPTY = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
ENTRY: dict[str, Any] = {
    "id": f"{URL}#94567",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "94567",
    "statusListCredential": URL,
}


def credential(published: StatusList, **over: object) -> dict[str, Any]:
    return status_list_credential(
        id=URL,
        issuer="did:web:issuer.example",
        status_list=published,
        valid_from=datetime(2026, 3, 3, 14, tzinfo=timezone(timedelta(hours=2))),
        valid_until=datetime(2026, 3, 4, tzinfo=UTC),
        ttl_ms=300_000,
    ) | dict(over)


def encoded(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def test_the_example_of_the_specification_is_an_empty_list() -> None:
    found = StatusList.decode(PUBLISHED_EMPTY, Purpose.REVOCATION)
    assert found == StatusList.blank(Purpose.REVOCATION)
    assert found.entries == MINIMUM_ENTRIES


def test_index_zero_is_the_left_most_bit() -> None:
    assert StatusList.blank(Purpose.REVOCATION).with_bit(0, value=True).bits[0] == 0x80


@given(st.sets(st.integers(0, MINIMUM_ENTRIES - 1), max_size=20))
def test_exactly_the_bits_that_were_set_are_read_back(indexes: set[int]) -> None:
    published = StatusList.blank(Purpose.REVOCATION)
    for index in indexes:
        published = published.with_bit(index, value=True)
    found = StatusList.decode(published.encode(), Purpose.REVOCATION)
    assert {i for i in range(found.entries) if found.bits[i // 8] and found.is_set(i)} == indexes


def test_a_bit_can_be_taken_back_and_the_first_list_stays_as_it_was() -> None:
    blank = StatusList.blank(Purpose.SUSPENSION)
    suspended = blank.with_bit(7, value=True)
    assert suspended.with_bit(7, value=False) == blank
    assert not blank.is_set(7)


def test_the_same_list_is_always_written_the_same() -> None:
    assert StatusList.blank(Purpose.REVOCATION).encode() == (
        StatusList.blank(Purpose.REVOCATION).encode()
    )


def test_wider_entries_are_read_across_bytes() -> None:
    bits = bytes((0b0000_0001, 0b1000_0000)) + bytes(100_000)
    found = StatusList(Purpose.MESSAGE, bits)
    assert [found.value(index, 3) for index in range(5)] == [0, 0, 3, 0, 0]
    assert found.value(0, 8) == 1
    assert found.value(1, 8) == 0x80


@pytest.mark.parametrize("index", [-1, MINIMUM_ENTRIES])
def test_an_index_outside_the_list_is_an_error_and_never_unset(index: int) -> None:
    with pytest.raises(IndexOutsideList):
        StatusList.blank(Purpose.REVOCATION).is_set(index)
    with pytest.raises(IndexOutsideList):
        StatusList.blank(Purpose.REVOCATION).with_bit(index, value=True)


def test_a_list_too_short_to_hide_in_is_not_begun() -> None:
    with pytest.raises(StatusListTooShort):
        StatusList.blank(Purpose.REVOCATION, 8)
    with pytest.raises(MalformedStatusList):
        StatusList.blank(Purpose.REVOCATION, MINIMUM_ENTRIES + 1)


BLANK = StatusList.blank(Purpose.REVOCATION)
PACKED = gzip.compress(BLANK.bits, mtime=0)
FLAWS = {
    "nothing": "",
    "no base": BLANK.encode()[1:],
    "base58": "z" + BLANK.encode()[1:],
    "padding": BLANK.encode() + "=",
    "an impossible length": BLANK.encode()[: 1 + 4 * 5 + 1],
    "not gzip": encoded(BLANK.bits),
    "zlib": encoded(__import__("zlib").compress(BLANK.bits)),
    "cut": encoded(PACKED[:-9]),
    "damaged": encoded(PACKED[:-8] + bytes(8)),
    "something after it": encoded(PACKED + b"x"),
    "two members": encoded(PACKED + PACKED),
    "a bomb": encoded(gzip.compress(bytes(9_000_000), mtime=0)),
    "a page": "<!DOCTYPE html>",
}


@pytest.mark.parametrize("text", FLAWS.values(), ids=FLAWS)
def test_a_list_that_cannot_be_read_is_an_error_and_never_empty(text: str) -> None:
    with pytest.raises(MalformedStatusList):
        StatusList.decode(text, Purpose.REVOCATION)


@given(st.text(max_size=100) | st.binary(max_size=100).map(encoded))
def test_no_text_makes_decoding_fail_in_another_way(text: str) -> None:
    with pytest.raises(ProofError):
        StatusList.decode(text, Purpose.REVOCATION)


def test_a_very_long_text_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(MalformedStatusList):
        StatusList.decode(BLANK.encode(), Purpose.REVOCATION, Limits(compressed_characters=10))


def test_a_published_list_too_short_to_hide_in_is_refused() -> None:
    with pytest.raises(StatusListTooShort):
        StatusList.decode(encoded(gzip.compress(bytes(16_383))), Purpose.REVOCATION)


def test_an_entry_is_read() -> None:
    expected = StatusEntry(f"{URL}#94567", Purpose.REVOCATION, 94567, URL)
    assert StatusEntry.read(ENTRY) == expected
    assert StatusEntry.read(ENTRY | {"type": ["BitstringStatusListEntry"]}) == expected
    assert StatusEntry.read(ENTRY | {"statusSize": 1}) == expected


def test_the_id_of_an_entry_may_be_absent() -> None:
    assert StatusEntry.read({k: v for k, v in ENTRY.items() if k != "id"}).id is None


ENTRY_FLAWS: dict[str, dict[str, Any]] = {
    "another type": {"type": "RevocationList2020Status"},
    "no type": {"type": None},
    "an id that is no text": {"id": 7},
    "an id that is that of the list": {"id": URL},
    "no purpose": {"statusPurpose": None},
    "an empty purpose": {"statusPurpose": ""},
    "a list of purposes": {"statusPurpose": ["revocation"]},
    "an index that is a number": {"statusListIndex": 94567},
    "a negative index": {"statusListIndex": "-1"},
    "an index with a leading zero": {"statusListIndex": "01"},
    "an index in other digits": {"statusListIndex": "\N{ARABIC-INDIC DIGIT ONE}"},
    "an endless index": {"statusListIndex": "9" * 5_000},
    "no list": {"statusListCredential": None},
    "an empty list address": {"statusListCredential": ""},
    "a list address that is none": {"statusListCredential": "/status/1"},
    "no size": {"statusSize": 0},
    "a size that is true": {"statusSize": True},
    "a size that is text": {"statusSize": "1"},
    "a size with a fraction": {"statusSize": 1.0},
    "a huge size": {"statusSize": 1_000_000},
}


@pytest.mark.parametrize("flaw", ENTRY_FLAWS.values(), ids=ENTRY_FLAWS)
def test_a_flawed_entry_is_refused(flaw: dict[str, Any]) -> None:
    with pytest.raises(MalformedStatusEntry):
        StatusEntry.read(ENTRY | flaw)


def test_a_published_credential_answers_for_its_entry() -> None:
    view = credential(StatusList.blank(Purpose.REVOCATION).with_bit(94567, value=True))
    assert read_status_list(view, StatusEntry.read(ENTRY)).is_set(94567)
    assert not read_status_list(credential(BLANK), StatusEntry.read(ENTRY)).is_set(94567)


def test_times_are_written_in_utc_and_left_out_when_there_are_none() -> None:
    assert credential(BLANK)["validFrom"] == "2026-03-03T12:00:00Z"
    bare = status_list_credential(
        id=URL,
        issuer={"id": "did:web:issuer.example"},
        status_list=BLANK,
        valid_from=datetime(2026, 3, 3, tzinfo=UTC),
        valid_until=None,
        ttl_ms=None,
    )
    assert "validUntil" not in bare
    assert "ttl" not in bare["credentialSubject"]


def test_a_list_for_several_purposes_answers_for_each() -> None:
    view = credential(BLANK)
    view["credentialSubject"]["statusPurpose"] = ["suspension", "revocation"]
    assert read_status_list(view, StatusEntry.read(ENTRY)).purpose is Purpose.REVOCATION


SUBJECT = credential(BLANK)["credentialSubject"]
LIST_FLAWS: dict[str, tuple[dict[str, Any], type[ProofError]]] = {
    "another credential": ({"type": ["VerifiableCredential"]}, MalformedStatusList),
    "another address": ({"id": "https://issuer.example/status/2"}, MalformedStatusList),
    "no subject": ({"credentialSubject": None}, MalformedStatusList),
    "two subjects": ({"credentialSubject": [SUBJECT, SUBJECT]}, MalformedStatusList),
    "another subject": ({"credentialSubject": SUBJECT | {"type": "List"}}, MalformedStatusList),
    "no list": ({"credentialSubject": SUBJECT | {"encodedList": None}}, MalformedStatusList),
    "a purpose nobody asked about": (
        {"credentialSubject": SUBJECT | {"statusPurpose": "suspension"}},
        StatusPurposeDiffers,
    ),
    "no purpose": ({"credentialSubject": SUBJECT | {"statusPurpose": None}}, MalformedStatusList),
    "an empty list of purposes": (
        {"credentialSubject": SUBJECT | {"statusPurpose": []}},
        MalformedStatusList,
    ),
    "a purpose that is no text": (
        {"credentialSubject": SUBJECT | {"statusPurpose": ["revocation", 7]}},
        MalformedStatusList,
    ),
    "entries of another size": (
        {"credentialSubject": SUBJECT | {"statusSize": 2}},
        MalformedStatusList,
    ),
    "a size beyond all reason": (
        {"credentialSubject": SUBJECT | {"statusSize": 2**40, "statusMessages": []}},
        MalformedStatusList,
    ),
}


@pytest.mark.parametrize(("flaw", "error"), LIST_FLAWS.values(), ids=LIST_FLAWS)
def test_a_flawed_list_credential_is_refused(flaw: dict[str, Any], error: type[ProofError]) -> None:
    with pytest.raises(error):
        read_status_list(credential(BLANK) | flaw, StatusEntry.read(ENTRY))


def test_an_entry_past_the_end_is_refused() -> None:
    entry = StatusEntry.read(ENTRY | {"statusListIndex": str(MINIMUM_ENTRIES)})
    with pytest.raises(IndexOutsideList):
        read_status_list(credential(BLANK), entry)


def test_a_purpose_of_the_issuers_own_is_read_and_kept_as_written() -> None:
    entry = StatusEntry.read(ENTRY | {"statusPurpose": "onLeave"})
    assert entry.purpose == "onLeave"
    view = credential(BLANK)
    view["credentialSubject"]["statusPurpose"] = ["revocation", "onLeave"]
    assert StatusListCredential.read(view, URL).status(entry) == Status("onLeave", 0, "unset")


def test_one_list_answers_for_several_entries() -> None:
    view = credential(StatusList.blank(Purpose.REVOCATION).with_bit(7, value=True))
    view["credentialSubject"]["statusPurpose"] = ["revocation", "suspension"]
    published = StatusListCredential.read(view, URL)
    seventh = ENTRY | {"statusListIndex": "7"}
    assert published.status(StatusEntry.read(seventh)).is_set
    assert not published.status(StatusEntry.read(ENTRY)).is_set
    suspended = published.status(StatusEntry.read(seventh | {"statusPurpose": "suspension"}))
    assert suspended == Status(Purpose.SUSPENSION, 1, "set")


@pytest.mark.parametrize(
    ("ttl", "kept"),
    [(0, 0), (300_000, 300_000), (2**53, 86_400_000), (-1, None), ("5", None), (True, None)],
)
def test_advice_on_when_to_fetch_again_is_kept_within_reason(ttl: object, kept: int | None) -> None:
    view = credential(BLANK)
    view["credentialSubject"]["ttl"] = ttl
    assert StatusListCredential.read(view, URL).ttl_ms == kept
