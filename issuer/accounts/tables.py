"""Who works with this issuer: holders, assessors, programs?"""

from datetime import datetime
from typing import Any

from sqlmodel import Field, Index, SQLModel

from issuer.columns import identifier, moment, values


class Account(SQLModel, table=True):
    """A person or a program; `name` is what they agreed to be called in public."""

    __tablename__ = "account"
    __table_args__ = (Index("ix_account_name", "organisation_id", "name", "created_at", "id"),)

    id: str = identifier()
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    name: str
    identities: list[str] = values()  # `email:…`, `key:…`, `profile:…`; never published
    created_at: datetime = moment()


class ApiKey(SQLModel, table=True):
    """A program's way in; only its SHA-256 is kept."""

    __tablename__ = "api_key"

    id: str = identifier()
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    label: str
    digest: str = Field(unique=True, max_length=64)
    scopes: list[Any] = values()
    created_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)
