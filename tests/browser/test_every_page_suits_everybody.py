from urllib.parse import quote

import httpx2
import pytest
from playwright.sync_api import Browser
from world.browser import WIDTHS, Visit
from world.demonstration import Demonstration


def address(demo: Demonstration, page: str) -> str:
    return {
        "issuer-front": f"{demo.issuer}/",
        "public-page": demo.credential,
        "public-page-absent": f"{demo.issuer}/c/00000-00000-0",
        "achievement": achievement(demo),
        "verifier-front": f"{demo.verifier}/",
        "verifier-confirmed": f"{demo.verifier}/?credential={quote(demo.credential)}",
        "verifier-nonsense": f"{demo.verifier}/?credential=what+is+this",
    }[page]


def achievement(demo: Demonstration) -> str:
    answer = httpx2.get(f"{demo.credential}.json", trust_env=False)
    url: str = answer.json()["credentialSubject"]["achievement"]["id"]
    return url


PAGES = (
    "issuer-front",
    "public-page",
    "public-page-absent",
    "achievement",
    "verifier-front",
    "verifier-confirmed",
    "verifier-nonsense",
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_it_fits_is_accessible_and_stays_at_home(
    demo: Demonstration, browser: Browser, name: str, width: int
) -> None:
    url = address(demo, name)
    with Visit(browser, width=width) as visit:
        answer = visit.page.goto(url, wait_until="networkidle")
        assert answer is not None
        visit.picture(f"{name}-{width}")
        assert visit.overflow == 0
        assert visit.barriers() == []
        assert visit.origins == {url[: url.index("/", 8)]}
        expected_failures = [text for text in visit.complaints if f"{answer.status}" in text]
        assert answer.ok or expected_failures
        assert visit.complaints == expected_failures


@pytest.mark.parametrize("name", [page for page in PAGES if page != "verifier-confirmed"])
def test_it_says_the_same_without_javascript(
    demo: Demonstration, browser: Browser, name: str
) -> None:
    said = []
    for scripts in (True, False):
        with Visit(browser, scripts=scripts) as visit:
            visit.page.goto(address(demo, name), wait_until="networkidle")
            said.append(visit.page.locator("main").inner_text())
    assert said[0] == said[1]


def test_the_public_page_offers_no_way_to_contact_anybody(
    demo: Demonstration, browser: Browser
) -> None:
    with Visit(browser) as visit:
        visit.page.goto(demo.credential)
        links: list[str] = visit.page.eval_on_selector_all("[href]", "all => all.map(e => e.href)")
        assert visit.page.locator("form, iframe, object, embed").count() == 0
    assert [url for url in links if not url.startswith(("http://", "https://"))] == []
