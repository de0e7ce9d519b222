"""VCDM 2.0, section 11.1 (Language and Base Direction)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from schemas.data_model import credential_breaches

SECTION = "VCDM 2.0, section 11.1"

BROKEN: dict[str, tuple[Any, str]] = {
    "no @value": ({"@language": "en"}, "/@value"),
    "an empty object": ({}, "/@value"),
    "@value a number": ({"@value": 5, "@language": "en"}, "/@value"),
    "@value null": ({"@value": None}, "/@value"),
    "@value a list": ({"@value": ["x"], "@language": "en"}, "/@value"),
    "@language null": ({"@value": "x", "@language": None}, "/@language"),
    "@language a list": ({"@value": "x", "@language": ["en"]}, "/@language"),
    "@direction auto": ({"@value": "x", "@language": "en", "@direction": "auto"}, "/@direction"),
    "@direction in capitals": ({"@value": "x", "@direction": "RTL"}, "/@direction"),
    "@direction null": ({"@value": "x", "@direction": None}, "/@direction"),
    "@direction a list": ({"@value": "x", "@direction": ["ltr"]}, "/@direction"),
    "a member more": ({"@value": "x", "@language": "en", "url": "urn:x:1"}, ""),
    "a datatype": ({"@value": "x", "@type": "urn:x:text"}, ""),
    "a language missing among several": (
        [{"@value": "x", "@language": "en"}, {"@value": "y"}],
        "/1/@language",
    ),
    "a wrong language among several": (
        [{"@value": "x", "@language": "en"}, {"@value": "y", "@language": "e"}],
        "/1/@language",
    ),
}

TAGS = [
    "en",
    "EN",
    "pt-BR",
    "zh-cmn-Hans-CN",
    "sr-Latn-RS",
    "es-419",
    "de-CH-1901",
    "sl-rozaj-biske",
    "ast",
    "abcd",
    "abcdefgh",
    "hy-Latn-IT-arevela",
    "en-a-myext-b-another",
    "de-DE-u-co-phonebk",
    "en-x-private",
    "x-whatever",
    "i-klingon",
    "sgn-BE-FR",
    "en-GB-oed",
    "zh-min-nan",
]

NO_TAGS = [
    "",
    "e",
    "english ",
    "en_US",
    "en-",
    "-en",
    "en--US",
    "abcdefghi",
    "a-DE",
    "en-x",
    "x-",
    "en-a",
    "en-a-b",
    "de-419-DE-x",
    "i-nothing",
    "en-US\n",
    "ünglish",
    "*",
]


@pytest.mark.parametrize(("value", "where"), BROKEN.values(), ids=BROKEN)
def test_section_11_1_a_language_value_object_may_not_have(value: object, where: str) -> None:
    (breach,) = credential_breaches(sample_credential(name=value))
    assert (breach.pointer, breach.section) == (f"/name{where}", SECTION)
    assert "name" in breach.rule


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_section_11_1_direction_is_ltr_or_rtl(direction: str) -> None:
    value = {"@value": "x", "@language": "en", "@direction": direction}
    assert credential_breaches(sample_credential(name=value)) == ()


@pytest.mark.parametrize("tag", TAGS)
def test_section_11_1_language_is_any_well_formed_tag(tag: str) -> None:
    value = {"@value": "x", "@language": tag}
    assert credential_breaches(sample_credential(description=value)) == ()


@pytest.mark.parametrize("tag", NO_TAGS)
def test_section_11_1_language_is_not(tag: str) -> None:
    (breach,) = credential_breaches(
        sample_credential(description={"@value": "x", "@language": tag})
    )
    assert (breach.pointer, breach.section) == ("/description/@language", SECTION)
