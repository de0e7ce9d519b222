from urllib.parse import urlsplit

import pytest
from world.calling import Api
from world.issuing import WORK
from world.status_entries import status_entries

from keys.controller import ControllerDocument, Relationship
from proofs.digests import Digest
from proofs.status import read_status_list
from proofs.verify import read_proofs, verify_proof
from schemas.document import Document


def read(api: Api, path: str) -> Document:
    answer = api.client.get(path, headers={"Accept": "application/vc"})
    assert answer.status_code == 200, answer.text
    return Document.read(answer.content)


def verify(api: Api, document: Document) -> None:
    did = Document.read(api.client.get("/.well-known/did.json").content).view
    controller = ControllerDocument.read(did, str(did["id"]))
    for proof in read_proofs(document):
        method = controller.key_for(proof.verification_method, Relationship.ASSERTION)
        verify_proof(document, proof, method.public_key)


def test_what_comes_out_verifies_and_points_at_what_went_in(api: Api) -> None:
    document = read(api, urlsplit(api.issued()["url"]).path)
    verify(api, document)
    digests = [item.get("digestMultibase") for item in document.view["evidence"]]
    assert Digest.of(WORK).multibase in digests
    for digest in filter(None, digests):
        assert Digest.parse(digest).matches(api.client.get(f"/evidence/{digest}").content)


def test_the_preview_says_what_will_be_signed_but_for_its_place(api: Api) -> None:
    submission = api.ready()
    shown = api.get(f"/submissions/{submission}/preview").json()
    url = api.post(f"/submissions/{submission}/credential").json()["url"]
    signed = dict(read(api, urlsplit(url).path).view)
    volatile = {"id", "credentialStatus", "proof", "validFrom", "validUntil", "awardedDate"}
    assert {k: v for k, v in signed.items() if k not in volatile} == {
        k: v for k, v in shown.items() if k not in volatile
    }


def test_nothing_is_shown_before_it_was_passed(api: Api) -> None:
    assert api.get(f"/submissions/{api.submission()}/preview").status_code == 409


def test_a_credential_is_withdrawn_at_once_with_its_reason(api: Api) -> None:
    issued = api.issued()
    path = urlsplit(issued["url"]).path
    entry = status_entries(read(api, path).raw)["revocation"]
    before = read(api, urlsplit(entry.list_url).path)
    assert not read_status_list(before.view, entry).is_set(entry.index)

    answer = api.post(
        f"/credentials/{issued['code'].lower()}/revocation", {"reason": "The wrong person."}
    )
    assert answer.status_code == 204

    after = read(api, urlsplit(entry.list_url).path)
    verify(api, after)
    assert read_status_list(after.view, entry).is_set(entry.index)
    record = api.get(f"/credentials/{issued['code']}").json()
    assert (record["state"], record["reason"]) == ("revoked", "The wrong person.")
    assert "The wrong person." in api.client.get(path, headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("reason", ["", "short", "x" * 401])
def test_a_withdrawal_needs_a_reason_and_the_problem_names_the_field(api: Api, reason: str) -> None:
    issued = api.issued()
    answer = api.post(f"/credentials/{issued['code']}/revocation", {"reason": reason})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/reason"
    assert api.get(f"/credentials/{issued['code']}").json()["state"] == "in_force"
