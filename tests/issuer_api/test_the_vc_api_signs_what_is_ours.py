import json
from typing import Any

import pytest
from world.calling import Api

from issuer.accounts.scopes import Scope
from keys.controller import ControllerDocument, Relationship
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import OB_V3, VC_V2
from schemas.document import Document, write

FULL_BADGE = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential"
FULL_STATUS_LIST = "https://www.w3.org/ns/credentials/status#BitstringStatusListCredential"


def credential(**over: object) -> dict[str, Any]:
    return {
        "@context": [VC_V2],
        "type": ["VerifiableCredential"],
        "issuer": "did:web:localhost%3A8000",
        "validFrom": "2026-03-03T12:00:00Z",
        "credentialSubject": {"id": "did:web:holder.example"},
    } | over


def issue(api: Api, document: dict[str, Any]) -> Any:  # noqa: ANN401 - a response
    return api.send("POST", "/credentials/issue", {"credential": document, "options": {}})


def test_a_credential_of_ours_is_signed_and_verifies(api: Api) -> None:
    answer = issue(api, credential())
    assert answer.status_code == 201
    document = Document.read(write(answer.json()["verifiableCredential"]))
    did = Document.read(api.client.get("/.well-known/did.json").content).view
    (proof,) = read_proofs(document)
    method = ControllerDocument.read(did, str(did["id"])).key_for(
        proof.verification_method, Relationship.ASSERTION
    )
    verify_proof(document, proof, method.public_key)


def test_our_name_is_filled_in_where_there_is_none(api: Api) -> None:
    document = credential()
    del document["issuer"]
    signed = issue(api, document).json()["verifiableCredential"]
    assert signed["issuer"] == "did:web:localhost%3A8000"


REFUSED = {
    "another issuer": {"issuer": "did:web:somebody.example"},
    "no subject": {"credentialSubject": {}},
    "signed already": {"proof": {}},
    "no credential": {"type": ["Thing"]},
    "another data model": {"@context": ["https://www.w3.org/2018/credentials/v1"]},
    "an achievement without an assessment": {
        "type": ["VerifiableCredential", "OpenBadgeCredential"]
    },
    "an achievement under its other name": {
        "type": ["VerifiableCredential", "AchievementCredential"]
    },
    "a status list": {"type": ["VerifiableCredential", "BitstringStatusListCredential"]},
    "a status list of the older kind": {
        "@context": [VC_V2, "https://w3id.org/vc/status-list/2021/v1"],
        "type": ["VerifiableCredential", "StatusList2021Credential"],
    },
    "a status list by its full name": {"type": ["VerifiableCredential", FULL_STATUS_LIST]},
    "an achievement by its full name": {"type": ["VerifiableCredential", FULL_BADGE]},
    "an achievement by a name of the caller's own": {
        "@context": [VC_V2, {"Harmless": FULL_BADGE}],
        "type": ["VerifiableCredential", "Harmless"],
    },
    "a subject that has an achievement": {
        "@context": [VC_V2, OB_V3],
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://guild.example/a/1",
                "type": ["Achievement"],
                "name": "Welder",
                "description": "Welds.",
                "criteria": {"narrative": "Did weld."},
            },
        },
    },
    "an address of our own": {"id": "http://localhost:8000/c/00000-00000-0"},
    "an address of our own, shouted": {"id": "HTTP://LOCALHOST:8000/c/00000-00000-0"},
    "an address of our own, over another scheme": {"id": "https://localhost:8000/c/0"},
    "an address of our own, with a dot more": {"id": "http://localhost.:8000/c/0"},
    "an address of our own, with a user in it": {"id": "http://me@localhost:8000/c/0"},
    "an address of our own, by a name of the caller's own": {
        "@context": [VC_V2, {"address": "@id"}],
        "address": "http://localhost:8000/c/00000-00000-0",
    },
    "a context that nobody here knows": {
        "@context": [VC_V2, "https://elsewhere.example/context"],
    },
    "a beginning that is no time": {"validFrom": "yesterday"},
    "an undefined term": {"mood": "good"},
    "a null": {"name": None},
}


def test_the_address_in_the_options_is_no_way_around(api: Api) -> None:
    options = {"credentialId": "http://localhost:8000/c/00000-00000-0"}
    sent = {"credential": credential(), "options": options}
    answer = api.send("POST", "/credentials/issue", sent)
    assert answer.status_code == 422
    assert "/credential/id" in answer.text


@pytest.mark.parametrize("over", REFUSED.values(), ids=REFUSED)
def test_what_we_would_not_stand_behind_is_refused_with_the_reason(
    api: Api, over: dict[str, Any]
) -> None:
    answer = issue(api, credential(**over))
    assert answer.status_code in {400, 422}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_member_written_twice_is_refused(api: Api) -> None:
    text = json.dumps({"credential": credential()}).replace('"type"', '"type": [], "type"', 1)
    answer = api.client.post(
        "/credentials/issue",
        content=text,
        headers={"Authorization": f"Bearer {api.key}", "Content-Type": "application/json"},
    )
    assert answer.status_code == 400


def test_a_key_that_only_reads_signs_nothing(api: Api) -> None:
    answer = api.send(
        "POST", "/credentials/issue", {"credential": credential()}, key=api.key_with(Scope.READ)
    )
    assert answer.status_code == 403
