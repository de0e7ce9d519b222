"""What does a genuine document say, in the order in which people ask?

Open Badges 3.0.  Texts are taken as they are, for a page to show as text; nothing here judges.
"""

from collections.abc import Mapping
from typing import Any, Final

from verifier.checks.assessment import METHODS, read, read_bound
from verifier.facts import Facts
from verifier.reading import inner, members, moment_or_none, text
from verifier.report import CredentialSummary, EvidenceLine, ResultLine

MOST_LINES: Final = 100
AI_USE: Final[Mapping[str, str]] = {
    "none": "No AI was used.",
    "ideas": "AI was used for ideas.",
    "assisted": "AI helped with the work.",
    "ai-led": "AI did much of the work.",
    "ai-is-the-skill": "Using AI is the skill itself.",
}


def summary(facts: Facts) -> CredentialSummary:
    """Read the document; missing parts are empty."""
    view = facts.document.view
    subject = inner(view, "credentialSubject")
    achievement = inner(subject, "achievement")
    assessed = read(facts.evidence) or {}
    statement = read_bound(facts.evidence, "AI-use statement") or {}
    return CredentialSummary(
        id=text(view, "id"),
        name=text(view, "name") or text(achievement, "name"),
        achievement=text(achievement, "name"),
        description=text(achievement, "description"),
        criteria=text(inner(achievement, "criteria"), "narrative"),
        assessed_by=text(inner(subject, "source"), "name"),
        results=_results(subject, achievement, assessed),
        evidence=_evidence(view),
        identifiers=len(members(subject.get("identifier"))),
        valid_from=moment_or_none(view.get("validFrom")),
        valid_until=moment_or_none(view.get("validUntil")),
        awarded=moment_or_none(view.get("awardedDate")),
        method=METHODS.get(text(assessed, "method"), ""),
        ai_use=AI_USE.get(text(statement, "aiUse"), ""),
        tags=_tags(achievement),
    )


def _results(
    subject: Mapping[str, Any], achievement: Mapping[str, Any], assessed: Mapping[str, Any]
) -> tuple[ResultLine, ...]:
    criteria = {text(c, "id"): c for c in members(achievement.get("resultDescription"))}
    reasons = {
        text(level, "criterion"): text(level, "reason") for level in members(assessed.get("levels"))
    }
    lines = []
    for result in members(subject.get("result"))[:MOST_LINES]:
        criterion = criteria.get(text(result, "resultDescription"), {})
        levels = members(criterion.get("rubricCriterionLevel"))
        named = {text(level, "id"): level for level in levels}
        reached = named.get(text(result, "achievedLevel"), {})
        lines.append(
            ResultLine(
                criterion=text(criterion, "name"),
                level=text(reached, "name") or text(result, "value"),
                level_means=text(reached, "description"),
                required=text(named.get(text(criterion, "requiredLevel"), {}), "name"),
                reason=reasons.get(text(criterion, "id"), ""),
                place=levels.index(reached) + 1 if reached else 0,
                places=len(levels),
            )
        )
    return tuple(lines)


def _evidence(view: Mapping[str, Any]) -> tuple[EvidenceLine, ...]:
    return tuple(
        EvidenceLine(
            *(
                text(item, member)
                for member in ("name", "genre", "narrative", "id", "digestMultibase", "mediaType")
            )
        )
        for item in members(view.get("evidence"))[:MOST_LINES]
    )


def _tags(achievement: Mapping[str, Any]) -> tuple[str, ...]:
    found = achievement.get("tag")
    listed = found if isinstance(found, list) else [found]
    return tuple(tag for tag in listed[:MOST_LINES] if isinstance(tag, str))
