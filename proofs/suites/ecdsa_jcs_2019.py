"""Data Integrity ECDSA Cryptosuites 1.0, section 3.3."""

from typing import Final

from keys.public_key import KeyType
from proofs.suites.hash_and_sign import over_json

SUITE: Final = over_json("ecdsa-jcs-2019", KeyType.P256, KeyType.P384)
