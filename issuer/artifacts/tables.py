"""What was handed in?"""

from datetime import datetime

from sqlmodel import Field, SQLModel

from issuer.columns import identifier, moment


class StoredFile(SQLModel, table=True):
    """What is known of a file in the content-addressed folder."""

    __tablename__ = "stored_file"

    digest: str = Field(primary_key=True, max_length=120)
    size: int
    media_type: str
    public: bool
    stored_at: datetime = moment()


class Artifact(SQLModel, table=True):
    """One piece of work in a submission, frozen by digest."""

    __tablename__ = "artifact"

    id: str = identifier()
    submission_id: str = Field(foreign_key="submission.id", index=True)
    digest: str = Field(foreign_key="stored_file.digest")
    name: str
    narrative: str
    public: bool = True  # the holder's choice, for when a credential points at it
    source: str | None = None  # where it lives, if anybody can go there
    commit: str | None = None
    swhid: str | None = None
    frozen_at: datetime = moment()
