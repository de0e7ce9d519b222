"""Data Integrity EdDSA Cryptosuites 1.0, section 3.2."""

from typing import Final

from keys.public_key import KeyType
from proofs.suites.hash_and_sign import over_rdf

SUITE: Final = over_rdf("eddsa-rdfc-2022", KeyType.ED25519)
