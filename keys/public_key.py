"""Does this signature come from that key?

Ed25519 (RFC 8032), ECDSA over P-256 and P-384 (FIPS 186-5) and, for Open Badges only, RSA with
PKCS#1 v1.5 and SHA-256 (RFC 8017, section 8.2), signatures as raw bytes as Data Integrity and
JOSE use them.  A public key cannot be wrong once it exists: points that are not on the curve or
in the small subgroup, and RSA keys that are too short or too long, are refused by the constructor.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from keys.errors import MalformedKey


class KeyType(StrEnum):
    """The kinds of key we know, under the names that JWK (`crv`, for RSA `kty`) gives them."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    RSA = "RSA"


CURVES: Final[dict[KeyType, type[ec.SECP256R1 | ec.SECP384R1]]] = {
    KeyType.P256: ec.SECP256R1,
    KeyType.P384: ec.SECP384R1,
}
_HASHES: Final[dict[KeyType, type[hashes.SHA256 | hashes.SHA384]]] = {
    KeyType.P256: hashes.SHA256,
    KeyType.P384: hashes.SHA384,
}
FIELD_BYTES: Final = {KeyType.ED25519: 32, KeyType.P256: 32, KeyType.P384: 48}
SHORTEST_RSA: Final = 2048  # bits
LONGEST_RSA: Final = 4096  # bits; checking costs the square
LARGEST_EXPONENT: Final = 2**32  # checking costs as much as the exponent is long
_ED25519_PRIME: Final = 2**255 - 19
_ED25519_D: Final = -121665 * pow(121666, -1, _ED25519_PRIME) % _ED25519_PRIME


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: 32 raw bytes for Ed25519, a compressed point for P-256 and P-384.

    An RSA key is the DER of its SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7).

    Raises:
        MalformedKey: the bytes are not a point that a signature can be trusted with.
    """

    type: KeyType
    raw: bytes
    _key: Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        match self.type:
            case KeyType.ED25519:
                _check_ed25519(self.raw)
                object.__setattr__(self, "_key", Ed25519PublicKey.from_public_bytes(self.raw))
            case KeyType.RSA:
                object.__setattr__(self, "_key", self._modulus())
            case _:
                object.__setattr__(self, "_key", self._point())

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether `signature` is this key's over `message`.

        Raw: 64 bytes, 96 for P-384, for RSA as many as the modulus has.
        """
        if self.type is not KeyType.RSA and len(signature) != 2 * FIELD_BYTES[self.type]:
            return False
        try:
            match self._key:
                case Ed25519PublicKey() as key:
                    key.verify(signature, message)
                case rsa.RSAPublicKey() as key:
                    key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
                case key:
                    key.verify(_der(signature), message, ec.ECDSA(_HASHES[self.type]()))
        except InvalidSignature:
            return False
        return True

    def coordinates(self) -> tuple[bytes, bytes]:
        """The affine coordinates x and y of a point on P-256 or P-384, in big-endian bytes."""
        numbers = self._point().public_numbers()
        length = FIELD_BYTES[self.type]
        return numbers.x.to_bytes(length, "big"), numbers.y.to_bytes(length, "big")

    def rsa_numbers(self) -> tuple[int, int]:
        """Modulus and exponent of an RSA key."""
        numbers = self._modulus().public_numbers()
        return numbers.n, numbers.e

    def _modulus(self) -> rsa.RSAPublicKey:
        try:
            key = load_der_public_key(self.raw)
        except ValueError as error:
            raise MalformedKey("not an RSA key") from error
        if not isinstance(key, rsa.RSAPublicKey):
            raise MalformedKey("not an RSA key")
        if not SHORTEST_RSA <= key.key_size <= LONGEST_RSA:
            raise MalformedKey(f"an RSA key has {SHORTEST_RSA} to {LONGEST_RSA} bits")
        if key.public_numbers().e > LARGEST_EXPONENT:
            raise MalformedKey("an RSA key with an exponent that nobody needs")
        return key

    def _point(self) -> ec.EllipticCurvePublicKey:
        if len(self.raw) != 1 + FIELD_BYTES[self.type] or self.raw[0] not in {2, 3}:
            raise MalformedKey(f"a {self.type} key is a compressed point")
        try:
            return ec.EllipticCurvePublicKey.from_encoded_point(CURVES[self.type](), self.raw)
        except ValueError as error:
            raise MalformedKey(f"not a point on {self.type}") from error


def _check_ed25519(raw: bytes) -> None:
    if len(raw) != FIELD_BYTES[KeyType.ED25519]:
        raise MalformedKey(f"an Ed25519 key has 32 bytes, not {len(raw)}")
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y >= _ED25519_PRIME:
        raise MalformedKey("an Ed25519 key in a non-canonical spelling")
    if _is_small_order(y):
        raise MalformedKey("an Ed25519 key of small order, with which anything verifies")
    if not _is_on_curve(y):
        raise MalformedKey("not a point on Ed25519")


def _is_small_order(y: int) -> bool:
    """Whether 8·P is the neutral element; decided on y alone, which small orders share."""
    if y in {0, 1, _ED25519_PRIME - 1}:
        return True
    # The points of order 8 are those with d·y⁴ + 2·y² - 1 = 0 (mod p).
    return (_ED25519_D * pow(y, 4, _ED25519_PRIME) + 2 * y * y - 1) % _ED25519_PRIME == 0


def _is_on_curve(y: int) -> bool:
    """Whether x² = (y² - 1) / (d·y² + 1) has a root (RFC 8032, 5.1.3), by Euler's criterion."""
    square = (y * y - 1) * (_ED25519_D * y * y + 1)
    return pow(square, (_ED25519_PRIME - 1) // 2, _ED25519_PRIME) == 1


def _der(signature: bytes) -> bytes:
    half = len(signature) // 2
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    return encode_dss_signature(r, s)
