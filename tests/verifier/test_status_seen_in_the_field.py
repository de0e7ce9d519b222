"""Each row of "Seen in the field" that concerns withdrawal, for every kind of list."""

import base64
import gzip
from collections.abc import Callable
from typing import Any

import pytest
from world.credentials import (
    CREDENTIAL_URL,
    ISSUER_DID,
    ISSUER_URL,
    NOON,
    STATUS_INDEX,
    STATUS_URL,
    other_signer,
    sample_credential,
    sample_signer,
    sample_status_list,
)
from world.judging import Shelf, honest_shelf, judged, the

from keys import did_key
from proofs.jose import vc_jwt
from proofs.secure import secure
from proofs.status import MINIMUM_ENTRIES, Purpose, StatusList, status_list_credential
from schemas.contexts import (
    DATA_INTEGRITY_V2,
    OB_V3_EXTENSIONS,
    STATUS_LIST_2021_V1,
    VC_V1,
    VC_V2,
)
from schemas.document import write
from service.fetching import Reason, Resource
from verifier.report import Report
from verifier.sentences import SENTENCES, say
from verifier.verdict import Outcome, Verdict

OLD_URL = f"{ISSUER_URL}/status-2021/1"
NAMES_URL = f"{ISSUER_URL}/revocations"
CONTEXTS = [*sample_credential()["@context"], OB_V3_EXTENSIONS]
ENTRY: dict[str, Any] = sample_credential()["credentialStatus"]
OLD_ENTRY = ENTRY | {"type": "StatusList2021Entry", "statusListCredential": OLD_URL}
NAMES_ENTRY = {"id": NAMES_URL, "type": "1EdTechRevocationList"}
JCS = "eddsa-jcs-2022"
"""The suite of documents in words that no context of ours defines."""


def judged_with(
    status: object, shelf: Shelf | None = None, suite: str = "eddsa-rdfc-2022", **over: object
) -> Report:
    """The report about the sample with another `credentialStatus`."""
    unsigned = sample_credential(credentialStatus=status, **{"@context": CONTEXTS}) | over
    del unsigned["credentialSchema"]
    return judged(secure(unsigned, sample_signer(), NOON, cryptosuite=suite), shelf)


def published(*values: int, **over: object) -> dict[str, Any]:
    """An unsigned list that several purposes share, with these entries set."""
    bits = StatusList.blank(Purpose.REVOCATION)
    for index in values:
        bits = bits.with_bit(index, value=True)
    view = status_list_credential(
        id=STATUS_URL,
        issuer=ISSUER_DID,
        status_list=bits,
        valid_from=NOON,
        valid_until=None,
        ttl_ms=60_000,
    )
    purposes = ["revocation", "suspension", "refresh", "message", "onLeave"]
    view["credentialSubject"]["statusPurpose"] = purposes
    return view | over


def shelf_with(unsigned: dict[str, Any], url: str = STATUS_URL, suite: str = JCS) -> Shelf:
    shelf = honest_shelf()
    signed = secure(unsigned, sample_signer(), NOON, cryptosuite=suite)
    shelf.put(url, write(signed), "application/vc")
    return shelf


def entry(purpose: str, index: int = STATUS_INDEX, **over: object) -> dict[str, Any]:
    return {
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": STATUS_URL,
    } | over


def old_list(*revoked: int, **over: object) -> dict[str, Any]:
    bits = StatusList.blank(Purpose.REVOCATION)
    for index in revoked:
        bits = bits.with_bit(index, value=True)
    return {
        "@context": [VC_V2, "https://w3id.org/vc/status-list/2021/v1"],
        "id": OLD_URL,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": ISSUER_DID,
        "issuanceDate": "2026-03-01T00:00:00Z",
        "credentialSubject": {
            "id": f"{OLD_URL}#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": base64.b64encode(gzip.compress(bits.bits, mtime=0)).decode(),
        },
    } | over


def names(*entries: dict[str, Any], **over: object) -> dict[str, Any]:
    listed = {"id": NAMES_URL, "issuer": ISSUER_DID, "revokedCredential": list(entries)}
    return listed | over


def shelf_with_names(view: dict[str, Any], served_from: str = NAMES_URL) -> Shelf:
    shelf = honest_shelf()
    shelf.answers[NAMES_URL] = Resource(NAMES_URL, served_from, "application/json", write(view), {})
    return shelf


# A list of another generation.


def test_a_list_of_2021_is_read_and_that_it_is_old_is_something_to_know() -> None:
    report = judged_with(OLD_ENTRY, shelf_with(old_list(), OLD_URL), JCS)
    check = the(report, "status")
    assert (check.outcome, check.because) == (Outcome.WARNING, "deprecated")
    assert report.verdict is Verdict.CONFIRMED_WITH_NOTES


@pytest.mark.parametrize("revoked", [True, False])
def test_a_list_of_2021_may_be_signed_over_its_meaning(*, revoked: bool) -> None:
    contexts = [VC_V1, STATUS_LIST_2021_V1, DATA_INTEGRITY_V2]
    unsigned = old_list(*[STATUS_INDEX] * revoked, **{"@context": contexts})
    shelf = honest_shelf()
    signed = secure(unsigned, sample_signer(), NOON)
    shelf.put(OLD_URL, write(signed), "application/vc")
    check = the(judged_with(OLD_ENTRY, shelf, JCS), "status")
    assert check.because == ("revoked" if revoked else "deprecated")
    shelf.put(OLD_URL, write(signed | {"issuanceDate": "2026-02-01T00:00:00Z"}))
    assert the(judged_with(OLD_ENTRY, shelf, JCS), "status").outcome is Outcome.NOT_CHECKED


def test_withdrawn_on_a_list_of_2021_is_withdrawn() -> None:
    report = judged_with(OLD_ENTRY, shelf_with(old_list(STATUS_INDEX), OLD_URL), JCS)
    assert the(report, "status").because == "revoked"
    assert report.verdict is Verdict.DO_NOT_RELY


OLD_LISTS_THAT_TELL_NOTHING: dict[str, Callable[[Shelf], None]] = {
    "404": lambda shelf: shelf.refuse(OLD_URL, 404),
    "500": lambda shelf: shelf.refuse(OLD_URL, 500),
    "timeout": lambda shelf: shelf.fail(OLD_URL, Reason.TIMEOUT),
    "HTML": lambda shelf: shelf.put(OLD_URL, b"<!doctype html><p>soon", "text/html"),
    "no proof": lambda shelf: shelf.put(OLD_URL, write(old_list())),
    "an empty list of proofs": lambda shelf: shelf.put(OLD_URL, write(old_list(proof=[]))),
}
OLD_FLAWS: dict[str, dict[str, Any]] = {
    "expired": {"expirationDate": "2026-03-03T11:59:59Z"},
    "not yet valid": {"issuanceDate": "2026-03-03T12:05:01Z"},
    "a period that cannot be read": {"validUntil": "soon"},
    "another address": {"id": f"{OLD_URL}x"},
    "another type": {"type": ["VerifiableCredential", "BitstringStatusListCredential"]},
    "another issuer": {"issuer": "did:web:elsewhere.example"},
    "no list": {"credentialSubject": {"type": "StatusList2021", "statusPurpose": "revocation"}},
}


@pytest.mark.parametrize(
    "flaw", OLD_LISTS_THAT_TELL_NOTHING.values(), ids=OLD_LISTS_THAT_TELL_NOTHING
)
def test_an_old_list_that_is_not_to_be_had_is_never_a_pass(flaw: Callable[[Shelf], None]) -> None:
    shelf = honest_shelf()
    flaw(shelf)
    report = judged_with(OLD_ENTRY, shelf, JCS)
    assert report.verdict is Verdict.NOT_FULLY_CHECKED
    assert report.headline == SENTENCES["status.not_checked"]


@pytest.mark.parametrize("flaw", OLD_FLAWS.values(), ids=OLD_FLAWS)
def test_an_old_list_with_a_flaw_is_never_a_pass(flaw: dict[str, Any]) -> None:
    report = judged_with(OLD_ENTRY, shelf_with(old_list(**flaw), OLD_URL), JCS)
    assert the(report, "status").outcome is Outcome.NOT_CHECKED
    assert report.headline == SENTENCES["status.not_checked"]


def test_an_old_list_that_was_tampered_with_is_never_a_pass() -> None:
    shelf = shelf_with(old_list(STATUS_INDEX), OLD_URL)
    signed = secure(old_list(STATUS_INDEX), sample_signer(), NOON, cryptosuite=JCS)
    clean = old_list()["credentialSubject"]
    shelf.put(OLD_URL, write(signed | {"credentialSubject": clean}))
    assert the(judged_with(OLD_ENTRY, shelf, JCS), "status").outcome is Outcome.NOT_CHECKED


# A list of names that nobody signs.


def test_a_credential_on_a_1edtech_revocation_list_is_withdrawn_and_the_reason_is_told() -> None:
    listed = {"id": CREDENTIAL_URL, "revoked": True, "revocationReason": "Copied work."}
    report = judged_with(NAMES_ENTRY, shelf_with_names(names(listed)))
    check = the(report, "status")
    assert (check.outcome, check.because) == (Outcome.FAILED, "revoked")
    assert "Copied work." in check.detail
    assert report.verdict is Verdict.DO_NOT_RELY
    assert report.headline == SENTENCES["status.revoked"]


def test_a_credential_that_is_not_on_the_issuers_own_list_is_in_force() -> None:
    others = [{"id": f"{ISSUER_URL}/c/other"}, {"id": CREDENTIAL_URL, "revoked": False}]
    report = judged_with(NAMES_ENTRY, shelf_with_names(names(*others)))
    assert the(report, "status").outcome is Outcome.PASSED
    assert report.verdict is Verdict.CONFIRMED


@pytest.mark.parametrize(
    "served_from",
    [
        "https://elsewhere.example/revocations",
        "https://issuer.example:8443/revocations",
        "https://sub.issuer.example/revocations",
        "http://issuer.example/revocations",
        "https://issuer.example.elsewhere.example/",
        "https://[issuer.example/",
    ],
)
def test_an_unsigned_list_from_elsewhere_can_withdraw_but_not_reassure(served_from: str) -> None:
    clean = judged_with(NAMES_ENTRY, shelf_with_names(names(), served_from))
    assert the(clean, "status").outcome is Outcome.NOT_CHECKED
    withdrawn = names({"id": CREDENTIAL_URL})
    report = judged_with(NAMES_ENTRY, shelf_with_names(withdrawn, served_from))
    assert the(report, "status").because == "revoked"


def test_an_unsigned_list_cannot_reassure_about_an_issuer_that_is_only_a_key() -> None:
    did = did_key.did_for(other_signer().public_key)
    own = other_signer(did_key.method_for(other_signer().public_key))
    unsigned = sample_credential(credentialStatus=NAMES_ENTRY, issuer=did, **{"@context": CONTEXTS})
    del unsigned["credentialSchema"]
    shelf = shelf_with_names(names(issuer=did))
    report = judged(secure(unsigned, own, NOON), shelf)
    assert the(report, "proof").outcome is Outcome.PASSED
    assert the(report, "status").outcome is Outcome.NOT_CHECKED


NAMES_THAT_TELL_NOTHING: dict[str, Callable[[Shelf], None]] = {
    "404": lambda shelf: shelf.refuse(NAMES_URL, 404),
    "500": lambda shelf: shelf.refuse(NAMES_URL, 500),
    "HTML": lambda shelf: shelf.put(NAMES_URL, b"<!doctype html><p>soon", "text/html"),
    "empty": lambda shelf: shelf.put(NAMES_URL, b"{}"),
    "a bare list": lambda shelf: shelf.put(NAMES_URL, b"[]"),
    "another issuer": lambda shelf: shelf.put(
        NAMES_URL, write(names({"id": CREDENTIAL_URL}, issuer="did:web:elsewhere.example"))
    ),
    "another address": lambda shelf: shelf.put(NAMES_URL, write(names(id=f"{NAMES_URL}/2"))),
    "no names": lambda shelf: shelf.put(NAMES_URL, write(names(revokedCredential=None))),
    "a signed list": lambda shelf: shelf.put(NAMES_URL, write(sample_status_list())),
}


@pytest.mark.parametrize("flaw", NAMES_THAT_TELL_NOTHING.values(), ids=NAMES_THAT_TELL_NOTHING)
def test_a_list_of_names_that_tells_nothing_is_never_a_pass(flaw: Callable[[Shelf], None]) -> None:
    shelf = honest_shelf()
    flaw(shelf)
    report = judged_with(NAMES_ENTRY, shelf)
    assert the(report, "status").because == "no_usable_list"
    assert report.headline == SENTENCES["status.not_checked"]


def test_a_credential_without_a_name_cannot_be_looked_up_by_name() -> None:
    unsigned = sample_credential(credentialStatus=NAMES_ENTRY, **{"@context": CONTEXTS})
    del unsigned["credentialSchema"], unsigned["id"]
    report = judged(secure(unsigned, sample_signer(), NOON), shelf_with_names(names()))
    assert the(report, "status").outcome is Outcome.NOT_CHECKED


# Something that we do not know.


def test_an_unknown_kind_of_status_is_not_called_a_wrong_signature() -> None:
    unknown = {"id": f"{ISSUER_URL}/status/9", "type": "BloomFilterStatus2031"}
    report = judged_with(unknown, suite=JCS)
    assert the(report, "proof").outcome is Outcome.PASSED
    check = the(report, "status")
    assert (check.outcome, check.because) == (Outcome.NOT_CHECKED, "unknown_kind")
    assert "BloomFilterStatus2031" in check.detail
    assert report.headline == SENTENCES["status.unknown_kind"]


@pytest.mark.parametrize("value", [(), (STATUS_INDEX,)], ids=["unset", "set"])
def test_a_purpose_that_we_do_not_know_leaves_it_open(value: tuple[int, ...]) -> None:
    report = judged_with(entry("onLeave"), shelf_with(published(*value)))
    check = the(report, "status")
    assert (check.outcome, check.because) == (Outcome.NOT_CHECKED, "unknown_purpose")
    assert report.verdict is Verdict.NOT_FULLY_CHECKED


@pytest.mark.parametrize(
    "status",
    [{}, [{}], [ENTRY, "revoked"], [ENTRY] * 9, "revoked", 7, True, ENTRY | {"statusListIndex": 7}],
)
def test_a_status_that_cannot_be_read_is_never_a_pass(status: object) -> None:
    report = judged_with(status, suite=JCS)
    assert the(report, "status").outcome is Outcome.NOT_CHECKED
    assert report.verdict is Verdict.NOT_FULLY_CHECKED


# What is told beside "withdrawn".


def test_a_suspended_one_does_not_stand_under_confirmed() -> None:
    held = [entry("revocation", 1), entry("suspension")]
    report = judged_with(held, shelf_with(published(STATUS_INDEX)))
    assert report.verdict is Verdict.CONFIRMED_WITH_NOTES
    assert report.headline == SENTENCES["status.suspended"]


def test_a_newer_version_is_something_to_know() -> None:
    newer = [entry("revocation", 1), entry("refresh")]
    report = judged_with(newer, shelf_with(published(STATUS_INDEX)))
    assert the(report, "status").because == "refreshed"
    assert report.verdict is Verdict.CONFIRMED_WITH_NOTES
    same = judged_with(newer, shelf_with(published()))
    assert same.verdict is Verdict.CONFIRMED


def test_the_note_of_an_issuer_is_shown_as_theirs() -> None:
    messages = [
        {"status": f"0x{value}", "message": text}
        for value, text in enumerate(("fine", "moved", "under\u202e review", "undefined"))
    ]
    noted = entry("message", 1000, statusSize=2, statusMessage=messages)
    bits = bytearray(2 * MINIMUM_ENTRIES // 8)
    bits[1000 * 2 // 8] = 0b1000_0000
    view = published()
    view["credentialSubject"]["encodedList"] = StatusList(Purpose.MESSAGE, bytes(bits)).encode()
    report = judged_with([entry("revocation"), noted], shelf_with(view))
    check = the(report, "status")
    assert (check.outcome, check.because) == (Outcome.WARNING, "message")
    assert check.sentence == say("status.message", message="under review")
    assert "message 2 (under review)" in check.detail
    quiet = judged_with([entry("revocation"), noted | {"statusListIndex": "7"}], shelf_with(view))
    assert quiet.verdict is Verdict.CONFIRMED


@pytest.mark.parametrize("purpose", ["refresh", "message"])
def test_an_issuer_that_only_sends_notes_gave_no_way_to_withdraw(purpose: str) -> None:
    report = judged_with(entry(purpose), shelf_with(published()))
    check = the(report, "status")
    assert (check.outcome, check.because) == (Outcome.WARNING, "none")
    assert check.sentence == SENTENCES["status.none"]


def test_a_credential_without_a_status_is_not_called_in_force() -> None:
    unsigned = {k: v for k, v in sample_credential().items() if k != "credentialStatus"}
    del unsigned["credentialSchema"]
    report = judged(secure(unsigned, sample_signer(), NOON))
    assert report.headline == SENTENCES["status.none"]


# Several entries.


def test_of_several_entries_the_worst_counts_wherever_it_stands() -> None:
    away = {"id": f"{ISSUER_URL}/status/9", "type": "BloomFilterStatus2031"}
    entries = [entry("revocation", 1), entry("suspension", 2), away, entry("revocation", 3)]
    shelf = shelf_with(published(2, 3))
    for several in (entries, entries[::-1]):
        assert the(judged_with(several, shelf, JCS), "status").because == "revoked"
    without = the(judged_with(entries[:3], shelf, JCS), "status")
    assert without.because == "unknown_kind"
    assert "suspension 1" in without.detail
    assert the(judged_with(entries[:2], shelf, JCS), "status").because == "suspended"
    assert the(judged_with(entries[:1], shelf, JCS), "status").outcome is Outcome.PASSED


def test_a_list_is_fetched_once_however_many_entries_point_at_it() -> None:
    shelf = shelf_with(published())
    several = [entry("revocation", 1), entry("suspension", 1), entry("revocation", 2)]
    assert judged_with(several, shelf).verdict is Verdict.CONFIRMED
    assert shelf.asked.count(STATUS_URL) == 1


def test_one_list_that_cannot_be_had_is_not_hidden_by_one_that_can() -> None:
    gone = entry("suspension", statusListCredential=f"{STATUS_URL}9")
    report = judged_with([ENTRY, gone])
    assert the(report, "status").because == "no_usable_list"
    assert the(report, "status").looked_at == f"{STATUS_URL}9"


def test_the_answer_is_kept_no_longer_than_the_list_allows() -> None:
    report = judged_with(entry("revocation"), shelf_with(published()))
    assert (report.cache_until - NOON).total_seconds() == 60


# A list in a token.


def test_a_list_in_a_token_is_read_like_any_other() -> None:
    for revoked, because in (((), ""), ((STATUS_INDEX,), "revoked")):
        shelf = honest_shelf()
        token = vc_jwt.secure(published(*revoked), sample_signer(), now=NOON)
        shelf.put(STATUS_URL, token.encode(), "application/vc+jwt")
        assert the(judged_with(ENTRY, shelf), "status").because == because


def test_a_list_in_a_token_of_somebody_else_tells_nothing() -> None:
    shelf = honest_shelf()
    forged = vc_jwt.secure(published(), other_signer(), now=NOON)
    shelf.put(STATUS_URL, forged.encode(), "application/vc+jwt")
    assert the(judged_with(ENTRY, shelf), "status").because == "no_usable_list"


@pytest.mark.parametrize("body", [b"eyJ.e.e", b"eyJhbGciOiJub25lIn0.e30.", b"ey~..~", b"ey\xff..."])
def test_a_token_that_cannot_be_read_tells_nothing(body: bytes) -> None:
    shelf = honest_shelf()
    shelf.put(STATUS_URL, body, "application/vc+jwt")
    assert the(judged_with(ENTRY, shelf), "status").because == "no_usable_list"
