"""VCDM 2.0, section 6.1 (JSON-LD): documents are in the compacted form."""

import pytest
from world.credentials import sample_credential

from schemas.contexts import VC_V2
from schemas.data_model import credential_breaches, presentation_breaches

SECTION = "VCDM 2.0, section 6.1"


def test_section_6_1_id_and_type_are_written_by_their_names() -> None:
    assert credential_breaches(sample_credential()) == ()


@pytest.mark.parametrize("keyword", ["@id", "@type"])
def test_section_6_1_keywords_are_not_written_out(keyword: str) -> None:
    presentation = {"@context": [VC_V2], "type": "VerifiablePresentation"}
    for found in (
        credential_breaches(sample_credential(**{keyword: "urn:x:1"})),
        presentation_breaches(presentation | {keyword: "urn:x:1"}),
    ):
        (breach,) = found
        assert (breach.pointer, breach.section) == (f"/{keyword}", SECTION)
