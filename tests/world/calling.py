"""A program that calls the issuer's API, from the first account to the signed credential."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from world.issuing import WORK, achievement_draft, assessment_draft

from issuer.accounts.actions import OPERATOR, create_api_key
from issuer.accounts.queries import account_named
from issuer.accounts.scopes import Scope
from issuer.app import create_app
from issuer.first_run import prepare
from issuer.settings import IssuerSettings

AI_USE: Final = {"aiUse": "assisted", "tools": ["an assistant"], "holderDid": "The design."}


@dataclass
class Api:
    """One running issuer, and a key for everything."""

    app: FastAPI
    client: TestClient
    key: str

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        sent = {"Authorization": f"Bearer {key or self.key}", **(headers or {})}
        return self.client.request(method, path, json=body, headers=sent)

    def post(self, path: str, body: object = None, **headers: str) -> Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("POST", f"/api/v1{path}", body, headers=sent)

    def put(self, path: str, body: object) -> Response:
        return self.send("PUT", f"/api/v1{path}", body)

    def get(self, path: str) -> Response:
        return self.send("GET", f"/api/v1{path}")

    def key_with(self, *scopes: Scope) -> str:
        """Another key of the operator, with these scopes only."""
        desk = self.app.state.issuer
        with desk.database.write() as session:
            operator = account_named(session, desk.seal.organisation_id, OPERATOR)
            assert operator is not None
            return create_api_key(
                session, operator, label="a test's", scopes=scopes, now=datetime.now(UTC)
            )

    def operator(self) -> str:
        """The account whose keys `key_with` makes."""
        desk = self.app.state.issuer
        with desk.database.read() as session:
            found = account_named(session, desk.seal.organisation_id, OPERATOR)
            assert found is not None
            return found.id

    def person(self, name: str) -> str:
        made = self.post("/accounts", {"name": name, "identities": [f"email:{name}@x.example"]})
        return str(made.json()["id"])

    def submission(self, **over: object) -> str:
        """A submission with one file, handed in."""
        self.post("/achievements", achievement_draft().model_dump(mode="json", by_alias=True))
        made = self.post(
            "/submissions",
            {
                "holderId": self.person("wren"),
                "achievement": "reliable-import",
                "version": "1",
                "identities": ["profile:https://freelance.example/~wren"],
                "aiUse": AI_USE,
            }
            | over,
        )
        assert made.status_code == 201, made.text
        found = str(made.json()["id"])
        uploaded = self.upload(found)
        assert uploaded.status_code == 201, uploaded.text
        assert self.post(f"/submissions/{found}/submission").status_code == 200
        return found

    def upload(self, submission: str, data: bytes = WORK) -> Response:
        return self.client.post(
            f"/api/v1/submissions/{submission}/artifacts/file",
            params={"name": "The importer", "narrative": "As assessed."},
            content=data,
            headers={
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/octet-stream",
            },
        )

    def assess(self, submission: str, levels: dict[str, str] | None = None, **over: object) -> str:
        """Two assessments where `levels` may sit at the border; concluded. Gives the state."""
        for name in ("okafor", "lindqvist"):
            assessor = self.person(name)
            self.post(f"/submissions/{submission}/assessments", {"assessorId": assessor})
            kept = self.put(
                f"/submissions/{submission}/assessments/{assessor}",
                assessment_draft(levels, **over).model_dump(mode="json", by_alias=True),
            )
            assert kept.status_code == 200, kept.text
        return str(self.post(f"/submissions/{submission}/conclusion").json()["state"])

    def ready(self) -> str:
        """A submission that the gate lets through."""
        found = self.submission()
        assert self.assess(found) == "passed"
        assert self.post(f"/submissions/{found}/confirmation").status_code == 200
        return found

    def issued(self) -> dict[str, Any]:
        answer = self.post(f"/submissions/{self.ready()}/credential")
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found


@contextmanager
def running_issuer(folder: Path) -> Iterator[Api]:
    """An issuer on SQLite in an empty folder."""
    settings = IssuerSettings(data_dir=folder / "var", development=True, issuer_holds=True)
    first = prepare(settings, datetime.now(UTC))
    assert first.api_key is not None
    app = create_app(settings)
    with TestClient(app, base_url=settings.issuer_url) as client:
        yield Api(app, client, first.api_key)
