"""Documents of VCDM 1.1 are judged by that edition, which their first context names."""

from typing import Any

import pytest
from world.credentials import sample_credential, signed_document

from schemas.contexts import ED25519_2020_V1, VC_V1, VC_V2
from schemas.data_model import credential_breaches, presentation_breaches

STATUS = {"id": "https://issuer.example/status/1#7", "type": "StatusList2021Entry"}


def credential(**over: object) -> dict[str, Any]:
    return {
        "@context": [VC_V1, ED25519_2020_V1],
        "id": "urn:uuid:0c07c1ce-57cb-41af-bef2-1b932b986873",
        "type": ["VerifiableCredential"],
        "issuer": "did:example:issuer",
        "issuanceDate": "2020-03-10T04:24:12Z",
        "credentialSubject": {"id": "did:example:1", "name": "Jayden"},
        "proof": {"type": "Ed25519Signature2020", "proofValue": "z1"},
    } | over


def presentation(**over: object) -> dict[str, Any]:
    return {
        "@context": [VC_V1],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [credential()],
        "proof": {"type": "Ed25519Signature2020", "proofValue": "z1"},
    } | over


KEPT: dict[str, dict[str, Any]] = {
    "4.1, one context": {"@context": [VC_V1]},
    "4.5, the issuer as an object": {"issuer": {"id": "did:example:issuer"}},
    "4.6, a time without a zone": {"issuanceDate": "2020-03-10T04:24:12"},
    "4.8, an expiration date": {"expirationDate": "2030-03-10T04:24:12.5+01:00"},
    "4.9, a status": {"credentialStatus": STATUS},
    "5.4, a schema": {"credentialSchema": {"id": "urn:x:1", "type": "JsonSchemaValidator2018"}},
    "5.5, a refresh service": {"refreshService": {"id": "urn:x:1", "type": "ManualRefresh"}},
    "5.6, terms of use": {"termsOfUse": [{"type": "IssuerPolicy"}]},
    "5.7, evidence": {"evidence": [{"type": ["DocumentVerification"]}]},
    "a name, which 1.1 does not define": {"name": 5},
}

BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "4.1, the context as text": ({"@context": VC_V1}, "/@context"),
    "4.1, a later context that is no URI": ({"@context": [VC_V1, "x"]}, "/@context/1"),
    "4.1, a context twice": ({"@context": [VC_V1, VC_V1]}, "/@context/1"),
    "4.2, two ids": ({"id": ["urn:x:1", "urn:x:2"]}, "/id"),
    "4.2, the id of the subject": (
        {"credentialSubject": {"id": "Jayden"}},
        "/credentialSubject/id",
    ),
    "4.3, no VerifiableCredential": ({"type": ["Diploma"]}, "/type"),
    "4.4, no subject": ({"credentialSubject": []}, "/credentialSubject"),
    "4.4, an empty subject": ({"credentialSubject": {}}, "/credentialSubject"),
    "4.5, the issuer by name": ({"issuer": "Example Guild"}, "/issuer"),
    "4.6, the issuance date null": ({"issuanceDate": None}, "/issuanceDate"),
    "4.6, the issuance date a day": ({"issuanceDate": "2020-03-10"}, "/issuanceDate"),
    "4.7, a proof without a type": ({"proof": {"proofValue": "z1"}}, "/proof/type"),
    "4.8, the expiration date null": ({"expirationDate": None}, "/expirationDate"),
    "4.8, the expiration date a day": ({"expirationDate": "2030-03-10"}, "/expirationDate"),
    "4.9, a status without an id": (
        {"credentialStatus": {"type": "StatusList2021Entry"}},
        "/credentialStatus/id",
    ),
    "4.9, a status without a type": (
        {"credentialStatus": {"id": "urn:x:1"}},
        "/credentialStatus/type",
    ),
    "5.4, a schema without an id": (
        {"credentialSchema": {"type": "JsonSchemaValidator2018"}},
        "/credentialSchema/id",
    ),
    "5.5, a refresh service without an id": (
        {"refreshService": {"type": "ManualRefresh"}},
        "/refreshService/id",
    ),
    "5.6, terms of use without a type": ({"termsOfUse": {}}, "/termsOfUse/type"),
    "5.7, evidence without a type": ({"evidence": [{}]}, "/evidence/0/type"),
}


@pytest.mark.parametrize("over", KEPT.values(), ids=KEPT)
def test_a_credential_of_1_1_keeps_section(over: dict[str, Any]) -> None:
    assert credential_breaches(credential(**over)) == ()


@pytest.mark.parametrize("section", BROKEN)
def test_a_credential_of_1_1_breaks_section(section: str) -> None:
    over, where = BROKEN[section]
    (breach,) = credential_breaches(credential(**over))
    assert breach.pointer == where
    assert breach.section == f"VCDM 1.1, section {section.partition(',')[0]}"


REQUIRED = {"type": "4.3", "credentialSubject": "4.4", "issuer": "4.5", "issuanceDate": "4.6"}


@pytest.mark.parametrize("member", REQUIRED)
def test_a_credential_of_1_1_requires(member: str) -> None:
    document = credential()
    del document[member]
    (breach,) = credential_breaches(document)
    section = f"VCDM 1.1, section {REQUIRED[member]}"
    assert (breach.pointer, breach.section) == (f"/{member}", section)


def test_the_first_context_decides_the_edition() -> None:
    both = sample_credential(**{"@context": [VC_V1, VC_V2]})
    assert [breach.pointer for breach in credential_breaches(both)] == ["/issuanceDate"]
    both = credential(**{"@context": [VC_V2, VC_V1]})
    assert credential_breaches(both) == ()


PRESENTED: dict[str, Any] = {
    "a credential": credential(),
    "a token as text": ["eyJhbGciOiJFUzI1NiJ9.e30.AA"],
    "a credential without a proof": [credential(proof={"type": "Some"})],
    "a credential of VCDM 2.0": [dict(signed_document().view)],
}


@pytest.mark.parametrize("credentials", PRESENTED.values(), ids=PRESENTED)
def test_a_presentation_of_1_1_keeps_section_4_10(credentials: object) -> None:
    assert presentation_breaches(presentation(verifiableCredential=credentials)) == ()


NOT_PRESENTED: dict[str, tuple[Any, str]] = {
    "nothing": ([], ""),
    "an empty text": ([""], "/0"),
    "null": (None, ""),
    "a number": ([credential(), 5], "/1"),
}


@pytest.mark.parametrize(("credentials", "where"), NOT_PRESENTED.values(), ids=NOT_PRESENTED)
def test_a_presentation_of_1_1_breaks_section_4_10(credentials: object, where: str) -> None:
    (breach,) = presentation_breaches(presentation(verifiableCredential=credentials))
    assert breach.pointer == f"/verifiableCredential{where}"


def test_a_credential_of_1_1_in_a_presentation_of_2_0_is_judged_by_1_1() -> None:
    document = presentation(
        **{"@context": [VC_V2], "verifiableCredential": [credential(issuanceDate="2020")]}
    )
    (breach,) = presentation_breaches(document)
    assert breach.pointer == "/verifiableCredential/0/issuanceDate"
    assert breach.section == "VCDM 1.1, section 4.6"
