import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from world.credentials import (
    CREDENTIAL_URL,
    NOON,
    STATUS_INDEX,
    STATUS_URL,
    sample_credential,
    sample_signer,
    sample_status_list,
    signed_sample,
)
from world.judging import LISTS, NO_LISTS, Shelf, honest_shelf
from world.patience import told_to_wait

from proofs.jose import vc_jwt
from schemas.document import write
from service.moment import moment_of_request
from verifier import problem_details
from verifier.app import create_app
from verifier.issuers import IssuerLists
from verifier.settings import VerifierSettings
from verifier.verification import Verifier

VERIFICATIONS = "/api/v1/verifications"
VC_API = "/credentials/verify"


def noon() -> datetime:
    return NOON


def client_of(shelf: Shelf, issuers: IssuerLists = LISTS) -> Iterator[TestClient]:
    app = create_app(VerifierSettings())
    app.dependency_overrides[moment_of_request] = noon
    with TestClient(app, base_url="https://verifier.example") as client:
        app.state.verifier = Verifier(shelf, issuers)
        yield client


@pytest.fixture
def shelf() -> Shelf:
    return honest_shelf()


@pytest.fixture
def client(shelf: Shelf) -> Iterator[TestClient]:
    yield from client_of(shelf)


@pytest.fixture
def listless(shelf: Shelf) -> Iterator[TestClient]:
    yield from client_of(shelf, NO_LISTS)


def signed() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(signed_sample())
    return found


@pytest.mark.parametrize(
    "given", [CREDENTIAL_URL, signed_sample().decode(), signed()], ids=["link", "text", "object"]
)
def test_a_link_a_text_and_an_object_get_the_same_verdict(
    client: TestClient, given: str | dict[str, Any]
) -> None:
    answer = client.post(VERIFICATIONS, json={"input": given, "evidence": "skip"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    report = answer.json()
    assert report["verdict"] == "confirmed"
    assert report["checkedAt"] == "2026-03-03T12:00:00Z"
    assert report["cacheUntil"] == "2026-03-03T12:05:00Z"


def test_a_member_written_twice_is_noticed_within_an_object(client: TestClient) -> None:
    twice = signed_sample().replace(b'"name":', b'"name":"Another","name":', 1)
    body = b'{"evidence":"skip","input":' + twice + b"}"
    answer = client.post(VERIFICATIONS, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert "twice" in answer.json()["detail"]


def test_a_member_written_twice_is_noticed_within_a_text(client: TestClient) -> None:
    twice = signed_sample().replace(b'"name":', b'"name":"Another","name":', 1)
    report = client.post(VERIFICATIONS, json={"input": twice.decode()}).json()
    assert report["verdict"] == "do_not_rely"
    assert report["credential"] is None


def test_evidence_is_opened_only_for_whoever_waits(client: TestClient, shelf: Shelf) -> None:
    client.post(VERIFICATIONS, json={"input": CREDENTIAL_URL, "evidence": "skip"})
    assert not [url for url in shelf.asked if "/evidence/" in url]
    client.post(VERIFICATIONS, json={"input": CREDENTIAL_URL, "evidence": "wait"})
    assert len([url for url in shelf.asked if "/evidence/" in url]) == 3


@pytest.mark.parametrize("given", ["", "what is this", "4Q8RT-M2XZ9-0", "[1]"])
def test_what_cannot_be_judged_is_a_problem_that_says_what_to_paste(
    client: TestClient, given: str
) -> None:
    answer = client.post(VERIFICATIONS, json={"input": given})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "body", [{}, {"input": 1}, {"input": "x", "evidence": "later"}, {"input": "x", "more": 1}]
)
def test_a_request_that_says_something_else_is_refused(
    client: TestClient, body: dict[str, Any]
) -> None:
    answer = client.post(VERIFICATIONS, json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_the_vc_api_answers_200_for_what_verifies_be_its_issuer_known_or_not(
    client: TestClient, listless: TestClient
) -> None:
    for each in (client, listless):
        body = {"verifiableCredential": signed(), "options": {"checks": ["proof"]}}
        answer = each.post(VC_API, json=body)
        assert answer.status_code == 200
        assert answer.json()["verified"] is True
        assert answer.json()["problemDetails"] == []


def test_the_vc_api_answers_400_with_problem_details_for_what_does_not(
    client: TestClient,
) -> None:
    answer = client.post(VC_API, json={"verifiableCredential": signed() | {"name": "Another"}})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["verified"] is False
    assert {"type", "title", "status", "detail"} <= problem.keys()
    assert problem["type"] == problem["problemDetails"][0]["type"]


def test_the_vc_api_takes_a_token_as_text(client: TestClient) -> None:
    token = vc_jwt.secure(sample_credential(), sample_signer(), now=NOON)
    answer = client.post(VC_API, json={"verifiableCredential": token})
    assert answer.status_code == 200
    for text in (token[:-4], "eyJ.x.y", "", "\x00", "a.b.c~d~"):
        refused = client.post(VC_API, json={"verifiableCredential": text})
        assert refused.status_code == 400
        assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("revoked", [True, False], ids=["withdrawn", "unreachable"])
def test_the_vc_api_does_not_verify_what_is_withdrawn_or_may_be(
    client: TestClient, shelf: Shelf, *, revoked: bool
) -> None:
    if revoked:
        shelf.put(STATUS_URL, write(sample_status_list(STATUS_INDEX)))
    else:
        shelf.refuse(STATUS_URL, 500)
    answer = client.post(VC_API, json={"verifiableCredential": signed()})
    assert answer.status_code == 400
    (problem, *_) = answer.json()["problemDetails"]
    own = "urn:skillmark:check:status"
    assert problem["type"] == (own if revoked else problem_details.STATUS_VERIFICATION)


def test_a_client_that_asks_too_often_is_told_to_wait(client: TestClient) -> None:
    _, refusal = told_to_wait(lambda: client.post(VERIFICATIONS, json={"input": ""}), allowance=120)
    assert int(refusal.headers["retry-after"]) > 0


def test_the_interface_is_described_with_an_example_of_every_verdict(client: TestClient) -> None:
    described = client.app.openapi()["paths"][VERIFICATIONS]["post"]["responses"]  # type: ignore[attr-defined]
    examples = described["200"]["content"]["application/json"]["examples"]
    assert set(examples) == {
        "confirmed",
        "confirmed_with_notes",
        "not_fully_checked",
        "do_not_rely",
    }
    assert {"400", "422", "429"} <= described.keys()
