"""VCDM 2.0, section 4.6 (Names and Descriptions)."""

from typing import Any

import pytest
from world.credentials import ISSUER_DID, sample_credential

from schemas.data_model import credential_breaches

SECTION = "VCDM 2.0, section 4.6"

KEPT: dict[str, Any] = {
    "a text": "Baking bread",
    "an empty text": "",
    "a text with its language": {"@value": "Baking bread", "@language": "en"},
    "a text without a language": {"@value": "42"},
    "a text with language and direction": {
        "@value": "خبز الخبز",
        "@language": "ar",
        "@direction": "rtl",
    },
    "several languages": [
        {"@value": "Baking bread", "@language": "en", "@direction": "ltr"},
        {"@value": "Brot backen", "@language": "de"},
    ],
}

BROKEN: dict[str, tuple[Any, str]] = {
    "null": (None, ""),
    "a number": (5, ""),
    "true": (True, ""),
    "an empty list": ([], ""),
    "a text in a list": (["Baking bread"], "/0"),
    "a list in a list": ([[{"@value": "x", "@language": "en"}]], "/0"),
    "null beside a language": ([{"@value": "x", "@language": "en"}, None], "/1"),
}


def documents(member: str, value: object) -> list[tuple[str, dict[str, Any]]]:
    """The member in the credential, and in its issuer."""
    issuer = {"id": ISSUER_DID, "type": ["Profile"], member: value}
    return [
        ("", sample_credential(**{member: value})),
        ("/issuer", sample_credential(issuer=issuer)),
    ]


@pytest.mark.parametrize("member", ["name", "description"])
@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT)
def test_section_4_6_is_a_text_in_one_language_or_several(member: str, value: object) -> None:
    for _, document in documents(member, value):
        assert credential_breaches(document) == ()


@pytest.mark.parametrize("member", ["name", "description"])
@pytest.mark.parametrize(("value", "where"), BROKEN.values(), ids=BROKEN)
def test_section_4_6_may_not_be(member: str, value: object, where: str) -> None:
    for owner, document in documents(member, value):
        (breach,) = credential_breaches(document)
        assert (breach.pointer, breach.section) == (f"{owner}/{member}{where}", SECTION)
        assert breach.rule.startswith(member)


def test_section_4_6_name_and_description_are_optional() -> None:
    document = sample_credential()
    del document["name"]
    assert credential_breaches(document) == ()
