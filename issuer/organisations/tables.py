"""Who issues?  An organisation with a domain, and every key it ever signed with."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from issuer.columns import identifier, moment


class Organisation(SQLModel, table=True):
    """An issuing organisation."""

    __tablename__ = "organisation"

    id: str = identifier()
    did: str = Field(unique=True)
    name: str
    url: str
    created_at: datetime = moment()


class SigningKey(SQLModel, table=True):
    """The public side of a signing key; `uri` names where the private side is."""

    __tablename__ = "signing_key"

    id: str = identifier()
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    fragment: str
    uri: str
    public_key_multibase: str = Field(unique=True)
    created_at: datetime = moment()
    expires_at: datetime | None = moment(nullable=True)
    revoked_at: datetime | None = moment(nullable=True)
