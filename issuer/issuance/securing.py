"""In which forms does an issuer secure a document that somebody else wrote?

Data Integrity with every cryptosuite that one of the keys fits, and the token forms.  What was
signed is read again with a reader's eyes before anybody gets it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from issuer.errors import CannotBeSigned, SealBroken
from keys.public_key import PublicKey
from keys.signer import Signer
from proofs.errors import InvalidSignature
from proofs.jose import open_badges_jwt, sd_jwt_vc, vc_jwt
from proofs.jose.jws import WRITTEN
from proofs.jose.open_badges_jwt import ALGORITHMS as BADGE_ALGORITHMS
from proofs.jose.open_badges_jwt import BadgeToken
from proofs.jose.sd_jwt_vc import SdJwtCredential
from proofs.jose.vc_jwt import CREDENTIAL, Token, envelope
from proofs.secure import Wish, add_proof
from proofs.selection import MOST_POINTERS
from proofs.selective import disclose
from proofs.suites import PROOF_TYPE, SUITES, How
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import VC_V2
from schemas.document import Document, write

SD_JWT: Final = "vc+sd-jwt"
BADGE_JWT: Final = "JWT"
ASSERTION: Final = "assertionMethod"


@dataclass(frozen=True, slots=True)
class Asked:
    """How a document shall be secured.

    Attributes:
        kind: `DataIntegrityProof`, or the `typ` of a token.
        cryptosuite: one of those that a key fits; without it the first of them.
        expires: when the proof ends, not what it proves.
        mandatory_pointers: JSON Pointers (RFC 6901) to what a holder may never leave out; only
            where a holder may leave anything out.
    """

    kind: str = PROOF_TYPE
    cryptosuite: str | None = None
    expires: datetime | None = None
    mandatory_pointers: tuple[str, ...] = ()


def suites_for(*keys: PublicKey) -> tuple[str, ...]:
    """The cryptosuites that keys can be used with, our first choice first."""
    kinds = {key.type for key in keys}
    fit = (suite for suite in SUITES.values() if kinds & suite.key_types)
    return tuple(suite.name for suite in fit if not suite.deprecated)


def _kinds_for(key: PublicKey) -> tuple[str, ...]:
    """The ways of securing that a key can be used for."""
    embedded = (PROOF_TYPE,) if suites_for(key) else ()
    badges = (BADGE_JWT,) if WRITTEN[key.type] in BADGE_ALGORITHMS else ()
    return (*embedded, CREDENTIAL, SD_JWT, *badges)


def secured(
    document: Mapping[str, Any],
    signers: Sequence[Signer],
    asked: Asked,
    *,
    now: datetime,
    how: How | None = None,
) -> bytes:
    """The secured document as JSON: with a proof, enveloped (VC-JWT, SD-JWT), or a badge's token.

    Args:
        document: what is signed.
        signers: who can sign; the first whose key fits does.
        asked: how it shall be secured.
        now: when it is signed.
        how: how much work is done, and where contexts come from.

    Raises:
        CannotBeSigned: asked for something that none of the keys can be used for.
        SealBroken: what was signed does not verify.
        ProofError: the document cannot be secured in this way.
    """
    signer = _signer_for(signers, asked)
    try:
        match asked.kind:
            case vc_jwt.CREDENTIAL:
                token = vc_jwt.secure(document, signer, now=now, expires=asked.expires)
                Token.read(token).jws.verify(signer.public_key)
                return write(envelope(token, CREDENTIAL, VC_V2))
            case "vc+sd-jwt":
                token = _disclosable(document, signer, asked.mandatory_pointers)
                SdJwtCredential.read(token).sd_jwt.jws.verify(signer.public_key)
                return write(envelope(token, SD_JWT, VC_V2))
            case "JWT":
                token = open_badges_jwt.secure(document, signer)
                BadgeToken.read(token).jws.verify(signer.public_key)
                return f'"{token}"'.encode()  # of the letters of base64url and dots
            case _:
                return _embedded(document, signer, asked, now, how or How())
    except InvalidSignature as error:
        raise SealBroken from error


def _signer_for(signers: Sequence[Signer], asked: Asked) -> Signer:
    """The first signer whose key can be used for what is asked."""
    fit = [signer for signer in signers if asked.kind in _kinds_for(signer.public_key)]
    if not fit:
        kinds = dict.fromkeys(kind for each in signers for kind in _kinds_for(each.public_key))
        raise CannotBeSigned("/options/type", f"one of {', '.join(kinds)}")
    if asked.kind != PROOF_TYPE or asked.cryptosuite is None:
        return fit[0]
    for signer in fit:
        if asked.cryptosuite in suites_for(signer.public_key):
            return signer
    offered = suites_for(*(signer.public_key for signer in fit))
    raise CannotBeSigned("/options/cryptosuite", f"one of {', '.join(offered)}")


def _embedded(
    document: Mapping[str, Any], signer: Signer, asked: Asked, now: datetime, how: How
) -> bytes:
    """The document with a proof, in the bytes that are handed out.

    Whoever reads these bytes reads what was signed, within the limits of verifiers, and the suite
    has checked the signature with the public key.  Of a base proof, a derivation is verified.
    """
    name = asked.cryptosuite or suites_for(signer.public_key)[0]
    pointers = asked.mandatory_pointers if SUITES[name].discloses else ()
    wish = Wish(name, expires=asked.expires, mandatory_pointers=pointers)
    made = add_proof(document, signer, now, wish, limits=how.limits, loader=how.loader)
    raw = write(made)
    read = Document.read(raw)
    read_proofs(read)
    if read.view != made:
        raise SealBroken
    if SUITES[name].discloses:
        shown = Document.read(write(disclose(made, _everything(document), loader=how.loader)))
        for proof in read_proofs(shown):
            verify_proof(shown, proof, signer.public_key, loader=how.loader)
    return raw


def _everything(document: Mapping[str, Any]) -> tuple[str, ...]:
    """A pointer to each member, as far as so many may be chosen at once."""
    names = (name.replace("~", "~0").replace("/", "~1") for name in document)
    pointers = (f"/{name}" for name in names if name not in {"@context", "proof"})
    return tuple(islice(pointers, MOST_POINTERS))


def _disclosable(document: Mapping[str, Any], signer: Signer, mandatory: tuple[str, ...]) -> str:
    """An SD-JWT of which the holder may hide what is said of the subject, but not who it is."""
    subject = document.get("credentialSubject")
    members = subject if isinstance(subject, Mapping) else {}
    always = {"id", "type"} | {
        pointer.split("/")[2] for pointer in mandatory if pointer.startswith("/credentialSubject/")
    }
    all_of_it = "/credentialSubject" in mandatory
    hidden = () if all_of_it else (n for n in members if n not in always and "." not in n)
    names = tuple(f"credentialSubject.{name}" for name in hidden)
    return sd_jwt_vc.secure_document(document, signer, disclosable=names)
