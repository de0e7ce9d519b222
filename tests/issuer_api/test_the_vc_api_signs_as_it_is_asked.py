"""VC API 0.3, Issue Credential: each way of securing, with each kind of key that it fits."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from world.calling import Api, running_issuer
from world.processor import SECOND

from issuer.app import create_app
from issuer.desk import keys_folder
from keys import did_jwk, did_key
from keys.controller import ControllerDocument, Relationship
from keys.memory import MemorySigner, generate
from keys.public_key import KeyType
from keys.stores.file import FileKeyStore
from keys.stores.passphrase import find_passphrase
from proofs.jose.open_badges_jwt import BadgeToken
from proofs.jose.sd_jwt_vc import SdJwtCredential
from proofs.jose.vc_jwt import Token
from proofs.suites import SUITES
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import OB_V3, VC_V2
from schemas.document import Document, write
from service.clock import utc_now

MADE = [
    (name, kind)
    for name, suite in SUITES.items()
    if not suite.deprecated
    for kind in sorted(suite.key_types)
]


def credential(**over: object) -> dict[str, Any]:
    return {
        "@context": [VC_V2],
        "type": ["VerifiableCredential"],
        "name": "A credential of somebody else's system",
        "issuer": "did:web:localhost%3A8000",
        "credentialSubject": {"id": "did:web:holder.example"},
    } | over


def issue(api: Api, document: dict[str, Any], **options: object) -> Any:  # noqa: ANN401 - a response
    return api.send("POST", "/credentials/issue", {"credential": document, "options": options})


@pytest.fixture
def signer(api: Api, request: pytest.FixtureRequest) -> Iterator[MemorySigner]:
    """The issuer signs with a key of another kind."""
    desk = api.app.state.issuer
    other = MemorySigner(desk.seal.signer.verification_method, generate(request.param))
    api.app.state.issuer = replace(desk, seal=replace(desk.seal, signer=other))
    yield other
    api.app.state.issuer = desk


@pytest.mark.parametrize(("name", "signer"), MADE, indirect=["signer"])
def test_every_suite_that_the_key_fits_is_offered(
    api: Api, name: str, signer: MemorySigner
) -> None:
    answer = issue(api, credential(), type="DataIntegrityProof", cryptosuite=name)
    assert answer.status_code == 201, answer.text
    made = answer.json()["verifiableCredential"]
    assert made["proof"]["cryptosuite"] == name
    if SUITES[name].discloses:
        options = {"selectivePointers": ["/name", "/issuer"]}
        body = {"verifiableCredential": made, "options": options}
        answer = api.client.post("/credentials/derive", json=body)
        assert answer.status_code == 201, answer.text
        made = answer.json()["verifiableCredential"]
        assert "credentialSubject" not in made
    document = Document.read(write(made))
    (proof,) = read_proofs(document)
    verify_proof(document, proof, signer.public_key)


@pytest.mark.parametrize("signer", [KeyType.P384], indirect=True)
def test_a_suite_that_the_key_does_not_fit_is_refused_with_those_that_do(
    api: Api, signer: MemorySigner
) -> None:
    del signer
    answer = issue(api, credential(), cryptosuite="eddsa-rdfc-2022")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/options/cryptosuite"
    assert "ecdsa-rdfc-2019, ecdsa-jcs-2019" in answer.json()["detail"]
    assert issue(api, credential()).json()["verifiableCredential"]["proof"]["cryptosuite"] == (
        "ecdsa-rdfc-2019"
    )


@pytest.mark.parametrize("signer", [KeyType.ED25519, KeyType.P256, KeyType.P384], indirect=True)
@pytest.mark.parametrize("kind", ["vc+jwt", "application/vc+jwt"])
def test_a_vc_jwt_comes_in_an_envelope(api: Api, signer: MemorySigner, kind: str) -> None:
    made = issue(api, credential(), type=kind).json()["verifiableCredential"]
    assert made["type"] == "EnvelopedVerifiableCredential"
    token = Token.read(made["id"].removeprefix("data:application/vc+jwt,"))
    token.jws.verify(signer.public_key)
    assert token.document.view == credential()


def test_an_sd_jwt_lets_its_holder_hide_all_but_what_is_mandatory(api: Api) -> None:
    document = credential(credentialSubject={"id": "did:example:h", "a": "1", "b": "2"})
    document["@context"].append({"a": "https://a.example/a", "b": "https://a.example/b"})
    answer = issue(api, document, type="vc+sd-jwt", mandatoryPointers=["/credentialSubject/a"])
    text = answer.json()["verifiableCredential"]["id"].removeprefix("data:application/vc+sd-jwt,")
    nothing_more = text.partition("~")[0] + "~"
    shown = SdJwtCredential.read(nothing_more).document.view["credentialSubject"]
    assert shown == {"id": "did:example:h", "a": "1"}


@pytest.mark.parametrize("signer", [KeyType.P256], indirect=True)
def test_a_token_of_open_badges_is_for_keys_that_it_knows(api: Api, signer: MemorySigner) -> None:
    document = credential(id="urn:uuid:5b4f9dbb", validFrom="2026-03-03T12:00:00Z")
    made = issue(api, document, type="JWT").json()["verifiableCredential"]
    BadgeToken.read(made).jws.verify(signer.public_key)


def test_a_token_of_open_badges_is_not_offered_for_an_ed25519_key(api: Api) -> None:
    answer = issue(api, credential(), type="JWT")
    assert answer.status_code == 422
    assert "DataIntegrityProof, vc+jwt, vc+sd-jwt" in answer.json()["detail"]


def test_the_end_of_the_proof_is_that_of_the_options(api: Api) -> None:
    end = (utc_now() + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = issue(api, credential(), expires=end).json()["verifiableCredential"]
    assert made["proof"]["expires"] == end
    assert "validUntil" not in made


def test_mandatory_pointers_are_kept_in_every_derivation(api: Api) -> None:
    desk = api.app.state.issuer
    method = desk.seal.signer.verification_method
    seal = replace(desk.seal, signer=MemorySigner(method, generate(KeyType.P256)))
    api.app.state.issuer = replace(desk, seal=seal)
    options = {"cryptosuite": "ecdsa-sd-2023", "mandatoryPointers": ["/issuer"]}
    made = issue(api, credential(), **options).json()["verifiableCredential"]
    body = {"verifiableCredential": made, "options": {"selectivePointers": ["/name"]}}
    shown = api.client.post("/credentials/derive", json=body).json()["verifiableCredential"]
    assert shown["issuer"] == made["issuer"]
    assert "credentialSubject" not in shown


WRONG: dict[str, dict[str, object]] = {
    "/options/type": {"type": "Ed25519Signature2020"},
    "/options/cryptosuite": {"cryptosuite": "bbs-2023"},
    "/options/proofPurpose": {"proofPurpose": "authentication"},
    "/options/expires": {"expires": "2020-01-01T00:00:00Z"},
    "/options/credentialId": {"credentialId": "urn:uuid:another"},
}


@pytest.mark.parametrize(("pointer", "options"), WRONG.items(), ids=WRONG)
def test_what_is_not_offered_is_refused_by_name(
    api: Api, pointer: str, options: dict[str, object]
) -> None:
    answer = issue(api, credential(id="urn:uuid:one"), **options)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


def test_a_key_of_another_kind_in_the_folder_is_published_and_used(tmp_path: Path) -> None:
    with running_issuer(tmp_path) as api:
        assert issue(api, credential(), cryptosuite="ecdsa-sd-2023").status_code == 422
        desk = api.app.state.issuer
        passphrase = find_passphrase(keys_folder(desk.settings), None, development=True)
        store = FileKeyStore.at(keys_folder(desk.settings))
        for kind in ("P-256", "P-384"):
            store.create(kind.lower(), KeyType(kind), passphrase.text)
    app = create_app(desk.settings)
    with TestClient(app, base_url=desk.settings.issuer_url) as client:
        api = replace(api, app=app, client=client)
        did = Document.read(client.get("/.well-known/did.json").content).view
        published = ControllerDocument.read(did, str(did["id"]))
        for name in ("eddsa-jcs-2022", "ecdsa-sd-2023", "ecdsa-rdfc-2019"):
            made = issue(api, credential(), cryptosuite=name).json()["verifiableCredential"]
            method = made["proof"]["verificationMethod"]
            assert published.key_named(method, Relationship.ASSERTION).public_key.type in (
                SUITES[name].key_types
            )
        made = issue(api, credential()).json()["verifiableCredential"]
        assert made["proof"]["cryptosuite"] == "eddsa-rdfc-2022"


def test_an_id_is_given_where_there_is_none(api: Api) -> None:
    answer = issue(api, credential(), credentialId="urn:uuid:one")
    assert answer.json()["verifiableCredential"]["id"] == "urn:uuid:one"


def test_our_name_replaces_that_of_our_key_and_no_other(api: Api) -> None:
    key = api.app.state.issuer.seal.signer.public_key
    for own in (did_key.did_for(key), did_jwk.did_for(key)):
        for given in (own, {"id": own, "name": "A guild"}):
            made = issue(api, credential(issuer=given)).json()["verifiableCredential"]
            named = made["issuer"]
            assert (named if isinstance(named, str) else named["id"]) == "did:web:localhost%3A8000"
    other = did_key.did_for(MemorySigner("", generate(KeyType.ED25519)).public_key)
    assert issue(api, credential(issuer=other)).status_code == 422


BROKEN: dict[str, dict[str, Any]] = {
    "no type": {"type": []},
    "a context that is not first": {"@context": ["https://a.example/c", VC_V2]},
    "an empty subject": {"credentialSubject": {}},
    "an issuer that is a list": {"issuer": ["did:web:localhost%3A8000"]},
    "an issuer that is no address": {"issuer": {"name": "Nobody"}},
    "an id that is no address": {"id": "not an address"},
    "a date without a time": {"validFrom": "2026-03-03"},
    "an end before the beginning": {
        "validFrom": "2026-03-03T12:00:00Z",
        "validUntil": "2026-03-02T12:00:00Z",
    },
    "a status without a type": {"credentialStatus": {"id": "https://a.example/1"}},
    "a schema without an id": {"credentialSchema": {"type": "JsonSchema"}},
}


@pytest.mark.parametrize("over", BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_of_the_data_model_is_a_bad_request(api: Api, over: dict[str, Any]) -> None:
    answer = issue(api, credential(**over))
    assert answer.status_code == 400, answer.text
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "body", [{}, {"credential": "text"}, {"credential": {}, "options": 7}, [], {"options": {}}]
)
def test_a_body_that_is_no_request_is_a_bad_request(api: Api, body: object) -> None:
    headers = {"Authorization": f"Bearer {api.key}"}
    answer = api.client.post("/credentials/issue", json=body, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 400),
        ({"proof": {"cryptosuite": "eddsa-rdfc-2022"}}, 422),
        ({"proof": {"type": "DataIntegrityProof", "cryptosuite": "ecdsa-sd-2023"}}, 400),
        ({"proof": [1, None]}, 422),
        ({"proof": 7}, 400),
    ],
)
def test_what_has_nothing_to_choose_from_is_not_derived(
    api: Api, given: dict[str, Any], status: int
) -> None:
    body = {"verifiableCredential": given, "options": {"selectivePointers": ["/issuer"]}}
    answer = api.client.post("/credentials/derive", content=json.dumps(body))
    assert answer.status_code in {400, 422}, (status, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("signer", [KeyType.P256], indirect=True)
def test_a_credential_with_very_many_members_can_be_disclosed_in_parts(
    api: Api, signer: MemorySigner
) -> None:
    del signer
    words = {f"t{n}": f"https://words.example/{n}" for n in range(520)}
    document = credential(**{"@context": [VC_V2, words]}, **dict.fromkeys(words, "x"))
    answer = issue(api, document, cryptosuite="ecdsa-sd-2023")
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("signer", [KeyType.P256], indirect=True)
def test_one_that_takes_too_long_to_be_disclosed_in_parts_is_refused_unread(
    api: Api, signer: MemorySigner
) -> None:
    del signer
    evidence = [{"type": "Evidence", "name": f"n{n}"} for n in range(600)]
    document = credential(**{"@context": [VC_V2, OB_V3, {"x": "urn:x:x"}]}, evidence=evidence)
    begun = time.process_time()
    answer = issue(api, document, cryptosuite="ecdsa-sd-2023")
    assert time.process_time() - begun < SECOND
    assert answer.status_code == 422
    assert "at most 5000 are canonicalized" in answer.json()["detail"]
