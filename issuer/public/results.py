"""Which level was reached in each criterion, which one was needed, and why?

Open Badges 3.0: `Result.achievedLevel` points at a `ResultDescription.rubricCriterionLevel`.  The
levels are in rising order.  The assessor's reasons stand in the assessment document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from issuer.public.json_reading import Json, many, text


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the small ruler that is drawn beside the words."""

    reached: bool
    required: bool


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion with its result, in words."""

    name: str
    reached: str
    place: str
    meaning: str
    required: str
    reason: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class LevelView:
    """One level of a criterion in a rubric."""

    name: str
    meaning: str
    required: bool


def criteria_of(subject: Json, reasons: Mapping[str, str]) -> tuple[CriterionView, ...]:
    """Every result of a credential's subject, in the order in which it was signed."""
    achievement = subject.get("achievement")
    described = (
        many(achievement.get("resultDescription")) if isinstance(achievement, Mapping) else []
    )
    by_id = {text(entry.get("id")): entry for entry in described}
    return tuple(
        _criterion(result, by_id.get(text(result.get("resultDescription")), {}), reasons)
        for result in many(subject.get("result"))
    )


def _criterion(result: Json, described: Json, reasons: Mapping[str, str]) -> CriterionView:
    levels = many(described.get("rubricCriterionLevel"))
    names = [text(level.get("id")) for level in levels]
    achieved = text(result.get("achievedLevel"))
    required = text(described.get("requiredLevel"))
    at = names.index(achieved) if achieved in names else None
    needed = names.index(required) if required in names else None
    reached = levels[at] if at is not None else {}
    return CriterionView(
        name=text(described.get("name")) or "A criterion without a name",
        reached=text(reached.get("name")) or text(result.get("value")) or "No level recorded",
        place="" if at is None else f"level {at + 1} of {len(levels)}",
        meaning=text(reached.get("description")),
        required="" if needed is None else text(levels[needed].get("name")),
        reason=_reason(text(result.get("resultDescription")), reasons),
        steps=()
        if at is None
        else tuple(Step(place <= at, place == needed) for place in range(len(levels))),
    )


def _reason(criterion: str, reasons: Mapping[str, str]) -> str:
    """By the criterion's whole id, or by the name that ends it."""
    return reasons.get(criterion) or reasons.get(criterion.rpartition("#")[2], "")
