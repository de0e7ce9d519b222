"""VCDM 2.0, section 4.11 (Data Schemas)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from schemas.data_model import credential_breaches

SECTION = "VCDM 2.0, section 4.11"
SCHEMA = {"id": "https://issuer.example/schemas/1.json", "type": "JsonSchema"}


@pytest.mark.parametrize("schema", [SCHEMA, [SCHEMA], [SCHEMA, SCHEMA | {"id": "urn:x:2"}]])
def test_section_4_11_credential_schema_is_objects_with_type_and_id(schema: object) -> None:
    assert credential_breaches(sample_credential(credentialSchema=schema)) == ()


def test_section_4_11_credential_schema_may_not_be(flawed_objects: tuple[Any, str]) -> None:
    value, where = flawed_objects
    (breach,) = credential_breaches(sample_credential(credentialSchema=value))
    assert (breach.pointer, breach.section) == (f"/credentialSchema{where}", SECTION)


def test_section_4_11_the_id_of_a_schema_is_required() -> None:
    (breach,) = credential_breaches(sample_credential(credentialSchema={"type": "JsonSchema"}))
    assert (breach.pointer, breach.section) == ("/credentialSchema/id", SECTION)
    assert breach.rule.startswith("id of credentialSchema is required")
