"""A private key in the memory of this process; what an unlocked key file becomes."""

from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from keys.errors import WrongKeyType
from keys.public_key import FIELD_BYTES, KeyType, PublicKey

PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_TYPES: Final = {"secp256r1": KeyType.P256, "secp384r1": KeyType.P384}
_HASHES: Final = {KeyType.P256: hashes.SHA256, KeyType.P384: hashes.SHA384}
RSA_BITS: Final = 3072


@dataclass(frozen=True, slots=True)
class MemorySigner:
    """Signs with a key held in memory; the key is hidden from `repr`."""

    verification_method: str
    private: PrivateKey = field(repr=False, compare=False)
    public_key: PublicKey = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "public_key", public_half(self.private))

    def sign(self, message: bytes) -> bytes:
        """Ed25519, ECDSA as r and s of equal length, or RSA with PKCS#1 v1.5 and SHA-256."""
        private = self.private
        if isinstance(private, Ed25519PrivateKey):
            return private.sign(message)
        if isinstance(private, rsa.RSAPrivateKey):
            return private.sign(message, padding.PKCS1v15(), hashes.SHA256())
        key_type = _curve(private)
        r, s = decode_dss_signature(private.sign(message, ec.ECDSA(_HASHES[key_type]())))
        length = FIELD_BYTES[key_type]
        return r.to_bytes(length, "big") + s.to_bytes(length, "big")


def public_half(private: PrivateKey) -> PublicKey:
    """The public key of a private one.

    Raises:
        WrongKeyType: a curve that we do not sign with.
        MalformedKey: an RSA key that is too short or too long.
    """
    if isinstance(private, Ed25519PrivateKey):
        return PublicKey(KeyType.ED25519, private.public_key().public_bytes_raw())
    if isinstance(private, rsa.RSAPrivateKey):
        der = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return PublicKey(KeyType.RSA, der)
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return PublicKey(_curve(private), point)


def _curve(private: ec.EllipticCurvePrivateKey) -> KeyType:
    try:
        return _TYPES[private.curve.name]
    except KeyError:
        raise WrongKeyType(private.curve.name, "P-256, P-384 or Ed25519") from None


def generate(key_type: KeyType) -> PrivateKey:
    """A new private key from the operating system's randomness."""
    match key_type:
        case KeyType.ED25519:
            return Ed25519PrivateKey.generate()
        case KeyType.P256:
            return ec.generate_private_key(ec.SECP256R1())
        case KeyType.P384:
            return ec.generate_private_key(ec.SECP384R1())
        case KeyType.RSA:
            return rsa.generate_private_key(public_exponent=65_537, key_size=RSA_BITS)
