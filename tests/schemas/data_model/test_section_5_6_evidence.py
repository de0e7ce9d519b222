"""VCDM 2.0, section 5.6 (Evidence)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from schemas.data_model import credential_breaches

SECTION = "VCDM 2.0, section 5.6"
ONE = {"type": "DocumentVerification"}


@pytest.mark.parametrize("value", [ONE, [ONE], [ONE, ONE | {"id": "https://x.example/2"}]])
def test_section_5_6_evidence_is_objects_with_a_type(value: object) -> None:
    assert credential_breaches(sample_credential(evidence=value)) == ()


def test_section_5_6_evidence_may_not_be(flawed_objects: tuple[Any, str]) -> None:
    value, where = flawed_objects
    (breach,) = credential_breaches(sample_credential(evidence=value))
    assert breach.pointer == f"/evidence{where}"
    assert breach.section == ("VCDM 2.0, section 4.4" if where == "/id" else SECTION)
