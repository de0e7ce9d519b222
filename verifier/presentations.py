"""What does a holder show, and of which credentials does it consist?

VCDM 2.0, section 4.13: an open document, or a token (VP-JWT), by itself or in an envelope; and an
SD-JWT with key binding, which shows one credential.  Nothing that comes out is known to be true.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from proofs.errors import ProofError
from proofs.jose.errors import MalformedJws
from proofs.jose.sd_jwt_vc import SdJwtCredential
from proofs.jose.vc_jwt import PRESENTATION, Token
from proofs.limits import Limits
from proofs.size import check_size, check_sizes
from schemas.data_model import presentation_breaches
from schemas.document import Document
from schemas.errors import MalformedDocument
from schemas.one_or_many import listed
from verifier.envelopes import (
    ENVELOPED,
    ENVELOPED_PRESENTATION,
    Opened,
    enveloped,
    is_token,
    open_credential,
    open_token,
)
from verifier.errors import NotReadHere
from verifier.reading import identifier, types

TYPE: Final = "VerifiablePresentation"
MOST_CREDENTIALS: Final = 16
"""How many credentials of one presentation are judged."""

JUDGED_APART: Final = "/verifiableCredential/"
"""What is wrong inside a credential is said of that credential."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the one who asked gave out, so that an old presentation is of no use.

    Attributes:
        challenge: a text that is given out once; `nonce` in tokens.
        domain: who asks; `aud` in tokens.
    """

    challenge: str | None = None
    domain: str | None = None

    @property
    def is_given(self) -> bool:
        """Whether anything was asked for that a presentation can be compared with."""
        return self.challenge is not None or self.domain is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """A presentation out of its envelope.

    Attributes:
        document: the presentation; for an SD-JWT the credential that it shows.
        credentials: each credential, or why it cannot be read.
        token: the VP-JWT or the SD-JWT that it came in, if it did.
        flaw: the rules of the data model that it breaks.
    """

    document: Document
    credentials: tuple[Opened | str, ...]
    token: Token | SdJwtCredential | None = field(default=None, repr=False)
    flaw: str | None = None

    @property
    def holder(self) -> str:
        """Who says to show it; nothing where it does not say."""
        if isinstance(self.token, SdJwtCredential):
            return ""
        named = identifier(self.document.view.get("holder"))
        if named or self.token is None:
            return named
        claimed = self.token.claims.get("iss", self.token.jws.text("iss"))
        return claimed if isinstance(claimed, str) else ""


def open_presentation(given: bytes | Document) -> Shown:
    """Take a presentation, and each credential in it, out of their envelopes.

    Args:
        given: JSON or a token, or JSON that was read already.

    Raises:
        MalformedDocument: neither JSON nor a token.
        ProofError: a token that cannot be read, or that is no presentation.
    """
    if isinstance(given, bytes) and is_token(written := given.strip()):
        return _of_token(written.decode("ascii"))
    document = given if isinstance(given, Document) else Document.read(given)
    if ENVELOPED_PRESENTATION in types(document.view):
        return _of_token(enveloped(document.view, ENVELOPED_PRESENTATION))
    return _shown(document)


def open_the_credential(given: bytes | Document) -> Opened:
    """Take a credential out of its envelope, or out of a presentation that shows it alone.

    Raises:
        NotReadHere: a presentation of several credentials, or of none.
        MalformedDocument: neither JSON nor a token.
        ProofError: a token that cannot be read.
    """
    try:
        return open_credential(given)
    except NotReadHere:
        shown = open_presentation(given).credentials
        only = shown[0] if len(shown) == 1 else None
        if not isinstance(only, Opened):
            raise
        return replace(only, is_presented=True)


def _of_token(given: str) -> Shown:
    if "~" in given:
        opened = open_token(given)
        if not isinstance(opened.token, SdJwtCredential):
            raise MalformedJws("an SD-JWT with the holder's key binding is needed")
        return Shown(opened.document, (opened,), opened.token)
    token = Token.read(given, PRESENTATION)
    return _shown(token.document, token)


def _shown(document: Document, token: Token | None = None) -> Shown:
    found = listed(document.view.get("verifiableCredential", ()))
    credentials = tuple(_opened(one, document) for one in found[:MOST_CREDENTIALS])
    check_size(document.view, Limits())
    check_sizes([_read_again(one) for one in credentials], Limits())
    return Shown(document, credentials, token, _flaw(document))


def _read_again(one: Opened | str) -> tuple[Mapping[str, Any], int]:
    """A credential, and how often it is read: once for each of its own proofs."""
    if isinstance(one, str) or one.token is not None:
        return {}, 0
    return one.document.view, len(listed(one.document.view.get("proof", ())))


def _flaw(document: Document) -> str | None:
    if TYPE not in types(document.view):
        return f"type must include {TYPE}"
    found = len(listed(document.view.get("verifiableCredential", ())))
    if found > MOST_CREDENTIALS:
        return f"it holds {found} credentials; at most {MOST_CREDENTIALS} are judged together"
    broken = [
        breach
        for breach in presentation_breaches(document.view)
        if not breach.pointer.startswith(JUDGED_APART)
    ]
    return "; ".join(f"{one.pointer}: {one.rule} ({one.section})" for one in broken[:5]) or None


def _opened(given: Any, within: Document) -> Opened | str:  # noqa: ANN401 - JSON of a stranger
    try:
        if isinstance(given, str):
            return open_token(given)
        if not isinstance(given, dict):
            return "a credential must be an object, or a token as text"
        if ENVELOPED in types(given):
            return open_token(enveloped(given, ENVELOPED))
        return Opened(within.part(given))
    except (MalformedDocument, ProofError) as error:
        return str(error)
