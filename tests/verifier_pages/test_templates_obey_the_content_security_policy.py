import re
from pathlib import Path

import pytest

import issuer
import service
import verifier

TEMPLATES = {
    f"{package.__name__}/{path.name}": path.read_text("utf-8")
    for package in (service, issuer, verifier)
    for path in (Path(str(package.__file__)).parent / "templates").glob("*.html")
}

FORBIDDEN = {
    "an inline style": r"\sstyle\s*=|<style",
    "an inline handler": r"\son[a-z]+\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "evaluated attributes": r"hx-on|hx-vals|[\"']js:|javascript:",
    "unescaped content": r"\|\s*safe|autoescape false|Markup\(",
    "a way to contact somebody": r"mailto:|tel:",
    "another origin": r"(?:src|href|action)=[\"']https?:",
    "a padlock": "\N{LOCK}|\N{CLOSED LOCK WITH KEY}|padlock",
}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
@pytest.mark.parametrize("pattern", FORBIDDEN.values(), ids=FORBIDDEN)
def test_no_template_has(template: str, pattern: str) -> None:
    assert not re.search(pattern, template)


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 8
