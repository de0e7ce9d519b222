"""What can be earned, and by which rubric?

Open Badges 3.0, sections B.1.1 (Achievement), B.1.20 (ResultDescription) and B.1.21.
"""

from typing import Literal

from pydantic import Field

from schemas.model import Said


class Alignment(Said):
    """A skill of a public framework that the achievement corresponds to."""

    type: tuple[Literal["Alignment"], ...] = ("Alignment",)
    target_code: str | None = None
    target_description: str | None = None
    target_name: str
    target_framework: str | None = None
    target_type: str | None = None
    target_url: str


class Criteria(Said):
    """What it covers, and what it does not cover."""

    id: str | None = None
    narrative: str = Field(min_length=1)


class RubricCriterionLevel(Said):
    """One level of one criterion, in observable terms."""

    id: str
    type: tuple[Literal["RubricCriterionLevel"], ...] = ("RubricCriterionLevel",)
    name: str
    description: str | None = None
    level: str | None = None
    points: str | None = None


class ResultDescription(Said):
    """One criterion of the rubric, its levels in rising order and the one that is required."""

    id: str
    type: tuple[Literal["ResultDescription"], ...] = ("ResultDescription",)
    name: str
    result_type: Literal["RubricCriterionLevel"] = "RubricCriterionLevel"
    required_level: str
    rubric_criterion_level: tuple[RubricCriterionLevel, ...] = Field(min_length=1)


class Achievement(Said):
    """What the credential says was achieved; versions never change once used."""

    id: str
    type: tuple[Literal["Achievement"], ...] = ("Achievement",)
    achievement_type: str = "Competency"
    name: str = Field(min_length=1, max_length=200)
    description: str = Field(min_length=1)
    criteria: Criteria
    tag: tuple[str, ...] = ()
    in_language: str
    version: str
    alignment: tuple[Alignment, ...] = ()
    result_description: tuple[ResultDescription, ...] = Field(min_length=1)
