"""What did an assessor find?"""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from issuer.columns import identifier, moment, values


class Assessment(SQLModel, table=True):
    """One assessor's judgement of one attempt; the first assessor has place 1."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("submission_id", "attempt", "place"),)

    id: str = identifier()
    submission_id: str = Field(foreign_key="submission.id", index=True)
    attempt: int
    place: int
    assessor_id: str = Field(foreign_key="account.id", index=True)
    rubric_digest: str
    method: str = ""
    supervised: bool = False
    method_notes: str = ""
    declared_no_conflict: bool = False
    ai_confirmed: str = ""
    levels: list[dict[str, Any]] = values()
    began_at: datetime = moment()
    recorded_at: datetime | None = moment(nullable=True)
