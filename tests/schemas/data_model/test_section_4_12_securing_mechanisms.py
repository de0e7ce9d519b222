"""VCDM 2.0, section 4.12 (Securing Mechanisms): proofs as Data Integrity 1.0 embeds them."""

from typing import Any

import pytest
from world.credentials import sample_credential, signed_document

from schemas.contexts import VC_V2
from schemas.data_model import credential_breaches, presentation_breaches

SECTION = "Data Integrity 1.0, section 2.1"
PROOF = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z1"}
PRESENTATION = {"@context": [VC_V2], "type": "VerifiablePresentation"}


def test_section_4_12_what_we_sign_conforms() -> None:
    assert credential_breaches(signed_document().view) == ()


@pytest.mark.parametrize("proof", [PROOF, [PROOF], [PROOF, PROOF | {"id": "urn:x:2"}]])
def test_section_4_12_proof_is_objects_with_a_type(proof: object) -> None:
    assert credential_breaches(sample_credential(proof=proof)) == ()
    assert presentation_breaches(PRESENTATION | {"proof": proof}) == ()


def test_section_4_12_proof_may_not_be(flawed_objects: tuple[Any, str]) -> None:
    value, where = flawed_objects
    for found in (
        credential_breaches(sample_credential(proof=value)),
        presentation_breaches(PRESENTATION | {"proof": value}),
    ):
        (breach,) = found
        assert breach.pointer == f"/proof{where}"
        assert breach.section == ("VCDM 2.0, section 4.4" if where == "/id" else SECTION)
