"""VCDM 2.0, section 5.4 (Refreshing)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from schemas.contexts import VC_V2
from schemas.data_model import credential_breaches, presentation_breaches

SECTION = "VCDM 2.0, section 5.4"
ONE = {"type": "VerifiableCredentialRefreshService2021"}
PRESENTATION = {"@context": [VC_V2], "type": "VerifiablePresentation"}


@pytest.mark.parametrize("value", [ONE, [ONE], [ONE, ONE | {"id": "https://x.example/2"}]])
def test_section_5_4_refresh_service_is_objects_with_a_type(value: object) -> None:
    assert credential_breaches(sample_credential(refreshService=value)) == ()
    assert presentation_breaches(PRESENTATION | {"refreshService": value}) == ()


def test_section_5_4_refresh_service_may_not_be(flawed_objects: tuple[Any, str]) -> None:
    value, where = flawed_objects
    for found in (
        credential_breaches(sample_credential(refreshService=value)),
        presentation_breaches(PRESENTATION | {"refreshService": value}),
    ):
        (breach,) = found
        assert breach.pointer == f"/refreshService{where}"
        assert breach.section == ("VCDM 2.0, section 4.4" if where == "/id" else SECTION)
