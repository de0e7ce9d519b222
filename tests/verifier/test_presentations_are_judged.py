"""VCDM 2.0, section 4.13: who shows it, for which occasion, and what each credential is worth."""

import asyncio
import base64
import json
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from world.credentials import ISSUER_DID, METHOD, NOON, sample_credential, sample_signer
from world.judging import DID_URL, LISTS, Shelf, honest_shelf, judged, the
from world.processor import SECOND

from keys import did_key, jwk
from keys.memory import MemorySigner, generate, public_half
from keys.public_key import KeyType
from keys.signer import Signer
from proofs.jose import sd_jwt, sd_jwt_vc, vc_jwt
from proofs.secure import Wish, add_proof, secure
from proofs.suites import SUITES
from schemas.contexts import VC_V2
from schemas.document import write
from verifier.presentations import MOST_CREDENTIALS, Occasion
from verifier.presented import PresentationReport
from verifier.verdict import Check, Outcome, Verdict
from verifier.verification import Verifier

ASKED = Occasion(challenge="8c1d", domain="client.example")


def holder_with(kind: KeyType) -> MemorySigner:
    key = generate(kind)
    return MemorySigner(did_key.method_for(public_half(key)), key)


def did_of(signer: Signer) -> str:
    return signer.verification_method.partition("#")[0]


HOLDER = holder_with(KeyType.ED25519)
STRANGER = holder_with(KeyType.ED25519)


def credential(holder: Signer = HOLDER, number: int = 1, **over: object) -> dict[str, Any]:
    document = sample_credential(**over)
    document["credentialSubject"] |= {"id": did_of(holder)}
    document["name"] = f"Number {number}"
    return secure(document, sample_signer(), NOON)


def presentation(*credentials: object, **over: object) -> dict[str, Any]:
    return {
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "holder": did_of(HOLDER),
        "verifiableCredential": list(credentials) or [credential()],
    } | over


def signed(document: Mapping[str, Any], signer: Signer = HOLDER, **over: object) -> dict[str, Any]:
    asked = {"challenge": ASKED.challenge, "domain": ASKED.domain, "purpose": "authentication"}
    return add_proof(document, signer, NOON, Wish(**(asked | over)))  # type: ignore[arg-type]


def shown(
    given: Mapping[str, Any] | str | bytes,
    occasion: Occasion = ASKED,
    shelf: Shelf | None = None,
) -> PresentationReport:
    raw = write(given) if isinstance(given, Mapping) else given
    raw = raw.encode() if isinstance(raw, str) else raw
    verifier = Verifier(shelf or honest_shelf(), LISTS)
    return asyncio.run(verifier.verify_presentation(raw, now=NOON, occasion=occasion))


def check(report: PresentationReport, code: str) -> Check:
    (found,) = (each for each in report.checks if each.code == code)
    return found


def test_an_honest_presentation_is_worth_what_its_credentials_are() -> None:
    report = shown(signed(presentation()))
    assert {each.outcome for each in report.checks} == {Outcome.PASSED}
    assert report.holder == did_of(HOLDER)
    (inner,) = report.credentials
    alone = judged(credential())
    assert inner.verdict is alone.verdict
    assert report.verdict is alone.verdict
    assert report.headline == inner.headline


@pytest.mark.parametrize(
    "name", [name for name, each in SUITES.items() if not (each.deprecated or each.discloses)]
)
def test_holders_may_use_every_suite(name: str) -> None:
    for kind in SUITES[name].key_types:
        holder = holder_with(kind)
        document = presentation(credential(holder), holder=did_of(holder))
        report = shown(signed(document, holder, cryptosuite=name))
        assert check(report, "presentation_proof").outcome is Outcome.PASSED
        assert check(report, "shown_by").outcome is Outcome.PASSED


def test_the_worst_credential_counts() -> None:
    changed = credential(number=2) | {"name": "Master of everything"}
    report = shown(signed(presentation(credential(), changed)))
    assert report.verdict is Verdict.DO_NOT_RELY
    assert check(report, "presentation_proof").outcome is Outcome.PASSED
    assert report.credentials[0].verdict is not Verdict.DO_NOT_RELY
    assert report.credentials[1].credential is None


CHANGES: Mapping[str, Any] = {
    "the holder": lambda document: document | {"holder": did_of(STRANGER)},
    "a credential taken away": lambda document: (
        document | {"verifiableCredential": document["verifiableCredential"][:1]}
    ),
    "the challenge": lambda document: (
        document | {"proof": document["proof"] | {"challenge": "other"}}
    ),
    "the domain": lambda document: (
        document | {"proof": document["proof"] | {"domain": "other.example"}}
    ),
    "the purpose": lambda document: (
        document | {"proof": document["proof"] | {"proofPurpose": "assertionMethod"}}
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_can_be_changed_after_the_holder_signed(change: Any) -> None:  # noqa: ANN401
    report = shown(change(signed(presentation(credential(), credential(number=2)))))
    assert report.verdict is Verdict.DO_NOT_RELY
    assert report.holder is None


def test_nobody_can_show_what_nobody_signed() -> None:
    report = shown(presentation())
    assert check(report, "presentation_proof").because == "missing"
    assert report.verdict is Verdict.DO_NOT_RELY


def test_a_presentation_of_another_occasion_is_refused() -> None:
    assert check(shown(signed(presentation(), challenge="old")), "occasion").because == "challenge"
    assert check(shown(signed(presentation(), challenge=None)), "occasion").because == "challenge"
    other = shown(signed(presentation(), domain="somebody.example"))
    assert check(other, "occasion").because == "domain"
    assert other.verdict is Verdict.DO_NOT_RELY


def test_without_a_challenge_a_copy_cannot_be_told_and_that_is_said() -> None:
    report = shown(signed(presentation()), Occasion())
    assert check(report, "occasion").outcome is Outcome.NOT_CHECKED
    assert report.verdict is not Verdict.CONFIRMED


def test_an_issuers_key_for_assertions_shows_nothing() -> None:
    found = honest_shelf()  # its key is published for assertions, not for authentication
    document = presentation(holder=ISSUER_DID)
    report = shown(signed(document, sample_signer()), shelf=found)
    assert check(report, "holder_key").outcome is Outcome.FAILED


def test_somebody_elses_credential_is_noticed() -> None:
    report = shown(signed(presentation(credential(STRANGER))))
    assert check(report, "shown_by").outcome is Outcome.WARNING
    nobody = sample_credential()
    nobody["credentialSubject"].pop("id", None)
    report = shown(signed(presentation(secure(nobody, sample_signer(), NOON))))
    assert check(report, "shown_by").outcome is Outcome.NOT_CHECKED


def test_a_holder_that_is_not_named_is_the_one_whose_key_signed() -> None:
    document = presentation()
    del document["holder"]
    report = shown(signed(document))
    assert report.holder == did_of(HOLDER)
    assert check(report, "shown_by").outcome is Outcome.PASSED


def test_a_presentation_of_nothing_confirms_nothing() -> None:
    document = presentation()
    del document["verifiableCredential"]
    report = shown(signed(document))
    assert report.verdict is Verdict.NOT_FULLY_CHECKED
    assert report.headline == check(report, "presentation").sentence


def test_more_credentials_than_are_judged_are_refused_and_not_left_out() -> None:
    many = (credential(number=number) for number in range(MOST_CREDENTIALS + 1))
    report = shown(signed(presentation(*many)))
    assert check(report, "presentation").outcome is Outcome.FAILED


def test_a_presentation_is_no_larger_than_a_credential_may_be() -> None:
    many = [{"a": list(range(400))} for _ in range(MOST_CREDENTIALS)]
    for given in (presentation(*many), token(presentation(*many))):
        report = shown(given)
        assert check(report, "presentation").because == "unreadable"
        assert report.credentials == ()


def test_the_proofs_of_all_credentials_count_together() -> None:
    many = [credential(number=number) for number in range(9)]
    for one in many:
        one["proof"] = [one["proof"]] * 4
    begun = time.process_time()
    report = shown(signed(presentation(*many), cryptosuite="eddsa-jcs-2022"))
    assert time.process_time() - begun < SECOND
    assert check(report, "presentation").because == "unreadable"
    assert "each time that it is read" in check(report, "presentation").detail


def test_a_proof_of_the_past_has_ended() -> None:
    report = shown(signed(presentation(), expires=NOON - timedelta(minutes=1)))
    assert check(report, "presentation_proof").because == "outdated"


def token(document: Mapping[str, Any], **over: object) -> str:
    asked = {"nonce": ASKED.challenge, "audience": ASKED.domain, "now": NOON}
    return vc_jwt.secure(document, HOLDER, typ="vp+jwt", **(asked | over))  # type: ignore[arg-type]


def test_a_presentation_in_a_token_is_judged_alike() -> None:
    found = honest_shelf()
    inner = sample_credential()
    inner["credentialSubject"] |= {"id": did_of(HOLDER)}
    secured = vc_jwt.secure(inner, sample_signer(), now=NOON)
    document = presentation(vc_jwt.envelope(secured, "vc+jwt", VC_V2))
    for given in (token(document), vc_jwt.envelope(token(document), "vp+jwt", VC_V2)):
        report = shown(given, shelf=found)
        assert {each.outcome for each in report.checks} == {Outcome.PASSED}
        assert report.credentials[0].credential is not None


def test_a_token_of_another_occasion_is_refused() -> None:
    assert check(shown(token(presentation(), nonce="x")), "occasion").because == "challenge"
    assert check(shown(token(presentation(), audience="x")), "occasion").because == "domain"


def test_a_token_that_was_changed_is_refused() -> None:
    head, _, signature = token(presentation()).split(".")
    other = base64.urlsafe_b64encode(json.dumps(presentation()).encode()).decode().rstrip("=")
    assert shown(f"{head}.{other}.{signature}").verdict is Verdict.DO_NOT_RELY


def sd_jwt_of(holder: MemorySigner = HOLDER) -> str:
    issuer = MemorySigner(METHOD, P256)
    claims = {"iss": ISSUER_DID, "vct": "https://issuer.example/skill", "name": "Import"}
    return sd_jwt_vc.secure(claims, issuer, disclosable=("name",), holder=holder.public_key)


P256 = generate(KeyType.P256)


def sd_shelf() -> Shelf:
    found = honest_shelf()
    method = {
        "id": METHOD,
        "type": "JsonWebKey",
        "controller": ISSUER_DID,
        "publicKeyJwk": jwk.encode(MemorySigner(METHOD, P256).public_key),
    }
    document = {"id": ISSUER_DID, "verificationMethod": [method], "assertionMethod": [METHOD]}
    found.put(DID_URL, write(document))
    return found


def bound(text: str, holder: MemorySigner = HOLDER, **over: object) -> str:
    asked = {"nonce": ASKED.challenge, "audience": ASKED.domain, "now": NOON}
    return sd_jwt.bind(text, holder, **(asked | over))  # type: ignore[arg-type]


def test_an_sd_jwt_with_key_binding_is_a_presentation_of_one() -> None:
    report = shown(bound(sd_jwt_of()), shelf=sd_shelf())
    assert {each.outcome for each in report.checks} == {Outcome.PASSED}
    assert len(report.credentials) == 1


def test_an_sd_jwt_without_key_binding_is_shown_by_nobody() -> None:
    report = shown(sd_jwt_of(), shelf=sd_shelf())
    assert check(report, "presentation_proof").because == "missing"


def test_a_replayed_or_forged_key_binding_is_refused() -> None:
    replayed = shown(bound(sd_jwt_of(), nonce="old"), shelf=sd_shelf())
    assert check(replayed, "occasion").outcome is Outcome.FAILED
    forged = shown(bound(sd_jwt_of(), STRANGER), shelf=sd_shelf())
    assert check(forged, "presentation_proof").outcome is Outcome.FAILED
    old = shown(bound(sd_jwt_of(), now=NOON - timedelta(days=3)), shelf=sd_shelf())
    assert old.verdict is Verdict.DO_NOT_RELY


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"[]",
        b"{",
        b"eyJ.e.e",
        b"ey.a~b~c",
        b'{"type":"VerifiablePresentation"}',
        b'{"type":1}',
    ],
)
def test_what_is_no_presentation_is_said_to_be_none(given: bytes) -> None:
    report = shown(given)
    assert check(report, "presentation").outcome is Outcome.FAILED
    assert report.verdict is Verdict.DO_NOT_RELY


@pytest.mark.parametrize("inner", [None, 1, "x", [], {}, {"type": "EnvelopedVerifiableCredential"}])
def test_a_credential_that_cannot_be_read_is_one_not_to_rely_on(inner: object) -> None:
    report = shown(presentation(inner))
    assert report.verdict is Verdict.DO_NOT_RELY


def test_one_credential_in_a_presentation_may_be_pasted_and_is_judged_alone() -> None:
    report = judged(signed(presentation()))
    assert report.credential is not None
    assert the(report, "holder").because == "presented"
    unsigned = judged(presentation(credential() | {"name": "Master"}))
    assert unsigned.verdict is Verdict.DO_NOT_RELY
