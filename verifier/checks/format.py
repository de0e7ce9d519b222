"""Is this a credential we understand?  VCDM 2.0, section 4."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from schemas.contexts import VC_V1, VC_V2
from schemas.data_model import credential_breaches
from verifier.answers import answer
from verifier.envelopes import Form
from verifier.reading import members, types
from verifier.verdict import Check, Outcome

CODE: Final = "format"
CREDENTIAL: Final = "VerifiableCredential"
UNREADABLE: Final = "unreadable"
JUDGED_ELSEWHERE: Final = frozenset(
    {"@context", "credentialStatus", "proof", "validFrom", "validUntil"}
)
"""Members that other checks, or the first lines here, judge with sentences of their own."""


def check(
    view: Mapping[str, Any], form: Form = Form.EMBEDDED, undefined: str | None = None
) -> Check:
    """Judge the outermost shape of a document that could be read as JSON."""
    if form is Form.SD_JWT_VC:  # which has no contexts, and was read by its own rules
        return answer(Outcome.PASSED, "format.passed", detail=form.value)
    contexts = view.get("@context")
    first = contexts[0] if isinstance(contexts, list) and contexts else contexts
    if flaw := _flaw(view, first):
        return malformed(flaw)
    if len(members(view["credentialSubject"])) > 1:
        return answer(Outcome.WARNING, "format.several", detail="more than one credentialSubject")
    if first == VC_V1:
        return answer(Outcome.WARNING, "format.old", detail="Verifiable Credentials 1.1")
    if undefined is not None:
        return answer(Outcome.WARNING, "format.undefined", detail=undefined)
    detail = f"Verifiable Credentials 2.0, {form.value}"
    return answer(Outcome.PASSED, "format.passed", detail=detail)


def _flaw(view: Mapping[str, Any], first: object) -> str | None:
    if first not in (VC_V1, VC_V2):
        return f"@context must begin with {VC_V2}"
    if CREDENTIAL not in types(view):
        return f"type must include {CREDENTIAL}"
    if not view.get("issuer") or not view.get("credentialSubject"):
        return "issuer and credentialSubject must be present"
    broken = [
        breach
        for breach in credential_breaches(view)
        if breach.pointer.removeprefix("/").partition("/")[0] not in JUDGED_ELSEWHERE
    ]
    return "; ".join(f"{one.pointer}: {one.rule} ({one.section})" for one in broken[:5]) or None


def signed_in_an_old_way(names: Iterable[str]) -> Check:
    """The answer for a credential with a deprecated suite."""
    return answer(Outcome.WARNING, "format.old", detail=f"deprecated suite {', '.join(names)}")


def malformed(detail: str) -> Check:
    """The answer for what breaks a rule of the standard."""
    return answer(Outcome.FAILED, "format.malformed", detail=detail)


def unreadable(detail: str) -> Check:
    """The answer for what cannot be read at all."""
    return answer(Outcome.FAILED, "format.malformed", because=UNREADABLE, detail=detail)
