"""Data Integrity EdDSA Cryptosuites 1.0, section 3.3."""

from typing import Final

from keys.public_key import KeyType
from proofs.suites.hash_and_sign import over_json

SUITE: Final = over_json("eddsa-jcs-2022", KeyType.ED25519)
