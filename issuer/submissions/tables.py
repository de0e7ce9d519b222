"""What does a holder ask for?"""

from datetime import datetime
from typing import Any

from sqlmodel import Field, Index, SQLModel

from issuer.columns import identifier, moment, values


class Submission(SQLModel, table=True):
    """A holder's request to be assessed for one version of an achievement."""

    __tablename__ = "submission"
    __table_args__ = (
        Index("ix_submission_newest", "organisation_id", "created_at", "id"),
        Index(
            "ix_submission_newest_of_state",
            "organisation_id",
            "state",
            "created_at",
            "id",
        ),
    )

    id: str = identifier()
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    achievement_version_id: str = Field(foreign_key="achievement_version.id", index=True)
    holder_id: str = Field(foreign_key="account.id", index=True)
    state: str = Field(index=True)
    attempt: int = 1
    sampled: bool = False
    hashed_identities: list[dict[str, Any]] = values()
    ai_use: dict[str, Any] = values(dict)
    activity_began: datetime | None = moment(nullable=True)
    activity_ended: datetime | None = moment(nullable=True)
    preview_confirmed_at: datetime | None = moment(nullable=True)
    created_at: datetime = moment()
    changed_at: datetime = moment()
    state_reason: str = ""
