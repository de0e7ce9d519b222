"""How is a credential or a presentation put into a JWT?

Securing Verifiable Credentials using JOSE and COSE 1.0, sections 3.1 and 3.3: the document is the
payload as it stands; `iat` and `exp` speak of the signature, not of the document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from keys.signer import Signer
from proofs.jose import jws
from proofs.jose.claims import check_same, numeric_date
from proofs.jose.errors import HeaderNotAllowed, MalformedJws
from proofs.jose.jws import Jws
from schemas.document import Document, write

CREDENTIAL: Final = "vc+jwt"
PRESENTATION: Final = "vp+jwt"
CONTENT: Final = {CREDENTIAL: "vc", PRESENTATION: "vp"}
ENVELOPES: Final = {
    CREDENTIAL: "EnvelopedVerifiableCredential",
    PRESENTATION: "EnvelopedVerifiablePresentation",
}
REGISTERED: Final = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf", "nonce"})
"""Claims that may stand beside the document (RFC 7519; `nonce` of OpenID Connect)."""


@dataclass(frozen=True, slots=True)
class Token:
    """A document in a JWT as read; nothing in it is known to be true yet.

    `document` has the bytes of the payload, and a view without the claims that speak of the token.
    """

    jws: Jws
    document: Document
    claims: Mapping[str, Any]
    issued_at: datetime | None
    not_before: datetime | None
    expires: datetime | None

    @classmethod
    def read(cls, text: str, typ: str = CREDENTIAL) -> Self:
        """Read a VC-JWT or a VP-JWT.

        Raises:
            MalformedJws: not such a token.
            ClaimsDiffer: a claim says something else than the document.
            JoseError: as `Jws.read`.
        """
        read = Jws.read(text)
        if media_type(read.text("typ")) != typ:
            raise HeaderNotAllowed("typ", f"it must be {typ}")
        if "jwk" in read.header:
            raise HeaderNotAllowed("jwk", "the key is the one that the issuer publishes")
        content = read.text("cty")
        if content is not None and media_type(content) != CONTENT[typ]:
            raise HeaderNotAllowed("cty", f"it must be {CONTENT[typ]}")
        payload = read.claims()
        for old in ("vc", "vp"):
            if old in payload.view:
                raise MalformedJws(f"{old} must not be a claim; the document is the payload")
        view = {k: v for k, v in payload.view.items() if k not in REGISTERED}
        header_issuer = read.text("iss")
        if header_issuer is not None and payload.view.get("iss", header_issuer) != header_issuer:
            raise HeaderNotAllowed("iss", "it differs from the claim iss")
        named = {"iss": header_issuer} if header_issuer is not None else {}
        if typ == CREDENTIAL:
            check_same({**named, **payload.view}, view)
        return cls(
            read,
            Document(payload.raw, view),
            payload.view,
            numeric_date(payload.view, "iat"),
            numeric_date(payload.view, "nbf"),
            numeric_date(payload.view, "exp"),
        )


def secure(  # noqa: PLR0913 - the claims of a token
    view: Mapping[str, Any],
    signer: Signer,
    *,
    typ: str = CREDENTIAL,
    now: datetime | None = None,
    expires: datetime | None = None,
    nonce: str | None = None,
    audience: str | None = None,
) -> str:
    """A credential (`vc+jwt`) or presentation (`vp+jwt`) as a compact JWS.

    Raises:
        MalformedDocument: a value that JSON cannot hold.
    """
    claims = {
        "iat": int(now.timestamp()) if now else None,
        "exp": int(expires.timestamp()) if expires else None,
        "nonce": nonce,
        "aud": audience,
    }
    payload = {**view, **{name: value for name, value in claims.items() if value is not None}}
    header = {"typ": typ, "cty": CONTENT[typ], "kid": signer.verification_method}
    return jws.sign(header, write(payload), signer)


def envelope(token: str, typ: str, context: str) -> dict[str, str]:
    """A token, an SD-JWT too, as a JSON object; VCDM 2.0, sections 4.12 and 4.13."""
    return {
        "@context": context,
        "id": f"data:application/{typ},{token}",
        "type": ENVELOPES[PRESENTATION if typ == PRESENTATION else CREDENTIAL],
    }


def media_type(text: str | None) -> str | None:
    """A `typ` or `cty` without the `application/` that may be left out (RFC 7515, 4.1.9)."""
    return None if text is None else text.lower().removeprefix("application/")
