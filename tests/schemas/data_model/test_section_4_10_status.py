"""VCDM 2.0, section 4.10 (Status)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from schemas.data_model import credential_breaches

SECTION = "VCDM 2.0, section 4.10"
ENTRY = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}

KEPT: dict[str, Any] = {
    "one without an id": ENTRY,
    "one with an id": ENTRY | {"id": "https://issuer.example/status/1#7"},
    "several": [ENTRY, ENTRY | {"statusPurpose": "suspension"}],
    "a type by URL": {"type": ["https://x.example/types#Status"]},
}


@pytest.mark.parametrize("status", KEPT.values(), ids=KEPT)
def test_section_4_10_credential_status_is_objects_with_a_type(status: object) -> None:
    assert credential_breaches(sample_credential(credentialStatus=status)) == ()


def test_section_4_10_credential_status_may_not_be(flawed_objects: tuple[Any, str]) -> None:
    value, where = flawed_objects
    (breach,) = credential_breaches(sample_credential(credentialStatus=value))
    assert breach.pointer == f"/credentialStatus{where}"
    assert breach.section == ("VCDM 2.0, section 4.4" if where == "/id" else SECTION)
