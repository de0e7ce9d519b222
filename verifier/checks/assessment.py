"""Who assessed it, how, and with which result?

Read from the assessment document that the credential binds by digest; only when the bytes are
the ones that were bound.  The assessor's own signature is not checked yet, and that is said.
"""

from collections.abc import Mapping
from typing import Any, Final

from schemas.document import Document
from schemas.errors import MalformedDocument
from service.fetching import Found
from verifier.answers import answer
from verifier.facts import Bound, Facts
from verifier.reading import text
from verifier.verdict import Check, Outcome

CODE: Final = "assessment"
GENRE: Final = "Assessment"
METHODS: Final[Mapping[str, str]] = {
    "self-declared": "Self-declared",
    "work-reviewed": "Work reviewed",
    "work-reviewed-and-questioned-live": "Work reviewed and questioned live",
    "reviewed-questioned-live-second-assessor": "Reviewed, questioned live, second assessor",
}


def check(facts: Facts) -> Check:
    """Say how it was assessed, as far as we know."""
    if not any(bound.genre == GENRE for bound in facts.evidence):
        return answer(Outcome.NOT_CHECKED, "assessment.none", because="no_assessment_document")
    document = read(facts.evidence)
    method = text(document, "method") if document else ""
    if document is None or method not in METHODS:
        return answer(Outcome.NOT_CHECKED, "assessment.not_read")
    if method == "self-declared":
        return answer(Outcome.WARNING, "assessment.self_declared")
    return answer(
        Outcome.NOT_CHECKED,
        "assessment.unsigned",
        because="signature_not_checked",
        detail="signatures of assessors over the assessment document are not verified yet",
        method=METHODS[method],
    )


def read(evidence: tuple[Bound, ...]) -> Mapping[str, Any] | None:
    """The assessment document, if it was fetched and its digest holds."""
    return read_bound(evidence, GENRE)


def read_bound(evidence: tuple[Bound, ...], genre: str) -> Mapping[str, Any] | None:
    """The first JSON document of a genre whose bytes are the ones that were bound."""
    for bound in evidence:
        if bound.genre != genre or not isinstance(bound.found, Found):
            continue
        body = bound.found.value.body
        if bound.fixes(body):
            try:
                return Document.read(body).view
            except MalformedDocument:
                return None
    return None
