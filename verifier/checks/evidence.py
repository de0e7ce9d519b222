"""Is the evidence still there and unchanged?  One answer for each item."""

from http import HTTPStatus
from typing import Final

from service.fetching import Found, Reason, Unreachable
from verifier.answers import answer
from verifier.facts import Bound, Facts
from verifier.reading import members
from verifier.sentences import shortened
from verifier.verdict import Check, Outcome

CODE: Final = "evidence"
GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
PRIVATE: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
WEB: Final = ("https://", "http://")


def check(facts: Facts) -> tuple[Check, ...]:
    """Judge each item on its own; none of them changes whether the document is genuine."""
    if not facts.evidence:
        return (answer(Outcome.NOT_CHECKED, "evidence.none"),)
    rows = tuple(_check(bound) for bound in facts.evidence)
    unseen = len(members(facts.document.view.get("evidence"))) - len(rows)
    if unseen > 0:
        detail = f"{unseen} more items were not looked at"
        rows += (answer(Outcome.NOT_CHECKED, "evidence.too_many", detail=detail),)
    return rows


def _check(bound: Bound) -> Check:
    outcome, key, detail = _judge(bound)
    return answer(
        outcome,
        key,
        detail=detail,
        looked_at=bound.url,
        at=bound.found.at if isinstance(bound.found, Found) else None,
        subject=shortened(bound.name or bound.genre or bound.url),
    )


def _judge(bound: Bound) -> tuple[Outcome, str, str]:
    if not bound.url.startswith(WEB):
        return Outcome.NOT_CHECKED, "evidence.not_web", bound.url[:300]
    match bound.found:
        case None:
            return Outcome.NOT_CHECKED, "evidence.skipped", "not asked for"
        case Unreachable() as unreachable:
            return _unread(unreachable)
        case Found(value=resource):
            return _compared(bound, resource.body)


def _unread(unreachable: Unreachable) -> tuple[Outcome, str, str]:
    if unreachable.reason is Reason.HTTP_STATUS and unreachable.status in GONE:
        return Outcome.WARNING, "evidence.gone", f"answered {unreachable.status}"
    if unreachable.status in PRIVATE:
        return Outcome.NOT_CHECKED, "evidence.private", f"answered {unreachable.status}"
    if unreachable.reason is Reason.TOO_LARGE:
        return Outcome.NOT_CHECKED, "evidence.too_large", unreachable.because
    return Outcome.NOT_CHECKED, "evidence.unreachable", unreachable.because


def _compared(bound: Bound, body: bytes) -> tuple[Outcome, str, str]:
    if not bound.expected:
        return Outcome.NOT_CHECKED, "evidence.unbound", "no digest in the document"
    named = ", ".join(digest.multibase for digest in bound.expected)
    if bound.fixes(body):
        return Outcome.PASSED, "evidence.passed", named
    return Outcome.WARNING, "evidence.changed", f"expected {named}"
