"""What a part of a document says is remembered by its JSON, its place and nothing else."""

import copy
from collections.abc import Mapping
from typing import Any, Final

import pytest
from world.credentials import sample_credential

from proofs import compiled
from proofs.canonical import canonical_quads
from proofs.compiled import repeated
from proofs.digests import Algorithm
from proofs.limits import Limits
from proofs.rdf import dataset
from schemas.contexts import OB_V3, VC_V1, VC_V2

Json = Mapping[str, Any]
PROFILE: Final[Json] = {"id": "urn:a:b", "type": "Profile", "name": "x"}
SMALL: Final[Json] = {
    "@context": [VC_V2, OB_V3],
    "id": "urn:uuid:4f5c3a1e-0000-4000-8000-000000000001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": PROFILE,
}


@pytest.fixture(autouse=True)
def nothing_remembered_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated.PARTS, "_kept", {})
    monkeypatch.setattr(repeated.PARTS, "_met", set())


def agree(view: Json, limits: Limits | None = None) -> None:
    short = compiled.canonical(view, Algorithm.SHA256, limits or Limits())
    assert short == canonical_quads(dataset(view))


def remembered() -> int:
    return len(repeated.PARTS._kept)


def test_what_is_met_again_and_again_says_the_same() -> None:
    for _ in range(3):
        agree(sample_credential())
    assert remembered() == len({"issuer", "achievement"})


VARIANTS: Final[Mapping[str, Json]] = {
    "another name": {**PROFILE, "name": "y"},
    "another order": dict(reversed(PROFILE.items())),
    "a number": {**PROFILE, "name": 1},
    "a text like the number": {**PROFILE, "name": "1"},
    "the number with a point": {**PROFILE, "name": 1.0},
    "true": {**PROFILE, "name": True},
    "a text like true": {**PROFILE, "name": "true"},
    "with brackets": {**PROFILE, "type": ["Profile"]},
    "with marks": {**PROFILE, "name": '"x\\'},
    "a character beyond ASCII": {**PROFILE, "name": "\uffff"},
}


@pytest.mark.parametrize("other", VARIANTS.values(), ids=VARIANTS)
def test_what_differs_in_anything_is_read_anew(other: Json) -> None:
    for issuer in (PROFILE, other) * 3:
        agree({**SMALL, "issuer": issuer})


def test_the_same_json_in_another_place_is_read_anew() -> None:
    """A context gives the same words another meaning."""
    for contexts in ([VC_V2, OB_V3], [VC_V1, OB_V3]) * 3:
        agree({**SMALL, "@context": contexts})
    assert remembered() == 2


def test_blank_nodes_of_a_part_get_their_names_in_the_whole() -> None:
    issuer = {**PROFILE, "address": {"type": "Address", "addressCountry": "AT"}}
    for evidence in ({"type": "Evidence", "name": "x"}, [{"name": "y"}, {"name": "z"}]):
        for _ in range(3):
            agree({**SMALL, "evidence": evidence, "issuer": issuer})
            agree({"evidence": evidence, **SMALL, "issuer": issuer})


@pytest.mark.parametrize(
    "issuer",
    [
        {**PROFILE, "id": "urn:a:b c"},
        {**PROFILE, "mood": "good"},
        {**PROFILE, "image": {"id": "relative", "type": "Image"}},
        {**PROFILE, "name": None},
        {**PROFILE, "name": float("nan")},
    ],
)
def test_nothing_is_remembered_of_what_is_refused(issuer: Json) -> None:
    for _ in range(3):
        with pytest.raises(compiled.NotCovered):
            compiled.canonical({**SMALL, "issuer": issuer}, Algorithm.SHA256, Limits())
    assert remembered() == 0


def test_what_was_remembered_counts_against_the_limits_again() -> None:
    entries = [{"type": "IdentifierEntry", "identifier": str(n)} for n in range(20)]
    issuer = {**PROFILE, "otherIdentifier": entries}
    for _ in range(2):
        agree({**SMALL, "issuer": issuer})
    assert remembered() == 1
    for limits in (Limits(values=30), Limits(quads=20), Limits(blank_nodes=10)):
        with pytest.raises(compiled.NotCovered):
            compiled.canonical({**SMALL, "issuer": issuer}, Algorithm.SHA256, limits)


def test_the_document_may_be_changed_afterwards() -> None:
    view = copy.deepcopy(sample_credential())
    for _ in range(2):
        agree(view)
    view["issuer"]["name"] = "Somebody else"
    agree(view)


def test_what_was_met_once_is_not_kept() -> None:
    for number in range(20):
        agree({**SMALL, "issuer": {**PROFILE, "name": str(number)}})
    assert remembered() == 0


def test_strangers_fill_no_memory() -> None:
    for number in range(3 * repeated.MOST_PARTS):
        for _ in range(2):
            agree({**SMALL, "issuer": {**PROFILE, "name": str(number)}})
        assert 0 < remembered() <= repeated.MOST_PARTS
    large = {**PROFILE, "name": "x" * repeated.LARGEST_PART}
    before = remembered()
    for _ in range(2):
        agree({**SMALL, "issuer": large})
    assert remembered() == before
