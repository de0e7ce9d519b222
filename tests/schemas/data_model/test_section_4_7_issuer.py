"""VCDM 2.0, section 4.7 (Issuer)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from schemas.data_model import credential_breaches

SECTION = "VCDM 2.0, section 4.7"

KEPT: dict[str, Any] = {
    "a DID": "did:web:issuer.example",
    "a web address": "https://issuer.example/keys/1.jwk",
    "an object with an id": {"id": "did:web:issuer.example"},
    "an object that says more": {"id": "https://issuer.example", "type": "Profile", "name": "X"},
}

BROKEN: dict[str, tuple[Any, str]] = {
    "null": (None, ""),
    "a number": (5, ""),
    "a name": ("Example Guild", ""),
    "an empty text": ("", ""),
    "a list of issuers": (["did:web:a.example", "did:web:b.example"], ""),
    "a list of one object": ([{"id": "did:web:a.example"}], ""),
    "an object without an id": ({"name": "Example Guild"}, "/id"),
    "an empty object": ({}, "/id"),
    "an object whose id is null": ({"id": None}, "/id"),
    "an object whose id is a name": ({"id": "Example Guild"}, "/id"),
    "an object with two ids": ({"id": ["did:web:a.example", "did:web:b.example"]}, "/id"),
}


@pytest.mark.parametrize("issuer", KEPT.values(), ids=KEPT)
def test_section_4_7_issuer_is_a_url_or_an_object_whose_id_is_one(issuer: object) -> None:
    assert credential_breaches(sample_credential(issuer=issuer)) == ()


@pytest.mark.parametrize(("issuer", "where"), BROKEN.values(), ids=BROKEN)
def test_section_4_7_issuer_may_not_be(issuer: object, where: str) -> None:
    (breach,) = credential_breaches(sample_credential(issuer=issuer))
    assert (breach.pointer, breach.section) == (f"/issuer{where}", SECTION)
    assert "issuer" in breach.rule


def test_section_4_7_issuer_is_required() -> None:
    document = sample_credential()
    del document["issuer"]
    (breach,) = credential_breaches(document)
    assert (breach.pointer, breach.section) == ("/issuer", SECTION)
