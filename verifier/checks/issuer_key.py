"""Does the key belong to the issuer that the document names, and did it at that time?

Controlled Identifiers 1.0, section 3.3.  The key is the one named in full by the proof, found in
the issuer's own document under `assertionMethod`; nothing that the credential brings along
counts.
"""

from datetime import datetime
from typing import Final

from keys.controller import VerificationMethod
from keys.errors import DidNotFound, KeyFault, MalformedControllerDocument, MethodNotSupported
from keys.lifecycle import KeyState
from proofs.errors import ProofError
from service.fetching import Unreachable
from verifier.answers import answer
from verifier.facts import Facts, Signature
from verifier.reading import identifier
from verifier.verdict import Check, Outcome

CODE: Final = "issuer_key"


def check(facts: Facts) -> Check:
    """Judge where the key of each proof of a credential comes from."""
    issuer = identifier(facts.document.view.get("issuer"))
    return of_signatures(facts.signatures, issuer, facts.now)


def of_signatures(
    signatures: tuple[Signature, ...] | ProofError, owner: str, now: datetime, code: str = CODE
) -> Check:
    """Judge where each proof's key comes from; the worst answer counts.

    Args:
        signatures: each proof with its key, or why there are none to judge.
        owner: whose key it must be.
        now: the moment of the verification.
        code: the question that is answered, whose sentences are used.
    """
    if not isinstance(signatures, tuple):
        return answer(
            Outcome.NOT_CHECKED, "unproven", code=code, because="no_proof", detail="no usable proof"
        )
    answers = [_check(signature, owner, now, code) for signature in signatures]
    for outcome in (Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.WARNING):
        for found in answers:
            if found.outcome is outcome:
                return found
    return answers[0]


def _check(signature: Signature, owner: str, now: datetime, code: str) -> Check:
    match signature.key:
        case Unreachable(url=url, because=why):
            return answer(Outcome.NOT_CHECKED, f"{code}.unreachable", detail=why, looked_at=url)
        case DidNotFound() as fault:
            return answer(Outcome.NOT_CHECKED, f"{code}.unreachable", detail=_named(fault))
        case MethodNotSupported() | MalformedControllerDocument() as fault:
            return answer(Outcome.NOT_CHECKED, f"{code}.unsupported", detail=_named(fault))
        case KeyFault() as fault:
            return answer(Outcome.FAILED, f"{code}.foreign", detail=_named(fault))
        case VerificationMethod() as method:
            return _published(method, signature, owner, now, code)


def _named(fault: KeyFault) -> str:
    """The fault under the name that DID Resolution gives it, if any."""
    return f"{fault.resolution_error}: {fault}" if fault.resolution_error else str(fault)


def _published(
    method: VerificationMethod, signature: Signature, owner: str, now: datetime, code: str
) -> Check:
    if method.controller != owner:
        detail = f"{method.id} is controlled by {method.controller}, not by {owner[:300]}"
        return answer(Outcome.FAILED, f"{code}.foreign", detail=detail)
    state = method.life.state(now)
    if state is KeyState.COMPROMISED:
        return answer(Outcome.FAILED, f"{code}.compromised", detail=f"{method.id} is revoked")
    if state is KeyState.RETIRED:
        created, expires = signature.proof.created, method.life.expires
        if created is None or expires is None or created > expires:
            detail = f"{method.id} expired, and nothing shows that the signature is older"
            return answer(Outcome.FAILED, f"{code}.foreign", detail=detail, because="expired")
        return answer(Outcome.WARNING, f"{code}.retired", detail=f"{method.id} has expired")
    return answer(Outcome.PASSED, f"{code}.passed", detail=method.id, looked_at=method.id)
