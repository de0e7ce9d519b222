"""Which problem type does a standard have for what stands against a document?

VCDM 2.0, section 7.1, Data Integrity 1.0, section 4.7, and Bitstring Status List 1.0, section
3.5.  Where the standards have no name for it, the check itself is the name.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from verifier.checks.format import UNREADABLE
from verifier.presented import ESSENTIAL as ESSENTIAL_TO_PRESENTATIONS
from verifier.presented import PresentationReport
from verifier.report import Report
from verifier.verdict import ESSENTIAL, Check, Outcome

DATA_MODEL: Final = "https://www.w3.org/TR/vc-data-model#"
DATA_INTEGRITY: Final = "https://w3id.org/security#"
STATUS_LIST: Final = "https://www.w3.org/ns/credentials/status-list#"
NOT_ESTABLISHED: Final = "not_established"
"""The reason of what was not looked at since something else failed, which is no news."""

OWN: Final = "urn:skillmark:check:"

PARSING: Final = f"{DATA_MODEL}PARSING_ERROR"
CRYPTOGRAPHIC_SECURITY: Final = f"{DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR"
MALFORMED_VALUE: Final = f"{DATA_MODEL}MALFORMED_VALUE_ERROR"
RANGE: Final = f"{DATA_MODEL}RANGE_ERROR"
PROOF_VERIFICATION: Final = f"{DATA_INTEGRITY}PROOF_VERIFICATION_ERROR"
PROOF_TRANSFORMATION: Final = f"{DATA_INTEGRITY}PROOF_TRANSFORMATION_ERROR"
INVALID_CHALLENGE: Final = f"{DATA_INTEGRITY}INVALID_CHALLENGE_ERROR"
INVALID_DOMAIN: Final = f"{DATA_INTEGRITY}INVALID_DOMAIN_ERROR"
STATUS_VERIFICATION: Final = f"{STATUS_LIST}STATUS_VERIFICATION_ERROR"

_OF_A_PROOF: Final[Mapping[str, str]] = {
    "failed": CRYPTOGRAPHIC_SECURITY,
    "uncovered": PROOF_TRANSFORMATION,
    "unknown_context": PROOF_TRANSFORMATION,
    "": PROOF_VERIFICATION,
}
_OF_A_KEY: Final[Mapping[str, str]] = {"": PROOF_VERIFICATION}
_OF_A_SHAPE: Final[Mapping[str, str]] = {UNREADABLE: PARSING, "": MALFORMED_VALUE}

TYPES: Final[Mapping[str, Mapping[str, str]]] = {
    "format": _OF_A_SHAPE,
    "proof": _OF_A_PROOF,
    "issuer_key": _OF_A_KEY,
    "validity_period": {"early": RANGE, "unreadable": MALFORMED_VALUE},
    "status": {"outside_list": RANGE, "no_usable_list": STATUS_VERIFICATION},
    "related_resources": {"failed": CRYPTOGRAPHIC_SECURITY},
    "presentation": _OF_A_SHAPE,
    "presentation_proof": _OF_A_PROOF,
    "holder_key": _OF_A_KEY,
    "occasion": {"challenge": INVALID_CHALLENGE, "domain": INVALID_DOMAIN},
}
"""Check → reason → problem type; the reason "" stands for every other."""


def of_credential(report: Report) -> list[dict[str, str]]:
    """What stands against a credential: all that failed, and all that is essential and open."""
    return [_problem(check) for check in _against(report.checks, ESSENTIAL)]


def of_presentation(report: PresentationReport) -> list[dict[str, Any]]:
    """What stands against a presentation, and then against each credential in it.

    Problems of a credential name its place as `pointer` (RFC 6901).
    """
    own = [_problem(check) for check in _against(report.checks, ESSENTIAL_TO_PRESENTATIONS)]
    inner = [
        {**problem, "pointer": f"/verifiableCredential/{place}"}
        for place, credential in enumerate(report.credentials)
        for problem in of_credential(credential)
    ]
    return [*own, *inner]


def _against(checks: Collection[Check], essential: Collection[str]) -> list[Check]:
    failed = [check for check in checks if check.outcome is Outcome.FAILED]
    left_open = [
        check
        for check in checks
        if check.outcome is Outcome.NOT_CHECKED
        and check.code in essential
        and check.because != NOT_ESTABLISHED
    ]
    return [*failed, *left_open]


def _problem(check: Check) -> dict[str, str]:
    names = TYPES.get(check.code, {})
    return {
        "type": names.get(check.because) or names.get("") or f"{OWN}{check.code}",
        "title": check.sentence,
        "detail": check.detail or check.because,
    }
