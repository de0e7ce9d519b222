"""VCDM 2.0, section 4.4 (Identifiers)."""

import pytest
from world.credentials import sample_credential

from schemas.contexts import VC_V2
from schemas.data_model import credential_breaches, presentation_breaches

SECTION = "VCDM 2.0, section 4.4"

KEPT = [
    "https://id.example/things#123",
    "HTTP://id.example",
    "https://[::1]:8443/c/1",
    "https://id.example/%C3%BC?q=a,b",
    "https://id.example/ü/日本",
    "urn:uuid:0c07c1ce-57cb-41af-bef2-1b932b986873",
    "did:example:1234abcd?service=x#key-1",
    "mailto:someone@x.example",
    "tag:x.example,2026:thing",
]

BROKEN = {
    "null": None,
    "a number": 5,
    "true": True,
    "a list of one URL": ["urn:x:1"],
    "two URLs": ["urn:x:1", "urn:x:2"],
    "an object": {"id": "urn:x:1"},
    "an empty text": "",
    "a word": "number-one",
    "a path": "/credentials/1",
    "a URL without its scheme": "//x.example/1",
    "a blank node": "_:b0",
    "a scheme and nothing else": "urn:",
    "a web address without a host": "https:///c/1",
    "a web address without slashes": "https:x.example",
    "a web address with a port only": "https://:443/",
    "a space in the scheme": "https ://not-a-url/1",
    "a space": "https://x.example/a b",
    "a line break at the end": "urn:x:1\n",
    "a control character": "urn:x:\x07",
    "a quotation mark": 'urn:x:"1"',
    "a backslash": "C:\\credentials",
    "brackets outside of a host": "https://x.example/[1]",
    "a percent sign that encodes nothing": "https://x.example/100%",
    "two fragments": "https://x.example/#a#b",
    "half of a surrogate pair": "urn:x:\ud800",
    "what is no character": "urn:x:\uffff",
}


@pytest.mark.parametrize("url", KEPT)
def test_section_4_4_id_may_be_any_absolute_url(url: str) -> None:
    assert credential_breaches(sample_credential(id=url)) == ()


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_section_4_4_id_is_a_single_url_and_not(value: object) -> None:
    (breach,) = credential_breaches(sample_credential(id=value))
    assert (breach.pointer, breach.section) == ("/id", SECTION)
    assert breach.rule.startswith("id must be one absolute URL")


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_section_4_4_id_of_a_presentation_is_a_single_url_and_not(value: object) -> None:
    document = {"@context": [VC_V2], "id": value, "type": "VerifiablePresentation"}
    (breach,) = presentation_breaches(document)
    assert (breach.pointer, breach.section) == ("/id", SECTION)


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_section_4_4_id_of_a_subject_is_a_single_url_and_not(value: object) -> None:
    subject = {"id": value, "name": "somebody"}
    (breach,) = credential_breaches(sample_credential(credentialSubject=subject))
    assert (breach.pointer, breach.section) == ("/credentialSubject/id", SECTION)


def test_section_4_4_id_is_optional() -> None:
    document = sample_credential()
    del document["id"]
    assert credential_breaches(document) == ()
