"""Where is it published that a credential is withdrawn, or on hold?"""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from issuer.columns import identifier, moment, octets
from proofs.status import Purpose


class StatusListRow(SQLModel, table=True):
    """A status list: what it is about, its bits, and the exact signed bytes that say them."""

    __tablename__ = "status_list"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: str = identifier()
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    purpose: str = Field(
        default=Purpose.REVOCATION.value,
        sa_column_kwargs={"server_default": Purpose.REVOCATION.value},
    )
    name: str
    taken: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # places, by now
    bits: bytes = octets()
    raw: bytes = octets()
    signed_at: datetime = moment()
    valid_until: datetime = moment()


class SuspensionPlace(SQLModel, table=True):
    """A credential's place in a list of suspensions; the oldest credentials have none."""

    __tablename__ = "suspension_place"
    __table_args__ = (UniqueConstraint("status_list_id", "status_index"),)

    credential_id: str = Field(foreign_key="credential.id", primary_key=True, max_length=32)
    status_list_id: str = Field(foreign_key="status_list.id", index=True)
    status_index: int
