"""What does an assessor record?"""

from typing import Annotated

from pydantic import ConfigDict, Field

from issuer.achievements.draft import Key, Paragraph, Written
from issuer.issuance.rules import Method


class LevelGiven(Written):
    """The level for one criterion, and the reason for it, in words for the client."""

    criterion: Key
    level: Key
    reason: Paragraph


class AssessmentDraft(Written):
    """A judgement, criterion by criterion."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "method": "work-reviewed-and-questioned-live",
                    "methodNotes": "An hour of reading, half an hour of live questions.",
                    "declaredNoConflict": True,
                    "aiConfirmed": "The holder explained and changed the code live.",
                    "levels": [
                        {
                            "criterion": "checking",
                            "level": "adversarial",
                            "reason": "I broke one rule, and the test with its name failed.",
                        }
                    ],
                }
            ]
        }
    )

    method: Method
    supervised: bool = False
    method_notes: Paragraph
    declared_no_conflict: bool
    ai_confirmed: Annotated[str, Field(max_length=5_000)] = ""
    levels: Annotated[tuple[LevelGiven, ...], Field(max_length=30)]
