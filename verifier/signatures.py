"""Who signed this, and does the signature hold?

For each way of securing a credential or a presentation: its proofs, the key of each from where
its owner publishes it, and what is wrong with the signature if there was a key to check it with.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Final

from keys.controller import Relationship, VerificationMethod
from keys.errors import KeyFault
from keys.public_key import PublicKey
from proofs.compiled import NotCovered
from proofs.errors import MissingProof, ProofError
from proofs.jose.jws import Jws
from proofs.jose.open_badges_jwt import BadgeToken
from proofs.jose.sd_jwt_vc import SdJwtCredential
from proofs.jose.vc_jwt import Token
from proofs.limits import Limits
from proofs.rdf import Loader
from proofs.suites import SUITES
from proofs.verify import Proof, read_proofs, verify_proof
from schemas.contexts import document_loader
from schemas.document import Document
from schemas.errors import SchemaError
from service.work_by_size import LARGE
from verifier.controllers import Controllers, Hint, Key
from verifier.envelopes import Opened
from verifier.facts import Signature
from verifier.presentations import Shown
from verifier.reading import identifier

JWS: Final = "JsonWebSignature"
KEY_OF_HOLDER: Final = "cnf"
"""How RFC 7800 calls the key of whoever holds a token; it has no other name."""

WITHOUT_WAITING: Final = Limits(only_at_once=True)
AT_ONCE: Final = frozenset(name for name, suite in SUITES.items() if not suite.discloses)
"""Suites whose signatures over usual, small documents take less than to ask a thread for it."""

Signatures = tuple[Signature, ...] | ProofError


async def of_credential(
    opened: Opened, controllers: Controllers, *, loader: Loader = document_loader
) -> Signatures:
    """The signatures of a credential in any form."""
    issuer = identifier(opened.document.view.get("issuer"))
    match opened.token:
        case Token() as token:
            return await _of_token(token, issuer, controllers, Relationship.ASSERTION)
        case BadgeToken(jws=jws, key=brought):
            hint = Hint(jws.text("kid"), brought)
            key = await controllers.badge_key(hint, issuer)
            return (_checked(_proof(jws, hint, issuer), key, jws.verify),)
        case SdJwtCredential() as credential:
            return await _of_sd_jwt(credential, controllers)
        case None:
            return await of_document(opened.document, issuer, controllers, loader=loader)


async def of_document(
    document: Document,
    owner: str,
    controllers: Controllers,
    relationship: Relationship = Relationship.ASSERTION,
    *,
    loader: Loader = document_loader,
) -> Signatures:
    """The embedded proofs of a document."""
    try:
        proofs = read_proofs(document)
    except ProofError as error:
        return error

    async def one(proof: Proof) -> Signature:
        key = await controllers.key(Hint(proof.verification_method), owner, relationship)

        verify = partial(verify_proof, document, proof, purpose=relationship.value, loader=loader)
        if len(document.raw) <= LARGE and proof.cryptosuite in AT_ONCE:
            with suppress(NotCovered):
                return _checked(proof, key, partial(verify, limits=WITHOUT_WAITING))
        return await _checked_aside(proof, key, verify)

    return tuple([await one(proof) for proof in proofs])


async def of_presentation(
    shown: Shown, controllers: Controllers, *, loader: Loader = document_loader
) -> tuple[Signatures, str]:
    """The signatures of a presentation in any form, and whose they must be.

    A presentation need not name its holder; then it is whoever has the key that is named.
    """
    match shown.token:
        case SdJwtCredential() as credential:
            return await _of_key_binding(credential, controllers.now), KEY_OF_HOLDER
        case Token() as token:
            holder = shown.holder or _owner(token.jws.text("kid") or "")
            purpose = Relationship.AUTHENTICATION
            return await _of_token(token, holder, controllers, purpose), holder
        case None:
            holder = shown.holder or _first_signer(shown.document)
            purpose = Relationship.AUTHENTICATION
            found = await of_document(shown.document, holder, controllers, purpose, loader=loader)
            return found, holder


async def _of_key_binding(credential: SdJwtCredential, now: datetime) -> Signatures:
    """The holder's own signature of an SD-JWT, by the key that its issuer named."""
    sd_jwt = credential.sd_jwt
    try:
        key = sd_jwt.bound_key()
        if key is None or sd_jwt.key_binding is None:
            return MissingProof()
        jws = Jws.read(sd_jwt.key_binding)
    except ProofError as error:
        return error
    method = VerificationMethod(KEY_OF_HOLDER, KEY_OF_HOLDER, key)
    purpose = Relationship.AUTHENTICATION.value
    proof = _proof(jws, Hint(KEY_OF_HOLDER), KEY_OF_HOLDER, purpose=purpose)
    return (_checked(proof, method, lambda _: sd_jwt.check_key_binding(now)),)


def _first_signer(document: Document) -> str:
    try:
        return _owner(read_proofs(document)[0].verification_method)
    except ProofError:
        return ""


def _owner(method: str) -> str:
    """Whose a key is by its name alone."""
    return method.partition("#")[0]


async def of_status_token(jws: Jws, issuer: str, controllers: Controllers) -> Signature:
    """The signature of a Token Status List, which must be the credential's issuer's."""
    hint = Hint(jws.text("kid"))
    key = await _sd_jwt_key(hint, issuer, controllers)
    return _checked(_proof(jws, hint, issuer), key, jws.verify)


async def _of_token(
    token: Token, owner: str, controllers: Controllers, relationship: Relationship
) -> Signatures:
    hint = Hint(token.jws.text("kid"))
    key = await controllers.key(hint, owner, relationship)
    moments = [moment for moment in (token.issued_at, token.not_before) if moment is not None]
    proof = _proof(
        token.jws, hint, owner, max(moments, default=None), token.expires, relationship.value
    )
    return (_checked(proof, key, token.jws.verify),)


async def _of_sd_jwt(credential: SdJwtCredential, controllers: Controllers) -> Signatures:
    jws = credential.sd_jwt.jws
    hint = Hint(jws.text("kid"))
    if credential.is_vcdm:
        key = await controllers.key(hint, credential.issuer, Relationship.ASSERTION)
    else:
        key = await _sd_jwt_key(hint, credential.issuer, controllers)

    def verify(public: PublicKey) -> None:
        jws.verify(public)
        credential.sd_jwt.check_key_binding(controllers.now)

    proof = _proof(jws, hint, credential.issuer, credential.issued_at)
    return (_checked(proof, key, verify),)


async def _sd_jwt_key(hint: Hint, issuer: str, controllers: Controllers) -> Key:
    if issuer.startswith(("https://", "http://")):
        return await controllers.metadata_key(issuer, hint.named)
    return await controllers.key(hint, issuer, Relationship.ASSERTION)


def _proof(  # noqa: PLR0913, PLR0917 - what is known of a token's signature
    jws: Jws,
    hint: Hint,
    owner: str,
    created: datetime | None = None,
    expires: datetime | None = None,
    purpose: str = Relationship.ASSERTION.value,
) -> Proof:
    """A JWS in the terms of a proof."""
    return Proof(
        type=JWS,
        cryptosuite=jws.algorithm,
        created=created,
        expires=expires,
        verification_method=hint.named or owner,
        purpose=purpose,
        raw=jws.header,
    )


async def _checked_aside(proof: Proof, key: Key, verify: Callable[[PublicKey], None]) -> Signature:
    """Check a signature off the event loop, if there is a key to check it with."""
    if not isinstance(key, VerificationMethod):
        return Signature(proof, key)
    return await asyncio.to_thread(_checked, proof, key, verify)


def _checked(proof: Proof, key: Key, verify: Callable[[PublicKey], None]) -> Signature:
    """Check a signature, if there is a key to check it with; hashing makes up most of it."""
    if not isinstance(key, VerificationMethod):
        return Signature(proof, key)
    try:
        verify(key.public_key)
    except (ProofError, SchemaError, KeyFault) as flaw:
        return Signature(proof, key, flaw, checked=True)
    return Signature(proof, key, checked=True)
