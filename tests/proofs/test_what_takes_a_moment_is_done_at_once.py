"""`Limits.only_at_once`: whoever answers many at a time does only what takes a moment, or asks."""

import itertools
from typing import Any

import pytest
from world.credentials import sample_credential

from proofs.canonical import canonical
from proofs.compiled import NotCovered
from proofs.limits import Limits
from schemas.contexts import OB_V3, VC_V2

AT_ONCE = Limits(only_at_once=True)
KINDS = ["Alignment", "Evidence", "Image", "Related", "Result"]


def test_a_usual_document_is_read_at_once_when_its_words_are_known() -> None:
    view = sample_credential()
    known = canonical(view)
    assert canonical(view, limits=AT_ONCE) == known


def test_nodes_that_look_alike_take_longer() -> None:
    twins = [{"type": ["Evidence"], "name": "n"}, {"type": ["Evidence"], "name": "n"}]
    view = sample_credential(evidence=twins)
    canonical(view)
    with pytest.raises(NotCovered):
        canonical(view, limits=AT_ONCE)


def test_so_do_lists_of_types_that_nobody_asked_about_before() -> None:
    for pair in itertools.permutations(KINDS, 3):
        view: dict[str, Any] = {
            "@context": [VC_V2, OB_V3],
            "type": list(pair),
            "id": "urn:x:1",
        }
        with pytest.raises(NotCovered):
            canonical(view, limits=AT_ONCE)
        known = canonical(view)
        assert canonical(view, limits=AT_ONCE) == known
