"""VCDM 2.0, section 5.10 (Reserved Extension Points)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from schemas.contexts import VC_V2
from schemas.data_model import credential_breaches, presentation_breaches

SECTION = "VCDM 2.0, section 5.10"
ONE = {"type": "SvgRenderingTemplate2023"}
PRESENTATION = {"@context": [VC_V2], "type": "VerifiablePresentation"}
RESERVED = ["confidenceMethod", "renderMethod"]


@pytest.mark.parametrize("member", RESERVED)
@pytest.mark.parametrize("value", [ONE, [ONE], [ONE, ONE | {"id": "https://x.example/2"}]])
def test_section_5_10_is_objects_with_a_type(member: str, value: object) -> None:
    assert credential_breaches(sample_credential(**{member: value})) == ()
    assert presentation_breaches(PRESENTATION | {member: value}) == ()


@pytest.mark.parametrize("member", RESERVED)
def test_section_5_10_may_not_be(member: str, flawed_objects: tuple[Any, str]) -> None:
    value, where = flawed_objects
    for found in (
        credential_breaches(sample_credential(**{member: value})),
        presentation_breaches(PRESENTATION | {member: value}),
    ):
        (breach,) = found
        assert breach.pointer == f"/{member}{where}"
        assert breach.section == ("VCDM 2.0, section 4.4" if where == "/id" else SECTION)
