"""Where is withdrawal published?"""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from issuer.columns import identifier, moment, octets


class StatusListRow(SQLModel, table=True):
    """A status list: its bits, and the exact signed bytes that say them."""

    __tablename__ = "status_list"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: str = identifier()
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    name: str
    bits: bytes = octets()
    raw: bytes = octets()
    signed_at: datetime = moment()
    valid_until: datetime = moment()
