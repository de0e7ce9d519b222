"""How was it assessed, and why were the levels given?

The method and the reasons have no term in Open Badges: they stand in the assessment document,
which the credential binds by digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from issuer.public.json_reading import Json, many, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GENRE: Final = "Assessment"


@dataclass(frozen=True, slots=True)
class Method:
    """The client's words for a method."""

    words: str
    self_declared: bool = False


METHODS: Final[Mapping[str, Method]] = {
    "self-declared": Method("Self-declared", self_declared=True),
    "work-reviewed": Method("Work reviewed"),
    "work-reviewed-and-questioned-live": Method("Work reviewed and questioned live"),
    "reviewed-questioned-live-second-assessor": Method(
        "Reviewed, questioned live, second assessor"
    ),
}
UNKNOWN: Final = Method("The method is named in the assessment document")


def assessments(evidence: Sequence[Json], documents: Mapping[str, Json]) -> list[Json]:
    """The assessment documents that are at hand, first assessor first."""
    digests = [
        text(entry.get("digestMultibase"))
        for entry in evidence
        if text(entry.get("genre")) == GENRE
    ]
    return [documents[digest] for digest in digests if digest in documents]


def method_of(evidence: Sequence[Json], documents: Mapping[str, Json]) -> Method:
    """The method that the first assessment names."""
    for assessment in assessments(evidence, documents):
        named = METHODS.get(text(assessment.get("method")))
        if named:
            return named
    return UNKNOWN


def reasons_of(evidence: Sequence[Json], documents: Mapping[str, Json]) -> dict[str, str]:
    """The first assessor's reason for each criterion, by the criterion's id."""
    return {
        text(level.get("criterion")): text(level.get("reason"))
        for assessment in assessments(evidence, documents)[:1]
        for level in many(assessment.get("levels"))
    }
