import re
from itertools import product
from pathlib import Path

import pytest

import service

SHEET = (Path(service.__file__).parent / "static" / "skillmark.css").read_text("utf-8")
ENOUGH = 4.5


def scheme(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))


LIGHT = scheme(SHEET.split("prefers-color-scheme: dark")[0])
SCHEMES = {
    "light": LIGHT,
    "dark": {**LIGHT, **scheme(SHEET.split("prefers-color-scheme: dark")[1])},
}
PAIRS = [
    *product(("ink", "soft", "accent", "good", "note", "open", "bad"), ("paper", "card", "sunk")),
    *((tone, f"{tone}-wash") for tone in ("good", "note", "open", "bad")),
    *(("ink", f"{tone}-wash") for tone in ("good", "note", "open", "bad")),
    ("on-accent", "accent"),
]


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_has_enough_contrast(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= ENOUGH


@pytest.mark.parametrize("colours", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize("edge", ["edge", "focus"])
def test_edges_and_focus_can_be_seen(colours: dict[str, str], edge: str) -> None:
    assert contrast(colours[edge], colours["paper"]) >= 3
