"""How is a public key written in Multikey?

Controlled Identifiers 1.0, section 2.2.2: a two-byte prefix names the kind, then the key,
in multibase base58btc.
"""

from functools import lru_cache
from typing import Final

from keys import multibase
from keys.errors import MalformedKey, WrongKeyType
from keys.public_key import KeyType, PublicKey

PREFIXES: Final = {
    KeyType.ED25519: b"\xed\x01",
    KeyType.P256: b"\x80\x24",
    KeyType.P384: b"\x81\x24",
}
LONGEST: Final = 120  # characters; a P-384 key takes 70
MOST_READ: Final = 1_024  # keys remembered; to examine one takes as long as to use it


def encode(key: PublicKey) -> str:
    """A public key as `z6Mk…` (Ed25519), `zDn…` (P-256) or `z82…` (P-384).

    Raises:
        WrongKeyType: RSA, for which the standard has no Multikey.
    """
    if key.type not in PREFIXES:
        raise WrongKeyType(key.type, ", ".join(PREFIXES))
    return multibase.encode_base58btc(PREFIXES[key.type] + key.raw)


@lru_cache(maxsize=MOST_READ)
def decode(text: str) -> PublicKey:
    """Read a public key; what was read lately is not examined again.

    Raises:
        MalformedKey: not base58btc, a kind that we do not know, or not a good point.
    """
    if not text.startswith("z") or len(text) > LONGEST:
        raise MalformedKey("publicKeyMultibase is a Multikey in base58btc, beginning with z")
    data = multibase.decode(text)
    for key_type, prefix in PREFIXES.items():
        if data.startswith(prefix):
            return PublicKey(key_type, data[len(prefix) :])
    raise MalformedKey("a Multikey of a kind that is not Ed25519, P-256 or P-384")
