import pytest
from fastapi.testclient import TestClient
from world.credentials import ARTIFACT
from world.public_shelf import HOSTILE

from proofs.digests import Digest

PATH = f"/evidence/{Digest.of(ARTIFACT).multibase}"


def test_the_bytes_are_the_ones_that_were_assessed(client: TestClient) -> None:
    answer = client.get(PATH)
    assert answer.content == ARTIFACT
    assert answer.headers["content-length"] == str(len(ARTIFACT))
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_even_a_page_is_a_sandboxed_attachment(client: TestClient) -> None:
    answer = client.get(f"/evidence/{Digest.of(HOSTILE).multibase}")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_part_can_be_asked_for(client: TestClient) -> None:
    answer = client.get(PATH, headers={"range": "bytes=4-8"})
    assert (answer.status_code, answer.content) == (206, ARTIFACT[4:9])
    assert answer.headers["content-range"] == f"bytes 4-8/{len(ARTIFACT)}"


def test_a_part_of_another_version_is_the_whole(client: TestClient) -> None:
    answer = client.get(PATH, headers={"range": "bytes=4-8", "if-range": '"other"'})
    assert (answer.status_code, answer.content) == (200, ARTIFACT)


def test_a_part_that_is_not_there_is_refused(client: TestClient) -> None:
    answer = client.get(PATH, headers={"range": "bytes=9999-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(ARTIFACT)}"


def test_what_the_reader_has_is_not_sent_again(client: TestClient) -> None:
    tag = client.head(PATH).headers["etag"]
    assert client.get(PATH, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("name", [Digest.of(b"private").multibase, "x", "%2e%2e%2fissuer.db"])
def test_what_is_not_on_the_shelf_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/evidence/{name}").status_code == 404
