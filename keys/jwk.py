"""How is a public key written as JSON Web Key?

RFC 7517, RFC 8037 (`OKP`), RFC 7518 section 6.2 (`EC`); thumbprints by RFC 7638.
"""

import base64
import hashlib
import json
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from keys import multibase
from keys.errors import MalformedKey
from keys.public_key import CURVES, FIELD_BYTES, KeyType, PublicKey


def encode(key: PublicKey) -> dict[str, str]:
    """A public key as the members `kty`, `crv`, `x` and, for EC, `y`."""
    if key.type is KeyType.ED25519:
        return {"kty": "OKP", "crv": key.type.value, "x": _text(key.raw)}
    x, y = key.coordinates()
    return {"kty": "EC", "crv": key.type.value, "x": _text(x), "y": _text(y)}


def decode(jwk: Mapping[str, object]) -> PublicKey:
    """Read a public key; members that do not describe the key are ignored.

    Raises:
        MalformedKey: a member is missing or wrong, the kind is unknown, the point is bad,
            or the JWK carries a private key, which nobody should have sent.
    """
    if "d" in jwk:
        raise MalformedKey("a JWK with a private part ('d'); that key must be given up")
    match jwk.get("kty"), jwk.get("crv"):
        case "OKP", KeyType.ED25519:
            return PublicKey(KeyType.ED25519, _field(jwk, "x", KeyType.ED25519))
        case "EC", (KeyType.P256 | KeyType.P384) as curve:
            return _decode_point(jwk, KeyType(str(curve)))
        case _:
            raise MalformedKey("a JWK with kty OKP and crv Ed25519, or kty EC and crv P-256, P-384")


def thumbprint(key: PublicKey) -> str:
    """SHA-256 thumbprint of the key (RFC 7638) as base64url without padding."""
    members = json.dumps(encode(key), sort_keys=True, separators=(",", ":"))
    return _text(hashlib.sha256(members.encode()).digest())


def _decode_point(jwk: Mapping[str, object], key_type: KeyType) -> PublicKey:
    x, y = (int.from_bytes(_field(jwk, name, key_type), "big") for name in ("x", "y"))
    try:
        point = ec.EllipticCurvePublicNumbers(x, y, CURVES[key_type]()).public_key()
    except ValueError as error:
        raise MalformedKey(f"x and y are not a point on {key_type}") from error
    return PublicKey(key_type, point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def _field(jwk: Mapping[str, object], name: str, key_type: KeyType) -> bytes:
    text = jwk.get(name)
    if not isinstance(text, str):
        raise MalformedKey(f"JWK member {name!r} is missing")
    value = multibase.decode("u" + text)
    if len(value) != FIELD_BYTES[key_type]:
        raise MalformedKey(f"JWK member {name!r} has {FIELD_BYTES[key_type]} bytes")
    return value


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
