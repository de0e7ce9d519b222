import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from playwright.sync_api import Browser, expect
from world.browser import WIDTHS, Visit
from world.demonstration import Demonstration, issue_another

REASON = "We are asking whose work this is; the answer is expected within some days."


@contextmanager
def on_hold(demo: Demonstration, commit: str) -> Iterator[str]:
    """The address of a credential that is on hold for as long as the block runs."""
    credential = issue_another(demo, commit)
    suspension = f"{demo.issuer}/api/v1/credentials/{credential.rsplit('/', 1)[1]}/suspension"
    access = {"Authorization": f"Bearer {demo.api_key}"}
    held = httpx2.post(suspension, headers=access, json={"reason": REASON}, trust_env=False)
    assert held.is_success, held.text
    yield credential
    lifted = httpx2.delete(suspension, headers=access, trust_env=False)
    assert lifted.is_success, lifted.text


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_says_since_when_and_why_at_every_width(
    demo: Demonstration, browser: Browser, width: int
) -> None:
    with on_hold(demo, "HEAD~3") as credential, Visit(browser, width=width) as visit:
        visit.page.goto(credential, wait_until="networkidle")
        visit.picture(f"public-page-on-hold-{width}")
        expect(visit.page.get_by_text("On hold since").first).to_be_visible()
        expect(visit.page.get_by_text(REASON).first).to_be_visible()
        assert visit.page.get_by_text("In force").count() == 0
        assert visit.overflow == 0
        assert visit.barriers() == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_verifier_says_on_hold_and_then_no_more(
    demo: Demonstration, browser: Browser, *, scripts: bool
) -> None:
    with Visit(browser, scripts=scripts) as visit:
        said = visit.page.get_by_text("The issuer has put this on hold").first
        with on_hold(demo, "HEAD~3") as credential:
            address = f"{demo.verifier}/?credential={credential}"
            visit.page.goto(address, wait_until="networkidle")
            expect(said).to_be_visible()
            visit.picture(f"verifier-on-hold-scripts-{scripts}")
        visit.page.goto(address, wait_until="networkidle")
        expect(
            visit.page.get_by_role("heading", name=re.compile("^Confirmed")).first
        ).to_be_visible()
        expect(said).to_be_hidden()
