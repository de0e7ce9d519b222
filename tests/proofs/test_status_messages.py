"""Bitstring Status List 1.0, section 2.1: statusSize, statusMessage and statusReference."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.errors import (
    IndexOutsideList,
    MalformedStatusEntry,
    MalformedStatusList,
    StatusListTooShort,
)
from proofs.status import (
    LARGEST_SIZE,
    MINIMUM_ENTRIES,
    Purpose,
    Status,
    StatusEntry,
    StatusList,
    StatusListCredential,
    status_list_credential,
)

URL = "https://issuer.example/status/8"
MESSAGES = [
    {"status": "0x0", "message": "pending"},
    {"status": "0x1", "message": "accepted"},
    {"status": "0x2", "message": "rejected"},
    {"status": "0x3", "message": "undefined", "note": "more members are allowed"},
]
ENTRY: dict[str, Any] = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "message",
    "statusListIndex": "49284",
    "statusSize": 2,
    "statusListCredential": URL,
    "statusMessage": MESSAGES,
    "statusReference": "https://issuer.example/status-dictionary/",
}
ONE_BIT = {k: v for k, v in ENTRY.items() if k not in {"statusSize", "statusMessage"}}


def with_value(index: int, size: int, value: int, entries: int = MINIMUM_ENTRIES) -> StatusList:
    """A list of entries of this size, one of which has a value."""
    bits = value << (entries - index - 1) * size
    return StatusList(Purpose.MESSAGE, bits.to_bytes(entries * size // 8, "big"))


def published(bits: StatusList, **subject: object) -> dict[str, Any]:
    view = status_list_credential(
        id=URL,
        issuer="did:web:issuer.example",
        status_list=bits,
        valid_from=datetime(2026, 3, 3, tzinfo=UTC),
        valid_until=None,
        ttl_ms=None,
    )
    view["credentialSubject"] |= subject
    return view


def status(view: dict[str, Any], entry: dict[str, Any]) -> Status:
    return StatusListCredential.read(view, URL).status(StatusEntry.read(entry))


@pytest.mark.parametrize("value", range(4))
def test_each_value_has_its_message(value: int) -> None:
    found = status(published(with_value(49_284, 2, value)), ENTRY)
    assert found == Status(Purpose.MESSAGE, value, str(MESSAGES[value]["message"]))


@given(st.integers(1, LARGEST_SIZE), st.data())
def test_a_value_of_any_size_is_read_back_and_its_neighbours_are_unset(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(1, MINIMUM_ENTRIES - 2))
    value = data.draw(st.integers(1, (1 << size) - 1))
    bits = with_value(index, size, value)
    assert bits.value(index, size) == value
    assert bits.value(index - 1, size) == bits.value(index + 1, size) == 0


def test_a_single_bit_without_messages_is_set_or_unset() -> None:
    assert status(published(with_value(49_284, 1, 1)), ONE_BIT).message == "set"
    assert status(published(with_value(49_284, 1, 0)), ONE_BIT).message == "unset"


def test_messages_may_stand_in_any_order() -> None:
    backwards = ENTRY | {"statusMessage": MESSAGES[::-1]}
    assert StatusEntry.read(backwards).messages == StatusEntry.read(ENTRY).messages


def test_the_messages_of_the_credential_count_before_those_of_the_list() -> None:
    later = [{"status": "0x0", "message": "fine"}, {"status": "0x1", "message": "not paid"}]
    view = published(with_value(49_284, 1, 1), statusSize=1, statusMessages=later)
    assert status(view, ONE_BIT).message == "not paid"
    agreed = [{"status": "0x0", "message": "fine"}, {"status": "0x1", "message": "late"}]
    assert status(view, ONE_BIT | {"statusMessage": agreed}).message == "late"


@pytest.mark.parametrize("given", ["https://a.example/1", ["https://a.example/1", "urn:x:2"]])
def test_references_are_one_address_or_several(given: str | list[str]) -> None:
    listed = (given,) if isinstance(given, str) else tuple(given)
    assert StatusEntry.read(ENTRY | {"statusReference": given}).references == listed


FLAWS: dict[str, dict[str, Any]] = {
    "wide entries without messages": {"statusMessage": None},
    "a message too few": {"statusMessage": MESSAGES[:3]},
    "a message too many": {"statusMessage": [*MESSAGES, {"status": "0x4", "message": "more"}]},
    "messages for another size": {"statusSize": 1},
    "one value twice": {"statusMessage": [*MESSAGES[:3], MESSAGES[0]]},
    "a value that the size cannot hold": {
        "statusMessage": [*MESSAGES[:3], {"status": "0x4", "message": "more"}]
    },
    "a value that is a number": {"statusMessage": [*MESSAGES[:3], {"status": 3, "message": "m"}]},
    "a value without 0x": {"statusMessage": [*MESSAGES[:3], {"status": "3", "message": "m"}]},
    "an endless value": {"statusMessage": [*MESSAGES[:3], {"status": f"0x{'f' * 9_000}"}]},
    "no message text": {"statusMessage": [*MESSAGES[:3], {"status": "0x3"}]},
    "messages that are texts": {"statusMessage": ["a", "b", "c", "d"]},
    "messages that are an object": {"statusMessage": MESSAGES[0]},
    "a reference that is none": {"statusReference": "dictionary"},
    "a reference that is an object": {"statusReference": {"id": "https://a.example/1"}},
    "a list with a bad reference": {"statusReference": ["https://a.example/1", 7]},
}


@pytest.mark.parametrize("flaw", FLAWS.values(), ids=FLAWS)
def test_flawed_messages_are_refused(flaw: dict[str, Any]) -> None:
    with pytest.raises(MalformedStatusEntry):
        StatusEntry.read(ENTRY | flaw)


@pytest.mark.parametrize(
    "subject",
    [
        {"statusMessages": MESSAGES},
        {"statusSize": 2, "statusMessages": MESSAGES[:2]},
        {"statusSize": 2, "statusMessages": "accepted"},
    ],
)
def test_flawed_messages_of_the_list_are_refused(subject: dict[str, Any]) -> None:
    with pytest.raises(MalformedStatusList):
        status(published(with_value(49_284, 2, 0), **subject), ENTRY)


def test_wide_entries_need_a_list_that_is_long_enough_for_them() -> None:
    with pytest.raises(StatusListTooShort):
        status(published(StatusList.blank(Purpose.MESSAGE)), ENTRY)
    assert status(published(with_value(0, 2, 0)), ENTRY).value == 0


def test_an_index_counts_entries_and_not_bits() -> None:
    last = ENTRY | {"statusListIndex": str(MINIMUM_ENTRIES - 1)}
    assert status(published(with_value(MINIMUM_ENTRIES - 1, 2, 3)), last).value == 3
    with pytest.raises(IndexOutsideList):
        status(published(with_value(0, 2, 0)), ENTRY | {"statusListIndex": str(MINIMUM_ENTRIES)})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("0x1"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["status", "message", "id"]), inner, max_size=3)
    ),
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(ENTRY, JSON)))
def test_no_entry_makes_reading_fail_in_another_way(members: dict[str, Any]) -> None:
    try:
        StatusEntry.read(ENTRY | members)
    except MalformedStatusEntry:
        return
