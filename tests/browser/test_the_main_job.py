import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, expect
from world.browser import PICTURES, WIDTHS, Visit
from world.demonstration import ROOT, Demonstration, issue_another

FIELD = "Paste a credential link or code"


def verdict(visit: Visit, words: str) -> None:
    expect(visit.page.get_by_role("heading", name=re.compile(words)).first).to_be_visible()


def check(visit: Visit, demo: Demonstration, text: str) -> None:
    visit.page.goto(f"{demo.verifier}/")
    visit.page.get_by_label(FIELD).fill(text)
    visit.page.get_by_label(FIELD).press("Enter")


def qr_codes(picture: Path) -> list[str]:
    with Image.open(picture) as image:
        return [found.text for found in zxingcpp.read_barcodes(image)]


REASON = "The repository turned out to be somebody else's work."


def revoke_through_the_api(demo: Demonstration, code: str) -> None:
    answer = httpx2.post(
        f"{demo.issuer}/api/v1/credentials/{code}/revocation",
        headers={"Authorization": f"Bearer {demo.api_key}"},
        json={"reason": REASON},
        trust_env=False,
    )
    assert answer.is_success, answer.text


def revoke_on_the_command_line(demo: Demonstration, code: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "skillmark", "revoke", code, "--reason", REASON],
        cwd=ROOT,
        env=demo.environment | {"SKILLMARK_DEVELOPMENT": "1"},
        check=True,
        capture_output=True,
    )


WAYS = {
    "with scripts": (True, "HEAD~1", revoke_through_the_api),
    "without scripts": (False, "HEAD~2", revoke_on_the_command_line),
}


@pytest.mark.parametrize(("scripts", "commit", "revoke"), WAYS.values(), ids=WAYS)
def test_a_client_follows_the_qr_code_and_learns_of_the_withdrawal(
    demo: Demonstration,
    browser: Browser,
    *,
    scripts: bool,
    commit: str,
    revoke: Callable[[Demonstration, str], None],
) -> None:
    credential = issue_another(demo, commit)
    code = credential.rsplit("/", 1)[1]
    with Visit(browser, scripts=scripts) as visit:
        visit.page.goto(credential)
        scanned = qr_codes(visit.picture(f"public-page-scripts-{scripts}"))
        assert scanned == [credential]

        check(visit, demo, scanned[0])
        verdict(visit, "^Confirmed")

        revoke(demo, code)
        check(visit, demo, scanned[0])
        verdict(visit, "Don.t rely on this")
        visit.picture(f"verifier-revoked-scripts-{scripts}")
        assert not scripts or visit.barriers() == []

        visit.page.goto(credential)
        expect(visit.page.get_by_text(REASON).first).to_be_visible()
        visit.picture(f"public-page-revoked-scripts-{scripts}")
        assert not scripts or visit.barriers() == []


def test_the_code_alone_is_enough(demo: Demonstration, browser: Browser) -> None:
    with Visit(browser) as visit:
        check(visit, demo, demo.code.lower())
        verdict(visit, "^Confirmed")


def test_nothing_of_a_tampered_credential_is_shown(demo: Demonstration, browser: Browser) -> None:
    genuine = httpx2.get(f"{demo.credential}.json", trust_env=False).json()
    forged = genuine | {"name": "Grand master of everything"}
    claims = [
        forged["name"],
        genuine["issuer"]["name"],
        genuine["credentialSubject"]["achievement"]["name"],
    ]
    with Visit(browser) as visit:
        check(visit, demo, json.dumps(genuine))
        verdict(visit, "^Confirmed")
        check(visit, demo, json.dumps(forged))
        verdict(visit, "Don.t rely on this")
        main = visit.page.locator("main").inner_text()
        visit.picture("verifier-tampered-1280")
    assert [claim for claim in claims if claim in main] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_answer_is_in_sight_without_scrolling(
    demo: Demonstration, browser: Browser, width: int
) -> None:
    with Visit(browser, width=width) as visit:
        check(visit, demo, demo.credential)
        heading = visit.page.get_by_role("heading", name=re.compile("^Confirmed")).first
        expect(heading).to_be_in_viewport()


def test_the_pictures_in_the_readme_are_of_these_pages(
    demo: Demonstration, browser: Browser, request: pytest.FixtureRequest
) -> None:
    folder = PICTURES if keep_pictures() else request.getfixturevalue("tmp_path")
    with Visit(browser, width=960) as visit:
        visit.page.goto(demo.credential, wait_until="networkidle")
        visit.page.screenshot(path=folder / "public-page.png")
        check(visit, demo, demo.credential)
        verdict(visit, "^Confirmed")
        visit.page.screenshot(path=folder / "verifier.png")
    assert {path.name for path in PICTURES.glob("*.png")} == {"public-page.png", "verifier.png"}


def keep_pictures() -> bool:
    return os.environ.get("SKILLMARK_KEEP_SCREENSHOTS") == "1"
