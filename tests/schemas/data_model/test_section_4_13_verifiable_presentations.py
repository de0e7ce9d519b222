"""VCDM 2.0, section 4.13 (Verifiable Presentations)."""

from typing import Any

import pytest
from world.credentials import sample_credential, signed_document

from schemas.contexts import VC_V2
from schemas.data_model import presentation_breaches

SECTION = "VCDM 2.0, section 4.13"
CREDENTIAL = dict(signed_document().view)
ENVELOPED = {
    "@context": VC_V2,
    "id": "data:application/vc+jwt,eyJhbGciOiJFUzI1NiJ9.e30.AA",
    "type": "EnvelopedVerifiableCredential",
}


def presentation(**over: object) -> dict[str, Any]:
    return {
        "@context": [VC_V2],
        "id": "urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5",
        "type": ["VerifiablePresentation"],
        "holder": "did:example:holder",
        "verifiableCredential": [CREDENTIAL],
    } | over


KEPT: dict[str, Any] = {
    "one credential": CREDENTIAL,
    "a list of one": [CREDENTIAL],
    "several": [CREDENTIAL, CREDENTIAL],
    "one in an envelope": [ENVELOPED],
    "both kinds": [ENVELOPED, CREDENTIAL],
}

BROKEN: dict[str, tuple[Any, str]] = {
    "null": (None, ""),
    "an empty list": ([], ""),
    "a token as text": ("eyJhbGciOiJFUzI1NiJ9.e30.AA", ""),
    "a URL in a list": ([CREDENTIAL, "https://issuer.example/c/1"], "/1"),
    "a number": ([5], "/0"),
    "null in a list": ([None], "/0"),
    "a list in a list": ([[CREDENTIAL]], "/0"),
}


@pytest.mark.parametrize("credentials", KEPT.values(), ids=KEPT)
def test_section_4_13_verifiable_credential_is_objects(credentials: object) -> None:
    assert presentation_breaches(presentation(verifiableCredential=credentials)) == ()


@pytest.mark.parametrize(("credentials", "where"), BROKEN.values(), ids=BROKEN)
def test_section_4_13_verifiable_credential_may_not_be(credentials: object, where: str) -> None:
    (breach,) = presentation_breaches(presentation(verifiableCredential=credentials))
    assert (breach.pointer, breach.section) == (f"/verifiableCredential{where}", SECTION)


def test_section_4_13_verifiable_credential_and_holder_are_optional() -> None:
    document = presentation()
    del document["verifiableCredential"], document["holder"]
    assert presentation_breaches(document) == ()


def test_section_4_13_every_credential_is_judged_where_it_stands() -> None:
    wrong = CREDENTIAL | {"validFrom": "yesterday"}
    found = presentation_breaches(presentation(verifiableCredential=[CREDENTIAL, wrong, {}]))
    assert [breach.pointer for breach in found if "/2" not in breach.pointer] == [
        "/verifiableCredential/1/validFrom"
    ]
    assert {breach.pointer for breach in found if "/2" in breach.pointer} == {
        f"/verifiableCredential/2/{member}"
        for member in ("@context", "type", "issuer", "credentialSubject")
    }


def test_section_4_13_a_presentation_within_a_presentation_is_no_credential() -> None:
    found = presentation_breaches(presentation(verifiableCredential=[presentation()]))
    assert "/verifiableCredential/0/type" in {breach.pointer for breach in found}


@pytest.mark.parametrize("holder", ["did:example:1", {"id": "did:example:1", "name": "Jayden"}])
def test_section_4_13_holder_is_a_url_or_an_object_with_an_id(holder: object) -> None:
    assert presentation_breaches(presentation(holder=holder)) == ()


WRONG_HOLDERS: dict[str, tuple[Any, str]] = {
    "null": (None, ""),
    "a name": ("Jayden", ""),
    "a list": (["did:example:1"], ""),
    "an object without an id": ({"name": "Jayden"}, "/id"),
    "an object whose id is a name": ({"id": "Jayden"}, "/id"),
}


@pytest.mark.parametrize(("holder", "where"), WRONG_HOLDERS.values(), ids=WRONG_HOLDERS)
def test_section_4_13_holder_may_not_be(holder: object, where: str) -> None:
    (breach,) = presentation_breaches(presentation(holder=holder))
    assert (breach.pointer, breach.section) == (f"/holder{where}", SECTION)


CLAIM = {name: value for name, value in sample_credential().items() if name != "issuer"}
HOLDER_CLAIMS = "VCDM 2.0, section 4.13.4"

SELF_ASSERTED: dict[str, tuple[object, object]] = {
    "the same URL": ("did:example:1", "did:example:1"),
    "a URL and an object": ("did:example:1", {"id": "did:example:1"}),
    "two objects": ({"id": "did:example:1"}, {"id": "did:example:1", "name": "Jayden"}),
}


@pytest.mark.parametrize(("holder", "issuer"), SELF_ASSERTED.values(), ids=SELF_ASSERTED)
def test_section_4_13_4_what_the_holder_asserts_needs_no_proof_of_its_own(
    holder: object, issuer: object
) -> None:
    claim = CLAIM | {"issuer": issuer}
    assert presentation_breaches(presentation(holder=holder, verifiableCredential=claim)) == ()


def test_section_4_13_4_the_issuer_of_a_self_asserted_credential_is_the_holder() -> None:
    claim = CLAIM | {"issuer": "did:example:somebody-else"}
    (breach,) = presentation_breaches(presentation(verifiableCredential=[CREDENTIAL, claim]))
    assert (breach.pointer, breach.section) == ("/verifiableCredential/1/issuer", HOLDER_CLAIMS)


@pytest.mark.parametrize("proof", [{}, {"proof": {}}])
def test_section_4_13_4_a_presentation_of_a_self_asserted_credential_names_its_holder(
    proof: dict[str, object],
) -> None:
    claim = CLAIM | {"issuer": "did:example:1"} | proof
    document = presentation(verifiableCredential=[claim, claim])
    del document["holder"]
    found = [one for one in presentation_breaches(document) if one.section == HOLDER_CLAIMS]
    assert [breach.pointer for breach in found] == ["/holder"]
