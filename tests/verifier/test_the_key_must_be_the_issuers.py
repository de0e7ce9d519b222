"""Whose key it is, and what its age means for what it signed."""

from datetime import UTC, datetime

import pytest
from world.credentials import (
    ISSUER_DID,
    METHOD,
    NOON,
    other_signer,
    sample_controller,
    sample_credential,
)
from world.judging import (
    DID_URL,
    Shelf,
    honest_shelf,
    judged,
    the,
)

from keys import did_key, multikey
from keys.memory import MemorySigner
from proofs.secure import secure
from schemas.document import write
from verifier.verdict import Outcome, Verdict


@pytest.mark.parametrize("code", [404, 500])
def test_an_issuer_out_of_reach_is_open_and_nothing_is_shown(code: int) -> None:
    shelf = honest_shelf()
    shelf.refuse(DID_URL, code)
    report = judged(shelf=shelf)
    assert report.verdict is Verdict.NOT_FULLY_CHECKED
    assert the(report, "issuer_key").outcome is Outcome.NOT_CHECKED
    assert the(report, "proof").outcome is Outcome.NOT_CHECKED
    assert report.credential is None
    assert report.issuer is None


def signed_with(signer: MemorySigner, **over: object) -> bytes:
    return write(secure(sample_credential(**over), signer, NOON))


def test_a_key_in_the_name_of_a_method_is_not_a_key() -> None:
    attacker = other_signer()
    named = f"{ISSUER_DID}#{multikey.encode(attacker.public_key)}"
    report = judged(signed_with(other_signer(named)))
    assert the(report, "issuer_key").outcome is Outcome.FAILED
    assert report.verdict is Verdict.DO_NOT_RELY
    assert report.credential is None


def test_a_key_of_the_attackers_own_did_is_not_the_issuers() -> None:
    attacker = other_signer()
    report = judged(signed_with(other_signer(did_key.method_for(attacker.public_key))))
    assert the(report, "issuer_key").outcome is Outcome.FAILED
    assert report.credential is None


def test_a_published_key_that_is_not_for_statements_does_not_count() -> None:
    shelf = honest_shelf()
    shelf.put(DID_URL, write(sample_controller() | {"assertionMethod": []}))
    report = judged(shelf=shelf)
    assert the(report, "issuer_key").outcome is Outcome.FAILED
    assert report.verdict is Verdict.DO_NOT_RELY


def test_the_named_key_counts_and_not_the_first_one() -> None:
    second = other_signer(f"{ISSUER_DID}#second")
    document = sample_controller()
    method = document["verificationMethod"][0] | {
        "id": second.verification_method,
        "publicKeyMultibase": multikey.encode(second.public_key),
    }
    document["verificationMethod"].append(method)
    document["assertionMethod"].append(second.verification_method)
    shelf = honest_shelf()
    shelf.put(DID_URL, write(document))
    assert the(judged(signed_with(second), shelf), "proof").outcome is Outcome.PASSED
    assert the(judged(signed_with(other_signer(METHOD)), shelf), "proof").outcome is Outcome.FAILED


def test_the_document_of_somebody_else_is_not_the_issuers() -> None:
    shelf = honest_shelf()
    shelf.put(DID_URL, write(sample_controller() | {"id": "did:web:somebody.example"}))
    assert judged(shelf=shelf).verdict is Verdict.DO_NOT_RELY


def aged(**life: str) -> Shelf:
    document = sample_controller()
    document["verificationMethod"][0] |= life
    shelf = honest_shelf()
    shelf.put(DID_URL, write(document))
    return shelf


def test_a_key_reported_as_stolen_proves_nothing() -> None:
    report = judged(shelf=aged(revoked="2026-03-03T11:00:00Z"))
    assert the(report, "issuer_key").because == "compromised"
    assert report.verdict is Verdict.DO_NOT_RELY
    assert report.credential is None


def test_a_key_retired_after_it_signed_is_something_to_know() -> None:
    later = datetime(2026, 3, 3, 20, tzinfo=UTC)
    report = judged(shelf=aged(expires="2026-03-03T18:00:00Z"), now=later)
    assert the(report, "proof").outcome is Outcome.PASSED
    assert the(report, "issuer_key").outcome is Outcome.WARNING


def test_a_key_retired_before_it_signed_proves_nothing() -> None:
    report = judged(shelf=aged(expires="2026-03-03T11:00:00Z"))
    assert the(report, "issuer_key").outcome is Outcome.FAILED
