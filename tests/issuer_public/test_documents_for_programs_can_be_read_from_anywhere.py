import pytest
from fastapi.testclient import TestClient
from world.credentials import CRITERIA, ISSUER_DID, RUBRIC

ACHIEVEMENT = "/achievements/reliable-data-import/2"

TYPES = {
    "/.well-known/did.json": "application/did+json",
    "/status/1": "application/vc",
    "/schemas/skillmark-credential-1.json": "application/schema+json",
    f"{ACHIEVEMENT}/rubric.json": "application/json",
    f"{ACHIEVEMENT}/criteria.md": "text/markdown; charset=utf-8",
    "/": "text/html; charset=utf-8",
}


@pytest.mark.parametrize(("path", "media_type"), TYPES.items())
def test_each_has_its_type_its_tag_and_open_doors(
    client: TestClient, path: str, media_type: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["access-control-allow-origin"] == "*"
    tag = answer.headers["etag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304


def test_the_status_list_is_kept_for_seconds_only(client: TestClient) -> None:
    assert client.get("/status/1").headers["cache-control"] == (
        "public, max-age=30, must-revalidate"
    )


def test_the_did_document_names_the_issuer(client: TestClient) -> None:
    assert client.get("/.well-known/did.json").json()["id"] == ISSUER_DID


def test_bound_documents_are_byte_for_byte_and_never_change(client: TestClient) -> None:
    rubric, criteria = (client.get(f"{ACHIEVEMENT}/{n}") for n in ("rubric.json", "criteria.md"))
    assert (rubric.content, criteria.content) == (RUBRIC, CRITERIA)
    assert "immutable" in rubric.headers["cache-control"]


def test_an_achievement_is_a_page_or_a_document(client: TestClient) -> None:
    page = client.get(ACHIEVEMENT, headers={"accept": "text/html"})
    assert "Handles wrong input" in page.text
    assert client.get(ACHIEVEMENT, headers={"accept": "application/json"}).json()["version"] == "2"


@pytest.mark.parametrize(
    "path", ["/status/2", "/achievements/x/1", "/achievements/x/1/rubric.json"]
)
def test_what_is_not_there_is_a_problem(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
