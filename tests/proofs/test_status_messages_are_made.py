"""Bitstring Status List 1.0, sections 2.1 and 3.3: entries of several bits, as an issuer writes
them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world.credentials import ISSUER_DID, sample_signer, signed_document

from proofs.errors import IndexOutsideList, MalformedStatusEntry, MalformedStatusList
from proofs.secure import secure
from proofs.status import (
    LARGEST_SIZE,
    MINIMUM_ENTRIES,
    Purpose,
    StatusEntry,
    StatusList,
    StatusListCredential,
    status_list_credential,
)
from proofs.verify import read_proofs, verify_proof
from schemas.document import Document, write

URL = "https://issuer.example/status/messages-1"
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PENDING = ("pending", "accepted", "rejected", "undefined")
INDEXES = st.integers(0, MINIMUM_ENTRIES - 1)


def entry(index: int, size: int = 2, messages: tuple[str, ...] = PENDING) -> StatusEntry:
    return StatusEntry(f"{URL}#{index}", Purpose.MESSAGE, index, URL, size, messages)


def signed(bits: StatusList) -> Document:
    unsigned = status_list_credential(
        id=URL,
        issuer=ISSUER_DID,
        status_list=bits,
        valid_from=NOON,
        valid_until=None,
        ttl_ms=300_000,
    )
    return Document.read(write(secure(unsigned, sample_signer(), NOON)))


@settings(max_examples=25)
@given(st.integers(1, LARGEST_SIZE), st.data())
def test_what_is_written_is_read_back_with_its_message(size: int, data: st.DataObject) -> None:
    messages = tuple(f"message {value}" for value in range(1 << size))
    written = data.draw(st.dictionaries(INDEXES, st.integers(0, (1 << size) - 1), max_size=5))
    bits = StatusList.blank(Purpose.MESSAGE, width=size)
    for index, value in written.items():
        bits = bits.with_value(index, value, size)
    published = StatusListCredential.read(signed(bits).view, URL)
    for index, value in written.items():
        asked = StatusEntry.read(entry(index, size, messages).document())
        found = published.status(asked)
        assert (found.purpose, found.value, found.message) == ("message", value, messages[value])


@given(st.integers(1, LARGEST_SIZE), st.data())
def test_a_value_leaves_its_neighbours_as_they_were(size: int, data: st.DataObject) -> None:
    most = (1 << size) - 1
    index = data.draw(st.integers(1, MINIMUM_ENTRIES - 2))
    full = StatusList(Purpose.MESSAGE, b"\xff" * (MINIMUM_ENTRIES * size // 8))
    value = data.draw(st.integers(0, most))
    changed = full.with_value(index, value, size)
    near = [changed.value(each, size) for each in (index - 1, index, index + 1)]
    assert near == [most, value, most]
    assert changed.with_value(index, most, size) == full


@given(INDEXES, st.booleans())
def test_a_single_bit_is_a_value_of_size_one(index: int, value: bool) -> None:  # noqa: FBT001
    blank = StatusList.blank(Purpose.REVOCATION)
    assert blank.with_bit(index, value=value) == blank.with_value(index, int(value))


@pytest.mark.parametrize("value", [-1, 4, 1 << 64])
def test_a_value_that_does_not_fit_is_refused(value: int) -> None:
    with pytest.raises(MalformedStatusList):
        StatusList.blank(Purpose.MESSAGE, width=2).with_value(0, value, 2)


@pytest.mark.parametrize("index", [-1, MINIMUM_ENTRIES])
def test_an_index_past_the_end_is_refused(index: int) -> None:
    with pytest.raises(IndexOutsideList):
        StatusList.blank(Purpose.MESSAGE, width=2).with_value(index, 1, 2)


@pytest.mark.parametrize("width", [-1, 0, LARGEST_SIZE + 1])
def test_entries_that_nobody_would_read_are_not_made(width: int) -> None:
    with pytest.raises(MalformedStatusList):
        StatusList.blank(Purpose.MESSAGE, width=width)
    with pytest.raises(MalformedStatusList):
        StatusList.blank(Purpose.MESSAGE).with_value(0, 0, width)


def test_odd_numbers_of_entries_are_made_where_they_fill_whole_bytes() -> None:
    assert StatusList.blank(Purpose.MESSAGE, MINIMUM_ENTRIES + 1, width=8).entries % 8 == 0
    with pytest.raises(MalformedStatusList):
        StatusList.blank(Purpose.MESSAGE, MINIMUM_ENTRIES + 1, width=2)


def test_an_entry_says_each_value_in_hexadecimal_in_order() -> None:
    made = entry(7, 4, tuple(f"message {value}" for value in range(16))).document()
    assert (made["statusSize"], made["statusListIndex"]) == (4, "7")
    assert [each["status"] for each in made["statusMessage"]] == [f"0x{v:x}" for v in range(16)]


ENTRIES = {
    "a single bit": StatusEntry(f"{URL}#1", Purpose.REVOCATION, 1, URL),
    "without an id": StatusEntry(None, Purpose.SUSPENSION, 1, URL),
    "a single bit with messages": entry(1, 1, ("paid", "not paid")),
    "several bits": entry(1),
    "with references": StatusEntry(
        None, Purpose.MESSAGE, 1, URL, 2, PENDING, ("https://issuer.example/words", "urn:x:2")
    ),
    "a purpose of the issuer's own": StatusEntry(None, "membership", 1, URL),
}


@pytest.mark.parametrize("made", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_that_is_made_is_read_as_the_same(made: StatusEntry) -> None:
    assert StatusEntry.read(made.document()) == made


UNREADABLE = {
    "several bits without messages": entry(1, 2, ()),
    "a message too few": entry(1, 2, PENDING[:3]),
    "messages for more bits": entry(1, 1, PENDING),
    "more bits than are read": entry(1, LARGEST_SIZE + 1, PENDING),
    "no address of the list": StatusEntry(None, Purpose.MESSAGE, 1, "status"),
    "an id that is the list's": StatusEntry(URL, Purpose.MESSAGE, 1, URL),
    "an index below zero": StatusEntry(None, Purpose.MESSAGE, -1, URL),
    "no purpose": StatusEntry(None, "", 1, URL),
    "a reference that is none": StatusEntry(
        None, Purpose.MESSAGE, 1, URL, references=("dictionary",)
    ),
}


@pytest.mark.parametrize("made", UNREADABLE.values(), ids=UNREADABLE)
def test_an_entry_that_nobody_could_read_is_not_made(made: StatusEntry) -> None:
    with pytest.raises(MalformedStatusEntry):
        made.document()


def test_a_credential_with_several_entries_can_be_signed() -> None:
    kinds = ("without an id", "several bits", "with references")
    document = signed_document(credentialStatus=[ENTRIES[each].document() for each in kinds])
    for proof in read_proofs(document):
        verify_proof(document, proof, sample_signer().public_key)
    read = [StatusEntry.read(each) for each in document.view["credentialStatus"]]
    assert read == [ENTRIES[each] for each in kinds]
