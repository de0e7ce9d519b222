"""VCDM 2.0, section 4.8 (Credential Subject)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from schemas.data_model import credential_breaches

SECTION = "VCDM 2.0, section 4.8"

KEPT: dict[str, Any] = {
    "one without an id": {"favoriteCheese": "Gouda"},
    "one with an id": {"id": "did:example:1", "name": "Jayden"},
    "two": [{"id": "did:example:1", "spouse": "did:example:2"}, {"id": "did:example:2"}],
    "a list of one": [{"name": "Jayden"}],
}

BROKEN: dict[str, tuple[Any, str]] = {
    "null": (None, ""),
    "a URL": ("did:example:1", ""),
    "a number": (5, ""),
    "an empty object": ({}, ""),
    "an empty list": ([], ""),
    "an empty object beside another": ([{"name": "Jayden"}, {}], "/1"),
    "a URL beside an object": (["did:example:1", {"name": "Jayden"}], "/0"),
    "a list in a list": ([[{"name": "Jayden"}]], "/0"),
}


@pytest.mark.parametrize("subject", KEPT.values(), ids=KEPT)
def test_section_4_8_credential_subject_is_one_object_or_more(subject: object) -> None:
    assert credential_breaches(sample_credential(credentialSubject=subject)) == ()


@pytest.mark.parametrize(("subject", "where"), BROKEN.values(), ids=BROKEN)
def test_section_4_8_credential_subject_may_not_be(subject: object, where: str) -> None:
    (breach,) = credential_breaches(sample_credential(credentialSubject=subject))
    assert (breach.pointer, breach.section) == (f"/credentialSubject{where}", SECTION)
    assert "credentialSubject" in breach.rule


def test_section_4_8_credential_subject_is_required() -> None:
    document = sample_credential()
    del document["credentialSubject"]
    (breach,) = credential_breaches(document)
    assert (breach.pointer, breach.section) == ("/credentialSubject", SECTION)
