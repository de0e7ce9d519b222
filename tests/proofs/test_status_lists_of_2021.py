"""StatusList2021, the draft that became Bitstring Status List 1.0."""

import base64
import gzip
from typing import Any

import pytest

from proofs.errors import MalformedStatusList, StatusPurposeDiffers
from proofs.status import (
    BITSTRING,
    STATUS_LIST_2021,
    Purpose,
    Status,
    StatusEntry,
    StatusListCredential,
    read_status_list,
)

URL = "https://issuer.example/credentials/status/3"
PUBLISHED_EMPTY = "H4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
BITS = bytes([0, 0b0000_0100]) + bytes(16_382)
PACKED = gzip.compress(BITS, mtime=0)
ENTRY: dict[str, Any] = {
    "id": f"{URL}#13",
    "type": "StatusList2021Entry",
    "statusPurpose": "revocation",
    "statusListIndex": "13",
    "statusListCredential": URL,
}


def credential(encoded: str, **over: object) -> dict[str, Any]:
    return {
        "id": URL,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": "did:web:issuer.example",
        "issuanceDate": "2021-04-05T14:27:40Z",
        "credentialSubject": {
            "id": f"{URL}#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    } | over


SPELLINGS = {
    "base64url": base64.urlsafe_b64encode(PACKED).decode().rstrip("="),
    "base64url with padding": base64.urlsafe_b64encode(PACKED).decode(),
    "base64": base64.b64encode(PACKED).decode(),
    "base64 without padding": base64.b64encode(PACKED).decode().rstrip("="),
}


@pytest.mark.parametrize("encoded", SPELLINGS.values(), ids=SPELLINGS)
def test_a_list_is_read_without_the_letter_of_its_base(encoded: str) -> None:
    entry = StatusEntry.read(ENTRY)
    assert entry.kind is STATUS_LIST_2021
    found = StatusListCredential.read(credential(encoded), URL, entry.kind)
    assert found.status(entry) == Status(Purpose.REVOCATION, 1, "set", deprecated=True)


def test_the_example_of_the_draft_is_an_empty_list() -> None:
    assert not read_status_list(credential(PUBLISHED_EMPTY), StatusEntry.read(ENTRY)).is_set(13)


def test_a_shorter_list_is_read_because_the_draft_checks_no_length() -> None:
    short = base64.urlsafe_b64encode(gzip.compress(BITS[:12_500], mtime=0)).decode()
    assert read_status_list(credential(short), StatusEntry.read(ENTRY)).is_set(13)


def test_an_empty_list_is_too_short_for_anybody() -> None:
    nothing = base64.urlsafe_b64encode(gzip.compress(b"", mtime=0)).decode()
    with pytest.raises(Exception, match="0 entries"):
        read_status_list(credential(nothing), StatusEntry.read(ENTRY))


def test_old_entries_and_new_lists_do_not_mix() -> None:
    old = credential(PUBLISHED_EMPTY)
    with pytest.raises(MalformedStatusList):
        StatusListCredential.read(old, URL, BITSTRING)
    new = old | {"type": ["VerifiableCredential", "BitstringStatusListCredential"]}
    with pytest.raises(MalformedStatusList):
        read_status_list(new, StatusEntry.read(ENTRY))


@pytest.mark.parametrize("encoded", ["", "u" + PUBLISHED_EMPTY, "<!doctype html>", "H4sI===", "ä"])
def test_what_cannot_be_unpacked_is_an_error_and_never_empty(encoded: str) -> None:
    with pytest.raises(MalformedStatusList):
        read_status_list(credential(encoded), StatusEntry.read(ENTRY))


def test_another_purpose_tells_nothing() -> None:
    entry = StatusEntry.read(ENTRY | {"statusPurpose": "suspension"})
    with pytest.raises(StatusPurposeDiffers):
        read_status_list(credential(PUBLISHED_EMPTY), entry)
