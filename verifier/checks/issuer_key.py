"""Does the key belong to the issuer that the document names, and did it at that time?

Controlled Identifiers 1.0, section 3.3.  The key is the one named in full by the proof, found in
the issuer's own document under `assertionMethod`; nothing that the credential brings along
counts.
"""

from typing import Final

from keys.controller import VerificationMethod
from keys.errors import DidNotFound, KeyFault, MalformedControllerDocument, MethodNotSupported
from keys.lifecycle import KeyState
from service.fetching import Unreachable
from verifier.answers import answer
from verifier.facts import Facts, Signature
from verifier.reading import identifier
from verifier.verdict import Check, Outcome

CODE: Final = "issuer_key"


def check(facts: Facts) -> Check:
    """Judge where each proof's key comes from; the worst answer counts."""
    if not isinstance(facts.signatures, tuple):
        return answer(
            Outcome.NOT_CHECKED, "unproven", code=CODE, because="no_proof", detail="no usable proof"
        )
    answers = [_check(signature, facts) for signature in facts.signatures]
    for outcome in (Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.WARNING):
        for found in answers:
            if found.outcome is outcome:
                return found
    return answers[0]


def _check(signature: Signature, facts: Facts) -> Check:
    match signature.key:
        case Unreachable(url=url, because=why):
            return answer(Outcome.NOT_CHECKED, "issuer_key.unreachable", detail=why, looked_at=url)
        case DidNotFound() as fault:
            return answer(Outcome.NOT_CHECKED, "issuer_key.unreachable", detail=_named(fault))
        case MethodNotSupported() | MalformedControllerDocument() as fault:
            return answer(Outcome.NOT_CHECKED, "issuer_key.unsupported", detail=_named(fault))
        case KeyFault() as fault:
            return answer(Outcome.FAILED, "issuer_key.foreign", detail=_named(fault))
        case VerificationMethod() as method:
            return _published(method, signature, facts)


def _named(fault: KeyFault) -> str:
    """The fault under the name that DID Resolution gives it, if any."""
    return f"{fault.resolution_error}: {fault}" if fault.resolution_error else str(fault)


def _published(method: VerificationMethod, signature: Signature, facts: Facts) -> Check:
    issuer = identifier(facts.document.view.get("issuer"))
    if method.controller != issuer:
        detail = f"{method.id} is controlled by {method.controller}, not by {issuer[:300]}"
        return answer(Outcome.FAILED, "issuer_key.foreign", detail=detail)
    state = method.life.state(facts.now)
    if state is KeyState.COMPROMISED:
        return answer(Outcome.FAILED, "issuer_key.compromised", detail=f"{method.id} is revoked")
    if state is KeyState.RETIRED:
        created, expires = signature.proof.created, method.life.expires
        if created is None or expires is None or created > expires:
            detail = f"{method.id} expired, and nothing shows that the signature is older"
            return answer(Outcome.FAILED, "issuer_key.foreign", detail=detail, because="expired")
        return answer(Outcome.WARNING, "issuer_key.retired", detail=f"{method.id} has expired")
    return answer(Outcome.PASSED, "issuer_key.passed", detail=method.id, looked_at=method.id)
