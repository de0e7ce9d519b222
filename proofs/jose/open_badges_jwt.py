"""How is an Open Badge put into a JWT?

Open Badges 3.0, section 8.2 (JSON Web Token Proof Format): a header of few members, the badge as
the claim `vc` or, in later editions, as the payload itself, and claims that repeat it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Self

from keys import jwk
from keys.errors import MalformedKey
from keys.public_key import PublicKey
from keys.signer import Signer
from proofs.jose import jws
from proofs.jose.claims import check_same, check_same_time
from proofs.jose.errors import ClaimsDiffer, HeaderNotAllowed, MalformedJws
from proofs.jose.jws import Jws
from proofs.jose.vc_jwt import REGISTERED
from schemas.data_model.identifiers import identifier
from schemas.document import Document, write

HEADERS: Final = frozenset({"alg", "kid", "jwk", "typ"})
ALGORITHMS: Final = frozenset({"RS256", "ES256"})
REQUIRED: Final = ("iss", "jti", "nbf", "sub")
TYP: Final = "jwt"


@dataclass(frozen=True, slots=True)
class BadgeToken:
    """A badge in a JWT as read; nothing in it is known to be true yet.

    `key` is the key that the token brings along, which counts only if its issuer publishes it too.
    """

    jws: Jws
    document: Document
    key: PublicKey | None

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a badge.

        Raises:
            MalformedJws: not such a token.
            ClaimsDiffer: a claim is missing or says something else than the badge.
            HeaderNotAllowed: a header that section 8.2.3 does not allow.
            JoseError: as `Jws.read`.
        """
        read = Jws.read(text)
        for member in sorted(read.header.keys() - HEADERS):
            raise HeaderNotAllowed(member, f"only {', '.join(sorted(HEADERS))} are allowed")
        if (read.text("typ") or TYP).lower() != TYP:
            raise HeaderNotAllowed("typ", "it must be JWT")
        if read.algorithm not in ALGORITHMS:
            raise HeaderNotAllowed("alg", f"it must be {' or '.join(sorted(ALGORITHMS))}")
        if read.text("kid") is None and "jwk" not in read.header:
            raise HeaderNotAllowed("kid", "either kid or jwk must be there")
        payload = read.claims()
        credential = payload.view.get("vc")
        if credential is None:
            credential = {k: v for k, v in payload.view.items() if k not in REGISTERED}
        if not isinstance(credential, Mapping):
            raise MalformedJws("the claim vc must be the badge")
        check_claims(payload.view, credential)
        return cls(read, Document(payload.raw, credential), _own_key(read))


def check_claims(claims: Mapping[str, Any], credential: Mapping[str, Any]) -> None:
    """Compare the claims with the badge; section 8.2.6.1.

    Raises:
        ClaimsDiffer: one is missing or says something else.
    """
    members = {"iss": "issuer", "jti": "id", "nbf": "validFrom", "sub": "credentialSubject"}
    for claim in REQUIRED:
        if claim not in claims and not (claim == "sub" and not _has_subject_id(credential)):
            raise ClaimsDiffer(claim, members[claim])
    check_same(claims, credential)
    check_same_time(claims, "nbf", credential, "validFrom", "issuanceDate")
    check_same_time(claims, "exp", credential, "validUntil", "expirationDate")
    if "exp" not in claims and ("validUntil" in credential or "expirationDate" in credential):
        raise ClaimsDiffer("exp", "validUntil")


def secure(view: Mapping[str, Any], signer: Signer, *, with_jwk: bool = False) -> str:
    """A badge as a compact JWS, with a `kid` or with the key itself.

    Raises:
        ClaimsDiffer: the badge lacks something that a claim must repeat.
        WrongKeyForSuite: neither an RSA nor a P-256 key.
    """
    key = signer.public_key
    if jws.WRITTEN[key.type] not in ALGORITHMS:
        raise HeaderNotAllowed("alg", f"it must be {' or '.join(sorted(ALGORITHMS))}")
    subject = view.get("credentialSubject")
    claims = {
        "iss": identifier(view.get("issuer")),
        "jti": view.get("id"),
        "nbf": _seconds(view, "validFrom", "issuanceDate"),
        "exp": _seconds(view, "validUntil", "expirationDate"),
        "sub": subject.get("id") if isinstance(subject, Mapping) else None,
    }
    claims = {name: value for name, value in claims.items() if value is not None}
    check_claims(claims, view)
    named = {"jwk": jwk.encode(key)} if with_jwk else {"kid": signer.verification_method}
    return jws.sign({**named, "typ": "JWT"}, write({**view, **claims}), signer)


def _seconds(view: Mapping[str, Any], *members: str) -> int | None:
    written = next((view[member] for member in members if member in view), None)
    if not isinstance(written, str):
        return None
    moment = datetime.fromisoformat(written)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _has_subject_id(credential: Mapping[str, Any]) -> bool:
    subject = credential.get("credentialSubject")
    return isinstance(subject, Mapping) and "id" in subject


def _own_key(read: Jws) -> PublicKey | None:
    if "jwk" not in read.header:
        return None
    found = read.header["jwk"]
    if not isinstance(found, Mapping):
        raise MalformedJws("header jwk must be a key")
    try:
        return jwk.decode(found)
    except MalformedKey as error:
        raise MalformedJws(f"header jwk: {error}") from error
