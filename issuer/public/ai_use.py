"""What did the holder say about their use of AI, and what did the assessor confirm?

The statement is neutral: it is a fact about the work, never a stain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from issuer.public.json_reading import Json, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GENRE: Final = "AI-use statement"

WORDS: Final[Mapping[str, str]] = {
    "none": "Made without AI, under supervision",
    "ideas": "AI gave ideas; the holder made the work",
    "assisted": "Made with AI help",
    "ai-led": "Made mostly by AI, directed by the holder",
    "ai-is-the-skill": "Working with AI is the skill that was assessed",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled line of the statement."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class AiUse:
    """The statement in words."""

    words: str
    narrative: str
    facts: tuple[Fact, ...]


_LABELS: Final[Mapping[str, str]] = {
    "tools": "Tools used",
    "holderDid": "What the holder did",
    "assessorConfirmed": "What the assessor confirmed",
}


def ai_use_of(evidence: Sequence[Json], documents: Mapping[str, Json]) -> AiUse | None:
    """The statement that a credential carries, if it carries one."""
    for entry in evidence:
        if text(entry.get("genre")) == GENRE:
            statement = documents.get(text(entry.get("digestMultibase")), {})
            return AiUse(
                words=WORDS.get(text(statement.get("aiUse")), ""),
                narrative=text(entry.get("narrative")),
                facts=tuple(
                    Fact(label, said)
                    for member, label in _LABELS.items()
                    if (said := _listed(statement.get(member)))
                ),
            )
    return None


def _listed(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(each for each in value if isinstance(each, str))
    return text(value)
