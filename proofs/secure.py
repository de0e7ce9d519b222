"""How is a document signed?

Add Proof and Add Proof Set/Chain, Data Integrity 1.0, sections 4.2 and 4.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from keys.signer import Signer
from proofs.chain import building_on, proofs_of
from proofs.errors import AlreadySecured, UnknownCryptosuite
from proofs.limits import Limits
from proofs.rdf import Loader
from proofs.suites import PROOF_TYPE, SUITES, How, suite
from schemas.contexts import document_loader
from schemas.document import copied
from schemas.moments import written

DEFAULT_SUITE: Final = "eddsa-rdfc-2022"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a proof shall say of itself; the proof options of section 2.1.

    Attributes:
        cryptosuite: name of the suite.
        purpose: `assertionMethod` for credentials, `authentication` for presentations.
        expires: when the proof itself ends, not what it proves.
        challenge: what the one who asks for a presentation gave out.
        domain: who asks for a presentation.
        id: the proof's own address, for proofs that build on it.
        previous_proof: addresses of the proofs that this one builds on.
        mandatory_pointers: what a holder may never leave out; suites with selective disclosure.
    """

    cryptosuite: str = DEFAULT_SUITE
    purpose: str = "assertionMethod"
    expires: datetime | None = None
    challenge: str | None = None
    domain: str | None = None
    id: str | None = None
    previous_proof: tuple[str, ...] = ()
    mandatory_pointers: tuple[str, ...] = ()


def secure(  # noqa: PLR0913 - the two options that nearly everybody gives have names of their own
    view: Mapping[str, Any],
    signer: Signer,
    now: datetime,
    *,
    cryptosuite: str = DEFAULT_SUITE,
    purpose: str = "assertionMethod",
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> dict[str, Any]:
    """Return the whole secured document, its proof last; `view` is left as it is.

    Raises:
        AlreadySecured: the document carries a proof.
        UnknownCryptosuite: not one of ours.
        WrongKeyForSuite: the signer's key is of another type.
        MeaningLost: the document says something that would not be signed.
    """
    if "proof" in view:
        raise AlreadySecured
    wish = Wish(cryptosuite=cryptosuite, purpose=purpose)
    return add_proof(copied(view), signer, now, wish, limits=limits, loader=loader)


def add_proof(  # noqa: PLR0913 - three inputs; the rest has one right value
    view: Mapping[str, Any],
    signer: Signer,
    now: datetime,
    wish: Wish,
    *,
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> dict[str, Any]:
    """Return the document with one more proof, beside those it has.

    What was given is left as it is; the members of both are the same, so treat both as read-only.

    Raises:
        BrokenChain: a proof that it shall build on is not there.
        UnknownCryptosuite: not one of ours, or one that is only verified.
        ProofError: as `secure`.
    """
    chosen = suite(wish.cryptosuite)
    if chosen.deprecated:
        raise UnknownCryptosuite(
            wish.cryptosuite, (name for name, each in SUITES.items() if not each.deprecated)
        )
    before = proofs_of(view)
    unsecured = building_on(view, wish.previous_proof)
    how = How(limits or Limits(), loader, wish.mandatory_pointers)
    proof = chosen.create(unsecured, configure(signer.verification_method, now, wish), signer, how)
    document = {name: member for name, member in view.items() if name != "proof"}
    return {**document, "proof": [*before, proof] if before else proof}


def configure(verification_method: str, now: datetime, wish: Wish) -> dict[str, Any]:
    """The proof options, section 2.1: everything in the proof but its value."""
    previous = wish.previous_proof
    options = {
        "id": wish.id,
        "type": PROOF_TYPE,
        "cryptosuite": wish.cryptosuite,
        "created": written(now),
        "expires": written(wish.expires) if wish.expires else None,
        "verificationMethod": verification_method,
        "proofPurpose": wish.purpose,
        "challenge": wish.challenge,
        "domain": wish.domain,
        "previousProof": previous[0] if len(previous) == 1 else list(previous) or None,
    }
    return {name: value for name, value in options.items() if value is not None}
