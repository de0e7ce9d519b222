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
    ProofError,
    UnknownCryptosuite,
)
from schemas.errors import UnknownContext
from verifier.answers import answer
from verifier.facts import Facts, Signature
from verifier.policy import missing
from verifier.verdict import Check, Outcome

CODE: Final = "proof"
CLOCKS_DIFFER: Final = timedelta(minutes=5)

FLAWS: Final = {
    UnknownCryptosuite: (Outcome.NOT_CHECKED, "unknown_suite"),
    UnknownContext: (Outcome.NOT_CHECKED, "unknown_context"),
    InvalidSignature: (Outcome.FAILED, "failed"),
    NotDerived: (Outcome.FAILED, "base"),
    MeaningLost: (Outcome.FAILED, "uncovered"),
    InlineContext: (Outcome.FAILED, "uncovered"),
    Exception: (Outcome.FAILED, "unusable"),
}
"""What is wrong with a signature → the answer, whose key follows the code of the question; the
first kind that fits counts."""


def check(facts: Facts) -> Check:
    """Judge all proofs of a credential, and whether all that are required are there."""
    found = of_signatures(facts.signatures, facts.now)
    if found.outcome is not Outcome.PASSED or not isinstance(facts.signatures, tuple):
        return found
    absent = missing(facts.required_proofs, [each.proof for each in facts.signatures])
    if not absent:
        return found
    detail = f"no proof has {'; or '.join(map(str, absent))}"
    return answer(Outcome.FAILED, "proof.incomplete", detail=detail)


def of_signatures(
    signatures: tuple[Signature, ...] | ProofError, now: datetime, code: str = CODE
) -> Check:
    """Judge all proofs of a document; the worst answer counts.

    Args:
        signatures: each proof with its key, or why there are none to judge.
        now: the moment of the verification.
        code: the question that is answered, whose sentences are used.
    """
    if isinstance(signatures, MissingProof):
        return answer(Outcome.FAILED, f"{code}.missing", detail=str(signatures))
    if isinstance(signatures, UnknownCryptosuite):
        return answer(Outcome.NOT_CHECKED, f"{code}.unknown_suite", detail=str(signatures))
    if not isinstance(signatures, tuple):
        return answer(Outcome.FAILED, f"{code}.unusable", detail=str(signatures))
    answers = [_check(signature, now, code) for signature in signatures]
    for outcome in (Outcome.FAILED, Outcome.NOT_CHECKED):
        for found in answers:
            if found.outcome is outcome:
                return found
    return answers[0]


def _check(signature: Signature, now: datetime, code: str) -> Check:
    method = signature.proof.verification_method[:300]
    flaw = signature.flaw
    for kind, (outcome, key) in FLAWS.items():
        if isinstance(flaw, kind):
            return answer(outcome, f"{code}.{key}", detail=str(flaw), looked_at=method)
    if not signature.checked:
        return answer(
            Outcome.NOT_CHECKED,
            f"{code}.not_checked",
            because="key_not_available",
            detail=f"the key {method} could not be had",
        )
    if _outside(signature, now):
        return answer(Outcome.FAILED, f"{code}.outdated", detail="outside created and expires")
    return answer(
        Outcome.PASSED, f"{code}.passed", detail=signature.proof.cryptosuite, looked_at=method
    )


def _outside(signature: Signature, now: datetime) -> bool:
    created, expires = signature.proof.created, signature.proof.expires
    return (expires is not None and expires <= now) or (
        created is not None and created > now + CLOCKS_DIFFER
    )
