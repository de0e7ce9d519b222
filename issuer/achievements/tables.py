"""What can be earned?  Versions of achievements, which never change."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from issuer.columns import identifier, moment, octets


class AchievementVersion(SQLModel, table=True):
    """One version with its documents, byte for byte as credentials bind them."""

    __tablename__ = "achievement_version"
    __table_args__ = (UniqueConstraint("organisation_id", "slug", "version"),)

    id: str = identifier()
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    slug: str = Field(index=True)
    version: str
    document: bytes = octets()
    rubric: bytes = octets()
    criteria: bytes = octets()
    rubric_digest: str
    criteria_digest: str
    covers_not: str
    fresh_months: int
    published_at: datetime = moment()
