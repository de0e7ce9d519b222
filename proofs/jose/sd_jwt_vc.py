"""What does a credential say that is an SD-JWT?

SD-JWT-based Verifiable Credentials (IETF draft, `dc+sd-jwt`): claims of its own; and VC-JOSE-COSE
1.0, section 3.2 (`vc+sd-jwt`): a document of VCDM 2.0 of which parts may be hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Self

from keys.public_key import PublicKey
from keys.signer import Signer
from proofs.jose import sd_jwt
from proofs.jose.claims import check_same, numeric_date
from proofs.jose.errors import HeaderNotAllowed, MalformedSdJwt
from proofs.jose.sd_jwt import SdJwt
from proofs.jose.vc_jwt import REGISTERED, media_type
from schemas.contexts import VC_V2
from schemas.data_model.identifiers import identifier
from schemas.document import Document, write

TYPE: Final = "dc+sd-jwt"
OLD_TYPE: Final = "vc+sd-jwt"
NEVER_HIDDEN: Final = frozenset({"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"})
OF_THE_TOKEN: Final = REGISTERED | NEVER_HIDDEN
DOCUMENT_NEVER_HIDDEN: Final = frozenset(
    {"@context", "type", "issuer", "credentialStatus", "credentialSchema", "relatedResource"}
)


@dataclass(frozen=True, slots=True)
class SdJwtCredential:
    """A credential in an SD-JWT as read; nothing in it is known to be true yet.

    `document` is a view of what is shown in the terms of VCDM 2.0, with the bytes that were given.
    """

    sd_jwt: SdJwt
    document: Document
    issuer: str
    is_vcdm: bool
    issued_at: datetime | None
    not_before: datetime | None
    expires: datetime | None
    status: Mapping[str, Any] | None

    @classmethod
    def read(cls, text: str) -> Self:
        """Read an SD-JWT credential of either kind.

        Raises:
            MalformedSdJwt: a claim is missing or is not what it must be.
            JoseError: as `SdJwt.read` and `SdJwt.claims`.
        """
        read = SdJwt.read(text)
        typ = media_type(read.jws.text("typ"))
        if typ not in {TYPE, OLD_TYPE}:
            raise HeaderNotAllowed("typ", f"it must be {TYPE} or {OLD_TYPE}")
        if "jwk" in read.jws.header:
            raise HeaderNotAllowed("jwk", "the key is the one that the issuer publishes")
        is_vcdm = "@context" in read.signed
        if is_vcdm and typ != OLD_TYPE:
            raise HeaderNotAllowed("typ", f"it must be {OLD_TYPE} for a document with @context")
        claims = read.claims(NEVER_HIDDEN | (DOCUMENT_NEVER_HIDDEN if is_vcdm else frozenset()))
        view = _vcdm_view(claims) if is_vcdm else _view(claims)
        status = claims.get("status")
        return cls(
            read,
            Document(text.encode(), view),
            identifier(view.get("issuer")) or "",
            is_vcdm,
            numeric_date(claims, "iat"),
            numeric_date(claims, "nbf"),
            numeric_date(claims, "exp"),
            status if isinstance(status, Mapping) else None,
        )


def secure(
    claims: Mapping[str, Any],
    signer: Signer,
    *,
    disclosable: tuple[str, ...] = (),
    holder: PublicKey | None = None,
) -> str:
    """An SD-JWT VC; claims need at least `vct`, and `iss` where the key does not name the issuer.

    Raises:
        MalformedSdJwt: `vct` or `iss` is missing.
        DisclosureRefused: something that must always be shown.
    """
    _view(claims)
    if hidden := NEVER_HIDDEN & set(disclosable):
        raise MalformedSdJwt(f"{', '.join(sorted(hidden))} must always be shown")
    return sd_jwt.issue(
        claims, signer, header={"typ": TYPE}, disclosable=disclosable, holder=holder
    )


def secure_document(
    view: Mapping[str, Any],
    signer: Signer,
    *,
    disclosable: tuple[str, ...] = (),
    holder: PublicKey | None = None,
) -> str:
    """A document of VCDM 2.0 as SD-JWT; VC-JOSE-COSE 1.0, section 3.2.1.

    Raises:
        MalformedSdJwt: not such a document, or a part that must always be shown.
    """
    if "@context" not in view:
        raise MalformedSdJwt(f"@context must be there, beginning with {VC_V2}")
    if hidden := DOCUMENT_NEVER_HIDDEN & set(disclosable):
        raise MalformedSdJwt(f"{', '.join(sorted(hidden))} must always be shown")
    header = {"typ": OLD_TYPE, "cty": "vc"}
    return sd_jwt.issue(view, signer, header=header, disclosable=disclosable, holder=holder)


def _vcdm_view(claims: Mapping[str, Any]) -> dict[str, Any]:
    view = {name: value for name, value in claims.items() if name not in REGISTERED}
    check_same(claims, view)
    return view


def _view(claims: Mapping[str, Any]) -> dict[str, Any]:
    """The claims in the terms of VCDM 2.0, for those who judge; no JSON-LD is meant by it."""
    kind, issuer = claims.get("vct"), claims.get("iss")
    if not isinstance(kind, str) or not kind:
        raise MalformedSdJwt("vct must name the type of the credential")
    if not isinstance(issuer, str) or not issuer:
        raise MalformedSdJwt("iss must name the issuer")
    said = {name: value for name, value in claims.items() if name not in OF_THE_TOKEN}
    subject = claims.get("sub")
    named = {"id": subject} if isinstance(subject, str) else {}
    view: dict[str, Any] = {"type": [kind], "issuer": issuer, "credentialSubject": said | named}
    for member, claim in (("validFrom", "nbf"), ("validUntil", "exp")):
        moment = numeric_date(claims, claim)
        if moment is not None:
            view[member] = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    write(view)
    return view
