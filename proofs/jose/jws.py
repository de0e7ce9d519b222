"""What does a compact JSON Web Signature say, and who can have signed it?

RFC 7515, section 3.1, with the algorithms of RFC 7518, RFC 8037 and RFC 9864.  By hand, since our
signers do not show their keys; the key decides which algorithm is right, never the header alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from keys import multibase
from keys.errors import KeyFault
from keys.public_key import KeyType, PublicKey
from keys.signer import Signer
from proofs.errors import InvalidSignature, UnknownCryptosuite, WrongKeyForSuite
from proofs.jose.errors import AlgorithmRefused, HeaderNotAllowed, MalformedJws
from schemas.document import Document, write
from schemas.errors import MalformedDocument
from schemas.limits import JsonLimits

ALGORITHMS: Final[Mapping[str, KeyType]] = {
    "EdDSA": KeyType.ED25519,
    "Ed25519": KeyType.ED25519,
    "ES256": KeyType.P256,
    "ES384": KeyType.P384,
    "RS256": KeyType.RSA,
}
"""Name in the header → the kind of key that it is used with."""

WRITTEN: Final[Mapping[KeyType, str]] = {
    KeyType.ED25519: "EdDSA",
    KeyType.P256: "ES256",
    KeyType.P384: "ES384",
    KeyType.RSA: "RS256",
}
"""The name that we write; for Ed25519 the older one, which everybody reads."""

LONGEST: Final = 900_000  # characters
HEADER_LIMITS: Final = JsonLimits(document_bytes=16_000, depth=6, values=200)
TEXTS: Final = ("alg", "typ", "cty", "kid", "iss")
NOT_FOLLOWED: Final = ("jku", "x5u", "crit", "b64", "zip")
SECRETS: Final = ("HS256", "HS384", "HS512")


@dataclass(frozen=True, slots=True)
class Jws:
    """A compact JWS as read; nothing in it is known to be true yet."""

    header: Mapping[str, Any]
    payload: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    signing_input: bytes = field(repr=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a compact JWS.

        Raises:
            MalformedJws: not three parts of base64url, or a header that is no JSON object or has
                something else where a text must be.
            AlgorithmRefused: `none`, or a shared secret.
            HeaderNotAllowed: a header that points elsewhere for keys, or demands to be understood.
        """
        parts = text.split(".")
        if len(text) > LONGEST or len(parts) != 3:  # noqa: PLR2004 - header, payload, signature
            raise MalformedJws("a compact JWS has three parts with dots between them")
        header, payload, signature = map(_decoded, parts)
        try:
            view = Document.read(header, HEADER_LIMITS).view
        except MalformedDocument as error:
            raise MalformedJws(f"the header: {error}") from error
        _check_header(view)
        return cls(view, payload, signature, f"{parts[0]}.{parts[1]}".encode())

    @property
    def algorithm(self) -> str:
        """The algorithm that the header names."""
        return str(self.header.get("alg"))

    def text(self, member: str) -> str | None:
        """One of the `TEXTS` of the header, if it is there."""
        value: str | None = self.header.get(member)
        return value

    def claims(self) -> Document:
        """The payload as a JSON object.

        Raises:
            MalformedJws: it is none, or over the limits.
        """
        try:
            return Document.read(self.payload)
        except MalformedDocument as error:
            raise MalformedJws(f"the payload: {error}") from error

    def verify(self, key: PublicKey) -> None:
        """Check that `key` signed header and payload; RFC 7515, section 5.2.

        Raises:
            InvalidSignature: it did not.
            WrongKeyForSuite: the algorithm is not that of the key.
            UnknownCryptosuite: an algorithm that we do not speak.
        """
        needed = ALGORITHMS.get(self.algorithm)
        if needed is None:
            raise UnknownCryptosuite(self.algorithm, ALGORITHMS)
        if key.type is not needed:
            raise WrongKeyForSuite(self.algorithm, str(key.type), str(needed))
        if not key.verifies(self.signature, self.signing_input):
            raise InvalidSignature


def sign(header: Mapping[str, Any], payload: bytes, signer: Signer) -> str:
    """A compact JWS; `alg` is that of the signer's key.

    Raises:
        InvalidSignature: the signer signed with another key than it says.
    """
    named = {"alg": WRITTEN[signer.public_key.type], **header}
    signing_input = f"{_encoded(write(named))}.{_encoded(payload)}"
    signature = signer.sign(signing_input.encode())
    if not signer.public_key.verifies(signature, signing_input.encode()):
        raise InvalidSignature
    return f"{signing_input}.{_encoded(signature)}"


def _check_header(view: Mapping[str, Any]) -> None:
    for member in TEXTS:
        if member in view and not isinstance(view[member], str):
            raise MalformedJws(f"header {member} must be a string")
    algorithm = view.get("alg")
    if algorithm is None:
        raise MalformedJws("header alg must be there")
    if algorithm.lower() == "none" or algorithm in SECRETS:
        raise AlgorithmRefused(algorithm)
    for member in NOT_FOLLOWED:
        if member in view:
            raise HeaderNotAllowed(member, "nothing may point elsewhere or change the rules")


def _encoded(data: bytes) -> str:
    return multibase.encode_base64url(data)[1:]


def _decoded(text: str) -> bytes:
    try:
        return multibase.decode("u" + text, longest=LONGEST)
    except KeyFault:
        raise MalformedJws("each part is base64url without padding") from None
