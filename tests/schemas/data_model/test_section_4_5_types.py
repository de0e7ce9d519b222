"""VCDM 2.0, section 4.5 (Types)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from schemas.contexts import VC_V2
from schemas.data_model import credential_breaches, presentation_breaches

SECTION = "VCDM 2.0, section 4.5"

KEPT: dict[str, Any] = {
    "one text": "@",
    "a list": ["@"],
    "the required one last": ["ExampleCredential", "@"],
    "a type by URL": ["@", "https://x.example/types#Diploma"],
    "a type with a prefix": ["@", "ext:Diploma"],
    "a term in another script": ["@", "学位"],
}

BROKEN: dict[str, tuple[Any, str]] = {
    "null": (None, ""),
    "a number": (2, ""),
    "an object": ({"id": "@"}, ""),
    "an empty list": ([], ""),
    "an empty text": (["@", ""], "/1"),
    "spaces only": (["@", "  "], "/1"),
    "a number in the list": (["@", 2], "/1"),
    "null in the list": (["@", None], "/1"),
    "a list in the list": (["@", ["Diploma"]], "/1"),
    "what looks like a keyword": (["@", "@type"], "/1"),
    "a URL with a space": (["@", "https ://x.example/Diploma"], "/1"),
    "a control character": (["@", "Diploma\n"], "/1"),
    "the required one missing": (["Diploma"], ""),
    "the required one in lower case": ("@lower", ""),
}


def filled(value: object, needed: str) -> object:
    """The example with the type that is required in place of the mark."""
    if isinstance(value, list):
        return [filled(one, needed) for one in value]
    return {"@": needed, "@lower": needed.lower()}.get(value, value) if value.__hash__ else value


def credential(value: object) -> dict[str, Any]:
    return sample_credential(type=filled(value, "VerifiableCredential"))


def presentation(value: object) -> dict[str, Any]:
    return {"@context": [VC_V2], "type": filled(value, "VerifiablePresentation")}


@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT)
def test_section_4_5_type_is_one_or_more_terms_or_urls(value: object) -> None:
    assert credential_breaches(credential(value)) == ()
    assert presentation_breaches(presentation(value)) == ()


@pytest.mark.parametrize(("value", "where"), BROKEN.values(), ids=BROKEN)
def test_section_4_5_type_may_not_be(value: object, where: str) -> None:
    for found in (
        credential_breaches(credential(value)),
        presentation_breaches(presentation(value)),
    ):
        assert found
        assert {breach.section for breach in found} == {SECTION}
        assert f"/type{where}" in {breach.pointer for breach in found}
        assert all(breach.rule.startswith("type ") for breach in found)


def test_section_4_5_type_is_required() -> None:
    document = sample_credential()
    del document["type"]
    (breach,) = credential_breaches(document)
    assert (breach.pointer, breach.section) == ("/type", SECTION)
    (breach,) = presentation_breaches({"@context": [VC_V2]})
    assert (breach.pointer, breach.section) == ("/type", SECTION)


def test_section_4_5_a_presentation_is_no_credential_and_the_other_way_round() -> None:
    assert credential_breaches(presentation("@"))
    assert presentation_breaches(sample_credential())
