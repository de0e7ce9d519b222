"""In which form was the credential secured?

Embedded (Data Integrity), or inside a token: VC-JWT, the compact JWS of Open Badges, SD-JWT.  What
comes out is one document to judge, and the token beside it for whoever checks the signature.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from proofs.jose.errors import MalformedJws
from proofs.jose.jws import Jws
from proofs.jose.open_badges_jwt import BadgeToken
from proofs.jose.sd_jwt_vc import SdJwtCredential
from proofs.jose.vc_jwt import CREDENTIAL, ENVELOPES, PRESENTATION, Token, media_type
from schemas.document import Document
from verifier.errors import NotReadHere
from verifier.reading import text, types

ENVELOPED: Final = ENVELOPES[CREDENTIAL]
ENVELOPED_PRESENTATION: Final = ENVELOPES[PRESENTATION]
PRESENTATIONS: Final = frozenset({"VerifiablePresentation", ENVELOPED_PRESENTATION})
BUNDLE: Final = "This is a bundle of documents. Paste each credential by itself, or its link."
DATA: Final = "data:"
MEDIA_TYPES: Final = (
    "application/vc+jwt",
    "application/vp+jwt",
    "application/vc+sd-jwt",
    "application/dc+sd-jwt",
)


class Form(StrEnum):
    """How a credential is secured, in the words of an engineer."""

    EMBEDDED = "Data Integrity"
    VC_JWT = "VC-JWT"
    BADGE_JWT = "Open Badges JWT"
    SD_JWT = "SD-JWT of a VCDM 2.0 document"
    SD_JWT_VC = "SD-JWT VC"


CredentialToken = Token | BadgeToken | SdJwtCredential


@dataclass(frozen=True, slots=True)
class Opened:
    """A credential out of its envelope; nothing in it is known to be true yet.

    `is_presented` says that it came in a presentation, which was not looked at itself.
    """

    document: Document
    form: Form = Form.EMBEDDED
    token: CredentialToken | None = field(default=None, repr=False)
    is_presented: bool = False


def open_credential(given: bytes | Document) -> Opened:
    """Take a credential out of whatever envelope it came in.

    Args:
        given: JSON or a token, or JSON that was read already.

    Raises:
        NotReadHere: it is a presentation, which may hold several.
        MalformedDocument: neither JSON nor a token.
        ProofError: a token that cannot be read.
    """
    if isinstance(given, bytes) and is_token(written := given.strip()):
        token = written.decode("ascii")
        if _typ(token.partition("~")[0]) == PRESENTATION:
            raise NotReadHere(BUNDLE)
        return open_token(token)
    document = given if isinstance(given, Document) else Document.read(given)
    if PRESENTATIONS & types(document.view):
        raise NotReadHere(BUNDLE)
    if ENVELOPED in types(document.view):
        return open_token(enveloped(document.view, ENVELOPED))
    return Opened(document)


def open_token(given: str) -> Opened:
    """Read a credential in one of the token forms, told apart by `typ`.

    Raises:
        ProofError: it cannot be read.
    """
    if "~" in given:
        credential = SdJwtCredential.read(given)
        form = Form.SD_JWT if credential.is_vcdm else Form.SD_JWT_VC
        return Opened(credential.document, form, credential)
    typ = _typ(given)
    if typ == CREDENTIAL:
        token = Token.read(given)
        return Opened(token.document, Form.VC_JWT, token)
    if typ == PRESENTATION:
        raise MalformedJws("a presentation, where a credential is needed")
    badge = BadgeToken.read(given)
    return Opened(badge.document, Form.BADGE_JWT, badge)


def _typ(given: str) -> str | None:
    return media_type(Jws.read(given).text("typ"))


def is_token(written: bytes) -> bool:
    """Whether this can only be a JWS or an SD-JWT."""
    return written.startswith(b"ey") and written.isascii() and written.count(b".") >= 2  # noqa: PLR2004


def enveloped(view: Mapping[str, Any], kind: str) -> str:
    """The token in an EnvelopedVerifiableCredential or -Presentation; VCDM 2.0, 4.12 and 4.13.

    Raises:
        ProofError: its `id` is not a `data:` URL with a token.
    """
    head, comma, token = text(view, "id").partition(",")
    media = head.removeprefix(DATA).split(";")[0].lower()
    if not (head.startswith(DATA) and comma and media in MEDIA_TYPES and "base64" not in head):
        raise MalformedJws(f"{kind}: id must be data:{' or '.join(MEDIA_TYPES)}, and the token")
    if not is_token(token.encode("utf-8", "replace")):
        raise MalformedJws(f"{kind}: what is in the envelope is no token")
    return token
