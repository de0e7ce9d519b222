"""What does an author say about an achievement, before it has an address?"""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Paragraph = Annotated[str, Field(min_length=1, max_length=5_000)]


class Written(BaseModel):
    """Something a person or a program wrote; unknown members are refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        populate_by_name=True,
        str_strip_whitespace=True,
    )


class LevelDraft(Written):
    """One level of a criterion, in observable terms."""

    key: Key
    name: Line
    means: Paragraph


class CriterionDraft(Written):
    """One criterion: its levels from lowest to highest, and the required one."""

    key: Key
    name: Line
    required: Key
    levels: Annotated[tuple[LevelDraft, ...], Field(min_length=2, max_length=8)]

    @model_validator(mode="after")
    def _levels_are_told_apart(self) -> Self:
        keys = [level.key for level in self.levels]
        if len(set(keys)) != len(keys):
            raise ValueError(f"the levels of {self.key} need different keys")
        if self.required not in keys:
            raise ValueError(f"required must be one of the levels: {', '.join(keys)}")
        return self


class SkillDraft(Written):
    """A skill of a public framework that the achievement corresponds to."""

    name: Line
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=500)]
    framework: Line | None = None
    type: Annotated[str, Field(pattern=r"^(ext:[A-Za-z]+|CFItem|CFRubric|CTDL)$")] | None = None


class AchievementDraft(Written):
    """A version of an achievement, as it will be published for good."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "slug": "reliable-import",
                    "version": "1",
                    "name": "Reliable data import in Python",
                    "description": "Imports foreign tables; nothing is lost or invented silently.",
                    "covers": "Tables up to a million rows.",
                    "doesNotCover": "Streaming sources.",
                    "criteria": [
                        {
                            "key": "errors",
                            "name": "Handles wrong input",
                            "required": "confident",
                            "levels": [
                                {"key": "beginning", "name": "Beginning", "means": "Stops."},
                                {"key": "confident", "name": "Confident", "means": "Names it."},
                            ],
                        }
                    ],
                }
            ]
        }
    )

    slug: Key
    version: Annotated[str, Field(pattern=r"^[0-9][0-9A-Za-z.-]{0,19}$")]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    description: Paragraph
    covers: Paragraph
    does_not_cover: Paragraph
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    tags: Annotated[tuple[Line, ...], Field(max_length=30)] = ()
    skills: Annotated[tuple[SkillDraft, ...], Field(max_length=30)] = ()
    fresh_months: Annotated[int, Field(ge=1, le=120)] = 36
    criteria: Annotated[tuple[CriterionDraft, ...], Field(min_length=1, max_length=30)]

    @model_validator(mode="after")
    def _criteria_are_told_apart(self) -> Self:
        keys = [criterion.key for criterion in self.criteria]
        if len(set(keys)) != len(keys):
            raise ValueError("the criteria need different keys")
        return self
