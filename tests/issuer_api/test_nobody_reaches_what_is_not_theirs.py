import io
from contextlib import redirect_stderr
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from sqlmodel import select
from world.calling import Api

from issuer.accounts.actions import create_api_key, open_account
from issuer.accounts.scopes import Scope
from issuer.accounts.tables import ApiKey
from issuer.errors import AddressChanged
from issuer.issuance.tables import Credential
from issuer.organisations.actions import establish
from issuer.organisations.tables import Organisation
from schemas.codes import new_code

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_a_private_credential_looks_like_one_that_does_not_exist(api: Api) -> None:
    issued = api.issued()
    desk = api.app.state.issuer
    with desk.database.write() as session:
        session.exec(select(Credential)).one().public = False
    path = urlsplit(issued["url"]).path
    absent = f"/c/{new_code(lambda below: below // 2)}"
    for rest in ("", ".json", "/qr.svg", "/qr.png"):
        for accept in ("text/html", "application/vc", "*/*"):
            private, none = (
                api.client.get(f"{each}{rest}", headers={"Accept": accept})
                for each in (path, absent)
            )
            assert (private.status_code, private.content) == (404, none.content)
            assert issued["code"] not in private.text


def test_a_private_credential_is_shown_to_the_issuers_own_keys_only(api: Api) -> None:
    code = api.issued()["code"]
    desk = api.app.state.issuer
    with desk.database.write() as session:
        session.exec(select(Credential)).one().public = False
    assert api.get(f"/credentials/{code}").status_code == 200
    assert api.client.get(f"/api/v1/credentials/{code}").status_code == 401
    assert api.send("GET", f"/api/v1/credentials/{code}", key="skm_wrong").status_code == 401
    only = api.key_with(Scope.ASSESS)
    assert api.send("GET", f"/api/v1/credentials/{code}", key=only).status_code == 403


def test_an_installation_is_of_one_organisation(api: Api) -> None:
    desk = api.app.state.issuer
    with pytest.raises(AddressChanged), desk.database.write() as session:
        establish(
            session, did="did:web:other.example", name="Other", url="https://other.example", now=NOW
        )


@pytest.mark.parametrize("scope", list(Scope))
def test_a_key_of_an_organisation_that_is_not_ours_opens_nothing(api: Api, scope: Scope) -> None:
    issued = api.issued()
    desk = api.app.state.issuer
    with desk.database.write() as session:
        other = Organisation(
            did="did:web:other.example", name="Other", url="https://other.example", created_at=NOW
        )
        session.add(other)
        session.flush()
        stranger = open_account(session, other.id, name="Stranger", identities=(), now=NOW)
        key = create_api_key(session, stranger, label="theirs", scopes=[scope], now=NOW)
        assert session.exec(select(ApiKey).where(ApiKey.organisation_id == other.id)).one()
    code, reason = issued["code"], {"reason": "It is not theirs."}
    for method, path, body in (
        ("GET", f"/api/v1/credentials/{code}", None),
        ("POST", f"/api/v1/credentials/{code}/revocation", reason),
        ("POST", f"/api/v1/credentials/{code}/suspension", reason),
        ("DELETE", f"/api/v1/credentials/{code}/suspension", None),
        ("POST", "/api/v1/accounts", {"name": "Somebody"}),
    ):
        assert api.send(method, path, body, key=key).status_code == 401
    assert api.get(f"/credentials/{code}").json()["state"] == "in_force"


def test_no_key_stands_in_the_log(api: Api) -> None:
    with redirect_stderr(io.StringIO()) as written:
        api.get("/credentials")
        api.send("GET", "/api/v1/credentials", key="skm_wrong")
    assert "skm_" not in written.getvalue()
