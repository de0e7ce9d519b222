"""What can be earned, and by which rubric?

Pure: an achievement's JSON (Open Badges 3.0, `Achievement`) in, a frozen page value out.
"""

from dataclasses import dataclass

from issuer.public.json_reading import Json, many, one, text
from issuer.public.results import LevelView
from service.scope import Scope, scope_of


@dataclass(frozen=True, slots=True)
class RubricCriterion:
    """One criterion with its levels, lowest first."""

    name: str
    levels: tuple[LevelView, ...]


@dataclass(frozen=True, slots=True)
class AchievementPage:
    """Everything that the page says."""

    name: str
    version: str
    description: str
    path: str
    scope: Scope
    criteria: tuple[RubricCriterion, ...]


def achievement_page(achievement: Json, *, path: str) -> AchievementPage:
    """Read the page out of an achievement's document."""
    return AchievementPage(
        name=text(achievement.get("name")) or "An achievement without a name",
        version=text(achievement.get("version")) or path.rpartition("/")[2],
        description=text(achievement.get("description")),
        path=path,
        scope=scope_of(text(one(achievement.get("criteria")).get("narrative"))),
        criteria=tuple(_criterion(entry) for entry in many(achievement.get("resultDescription"))),
    )


def _criterion(described: Json) -> RubricCriterion:
    required = text(described.get("requiredLevel"))
    return RubricCriterion(
        text(described.get("name")),
        tuple(
            LevelView(
                text(level.get("name")),
                text(level.get("description")),
                bool(required) and text(level.get("id")) == required,
            )
            for level in many(described.get("rubricCriterionLevel"))
        ),
    )
