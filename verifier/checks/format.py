"""Is this a credential we understand?  VCDM 2.0, sections 4.3 (contexts) and 4.5 (types)."""

from collections.abc import Mapping
from typing import Any, Final

from schemas.contexts import VC_V1, VC_V2
from verifier.answers import answer
from verifier.reading import members, types
from verifier.verdict import Check, Outcome

CODE: Final = "format"
CREDENTIAL: Final = "VerifiableCredential"


def check(view: Mapping[str, Any]) -> Check:
    """Judge the outermost shape of a document that could be read as JSON."""
    contexts = view.get("@context")
    first = contexts[0] if isinstance(contexts, list) and contexts else contexts
    if first not in (VC_V1, VC_V2):
        return malformed(f"@context must begin with {VC_V2}")
    if CREDENTIAL not in types(view):
        return malformed(f"type must include {CREDENTIAL}")
    if not view.get("issuer") or not view.get("credentialSubject"):
        return malformed("issuer and credentialSubject must be present")
    if len(members(view["credentialSubject"])) > 1:
        return answer(Outcome.WARNING, "format.several", detail="more than one credentialSubject")
    if first == VC_V1:
        return answer(Outcome.WARNING, "format.old", detail="Verifiable Credentials 1.1")
    return answer(Outcome.PASSED, "format.passed", detail="Verifiable Credentials 2.0")


def malformed(detail: str) -> Check:
    """The answer for what cannot be read at all."""
    return answer(Outcome.FAILED, "format.malformed", detail=detail)
