"""VCDM 2.0, section 7.1; Data Integrity 1.0, section 4.7; Bitstring Status List 1.0, 3.5."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from world.credentials import (
    METHOD,
    NOON,
    STATUS_URL,
    sample_credential,
    sample_signer,
)
from world.judging import LISTS, RUBRIC_URL, Shelf, honest_shelf

from keys import did_key
from keys.memory import MemorySigner, generate, public_half
from keys.public_key import KeyType
from proofs.jose import vc_jwt
from proofs.secure import Wish, add_proof, secure
from schemas.contexts import VC_V2
from service.moment import moment_of_request
from verifier.app import create_app
from verifier.problem_details import (
    CRYPTOGRAPHIC_SECURITY,
    INVALID_CHALLENGE,
    INVALID_DOMAIN,
    MALFORMED_VALUE,
    PARSING,
    PROOF_TRANSFORMATION,
    PROOF_VERIFICATION,
    RANGE,
    STATUS_VERIFICATION,
)
from verifier.settings import VerifierSettings
from verifier.verification import Verifier

Change = Callable[[dict[str, Any]], Any]
HOLDER_KEY = generate(KeyType.P256)
HOLDER = MemorySigner(did_key.method_for(public_half(HOLDER_KEY)), HOLDER_KEY)
FUTURE = "2999-01-01T00:00:00Z"
STRANGER = MemorySigner(METHOD, generate(KeyType.ED25519))


def noon() -> datetime:
    return NOON


@pytest.fixture
def shelf() -> Shelf:
    return honest_shelf()


@pytest.fixture
def client(shelf: Shelf) -> Iterator[TestClient]:
    app = create_app(VerifierSettings())
    app.dependency_overrides[moment_of_request] = noon
    with TestClient(app, base_url="https://verifier.example") as client:
        app.state.verifier = Verifier(shelf, LISTS)
        yield client


def signed(document: dict[str, Any] | None = None) -> dict[str, Any]:
    return secure(document or sample_credential(), sample_signer(), NOON)


def verified(client: TestClient, given: object) -> Any:  # noqa: ANN401 - a response
    return client.post("/credentials/verify", json={"verifiableCredential": given})


def far_index(document: dict[str, Any]) -> dict[str, Any]:
    listed = document["credentialStatus"]
    entry = listed[0] if isinstance(listed, list) else listed
    return document | {"credentialStatus": entry | {"statusListIndex": "9999999"}}


WRONG: dict[str, tuple[Change, str]] = {
    "a text that is no token": (lambda _: "neither", PARSING),
    "a token that was cut": (lambda d: vc_jwt.secure(d, sample_signer())[:40], PARSING),
    "no context": (
        lambda d: signed(d) | {"@context": []},
        MALFORMED_VALUE,
    ),
    "no subject": (lambda d: signed(d) | {"credentialSubject": {}}, MALFORMED_VALUE),
    "a list of issuers": (lambda d: signed(d) | {"issuer": [d["issuer"]]}, MALFORMED_VALUE),
    "an id that is no address": (lambda d: signed(d) | {"id": "not an address"}, MALFORMED_VALUE),
    "a changed name": (lambda d: signed(d) | {"name": "Master"}, CRYPTOGRAPHIC_SECURITY),
    "a term of nobody": (lambda d: signed(d) | {"mood": "good"}, PROOF_TRANSFORMATION),
    "no proof": (lambda d: d, PROOF_VERIFICATION),
    "a proof of another kind": (
        lambda d: d | {"proof": signed(d)["proof"] | {"cryptosuite": "unheard-of-2099"}},
        PROOF_VERIFICATION,
    ),
    "another purpose": (
        lambda d: add_proof(d, sample_signer(), NOON, Wish(purpose="authentication")),
        PROOF_VERIFICATION,
    ),
    "a key that is not the issuer's": (
        lambda d: secure(d, STRANGER, NOON),
        CRYPTOGRAPHIC_SECURITY,
    ),
    "a key of somebody else": (
        lambda d: secure(d, HOLDER, NOON, cryptosuite="ecdsa-rdfc-2019"),
        PROOF_VERIFICATION,
    ),
    "a beginning in the future": (
        lambda d: signed(d | {"validFrom": FUTURE}),
        RANGE,
    ),
    "a place that the list does not have": (lambda d: signed(far_index(d)), RANGE),
}


@pytest.mark.parametrize(("change", "kind"), WRONG.values(), ids=WRONG)
def test_what_stands_against_a_credential_has_its_type(
    client: TestClient, change: Change, kind: str
) -> None:
    answer = verified(client, change(sample_credential()))
    assert answer.status_code == 400, answer.text
    assert answer.json()["type"] == answer.json()["problemDetails"][0]["type"]
    assert kind in {problem["type"] for problem in answer.json()["problemDetails"]}


def test_an_unknown_status_and_a_changed_rubric_have_theirs(
    client: TestClient, shelf: Shelf
) -> None:
    shelf.refuse(STATUS_URL, 500)
    shelf.put(RUBRIC_URL, b"easier")
    found = {each["type"] for each in verified(client, signed()).json()["problemDetails"]}
    assert {STATUS_VERIFICATION, CRYPTOGRAPHIC_SECURITY} <= found


def presented(**over: Any) -> dict[str, Any]:  # noqa: ANN401 - a member of JSON, or an option
    options = {name: over.pop(name, None) for name in ("challenge", "domain")}
    document = {
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "holder": HOLDER.verification_method.partition("#")[0],
        "verifiableCredential": [signed()],
    } | over
    wish = Wish("ecdsa-jcs-2019", "authentication", **options)
    return add_proof(document, HOLDER, NOON, wish)


def shown(client: TestClient, given: object, **options: str) -> Any:  # noqa: ANN401 - a response
    return client.post(
        "/presentations/verify", json={"verifiablePresentation": given, "options": options}
    )


def test_a_presentation_verifies_with_all_its_credentials(client: TestClient) -> None:
    given = presented(challenge="8c1d", domain="client.example")
    answer = shown(client, given, challenge="8c1d", domain="client.example")
    assert answer.status_code == 200, answer.text
    assert answer.json()["verified"] is True
    assert answer.json()["report"]["holder"] == given["holder"]
    assert shown(client, presented()).status_code == 200


def test_another_challenge_or_domain_has_its_type(client: TestClient) -> None:
    given = presented(challenge="8c1d", domain="client.example")
    for options, kind in (
        ({"challenge": "other"}, INVALID_CHALLENGE),
        ({"challenge": "8c1d", "domain": "other"}, INVALID_DOMAIN),
    ):
        answer = shown(client, given, **options)
        assert answer.status_code == 400
        assert [each["type"] for each in answer.json()["problemDetails"]] == [kind]


def test_a_problem_of_a_credential_in_a_presentation_says_which(client: TestClient) -> None:
    given = presented(verifiableCredential=[signed(), signed() | {"name": "Master"}])
    (problem, *_) = shown(client, given).json()["problemDetails"]
    assert problem["pointer"] == "/verifiableCredential/1"
    assert problem["type"] == CRYPTOGRAPHIC_SECURITY


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("neither", PARSING),
        ({}, MALFORMED_VALUE),
        ({"type": "EnvelopedVerifiablePresentation", "id": "data:,"}, PARSING),
        ({"type": "VerifiablePresentation"}, MALFORMED_VALUE),
        ({"@context": [VC_V2], "type": "VerifiablePresentation"}, PROOF_VERIFICATION),
    ],
)
def test_what_is_no_presentation_has_its_type(client: TestClient, given: object, kind: str) -> None:
    answer = shown(client, given)
    assert answer.status_code == 400
    assert kind in {problem["type"] for problem in answer.json()["problemDetails"]}


def test_a_presentation_is_no_credential_and_a_credential_no_presentation(
    client: TestClient,
) -> None:
    assert verified(client, presented()).status_code in {400, 422}
    assert shown(client, signed()).status_code == 400
