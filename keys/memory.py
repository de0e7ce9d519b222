"""A private key in the memory of this process; what an unlocked key file becomes."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from keys.errors import WrongKeyType
from keys.public_key import FIELD_BYTES, KeyType, PublicKey

PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class MemorySigner:
    """Signs with a key held in memory; the key is hidden from `repr`."""

    verification_method: str
    private: PrivateKey = field(repr=False, compare=False)

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        return public_half(self.private)

    def sign(self, message: bytes) -> bytes:
        """Ed25519, or ECDSA over P-256 with SHA-256 as r and s of 32 bytes each."""
        if isinstance(self.private, Ed25519PrivateKey):
            return self.private.sign(message)
        r, s = decode_dss_signature(self.private.sign(message, ec.ECDSA(hashes.SHA256())))
        length = FIELD_BYTES[KeyType.P256]
        return r.to_bytes(length, "big") + s.to_bytes(length, "big")


def public_half(private: PrivateKey) -> PublicKey:
    """The public key of a private one.

    Raises:
        WrongKeyType: a curve that we do not sign with.
    """
    if isinstance(private, Ed25519PrivateKey):
        return PublicKey(KeyType.ED25519, private.public_key().public_bytes_raw())
    if not isinstance(private.curve, ec.SECP256R1):
        raise WrongKeyType(private.curve.name, "P-256 or Ed25519")
    public = private.public_key()
    return PublicKey(KeyType.P256, public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def generate(key_type: KeyType) -> PrivateKey:
    """A new private key from the operating system's randomness.

    Raises:
        WrongKeyType: a kind that we verify but do not sign with.
    """
    match key_type:
        case KeyType.ED25519:
            return Ed25519PrivateKey.generate()
        case KeyType.P256:
            return ec.generate_private_key(ec.SECP256R1())
        case KeyType.P384:
            raise WrongKeyType(key_type, "P-256 or Ed25519")
