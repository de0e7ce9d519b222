"""How is a public key written as JSON Web Key?

RFC 7517, RFC 8037 (`OKP`), RFC 7518 sections 6.2 (`EC`) and 6.3 (`RSA`); thumbprints by RFC 7638.
"""

import base64
import hashlib
import json
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from keys import multibase
from keys.errors import MalformedKey
from keys.public_key import (
    CURVES,
    FIELD_BYTES,
    LONGEST_RSA,
    SHORTEST_RSA,
    KeyType,
    PublicKey,
)


def encode(key: PublicKey) -> dict[str, str]:
    """A public key as `kty`, `crv`, `x` and, for EC, `y`; an RSA key as `kty`, `n` and `e`."""
    if key.type is KeyType.RSA:
        modulus, exponent = (_text(_octets(number)) for number in key.rsa_numbers())
        return {"kty": "RSA", "n": modulus, "e": exponent}
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
        case "RSA", _:
            return _decode_rsa(jwk)
        case _:
            raise MalformedKey("a JWK with crv Ed25519, P-256 or P-384, or with kty RSA")


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


def _decode_rsa(jwk: Mapping[str, object]) -> PublicKey:
    modulus, exponent = (_number(jwk, name) for name in ("n", "e"))
    try:
        key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    except ValueError as error:
        raise MalformedKey("n and e are not an RSA key") from error
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return PublicKey(KeyType.RSA, der)


def _number(jwk: Mapping[str, object], name: str) -> int:
    """A number in as few octets as it takes (RFC 7518, section 2: Base64urlUInt)."""
    text = jwk.get(name)
    if not isinstance(text, str):
        raise MalformedKey(f"JWK member {name!r} is missing")
    octets = multibase.decode("u" + text)
    if octets[:1] in {b"", b"\0"}:
        raise MalformedKey(f"JWK member {name!r} has leading zeros")
    if len(octets) > LONGEST_RSA // 8:
        raise MalformedKey(f"an RSA key has {SHORTEST_RSA} to {LONGEST_RSA} bits")
    return int.from_bytes(octets, "big")


def _octets(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


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
