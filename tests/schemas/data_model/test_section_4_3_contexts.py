"""VCDM 2.0, sections 4.3 (Contexts) and 5.2.1 (Semantic Interoperability)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from schemas.contexts import EXAMPLES_V2, OB_V3, VC_V2
from schemas.data_model import credential_breaches, presentation_breaches
from schemas.data_model.contexts import UNDEFINED_TERMS_V2

SECTION = "VCDM 2.0, section 4.3"

KEPT = {
    "the base context alone": [VC_V2],
    "later contexts by URL": [VC_V2, OB_V3, EXAMPLES_V2],
    "a later context as an object": [VC_V2, {"mood": "https://x.example/terms#mood"}],
    "URLs and objects mixed": [VC_V2, {}, OB_V3, {"a": "urn:x:a"}],
    "undefined terms as the last": [VC_V2, OB_V3, UNDEFINED_TERMS_V2],
}

BROKEN: dict[str, tuple[Any, str]] = {
    "null": (None, ""),
    "one text, not a list": (VC_V2, ""),
    "an object": ({"@vocab": "urn:x:"}, ""),
    "an empty list": ([], ""),
    "another first": ([OB_V3, VC_V2], "/0"),
    "the base context by another name": ([VC_V2 + "#"], "/0"),
    "an object first": ([{"a": "urn:x:a"}, VC_V2], "/0"),
    "a list first": ([[VC_V2]], "/0"),
    "a later text that is no URL": ([VC_V2, "https ://not-a-url/contexts"], "/1"),
    "a relative URL": ([VC_V2, "contexts/v1"], "/1"),
    "a number": ([VC_V2, OB_V3, 5], "/2"),
    "null later": ([VC_V2, None], "/1"),
    "a list within the list": ([VC_V2, [OB_V3]], "/1"),
    "one context twice": ([VC_V2, OB_V3, OB_V3], "/2"),
    "the base context twice": ([VC_V2, OB_V3, VC_V2], "/2"),
}


def presentation(context: object) -> dict[str, Any]:
    return {"@context": context, "type": "VerifiablePresentation"}


@pytest.mark.parametrize("context", KEPT.values(), ids=KEPT)
def test_section_4_3_context_is_a_set_that_begins_with_the_base(context: object) -> None:
    assert credential_breaches(sample_credential(**{"@context": context})) == ()
    assert presentation_breaches(presentation(context)) == ()


@pytest.mark.parametrize(("context", "where"), BROKEN.values(), ids=BROKEN)
def test_section_4_3_context_may_not_be(context: object, where: str) -> None:
    for found in (
        credential_breaches(sample_credential(**{"@context": context})),
        presentation_breaches(presentation(context)),
    ):
        (breach,) = found
        assert breach.pointer == f"/@context{where}"
        assert breach.section == SECTION
        assert "@context" in breach.rule


def test_section_4_3_context_is_required() -> None:
    document = sample_credential()
    del document["@context"]
    (breach,) = credential_breaches(document)
    assert (breach.pointer, breach.section) == ("/@context", SECTION)
    assert VC_V2 in breach.rule


@pytest.mark.parametrize("later", [[OB_V3], [{"a": "urn:x:a"}, OB_V3]])
def test_section_5_2_1_undefined_terms_come_last(later: list[object]) -> None:
    context = [VC_V2, UNDEFINED_TERMS_V2, *later]
    (breach,) = credential_breaches(sample_credential(**{"@context": context}))
    assert (breach.pointer, breach.section) == ("/@context/1", "VCDM 2.0, section 5.2.1")
