"""VCDM 2.0, section 4.11, and VC JSON Schema: whatever schema is named is read in its own way."""

import base64
import hashlib
from typing import Any

import pytest
from world.credentials import (
    ISSUER_DID,
    ISSUER_URL,
    METHOD,
    NOON,
    other_signer,
    sample_credential,
    sample_signer,
)
from world.judging import Shelf, honest_shelf, judged, the

from keys import multibase
from proofs.jose import vc_jwt
from proofs.secure import secure
from schemas import open_badges
from schemas.contexts import OB_V3, VC_V2
from schemas.document import write
from verifier.published_forms import MOST_FORMS
from verifier.report import Report
from verifier.verdict import Outcome, Verdict

OWN = f"{ISSUER_URL}/schemas/own.json"
FINE = f"{ISSUER_URL}/schemas/fine.json"
PUBLISHED = f"{ISSUER_URL}/schemas/own"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
NAMED = {"$schema": DRAFT, "type": "object", "required": ["name"]}
SHORT = {"$schema": DRAFT, "properties": {"name": {"maxLength": 3}}}
ACHIEVEMENT = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
ENDORSEMENT = ACHIEVEMENT.replace("achievement", "endorsement")


def entry(url: str = OWN, kind: str = "JsonSchema", **over: str) -> dict[str, str]:
    return {"id": url, "type": kind} | over


def report_of(*entries: object, shelf: Shelf | None = None) -> Report:
    named = entries[0] if len(entries) == 1 else list(entries)
    view = sample_credential(credentialSchema=named)
    made = secure(view, sample_signer(), NOON, cryptosuite="eddsa-jcs-2022")
    return judged(made, shelf or shelf_with(NAMED))


def shelf_with(schema: object) -> Shelf:
    found = honest_shelf()
    assert isinstance(schema, dict)
    found.put(OWN, write(schema), "application/schema+json")
    return found


def outcome(report: Report) -> tuple[Outcome, str]:
    found = the(report, "schema")
    return found.outcome, found.because


def test_a_json_schema_is_fetched_and_compared() -> None:
    assert outcome(report_of(entry())) == (Outcome.PASSED, "")
    failed = report_of(entry(), shelf=shelf_with(SHORT))
    assert outcome(failed) == (Outcome.FAILED, "failed")
    assert failed.verdict is Verdict.DO_NOT_RELY


def test_of_several_schemas_the_worst_answer_counts() -> None:
    shelf = shelf_with(SHORT)
    shelf.put(FINE, write(NAMED), "application/schema+json")
    assert outcome(report_of(entry(FINE), shelf=shelf))[0] is Outcome.PASSED
    assert outcome(report_of(entry(FINE), entry(), shelf=shelf))[0] is Outcome.FAILED
    unknown = entry("https://a.example/x", "SomethingElse")
    assert outcome(report_of(entry(FINE), unknown, shelf=shelf))[0] is Outcome.WARNING


def test_more_schemas_than_are_read_are_not_passed_over() -> None:
    many = [entry()] * (MOST_FORMS + 1)
    assert outcome(report_of(*many))[0] is Outcome.NOT_CHECKED


@pytest.mark.parametrize("member", ["digestMultibase", "digestSRI"])
def test_a_digest_fixes_the_schema(member: str) -> None:
    body = write(NAMED)
    digest = hashlib.sha256(body).digest()
    given = {
        "digestMultibase": multibase.encode_base64url(b"\x12\x20" + digest),
        "digestSRI": "sha256-" + base64.b64encode(digest).decode(),
    }[member]
    fixed = entry(**{member: given})
    assert outcome(report_of(fixed))[0] is Outcome.PASSED
    changed = report_of(fixed, shelf=shelf_with(NAMED | {"title": "another"}))
    assert outcome(changed) == (Outcome.NOT_CHECKED, "not_checked")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"not json", b'{"$ref":"https://evil.example/s"}', b'{"a":1,"a":2}']
)
def test_what_is_no_usable_schema_is_not_checked(body: bytes) -> None:
    shelf = honest_shelf()
    shelf.put(OWN, body)
    assert outcome(report_of(entry(), shelf=shelf)) == (Outcome.NOT_CHECKED, "not_checked")


# ------------------------------------------------------------------ JsonSchemaCredential


def publication(schema: object = NAMED, **over: object) -> dict[str, Any]:
    return {
        "@context": [VC_V2],
        "id": PUBLISHED,
        "type": ["VerifiableCredential", "JsonSchemaCredential"],
        "issuer": ISSUER_DID,
        "credentialSubject": {"id": f"{PUBLISHED}#it", "type": "JsonSchema", "jsonSchema": schema},
    } | over


def published(document: dict[str, Any] | str) -> Report:
    shelf = honest_shelf()
    body = document.encode() if isinstance(document, str) else write(document)
    shelf.put(PUBLISHED, body, "application/vc")
    return report_of(entry(PUBLISHED, "JsonSchemaCredential"), shelf=shelf)


def signed(document: dict[str, Any]) -> dict[str, Any]:
    return secure(document, sample_signer(), NOON, cryptosuite="eddsa-jcs-2022")


def test_a_schema_in_a_credential_counts_with_its_proof() -> None:
    assert outcome(published(signed(publication())))[0] is Outcome.PASSED
    over_rdf = secure(publication(), sample_signer(), NOON)
    assert outcome(published(over_rdf))[0] is Outcome.PASSED
    assert outcome(published(vc_jwt.secure(publication(), sample_signer())))[0] is Outcome.PASSED
    assert outcome(published(signed(publication(SHORT))))[0] is Outcome.FAILED


NOT_BELIEVED = {
    "without a proof": publication(),
    "changed": signed(publication()) | {"id": f"{PUBLISHED}2"},
    "signed by somebody else": secure(publication(), other_signer(METHOD), NOON),
    "of another type": signed(publication(credentialSubject={"id": "urn:a:b", "type": "Person"})),
    "no longer in force": signed(publication(validUntil="2026-03-01T00:00:00Z")),
    "not yet in force": signed(publication(validFrom="2027-03-01T00:00:00Z")),
    "no credential": NAMED,
}


@pytest.mark.parametrize("document", NOT_BELIEVED.values(), ids=NOT_BELIEVED)
def test_a_schema_in_a_credential_that_nobody_answers_for_is_not_checked(
    document: dict[str, Any],
) -> None:
    assert outcome(published(document)) == (Outcome.NOT_CHECKED, "not_checked")


# ------------------------------------------------------------------ Open Badges


@pytest.mark.parametrize(
    "url", [ACHIEVEMENT, ACHIEVEMENT.replace("v3p0_", "v3p0p1_").replace("_ach", "_anyach")]
)
def test_a_badge_is_compared_with_our_copy_and_nobody_is_asked(url: str) -> None:
    shelf = honest_shelf()
    assert outcome(report_of(entry(url, open_badges.KIND), shelf=shelf))[0] is Outcome.PASSED
    assert url not in shelf.asked


def badge(**over: object) -> dict[str, Any]:
    return sample_credential(**over)


def without(member: str, **path: str) -> dict[str, Any]:
    view = badge()
    place: dict[str, Any] = view
    for step in path.values():
        place = place[step]
    del place[member]
    return view


BROKEN: dict[str, dict[str, Any]] = {
    "no id": without("id"),
    "an issuer without a type": badge(issuer={"id": ISSUER_DID}),
    "another type": badge(type=["VerifiableCredential"]),
    "one context": badge(**{"@context": [VC_V2]}),
    "two statuses": badge(credentialStatus=[badge()["credentialStatus"]] * 2),
    "no achievement": without("achievement", a="credentialSubject"),
    "an achievement without criteria": without("criteria", a="credentialSubject", b="achievement"),
    "an achievement without a name": without("name", a="credentialSubject", b="achievement"),
    "nobody": without("identifier", a="credentialSubject"),
    "a date that is none": badge(validFrom="yesterday"),
}


@pytest.mark.parametrize("view", BROKEN.values(), ids=BROKEN)
def test_what_open_badges_forbids_fails(view: dict[str, Any]) -> None:
    found = open_badges.published_schema(ACHIEVEMENT)
    assert found is not None
    assert found.violations(view)
    assert not found.violations(badge())


def test_an_endorsement_has_a_form_of_its_own() -> None:
    found = open_badges.published_schema(ENDORSEMENT)
    assert found is not None
    view = {
        "@context": [VC_V2, OB_V3],
        "id": "urn:a:b",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": ISSUER_DID, "type": ["Profile"]},
        "validFrom": "2026-03-03T12:00:00Z",
        "credentialSubject": {"id": "urn:a:c", "type": ["EndorsementSubject"]},
    }
    assert not found.violations(view)
    assert found.violations(view | {"credentialSubject": {"type": ["EndorsementSubject"]}})
    assert found.violations(badge())


@pytest.mark.parametrize(
    "url",
    ["", "https://a.example/s.json", f"{ACHIEVEMENT}?x", ACHIEVEMENT.replace("https", "http")],
)
def test_another_address_under_that_name_is_a_kind_that_we_do_not_know(url: str) -> None:
    assert open_badges.published_schema(url) is None
    shelf = honest_shelf()
    assert outcome(report_of(entry(url or "x:y", open_badges.KIND), shelf=shelf)) == (
        Outcome.WARNING,
        "unknown",
    )


def test_without_a_schema_nothing_is_said_to_be_compared() -> None:
    view = sample_credential()
    del view["credentialSchema"]
    assert outcome(judged(secure(view, sample_signer(), NOON))) == (Outcome.NOT_CHECKED, "none")
