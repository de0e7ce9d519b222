"""What does a holder say when they ask to be assessed?"""

from typing import Annotated

from pydantic import AwareDatetime, ConfigDict, Field

from issuer.achievements.draft import Key, Line, Paragraph, Written
from issuer.issuance.rules import AiUse


class AiUseDraft(Written):
    """The AI-use statement: neutral, and always there."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "aiUse": "assisted",
                    "tools": ["a general code assistant"],
                    "holderDid": "Chose the structure, rewrote a third, wrote the hostile tests.",
                }
            ]
        }
    )

    ai_use: AiUse
    tools: Annotated[tuple[Line, ...], Field(max_length=30)] = ()
    holder_did: Paragraph


class SubmissionDraft(Written):
    """A request to be assessed.

    `identities` are `KIND:VALUE` (`profile:`, `email:`, `name:`) of those that the credential
    shall carry, as salted hashes.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "holderId": "5f0c1b5e8a0e4a7b9d3c2f1e6a7b8c9d",
                    "achievement": "python-service-with-ai",
                    "version": "1",
                    "identities": ["profile:https://freelance.example/~wren-aldous"],
                }
            ]
        }
    )

    holder_id: str
    achievement: Key
    version: str
    identities: Annotated[tuple[Line, ...], Field(min_length=1, max_length=20)]
    ai_use: AiUseDraft | None = None
    activity_began: AwareDatetime | None = None
    activity_ended: AwareDatetime | None = None
