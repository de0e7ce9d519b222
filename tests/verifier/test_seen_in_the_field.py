"""Each row of "Seen in the field" in the specification, and the report that it must get."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from world.credentials import (
    ISSUER_DID,
    NOON,
    STATUS_INDEX,
    STATUS_URL,
    other_signer,
    sample_credential,
    sample_signer,
    sample_status_list,
    signed_sample,
)
from world.judging import (
    DID_URL,
    NO_LISTS,
    RUBRIC_URL,
    SCHEMA_URL,
    Shelf,
    honest_shelf,
    judged,
    outcomes,
    the,
)

from keys import did_key
from proofs.secure import secure
from proofs.status import Purpose, StatusList, status_list_credential
from schemas.contexts import OB_V3_EXTENSIONS
from schemas.document import write
from service.fetching import Reason
from verifier.checks import CODES
from verifier.errors import NotReadHere
from verifier.issuers import IssuerList, IssuerLists
from verifier.verdict import Outcome, Verdict

Flaw = Callable[[Shelf], None]


def test_an_honest_credential_of_a_listed_issuer_is_confirmed() -> None:
    report = judged()
    assert report.verdict is Verdict.CONFIRMED, report.checks
    assert report.issuer is not None
    assert report.issuer.name == "The Listed Guild"
    assert tuple(dict.fromkeys(check.code for check in report.checks)) == CODES


def test_the_same_without_lists_is_open_and_names_the_issuer_in_quotation_marks() -> None:
    report = judged(issuers=NO_LISTS)
    assert report.verdict is Verdict.NOT_FULLY_CHECKED
    assert "'Example Guild of Data Work'" in report.headline
    assert report.issuer is not None
    assert not report.issuer.known
    assert report.issuer.url is None


def test_an_issuer_that_a_list_warns_of_is_not_relied_on() -> None:
    lists = IssuerLists(lists=(IssuerList(name="Warnings", blocked=(ISSUER_DID,)),))
    assert judged(issuers=lists).verdict is Verdict.DO_NOT_RELY


def another_list(**over: object) -> bytes:
    return write(sample_status_list(**over))


def signed_by_another(shelf: Shelf) -> None:
    unsigned = {k: v for k, v in sample_status_list().items() if k != "proof"}
    shelf.put(STATUS_URL, write(secure(unsigned, other_signer(), NOON)))


def issued_by_another(shelf: Shelf) -> None:
    signer = other_signer()
    did = did_key.did_for(signer.public_key)
    own = other_signer(did_key.method_for(signer.public_key))
    unsigned = {k: v for k, v in sample_status_list().items() if k != "proof"}
    shelf.put(STATUS_URL, write(secure(unsigned | {"issuer": did}, own, NOON)))


def of_another_purpose(shelf: Shelf) -> None:
    unsigned = status_list_credential(
        id=STATUS_URL,
        issuer=ISSUER_DID,
        status_list=StatusList.blank(Purpose.SUSPENSION),
        valid_from=NOON - timedelta(minutes=5),
        valid_until=NOON + timedelta(days=1),
        ttl_ms=300_000,
    )
    shelf.put(STATUS_URL, write(secure(unsigned, sample_signer(), NOON)))


def tampered(shelf: Shelf) -> None:
    revoked = sample_status_list(STATUS_INDEX)
    clean = sample_status_list()
    shelf.put(STATUS_URL, write(revoked | {"credentialSubject": clean["credentialSubject"]}))


LISTS_THAT_TELL_NOTHING: dict[str, Flaw] = {
    "404": lambda shelf: shelf.refuse(STATUS_URL, 404),
    "500": lambda shelf: shelf.refuse(STATUS_URL, 500),
    "timeout": lambda shelf: shelf.fail(STATUS_URL, Reason.TIMEOUT),
    "HTML": lambda shelf: shelf.put(STATUS_URL, b"<!doctype html><p>soon", "text/html"),
    "empty": lambda shelf: shelf.put(STATUS_URL, b"{}"),
    "not JSON": lambda shelf: shelf.put(STATUS_URL, b"\x00"),
    "no proof": lambda shelf: shelf.put(
        STATUS_URL, write({k: v for k, v in sample_status_list().items() if k != "proof"})
    ),
    "an empty list of proofs": lambda shelf: shelf.put(
        STATUS_URL, write(sample_status_list() | {"proof": []})
    ),
    "expired": lambda shelf: shelf.put(STATUS_URL, another_list(validUntil="2026-03-03T11:59:59Z")),
    "not yet valid": lambda shelf: shelf.put(
        STATUS_URL, another_list(validFrom="2026-03-03T12:05:01Z")
    ),
    "another address": lambda shelf: shelf.put(STATUS_URL, another_list(id=f"{STATUS_URL}x")),
    "another type": lambda shelf: shelf.put(
        STATUS_URL, another_list(type=["VerifiableCredential"])
    ),
    "another purpose": of_another_purpose,
    "signed by somebody else": signed_by_another,
    "issued by somebody else": issued_by_another,
    "tampered": tampered,
}


@pytest.mark.parametrize("flaw", LISTS_THAT_TELL_NOTHING.values(), ids=LISTS_THAT_TELL_NOTHING)
def test_a_list_that_tells_nothing_is_never_a_pass(flaw: Flaw) -> None:
    shelf = honest_shelf()
    flaw(shelf)
    report = judged(shelf=shelf)
    assert the(report, "status").outcome is Outcome.NOT_CHECKED
    assert report.verdict is Verdict.NOT_FULLY_CHECKED
    assert report.headline == "We couldn't check today whether it was withdrawn."


def status_entry(**over: str) -> dict[str, Any]:
    entry: dict[str, Any] = sample_credential()["credentialStatus"]
    return entry | over


@pytest.mark.parametrize(
    "entry",
    [
        status_entry(statusListIndex="131072"),
        status_entry(statusListIndex="99999999999"),
        status_entry(statusListIndex="-1"),
        status_entry(statusPurpose="suspension"),
    ],
    ids=["past the end", "far past the end", "negative", "another purpose"],
)
def test_an_entry_that_no_list_answers_is_never_a_pass(entry: dict[str, Any]) -> None:
    report = judged(signed_sample(credentialStatus=entry))
    assert report.verdict is not Verdict.CONFIRMED
    assert outcomes(report)["status"] == "not_checked"


def test_a_revocation_list_of_another_kind_is_not_called_in_force() -> None:
    entry = {"id": STATUS_URL, "type": "1EdTechRevocationList"}
    contexts = [*sample_credential()["@context"], OB_V3_EXTENSIONS]
    report = judged(signed_sample(credentialStatus=entry, **{"@context": contexts}))
    assert the(report, "proof").outcome is Outcome.PASSED
    assert the(report, "status").outcome is Outcome.NOT_CHECKED


def test_a_credential_without_a_status_is_something_to_know() -> None:
    unsigned = {k: v for k, v in sample_credential().items() if k != "credentialStatus"}
    del unsigned["credentialSchema"]
    report = judged(secure(unsigned, sample_signer(), NOON))
    assert report.verdict is Verdict.CONFIRMED_WITH_NOTES
    assert the(report, "status").outcome is Outcome.WARNING


def test_a_withdrawn_one_leads_with_that() -> None:
    shelf = honest_shelf()
    shelf.put(STATUS_URL, write(sample_status_list(STATUS_INDEX)))
    report = judged(shelf=shelf)
    assert report.verdict is Verdict.DO_NOT_RELY
    assert "withdrew" in report.headline


def test_a_neighbour_withdrawn_is_no_news() -> None:
    shelf = honest_shelf()
    shelf.put(STATUS_URL, write(sample_status_list(STATUS_INDEX - 1, STATUS_INDEX + 1)))
    assert judged(shelf=shelf).verdict is Verdict.CONFIRMED


def test_a_suspended_one_is_something_to_know() -> None:
    held = StatusList.blank(Purpose.SUSPENSION).with_bit(7, value=True)
    url = f"{STATUS_URL}2"
    unsigned = status_list_credential(
        id=url,
        issuer=ISSUER_DID,
        status_list=held,
        valid_from=NOON,
        valid_until=None,
        ttl_ms=None,
    )
    shelf = honest_shelf()
    shelf.put(url, write(secure(unsigned, sample_signer(), NOON)))
    second = status_entry(
        id=f"{url}#7", statusPurpose="suspension", statusListIndex="7", statusListCredential=url
    )
    unsigned = sample_credential(credentialStatus=[status_entry(), second])
    del unsigned["credentialSchema"]
    report = judged(secure(unsigned, sample_signer(), NOON), shelf)
    assert the(report, "status").because == "suspended"
    assert report.verdict is Verdict.CONFIRMED_WITH_NOTES


def test_one_that_begins_tomorrow_is_not_called_a_wrong_signature() -> None:
    early = judged(signed_sample(validFrom="2026-03-04T00:00:00Z"))
    assert early.verdict is Verdict.DO_NOT_RELY
    assert the(early, "proof").outcome is Outcome.PASSED
    assert the(early, "validity_period").because == "early"
    assert "4 March 2026" in early.headline


def test_an_expired_one_is_something_to_know() -> None:
    shelf = honest_shelf()
    shelf.put(STATUS_URL, another_list(validUntil="2030-01-01T00:00:00Z"))
    report = judged(shelf=shelf, now=datetime(2029, 6, 1, tzinfo=UTC))
    assert report.verdict is Verdict.CONFIRMED_WITH_NOTES
    assert "2 March 2029" in report.headline


@pytest.mark.parametrize("proof", [[], None], ids=["an empty list", "none"])
def test_a_document_that_nobody_signed_is_not_relied_on(proof: object) -> None:
    unsigned = sample_credential() if proof is None else sample_credential() | {"proof": proof}
    report = judged(unsigned)
    assert the(report, "proof").because == "missing"
    assert report.verdict is Verdict.DO_NOT_RELY


def test_one_changed_letter_hides_everything_that_it_says() -> None:
    report = judged(signed_sample().replace(b"M. Okafor", b"M. Okaf0r"))
    assert report.verdict is Verdict.DO_NOT_RELY
    assert report.headline == ("This document was changed after it was issued; don't rely on this.")
    assert report.credential is None
    assert report.issuer is None
    assert b"Okaf" not in write(report.as_json())
    others = {c.outcome for c in report.checks if c.code not in {"format", "proof", "issuer_key"}}
    assert others == {Outcome.NOT_CHECKED}


def test_nothing_that_an_unsigned_document_names_is_fetched() -> None:
    shelf = honest_shelf()
    judged(signed_sample().replace(b"M. Okafor", b"M. Okaf0r"), shelf)
    assert shelf.asked == [DID_URL]


@pytest.mark.parametrize("count", [0, 2])
def test_of_a_presentation_never_only_the_first_is_judged(count: int) -> None:
    held = [secure(sample_credential(), sample_signer(), NOON)] * count
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": held,
    }
    with pytest.raises(NotReadHere, match="each credential by itself"):
        judged(presentation)


def test_other_rubrics_than_those_it_was_issued_under_are_not_relied_on() -> None:
    shelf = honest_shelf()
    shelf.put(RUBRIC_URL, b'{"criteria":["easier"]}')
    assert judged(shelf=shelf).verdict is Verdict.DO_NOT_RELY
    shelf.refuse(RUBRIC_URL, 503)
    assert judged(shelf=shelf).verdict is Verdict.NOT_FULLY_CHECKED


def test_a_schema_never_sends_us_anywhere() -> None:
    shelf = honest_shelf()
    shelf.put(SCHEMA_URL, write({"$ref": "https://victim.example/schema.json"}))
    report = judged(shelf=shelf)
    assert the(report, "schema").outcome is Outcome.NOT_CHECKED
    assert "https://victim.example/schema.json" not in shelf.asked


def test_what_the_schema_demands_and_is_missing_is_a_failure() -> None:
    shelf = honest_shelf()
    shelf.put(SCHEMA_URL, write({"required": ["endorsement"]}))
    assert the(judged(shelf=shelf), "schema").outcome is Outcome.FAILED


def test_one_who_issues_to_themselves_is_named_so() -> None:
    subject = sample_credential()["credentialSubject"] | {"id": ISSUER_DID}
    report = judged(signed_sample(credentialSubject=subject))
    assert the(report, "self_issued").outcome is Outcome.WARNING


@pytest.mark.parametrize("profile", [None, "https://work.example/holder"])
def test_whose_it_is_was_not_checked_and_says_why(profile: str | None) -> None:
    check = the(judged(profile=profile), "holder")
    assert check.outcome is Outcome.NOT_CHECKED
    assert check.because == ("not_built" if profile else "nobody_asked")


def test_a_list_signed_by_a_clock_slightly_ahead_of_ours_still_tells() -> None:
    shelf = honest_shelf()
    shelf.put(STATUS_URL, another_list(validFrom="2026-03-03T12:00:02Z"))
    assert the(judged(shelf=shelf), "status").outcome is Outcome.PASSED
