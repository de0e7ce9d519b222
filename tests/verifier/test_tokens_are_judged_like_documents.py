"""VC-JWT, the compact JWS of Open Badges and SD-JWT, through the same verifier."""

import base64
import json
import zlib
from datetime import timedelta

import pytest
from world.credentials import ISSUER_DID, METHOD, NOON, sample_credential, sample_signer
from world.judging import DID_URL, Shelf, honest_shelf, judged

from keys import jwk
from keys.memory import MemorySigner, generate
from keys.public_key import KeyType
from proofs.jose import jws, open_badges_jwt, sd_jwt, sd_jwt_vc, vc_jwt
from schemas.contexts import VC_V2
from schemas.document import write
from verifier.report import Report
from verifier.verdict import Outcome, Verdict

P256 = MemorySigner(METHOD, generate(KeyType.P256))
STRANGER = MemorySigner(METHOD, generate(KeyType.P256))
HOLDER = MemorySigner("", generate(KeyType.ED25519))
LIST_URL = "https://issuer.example/tokens/1"
CLAIMS = {
    "iss": ISSUER_DID,
    "vct": "https://issuer.example/types/skill",
    "sub": "did:example:holder",
    "name": "Reliable data import",
    "status": {"status_list": {"idx": 3, "uri": LIST_URL}},
}


def shelf() -> Shelf:
    """The honest shelf, whose issuer signs tokens with P-256."""
    found = honest_shelf()
    method = {
        "id": METHOD,
        "type": "JsonWebKey",
        "controller": ISSUER_DID,
        "publicKeyJwk": jwk.encode(P256.public_key),
    }
    document = {"id": ISSUER_DID, "verificationMethod": [method], "assertionMethod": [METHOD]}
    found.put(DID_URL, write(document))
    return found


def with_list(value: int) -> Shelf:
    found = shelf()
    bits = bytearray(1024)
    bits[0] = value << 6  # entry 3 of two bits each, lowest first
    packed = base64.urlsafe_b64encode(zlib.compress(bytes(bits))).rstrip(b"=").decode()
    claims = {
        "sub": LIST_URL,
        "iat": int(NOON.timestamp()),
        "status_list": {"bits": 2, "lst": packed},
    }
    token = jws.sign({"typ": "statuslist+jwt", "kid": METHOD}, write(claims), P256)
    found.put(LIST_URL, token.encode(), "application/statuslist+jwt")
    return found


def outcome(report: Report, code: str) -> Outcome:
    return next(check.outcome for check in report.checks if check.code == code)


def test_a_vc_jwt_is_judged_like_the_document_in_it() -> None:
    found = shelf()
    found.put(DID_URL, honest_shelf().answers[DID_URL].body)  # type: ignore[union-attr]
    report = judged(vc_jwt.secure(sample_credential(), sample_signer(), now=NOON), found)
    for code in ("format", "proof", "issuer_key", "issuer", "related_resources"):
        assert outcome(report, code) is Outcome.PASSED
    assert report.credential is not None


def test_an_enveloped_credential_is_opened() -> None:
    token = vc_jwt.secure(sample_credential(), P256, now=NOON)
    report = judged(vc_jwt.envelope(token, "vc+jwt", VC_V2), shelf())
    assert outcome(report, "proof") is Outcome.PASSED


def test_a_token_of_a_stranger_is_not_relied_on() -> None:
    report = judged(vc_jwt.secure(sample_credential(), STRANGER, now=NOON), shelf())
    assert report.verdict is Verdict.DO_NOT_RELY
    assert report.credential is None


def test_a_token_that_was_changed_is_not_relied_on() -> None:
    head, _, signature = vc_jwt.secure(sample_credential(), P256, now=NOON).split(".")
    other = json.dumps(sample_credential(name="Master")).encode()
    payload = base64.urlsafe_b64encode(other).rstrip(b"=").decode()
    assert judged(f"{head}.{payload}.{signature}", shelf()).verdict is Verdict.DO_NOT_RELY


def test_the_signature_of_a_token_may_be_over() -> None:
    expires = NOON - timedelta(seconds=1)
    token = vc_jwt.secure(sample_credential(), P256, now=NOON, expires=expires)
    assert judged(token, shelf()).verdict is Verdict.DO_NOT_RELY


@pytest.mark.parametrize("with_jwk", [False, True])
def test_a_badge_is_bound_to_its_issuer(*, with_jwk: bool) -> None:
    token = open_badges_jwt.secure(sample_credential(), P256, with_jwk=with_jwk)
    assert outcome(judged(token, shelf()), "proof") is Outcome.PASSED


def test_a_key_that_came_with_the_badge_counts_only_if_the_issuer_publishes_it() -> None:
    token = open_badges_jwt.secure(sample_credential(), STRANGER, with_jwk=True)
    report = judged(token, shelf())
    assert report.verdict is Verdict.DO_NOT_RELY
    check = next(check for check in report.checks if check.code == "issuer_key")
    assert "not bound to the issuer" in check.detail


@pytest.mark.parametrize(
    ("value", "expected"), [(0, Outcome.PASSED), (1, Outcome.FAILED), (2, Outcome.WARNING)]
)
def test_an_sd_jwt_has_its_status_looked_up(value: int, expected: Outcome) -> None:
    token = sd_jwt_vc.secure(CLAIMS, P256, disclosable=("name",))
    report = judged(token, with_list(value))
    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "status") is expected


def test_an_sd_jwt_without_its_list_is_left_open() -> None:
    report = judged(sd_jwt_vc.secure(CLAIMS, P256), shelf())
    assert outcome(report, "status") is Outcome.NOT_CHECKED


def test_a_disclosure_that_nobody_signed_is_refused() -> None:
    token = sd_jwt_vc.secure(CLAIMS, P256, disclosable=("name",))
    forged = base64.urlsafe_b64encode(b'["salt","level","master"]').rstrip(b"=").decode()
    assert judged(f"{token}{forged}~", shelf()).verdict is Verdict.DO_NOT_RELY


def test_the_holders_signature_is_checked_where_there_is_one() -> None:
    token = sd_jwt_vc.secure(CLAIMS, P256, disclosable=("name",), holder=HOLDER.public_key)
    bound = sd_jwt.bind(token, HOLDER, nonce="n", audience="a", now=NOON)
    assert outcome(judged(bound, with_list(0)), "proof") is Outcome.PASSED
    wrong = sd_jwt.bind(token, STRANGER, nonce="n", audience="a", now=NOON)
    assert judged(wrong, with_list(0)).verdict is Verdict.DO_NOT_RELY


@pytest.mark.parametrize(
    "header",
    [{"alg": "none"}, {"alg": "HS256"}, {"jku": "https://evil.example"}, {"crit": ["b64"]}],
    ids=str,
)
def test_a_header_that_changes_the_rules_is_refused(header: dict[str, object]) -> None:
    named = {"typ": "vc+jwt", "kid": METHOD, **header}
    token = jws.sign(named, write(sample_credential()), P256)
    assert judged(token, shelf()).verdict is Verdict.DO_NOT_RELY


def test_a_claim_that_contradicts_the_document_is_refused() -> None:
    payload = write({**sample_credential(), "iss": "did:web:somebody.example"})
    token = jws.sign({"typ": "vc+jwt", "kid": METHOD}, payload, P256)
    assert judged(token, shelf()).verdict is Verdict.DO_NOT_RELY


@pytest.mark.parametrize("issuer", ["https://[::1", "https://", "http://a b/", "https://[x]/y"])
def test_an_sd_jwt_vc_of_an_issuer_that_is_no_address_is_answered(issuer: str) -> None:
    report = judged(sd_jwt_vc.secure(CLAIMS | {"iss": issuer}, P256), shelf())
    assert report.verdict in {Verdict.DO_NOT_RELY, Verdict.NOT_FULLY_CHECKED}
    assert report.credential is None
