"""What does a credential point at?

VCDM 2.0, sections 4.10 (evidence) and 5.3 (related resources); Open Badges 3.0, B.1.7.
"""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from schemas.model import Said


class Genre(StrEnum):
    """The kinds of evidence of our profile."""

    ARTIFACT = "Artifact"
    SOURCE = "Source"
    ASSESSMENT = "Assessment"
    AI_USE = "AI-use statement"
    PROCESS = "Process"
    LIVE_QUESTIONING = "Live questioning"


class Evidence(Said):
    """One item; bound by digest wherever bytes exist."""

    id: str
    type: tuple[Literal["Evidence"], ...] = ("Evidence",)
    name: str = Field(min_length=1, max_length=300)
    genre: Genre
    narrative: str = Field(min_length=1)
    media_type: str | None = None
    digest_multibase: str | None = None


class RelatedResource(Said):
    """What gives the claim its meaning; a digest that differs fails verification."""

    id: str
    media_type: str
    digest_multibase: str
