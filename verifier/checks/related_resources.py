"""Are rubric and criteria the ones it was issued under?

VCDM 2.0, section 5.3 (Integrity of Related Resources): a digest that differs is a failure, for
what is bound here gives the claim its meaning.
"""

from typing import Final

from service.fetching import Found
from verifier.answers import answer
from verifier.facts import Bound, Facts
from verifier.verdict import Check, Outcome

CODE: Final = "related_resources"


def check(facts: Facts) -> Check:
    """Judge all related resources together; one that differs decides."""
    if not facts.related:
        return answer(Outcome.WARNING, "related_resources.none")
    answers = [_check(bound) for bound in facts.related]
    for outcome in (Outcome.FAILED, Outcome.NOT_CHECKED):
        for found in answers:
            if found.outcome is outcome:
                return found
    detail = ", ".join(bound.url for bound in facts.related)
    return answer(Outcome.PASSED, "related_resources.passed", detail=detail[:1000])


def _check(bound: Bound) -> Check:
    if not bound.expected:
        detail = f"no digest that we can read for {bound.url}"
        return answer(Outcome.NOT_CHECKED, "related_resources.not_checked", detail=detail)
    if not isinstance(bound.found, Found):
        detail = bound.found.because if bound.found else "not fetched"
        return answer(
            Outcome.NOT_CHECKED,
            "related_resources.not_checked",
            detail=detail,
            looked_at=bound.url,
        )
    if not bound.fixes(bound.found.value.body):
        detail = f"the bytes at {bound.url} have another digest"
        return answer(
            Outcome.FAILED, "related_resources.failed", detail=detail, looked_at=bound.url
        )
    return answer(Outcome.PASSED, "related_resources.passed", at=bound.found.at)
