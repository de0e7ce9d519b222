import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from world.credentials import sample_credential
from world.patience import told_to_wait
from world.public_shelf import CODE, MemoryShelf

from issuer.public.lifetime import Standing
from schemas.codes import new_code
from schemas.document import write

JSON_FORMS = ("application/vc", "application/ld+json", "application/json")
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
ABSENT = new_code(lambda below: below // 3)


class Links(HTMLParser):
    """Every address that a page names, and what in it could run or send something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [v or "" for name, v in attrs if name in {"href", "src", "action"}]


@pytest.mark.parametrize(
    "media_type", ["application/vc", "application/ld+json", "application/json"]
)
def test_a_program_gets_the_exact_bytes(
    client: TestClient, on_shelf: MemoryShelf, media_type: str
) -> None:
    answer = client.get(f"/c/{CODE}", headers={"accept": media_type})
    assert answer.content == on_shelf.credentials[CODE].raw
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["vary"] == "Accept"


def test_the_document_has_an_address_of_its_own(client: TestClient, on_shelf: MemoryShelf) -> None:
    answer = client.get(f"/c/{CODE}.json", headers={"accept": BROWSER})
    assert answer.content == on_shelf.credentials[CODE].raw
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_person_gets_the_page(client: TestClient) -> None:
    answer = client.get(f"/c/{CODE}", headers={"accept": BROWSER})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["vary"] == "Accept"
    for said in ("M. Okafor", "In force", "Tables up to a million rows.", "Streaming sources."):
        assert said in answer.text


def test_no_form_that_we_have_is_said_so(client: TestClient) -> None:
    answer = client.get(f"/c/{CODE}", headers={"accept": "image/png"})
    assert answer.status_code == 406


@pytest.mark.parametrize("rest", ["", ".json", "/qr.svg?size=200", "/qr.png?size=200"])
@pytest.mark.parametrize("retype", [str.lower, lambda code: code.replace("-", "")])
def test_a_code_typed_another_way_leads_to_the_one_address(
    client: TestClient, rest: str, retype: Callable[[str], str]
) -> None:
    answer = client.get(f"/c/{retype(CODE)}{rest}")
    assert (answer.status_code, answer.headers["location"]) == (308, f"/c/{CODE}{rest}")


@pytest.mark.parametrize("accept", [BROWSER, "application/vc", "*/*"])
@pytest.mark.parametrize("rest", ["", ".json", "/qr.svg", "/qr.png"])
def test_absent_and_mistyped_codes_get_the_same_answer(
    client: TestClient, accept: str, rest: str
) -> None:
    answers = [
        client.get(f"/c/{code}{rest}", headers={"accept": accept})
        for code in (ABSENT, CODE[:-1] + ("0" if CODE[-1] != "0" else "1"), "what is this", "%00")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


def test_guessing_is_slow(client: TestClient) -> None:
    answers, _ = told_to_wait(
        lambda: client.get(f"/c/{ABSENT}", headers={"accept": "*/*"}), allowance=300
    )
    assert {answer.status_code for answer in answers} == {404}


def test_a_reader_that_has_the_page_gets_304_until_it_changes(
    client: TestClient, on_shelf: MemoryShelf
) -> None:
    headers = {"accept": BROWSER}
    headers["if-none-match"] = client.get(f"/c/{CODE}", headers=headers).headers["etag"]
    assert client.get(f"/c/{CODE}", headers=headers).status_code == 304
    on_shelf.stand(Standing("revoked", datetime(2026, 3, 3, tzinfo=UTC), "Plagiarism."))
    changed = client.get(f"/c/{CODE}", headers=headers)
    assert changed.status_code == 200
    assert "Withdrawn" in changed.text
    assert "Plagiarism." in changed.text


@pytest.mark.parametrize("path", [f"/c/{CODE}", f"/c/{CODE}.json", "/status/1", "/"])
def test_head_and_preflight_are_answered(client: TestClient, path: str) -> None:
    assert client.head(path).status_code == 200
    preflight = client.options(path)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"


def test_the_page_offers_no_contact_and_asks_nothing_of_others(client: TestClient) -> None:
    page = Links(client.get(f"/c/{CODE}", headers={"accept": BROWSER}).text)
    assert not page.elements & {"form", "script", "iframe", "object", "embed", "style", "base"}
    assert not {name for name in page.attributes if name.startswith("on") or name == "style"}
    known = (
        "/",
        "#",
        "https://issuer.example/",
        "https://verifier.example",
        "https://git.example/",
    )
    assert [url for url in page.addresses if not url.startswith(known)] == []


HOSTILE = {
    "markup": '"><script>alert(1)</script>',
    "a template": "{{ 7 * 7 }}{% raw %}",
    "an attribute": "' onmouseover='alert(1)",
    "an entity": "&lt;img src=x onerror=alert(1)&gt;",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_strangers_wrote_stays_text(
    client: TestClient, on_shelf: MemoryShelf, text: str
) -> None:
    credential = sample_credential(issuer={"name": text}, evidence=[{"id": text, "name": text}])
    subject = credential["credentialSubject"]
    subject["source"]["name"] = text
    for member in ("name", "description"):
        subject["achievement"][member] = text
    kept = on_shelf.credentials[CODE]
    on_shelf.credentials[CODE] = replace(kept, raw=write(credential))
    page = client.get(f"/c/{CODE}", headers={"accept": BROWSER}).text
    links = Links(page)
    assert not links.elements & {"script", "img-x"}
    assert not {name for name in links.attributes if name.startswith("on")}
    assert "49" not in re.findall(r"<h1>.*?</h1>", page, re.DOTALL)[0]
