"""Two digests of one thing, several people in one document, a stranger's address: none slips by."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from world.credentials import NOON, RUBRIC, other_signer, sample_credential, signed_sample
from world.judging import RUBRIC_URL, honest_shelf, judged, the

from proofs.digests import Digest
from proofs.secure import secure
from schemas.document import write
from verifier.verdict import Outcome, Verdict


def rubric(**digests: str) -> list[dict[str, Any]]:
    return [{"id": RUBRIC_URL, "mediaType": "application/json", **digests}]


GOOD = {"digestMultibase": Digest.of(RUBRIC).multibase, "digestSRI": Digest.of(RUBRIC).sri}


def test_both_digests_that_fit_pass() -> None:
    report = judged(signed_sample(relatedResource=rubric(**GOOD)))
    assert the(report, "related_resources").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "wrong",
    [
        {"digestMultibase": Digest.of(b"x").multibase},
        {"digestSRI": Digest.of(b"x").sri},
    ],
    ids=["the first differs", "the second differs"],
)
def test_one_digest_that_differs_is_a_failure_whatever_the_other_says(
    wrong: dict[str, str],
) -> None:
    report = judged(signed_sample(relatedResource=rubric(**(GOOD | wrong))))
    assert the(report, "related_resources").outcome is Outcome.FAILED


def test_a_digest_that_cannot_be_read_is_not_a_pass() -> None:
    report = judged(signed_sample(relatedResource=rubric(**(GOOD | {"digestSRI": "md5-AAAA"}))))
    assert the(report, "related_resources").outcome is Outcome.NOT_CHECKED


def test_a_document_about_several_people_says_so() -> None:
    subject = sample_credential()["credentialSubject"]
    other = subject | {"id": "did:web:somebody.example"}
    report = judged(signed_sample(credentialSubject=[subject, other]))
    assert the(report, "format").outcome is Outcome.WARNING
    assert report.verdict is not Verdict.CONFIRMED


def test_the_address_of_a_stranger_in_the_proof_is_never_asked() -> None:
    shelf = honest_shelf()
    forged = write(secure(sample_credential(), other_signer("did:web:evil.example#key"), NOON))
    report = judged(forged, shelf)
    assert the(report, "issuer_key").outcome is Outcome.FAILED
    assert not any("evil.example" in url for url in shelf.asked)


def test_an_answer_is_not_kept_beyond_the_end_of_validity() -> None:
    end = NOON + timedelta(minutes=1)
    text = end.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert judged(signed_sample(validUntil=text)).cache_until == datetime.fromisoformat(text)


def test_when_the_signature_fails_no_other_question_is_answered() -> None:
    report = judged(signed_sample().replace(b"M. Okafor", b"M. Okafur"))
    assert the(report, "proof").outcome is Outcome.FAILED
    open_ones = [check for check in report.checks if check.code not in {"format", "proof"}]
    assert {check.outcome for check in open_ones} == {Outcome.NOT_CHECKED}
    assert b"Okafur" not in repr(report).encode()
