import base64

import pytest
from world.credentials import METHOD, NOON, sample_credential

from keys.memory import MemorySigner, generate
from keys.public_key import KeyType
from proofs.errors import MalformedProof
from proofs.secure import Wish, add_proof
from proofs.suites import How
from proofs.suites.ecdsa_sd_2023 import NAME, derive
from proofs.verify import read_proofs, verify_proof
from schemas.document import Document, write

SIGNER = MemorySigner(METHOD, generate(KeyType.P256))


@pytest.mark.parametrize("behind", [b"\x00", b"\x00\x00\x00", b"\xf6", b"anything"])
def test_bytes_behind_the_parts_of_a_derived_proof_are_refused(behind: bytes) -> None:
    wish = Wish(cryptosuite=NAME, mandatory_pointers=("/issuer",))
    signed = add_proof(sample_credential(), SIGNER, NOON, wish)
    shown = derive(signed, signed["proof"], ["/name"], How())
    text = shown["proof"]["proofValue"]
    value = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    longer = base64.urlsafe_b64encode(value + behind).decode().rstrip("=")
    shown["proof"]["proofValue"] = f"u{longer}"
    document = Document.read(write(shown))
    (proof,) = read_proofs(document)
    with pytest.raises(MalformedProof):
        verify_proof(document, proof, SIGNER.public_key)
