"""A real browser that writes down where a page went and what it complained about."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from world import peers
from world.demonstration import ROOT

WIDTHS: Final = (320, 768, 1280)
ARTIFACTS: Final = ROOT / "tests" / "artifacts"
PICTURES: Final = ROOT / "docs" / "images"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str:
    """Where the browser is; without one the tests fail, they are never skipped."""
    named = os.environ.get("SKILLMARK_CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "no Chromium here: run `make browser`, or name one in SKILLMARK_CHROMIUM"
    return found


@contextmanager
def started() -> Iterator[Browser]:
    """One headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield browser
        browser.close()


class Visit:
    """One window, and what happened in it."""

    def __init__(self, browser: Browser, *, width: int = 1280, scripts: bool = True) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        self.page: Page = self.context.new_page()
        self.origins: set[str] = set()
        self.complaints: list[str] = []
        self.page.on("request", self._requested)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def _requested(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data":
            self.origins.add(f"{parts.scheme}://{parts.netloc}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    @property
    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    def picture(self, name: str) -> Path:
        """Keep the whole page as a picture among the test's artifacts."""
        ARTIFACTS.mkdir(exist_ok=True)
        path = ARTIFACTS / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def barriers(self) -> list[str]:
        """What axe-core calls serious or critical, each with the element."""
        peers.install()
        source = (peers.MODULES / "axe-core" / "axe.min.js").read_text("utf-8")
        self.page.evaluate(f"() => {{ {source}\n }}")
        found: Mapping[str, Any] = self.page.evaluate("() => axe.run()")
        return [
            f"{violation['id']}: {node['html']}"
            for violation in found["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]
