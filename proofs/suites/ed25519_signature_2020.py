"""Ed25519Signature2020, as found in the wild: verified, never made.

The algorithm is that of `eddsa-rdfc-2022`; the proof says so by its type alone.
"""

from typing import Final

from keys.public_key import KeyType
from proofs.suites.hash_and_sign import over_rdf

SUITE: Final = over_rdf(
    "Ed25519Signature2020", KeyType.ED25519, proof_type="Ed25519Signature2020", deprecated=True
)
