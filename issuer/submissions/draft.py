"""What does a holder say when they ask to be assessed?"""

from typing import Annotated

from pydantic import AwareDatetime, Field

from issuer.achievements.draft import Key, Line, Paragraph, Written
from issuer.issuance.rules import AiUse


class AiUseDraft(Written):
    """The AI-use statement: neutral, and always there."""

    ai_use: AiUse
    tools: Annotated[tuple[Line, ...], Field(max_length=30)] = ()
    holder_did: Paragraph


class SubmissionDraft(Written):
    """A request to be assessed.

    `identities` are `KIND:VALUE` (`profile:`, `email:`, `name:`) of those that the credential
    shall carry, as salted hashes.
    """

    holder_id: str
    achievement: Key
    version: str
    identities: Annotated[tuple[Line, ...], Field(min_length=1, max_length=20)]
    ai_use: AiUseDraft | None = None
    activity_began: AwareDatetime | None = None
    activity_ended: AwareDatetime | None = None
