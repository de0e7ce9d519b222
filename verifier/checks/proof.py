"""Was it changed after it was signed?  Data Integrity 1.0, section 4.4 (Verify Proof).

Every proof must hold.  A proof whose key is not to be had was not checked; which key it is, and
whose, is the question of `issuer_key`.
"""

from datetime import datetime, timedelta
from typing import Final

from proofs.errors import (
    InlineContext,
    InvalidSignature,
    MeaningLost,
    MissingProof,
    NotDerived,
    UnknownCryptosuite,
)
from schemas.errors import UnknownContext
from verifier.answers import answer
from verifier.facts import Facts, Signature
from verifier.verdict import Check, Outcome

CODE: Final = "proof"
CLOCKS_DIFFER: Final = timedelta(minutes=5)

FLAWS: Final = {
    UnknownCryptosuite: (Outcome.NOT_CHECKED, "proof.unknown_suite"),
    UnknownContext: (Outcome.NOT_CHECKED, "proof.unknown_context"),
    InvalidSignature: (Outcome.FAILED, "proof.failed"),
    NotDerived: (Outcome.FAILED, "proof.base"),
    MeaningLost: (Outcome.FAILED, "proof.uncovered"),
    InlineContext: (Outcome.FAILED, "proof.uncovered"),
    Exception: (Outcome.FAILED, "proof.unusable"),
}
"""What is wrong with a signature → the answer; the first kind that fits counts."""


def check(facts: Facts) -> Check:
    """Judge all proofs; the worst answer counts."""
    if isinstance(facts.signatures, MissingProof):
        return answer(Outcome.FAILED, "proof.missing", detail=str(facts.signatures))
    if isinstance(facts.signatures, UnknownCryptosuite):
        return answer(Outcome.NOT_CHECKED, "proof.unknown_suite", detail=str(facts.signatures))
    if not isinstance(facts.signatures, tuple):
        return answer(Outcome.FAILED, "proof.unusable", detail=str(facts.signatures))
    answers = [_check(signature, facts.now) for signature in facts.signatures]
    for outcome in (Outcome.FAILED, Outcome.NOT_CHECKED):
        for found in answers:
            if found.outcome is outcome:
                return found
    return answers[0]


def _check(signature: Signature, now: datetime) -> Check:
    method = signature.proof.verification_method[:300]
    flaw = signature.flaw
    for kind, (outcome, key) in FLAWS.items():
        if isinstance(flaw, kind):
            return answer(outcome, key, detail=str(flaw), looked_at=method)
    if not signature.checked:
        return answer(
            Outcome.NOT_CHECKED,
            "proof.not_checked",
            because="key_not_available",
            detail=f"the key {method} could not be had",
        )
    if _outside(signature, now):
        return answer(Outcome.FAILED, "proof.outdated", detail="outside created and expires")
    return answer(
        Outcome.PASSED, "proof.passed", detail=signature.proof.cryptosuite, looked_at=method
    )


def _outside(signature: Signature, now: datetime) -> bool:
    created, expires = signature.proof.created, signature.proof.expires
    return (expires is not None and expires <= now) or (
        created is not None and created > now + CLOCKS_DIFFER
    )
