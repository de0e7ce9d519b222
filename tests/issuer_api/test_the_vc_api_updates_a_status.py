"""VC API 0.3, Update Status."""

from typing import Any

import pytest
from sqlmodel import select
from world.calling import Api
from world.status_entries import status_entries

from issuer.accounts.scopes import Scope
from issuer.tables import SuspensionPlace
from proofs.status import read_status_list
from schemas.document import Document

ENTRY = {"type": "BitstringStatusListEntry"}


def update(
    api: Api,
    credential_id: str,
    purpose: str,
    *,
    status: object,
    key: str | None = None,
    **entry: object,
) -> Any:  # noqa: ANN401 - a response
    body = {
        "credentialId": credential_id,
        "credentialStatus": {**ENTRY, "statusPurpose": purpose, **entry},
        "status": status,
    }
    return api.send("POST", "/credentials/status", body, key=key)


def bits(api: Api, url: str) -> dict[str, bool]:
    """Purpose → what the published list says."""
    return {
        purpose: read_status_list(
            Document.read(api.client.get(entry.list_url).content).view, entry
        ).is_set(entry.index)
        for purpose, entry in status_entries(api.client.get(f"{url}.json").content).items()
    }


def test_a_status_is_set_and_cleared_by_id_or_code(api: Api) -> None:
    issued = api.issued()
    url, code = issued["url"], issued["code"]
    assert bits(api, url) == {"revocation": False, "suspension": False}
    for name in (url, code, code.lower().replace("-", "")):
        assert update(api, name, "suspension", status=True).status_code == 200
        assert bits(api, url) == {"revocation": False, "suspension": True}
        assert update(api, name, "suspension", status=False).status_code == 200
        assert bits(api, url) == {"revocation": False, "suspension": False}


def test_setting_what_is_set_and_clearing_what_is_clear_changes_nothing(api: Api) -> None:
    url = api.issued()["url"]
    for purpose in ("revocation", "suspension"):
        assert update(api, url, purpose, status=False).status_code == 200
        assert not any(bits(api, url).values())
    for _ in range(2):
        assert update(api, url, "revocation", status=True).status_code == 200
        assert bits(api, url)["revocation"]


def test_withdrawal_is_for_good(api: Api) -> None:
    url = api.issued()["url"]
    assert update(api, url, "revocation", status=True).status_code == 200
    for purpose, status in (("revocation", False), ("suspension", True), ("suspension", False)):
        answer = update(api, url, purpose, status=status)
        assert answer.status_code == 409
        assert answer.headers["content-type"] == "application/problem+json"
    assert bits(api, url) == {"revocation": True, "suspension": False}


def test_the_whole_entry_may_be_sent_and_the_type_of_the_example_too(api: Api) -> None:
    issued = api.issued()
    view = Document.read(api.client.get(f"{issued['url']}.json").content).view
    (hold,) = (each for each in view["credentialStatus"] if each["statusPurpose"] == "suspension")
    body = {"credentialId": issued["url"], "credentialStatus": hold, "status": True}
    whole = api.send("POST", "/credentials/status", body | {"indexAllocator": "urn:x:1"})
    assert whole.status_code == 200
    short = update(api, issued["code"], "suspension", status=False, type="BitstringStatusList")
    assert short.status_code == 200


@pytest.mark.parametrize(
    "name", ["urn:uuid:0fc754bc-fc32-46a0-aec1-a5ef385e7ea0", "00000-00000-0", "", "x" * 100]
)
def test_what_is_not_ours_is_not_there(api: Api, name: str) -> None:
    answer = update(api, name, "revocation", status=True)
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:skillmark:problem:not-found"


def test_a_credential_at_another_host_is_not_ours_whatever_its_code(api: Api) -> None:
    code = api.issued()["code"]
    assert (
        update(api, f"https://other.example/c/{code}", "revocation", status=True).status_code == 404
    )


MALFORMED: dict[str, dict[str, Any]] = {
    "a purpose that we do not publish": {"purpose": "message"},
    "another kind of entry": {"type": "StatusList2021Entry"},
    "the place of somebody else": {"statusListIndex": "131071999"},
    "an index that is a number": {"statusListIndex": 7},
    "another list": {"statusListCredential": "https://other.example/status/1"},
    "another id": {"id": "https://other.example/status/1#7"},
    "a member that nobody knows": {"colour": "blue"},
    "a status that is a text": {"status": "true"},
    "a status that is a number": {"status": 1},
    "no status": {"status": None},
}


@pytest.mark.parametrize("over", MALFORMED.values(), ids=MALFORMED)
def test_what_is_malformed_is_a_400_that_names_the_place(api: Api, over: dict[str, Any]) -> None:
    url = api.issued()["url"]
    answer = update(api, url, **({"purpose": "revocation", "status": True} | over))
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"].startswith(("/credentialStatus/", "/status"))
    assert not any(bits(api, url).values())


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"status": true, "status": false}', b"\xff", b"null"]
)
def test_a_body_that_is_no_request_is_a_400(api: Api, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {api.key}", "Content-Type": "application/json"}
    answer = api.client.post("/credentials/status", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_member_written_twice_is_refused(api: Api) -> None:
    url = api.issued()["url"]
    body = (
        f'{{"credentialId": "{url}", "credentialStatus": {{"type": "BitstringStatusListEntry", '
        '"statusPurpose": "suspension", "statusPurpose": "revocation"}, "status": true}'
    )
    headers = {"Authorization": f"Bearer {api.key}", "Content-Type": "application/json"}
    answer = api.client.post("/credentials/status", content=body, headers=headers)
    assert answer.status_code == 400
    assert not any(bits(api, url).values())


def test_what_was_signed_without_such_an_entry_cannot_be_held(api: Api) -> None:
    url = api.issued()["url"]
    with api.app.state.issuer.database.write() as session:
        for place in session.exec(select(SuspensionPlace)):
            session.delete(place)
    assert update(api, url, "suspension", status=True).status_code == 409


@pytest.mark.parametrize("scope", [Scope.READ, Scope.ASSESS])
def test_a_key_that_may_not_write_updates_nothing(api: Api, scope: Scope) -> None:
    url = api.issued()["url"]
    assert update(api, url, "revocation", status=True, key=api.key_with(scope)).status_code == 403
    assert update(api, url, "revocation", status=True, key="skm_wrong").status_code == 401
    assert not any(bits(api, url).values())
