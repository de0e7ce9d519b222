import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from world.reports import renamed, report

from service.pages import static_folders
from service.settings import CommonSettings
from service.web import build_app
from verifier.errors import NotReadHere
from verifier.facts import EvidenceMode
from verifier.pages import router, verification
from verifier.report import Report
from verifier.verdict import Check, Outcome

URL = "https://issuer.example/c/4Q8RT-M2XZ9-7"
DOCUMENT = '{"id": "x"}'


class Elements(HTMLParser):
    """What in a page could run, send or load something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.all if tag in names]


class Pipeline:
    """Stands where the verifier's pipeline stands, and notes what it was asked."""

    def __init__(self, answer: Report) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, given: str, *, evidence: EvidenceMode) -> Report:
        self.asked.append((given, evidence))
        return self.answer


Visit = Callable[..., TestClient]


def visit(pipeline: Pipeline, *, development: bool = False) -> TestClient:
    app = build_app(
        title="Verifier",
        description="Its pages.",
        settings=CommonSettings(development=development),
        public_url="https://verifier.example",
        routers=[router],
        problems={},
        static=static_folders("verifier"),
    )
    app.dependency_overrides[verification] = lambda: pipeline
    return TestClient(app, base_url="https://verifier.example", follow_redirects=False)


def test_the_front_page_has_one_field_and_asks_nobody() -> None:
    pipeline = Pipeline(report())
    answer = visit(pipeline).get("/")
    page = Elements(answer.text)
    assert "Paste a credential link or code" in answer.text
    assert [field["name"] for field in page.named("input", "textarea", "select")] == ["input"]
    assert page.named("script") == []
    assert pipeline.asked == []


@pytest.mark.parametrize("path", ["/", f"/?credential={URL}"])
def test_no_page_is_kept_by_anybody(path: str) -> None:
    assert visit(Pipeline(report())).get(path).headers["cache-control"] == "no-store"


def test_an_address_gives_the_answer() -> None:
    pipeline = Pipeline(report(headline="The guild says so."))
    answer = visit(pipeline).get("/", params={"credential": f"  {URL} "})
    assert pipeline.asked == [(URL, "cached")]
    assert re.search(r"<h1[^>]*>Couldn|<h1[^>]*>Confirmed", answer.text)
    assert "The guild says so." in answer.text


def test_both_sentences_stand_in_every_result() -> None:
    for outcome in Outcome:
        judged = report(Check("status", outcome, "A sentence.", because="reason"))
        text = visit(Pipeline(judged)).get(f"/?credential={URL}").text
        assert "We did not judge the skill itself; the assessor named here did." in text
        assert "Neither the freelancer nor the issuer is told that you looked." in text


def test_a_pasted_link_moves_into_the_address() -> None:
    pipeline = Pipeline(report())
    answer = visit(pipeline).post("/", data={"input": URL})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/?credential=https%3A%2F%2F")
    assert pipeline.asked == []


def test_a_pasted_document_is_answered_at_once_and_stays_out_of_addresses() -> None:
    pipeline = Pipeline(report())
    answer = visit(pipeline).post("/", data={"input": DOCUMENT})
    assert answer.status_code == 200
    assert pipeline.asked == [(DOCUMENT, "cached")]
    assert "Link to this check" not in answer.text


def test_evidence_is_asked_for_with_the_same_input() -> None:
    pipeline = Pipeline(report())
    client = visit(pipeline)
    page = Elements(client.post("/", data={"input": DOCUMENT}).text)
    (form,) = [each for each in page.named("form") if each.get("id") == "evidence-wait"]
    assert (form["method"], form["action"], form["hx-post"]) == ("post", "/", "/")
    hidden = {f["name"]: f["value"] for f in page.named("input") if f.get("type") == "hidden"}
    assert hidden == {"input": DOCUMENT, "evidence": "wait"}
    assert "evidence-wait" not in client.post("/", data=hidden).text
    assert pipeline.asked[-1] == (DOCUMENT, "wait")


def test_nothing_pasted_is_said_beside_the_field() -> None:
    pipeline = Pipeline(report())
    answer = visit(pipeline).post("/", data={"input": "   "})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert pipeline.asked == []


class Refusing(Pipeline):
    """Finds nothing to judge."""

    async def __call__(self, given: str, *, evidence: EvidenceMode) -> Report:
        raise NotReadHere(f"{evidence}: paste the link of {len(given)} symbols.")


@pytest.mark.parametrize("given", ["<b>what is this", "{<b>what is this"])
def test_what_cannot_be_judged_comes_back_with_what_to_paste_instead(given: str) -> None:
    client = visit(Refusing(report()))
    for answer in (
        client.get("/", params={"credential": given}),
        client.post("/", data={"input": given, "evidence": "wait"}),
    ):
        assert answer.status_code == 422
        assert "paste the link of" in answer.text
        assert "&lt;b&gt;what is this" in answer.text
        assert "<b>" not in answer.text


def test_a_whole_document_fits_through_the_form() -> None:
    pipeline = Pipeline(report())
    large = '{"a": "' + "\u00fc" * 100_000 + '"}'
    answer = visit(pipeline).post("/", data={"input": large})
    assert answer.status_code == 200
    assert pipeline.asked == [(large, "cached")]


def test_development_mode_is_said_on_every_page() -> None:
    for path in ("/", f"/?credential={URL}"):
        assert "Development mode" in visit(Pipeline(report()), development=True).get(path).text
        assert "Development mode" not in visit(Pipeline(report())).get(path).text


HOSTILE = {
    "markup": '"><script src="https://evil.example/x.js"></script><img src=x>',
    "an attribute": "' onmouseover='alert(1)",
    "a template": "{{ 7 * 7 }}",
    "a script address": "javascript:alert(1)",
    "a remote picture": "https://evil.example/pixel.png",
    "htmx": '<div hx-get="https://evil.example/" hx-trigger="load"></div>',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_strangers_wrote_stays_text(text: str) -> None:
    page = Elements(visit(Pipeline(renamed(text))).post("/", data={"input": f"{{{text}"}).text)
    assert {str(script["src"]).split("?")[0] for script in page.named("script")} == {
        "/static/vendor/htmx-4.0.1.min.js"
    }
    assert page.named("img", "iframe", "object", "embed", "style") == []
    for tag, attributes in page.all:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        assert attributes.get("hx-get") is None
        assert not str(attributes.get("href")).startswith("javascript:")
    outside = [each for each in page.named("a") if str(each["href"]).startswith("https:")]
    assert all(each["rel"] == "noopener noreferrer nofollow" for each in outside)


def test_the_issuer_s_name_of_a_tampered_document_is_nowhere() -> None:
    broken = report(Check("proof", Outcome.FAILED, "It was changed.", because="wrong"))
    text = visit(Pipeline(broken)).get(f"/?credential={URL}").text
    assert "Example Guild" not in text.replace("Example Guild of Data Work is on our list.", "")
    assert "M. Okafor" not in text
