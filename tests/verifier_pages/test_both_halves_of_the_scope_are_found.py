import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.scope import Scope, scope_of

NARRATIVES = {
    "labels on one line": "Covers: small tables. Does not cover: streams.",
    "labels on lines": "Covers: small tables.\nDoes not cover: streams.",
    "bold labels": "**Covers:** small tables.\n\n**Does not cover:** streams.",
    "headings": "## What it covers\nSmall tables.\n\n## What it does not cover\nStreams.",
    "lower case": "covers: small tables.\ndoes not cover: streams.",
    "no first label": "Small tables.\n\nDoes not cover: streams.",
}


@pytest.mark.parametrize("narrative", NARRATIVES.values(), ids=NARRATIVES)
def test_the_seam_is_found(narrative: str) -> None:
    assert scope_of(narrative) == Scope("Small tables.", "Streams.")


def test_the_words_inside_a_sentence_are_no_seam() -> None:
    narrative = "The warranty does not cover floods, and neither does this."
    assert scope_of(narrative) == Scope(narrative, "")


@given(st.text())
def test_nothing_is_invented(narrative: str) -> None:
    halves = scope_of(narrative)
    for half in (halves.covers, halves.leaves_out):
        assert half[1:] in narrative
