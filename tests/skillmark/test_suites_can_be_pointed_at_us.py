"""The conformance mode: every way of securing, through the VC API and back."""

import copy
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from schemas.contexts import EXAMPLES_V2, VC_V2
from skillmark.conformance.actors import WAYS
from skillmark.conformance.app import create_app

URL = "http://localhost:8002"
CREDENTIAL_PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(URL), base_url=URL) as client:
        yield client


def credential(**over: object) -> dict[str, Any]:
    return {
        "@context": [VC_V2, EXAMPLES_V2],
        "id": "urn:uuid:0f8b6c1e-5d2a-4e7f-9a3b-1c2d3e4f5a6b",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "validFrom": "2026-03-03T12:00:00Z",
        "credentialSubject": {"id": "did:example:holder", "alumniOf": "Example University"},
    } | over


def issue(client: TestClient, name: str, document: dict[str, Any], **options: object) -> Any:  # noqa: ANN401
    body = {"credential": document, "options": options}
    return client.post(f"/issuers/{name}/credentials/issue", json=body)


def made(client: TestClient, name: str, **options: object) -> Any:  # noqa: ANN401 - object or token
    answer = issue(client, name, credential(), **options)
    assert answer.status_code == 201, answer.text
    return answer.json()["verifiableCredential"]


def shown(client: TestClient, name: str) -> Any:  # noqa: ANN401 - object or token
    """What is issued under a name, as a verifier gets it."""
    found = made(client, name)
    if WAYS[name].cryptosuite != "ecdsa-sd-2023":
        return found
    options = {"selectivePointers": ["/issuer", "/credentialSubject", "/validFrom"]}
    body = {"verifiableCredential": found, "options": options}
    answer = client.post("/credentials/derive", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["verifiableCredential"]


def verify(client: TestClient, given: object) -> Any:  # noqa: ANN401 - a response
    return client.post("/credentials/verify", json={"verifiableCredential": given})


EMBEDDED = [name for name, way in WAYS.items() if way.kind == "DataIntegrityProof"]
STATELESS = [name for name, way in WAYS.items() if not way.has_status]


@pytest.mark.parametrize("name", STATELESS)
def test_what_every_issuer_signs_verifies(client: TestClient, name: str) -> None:
    answer = verify(client, shown(client, name))
    assert answer.status_code == 200, answer.text
    assert answer.json()["verified"] is True


def changed(given: Any) -> Any:  # noqa: ANN401 - object or token
    """The same with one thing said otherwise."""
    if isinstance(given, str):
        head, payload, signature = given.split(".")
        return f"{head}.{payload[:-8]}AAAA{payload[-4:]}.{signature}"
    other = copy.deepcopy(given)
    if "proof" not in other:
        media, _, token = other["id"].partition(",")
        jws, tilde, rest = token.partition("~")
        return other | {"id": f"{media},{changed(jws)}{tilde}{rest}"}
    other["credentialSubject"]["alumniOf"] = "Another University"
    return other


@pytest.mark.parametrize("name", STATELESS)
def test_what_was_changed_does_not(client: TestClient, name: str) -> None:
    answer = verify(client, changed(shown(client, name)))
    assert answer.status_code == 400
    assert answer.headers["content-type"] == CREDENTIAL_PROBLEM
    assert answer.json()["problemDetails"]


def test_a_base_proof_alone_does_not_verify(client: TestClient) -> None:
    assert verify(client, made(client, "ecdsa-sd-2023")).status_code == 400


@pytest.mark.parametrize("name", WAYS)
def test_a_holder_shows_credentials_for_one_occasion(client: TestClient, name: str) -> None:
    asked = {"challenge": "8c1d", "domain": "client.example"}
    body = {
        "presentation": {
            "@context": [VC_V2],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": [made(client, "eddsa-rdfc-2022"), made(client, "vc-jwt-es256")],
        },
        "options": asked,
    }
    answer = client.post(f"/holders/{name}/presentations/create", json=body)
    assert answer.status_code == 201, answer.text
    presentation = answer.json()["verifiablePresentation"]
    for options, status in ((asked, 200), ({}, 200), (asked | {"challenge": "x"}, 400)):
        given = {"verifiablePresentation": presentation, "options": options}
        answer = client.post("/presentations/verify", json=given)
        assert answer.status_code == status, answer.text


@pytest.mark.parametrize("name", ["vc-jwt-eddsa", "vc-jwt-es256", "vc-jwt-es384"])
def test_a_holder_shows_them_in_a_token_too(client: TestClient, name: str) -> None:
    asked = {"challenge": "8c1d", "domain": "client.example"}
    held = {
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [made(client, name)],
    }
    body = {"presentation": held, "options": asked}
    answer = client.post(f"/holders/{name}/presentations/create", json=body)
    envelope = answer.json()["verifiablePresentation"]
    token = envelope["id"].removeprefix("data:application/vp+jwt,")
    for given in (envelope, token):
        body = {"verifiablePresentation": given, "options": asked}
        assert client.post("/presentations/verify", json=body).status_code == 200
        body = {"verifiablePresentation": given, "options": {"challenge": "x"}}
        assert client.post("/presentations/verify", json=body).status_code == 400


def test_a_name_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert issue(client, "nobody", credential()).status_code == 404


def test_every_name_is_listed_with_its_key(client: TestClient) -> None:
    rows = client.get("/issuers").json()
    assert [row["name"] for row in rows] == list(WAYS)
    for row in rows:
        issuer = credential(issuer=row["id"])
        assert issue(client, row["name"], issuer).status_code == 201
    stranger = credential(issuer=rows[0]["id"])
    assert issue(client, "p256", stranger).status_code == 422


def test_the_examples_of_the_w3c_are_known_here_and_nowhere_else(client: TestClient) -> None:
    given = shown(client, "eddsa-rdfc-2022")
    assert verify(client, given).status_code == 200
    from verifier.app import create_app as create_verifier  # noqa: PLC0415 - the other application

    with TestClient(create_verifier(), base_url="https://verifier.example") as strict:
        assert verify(strict, given).status_code == 400


def test_no_suite_is_told_to_wait(client: TestClient) -> None:
    assert {verify(client, "x").status_code for _ in range(150)} == {400}


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    """The command itself, on a port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "skillmark", "conformance", "serve", "--port", str(port)]
    with subprocess.Popen(command) as process:
        url = f"http://localhost:{port}"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                httpx2.get(f"{url}/healthz", trust_env=False)
                break
            except httpx2.TransportError:
                assert process.poll() is None
                time.sleep(0.1)
        yield url
        process.terminate()


def test_a_status_can_be_set_and_cleared(running: str) -> None:
    below = f"{running}/issuers/bitstring-status-list/credentials"
    with httpx2.Client(trust_env=False) as client:
        issued = client.post(f"{below}/issue", json={"credential": credential()})
        held = issued.json()["verifiableCredential"]
        assert [each["statusPurpose"] for each in held["credentialStatus"]] == [
            "revocation",
            "suspension",
        ]

        def verified() -> int:
            body = {"verifiableCredential": held}
            return client.post(f"{running}/credentials/verify", json=body).status_code

        def update(purpose: str, *, status: bool) -> int:
            entry = {"type": "BitstringStatusListEntry", "statusPurpose": purpose}
            body = {"credentialId": held["id"], "credentialStatus": entry, "status": status}
            return client.post(f"{below}/status", json=body).status_code

        assert verified() == 200
        assert update("revocation", status=True) == 200
        assert verified() == 400
        assert update("revocation", status=False) == 200
        assert verified() == 200
        assert update("message", status=True) == 404


def test_nobody_reaches_it_from_another_machine(running: str) -> None:
    port = int(running.rpartition(":")[2])
    addresses = {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None)}
    for address in addresses:
        if isinstance(address, str) and not address.startswith(("127.", "::1", "fe80")):
            with pytest.raises(OSError), socket.create_connection((address, port), timeout=2):  # noqa: PT011
                pass
