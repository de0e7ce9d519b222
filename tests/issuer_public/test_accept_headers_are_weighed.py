import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.public.negotiation import media_ranges, preferred

OFFERED = ("text/html", "application/vc", "application/ld+json", "application/json")

CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

WANTED = {
    "nothing said": (None, "text/html"),
    "an empty header": ("", "text/html"),
    "anything": ("*/*", "text/html"),
    "a browser": (CHROMIUM, "text/html"),
    "a wallet": ("application/vc", "application/vc"),
    "linked data": ("application/ld+json", "application/ld+json"),
    "plain JSON": ("application/json", "application/json"),
    "upper case": ("Application/VC", "application/vc"),
    "a profile parameter": ('application/ld+json; profile="x"', "application/ld+json"),
    "a kind": ("application/*", "application/vc"),
    "quality decides": ("text/html;q=0.1, application/json;q=0.9", "application/json"),
    "the exact range outweighs the wild one": (
        "*/*;q=1, text/html;q=0.2, application/vc;q=0.9",
        "application/ld+json",
    ),
    "zero refuses": ("text/html;q=0, */*;q=0.1", "application/vc"),
    "spaces": (" application/json ; q=1.000 ", "application/json"),
    "nothing that we have": ("image/png", None),
    "all refused": ("*/*;q=0", None),
    "a quality that is none makes the entry void": ("application/vc;q=2, text/html", "text/html"),
    "not a media type": ("vc, application/json", "application/json"),
}


@pytest.mark.parametrize(("accept", "expected"), WANTED.values(), ids=WANTED)
def test_the_most_wanted_form_is_sent(accept: str | None, expected: str | None) -> None:
    assert preferred(accept, OFFERED) == expected


@given(st.text())
def test_whatever_a_stranger_sends_is_read_without_a_fault(accept: str) -> None:
    assert preferred(accept, OFFERED) in {*OFFERED, None}


def test_a_header_without_end_is_read_only_so_far() -> None:
    assert len(media_ranges("text/html," * 100_000)) <= 64
